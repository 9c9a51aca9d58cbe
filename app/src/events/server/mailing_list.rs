//! What the guests of an event were told, by whom it was not read, and whom to call.

use super::{
    access::Access,
    catalogue::Event,
    entities::{call, guest, mail, mailing::MailKind, registration},
    mails::{self, Mailing, Reached},
    queries,
};
use crate::{
    error::AppError,
    events::words::Words,
    ids::{OrganizerId, RegistrationId},
    server::{Context, audit},
};
use std::collections::HashMap;

/// What organizers send by hand, as forms write it.
pub const BY_HAND: [(MailKind, &str); 3] =
    [(MailKind::Reminder, "reminder"), (MailKind::Changed, "changed"), (MailKind::Thanks, "thanks")];

/// A mailing and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The mailing's id.
    pub id: String,
    /// What it tells.
    pub kind: MailKind,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// Who sent it; nobody for what the program sends by itself.
    pub organizer: Option<OrganizerId>,
    /// What organizers added.
    pub words: Option<Words>,
    /// Mails written.
    pub mailed: usize,
    /// Mails that a server has taken.
    pub sent: usize,
    /// Mails that could not be sent.
    pub failed: usize,
    /// People to call.
    pub to_call: usize,
    /// Of them, those who were reached.
    pub called: usize,
}

/// All mailings of an event, the latest first. Numbers only.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Context, event: &Event) -> Result<Vec<Told>, AppError> {
    let mails = queries::list_mails(ctx.read(), &event.id).await?;
    let mut told = Vec::new();
    for row in queries::list_mailings(ctx.read(), &event.id).await? {
        let own = |state: Option<mail::State>| {
            let own = mails.iter().filter(|mail| mail.mailing_id.as_deref() == Some(&row.id));
            own.filter(|mail| state.is_none_or(|state| mail.state == state)).count()
        };
        let calls = queries::list_calls(ctx.read(), &row.id).await?;
        told.push(Told {
            mailed: own(None),
            sent: own(Some(mail::State::Sent)),
            failed: own(Some(mail::State::Failed)),
            to_call: calls.len(),
            called: calls.iter().filter(|call| call.done_at.is_some()).count(),
            kind: row.kind,
            at: row.created_at,
            organizer: row.organizer_id,
            words: row.words.as_deref().map(Words::of_json),
            id: row.id,
        });
    }
    Ok(told)
}

/// Whom something would reach if it were sent now.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that sends nothing.
pub async fn reach(ctx: &Context, access: &Access, event: &Event, kind: MailKind) -> Result<Reached, AppError> {
    access.require_organizer()?;
    let guests: HashMap<RegistrationId, bool> = queries::list_guests(ctx.read(), &event.id)
        .await?
        .into_iter()
        .map(|guest| (guest.registration_id, guest.email.is_some()))
        .collect();
    let mut reached = Reached::default();
    for row in queries::list_registrations(ctx.read(), &event.id).await? {
        match guests.get(&row.id).filter(|_| mails::concerns(kind, &row)) {
            Some(true) => reached.mailed += 1,
            Some(false) => reached.to_call += 1,
            None => {}
        }
    }
    Ok(reached)
}

/// What it would say, in each language in which somebody reads it.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that sends nothing.
pub async fn examples(
    ctx: &Context,
    access: &Access,
    event: &Event,
    kind: MailKind,
    words: &Words,
) -> Result<Vec<(String, mails::Letter)>, AppError> {
    access.require_organizer()?;
    mails::examples(ctx, event, kind, Some(words).filter(|words| !words.is_empty())).await
}

/// Sends something by hand.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that sends nothing, [`AppError::Malformed`] for what is not sent by hand.
pub async fn send(
    ctx: &Context,
    access: &Access,
    event: &Event,
    kind: MailKind,
    words: &Words,
) -> Result<Reached, AppError> {
    access.require_organizer()?;
    if !BY_HAND.iter().any(|(by_hand, _)| *by_hand == kind) {
        return Err(AppError::Malformed);
    }
    ctx.write_in_turn(super::seats::TURN, |tx| async move {
        let words = Some(words).filter(|words| !words.is_empty());
        let organizer = Some(access.organizer());
        let reached = mails::send(ctx, &tx, event, Mailing { kind, organizer, words }).await?;
        let detail = (reached.mailed + reached.to_call).to_string();
        audit::record(&tx, organizer, "mailing.sent", &event.slug, &detail).await?;
        Ok(reached)
    })
    .await
}

/// Somebody whom a mailing could not reach by mail.
#[derive(Clone, Debug)]
pub struct Missed {
    /// The registration.
    pub row: registration::Model,
    /// Who it is, unless the name was deleted.
    pub guest: Option<guest::Model>,
    /// The call to make, if they have no address.
    pub call: Option<call::Model>,
    /// Why their mail failed, a key; empty if nothing tells.
    pub fault: String,
}

/// Whom to call, and whose mail failed, of one mailing; only those whom this organizer may see.
///
/// # Errors
/// [`AppError::NotFound`] for another event's mailing, [`AppError::Forbidden`] for who sees no names.
pub async fn missed(
    ctx: &Context,
    access: &Access,
    event: &Event,
    mailing: &str,
) -> Result<(Vec<Missed>, Vec<Missed>), AppError> {
    access.require_guests()?;
    queries::find_mailing(ctx.read(), &event.id, mailing).await?.ok_or(AppError::NotFound)?;
    let rows: HashMap<RegistrationId, registration::Model> = queries::list_registrations(ctx.read(), &event.id)
        .await?
        .into_iter()
        .filter(|row| access.reaches(row.place_id.as_ref()))
        .map(|row| (row.id.clone(), row))
        .collect();
    let guests: HashMap<RegistrationId, guest::Model> = queries::list_guests(ctx.read(), &event.id)
        .await?
        .into_iter()
        .map(|guest| (guest.registration_id.clone(), guest))
        .collect();
    let of = |id: &RegistrationId, call: Option<call::Model>, fault: String| {
        rows.get(id).map(|row| Missed { row: row.clone(), guest: guests.get(id).cloned(), call, fault })
    };
    let calls = queries::list_calls(ctx.read(), mailing).await?;
    let mut to_call: Vec<Missed> =
        calls.into_iter().filter_map(|call| of(&call.registration_id.clone(), Some(call), String::new())).collect();
    to_call.sort_by_key(|missed| missed.row.turn);
    let failed = queries::list_mails(ctx.read(), &event.id)
        .await?
        .into_iter()
        .filter(|mail| mail.mailing_id.as_deref() == Some(mailing) && mail.state == mail::State::Failed);
    let failed = failed.filter_map(|mail| of(mail.registration_id.as_ref()?, None, mail.fault.unwrap_or_default()));
    Ok((to_call, failed.collect()))
}

/// Ticks a call, or takes the tick back.
///
/// # Errors
/// [`AppError::NotFound`] for another event's mailing, [`AppError::Forbidden`] for a role that changes nothing.
pub async fn tick(
    ctx: &Context,
    access: &Access,
    event: &Event,
    mailing: &str,
    call: &str,
    is_done: bool,
) -> Result<(), AppError> {
    access.require_organizer()?;
    ctx.write(|tx| async move {
        queries::find_mailing(&tx, &event.id, mailing).await?.ok_or(AppError::NotFound)?;
        let done = is_done.then(|| (tx.now_ms(), access.organizer().clone()));
        if queries::set_call_done(&tx, mailing, call, done).await? {
            let action = if is_done { "call.done" } else { "call.undone" };
            audit::record(&tx, Some(access.organizer()), action, &event.slug, "").await?;
        }
        Ok(())
    })
    .await
}
