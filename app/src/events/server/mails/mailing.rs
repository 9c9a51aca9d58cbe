//! Mailings: one thing told to all guests of an event. Who has no address is put on a list of people to call.

use super::{Letter, letter, queue, timed::next_of, to_call};
use crate::{
    error::AppError,
    events::{
        server::{
            catalogue::{self, Event},
            entities::{
                guest,
                mailing::{self, MailKind},
                registration::{self, State},
            },
            queries,
        },
        words::Words,
    },
    ids::{OrganizerId, RegistrationId},
    server::{Context, db::Transaction},
};
use sea_orm::Set;
use std::collections::HashMap;

/// What is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Mailing<'a> {
    /// What it tells.
    pub kind: MailKind,
    /// Who sends it; nobody for what the program sends by itself.
    pub organizer: Option<&'a OrganizerId>,
    /// What they add.
    pub words: Option<&'a Words>,
}

/// How many are reached, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// By mail.
    pub mailed: usize,
    /// To be called.
    pub to_call: usize,
    /// Whether guests know something that is no longer right, and nobody tells them.
    pub is_untold: bool,
}

/// Tells all whom it concerns, each once.
///
/// # Errors
/// When the database fails.
pub async fn send(ctx: &Context, tx: &Transaction, event: &Event, mailing: Mailing<'_>) -> Result<Reached, AppError> {
    let id = uuid::Uuid::new_v4().to_string();
    let row = mailing::ActiveModel {
        id: Set(id.clone()),
        event_id: Set(event.id.clone()),
        kind: Set(mailing.kind),
        organizer_id: Set(mailing.organizer.cloned()),
        words: Set(mailing.words.map(Words::to_json)),
        created_at: Set(tx.now_ms()),
    };
    queries::insert_mailing(tx, row).await?;
    let mut guests: HashMap<RegistrationId, guest::Model> = queries::list_guests(tx, &event.id)
        .await?
        .into_iter()
        .map(|guest| (guest.registration_id.clone(), guest))
        .collect();
    let next = if mailing.kind == MailKind::Thanks { next_of(ctx, tx, event).await? } else { None };
    let told = letter::Told { event, kind: mailing.kind, words: mailing.words, next: next.as_ref() };
    let mut reached = Reached::default();
    for row in queries::list_registrations(tx, &event.id).await? {
        let Some(guest) = guests.remove(&row.id).filter(|_| concerns(mailing.kind, &row)) else { continue };
        match &guest.email {
            Some(address) => {
                let letter = letter::write(ctx, &told, &row, &guest)?;
                queue(tx, &event.id, Some(&id), Some(&row), address, mailing.kind, &letter).await?;
                reached.mailed += 1;
            }
            None => {
                to_call(tx, &id, &row.id).await?;
                reached.to_call += 1;
            }
        }
    }
    Ok(reached)
}

/// The letters that would go out, one for each language in which somebody reads it: as the first of them would get it.
///
/// # Errors
/// When the database fails.
pub async fn examples(
    ctx: &Context,
    event: &Event,
    kind: MailKind,
    words: Option<&Words>,
) -> Result<Vec<(String, Letter)>, AppError> {
    let guests: HashMap<RegistrationId, guest::Model> = queries::list_guests(ctx.read(), &event.id)
        .await?
        .into_iter()
        .filter(|guest| guest.email.is_some())
        .map(|guest| (guest.registration_id.clone(), guest))
        .collect();
    let next = match (&event.series, kind) {
        (Some(series), MailKind::Thanks) => catalogue::next_of(ctx, &series.id).await?,
        _ => None,
    };
    let told = letter::Told { event, kind, words, next: next.as_ref() };
    let mut letters: Vec<(String, Letter)> = Vec::new();
    for row in queries::list_registrations(ctx.read(), &event.id).await? {
        let Some(guest) = guests.get(&row.id).filter(|_| concerns(kind, &row)) else { continue };
        if letters.iter().all(|(language, _)| *language != row.language) {
            letters.push((row.language.clone(), letter::write(ctx, &told, &row, guest)?));
        }
    }
    Ok(letters)
}

/// The same unless it was told before: an event opens once for those who wanted to hear of it.
///
/// # Errors
/// When the database fails.
pub async fn send_once(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    mailing: Mailing<'_>,
) -> Result<Reached, AppError> {
    let before = queries::list_mailings(tx, &event.id).await?;
    if before.iter().any(|earlier| earlier.kind == mailing.kind) {
        return Ok(Reached::default());
    }
    send(ctx, tx, event, mailing).await
}

/// Whether a guest is told. What repeats another registration is told nothing twice.
#[must_use]
pub fn concerns(kind: MailKind, row: &registration::Model) -> bool {
    if row.repeat_of.is_some() {
        return false;
    }
    match kind {
        MailKind::Opened => row.state == State::Interested,
        MailKind::PlaceFixed | MailKind::Changed | MailKind::Cancelled => row.state != State::Cancelled,
        MailKind::Reminder | MailKind::Thanks => row.state == State::Registered,
        // What one registration is told on its own, and what goes to followers.
        MailKind::Confirmation
        | MailKind::Waiting
        | MailKind::Interest
        | MailKind::Again
        | MailKind::Promoted
        | MailKind::Offered
        | MailKind::Lapsed
        | MailKind::NextDate => false,
    }
}
