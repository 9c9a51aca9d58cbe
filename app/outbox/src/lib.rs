//! The outbox: what a phone keeps of answers until the server holds them. Pure: state and input in, state and effects
//! out. A browser carries the effects out, and so does the simulator of `server/tests/it/offline/`, which drives these
//! very functions against the real service.
//!
//! | Module | What it decides |
//! |---|---|
//! | [`uploader`] | who sends when, and what a reply means: one row at a time, for ever, deleted only on a receipt |
//! | [`shelf`] | what one transaction of the phone's storage may change: a draft is kept, moved, forgotten |
//! | [`draft`] | which drafts are offered and which have lived long enough |
//! | [`backoff`] | how long to wait after a failure |
//! | [`lease`] | one uploader where the browser has no locks |
//! | [`carry`] | how rows leave the phone by hand, as a file or as squares, and come in somewhere else |
//! | [`clock`] | what to believe of a phone's calendar |
//!
//! What must stay true, whatever the network, the browser and the clock do:
//!
//! 1. Answers are in the draft or in the outbox until a receipt for exactly their bytes is here; the move between the
//!    two is one transaction.
//! 2. The bytes of a row never change.
//! 3. One device posts one row at a time.
//! 4. Whatever is no receipt deletes nothing.
//! 5. What was sent does not become a draft again, also not by another tab.

pub mod backoff;
pub mod carry;
pub mod clock;
pub mod draft;
pub mod lease;
pub mod shelf;
pub mod uploader;

/// Answers that are to be sent: an envelope that was frozen and sealed when the person pressed *Send*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The instance id, which makes sending idempotent.
    pub id: String,
    /// SHA-256 of the answers' bytes, which the receipt must echo.
    pub digest: String,
    /// The body of the request, to the byte.
    pub body: String,
}
