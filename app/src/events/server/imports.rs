//! Lists of guests that organizers paste: taken in as one act, and taken back as one.
//!
//! Nothing of a list is stored before it is taken in. What must stay true, held by the tests `events/imports`: a list
//! that is sent twice counts once; no place has more seats taken than it has; what somebody changed afterwards is not
//! taken back.

use super::{
    access::Access,
    catalogue::Event,
    entities::{import, registration},
    queries,
    seats::{self, Entry, Refusal, TURN},
};
use crate::{
    error::AppError,
    events::{paste::Registered, server::catalogue},
    ids::RegistrationId,
    server::{Context, audit},
};
use registration::State;
use sea_orm::{ActiveValue::NotSet, Set};
use std::collections::HashSet;

/// Rows of one statement.
const ROWS: usize = 500;

/// A list that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: String,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// How many guests came with it.
    pub guests: i64,
    /// When it was taken back, in Unix milliseconds.
    pub undone_at: Option<i64>,
}

/// What became of taking a list back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// How many were removed.
    pub removed: usize,
    /// Who stays because something changed: ids.
    pub kept: Vec<RegistrationId>,
}

/// Who is registered already, to compare a list with.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that takes in no lists.
pub async fn registered(ctx: &Context, access: &Access, event: &Event) -> Result<Registered, AppError> {
    access.require_organizer()?;
    let rows = queries::list_registrations(ctx.read(), &event.id).await?;
    let ended: HashSet<RegistrationId> =
        rows.into_iter().filter(|row| row.state == State::Cancelled).map(|row| row.id).collect();
    let mut registered = Registered::default();
    for guest in queries::list_guests(ctx.read(), &event.id).await? {
        if ended.contains(&guest.registration_id) {
            continue;
        }
        let phone = Some(guest.phone_key).filter(|phone| !phone.is_empty());
        for other in [phone, guest.email_key].into_iter().flatten() {
            registered.people.insert((guest.name_key.clone(), other));
        }
        registered.names.insert(guest.name_key);
    }
    Ok(registered)
}

/// The lists of an event, the latest first.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that takes in no lists.
pub async fn list(ctx: &Context, access: &Access) -> Result<Vec<Import>, AppError> {
    access.require_organizer()?;
    let rows = queries::list_imports(ctx.read(), access.event()).await?.into_iter();
    Ok(rows.map(|import::Model { id, at, guests, undone_at, .. }| Import { id, at, guests, undone_at }).collect())
}

/// Takes a list in under an id that the form carried; how many came with it. The same id again changes nothing.
///
/// # Errors
/// Inside, why it cannot be; [`AppError::Forbidden`] for a role that may not.
pub async fn take_in(
    ctx: &Context,
    access: &Access,
    event: &Event,
    id: &str,
    entries: &[Entry],
    tells: bool,
) -> Result<Result<usize, Refusal>, AppError> {
    access.require_organizer()?;
    ctx.write_in_turn(TURN, |tx| async move {
        if let Some(before) = queries::find_import(&tx, &event.id, id).await? {
            return Ok(Ok(usize::try_from(before.guests).unwrap_or_default()));
        }
        let number = match seats::register_all_within(ctx, &tx, &event.id, entries, id, tells).await? {
            Ok(number) => number,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let row = import::ActiveModel {
            id: Set(id.to_owned()),
            event_id: Set(event.id.clone()),
            organizer_id: Set(Some(access.organizer().clone())),
            at: Set(tx.now_ms()),
            guests: Set(i64::try_from(number).unwrap_or(i64::MAX)),
            undone_at: Set(None),
        };
        queries::insert_import(&tx, row).await?;
        audit::record(&tx, Some(access.organizer()), "guests.imported", &event.slug, &number.to_string()).await?;
        Ok(Ok(number))
    })
    .await
}

/// Takes a list back, once: rows that nobody touched since are removed as if they had never come, and who waits is
/// given their seats. Whoever moved, cancelled, was corrected or moved up stays.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such list or it was taken back, [`AppError::Forbidden`].
pub async fn undo(ctx: &Context, access: &Access, event: &Event, id: &str) -> Result<Undone, AppError> {
    access.require_organizer()?;
    ctx.write_in_turn(TURN, |tx| async move {
        let list = queries::find_import(&tx, &event.id, id).await?.filter(|list| list.undone_at.is_none());
        let list = list.ok_or(AppError::NotFound)?;
        let rows = queries::registrations_of_import(&tx, id).await?;
        let all = queries::list_registrations(&tx, &event.id).await?;
        let mut going: HashSet<RegistrationId> =
            rows.iter().filter(|row| is_untouched(row)).map(|row| row.id.clone()).collect();
        // What somebody repeats who stays, stays.
        for other in all.iter().filter(|other| !going.contains(&other.id)).collect::<Vec<_>>() {
            if let Some(first) = &other.repeat_of {
                going.remove(first);
            }
        }
        let removed: Vec<RegistrationId> =
            rows.iter().map(|row| row.id.clone()).filter(|id| going.contains(id)).collect();
        for chunk in removed.chunks(ROWS) {
            queries::drop_mails_of_all(&tx, chunk).await?;
            queries::delete_registrations(&tx, chunk).await?;
        }
        let kept: Vec<RegistrationId> = rows.into_iter().map(|row| row.id).filter(|id| !going.contains(id)).collect();
        let undone = import::ActiveModel {
            id: Set(list.id),
            event_id: NotSet,
            organizer_id: NotSet,
            at: NotSet,
            guests: NotSet,
            undone_at: Set(Some(tx.now_ms())),
        };
        queries::update_import(&tx, undone).await?;
        let detail = removed.len().to_string();
        audit::record(&tx, Some(access.organizer()), "guests.import_undone", &event.slug, &detail).await?;
        if !catalogue::find_by_id(ctx, &tx, &event.id).await?.is_over(tx.now_ms()) {
            seats::move_up_everywhere(ctx, &tx, &event.id).await?;
        }
        Ok(Undone { removed: removed.len(), kept })
    })
    .await
}

/// Those of a list who are still there, after it was taken back.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that takes in no lists.
pub async fn kept_of(ctx: &Context, access: &Access, id: &str) -> Result<HashSet<RegistrationId>, AppError> {
    access.require_organizer()?;
    let rows = queries::registrations_of_import(ctx.read(), id).await?;
    Ok(rows.into_iter().filter(|row| row.event_id == *access.event()).map(|row| row.id).collect())
}

/// Whether a row is as it came.
fn is_untouched(row: &registration::Model) -> bool {
    row.changed_at == row.created_at && row.changes == 0 && row.state != State::Cancelled
}
