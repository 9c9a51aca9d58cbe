//! A registration ends: given back, taken back, not answered, deleted.

use super::{Ended, Refusal, State, TURN, load, move_up, put, register::release_repeats};
use crate::{
    error::AppError,
    events::server::{
        attendance::has_come,
        catalogue::Event,
        entities::{guest, mailing::MailKind, registration},
        mails, queries,
    },
    ids::{OrganizerId, RegistrationId},
    server::{Context, audit, db::Transaction},
};
use sea_orm::Set;

/// Gives a seat, a place on the waiting list or interest back. Doing it twice changes nothing. Who has come has used their
/// seat: the numbers of the day stay.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such registration, [`AppError::Conflict`] if its guest has come.
pub async fn cancel(
    ctx: &Context,
    id: &RegistrationId,
    by: Ended,
    organizer: Option<&OrganizerId>,
) -> Result<(), AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load(ctx, &tx, id).await?;
        if row.state == State::Cancelled {
            return Ok(());
        }
        if has_come(&tx, &event.id, id).await? {
            return Err(AppError::Conflict);
        }
        if let Some(organizer) = organizer {
            audit::record(&tx, Some(organizer), "guest.cancelled", &event.slug, &row.code).await?;
        }
        end(ctx, &tx, &event, row, guest.as_ref(), by).await
    })
    .await
}

/// Says no to an offer: the next one is asked.
///
/// # Errors
/// [`Refusal::Over`] inside if there is no offer any more.
pub async fn decline(ctx: &Context, id: &RegistrationId) -> Result<Result<(), Refusal>, AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load(ctx, &tx, id).await?;
        if row.state != State::Offered {
            return Ok(Err(Refusal::Over));
        }
        end(ctx, &tx, &event, row, guest.as_ref(), Ended::Guest).await.map(Ok)
    })
    .await
}

/// Deletes who a guest is, and gives back what they have, unless they have come. What stays is a row without a name.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such registration.
pub async fn delete_data(
    ctx: &Context,
    id: &RegistrationId,
    by: Ended,
    organizer: Option<&OrganizerId>,
) -> Result<(), AppError> {
    ctx.write_in_turn(TURN, |tx| async move {
        let (event, row, guest) = load(ctx, &tx, id).await?;
        if let (Some(series), Some(email)) = (&event.series, guest.as_ref().and_then(|guest| guest.email_key.as_ref()))
        {
            // Only what began with this registration: whoever types somebody else's address must not end what they asked.
            let followers = queries::list_followers(&tx, &series.id).await?;
            if followers.iter().any(|own| own.email_key == *email && own.created_at == row.created_at) {
                queries::delete_follower(&tx, &series.id, email).await?;
                queries::drop_mails_to_follower(&tx, email).await?;
            }
        }
        if let Some(organizer) = organizer {
            audit::record(&tx, Some(organizer), "guest.deleted", &event.slug, &row.code).await?;
        }
        // Without the guest, nobody is told.
        if row.state != State::Cancelled && !event.is_over(tx.now_ms()) && !has_come(&tx, &event.id, id).await? {
            end(ctx, &tx, &event, row, None, by).await?;
        }
        queries::delete_guest(&tx, id).await?;
        queries::drop_mails_of(&tx, id).await?;
        Ok(())
    })
    .await
}

/// What else the same person seems to have sent for the event, and is still there: what they may mean too when they give
/// this registration back (`that_counts`), or want what they told deleted.
///
/// # Errors
/// When the database fails.
pub async fn repeats(ctx: &Context, id: &RegistrationId, that_counts: bool) -> Result<Vec<RegistrationId>, AppError> {
    let mut found = Vec::new();
    for row in queries::repeats_of(ctx.read(), id).await? {
        if (!that_counts || row.state != State::Cancelled) && queries::find_guest(ctx.read(), &row.id).await?.is_some()
        {
            found.push(row.id);
        }
    }
    Ok(found)
}

/// Ends the offers that nobody answered in time and asks the next ones; how many ended. The worker calls it each
/// minute.
///
/// # Errors
/// When the database fails.
pub async fn lapse(ctx: &Context) -> Result<usize, AppError> {
    // Most minutes there is nothing to do, and then nobody's turn is taken.
    if queries::ended_offers(ctx.read(), ctx.clock().now_ms()).await?.is_empty() {
        return Ok(0);
    }
    ctx.write_in_turn(TURN, |tx| async move {
        let ended = queries::ended_offers(&tx, tx.now_ms()).await?;
        for row in &ended {
            let (event, row, guest) = load(ctx, &tx, &row.id).await?;
            // An offer that was just made to somebody else in this loop is not in the list.
            end(ctx, &tx, &event, row, guest.as_ref(), Ended::Lapsed).await?;
        }
        Ok(ended.len())
    })
    .await
}

/// Ends a registration and gives its seat to the next.
pub(super) async fn end(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    row: registration::Model,
    guest: Option<&guest::Model>,
    by: Ended,
) -> Result<(), AppError> {
    let place = row.place_id.clone();
    let had = row.state;
    let changes = row.changes + 1;
    let was_repeat = row.repeat_of.is_some();
    let row = put(tx, row, |row| {
        row.state = Set(State::Cancelled);
        row.ended_by = Set(Some(by.as_str().to_owned()));
        row.offered_until = Set(None);
        row.changes = Set(changes);
    })
    .await?;
    // Of an event that is off or over nobody is told more.
    if let Some(guest) = guest.filter(|_| !event.is_over(tx.now_ms())) {
        let kind = if by == Ended::Lapsed { MailKind::Lapsed } else { MailKind::Cancelled };
        mails::tell(ctx, tx, event, &row, guest, kind).await?;
    }
    if was_repeat {
        return Ok(());
    }
    release_repeats(ctx, tx, event, &row, had).await?;
    match place {
        Some(place) => move_up(ctx, tx, &place).await,
        None => Ok(()),
    }
}
