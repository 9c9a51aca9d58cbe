//! Desks: opened by organizers for one event and place, until they expire or are revoked.

use crate::{
    auth::server::token::{Purpose, Token},
    error::AppError,
    events::{
        guest::Line,
        server::{access::Access, catalogue::Event, entities::desk, queries},
    },
    ids::{EventId, PlaceId},
    server::{Context, audit, error::internal},
};
use rollcall::Id;
use sea_orm::Set;

/// The longest that a desk is open, in hours.
pub const MOST_HOURS: i64 = 72;

/// A desk that showed its secret. Only [`of_token`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    pub(super) id: Id,
    pub(super) event: EventId,
    pub(super) place: PlaceId,
    pub(super) expires_at: i64,
    pub(super) is_revoked: bool,
}

impl Desk {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Its event.
    #[must_use]
    pub fn event(&self) -> &EventId {
        &self.event
    }

    /// Its place.
    #[must_use]
    pub fn place(&self) -> &PlaceId {
        &self.place
    }

    /// Whether it may still be told who the guests are.
    #[must_use]
    pub fn may_read(&self, now_ms: i64) -> bool {
        !self.is_revoked && now_ms < self.expires_at
    }
}

/// Opens a desk at a place, for so many hours; the secret that its phone is shown once.
///
/// # Errors
/// [`AppError::Forbidden`] for who sees no guests there, [`AppError::NotFound`] for another event's place.
pub async fn open(
    ctx: &Context,
    access: &Access,
    event: &Event,
    place: &PlaceId,
    name: &Line,
    hours: i64,
) -> Result<(Id, Token), AppError> {
    access.require_guests()?;
    if event.place(place).is_none() {
        return Err(AppError::NotFound);
    }
    if !access.reaches(Some(place)) {
        return Err(AppError::Forbidden);
    }
    let token = Token::random().ok_or_else(|| internal("no randomness"))?;
    let hash = token.hash(ctx, Purpose::Desk);
    let id = Id(uuid::Uuid::new_v4().as_u128());
    let hash = hash.as_str();
    ctx.write(|tx| async move {
        let row = desk::ActiveModel {
            id: Set(id.to_string()),
            event_id: Set(event.id.clone()),
            place_id: Set(place.clone()),
            name: Set(name.as_str().to_owned()),
            token_hash: Set(hash.to_owned()),
            opened_by: Set(Some(access.organizer().clone())),
            opened_at: Set(tx.now_ms()),
            expires_at: Set(tx.now_ms() + hours.clamp(1, MOST_HOURS) * 3_600_000),
            revoked_at: Set(None),
            made: Set(0),
            seen_at: Set(None),
        };
        queries::insert_desk(&tx, row).await?;
        audit::record(&tx, Some(access.organizer()), "desk.opened", &event.slug, name.as_str()).await
    })
    .await?;
    Ok((id, token))
}

/// Revokes a desk: it says nothing any more. What it still sends lies on the tray. Doing it twice changes nothing.
///
/// # Errors
/// [`AppError::Forbidden`] for who sees no guests there, [`AppError::NotFound`] for another event's desk.
pub async fn revoke(ctx: &Context, access: &Access, event: &Event, id: Id) -> Result<(), AppError> {
    access.require_guests()?;
    ctx.write(|tx| async move {
        let row = queries::find_desk(&tx, &id.to_string()).await?.filter(|row| row.event_id == event.id);
        let row = row.ok_or(AppError::NotFound)?;
        if !access.reaches(Some(&row.place_id)) {
            return Err(AppError::Forbidden);
        }
        if row.revoked_at.is_some() {
            return Ok(());
        }
        let change = desk::ActiveModel { id: Set(row.id), revoked_at: Set(Some(tx.now_ms())), ..Default::default() };
        queries::update_desk(&tx, change).await?;
        audit::record(&tx, Some(access.organizer()), "desk.revoked", &event.slug, &row.name).await
    })
    .await
}

/// The desk that shows this secret: also one that expired or was revoked, for what it says then is not dropped either.
///
/// # Errors
/// [`AppError::SignInRequired`] for a secret that opens nothing.
pub async fn of_token(ctx: &Context, token: &Token) -> Result<Desk, AppError> {
    let row = queries::find_desk_by_token(ctx.read(), &token.hash(ctx, Purpose::Desk)).await?;
    let row = row.ok_or(AppError::SignInRequired)?;
    let id = Id::parse(&row.id).ok_or_else(|| internal("a stored desk is broken"))?;
    Ok(Desk {
        id,
        event: row.event_id,
        place: row.place_id,
        expires_at: row.expires_at,
        is_revoked: row.revoked_at.is_some(),
    })
}
