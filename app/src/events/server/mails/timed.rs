//! What guests are told when its time has come: that it is soon, and thanks. The worker calls these each hour; what was
//! told is not told twice, however many servers there are.

use super::{Mailing, send_once};
use crate::{
    error::AppError,
    events::{
        server::{
            catalogue::{self, Event},
            entities::mailing::MailKind,
            queries,
            seats::TURN,
        },
        standing::Standing,
    },
    server::{Context, db::Transaction},
};

/// Reminders go out so many days before; a server that was off that day does it the day before.
const DAYS_BEFORE: std::ops::RangeInclusive<i64> = 1..=2;
/// Hours of the site's clock in which nobody is woken by a mail that could wait.
const DAYTIME: std::ops::Range<u8> = 9..18;

/// Reminds the guests of events that are soon, once per event; how many events. Who has no address is put on the list
/// of people to call. An organizer who reminded them by hand has done it.
///
/// # Errors
/// When the database fails.
pub async fn remind(ctx: &Context) -> Result<usize, AppError> {
    let today = ctx.clock().today().unix_days();
    let is_soon = |event: &Event| {
        event.standing.is_ahead() && DAYS_BEFORE.contains(&(event.held_on.unix_days() - today)) && event.seats().0 > 0
    };
    send_where(ctx, MailKind::Reminder, is_soon).await
}

/// Thanks the guests of events whose report is out, once per event; how many events. It waits for the report: that is
/// set by organizers, and nothing is made up in its place.
///
/// # Errors
/// When the database fails.
pub async fn thank(ctx: &Context) -> Result<usize, AppError> {
    let is_reported =
        |event: &Event| event.standing == Standing::Reported && event.anonymised_on.is_none() && event.seats().0 > 0;
    send_where(ctx, MailKind::Thanks, is_reported).await
}

async fn send_where(ctx: &Context, kind: MailKind, is_due: impl Fn(&Event) -> bool) -> Result<usize, AppError> {
    let (hour, _) = ctx.clock().time_of(ctx.clock().now_ms());
    if !DAYTIME.contains(&hour) {
        return Ok(0);
    }
    let mut done = 0;
    for event in catalogue::list(ctx).await?.into_iter().filter(&is_due) {
        // Most hours it was done before, and then nobody's turn is taken.
        if was_sent(&queries::list_mailings(ctx.read(), &event.id).await?, kind) {
            continue;
        }
        let id = &event.id;
        let mailing = Mailing { kind, organizer: None, words: None };
        ctx.write_in_turn(TURN, |tx| async move {
            let event = catalogue::find_by_id(ctx, &tx, id).await?;
            send_once(ctx, &tx, &event, mailing).await.map(drop)
        })
        .await?;
        done += 1;
    }
    Ok(done)
}

fn was_sent(mailings: &[crate::events::server::entities::mailing::Model], kind: MailKind) -> bool {
    mailings.iter().any(|mailing| mailing.kind == kind)
}

/// The event of the same series that comes next, as the transaction sees it.
pub(super) async fn next_of(ctx: &Context, tx: &Transaction, event: &Event) -> Result<Option<Event>, AppError> {
    let Some(series) = &event.series else { return Ok(None) };
    let today = ctx.clock().today();
    let mut ahead = Vec::new();
    for row in queries::list_events(tx).await? {
        if row.series_id.as_ref() == Some(&series.id) && row.held_on.0 >= today && row.id != event.id {
            ahead.push(catalogue::find_by_id(ctx, tx, &row.id).await?);
        }
    }
    Ok(catalogue::next_among(&ahead, &series.id).cloned())
}
