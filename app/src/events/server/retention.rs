//! How long names are kept: so many days after the event, then who came is deleted and how many came stays.
//!
//! Backups that were made before hold the names until they are replaced: whoever keeps backups longer than an event's
//! days keeps its names longer. A backup that is put back is anonymised again within the hour. (Tests:
//! `events/retention`.)

use super::{
    access::Access,
    catalogue::{self, Event, Series},
    entities::event,
    queries,
    seats::TURN,
};
use crate::{
    error::AppError,
    ids::{EventId, OrganizerId, SeriesId},
    server::{Context, audit, db::Transaction, entities::StoredDay},
};
use form::Day;
use sea_orm::Set;
use std::collections::HashMap;

/// What is still known of an event's guests.
#[derive(Clone, Debug)]
pub struct KeptEvent {
    /// The event.
    pub event: Event,
    /// Names, each with phone, address and all that the guest told.
    pub names: u64,
    /// Mails that still hold an address.
    pub addresses: u64,
    /// The day on which names are deleted.
    pub until: Option<Day>,
}

/// Who asked to hear of a series. They are kept until they say that it is enough.
#[derive(Clone, Debug)]
pub struct KeptSeries {
    /// The series.
    pub series: Series,
    /// Addresses.
    pub followers: u64,
}

/// What personal data is left.
#[derive(Clone, Debug)]
pub struct Kept {
    /// All events, the latest first; those of which nothing is left too.
    pub events: Vec<KeptEvent>,
    /// All series.
    pub series: Vec<KeptSeries>,
}

/// The day on which an event's names are deleted, as guests are promised.
#[must_use]
pub fn due_on(held_on: Day, keep_days: i64) -> Option<Day> {
    held_on.plus_days(keep_days)
}

/// What personal data is left, in numbers.
///
/// # Errors
/// When the database fails.
pub async fn kept(ctx: &Context) -> Result<Kept, AppError> {
    let conn = ctx.read();
    let mut names: HashMap<EventId, i64> = queries::count_names(conn).await?.into_iter().collect();
    let mut addresses: HashMap<EventId, i64> = queries::count_recipients(conn).await?.into_iter().collect();
    let mut followers: HashMap<SeriesId, i64> = queries::count_followers(conn).await?.into_iter().collect();
    let events = catalogue::list_any(ctx).await?.into_iter().map(|event| KeptEvent {
        names: number(names.remove(&event.id)),
        addresses: number(addresses.remove(&event.id)),
        until: due_on(event.held_on, event.keep_days),
        event,
    });
    let series = catalogue::list_series(ctx)
        .await?
        .into_iter()
        .map(|series| KeptSeries { followers: number(followers.remove(&series.id)), series });
    Ok(Kept { events: events.collect(), series: series.collect() })
}

fn number(n: Option<i64>) -> u64 {
    n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
}

/// Deletes the names of all events whose days are over; how many events. The worker calls it each hour, so that a name
/// is gone in the night in which its time ends, or as soon as the server runs again.
///
/// # Errors
/// When the database fails; the events before stay done.
pub async fn anonymise_due(ctx: &Context) -> Result<usize, AppError> {
    let today = ctx.clock().today();
    let rows = queries::list_events(ctx.read()).await?;
    let due = rows.into_iter().filter(|row| {
        row.anonymised_on.is_none() && due_on(row.held_on.0, row.keep_days).is_some_and(|day| day <= today)
    });
    let mut done = 0;
    for row in due {
        let id = &row.id;
        ctx.write_in_turn(TURN, |tx| async move {
            let now = queries::event_by_id(&tx, id).await?;
            // Another server was faster, or somebody has just made the time longer.
            let is_due = now.filter(|row| {
                row.anonymised_on.is_none() && due_on(row.held_on.0, row.keep_days).is_some_and(|day| day <= today)
            });
            match is_due {
                Some(row) => forget_guests(&tx, &row, today, None).await.map(drop),
                None => Ok(()),
            }
        })
        .await?;
        done += 1;
    }
    Ok(done)
}

/// Deletes the names of an event now; how many. Nothing if it lies ahead: its guests are still to come.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody but its owner.
pub async fn anonymise(ctx: &Context, access: &Access) -> Result<Option<u64>, AppError> {
    access.require_owner()?;
    let today = ctx.clock().today();
    ctx.write_in_turn(TURN, |tx| async move {
        let event = catalogue::find_by_id(ctx, &tx, access.event()).await?;
        if !event.is_over(tx.now_ms()) {
            return Ok(None);
        }
        let row = queries::event_by_id(&tx, &event.id).await?.ok_or(AppError::NotFound)?;
        forget_guests(&tx, &row, today, Some(access.organizer())).await.map(Some)
    })
    .await
}

/// Deletes who came. Registrations (place, state, kind of organisation) and calls stay: they are numbers now.
async fn forget_guests(
    tx: &Transaction,
    row: &event::Model,
    today: Day,
    organizer: Option<&OrganizerId>,
) -> Result<u64, AppError> {
    let names = queries::delete_guests(tx, &row.id).await?;
    queries::drop_mails_of_event(tx, &row.id).await?;
    let done = event::ActiveModel {
        id: Set(row.id.clone()),
        anonymised_on: Set(Some(StoredDay(today))),
        ..event::ActiveModel::default()
    };
    queries::update_event(tx, done).await?;
    audit::record(tx, organizer, "event.anonymised", &row.slug, &names.to_string()).await?;
    Ok(names)
}
