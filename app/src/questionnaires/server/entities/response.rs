//! One person's answers as they were sent. No minute, no address, no order.

use crate::{
    ids::{InstanceId, QuestionnaireId},
    server::entities::StoredDay,
};
use sea_orm::entity::prelude::*;

/// One response.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "responses")]
pub struct Model {
    /// Made by the person's device; random, so that sending twice stores once.
    #[sea_orm(primary_key, auto_increment = false)]
    pub instance_id: InstanceId,
    /// What was answered.
    pub questionnaire_id: QuestionnaireId,
    /// The hash of the definition that was answered.
    pub definition: String,
    /// SHA-256 of `payload`, 64 lower-case hex digits.
    pub digest: String,
    /// The canonical bytes as they came.
    pub payload: String,
    /// The language in which it was answered.
    pub language: String,
    /// How the person came to it (a poster's code), if the address said so.
    pub channel: Option<String>,
    /// The site's day on which it came; nothing finer is kept.
    pub received_on: StoredDay,
    /// Keyed hash of the code that the person may keep.
    #[sea_orm(unique)]
    pub code_hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
