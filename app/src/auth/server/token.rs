//! Secrets that travel in a cookie or a link: 256 random bits. The database knows only their keyed hash.

use crate::server::Context;

/// A secret of 256 random bits, as 43 letters of base64url. It never prints itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Never shows the secret.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What a token is for; the same secret has another hash in another use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A signed-in browser.
    Session,
    /// A link for somebody invited.
    Invitation,
    /// The phone at a desk of an event.
    Desk,
    /// The square by which that phone enters.
    DeskInvitation,
}

impl Token {
    /// A new one. `None` when the machine has no randomness to give.
    #[must_use]
    pub fn random() -> Option<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(data_encoding::BASE64URL_NOPAD.encode(&bytes)))
    }

    /// What came in: 43 letters that are 32 bytes, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The secret itself, for the cookie or link.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up instead.
    #[must_use]
    pub fn hash(&self, ctx: &Context, purpose: Purpose) -> String {
        let label = match purpose {
            Purpose::Session => "session",
            Purpose::Invitation => "invitation",
            Purpose::Desk => "desk",
            Purpose::DeskInvitation => "desk-invitation",
        };
        data_encoding::BASE64URL_NOPAD.encode(&ctx.keys().keyed_hash(label, self.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_read_back_and_does_not_print() {
        let token = Token::random().unwrap();
        assert_eq!(Token::parse(token.reveal()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_ne!(Token::random(), Some(token));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for wrong in ["", "abc", &"A".repeat(42), &"A".repeat(44), &"A".repeat(1_000_000), "é", &"=".repeat(43)] {
            assert_eq!(Token::parse(wrong), None);
        }
    }
}
