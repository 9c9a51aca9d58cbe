//! The outbox of mails.

use super::mailing::MailKind;
use crate::ids::{EventId, RegistrationId};
use sea_orm::entity::prelude::*;

/// One mail.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    /// Random; stands in the Message-ID.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// What it is about.
    pub event_id: Option<EventId>,
    /// The mailing it belongs to.
    pub mailing_id: Option<String>,
    /// To whom it goes.
    pub registration_id: Option<RegistrationId>,
    /// What it tells.
    pub kind: MailKind,
    /// The address; deleted with the guest's name.
    pub recipient: Option<String>,
    /// Subject, text and calendar entry, JSON; deleted when it is sent.
    pub message: Option<String>,
    /// Where it stands.
    pub state: State,
    /// How often it was tried.
    pub tries: i64,
    /// Unix milliseconds of the next try.
    pub due_at: i64,
    /// Unix milliseconds until when a worker has it.
    pub claimed_until: Option<i64>,
    /// Why the last try failed, a key.
    pub fault: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub sent_at: Option<i64>,
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// It will be sent.
    Waiting,
    /// A server has taken it.
    Sent,
    /// It cannot be sent: refused, or tried for days.
    Failed,
    /// It was not to be sent any more: the guest deleted their data.
    Dropped,
}

impl ActiveModelBehavior for ActiveModel {}
