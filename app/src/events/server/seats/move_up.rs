//! Who waits longest is given the seat that became free.

use super::{State, put};
use crate::{
    error::AppError,
    events::{
        seating::offer_until,
        server::{
            catalogue::{self, Event},
            entities::{event::Promotion, mailing::MailKind},
            mails, queries,
        },
    },
    ids::{EventId, PlaceId},
    server::{Context, db::Transaction, error::internal},
};
use sea_orm::{EntityTrait as _, Set};

/// Gives the free seats of a place to who waits longest, each in their order: at once, or as an offer that ends. Who
/// has no address cannot answer an offer and is given the seat, to be told by phone.
///
/// # Errors
/// When the database fails.
pub async fn move_up(ctx: &Context, tx: &Transaction, place: &PlaceId) -> Result<(), AppError> {
    let row = crate::events::server::entities::place::Entity::find_by_id(place.clone()).one(tx).await?;
    let Some(row) = row else { return Ok(()) };
    let event = catalogue::find_by_id(ctx, tx, &row.event_id).await?;
    if event.is_over(tx.now_ms()) {
        return Ok(());
    }
    let taken = event.place(place).ok_or_else(|| internal("a place without an event"))?.taken;
    let rows = queries::first_waiting(tx, place, u64::from(taken.moving_up())).await?;
    for row in rows {
        let Some(guest) = queries::find_guest(tx, &row.id).await? else { continue };
        let until = offer(ctx, &event, tx.now_ms()).filter(|_| guest.email.is_some());
        let row = put(tx, row, |row| {
            row.state = Set(if until.is_some() { State::Offered } else { State::Registered });
            row.offered_until = Set(until);
        })
        .await?;
        let kind = if until.is_some() { MailKind::Offered } else { MailKind::Promoted };
        mails::tell(ctx, tx, &event, &row, &guest, kind).await?;
    }
    Ok(())
}

/// The same for all places of an event, after seats were added.
///
/// # Errors
/// When the database fails.
pub async fn move_up_everywhere(ctx: &Context, tx: &Transaction, event: &EventId) -> Result<(), AppError> {
    for place in queries::list_places(tx, std::slice::from_ref(event)).await? {
        move_up(ctx, tx, &place.id).await?;
    }
    Ok(())
}

/// Until when an offer made now stands, if seats are offered.
fn offer(ctx: &Context, event: &Event, now_ms: i64) -> Option<i64> {
    let offset = i64::from(ctx.clock().offset_minutes());
    (event.promotion == Promotion::Offered)
        .then(|| offer_until(now_ms, event.offer_hours, event.begins_ms(), offset))
        // Too late to ask anybody.
        .filter(|until| *until > now_ms)
}
