//! A questionnaire: what stays the same while its definitions follow one another.

use crate::{ids::QuestionnaireId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One questionnaire.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "questionnaires")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuestionnaireId,
    /// Its name in addresses.
    #[sea_orm(unique)]
    pub slug: String,
    /// Whether answers are counted.
    pub state: State,
    /// The hash of the definition that new answers are given to; nothing before the first is published.
    pub current_definition: Option<String>,
    /// The first of the site's days on which answers are counted, if there is one.
    pub opens_on: Option<StoredDay>,
    /// The last of the site's days on which answers are counted, if there is one.
    pub closes_on: Option<StoredDay>,
    /// Answers up to this day stand in published results and can no longer be deleted. It only moves forward.
    pub results_through: Option<StoredDay>,
    /// All it ever asked.
    #[sea_orm(has_many)]
    pub definitions: HasMany<super::definition::Entity>,
}

/// The switch that organizers turn; the days decide too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// Answers are stored and counted.
    Open,
    /// What still comes is kept aside.
    Closed,
}

impl ActiveModelBehavior for ActiveModel {}
