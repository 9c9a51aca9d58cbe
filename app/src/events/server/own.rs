//! What a guest corrects about themselves, and following a series that ends.

use super::{
    catalogue::{self, Event, Series},
    entities::{
        follower, guest,
        mailing::MailKind,
        registration::{self, State},
    },
    link::Link,
    mails, queries,
};
use crate::{
    error::AppError,
    events::guest::Typed,
    ids::{RegistrationId, SeriesId},
    server::{Context, db::Transaction},
};
use data_encoding::HEXLOWER;
use form::Answers;
use sea_orm::{IntoActiveModel as _, Set};

/// Stores what a guest says of themselves now; seats stay as they are. A new address is sent the link. `follows` begins
/// following; without it what this registration began ends, and nothing that somebody else asked by the same address.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such registration, [`AppError::Expired`] if the name was deleted.
pub async fn correct(ctx: &Context, id: &RegistrationId, typed: &Typed, follows: bool) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        let row = queries::find_registration(&tx, id).await?.ok_or(AppError::NotFound)?;
        let before = queries::find_guest(&tx, id).await?.ok_or(AppError::Expired)?;
        let event = catalogue::find_by_id(ctx, &tx, &row.event_id).await?;
        let mut active = before.clone().into_active_model();
        put(&mut active, typed);
        queries::update_guest(&tx, active).await?;
        let mut active = row.clone().into_active_model();
        active.kind = Set(typed.kind.map(str::to_owned));
        active.changed_at = Set(tx.now_ms());
        queries::update_registration(&tx, active).await?;
        let email = typed.email_key();
        let is_other = email != before.email_key;
        if is_other || !follows {
            stop_own_following(&tx, &event, &before, row.created_at).await?;
        }
        if let (true, Some(series), Some(email)) = (follows, &event.series, &email) {
            follow(ctx, &tx, &series.id, email, &row).await?;
        }
        if let (true, true, Some(kind)) = (is_other, email.is_some(), letter_for(row.state)) {
            let guest = queries::find_guest(&tx, id).await?.ok_or(AppError::Expired)?;
            mails::tell(ctx, &tx, &event, &row, &guest, kind).await?;
        }
        Ok(())
    })
    .await
}

/// What a new address is told of what they have.
const fn letter_for(state: State) -> Option<MailKind> {
    match state {
        State::Interested => Some(MailKind::Interest),
        State::Registered => Some(MailKind::Confirmation),
        State::Waiting => Some(MailKind::Waiting),
        State::Offered => Some(MailKind::Offered),
        State::Cancelled => None,
    }
}

fn put(active: &mut guest::ActiveModel, typed: &Typed) {
    let text = |line: &Option<crate::events::guest::Line>| line.as_ref().map(|line| line.as_str().to_owned());
    active.name = Set(typed.name.as_str().to_owned());
    active.reading = Set(text(&typed.reading));
    active.organisation = Set(text(&typed.organisation).unwrap_or_default());
    active.phone = Set(typed.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default());
    active.email = Set(typed.email_key());
    active.needs = Set(typed.needs.clone());
    active.answers = Set(typed.answers.clone());
    active.name_key = Set(typed.name_key());
    active.phone_key = Set(typed.phone_key());
    active.email_key = Set(typed.email_key());
}

/// The link that ends what this registration began to follow; nothing if it follows nothing. What somebody else asked
/// by the same address is not told.
///
/// # Errors
/// When the database fails.
pub async fn own_following(
    ctx: &Context,
    event: &Event,
    row: &registration::Model,
    guest: &guest::Model,
) -> Result<Option<Link>, AppError> {
    let (Some(series), Some(email)) = (&event.series, &guest.email_key) else { return Ok(None) };
    let followers = queries::list_followers(ctx.read(), &series.id).await?;
    let own = followers.iter().find(|own| own.email_key == *email && own.created_at == row.created_at);
    own.map(|own| Link::of_key(ctx.keys(), &own.link_key)).transpose()
}

/// Ends following by the address that stood in the form, if the same form began it: somebody else's by that address
/// goes on.
async fn stop_own_following(
    tx: &Transaction,
    event: &Event,
    before: &guest::Model,
    registered_at: i64,
) -> Result<(), AppError> {
    let (Some(series), Some(email)) = (&event.series, &before.email_key) else { return Ok(()) };
    let followers = queries::list_followers(tx, &series.id).await?;
    if followers.iter().any(|row| row.email_key == *email && row.created_at == registered_at) {
        queries::delete_follower(tx, &series.id, email).await?;
        queries::drop_mails_to_follower(tx, email).await?;
    }
    Ok(())
}

async fn follow(
    ctx: &Context,
    tx: &Transaction,
    series: &SeriesId,
    email: &str,
    registration: &registration::Model,
) -> Result<(), AppError> {
    let row = follower::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        series_id: Set(series.clone()),
        email: Set(email.to_owned()),
        email_key: Set(email.to_owned()),
        language: Set(registration.language.clone()),
        link_key: Set(Link::random()?.key(ctx.keys())),
        // By this it is known whose wish it is.
        created_at: Set(registration.created_at),
    };
    queries::insert_follower(tx, row).await?;
    Ok(())
}

/// What a guest answered to the organizers' own questions.
#[must_use]
pub fn answers_of(guest: &guest::Model) -> Answers {
    guest.answers.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// What the form for the next date carries: the same link gives the same, so that two presses are one registration.
#[must_use]
pub fn attempt_again(ctx: &Context, event: &Event, link: Link) -> String {
    let hash = ctx.keys().keyed_hash("again", [event.id.as_str(), " ", &link.reveal()].concat().as_bytes());
    HEXLOWER.encode(&hash[..16])
}

/// The series that is followed by this link; nothing once it ended.
///
/// # Errors
/// [`AppError::NotFound`] for what is no link.
pub async fn find_followed(ctx: &Context, link: &str) -> Result<Option<Series>, AppError> {
    let link = Link::parse(link).ok_or(AppError::NotFound)?;
    let row = queries::find_follower(ctx.read(), &link.key(ctx.keys())).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(catalogue::list_series(ctx).await?.into_iter().find(|series| series.id == row.series_id))
}

/// Ends following by this link. Doing it twice changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] for what is no link.
pub async fn end_following(ctx: &Context, link: &str) -> Result<(), AppError> {
    let key = Link::parse(link).ok_or(AppError::NotFound)?.key(ctx.keys());
    let key = key.as_str();
    ctx.write(|tx| async move {
        if let Some(row) = queries::find_follower(&tx, key).await? {
            queries::delete_follower(&tx, &row.series_id, &row.email_key).await?;
        }
        Ok(())
    })
    .await
}
