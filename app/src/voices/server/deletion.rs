//! Voices end: because their worker says so, or because they were concluded long ago. What opens them goes first.

use super::{
    at_rest::{self, Kind},
    attempt::case_of,
    entities::{
        deleted_voice,
        voice::{self, State},
        voice_wrap,
    },
    keys::Desk,
    letters::Letters,
    queries, random,
    store::{WorkerKeys, is_wrap, receipt_tag},
    to_hex,
};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, db::forget_tonight, error::internal},
    voices::standing::{KEPT_DAYS, KEPT_DAYS_LONG},
};
use ::seal::voice::{
    receipt::Worker,
    wrap::{Holder, unwrap, wrap},
};
use form::Day;
use sea_orm::ActiveValue::Set;
use zeroize::Zeroizing;

/// So many days it is known that a voice was deleted: a form is good for one.
const MARKED_DAYS: i64 = 2;
/// So many receipts a voice has at most, one after the other.
const MOST_RECEIPTS: usize = 16;

/// Deletes everything of a voice because its worker says so: what everybody could read of it, too.
///
/// # Errors
/// When the database fails; what was done until then stays done.
pub async fn delete(ctx: &Context, voice: &VoiceId) -> Result<(), AppError> {
    shred(ctx, voice, true).await
}

/// Deletes everything of a voice but what everybody can read. Its wraps go first and for themselves: whatever happens then, nobody opens it any more,
/// and [`shred_old`] finds what is left. What the worker agreed to, and what was passed on, stays: without a word of it.
///
/// # Errors
/// When the database fails; what was done until then stays done.
async fn shred(ctx: &Context, voice: &VoiceId, is_by_worker: bool) -> Result<(), AppError> {
    let mark = mark(ctx, voice);
    let mark = mark.as_str();
    ctx.write(|tx| async move {
        let today = ctx.clock().today().into();
        if queries::find_voice(&tx, voice).await?.is_none() {
            return Ok(());
        }
        queries::delete_wraps(&tx, voice).await?;
        if is_by_worker {
            // With the mark below: nobody puts it on the site between the two.
            queries::delete_published_of(&tx, voice).await?;
        }
        let row = deleted_voice::ActiveModel { mark: Set(mark.to_owned()), deleted_on: Set(today) };
        queries::mark_deleted(&tx, row).await?;
        forget_tonight(&tx).await?;
        let over = voice::ActiveModel {
            id: Set(voice.clone()),
            state: Set(State::Concluded),
            concluded_on: Set(Some(today)),
            kept_days: Set(-1),
            ..Default::default()
        };
        queries::update_voice(&tx, over).await.map_err(AppError::from)
    })
    .await?;
    ctx.write(|tx| async move { queries::delete_voice(&tx, voice).await.map_err(AppError::from) }).await?;
    overwrite(ctx).await;
    Ok(())
}

/// Lets what was deleted leave the disk. A failure is logged and made good at night: the deletion itself is done.
pub(super) async fn overwrite(ctx: &Context) {
    if ctx.db().forget_deleted().await.is_err() {
        tracing::warn!("what was deleted stands in the log of the database until the night");
    }
}

/// By this a deleted voice is known, for as long as the form that made it is good.
pub(super) fn mark(ctx: &Context, voice: &VoiceId) -> String {
    to_hex(&ctx.keys().keyed_hash("voice-deleted", voice.as_str().as_bytes()))
}

/// Deletes what was concluded longer ago than it is kept. So many; what fails is tried again the next day.
///
/// # Errors
/// When the database fails before anything was deleted.
pub async fn shred_old(ctx: &Context) -> Result<usize, AppError> {
    let today = ctx.clock().today();
    let concluded = queries::list_concluded(ctx.read()).await?;
    let mut shredded = 0;
    for voice in concluded.iter().filter(|voice| is_old(voice, today)) {
        shredded += usize::from(shred(ctx, &voice.id, false).await.is_ok());
    }
    let before = today.plus_days(-MARKED_DAYS).unwrap_or(today);
    ctx.write(|tx| async move { queries::forget_marks(&tx, before.into()).await.map_err(AppError::from) }).await?;
    Ok(shredded)
}

fn is_old(voice: &voice::Model, today: Day) -> bool {
    let until = voice.concluded_on.and_then(|day| day.0.plus_days(voice.kept_days));
    until.is_some_and(|until| until < today)
}

/// Keeps a voice for longer after its end, or for as long as all others.
///
/// # Errors
/// [`AppError::NotFound`] if it is gone.
pub async fn keep(ctx: &Context, voice: &VoiceId, is_long: bool) -> Result<(), AppError> {
    let kept_days = if is_long { KEPT_DAYS_LONG } else { KEPT_DAYS };
    ctx.write(|tx| async move {
        queries::find_voice(&tx, voice).await?.ok_or(AppError::NotFound)?;
        let change = voice::ActiveModel { id: Set(voice.clone()), kept_days: Set(kept_days), ..Default::default() };
        queries::update_voice(&tx, change).await.map_err(AppError::from)
    })
    .await
}

/// Another receipt for a voice, as far as the server knows it.
#[derive(Clone, Debug)]
pub struct NewReceipt<'r> {
    /// What follows from it.
    pub auth: &'r [u8; 32],
    /// Its keys.
    pub worker: WorkerKeys,
    /// The case key, sealed for it.
    pub wrapped: &'r [u8],
}

/// Lets another receipt open a voice instead of the one that opened it now, without script.
///
/// # Errors
/// [`AppError::NotFound`] if the voice is gone or has another receipt by now.
pub async fn change_receipt(
    ctx: &Context,
    desk: &Desk,
    letters: &Letters,
    before: &Worker,
    after: &Worker,
) -> Result<(), AppError> {
    let id = &letters.voice.id;
    let case = case_of(id).ok_or_else(|| internal("a voice's id is broken"))?;
    let row = queries::find_wrap(ctx.read(), id, voice_wrap::Holder::Worker).await?.ok_or(AppError::NotFound)?;
    let wrapped = at_rest::open(ctx, Kind::Wrap, id, &row.wrapped).ok_or(AppError::NotFound)?;
    let seed = unwrap(desk.site(), &case.0, &Holder::Worker, &before.kem(), &wrapped).ok_or(AppError::NotFound)?;
    let seed = Zeroizing::new(seed);
    let wrapped = wrap(desk.site(), &case.0, &Holder::Worker, &after.kem().public(), &seed, random()?);
    let wrapped = wrapped.ok_or_else(|| internal("a receipt has no key"))?;
    let auth = Zeroizing::new(after.auth());
    put_receipt(ctx, &letters.voice, NewReceipt { auth: &auth, worker: WorkerKeys::of(after), wrapped: &wrapped }).await
}

/// Puts another receipt in the place of the one that a voice has now.
///
/// # Errors
/// [`AppError::NotFound`] if the voice is gone or has another receipt by now, [`AppError::Malformed`] for keys that are
/// none and for what is not sealed, [`AppError::Forbidden`] if it had very many: each key is tried for each letter.
pub async fn put_receipt(ctx: &Context, voice: &voice::Model, mut new: NewReceipt<'_>) -> Result<(), AppError> {
    let id = &voice.id;
    if !is_wrap(new.wrapped) || !new.worker.are_keys() {
        return Err(AppError::Malformed);
    }
    let anew = at_rest::seal(ctx, Kind::Wrap, id, new.wrapped)?;
    let former = WorkerKeys::of_row(ctx, voice).ok_or(AppError::NotFound)?;
    if former.signing.len() >= MOST_RECEIPTS {
        return Err(AppError::Forbidden);
    }
    new.worker.signing.extend(former.signing);
    let worker = at_rest::seal(ctx, Kind::Worker, id, &new.worker.to_bytes())?;
    let new_tag = receipt_tag(ctx, new.auth);
    let (anew, worker, new_tag) = (&anew, &worker, &new_tag);
    ctx.write(|tx| async move {
        let now = queries::find_voice(&tx, id).await?.filter(|row| row.receipt_tag == voice.receipt_tag);
        now.ok_or(AppError::NotFound)?;
        let wrap = voice_wrap::ActiveModel {
            voice_id: Set(id.clone()),
            holder: Set(voice_wrap::Holder::Worker),
            wrapped: Set(anew.clone()),
        };
        queries::update_wrap(&tx, wrap).await?;
        let change = voice::ActiveModel {
            id: Set(id.clone()),
            receipt_tag: Set(new_tag.clone()),
            worker: Set(worker.clone()),
            ..Default::default()
        };
        queries::update_voice(&tx, change).await.map_err(AppError::from)
    })
    .await?;
    overwrite(ctx).await;
    Ok(())
}
