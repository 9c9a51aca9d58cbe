//! Who registered. Rows are deleted some days after the event.

use crate::ids::{EventId, RegistrationId};
use sea_orm::entity::prelude::*;

/// One guest.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guests")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub registration_id: RegistrationId,
    /// The event.
    pub event_id: EventId,
    /// As they wrote it.
    pub name: String,
    /// In kana.
    pub reading: Option<String>,
    /// May be empty.
    pub organisation: String,
    /// As they wrote it; may be empty.
    pub phone: String,
    /// Where mails go.
    pub email: Option<String>,
    /// What they need to take part.
    pub needs: Option<String>,
    /// Answers to the organizers' own questions, JSON.
    pub answers: Option<String>,
    /// The name without differences of width, case and spaces.
    pub name_key: String,
    /// The phone's digits.
    pub phone_key: String,
    /// The address in small letters.
    pub email_key: Option<String>,
    /// Organizers' own.
    pub note: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
