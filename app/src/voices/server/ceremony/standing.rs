//! Open only when it is safe: what is missing, activating a key, opening and closing the desk, and who may leave it.

use crate::{
    error::AppError,
    server::{
        Context, audit,
        db::{Transaction, forget_tonight},
    },
    voices::server::{
        entities::{voice_epoch, voice_member},
        keys::{DEMONSTRATION, OPENED, root},
        late::is_watched,
        queries,
    },
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};

/// So many members at least have opened a key, or nobody seals to it.
pub const MEMBERS: usize = 2;
/// So many trustees there are; any two of them restore a key.
pub const TRUSTEES: usize = 3;
/// So many pairs they make.
const PAIRS: usize = 3;

/// Why a desk is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// The configuration names no root.
    #[error("no root: set voices.root to the public key that `entaku desk root new` printed on another machine")]
    Root,
    /// Nobody hears when the desk is late.
    #[error("no trustee's mail address: set voices.trustees, who hear when a worker says that the desk is late")]
    Watch,
    /// No key of the desk is there for today.
    #[error("no key of the desk for today: `entaku desk requests`, sign it where the root is, `entaku desk install`")]
    Key,
    /// Fewer than two members have opened it.
    #[error("{0} of at least {MEMBERS} members have opened the desk's key: they sign in and unlock")]
    Members(usize),
    /// Not every pair of trustees has opened it.
    #[error("{0} of {PAIRS} pairs of trustees have opened the desk's key in a drill: `entaku desk challenge`")]
    Trustees(usize),
    /// Nobody says who reviewed it.
    #[error("no outside review: name it with --review")]
    Review,
}

/// What of a key is missing.
async fn lacks_of(conn: &impl ConnectionTrait, number: i64) -> Result<Vec<Lack>, AppError> {
    let members = queries::list_members(conn).await?;
    let stays = |id: &str| members.iter().any(|member| member.id == id && member.left_on.is_none());
    let wraps = queries::list_epoch_wraps(conn, number).await?;
    let opened = wraps.iter().filter(|wrap| wrap.opened_on.is_some() && stays(&wrap.member_id)).count();
    let recoveries = queries::list_recoveries(conn, number).await?;
    let drilled = recoveries.iter().filter(|recovery| recovery.opened_on.is_some()).count();
    let mut lacks = Vec::new();
    if opened < MEMBERS {
        lacks.push(Lack::Members(opened));
    }
    if drilled < PAIRS {
        lacks.push(Lack::Trustees(drilled));
    }
    Ok(lacks)
}

/// The last key that is good today, activated or not.
async fn key_of_today(ctx: &Context) -> Result<Option<voice_epoch::Model>, AppError> {
    Ok(queries::key_of_day(ctx.read(), ctx.clock().today().into()).await?)
}

/// What is missing before the desk may be opened.
///
/// # Errors
/// When the database fails.
pub async fn lacks(ctx: &Context, review: Option<&str>) -> Result<Vec<Lack>, AppError> {
    let mut lacks = Vec::new();
    if root(ctx).await?.is_none() {
        lacks.push(Lack::Root);
    }
    if !is_watched(ctx) {
        lacks.push(Lack::Watch);
    }
    match key_of_today(ctx).await? {
        None => lacks.push(Lack::Key),
        Some(key) => lacks.extend(lacks_of(ctx.read(), key.number).await?),
    }
    if review.is_none_or(|review| review.trim().is_empty()) {
        lacks.push(Lack::Review);
    }
    Ok(lacks)
}

/// Seals to a key from now on.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such key, [`AppError::Conflict`] if anything is missing: see [`lacks`].
pub async fn activate(ctx: &Context, number: u32) -> Result<(), AppError> {
    let today = ctx.clock().today();
    ctx.write(|tx| async move {
        let key = queries::find_epoch(&tx, i64::from(number)).await?.ok_or(AppError::NotFound)?;
        if !lacks_of(&tx, key.number).await?.is_empty() {
            return Err(AppError::Conflict);
        }
        let active = voice_epoch::ActiveModel {
            number: Set(key.number),
            activated_on: Set(Some(today.into())),
            ..Default::default()
        };
        queries::update_epoch(&tx, active).await?;
        audit::record(&tx, None, "voices.activated", &number.to_string(), "").await
    })
    .await
}

/// Opens the desk: its key of today is activated, and voices are taken. `review` says who looked at it from outside, and
/// when; it stands in the audit log.
///
/// # Errors
/// [`AppError::Conflict`] if anything is missing: see [`lacks`].
pub async fn open(ctx: &Context, review: &str) -> Result<(), AppError> {
    if !lacks(ctx, Some(review)).await?.is_empty() {
        return Err(AppError::Conflict);
    }
    let key = key_of_today(ctx).await?.ok_or(AppError::Conflict)?;
    activate(ctx, u32::try_from(key.number).map_err(|_| AppError::Conflict)?).await?;
    let today = String::from(ctx.clock().today());
    let today = today.as_str();
    ctx.write(|tx| async move {
        set_opened(&tx, today).await?;
        audit::record(&tx, None, "voices.opened", "", review).await
    })
    .await
}

/// Closes it: nothing is taken any more, and nobody comes back, until it is opened again.
///
/// # Errors
/// When the database fails.
pub async fn close(ctx: &Context) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        queries::delete_setting(&tx, OPENED).await?;
        audit::record(&tx, None, "voices.closed", "", "").await
    })
    .await
}

/// Says since when it is open.
pub(in crate::voices::server) async fn set_opened(tx: &Transaction, since: &str) -> Result<(), AppError> {
    if queries::setting(tx, OPENED).await?.as_deref() == Some(DEMONSTRATION) && since != DEMONSTRATION {
        return Err(AppError::Conflict);
    }
    queries::set_setting(tx, OPENED, since).await.map_err(AppError::from)
}

/// Takes a member out of the desk: their wraps go, and they read nothing that comes. What they have read they have read.
///
/// # Errors
/// [`AppError::NotFound`] for no member, [`AppError::Conflict`] if a key that holds voices would then be opened by fewer
/// than two: first somebody else joins.
pub async fn remove(ctx: &Context, member: &str) -> Result<(), AppError> {
    let today = ctx.clock().today();
    ctx.write(|tx| async move {
        let members = queries::list_members(&tx).await?;
        let row = members.iter().find(|row| row.id == member && row.left_on.is_none()).ok_or(AppError::NotFound)?;
        let left = voice_member::ActiveModel {
            id: Set(row.id.clone()),
            left_on: Set(Some(today.into())),
            ..Default::default()
        };
        queries::update_member(&tx, left).await?;
        for number in queries::epochs_in_use(&tx).await? {
            if lacks_of(&tx, number).await?.iter().any(|lack| matches!(lack, Lack::Members(_))) {
                return Err(AppError::Conflict);
            }
        }
        queries::delete_epoch_wraps(&tx, member).await?;
        forget_tonight(&tx).await?;
        audit::record(&tx, None, "voices.removed", member, "").await
    })
    .await
}
