//! That a worker agreed to exactly these words, for one recipient, until a day.

pub use crate::voices::sharing::{RecipientKind, Scope};
use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One grant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_grants")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Of which voice; it may be gone.
    pub voice_id: VoiceId,
    /// To which words.
    pub share_text_id: String,
    /// SHA-256 of them.
    pub words_hash: String,
    /// What kind of recipient.
    pub recipient_kind: RecipientKind,
    /// SHA-256 of a salt and who it is.
    pub recipient_hash: String,
    /// The salt of that, sealed under the installation's secret; base 64.
    pub recipient_salt: String,
    /// How often it may be passed on to them.
    pub scope: Scope,
    /// The first day on which it may be.
    pub from_day: StoredDay,
    /// The last one.
    pub until_day: StoredDay,
    /// In which language the worker read them.
    pub language: String,
    /// Where it was signed.
    pub path: Path,
    /// The key that checks it, sealed under the installation's secret; base 64.
    pub worker: String,
    /// By the key that follows from the receipt, sealed likewise; base 64.
    pub signature: String,
    /// When.
    pub granted_on: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where it was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Path {
    /// On the worker's phone.
    Phone,
    /// On the server, in the moment in which the worker gave the receipt.
    Server,
}
