//! Who together, two of three, open the desk's keys when nobody of the desk can.

use crate::server::entities::StoredDay;
use sea_orm::entity::prelude::*;

/// One trustee.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_trustees")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Who it is.
    pub called: String,
    /// To this recoveries are sealed; 64 hexadecimal digits.
    pub seal_key: String,
    /// That the root vouches for it; 128 hexadecimal digits.
    pub certificate: String,
    /// From which day the root vouches.
    pub from_day: StoredDay,
    /// Until which.
    pub until_day: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}
