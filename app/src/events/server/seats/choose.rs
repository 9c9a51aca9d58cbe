//! What a guest does with their link: take a seat, say yes to an offer, go to another place.

use super::{Ended, Refusal, State, TURN, has_seat, load, move_up, put, touched};
use crate::{
    error::AppError,
    events::{
        seating::Seat,
        server::{entities::mailing::MailKind, mails, queries},
    },
    ids::{OrganizerId, PlaceId, RegistrationId},
    server::{Context, audit},
};
use sea_orm::Set;

/// What became of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// They have a seat there.
    Seated,
    /// They wait there.
    Waiting,
    /// They had it already.
    Same,
}

/// Goes to a place: from another one, from interest, or again after giving it back. Both places are counted in one
/// transaction. Who has a seat keeps it when the other place is full, unless `may_wait`: then they wait there. An
/// organizer may move guests at any time before the end, and leaves an audit row.
///
/// # Errors
/// Inside, why it cannot be; outside, when the database fails.
pub async fn choose(
    ctx: &Context,
    id: &RegistrationId,
    place: &PlaceId,
    may_wait: bool,
    organizer: Option<&OrganizerId>,
) -> Result<Result<Choice, Refusal>, AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load(ctx, &tx, id).await?;
        let (Some(there), Some(guest)) = (event.place(place), guest) else { return Ok(Err(Refusal::NoPlace)) };
        if event.is_over(tx.now_ms()) {
            return Ok(Err(Refusal::Closed));
        }
        let is_new = matches!(row.state, State::Interested | State::Cancelled);
        // Moving is welcome until it is over; a seat that they do not have yet is given while people register.
        if organizer.is_none() && if is_new { !event.standing.takes_guests() } else { !event.standing.is_ahead() } {
            return Ok(Err(Refusal::Closed));
        }
        if organizer.is_none() && row.state == State::Cancelled && !may_come_back(row.ended_by.as_deref()) {
            return Ok(Err(Refusal::Over));
        }
        if !is_new && row.place_id.as_ref() == Some(place) {
            return Ok(Ok(Choice::Same));
        }
        let seat = there.taken.next();
        if seat == Seat::Waiting && has_seat(row.state) && !may_wait {
            return Ok(Err(Refusal::Full));
        }
        let places = touched(row.place_id.as_ref(), Some(place));
        let had_seat = has_seat(row.state);
        let turn = queries::take_turn(&tx, &event.id).await?;
        let changes = row.changes + 1;
        let row = put(&tx, row, |row| {
            row.place_id = Set(Some(place.clone()));
            row.state = Set(if seat == Seat::Held { State::Registered } else { State::Waiting });
            row.turn = Set(turn);
            row.ended_by = Set(None);
            row.offered_until = Set(None);
            row.changes = Set(changes);
        })
        .await?;
        let kind = match (seat, had_seat) {
            (Seat::Held, true) => MailKind::Changed,
            (Seat::Held, false) => MailKind::Confirmation,
            (Seat::Waiting, _) => MailKind::Waiting,
        };
        let event = crate::events::server::catalogue::find_by_id(ctx, &tx, &event.id).await?;
        mails::tell(ctx, &tx, &event, &row, &guest, kind).await?;
        if let Some(organizer) = organizer {
            audit::record(&tx, Some(organizer), "guest.moved", &event.slug, &row.code).await?;
        }
        for place in &places {
            move_up(ctx, &tx, place).await?;
        }
        Ok(Ok(if seat == Seat::Held { Choice::Seated } else { Choice::Waiting }))
    })
    .await
}

/// Says yes to an offer. An offer ends when the worker ends it, never by the clock alone: who says yes a second late and
/// before anybody else was asked has the seat.
///
/// # Errors
/// [`Refusal::Over`] inside if there is no offer any more.
pub async fn accept(ctx: &Context, id: &RegistrationId) -> Result<Result<(), Refusal>, AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load(ctx, &tx, id).await?;
        let Some(guest) = guest else { return Ok(Err(Refusal::Over)) };
        match row.state {
            State::Registered => return Ok(Ok(())),
            State::Offered if !event.is_over(tx.now_ms()) => {}
            _ => return Ok(Err(Refusal::Over)),
        }
        let row = put(&tx, row, |row| {
            row.state = Set(State::Registered);
            row.offered_until = Set(None);
        })
        .await?;
        mails::tell(ctx, &tx, &event, &row, &guest, MailKind::Confirmation).await?;
        Ok(Ok(()))
    })
    .await
}

/// Who ended a registration that the guest may take up again.
#[must_use]
pub fn may_come_back(ended_by: Option<&str>) -> bool {
    matches!(ended_by, Some(by) if by == Ended::Guest.as_str() || by == Ended::Lapsed.as_str())
}
