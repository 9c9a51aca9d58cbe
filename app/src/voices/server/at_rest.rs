//! What follows from a receipt could be tried out against it by who has the tables: keys, signatures and wraps of workers
//! are therefore sealed once more, under the installation's secret, which is in no table and no backup.

use super::{from_text, random, to_text};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, error::internal},
};

/// What is sealed; one kind does not open as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A worker's public keys.
    Worker,
    /// The case key, wrapped for the worker.
    Wrap,
    /// A signature under a grant or a revocation.
    Signature,
}

impl Kind {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Worker => b"entaku/v1/voices/worker",
            Self::Wrap => b"entaku/v1/voices/wrap",
            Self::Signature => b"entaku/v1/voices/signature",
        }
    }
}

/// Seals for the table.
pub(super) fn seal(ctx: &Context, kind: Kind, voice: &VoiceId, bytes: &[u8]) -> Result<String, AppError> {
    let to = ctx.keys().voices().public();
    let sealed = ::seal::seal(&to, kind.label(), voice.as_str().as_bytes(), bytes, random()?);
    sealed.map(|sealed| to_text(&sealed)).ok_or_else(|| internal("a key of the installation is broken"))
}

/// Opens what stands in the table; `None` if the installation has another secret now, or somebody wrote it.
pub(super) fn open(ctx: &Context, kind: Kind, voice: &VoiceId, text: &str) -> Option<Vec<u8>> {
    ::seal::open(ctx.keys().voices(), kind.label(), voice.as_str().as_bytes(), &from_text(text)?).ok()
}
