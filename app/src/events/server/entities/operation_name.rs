//! Names that were told at a desk. They stand apart from the operations, so that they can be deleted.

use crate::ids::EventId;
use sea_orm::entity::prelude::*;

/// One name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operation_names")]
pub struct Model {
    /// Beside which operation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation_id: String,
    /// The event.
    pub event_id: EventId,
    /// Whose: 32 hexadecimal digits.
    pub guest: String,
    /// As it was typed.
    pub name: String,
}

impl ActiveModelBehavior for ActiveModel {}
