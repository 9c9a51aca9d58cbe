//! Who follows a series hears of its next event.

use super::{letter, queue};
use crate::{
    error::AppError,
    events::server::{
        catalogue::Event,
        entities::mailing::{self, MailKind},
        queries,
    },
    ids::OrganizerId,
    server::{Context, db::Transaction},
};
use sea_orm::Set;
use std::collections::HashSet;

/// Tells those who follow the series that its event takes guests: once per event, and not those who are among its
/// guests already. How many were told.
///
/// # Errors
/// When the database fails.
pub async fn tell_followers(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    organizer: Option<&OrganizerId>,
) -> Result<usize, AppError> {
    let Some(series) = &event.series else { return Ok(0) };
    let earlier = queries::list_mailings(tx, &event.id).await?;
    if earlier.iter().any(|mailing| mailing.kind == MailKind::NextDate) {
        return Ok(0);
    }
    let followers = queries::list_followers(tx, &series.id).await?;
    if followers.is_empty() {
        return Ok(0);
    }
    let guests: HashSet<String> =
        queries::list_guests(tx, &event.id).await?.into_iter().filter_map(|guest| guest.email_key).collect();
    let id = uuid::Uuid::new_v4().to_string();
    let row = mailing::ActiveModel {
        id: Set(id.clone()),
        event_id: Set(event.id.clone()),
        kind: Set(MailKind::NextDate),
        organizer_id: Set(organizer.cloned()),
        words: Set(None),
        created_at: Set(tx.now_ms()),
    };
    queries::insert_mailing(tx, row).await?;
    let mut told = 0;
    for follower in followers.iter().filter(|follower| !guests.contains(&follower.email_key)) {
        let letter = letter::write_next_date(ctx, event, follower)?;
        queue(tx, &event.id, Some(&id), None, &follower.email, MailKind::NextDate, &letter).await?;
        told += 1;
    }
    Ok(told)
}
