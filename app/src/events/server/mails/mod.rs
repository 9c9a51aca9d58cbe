//! What guests are told: mails, written in the transaction of what they tell and sent by the worker afterwards.
//!
//! What must stay true, held by the tests `events/mails`: there is no mail without the deed and no deed without its
//! mail; a guest without an address stands on a list of people to call; a mail holds no other guest's name.

mod follower;
mod letter;
mod mailing;
mod phrases;
pub mod sending;
mod timed;

pub use follower::tell_followers;
pub use letter::Letter;
pub use mailing::{Mailing, Reached, concerns, examples, send, send_once};
pub use timed::{remind, thank};

use super::{
    catalogue::Event,
    entities::{
        call, guest, mail,
        mailing::{self as mailing_row, MailKind},
        registration,
    },
    queries,
};
use crate::{
    error::AppError,
    ids::{EventId, RegistrationId},
    server::{Context, db::Transaction},
};
use letter::Told;
use registration::State;
use sea_orm::Set;

/// Tells a guest about their registration: by mail, or by noting that they are to be called.
///
/// # Errors
/// When the database fails.
pub async fn tell(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    row: &registration::Model,
    guest: &guest::Model,
    kind: MailKind,
) -> Result<(), AppError> {
    match &guest.email {
        Some(address) => {
            let told = Told { event, kind, words: None, next: None };
            let letter = letter::write(ctx, &told, row, guest)?;
            queue(tx, &event.id, None, Some(row), address, kind, &letter).await
        }
        // What they did themselves they know, or were told on the page.
        None if matches!(kind, MailKind::Promoted | MailKind::Offered) => {
            let mailing = own_mailing(tx, &event.id, kind).await?;
            to_call(tx, &mailing, &row.id).await
        }
        None => Ok(()),
    }
}

/// Tells of a new registration. Who seems to be registered already is sent the link they had, to the address that
/// stands there, and to no other; another address is told what anybody would be told.
///
/// # Errors
/// When the database fails.
pub async fn tell_of_registration(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    row: &registration::Model,
    guest: &guest::Model,
    repeated: Option<&(registration::Model, guest::Model)>,
) -> Result<(), AppError> {
    if let Some((first, first_guest)) = repeated {
        if first_guest.email.is_some() {
            tell(ctx, tx, event, first, first_guest, MailKind::Again).await?;
        }
        if first_guest.email == guest.email {
            return Ok(());
        }
    }
    let kind = match row.state {
        State::Interested => MailKind::Interest,
        State::Waiting => MailKind::Waiting,
        _ => MailKind::Confirmation,
    };
    tell(ctx, tx, event, row, guest, kind).await
}

/// Puts a letter into the outbox.
///
/// # Errors
/// When the database fails.
pub(in crate::events::server) async fn queue(
    tx: &Transaction,
    event: &EventId,
    mailing: Option<&str>,
    row: Option<&registration::Model>,
    address: &str,
    kind: MailKind,
    letter: &Letter,
) -> Result<(), AppError> {
    let mail = mail::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        event_id: Set(Some(event.clone())),
        mailing_id: Set(mailing.map(str::to_owned)),
        registration_id: Set(row.map(|row| row.id.clone())),
        kind: Set(kind),
        recipient: Set(Some(address.to_owned())),
        message: Set(Some(letter.to_json())),
        state: Set(mail::State::Waiting),
        tries: Set(0),
        due_at: Set(tx.now_ms()),
        claimed_until: Set(None),
        fault: Set(None),
        created_at: Set(tx.now_ms()),
        sent_at: Set(None),
    };
    queries::insert_mail(tx, mail).await?;
    Ok(())
}

/// The mailing under which the program notes whom to call by itself, made when it is first needed.
async fn own_mailing(tx: &Transaction, event: &EventId, kind: MailKind) -> Result<String, AppError> {
    if let Some(mailing) = queries::own_mailing(tx, event, kind).await? {
        return Ok(mailing.id);
    }
    let id = uuid::Uuid::new_v4().to_string();
    let mailing = mailing_row::ActiveModel {
        id: Set(id.clone()),
        event_id: Set(event.clone()),
        kind: Set(kind),
        organizer_id: Set(None),
        words: Set(None),
        created_at: Set(tx.now_ms()),
    };
    queries::insert_mailing(tx, mailing).await?;
    Ok(id)
}

/// Notes that somebody is to be called.
async fn to_call(tx: &Transaction, mailing: &str, registration: &RegistrationId) -> Result<(), AppError> {
    let call = call::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        mailing_id: Set(mailing.to_owned()),
        registration_id: Set(registration.clone()),
        done_at: Set(None),
        done_by: Set(None),
    };
    queries::insert_call(tx, call).await?;
    Ok(())
}
