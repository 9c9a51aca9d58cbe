//! Who has opened a key of the desk once: the server poses a challenge and notes the answer.

use crate::{
    error::AppError,
    server::{Context, error::internal},
    voices::{
        challenge::{Holder, pose},
        server::{
            entities::{voice_epoch_wrap, voice_recovery},
            from_hex, queries, random, to_hex, to_text,
        },
    },
};
use ::seal::PublicKey;
use sea_orm::ActiveValue::Set;

/// What they must answer with: it follows from the installation's secret and from what is wrapped for them, so nothing
/// needs to be kept, and an answer for an older wrap is none for a newer.
///
/// # Errors
/// [`AppError::NotFound`] if nothing is wrapped for them.
async fn expected(ctx: &Context, number: i64, holder: &Holder<'_>) -> Result<String, AppError> {
    let wrapped = match holder {
        Holder::Member(id) => {
            let wraps = queries::list_epoch_wraps(ctx.read(), number).await?;
            wraps.into_iter().find(|wrap| wrap.member_id == *id).map(|wrap| wrap.wrapped)
        }
        Holder::Trustees(first, second) => {
            let recoveries = queries::list_recoveries(ctx.read(), number).await?;
            let own = recoveries.into_iter().find(|pair| pair.first_id == *first && pair.second_id == *second);
            own.map(|pair| pair.nested)
        }
    };
    let about = [&number.to_string(), " ", &holder.name(), " ", &wrapped.ok_or(AppError::NotFound)?].concat();
    Ok(to_hex(&ctx.keys().keyed_hash("voice-drill", about.as_bytes())[..16]))
}

/// The challenge for a holder: base 64.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such key, or nothing of it is wrapped for them.
pub async fn challenge(ctx: &Context, number: u32, holder: &Holder<'_>) -> Result<String, AppError> {
    let epoch = queries::find_epoch(ctx.read(), i64::from(number)).await?.ok_or(AppError::NotFound)?;
    let key = from_hex(&epoch.public_key).ok_or_else(|| internal("a key of the desk is broken"))?;
    let word = expected(ctx, epoch.number, holder).await?;
    let posed = pose(&PublicKey::from_bytes(key), holder, &word, random()?);
    posed.map(|sealed| to_text(&sealed)).ok_or_else(|| internal("a key of the desk is broken"))
}

/// Notes that a holder has opened theirs. Doing it twice changes nothing.
///
/// # Errors
/// [`AppError::Forbidden`] for another answer, [`AppError::NotFound`] if nothing is sealed for them.
pub async fn answer(ctx: &Context, number: u32, holder: &Holder<'_>, answered: &str) -> Result<(), AppError> {
    let number = i64::from(number);
    if answered != expected(ctx, number, holder).await? {
        return Err(AppError::Forbidden);
    }
    let today = ctx.clock().today();
    ctx.write(|tx| async move {
        let noted = match holder {
            Holder::Member(id) => {
                let row = voice_epoch_wrap::ActiveModel {
                    epoch: Set(number),
                    member_id: Set((*id).to_owned()),
                    opened_on: Set(Some(today.into())),
                    ..Default::default()
                };
                queries::note_wrap(&tx, row).await?
            }
            Holder::Trustees(first, second) => {
                let row = voice_recovery::ActiveModel {
                    epoch: Set(number),
                    first_id: Set((*first).to_owned()),
                    second_id: Set((*second).to_owned()),
                    opened_on: Set(Some(today.into())),
                    ..Default::default()
                };
                queries::note_recovery(&tx, row).await?
            }
        };
        if noted { Ok(()) } else { Err(AppError::NotFound) }
    })
    .await
}
