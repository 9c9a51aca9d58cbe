//! Secrets of second factors in tables and forms: sealed under the installation's secret, which is in no table and no
//! backup, each for the one organizer whose it is.

use crate::error::AppError;
use crate::server::{Context, error::internal};
use data_encoding::BASE64URL_NOPAD;
use zeroize::Zeroizing;

/// What is sealed; one kind does not open as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A secret that is in use.
    Factor,
    /// One that is offered, as the form carries it until somebody has shown a code of it.
    Offer,
}

impl Kind {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Factor => b"entaku/v1/second-factors/factor",
            Self::Offer => b"entaku/v1/second-factors/offer",
        }
    }
}

/// Seals bytes; `whose` must be the same to open them.
pub(super) fn seal(ctx: &Context, kind: Kind, whose: &str, bytes: &[u8]) -> Result<String, AppError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|_| internal("no randomness"))?;
    let to = ctx.keys().second_factors().public();
    let sealed = ::seal::seal(&to, kind.label(), whose.as_bytes(), bytes, entropy);
    sealed.map(|sealed| BASE64URL_NOPAD.encode(&sealed)).ok_or_else(|| internal("a key of the installation is broken"))
}

/// Opens them; `None` if the installation has another secret now, or they are somebody else's or forged.
pub(super) fn open(ctx: &Context, kind: Kind, whose: &str, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    ::seal::open(ctx.keys().second_factors(), kind.label(), whose.as_bytes(), &sealed).ok().map(Zeroizing::new)
}
