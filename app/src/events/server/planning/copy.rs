//! A copy of an event for the next date: what is known of the last one carried forward, nothing that was decided.

use super::{EventPlan, PlacePlan, create};
use crate::{
    error::AppError,
    events::{
        server::{access::Access, catalogue::Event, queries},
        standing::State,
    },
    server::Context,
};
use form::Day;

/// The plan of the event that follows this one: the next number, the day after as many days as lay between the last
/// two of the series (a month if there was one only), the same places without their rooms, no programme.
///
/// # Errors
/// When the database fails.
pub async fn copy(ctx: &Context, event: &Event) -> Result<EventPlan, AppError> {
    let rows = queries::list_events(ctx.read()).await?;
    let series = event.series.as_ref().map(|series| series.id.clone());
    let of_series = || rows.iter().filter(|row| series.is_some() && row.series_id == series);
    let number = of_series().filter_map(|row| row.number).max().and_then(|last| u32::try_from(last + 1).ok());
    let mut days: Vec<Day> = of_series().map(|row| row.held_on.0).filter(|day| *day <= event.held_on).collect();
    days.sort_unstable();
    let step = match days[..] {
        [.., before, last] if before < last => last.unix_days() - before.unix_days(),
        _ => 28,
    };
    // A whole number of weeks: what was on a Wednesday is on a Wednesday.
    let weeks = ((step + 3) / 7).max(1);
    let held_on = event.held_on.plus_days(weeks * 7).unwrap_or(event.held_on);
    let between = event.register_until.map(|last| event.held_on.unix_days() - last.unix_days());
    let base = match number {
        Some(number) => {
            let stem = event.series.as_ref().map_or(event.slug.as_str(), |series| series.slug.as_str());
            [stem, "-", &number.to_string()].concat()
        }
        None => [event.slug.as_str(), "-", &held_on.to_string()].concat(),
    };
    let slug = free_slug(&base, |slug| rows.iter().any(|row| row.slug == slug));
    let mut details = event.details.clone();
    details.programme.clear();
    details.materials.clear();
    Ok(EventPlan {
        slug,
        series,
        number: number.or(event.number.map(|number| number + 1)),
        title: event.title.clone(),
        details,
        held_on,
        begins: event.begins,
        ends: event.ends,
        utc_offset_minutes: event.utc_offset_minutes,
        register_until: between.and_then(|days| held_on.plus_days(-days)),
        report: None,
        questions: event
            .questions
            .as_ref()
            .map(|questions| String::from_utf8_lossy(questions.canonical_bytes()).into_owned()),
        promotion: event.promotion,
        offer_hours: event.offer_hours,
        keep_days: event.keep_days,
        places: event
            .places
            .iter()
            .map(|place| PlacePlan {
                id: None,
                kind: place.kind,
                name: place.name.clone(),
                address: None,
                access: place.access.clone(),
                link: None,
                capacity: place.taken.capacity,
            })
            .collect(),
    })
}

/// Makes a draft of that plan and gives its name in addresses.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that may not change the event; [`AppError::Conflict`] if somebody copied it at
/// the same moment, or if what it was copied from cannot be any more.
pub async fn copy_as_draft(ctx: &Context, access: &Access, event: &Event) -> Result<String, AppError> {
    access.require_organizer()?;
    let plan = copy(ctx, event).await?;
    match create(ctx, Some(access.organizer()), &plan, State::Draft).await? {
        Ok(_) => Ok(plan.slug),
        Err(_) => Err(AppError::Conflict),
    }
}

fn free_slug(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut slug = base.to_owned();
    let mut next = 2;
    while is_taken(&slug) {
        slug = [base, "-", &next.to_string()].concat();
        next += 1;
    }
    slug
}
