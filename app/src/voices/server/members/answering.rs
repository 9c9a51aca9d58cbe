//! What members do with a voice: answer it, note something, look after it, and give the desk's key to each other.

use super::{
    Member,
    reading::{MOST_LISTED, may_follow},
};
use crate::{
    auth::Organizer,
    error::AppError,
    ids::VoiceId,
    server::{Context, audit},
    voices::{
        server::{
            ceremony::{self, Wrap, Wraps},
            entities::voice,
            from_text, queries,
            store::{self, Addition},
        },
        standing::State,
    },
};
use ::seal::voice::{
    envelope::{Path, Role},
    note::is_note,
};
use sea_orm::ActiveValue::Set;

/// Adds a member's letter behind the last one, and says how far the desk is with it: the worker is promised the next step
/// from today on.
///
/// # Errors
/// Those of [`store::append`]; [`AppError::Malformed`] for a state that no letter brings, [`AppError::Expired`] if the root
/// does not vouch for the member today: the worker would not believe it.
pub async fn reply(
    ctx: &Context,
    by: &Member,
    voice: &VoiceId,
    number: u32,
    envelope: &str,
    state: State,
) -> Result<(), AppError> {
    if !by.signs_today() {
        return Err(AppError::Expired);
    }
    let envelope = from_text(envelope).filter(|_| may_follow(state)).ok_or(AppError::Malformed)?;
    let addition = Addition { number, role: Role::Desk, path: Path::Phone, envelope: &envelope, state: Some(state) };
    store::append(ctx, voice, &addition).await
}

/// Notes something about a voice for the desk, sealed to its key; an empty text takes the note away.
///
/// # Errors
/// [`AppError::Malformed`] for what has not the form of a note, [`AppError::NotFound`] if the voice is gone.
pub async fn note(ctx: &Context, _: &Member, voice: &VoiceId, note: &str) -> Result<(), AppError> {
    let is_right = note.is_empty() || from_text(note).is_some_and(|bytes| is_note(&bytes));
    if !is_right {
        return Err(AppError::Malformed);
    }
    let labels = Set((!note.is_empty()).then(|| note.to_owned()));
    change(ctx, voice::ActiveModel { id: Set(voice.clone()), labels, ..Default::default() }).await
}

/// Says who looks after a voice; without a member nobody does.
///
/// # Errors
/// [`AppError::Malformed`] if they are no member, [`AppError::NotFound`] if the voice is gone.
pub async fn assign(ctx: &Context, _: &Member, voice: &VoiceId, to: Option<&str>) -> Result<(), AppError> {
    if let Some(to) = to {
        let there = queries::list_members(ctx.read()).await?;
        let is_member =
            there.iter().any(|row| row.id == to && row.left_on.is_none() && !row.sign_certificate.is_empty());
        if !is_member {
            return Err(AppError::Malformed);
        }
    }
    let member_id = Set(to.map(str::to_owned));
    change(ctx, voice::ActiveModel { id: Set(voice.clone()), member_id, ..Default::default() }).await
}

async fn change(ctx: &Context, row: voice::ActiveModel) -> Result<(), AppError> {
    let (id, row) = (row.id.clone().take().ok_or(AppError::Malformed)?, &row);
    let id = &id;
    ctx.write(|tx| async move {
        queries::find_voice(&tx, id).await?.ok_or(AppError::NotFound)?;
        queries::update_voice(&tx, row.clone()).await.map_err(AppError::from)
    })
    .await
}

/// Gives a key of the desk to another member, who joined after it was made: sealed for them by somebody who can open it.
///
/// # Errors
/// [`AppError::Forbidden`] if the giver has not opened that key, or the root does not vouch for who is to get it,
/// [`AppError::Conflict`] if it is sealed for them already.
pub async fn give(
    ctx: &Context,
    organizer: &Organizer,
    from: &Member,
    number: u32,
    to: &str,
    wrapped: &str,
) -> Result<(), AppError> {
    let wrap = Wrap { member: to.to_owned(), wrapped: wrapped.to_owned() };
    let giver = ceremony::Giver { organizer: organizer.id(), member: from.id() };
    ceremony::install_wraps(ctx, Some(giver), &Wraps { number, wraps: vec![wrap] }).await
}

/// Says of voices that came in a flood whether they are voices or junk. Junk is concluded without an answer, and deleted as
/// long after as everything that is: whoever was wronged by that writes once more, and is heard. What is there no more, or
/// was sorted by a colleague, is passed over.
///
/// # Errors
/// [`AppError::Malformed`] for more than the list holds.
pub async fn sort(ctx: &Context, by: &Member, voices: &[VoiceId], is_junk: bool) -> Result<(), AppError> {
    if voices.len() as u64 > MOST_LISTED {
        return Err(AppError::Malformed);
    }
    let today = ctx.clock().today();
    ctx.write(|tx| async move {
        let mut sorted = 0_u32;
        for id in voices {
            let there = queries::find_voice(&tx, id).await?;
            // What somebody has answered meanwhile is no junk.
            if there.is_none_or(|row| row.aside_on.is_none() || row.state != State::Received) {
                continue;
            }
            let mut change = voice::ActiveModel { id: Set(id.clone()), ..Default::default() };
            if is_junk {
                change.state = Set(State::Concluded);
                change.concluded_on = Set(Some(today.into()));
            } else {
                change.aside_on = Set(None);
            }
            queries::update_voice(&tx, change).await?;
            sorted += 1;
        }
        if sorted == 0 {
            return Ok(());
        }
        let act = if is_junk { "voices.discarded" } else { "voices.let_in" };
        audit::record(&tx, Some(by.organizer()), act, &sorted.to_string(), "").await
    })
    .await
}
