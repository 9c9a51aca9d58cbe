//! A channel: by what people come to a questionnaire. Its code stands in addresses and answers.

use crate::{ids::QuestionnaireId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One channel. Rows are never deleted, and their codes never change: answers name them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channels")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Where it leads.
    #[sea_orm(unique_key = "questionnaire_code")]
    pub questionnaire_id: QuestionnaireId,
    /// What stands in the address.
    #[sea_orm(unique_key = "questionnaire_code")]
    pub code: String,
    /// What organizers call it.
    pub name: String,
    /// Whether it is still handed out.
    pub state: State,
    /// The site's day on which it was made.
    pub created_on: StoredDay,
}

/// Whether a channel is still handed out. Its links work and are counted either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// It is offered for posters.
    Active,
    /// It is not any more.
    Retired,
}

impl ActiveModelBehavior for ActiveModel {}
