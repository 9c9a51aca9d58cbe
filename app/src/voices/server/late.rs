//! A promise that was broken: its worker says so with one press, and a trustee, who does not read at the desk, is told that
//! it happened. Neither which voice nor a word of it leaves the desk.

use super::{entities::voice, queries};
use crate::{error::AppError, i18n::*, ids::VoiceId, server::Context};
use sea_orm::ActiveValue::Set;

/// Whether somebody beside the desk is told.
#[must_use]
pub fn is_watched(ctx: &Context) -> bool {
    !ctx.site().voices_trustees.is_empty()
}

/// Notes that a worker says that the desk is late. Said twice, it is said once; the desk's next letter ends it.
///
/// # Errors
/// [`AppError::NotFound`] if the voice is gone, [`AppError::Conflict`] if nothing is late (any more).
pub async fn say(ctx: &Context, id: &VoiceId) -> Result<(), AppError> {
    let today = ctx.clock().today();
    ctx.write(|tx| async move {
        let row = queries::find_voice(&tx, id).await?.ok_or(AppError::NotFound)?;
        if row.late_on.is_some() {
            return Ok(());
        }
        if !row.state.is_late(row.due_on.0, today) {
            return Err(AppError::Conflict);
        }
        let late = voice::ActiveModel { id: Set(id.clone()), late_on: Set(Some(today.into())), ..Default::default() };
        queries::update_voice(&tx, late).await.map_err(AppError::from)
    })
    .await
}

/// Voices that are late by their workers' word, and of which no trustee knows. Those of today wait: a mail with the hour in
/// which somebody pressed a button would tell more than the table.
///
/// # Errors
/// When the database fails.
pub async fn untold(ctx: &Context) -> Result<Vec<VoiceId>, AppError> {
    Ok(queries::list_late(ctx.read(), ctx.clock().today().into()).await?)
}

/// Notes that a trustee knows of them. What the desk has answered meanwhile stays as it is.
///
/// # Errors
/// When the database fails: they are told again.
pub async fn told(ctx: &Context, voices: &[VoiceId]) -> Result<(), AppError> {
    let today = ctx.clock().today();
    ctx.write(|tx| async move { queries::note_late_told(&tx, voices, today.into()).await.map_err(AppError::from) })
        .await
}

/// What a trustee is told, in Japanese and English: subject and text. Nothing in it leads to a voice.
#[must_use]
pub fn words(ctx: &Context, count: usize) -> (String, String) {
    let in_both = |text: fn(Locale, usize) -> String| [Locale::ja, Locale::en].map(|locale| text(locale, count));
    let subject = in_both(|locale, count| td_string!(locale, mail.late_subject, count = count).to_string());
    let text = in_both(|locale, count| td_string!(locale, mail.late_text, count = count).to_string());
    (subject.join(" / "), [text.join("\n\n"), ctx.site().base_url.clone()].join("\n\n") + "\n")
}
