//! What came and could not be placed: kept as it is for a person to look at. Nothing validly sent is lost.

use crate::server::entities::StoredDay;
use sea_orm::entity::prelude::*;

/// One sending that was kept aside. Its names are what the sender wrote and may fit nothing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quarantined_responses")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Why it is here.
    pub reason: Reason,
    /// The slug it was sent to.
    pub questionnaire: String,
    /// The hash it names.
    pub definition: String,
    /// The id it names.
    #[sea_orm(unique_key = "instance_digest")]
    pub instance_id: String,
    /// SHA-256 of `payload`, 64 lower-case hex digits.
    #[sea_orm(unique_key = "instance_digest")]
    pub digest: String,
    /// The bytes as they came.
    pub payload: String,
    /// The site's day on which it came; nothing finer is kept.
    pub received_on: StoredDay,
    /// Keyed hash of the code that the person may keep: by it they can delete this too. Rows of a time before there
    /// was this column have none.
    pub code_hash: Option<String>,
}

/// Why a response was kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Reason {
    /// Nobody published the definition it names.
    UnknownDefinition,
    /// The questionnaire took no answers: it was closed, or it was not one of its days.
    Closed,
    /// The same id came before with other bytes.
    OtherBytes,
    /// The bytes fit the digest but are no answers to the definition.
    Unreadable,
}

impl ActiveModelBehavior for ActiveModel {}
