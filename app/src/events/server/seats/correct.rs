//! What organizers put right: who a guest is, and whether two registrations are one person's.

use super::{Ended, Refusal, State, TURN, cancel, choose, delete_data, load, put, register::guest_row};
use crate::{
    error::AppError,
    events::{
        guest::Typed,
        seating::Seat,
        server::{
            access::Access,
            attendance::{self, wire_id},
            catalogue::Event,
            entities::{guest, mailing::MailKind, registration},
            mails, queries,
        },
    },
    ids::{PlaceId, RegistrationId},
    server::{Context, audit, db::Transaction},
};
use sea_orm::{ActiveValue::NotSet, Set};

/// The registration, if it belongs to the event of this right.
async fn load_own(
    ctx: &Context,
    tx: &Transaction,
    access: &Access,
    id: &RegistrationId,
) -> Result<(Event, registration::Model, Option<guest::Model>), AppError> {
    access.require_organizer()?;
    let found = load(ctx, tx, id).await?;
    if found.0.id == *access.event() { Ok(found) } else { Err(AppError::NotFound) }
}

/// Corrects what is known of a guest. Answers to the organizers' own questions stay; mails that wait go to the address
/// that is right now.
///
/// # Errors
/// [`AppError::NotFound`] for another event's guest or one whose name was deleted, [`AppError::Forbidden`].
pub async fn correct(
    ctx: &Context,
    access: &Access,
    id: &RegistrationId,
    typed: &Typed,
    note: Option<&str>,
) -> Result<(), AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load_own(ctx, &tx, access, id).await?;
        let guest = guest.ok_or(AppError::NotFound)?;
        let code = row.code.clone();
        let mut changed = guest_row(id, &event.id, typed);
        changed.answers = NotSet;
        changed.note = Set(note.map(str::to_owned));
        queries::update_guest(&tx, changed).await?;
        if guest.email != typed.email_key() {
            queries::redirect_mails_of(&tx, id, typed.email_key().as_deref()).await?;
        }
        put(&tx, row, |row| row.kind = Set(typed.kind.map(str::to_owned))).await?;
        audit::record(&tx, Some(access.organizer()), "guest.changed", &event.slug, &code).await
    })
    .await
}

/// Says that a repeat is the same person: it is removed. Its details are kept instead of the first ones if they are
/// `newer`.
///
/// # Errors
/// [`AppError::NotFound`] if it repeats nothing, [`AppError::Forbidden`].
pub async fn merge(
    ctx: &Context,
    access: &Access,
    id: &RegistrationId,
    newer: bool,
) -> Result<RegistrationId, AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load_own(ctx, &tx, access, id).await?;
        let first = row.repeat_of.clone().ok_or(AppError::NotFound)?;
        let code = row.code.clone();
        if let Some(guest) = guest.filter(|_| newer) {
            let kind = row.kind.clone();
            if queries::find_guest(&tx, &first).await?.is_some() {
                let guest::Model {
                    name,
                    reading,
                    organisation,
                    phone,
                    email,
                    needs,
                    answers,
                    name_key,
                    phone_key,
                    email_key,
                    ..
                } = guest;
                let changed = guest::ActiveModel {
                    registration_id: Set(first.clone()),
                    event_id: NotSet,
                    name: Set(name),
                    reading: Set(reading),
                    organisation: Set(organisation),
                    phone: Set(phone),
                    email: Set(email.clone()),
                    needs: Set(needs),
                    answers: Set(answers),
                    name_key: Set(name_key),
                    phone_key: Set(phone_key),
                    email_key: Set(email_key),
                    note: NotSet,
                };
                queries::update_guest(&tx, changed).await?;
                queries::redirect_mails_of(&tx, &first, email.as_deref()).await?;
            }
            if let Some(first) = queries::find_registration(&tx, &first).await? {
                put(&tx, first, |row| row.kind = Set(kind)).await?;
            }
        }
        if let (Some(from), Some(into)) = (wire_id(id.as_str()), wire_id(first.as_str())) {
            attendance::by_hand::merge(&tx, &event.id, from, into).await?;
        }
        remove(&tx, id).await?;
        audit::record(&tx, Some(access.organizer()), "guest.merged", &event.slug, &code).await?;
        Ok(first)
    })
    .await
}

/// Says that a repeat is somebody else: it counts for itself from now on. A free seat is theirs; else they wait, in
/// the order in which they came.
///
/// # Errors
/// [`AppError::NotFound`] if it repeats nothing, [`AppError::Forbidden`].
pub async fn tell_apart(ctx: &Context, access: &Access, id: &RegistrationId) -> Result<(), AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load_own(ctx, &tx, access, id).await?;
        if row.repeat_of.is_none() {
            return Err(AppError::NotFound);
        }
        audit::record(&tx, Some(access.organizer()), "guest.told_apart", &event.slug, &row.code).await?;
        let place = row.place_id.as_ref().and_then(|place| event.place(place));
        let state = match (row.state, place) {
            (State::Interested | State::Cancelled, _) | (_, None) => row.state,
            (_, Some(place)) => match place.taken.next() {
                Seat::Held if !event.is_over(tx.now_ms()) => State::Registered,
                _ => State::Waiting,
            },
        };
        let row = put(&tx, row, |row| {
            row.repeat_of = Set(None);
            row.state = Set(state);
            row.offered_until = Set(None);
        })
        .await?;
        let kind = match state {
            State::Registered => MailKind::Confirmation,
            State::Waiting => MailKind::Waiting,
            _ => return Ok(()),
        };
        if let Some(guest) = guest.filter(|_| !event.is_over(tx.now_ms())) {
            mails::tell(ctx, &tx, &event, &row, &guest, kind).await?;
        }
        Ok(())
    })
    .await
}

/// Moves a guest to a place; who has a seat may come to wait there.
///
/// # Errors
/// Inside, why it cannot be; [`AppError::Forbidden`].
pub async fn move_guest(
    ctx: &Context,
    access: &Access,
    event: &Event,
    id: &RegistrationId,
    place: &PlaceId,
) -> Result<Result<(), Refusal>, AppError> {
    access.require_organizer()?;
    let row = queries::find_registration(ctx.read(), id).await?.filter(|row| row.event_id == event.id);
    let row = row.ok_or(AppError::NotFound)?;
    Ok(choose(ctx, &row.id, place, true, Some(access.organizer())).await?.map(drop))
}

/// What is done to several guests at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// Their registrations end.
    Cancel,
    /// They go to a place.
    Move(PlaceId),
    /// Who they are is deleted.
    Delete,
}

/// Does it to each of them, one after another; how many it was done to. Those of other events are left alone.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that may not.
pub async fn do_to_all(
    ctx: &Context,
    access: &Access,
    event: &Event,
    ids: &[RegistrationId],
    what: &Bulk,
) -> Result<usize, AppError> {
    access.require_organizer()?;
    let mut number = 0;
    for id in ids {
        let row = queries::find_registration(ctx.read(), id).await?.filter(|row| row.event_id == event.id);
        let Some(row) = row else { continue };
        let organizer = Some(access.organizer());
        match what {
            Bulk::Cancel if row.state == State::Cancelled => continue,
            Bulk::Cancel => match cancel(ctx, id, Ended::Organizer, organizer).await {
                // Who has come stays.
                Err(AppError::Conflict) => continue,
                other => other?,
            },
            Bulk::Delete if queries::find_guest(ctx.read(), id).await?.is_none() => continue,
            Bulk::Delete => delete_data(ctx, id, Ended::Organizer, organizer).await?,
            Bulk::Move(place) => {
                if row.place_id.as_ref() == Some(place) || move_guest(ctx, access, event, id, place).await?.is_err() {
                    continue;
                }
            }
        }
        number += 1;
    }
    Ok(number)
}

/// Removes a registration as if it had never come: its mails are not sent any more.
async fn remove(tx: &Transaction, id: &RegistrationId) -> Result<(), AppError> {
    queries::drop_mails_of(tx, id).await?;
    queries::delete_guest(tx, id).await?;
    queries::delete_registration(tx, id).await?;
    Ok(())
}

/// Registers somebody by hand, noting who did; gives the registration.
///
/// # Errors
/// Inside, why it cannot be; [`AppError::Forbidden`] for who sees no guests.
pub async fn register_by_hand(
    ctx: &Context,
    access: &Access,
    event: &Event,
    registering: &super::Registering<'_>,
) -> Result<Result<RegistrationId, Refusal>, AppError> {
    access.require_guests()?;
    ctx.write_in_turn(TURN, |tx| async move {
        let before = queries::registration_by_attempt(&tx, registering.attempt).await?;
        if let Err(refusal) = super::register_within(ctx, &tx, registering).await? {
            return Ok(Err(refusal));
        }
        let row = queries::registration_by_attempt(&tx, registering.attempt).await?.ok_or(AppError::NotFound)?;
        if before.is_none() {
            audit::record(&tx, Some(access.organizer()), "guest.registered", &event.slug, &row.code).await?;
        }
        Ok(Ok(row.id))
    })
    .await
}
