//! Whom a mailing cannot reach by mail.

use crate::ids::{OrganizerId, RegistrationId};
use sea_orm::entity::prelude::*;

/// One call to make.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The mailing.
    #[sea_orm(unique_key = "mailing_registration")]
    pub mailing_id: String,
    /// Whom.
    #[sea_orm(unique_key = "mailing_registration")]
    pub registration_id: RegistrationId,
    /// Unix milliseconds of reaching them.
    pub done_at: Option<i64>,
    /// Which organizer.
    pub done_by: Option<OrganizerId>,
}

impl ActiveModelBehavior for ActiveModel {}
