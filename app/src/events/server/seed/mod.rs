//! The events that a new installation begins with: what a secretariat held in 2018, and two to try things out with.
//!
//! `entaku seed` may be repeated. What must stay true, held by the tests `events/seeded`: it never takes back what
//! organizers did since, no guest of it is ever sent a mail by it, and whoever seeds finds an event of today and one
//! ahead.

mod content;
mod guests;
#[cfg(test)]
mod tests;

use super::{
    catalogue,
    entities::event,
    link,
    planning::{self, EventPlan, Fault, SeriesPlan},
    queries,
    seats::{self, Registering, Source, TURN, Wish},
};
use crate::{
    error::AppError,
    events::standing::State,
    ids::{EventId, SeriesId},
    server::{Context, audit, db::Transaction, error::internal},
};
use content::{Content, EventText};
use form::Day;
use sea_orm::Set;

/// How the dated events are called when their day is past, before the day: the slug itself goes to the new one.
const PAST_REHEARSAL: &str = "rehearsal";
const PAST_NEXT: &str = "round-table";
/// How far ahead the next round table is, unless that is a weekend.
const DAYS_AHEAD: i64 = 30;
/// Of twelve guests so many go to the first place; the others go to the second.
const OF_TWELVE: usize = 7;

/// Makes the series and events that are not there. What exists stays as it is, but for the two dated events: when
/// their day is past they give their slug to a new one and are called after their day.
///
/// # Errors
/// When the database fails.
pub async fn seed(ctx: &Context) -> Result<(), AppError> {
    let content = &Content::read()?;
    for series in &content.series {
        let plan = SeriesPlan { slug: series.slug.clone(), title: series.title.clone(), about: series.about.clone() };
        if queries::find_series(ctx.read(), &plan.slug).await?.is_none() {
            // Whoever was quicker made the same one.
            planning::create_series(ctx, None, &plan).await?.map(drop).or_else(unless_taken)?;
        }
    }
    let today = ctx.clock().today();
    ctx.write_in_turn(TURN, |tx| async move {
        for event in &content.past {
            let held_on = event.held_on.ok_or_else(|| internal("a past event of the seed without a day"))?;
            if queries::find_event(&tx, &event.slug).await?.is_none() {
                let plan = content.plan(event, series_of(&tx, event).await?, None, held_on)?;
                create(&tx, &plan, State::Closed).await?;
            }
        }
        rehearsal(ctx, &tx, content, today).await?;
        next(&tx, content, today).await
    })
    .await
}

/// Today's event with its guests.
async fn rehearsal(ctx: &Context, tx: &Transaction, content: &Content, today: Day) -> Result<(), AppError> {
    let event = &content.dated.rehearsal;
    if !make_room(tx, &event.slug, PAST_REHEARSAL, today).await? {
        return Ok(());
    }
    let plan = content.plan(event, None, None, today)?;
    let Some(id) = create(tx, &plan, State::Open).await? else { return Ok(()) };
    let places = catalogue::find_by_id(ctx, tx, &id).await?.places;
    for (index, (colour, guest)) in guests::all(&content.guests)?.iter().enumerate() {
        let at = usize::from(index % 12 >= OF_TWELVE);
        let place = places.get(at).ok_or_else(|| internal("the rehearsal has too few places"))?;
        let attempt = link::new_attempt()?;
        let registering = Registering {
            event: &id,
            wish: Wish::Seat(place.id.clone()),
            guest,
            attempt: &attempt,
            language: &colour.language,
            follows: false,
            source: Source::Guest,
            import: None,
        };
        let registered = seats::register_untold(ctx, tx, &registering).await?;
        registered.map_err(|_| internal("the rehearsal refuses a guest"))?;
    }
    Ok(())
}

/// The next round table, announced for a weekday about a month ahead.
async fn next(tx: &Transaction, content: &Content, today: Day) -> Result<(), AppError> {
    let event = &content.dated.next;
    if !make_room(tx, &event.slug, PAST_NEXT, today).await? {
        return Ok(());
    }
    let series = series_of(tx, event).await?;
    let rows = queries::list_events(tx).await?;
    let last = rows.iter().filter(|row| row.series_id == series).filter_map(|row| row.number).max();
    let number = series.as_ref().and_then(|_| u32::try_from(last.unwrap_or(0) + 1).ok());
    let plan = content.plan(event, series, number, weekday(today.plus_days(DAYS_AHEAD).unwrap_or(today)))?;
    create(tx, &plan, State::Announced).await.map(drop)
}

/// Whether the slug is free for a new event: nobody has it, or the one that had it is past and is called after its day
/// from now on.
async fn make_room(tx: &Transaction, slug: &str, past: &str, today: Day) -> Result<bool, AppError> {
    let Some(old) = queries::find_event(tx, slug).await? else { return Ok(true) };
    if old.held_on.0 >= today {
        return Ok(false);
    }
    let base = [past, "-", &old.held_on.0.to_string()].concat();
    let mut renamed = base.clone();
    let mut other = 2_u32;
    // Somebody may have called another event so.
    while queries::find_event(tx, &renamed).await?.is_some() {
        renamed = [base.as_str(), "-", &other.to_string()].concat();
        other += 1;
    }
    let row = event::ActiveModel {
        id: Set(old.id),
        slug: Set(renamed.clone()),
        changed_at: Set(tx.now_ms()),
        ..Default::default()
    };
    queries::update_event(tx, row).await?;
    audit::record(tx, None, "event.changed", &renamed, slug).await?;
    Ok(true)
}

/// Makes an event, unless an organizer gave its slug or its number to another one.
async fn create(tx: &Transaction, plan: &EventPlan, state: State) -> Result<Option<EventId>, AppError> {
    match planning::create_within(tx, None, plan, state).await? {
        Ok(id) => Ok(Some(id)),
        Err(faults) => faults.into_iter().try_for_each(unless_taken).map(|()| None),
    }
}

/// What organizers took is theirs; anything else that is wrong is wrong in the files.
fn unless_taken(fault: Fault) -> Result<(), AppError> {
    match fault {
        Fault::SlugTaken | Fault::NumberTaken => Ok(()),
        _ => Err(internal("a plan of the seed is wrong")),
    }
}

async fn series_of(tx: &Transaction, event: &EventText) -> Result<Option<SeriesId>, AppError> {
    let Some(slug) = &event.series else { return Ok(None) };
    Ok(queries::find_series(tx, slug).await?.map(|series| series.id))
}

/// The day itself, or the Monday after it.
fn weekday(day: Day) -> Day {
    // 1970-01-01 was a Thursday; Monday is 0.
    let to_monday = match (day.unix_days() + 3).rem_euclid(7) {
        5 => 2,
        6 => 1,
        _ => 0,
    };
    day.plus_days(to_monday).unwrap_or(day)
}
