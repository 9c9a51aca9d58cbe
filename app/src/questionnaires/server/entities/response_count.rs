//! How many sent answers there are, by definition, language and channel.

use crate::ids::QuestionnaireId;
use sea_orm::entity::prelude::*;

/// One count.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response_counts")]
pub struct Model {
    /// Of which questionnaire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    /// The hash of the definition that was answered.
    #[sea_orm(primary_key, auto_increment = false)]
    pub definition: String,
    /// The language in which it was answered.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    /// How people came to it; empty if the address did not say.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: String,
    /// Transactions that run at once add in different lanes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lane: i64,
    /// How many, in this lane: a lane alone may be below nothing.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
