//! What a letter costs a phone when very many come from its network: looking for a number. It is quick to check, takes no
//! permission and asks nobody who they are; nobody is ever refused.

use sha2::{Digest as _, Sha256};

/// What costs so many bits comes in a flood, from a network that sent some thirty letters within the hour: it is taken in, and
/// kept apart until a member has looked.
pub const FLOOD_BITS: u32 = 18;

/// Whether a number was looked for: the digest of the form's word and it begins with so many noughts.
#[must_use]
pub fn is_done(form: &str, number: u64, bits: u32) -> bool {
    leading(form, number) >= bits
}

/// Looks at `tries` numbers from `from` on.
#[must_use]
pub fn look(form: &str, bits: u32, from: u64, tries: u64) -> Option<u64> {
    (from..from.saturating_add(tries)).find(|number| is_done(form, *number, bits))
}

fn leading(form: &str, number: u64) -> u32 {
    let digest = Sha256::new_with_prefix(b"entaku/voice/1/work").chain_update(form).chain_update(number.to_be_bytes());
    let digest = digest.finalize();
    let first = digest.first_chunk::<8>().map_or(u64::MAX, |first| u64::from_be_bytes(*first));
    first.leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_that_was_looked_for_is_good_for_its_form_alone() {
        let found = look("form", 12, 0, 1 << 20).unwrap();
        assert!(is_done("form", found, 12) && is_done("form", found, 0));
        assert!(!is_done("form", found, 30));
        assert!((0..50).any(|other| !is_done(&format!("form {other}"), found, 12)));
        assert_eq!(look("form", 12, 0, found), None, "the first one");
        assert_eq!(look("form", 12, u64::MAX, 10), None);
    }
}
