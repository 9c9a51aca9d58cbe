//! The tables of voices, and of what workers agreed to.
//!
//! No other domain names them. What must stay true: no word that somebody wrote stands here in clear, but for those that
//! their worker lets everybody read, and nothing tells more of a voice than days and counts (tests `voices/canary`, `storage/privacy`).

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod approval;
pub mod deleted_voice;
pub mod disclosure;
pub mod disclosure_order;
pub mod published_voice;
pub mod share_grant;
pub mod share_revocation;
pub mod share_text;
pub mod voice;
pub mod voice_epoch;
pub mod voice_epoch_wrap;
pub mod voice_member;
pub mod voice_message;
pub mod voice_recovery;
pub mod voice_trustee;
pub mod voice_wrap;

use crate::server::backup::{Beside, Table};

/// What a backup holds of this domain, parents first; what was passed on before what was taken back, as it happened.
#[must_use]
pub fn backup_tables() -> Vec<Table> {
    vec![
        Table::of::<voice_epoch::Entity>(),
        Table::of::<voice_member::Entity>(),
        Table::of::<voice_trustee::Entity>(),
        Table::of::<voice_epoch_wrap::Entity>(),
        Table::of::<voice_recovery::Entity>(),
        Table::of::<voice::Entity>(),
        Table::of::<voice_message::Entity>(),
        Table::of::<deleted_voice::Entity>(),
        Table::of::<share_text::Entity>(),
        Table::of::<share_grant::Entity>(),
        Table::of::<disclosure_order::Entity>(),
        Table::of::<approval::Entity>(),
        Table::of::<disclosure::Entity>(),
        Table::of::<published_voice::Entity>(),
        Table::of::<share_revocation::Entity>(),
    ]
}

/// What is kept apart from backups, for two weeks at most: the keys that open letters, and the voices that they belong to.
#[must_use]
pub fn key_table() -> (Table, Beside) {
    (Table::of::<voice_wrap::Entity>(), Beside { column: "voice_id", parent: "voices", key: "id" })
}
