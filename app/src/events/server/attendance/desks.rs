//! Desks: opened by organizers for one event and place, until they expire or are revoked.

use crate::{
    auth::server::token::{Purpose, Token},
    error::AppError,
    events::{
        guest::Line,
        server::{
            access::Access,
            catalogue::{self, Event},
            entities::desk,
            queries,
        },
    },
    ids::{EventId, PlaceId},
    server::{Context, audit, bus::Topic, error::internal},
};
use rollcall::{Id, operation::MOST_SEQUENCE};
use sea_orm::Set;

/// The longest that a desk is open, in hours.
pub const MOST_HOURS: i64 = 72;

/// A desk that showed its secret. Only [`of_token`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    pub(super) id: Id,
    pub(super) event: EventId,
    pub(super) place: PlaceId,
    pub(super) opened_at: i64,
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

    /// Until when it is open, in Unix milliseconds.
    #[must_use]
    pub fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// Lets those pass that may still be told who the guests are.
    ///
    /// # Errors
    /// [`AppError::Expired`]: it was revoked, or its time is over.
    pub fn require_open(&self, now_ms: i64) -> Result<(), AppError> {
        if !self.is_revoked && now_ms < self.expires_at { Ok(()) } else { Err(AppError::Expired) }
    }
}

/// What a desk is opened with.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'o> {
    /// Its id, made with the form.
    pub id: Id,
    /// Its place.
    pub place: &'o PlaceId,
    /// What organizers call it.
    pub name: &'o Line,
    /// For so many hours, within 1 and [`MOST_HOURS`].
    pub hours: i64,
}

/// A new desk's id.
#[must_use]
pub fn new_id() -> Id {
    Id(uuid::Uuid::new_v4().as_u128())
}

/// Opens a desk at a place; gives what its square says. One phone enters with it, once. Asked again
/// under the same id, as by a page that is loaded anew, it is the same desk with a new square, as long as nobody entered.
///
/// # Errors
/// [`AppError::Forbidden`] for who sees no guests there, [`AppError::NotFound`] for another event's place,
/// [`AppError::Conflict`] if a phone has entered under this id, or the id is taken.
pub async fn open(ctx: &Context, access: &Access, event: &Event, opening: &Opening<'_>) -> Result<Token, AppError> {
    let Opening { id, place, name, hours } = *opening;
    access.require_guests()?;
    if event.place(place).is_none() {
        return Err(AppError::NotFound);
    }
    if !access.reaches(Some(place)) {
        return Err(AppError::Forbidden);
    }
    let invitation = Token::random().ok_or_else(|| internal("no randomness"))?;
    // Nobody has this one: the phone brings its own when it enters.
    let nobodys = Token::random().ok_or_else(|| internal("no randomness"))?.hash(ctx, Purpose::Desk);
    let (hash, nobodys) = (invitation.hash(ctx, Purpose::DeskInvitation), nobodys.as_str());
    let hash = hash.as_str();
    ctx.write(|tx| async move {
        if let Some(before) = queries::find_desk(&tx, &id.to_string()).await? {
            if before.event_id != event.id || before.entered_at.is_some() || before.revoked_at.is_some() {
                return Err(AppError::Conflict);
            }
            if !access.reaches(Some(&before.place_id)) {
                return Err(AppError::Forbidden);
            }
            let change = desk::ActiveModel {
                id: Set(before.id),
                place_id: Set(place.clone()),
                name: Set(name.as_str().to_owned()),
                invitation_hash: Set(Some(hash.to_owned())),
                ..Default::default()
            };
            return queries::update_desk(&tx, change).await.map_err(AppError::from);
        }
        let row = desk::ActiveModel {
            id: Set(id.to_string()),
            event_id: Set(event.id.clone()),
            place_id: Set(place.clone()),
            name: Set(name.as_str().to_owned()),
            token_hash: Set(nobodys.to_owned()),
            invitation_hash: Set(Some(hash.to_owned())),
            entered_at: Set(None),
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
    ctx.bus().publish(Topic::Attendance(event.id.clone()));
    Ok(invitation)
}

/// A desk that a square opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The desk.
    pub id: Id,
    /// The event.
    pub event: EventId,
    /// The place.
    pub place: PlaceId,
    /// What organizers call it.
    pub name: String,
    /// Until when it is open, in Unix milliseconds.
    pub expires_at: i64,
    /// Whether a phone has entered with it already.
    pub is_used: bool,
}

/// The desk that a square opens, also after a phone has entered.
///
/// # Errors
/// [`AppError::Expired`] for a square that opens nothing, or nothing any more.
pub async fn invited(ctx: &Context, invitation: &Token) -> Result<Invited, AppError> {
    let hash = invitation.hash(ctx, Purpose::DeskInvitation);
    let row = queries::find_desk_by_invitation(ctx.read(), &hash).await?;
    let row = row.filter(|row| row.revoked_at.is_none() && ctx.clock().now_ms() < row.expires_at);
    let row = row.ok_or(AppError::Expired)?;
    let id = Id::parse(&row.id).ok_or_else(|| internal("a stored desk is broken"))?;
    let is_used = row.entered_at.is_some();
    Ok(Invited { id, event: row.event_id, place: row.place_id, name: row.name, expires_at: row.expires_at, is_used })
}

/// Lets a phone in: from now on `secret` is the desk's. The same phone may ask again, as it does when the answer was
/// lost; another one comes too late.
///
/// # Errors
/// [`AppError::Expired`] if the square opens nothing any more, [`AppError::Conflict`] if another phone was first.
pub async fn enter(ctx: &Context, invitation: &Token, secret: &Token) -> Result<Id, AppError> {
    let hash = invitation.hash(ctx, Purpose::DeskInvitation);
    let own = secret.hash(ctx, Purpose::Desk);
    let (hash, own) = (hash.as_str(), own.as_str());
    let (id, event) = ctx
        .write(|tx| async move {
            let row = queries::find_desk_by_invitation(&tx, hash).await?;
            let row = row.filter(|row| row.revoked_at.is_none() && tx.now_ms() < row.expires_at);
            let row = row.ok_or(AppError::Expired)?;
            let id = Id::parse(&row.id).ok_or_else(|| internal("a stored desk is broken"))?;
            match row.entered_at {
                Some(_) if row.token_hash == own => return Ok((id, row.event_id)),
                Some(_) => return Err(AppError::Conflict),
                None => {}
            }
            let entered = desk::ActiveModel {
                id: Set(row.id),
                token_hash: Set(own.to_owned()),
                entered_at: Set(Some(tx.now_ms())),
                seen_at: Set(Some(tx.now_ms())),
                ..Default::default()
            };
            queries::update_desk(&tx, entered).await?;
            Ok((id, row.event_id))
        })
        .await?;
    ctx.bus().publish(Topic::Attendance(event));
    Ok(id)
}

/// So often at most it is noted that a desk that only asks was heard, in milliseconds.
const HEARD_MS: i64 = 30_000;

/// Notes that a desk was heard, and how much it has said, though it sent nothing of it.
///
/// # Errors
/// When the database fails.
pub(super) async fn heard(ctx: &Context, row: &desk::Model, made: u64) -> Result<(), AppError> {
    let is_noted = row.seen_at.is_some_and(|seen| ctx.clock().now_ms().saturating_sub(seen) < HEARD_MS);
    let made = i64::try_from(made.min(MOST_SEQUENCE)).unwrap_or(0);
    if is_noted && made <= row.made {
        return Ok(());
    }
    ctx.write(|tx| async move {
        let made = queries::find_desk(&tx, &row.id).await?.map_or(made, |now| now.made.max(made));
        let seen = desk::ActiveModel {
            id: Set(row.id.clone()),
            made: Set(made),
            seen_at: Set(Some(tx.now_ms())),
            ..Default::default()
        };
        queries::update_desk(&tx, seen).await.map_err(AppError::from)
    })
    .await
}

/// Closes a desk for the phone that is this desk.
///
/// # Errors
/// When the database fails.
pub async fn end(ctx: &Context, desk: &Desk) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        let row = queries::find_desk(&tx, &desk.id.to_string()).await?.ok_or(AppError::SignInRequired)?;
        if row.revoked_at.is_some() {
            return Ok(());
        }
        let event = catalogue::find_by_id(ctx, &tx, &desk.event).await?;
        let change = desk::ActiveModel { id: Set(row.id), revoked_at: Set(Some(tx.now_ms())), ..Default::default() };
        queries::update_desk(&tx, change).await?;
        audit::record(&tx, None, "desk.revoked", &event.slug, &row.name).await
    })
    .await?;
    ctx.bus().publish(Topic::Attendance(desk.event.clone()));
    Ok(())
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
    .await?;
    ctx.bus().publish(Topic::Attendance(event.id.clone()));
    Ok(())
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
        opened_at: row.opened_at,
        expires_at: row.expires_at,
        is_revoked: row.revoked_at.is_some(),
    })
}
