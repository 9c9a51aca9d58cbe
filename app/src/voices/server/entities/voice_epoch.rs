//! The keys to which voices are sealed, one after another.

use crate::server::entities::StoredDay;
use sea_orm::entity::prelude::*;

/// One key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_epochs")]
pub struct Model {
    /// Which, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// To this it is sealed; 64 hexadecimal digits.
    pub public_key: String,
    /// That the root vouches for it; 128 hexadecimal digits.
    pub certificate: String,
    /// From which day it may be sealed to.
    pub from_day: StoredDay,
    /// Until which.
    pub until_day: StoredDay,
    /// Since when it is.
    pub activated_on: Option<StoredDay>,
}

impl ActiveModelBehavior for ActiveModel {}
