//! Events: made, changed, opened, closed, cancelled.

use super::{EventPlan, Fault, PlacePlan};
use crate::{
    error::AppError,
    events::{
        server::{
            access::Access,
            catalogue::{self, Event},
            entities::{event, event_role, mailing::MailKind, place},
            mails::{self, Mailing, Reached},
            queries,
            seats::{TURN, move_up_everywhere},
        },
        standing::State,
        words::Words,
    },
    i18n::*,
    ids::{EventId, OrganizerId, PlaceId},
    server::{Context, audit, db::Transaction, entities::StoredDay},
    ui::reader::{LOCALES, tag},
};
use sea_orm::Set;

/// Makes an event: a draft, or announced. Nobody is given a role for it: it is everybody's work until somebody is.
///
/// # Errors
/// Inside, what is wrong; outside, when the database fails.
pub async fn create(
    ctx: &Context,
    organizer: Option<&OrganizerId>,
    plan: &EventPlan,
    state: State,
) -> Result<Result<EventId, Vec<Fault>>, AppError> {
    let faults = plan.faults();
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    ctx.write_in_turn(TURN, |tx| async move { create_within(&tx, organizer, plan, state).await }).await
}

/// The same inside a transaction of [`TURN`].
///
/// # Errors
/// As [`create`].
pub async fn create_within(
    tx: &Transaction,
    organizer: Option<&OrganizerId>,
    plan: &EventPlan,
    state: State,
) -> Result<Result<EventId, Vec<Fault>>, AppError> {
    let mut faults = plan.faults();
    if faults.is_empty() {
        faults.extend(taken(tx, None, plan).await?);
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let id = EventId(uuid::Uuid::new_v4().to_string());
    let row = event::ActiveModel {
        id: Set(id.clone()),
        state: Set(state),
        anonymised_on: Set(None),
        sequence: Set(0),
        last_turn: Set(0),
        created_at: Set(tx.now_ms()),
        ..columns(plan, tx.now_ms())
    };
    if !queries::insert_event(tx, row).await? {
        return Ok(Err(vec![Fault::SlugTaken]));
    }
    for (position, place) in (0..).zip(&plan.places) {
        queries::save_place(tx, place_row(&id, place, position), true).await?;
    }
    audit::record(tx, organizer, "event.created", &plan.slug, "").await?;
    Ok(Ok(id))
}

/// Changes an event and its places. What a calendar entry shows raises its revision; seats that were added are given
/// out; when the last place becomes known, everybody who asked is told once. `tell` tells guests of other changes too.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that may not; inside, what is wrong.
pub async fn change(
    ctx: &Context,
    access: &Access,
    plan: &EventPlan,
    tell: bool,
) -> Result<Result<(), Vec<Fault>>, AppError> {
    Ok(change_as_seen(ctx, access, plan, tell, None).await?.map(drop))
}

/// The same of an event as somebody saw it (its `changed_at`): if others changed it since, nothing is changed. Gives
/// how many were told.
///
/// # Errors
/// As [`change`]; inside [`Fault::ChangedSince`] too.
pub async fn change_as_seen(
    ctx: &Context,
    access: &Access,
    plan: &EventPlan,
    tell: bool,
    seen: Option<i64>,
) -> Result<Result<Reached, Vec<Fault>>, AppError> {
    access.require_organizer()?;
    let faults = plan.faults();
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    ctx.write_in_turn(TURN, |tx| async move {
        let before = catalogue::find_by_id(ctx, &tx, access.event()).await?;
        if seen.is_some_and(|seen| seen != before.changed_at) {
            return Ok(Err(vec![Fault::ChangedSince]));
        }
        if let Some(fault) = taken(&tx, Some(&before), plan).await? {
            return Ok(Err(vec![fault]));
        }
        // Before anything is written: what is refused leaves nothing behind.
        if loses_used_place(&tx, &before, &plan.places).await? {
            return Ok(Err(vec![Fault::PlaceInUse]));
        }
        let moved = shows_other(&before, plan);
        let row = event::ActiveModel {
            id: Set(before.id.clone()),
            sequence: Set(before.sequence + i64::from(moved)),
            ..columns(plan, tx.now_ms())
        };
        queries::update_event(&tx, row).await?;
        put_places(&tx, &before, &plan.places).await?;
        let detail = if moved { "calendar" } else { "" };
        audit::record(&tx, Some(access.organizer()), "event.changed", &plan.slug, detail).await?;
        move_up_everywhere(ctx, &tx, &before.id).await?;
        let after = catalogue::find_by_id(ctx, &tx, &before.id).await?;
        tell_of_change(ctx, &tx, access, &before, &after, Telling { moved, tell }).await.map(Ok)
    })
    .await
}

/// Decides about an event: announces it, opens or closes registration, cancels it. Doing it twice changes nothing.
/// Opening tells those who wanted to hear of it, and who follows the series; cancelling tells every guest, and so does
/// taking that back. Gives how many were told.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that may not.
pub async fn set_state(ctx: &Context, access: &Access, state: State) -> Result<Reached, AppError> {
    access.require_organizer()?;
    ctx.write_in_turn(TURN, |tx| async move {
        let before = catalogue::find_by_id(ctx, &tx, access.event()).await?;
        if before.state == state {
            return Ok(Reached::default());
        }
        let shows = [before.state, state].contains(&State::Cancelled);
        let row = event::ActiveModel {
            id: Set(before.id.clone()),
            state: Set(state),
            sequence: Set(before.sequence + i64::from(shows)),
            changed_at: Set(tx.now_ms()),
            ..Default::default()
        };
        queries::update_event(&tx, row).await?;
        let action = match state {
            State::Draft => "event.withdrawn",
            State::Announced => "event.announced",
            State::Open => "event.opened",
            State::Closed => "event.closed",
            State::Cancelled => "event.cancelled",
        };
        audit::record(&tx, Some(access.organizer()), action, &before.slug, "").await?;
        let after = catalogue::find_by_id(ctx, &tx, &before.id).await?;
        let organizer = Some(access.organizer());
        match state {
            State::Open if after.standing.is_ahead() => {
                let opened = Mailing { kind: MailKind::Opened, organizer, words: None };
                let mut reached = mails::send_once(ctx, &tx, &after, opened).await?;
                reached.mailed += mails::tell_followers(ctx, &tx, &after, organizer).await?;
                Ok(reached)
            }
            State::Cancelled if before.state != State::Draft && !before.is_over(tx.now_ms()) => {
                queries::drop_open_calls(&tx, &after.id).await?;
                mails::send(ctx, &tx, &after, Mailing { kind: MailKind::Cancelled, organizer, words: None }).await
            }
            // Whoever was told that it does not take place is told that it does.
            _ if before.state == State::Cancelled && after.standing.is_ahead() => {
                queries::drop_open_calls(&tx, &after.id).await?;
                let words = Words::new(LOCALES.map(|locale| (tag(locale), td_string!(locale, mail.after_all))));
                let changed = Mailing { kind: MailKind::Changed, organizer, words: Some(&words) };
                mails::send(ctx, &tx, &after, changed).await
            }
            _ => Ok(Reached::default()),
        }
    })
    .await
}

/// Gives somebody a role for an event, for coordinators and owners.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody else.
pub async fn give_role(
    ctx: &Context,
    access: &Access,
    slug: &str,
    organizer: &OrganizerId,
    place: Option<&PlaceId>,
    role: event_role::Role,
) -> Result<(), AppError> {
    access.require_owner()?;
    ctx.write(|tx| async move {
        let rows = queries::list_roles(&tx, access.event()).await?;
        let is_there = |row: &event_role::Model| {
            row.organizer_id == *organizer && row.place_id.as_ref() == place && row.role == role
        };
        if rows.iter().any(is_there) {
            return Ok(());
        }
        let row = event_role::ActiveModel {
            id: Set(uuid::Uuid::new_v4().to_string()),
            event_id: Set(access.event().clone()),
            organizer_id: Set(organizer.clone()),
            place_id: Set(place.cloned()),
            role: Set(role),
        };
        queries::insert_role(&tx, row).await?;
        audit::record(&tx, Some(access.organizer()), "event.role_given", slug, &told(role, organizer)).await
    })
    .await
}

/// Takes a role back.
///
/// # Errors
/// [`AppError::Forbidden`] for whoever is no owner.
pub async fn take_role(ctx: &Context, access: &Access, slug: &str, role: &str) -> Result<(), AppError> {
    access.require_owner()?;
    ctx.write(|tx| async move {
        let rows = queries::list_roles(&tx, access.event()).await?;
        let Some(row) = rows.into_iter().find(|row| row.id == role) else { return Ok(()) };
        if queries::delete_role(&tx, access.event(), role).await? {
            let detail = told(row.role, &row.organizer_id);
            audit::record(&tx, Some(access.organizer()), "event.role_taken", slug, &detail).await?;
        }
        Ok(())
    })
    .await
}

/// A role and whose it is, as the audit log keeps them.
fn told(role: event_role::Role, organizer: &OrganizerId) -> String {
    [role.as_str(), " ", organizer.as_str()].concat()
}

/// The columns that a plan fills.
fn columns(plan: &EventPlan, now_ms: i64) -> event::ActiveModel {
    event::ActiveModel {
        slug: Set(plan.slug.clone()),
        series_id: Set(plan.series.clone()),
        number: Set(plan.number.map(i64::from)),
        title: Set(plan.title.to_json()),
        details: Set(plan.details.to_json()),
        held_on: Set(StoredDay(plan.held_on)),
        begins: Set(plan.begins.map(String::from)),
        ends: Set(plan.ends.map(String::from)),
        utc_offset_minutes: Set(plan.utc_offset_minutes),
        register_until: Set(plan.register_until.map(StoredDay)),
        report: Set(plan.report.clone()),
        questions: Set(plan.questions.clone()),
        promotion: Set(plan.promotion),
        offer_hours: Set(plan.offer_hours.clamp(1, 168)),
        keep_days: Set(plan.keep_days.clamp(1, 3650)),
        changed_at: Set(now_ms),
        ..Default::default()
    }
}

fn place_row(event: &EventId, plan: &PlacePlan, position: i64) -> place::ActiveModel {
    let id = plan.id.clone().unwrap_or_else(|| PlaceId(uuid::Uuid::new_v4().to_string()));
    place::ActiveModel {
        id: Set(id),
        event_id: Set(event.clone()),
        position: Set(position),
        kind: Set(plan.kind),
        name: Set(plan.name.to_json()),
        address: Set(plan.address.as_ref().filter(|words| !words.is_empty()).map(|words| words.to_json())),
        access: Set(plan.access.to_json()),
        link: Set(plan.link.clone()),
        capacity: Set(plan.capacity.map(i64::from)),
    }
}

/// Whether a place is left out that people registered for.
async fn loses_used_place(tx: &Transaction, before: &Event, plans: &[PlacePlan]) -> Result<bool, AppError> {
    for place in left_out(before, plans) {
        if queries::is_place_used(tx, place).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn left_out<'e>(before: &'e Event, plans: &'e [PlacePlan]) -> impl Iterator<Item = &'e PlaceId> {
    before.places.iter().map(|place| &place.id).filter(|id| plans.iter().all(|plan| plan.id.as_ref() != Some(*id)))
}

/// Stores the places of a plan, and deletes those that are left out.
async fn put_places(tx: &Transaction, before: &Event, plans: &[PlacePlan]) -> Result<(), AppError> {
    for place in left_out(before, plans) {
        queries::delete_place(tx, place).await?;
    }
    for (position, plan) in (0..).zip(plans) {
        let is_known = plan.id.as_ref().is_some_and(|id| before.place(id).is_some());
        // A place of another event is none of this one: it becomes a new place.
        let plan = PlacePlan { id: plan.id.clone().filter(|_| is_known), ..plan.clone() };
        queries::save_place(tx, place_row(&before.id, &plan, position), !is_known).await?;
    }
    Ok(())
}

/// Whether another event has the slug or the number.
async fn taken(tx: &Transaction, own: Option<&Event>, plan: &EventPlan) -> Result<Option<Fault>, AppError> {
    let is_own = |id: &EventId| own.is_some_and(|own| own.id == *id);
    if queries::find_event(tx, &plan.slug).await?.is_some_and(|other| !is_own(&other.id)) {
        return Ok(Some(Fault::SlugTaken));
    }
    if let (Some(series), Some(number)) = (&plan.series, plan.number) {
        let same = |row: &event::Model| row.series_id.as_ref() == Some(series) && row.number == Some(i64::from(number));
        let others = queries::list_events(tx).await?;
        if others.iter().any(|other| same(other) && !is_own(&other.id)) {
            return Ok(Some(Fault::NumberTaken));
        }
    }
    Ok(None)
}

/// Whether a calendar entry would show something else.
fn shows_other(before: &Event, plan: &EventPlan) -> bool {
    let places = |event: &Event| -> Vec<_> {
        event.places.iter().map(|place| (Some(place.id.clone()), place.name.clone(), place.address.clone())).collect()
    };
    let planned: Vec<_> =
        plan.places.iter().map(|place| (place.id.clone(), place.name.clone(), place.address.clone())).collect();
    before.title != plan.title
        || before.held_on != plan.held_on
        || before.begins != plan.begins
        || before.ends != plan.ends
        || before.utc_offset_minutes != plan.utc_offset_minutes
        || places(before) != planned
}

/// What a change is, for who may have to be told.
#[derive(Clone, Copy)]
struct Telling {
    /// Whether it is in what a calendar shows.
    moved: bool,
    /// Whether organizers wish that guests are told.
    tell: bool,
}

async fn tell_of_change(
    ctx: &Context,
    tx: &Transaction,
    access: &Access,
    before: &Event,
    after: &Event,
    Telling { moved, tell }: Telling,
) -> Result<Reached, AppError> {
    let tell = moved && tell;
    if !after.standing.is_ahead() {
        return Ok(Reached::default());
    }
    let organizer = Some(access.organizer());
    let all_fixed = |event: &Event| !event.places.is_empty() && event.places.iter().all(catalogue::Place::is_fixed);
    let kind = if all_fixed(after) && !all_fixed(before) { MailKind::PlaceFixed } else { MailKind::Changed };
    let is_told = match kind {
        // Once: a place that was taken back and fixed again is a change like any other.
        MailKind::PlaceFixed => {
            let told = queries::list_mailings(tx, &after.id).await?;
            tell || !told.iter().any(|mailing| mailing.kind == MailKind::PlaceFixed)
        }
        _ => tell,
    };
    if !is_told {
        let has_guests = after.interested > 0 || after.places.iter().any(|place| place.taken.is_used());
        return Ok(Reached { is_untold: moved && has_guests, ..Reached::default() });
    }
    mails::send(ctx, tx, after, Mailing { kind, organizer, words: None }).await
}
