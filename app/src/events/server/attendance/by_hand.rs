//! What organizers do about attendance without a desk: say that somebody came, look through the tray, say who somebody
//! is. They speak as a desk of their own that every event has once anybody needs it, so that the log stays one log.

use super::{
    Desk, TURN,
    deliver::{append, entry_of},
    merged, place_of,
};
use crate::{
    auth::server::token::{Purpose, Token},
    error::AppError,
    events::server::{
        access::Access,
        catalogue::{self, Event},
        entities::{desk, merged_guest, refused_operation},
        queries,
    },
    ids::{EventId, PlaceId},
    server::{Context, audit, bus::Topic, db::Transaction, error::internal},
};
use rollcall::{
    Act, Id, Operation, Roll, Verdict,
    log::{Clash, Reason},
};
use sea_orm::Set;

/// What becomes of something on the tray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is counted after all.
    TakeIn,
    /// Somebody has looked; nothing follows.
    Settle,
}

/// Whether what lies on the tray for this reason can be counted after all: it was said in good faith, and only the desk
/// could not say it any more, or not under this number.
#[must_use]
pub fn may_take_in(why: &str) -> bool {
    why == Reason::Revoked.as_str() || why == Clash::SameSequence.as_str()
}

/// The id of the desk as which organizers speak.
#[must_use]
pub fn own_desk(event: &EventId) -> Option<Id> {
    let digest = form::digest(["organizers' desk ", event.as_str()].concat().as_bytes());
    digest.get(..32).and_then(Id::parse)
}

/// Says for the organizers what happened now.
///
/// # Errors
/// [`AppError::Forbidden`] for who sees no guests there, [`AppError::Conflict`] for what cannot have happened.
pub async fn say(ctx: &Context, access: &Access, event: &Event, act: Act) -> Result<(), AppError> {
    let place = act.place().and_then(|place| place_of(event, place)).map(|(_, place)| place);
    access.require_guests()?;
    if act.place().is_some() && !access.reaches(place.map(|place| &place.id)) {
        return Err(AppError::Forbidden);
    }
    let id = Id(uuid::Uuid::new_v4().as_u128());
    ctx.write_in_turn(TURN, |tx| async move {
        let event = catalogue::find_by_id(ctx, &tx, &event.id).await?;
        speak(ctx, &tx, &event, Spoken { id, act, at: tx.now_ms() }, None).await?;
        audit::record(&tx, Some(access.organizer()), "attendance.said", &event.slug, "").await
    })
    .await?;
    ctx.bus().publish(Topic::Attendance(event.id.clone()));
    Ok(())
}

/// Takes back all by which a guest is said to have come. Nothing follows if they did not.
///
/// # Errors
/// As [`say`].
pub async fn take_back(ctx: &Context, access: &Access, event: &Event, guest: Id) -> Result<(), AppError> {
    access.require_guests()?;
    ctx.write_in_turn(TURN, |tx| async move {
        let event = catalogue::find_by_id(ctx, &tx, &event.id).await?;
        let merged = merged(&tx, &event.id).await?;
        let mut entries = Vec::new();
        for row in queries::list_operations(&tx, &event.id, 0).await? {
            entries.extend(entry_of(&row).map(|entry| entry.of_merged(&merged)));
        }
        let roll = Roll::of(&entries);
        for entry in &entries {
            let act = entry.operation.act;
            let is_coming = matches!(act, Act::Arrive { .. } | Act::WalkIn { .. });
            if is_coming && act.guest() == Some(guest) && !roll.is_undone(&entry.operation.id) {
                let id = Id(uuid::Uuid::new_v4().as_u128());
                let act = Act::Undo { operation: entry.operation.id };
                speak(ctx, &tx, &event, Spoken { id, act, at: tx.now_ms() }, None).await?;
            }
        }
        audit::record(&tx, Some(access.organizer()), "attendance.said", &event.slug, "").await
    })
    .await?;
    ctx.bus().publish(Topic::Attendance(event.id.clone()));
    Ok(())
}

/// Decides on something on the tray. Once decided it stays so.
///
/// # Errors
/// [`AppError::Forbidden`] for who may not change guests, [`AppError::NotFound`] for what is not on this event's tray,
/// [`AppError::Conflict`] for what cannot be taken in.
pub async fn decide(
    ctx: &Context,
    access: &Access,
    event: &Event,
    id: &str,
    decision: Decision,
) -> Result<(), AppError> {
    access.require_organizer()?;
    ctx.write_in_turn(TURN, |tx| async move {
        let row = queries::find_refused(&tx, id).await?.filter(|row| row.event_id == event.id);
        let row = row.ok_or(AppError::NotFound)?;
        if row.settled_at.is_some() {
            return Ok(());
        }
        if decision == Decision::TakeIn {
            let said: Option<Operation> = serde_json::from_str(&row.operation).ok();
            let said = said.filter(|_| may_take_in(&row.why)).ok_or(AppError::Conflict)?;
            let event = catalogue::find_by_id(ctx, &tx, &event.id).await?;
            let at = row.happened_at.unwrap_or(row.received_at);
            if !take_in(&tx, &event, &row, &said, at).await? {
                speak(ctx, &tx, &event, Spoken { id: said.id, act: said.act, at }, row.name.as_deref()).await?;
            }
        }
        let settled = refused_operation::ActiveModel {
            id: Set(row.id),
            settled_at: Set(Some(tx.now_ms())),
            settled_by: Set(Some(access.organizer().clone())),
            ..Default::default()
        };
        queries::update_refused(&tx, settled).await?;
        let act = if decision == Decision::TakeIn { "attendance.taken_in" } else { "attendance.settled" };
        audit::record(&tx, Some(access.organizer()), act, &event.slug, &row.why).await
    })
    .await?;
    ctx.bus().publish(Topic::Attendance(event.id.clone()));
    Ok(())
}

/// Says that who walked in is a guest who had registered: one person, counted once.
///
/// # Errors
/// [`AppError::Forbidden`] for who may not change guests, [`AppError::NotFound`] unless the one walked in and the other
/// has registered.
pub async fn is_same(ctx: &Context, access: &Access, event: &Event, walk_in: Id, guest: Id) -> Result<(), AppError> {
    access.require_organizer()?;
    ctx.write_in_turn(TURN, |tx| async move {
        let walked_in = queries::walked_in(&tx, &event.id, &[walk_in.to_string()]).await?;
        let registration = crate::ids::RegistrationId(super::table_id(guest));
        let registered = queries::registered_among(&tx, &event.id, vec![registration]).await?;
        if walked_in.is_empty() || registered.is_empty() {
            return Err(AppError::NotFound);
        }
        merge(&tx, &event.id, walk_in, guest).await?;
        audit::record(&tx, Some(access.organizer()), "attendance.merged", &event.slug, "").await
    })
    .await?;
    ctx.bus().publish(Topic::Attendance(event.id.clone()));
    Ok(())
}

/// What was and will be said of `from` is said of `into`.
///
/// # Errors
/// When the database fails.
pub(in crate::events::server) async fn merge(
    tx: &Transaction,
    event: &EventId,
    from: Id,
    into: Id,
) -> Result<(), AppError> {
    let row = merged_guest::ActiveModel {
        guest: Set(from.to_string()),
        event_id: Set(event.clone()),
        into_guest: Set(into.to_string()),
    };
    queries::insert_merged(tx, row).await.map_err(AppError::from)
}

/// Takes in what a desk said after its end under its own number, as if the desk had been open: what it said keeps its
/// order. `false` if that number is another operation's.
async fn take_in(
    tx: &Transaction,
    event: &Event,
    row: &refused_operation::Model,
    said: &Operation,
    at: i64,
) -> Result<bool, AppError> {
    let Some(from) = queries::find_desk(tx, &row.desk_id).await? else { return Ok(false) };
    let desk = Desk {
        id: Id::parse(&from.id).ok_or_else(|| internal("an id that is none"))?,
        event: event.id.clone(),
        place: from.place_id,
        opened_at: from.opened_at,
        expires_at: i64::MAX,
        is_revoked: false,
    };
    match append(tx, &desk, event, said, at, row.name.as_deref()).await? {
        Verdict::Applied | Verdict::Known => Ok(true),
        Verdict::Conflict(Clash::SameSequence) => Ok(false),
        Verdict::Conflict(Clash::SameId) | Verdict::Refused(_) => Err(AppError::Conflict),
    }
}

/// What the organizers say.
struct Spoken {
    id: Id,
    act: Act,
    /// When it happened.
    at: i64,
}

/// Appends one operation in the organizers' name; [`AppError::Conflict`] if it cannot be.
async fn speak(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    Spoken { id, act, at }: Spoken,
    name: Option<&str>,
) -> Result<(), AppError> {
    let own = own_desk(&event.id).ok_or_else(|| internal("an id that is none"))?;
    let first = event.places.first().ok_or(AppError::NotFound)?;
    let made = match queries::find_desk(tx, &own.to_string()).await? {
        Some(row) => row.made,
        None => {
            queries::insert_desk(tx, nobodys(ctx, tx, own, &event.id, &first.id)?).await?;
            0
        }
    };
    let sequence = u64::try_from(made + 1).map_err(|_| internal("a number that is none"))?;
    let said = Operation { id, sequence, at, known: 0, act };
    let desk = Desk {
        id: own,
        event: event.id.clone(),
        place: first.id.clone(),
        opened_at: 0,
        expires_at: i64::MAX,
        is_revoked: false,
    };
    match append(tx, &desk, event, &said, at, name).await? {
        Verdict::Applied => {}
        Verdict::Known | Verdict::Conflict(_) | Verdict::Refused(_) => return Err(AppError::Conflict),
    }
    let seen = desk::ActiveModel {
        id: Set(own.to_string()),
        made: Set(made + 1),
        seen_at: Set(Some(tx.now_ms())),
        ..Default::default()
    };
    queries::update_desk(tx, seen).await.map_err(AppError::from)
}

/// A desk that no phone can enter.
fn nobodys(
    ctx: &Context,
    tx: &Transaction,
    id: Id,
    event: &EventId,
    place: &PlaceId,
) -> Result<desk::ActiveModel, AppError> {
    let secret = Token::random().ok_or_else(|| internal("no randomness"))?.hash(ctx, Purpose::Desk);
    Ok(desk::ActiveModel {
        id: Set(id.to_string()),
        event_id: Set(event.clone()),
        place_id: Set(place.clone()),
        name: Set(String::new()),
        token_hash: Set(secret),
        invitation_hash: Set(None),
        entered_at: Set(None),
        opened_by: Set(None),
        opened_at: Set(tx.now_ms()),
        expires_at: Set(tx.now_ms()),
        revoked_at: Set(None),
        made: Set(0),
        seen_at: Set(None),
    })
}
