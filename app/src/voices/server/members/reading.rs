//! Voices as members are shown them: days, counts and what is sealed.

use super::Member;
use crate::{
    error::AppError,
    ids::VoiceId,
    server::Context,
    voices::{
        api::{Opened, SealedLetter, VoiceRow},
        server::{
            entities::{voice, voice_wrap::Holder},
            from_text, letters, proposals, queries,
            store::WorkerKeys,
            to_hex,
        },
        sharing::ORDER_DAYS,
        standing::{Part, State},
    },
};
use ::seal::voice::envelope::{ROLE_AT, Role};
use std::collections::HashMap;

/// So many voices are listed at most: those that are due first.
pub const MOST_LISTED: u64 = 1_000;

/// The voices of one part of the list.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Context, _: &Member, part: Part) -> Result<Vec<VoiceRow>, AppError> {
    let last: HashMap<VoiceId, bool> =
        queries::last_heads(ctx.read()).await?.into_iter().map(|(voice, head)| (voice, is_by_worker(&head))).collect();
    let rows = queries::list_voices(ctx.read(), part, MOST_LISTED).await?;
    let today = ctx.clock().today();
    let ordered = queries::voices_with_orders(ctx.read(), today.plus_days(-ORDER_DAYS).unwrap_or(today).into()).await?;
    let agreed = queries::voices_with_grants(ctx.read(), today.into()).await?;
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let is_waiting = last.get(&row.id).copied().unwrap_or(true);
            let (is_ordered, is_agreed) = (ordered.contains(&row.id), agreed.contains(&row.id));
            VoiceRow { is_ordered, is_agreed, ..voice_row(row, is_waiting) }
        })
        .collect();
    // Where a life may be in danger, nobody looks for it.
    rows.sort_by_key(|row| !row.is_ordered);
    Ok(rows)
}

/// Whether the first bytes of an envelope say that the worker wrote it. Who looks into it looks at the signature.
fn is_by_worker(head: &str) -> bool {
    from_text(head).is_some_and(|bytes| bytes.get(ROLE_AT) == Some(&Role::Worker.byte()))
}

fn voice_row(row: voice::Model, is_waiting: bool) -> VoiceRow {
    VoiceRow {
        id: row.id.0,
        epoch: u32::try_from(row.epoch).unwrap_or(0),
        language: row.language,
        state: row.state,
        due_on: String::from(row.due_on.0),
        member: row.member_id,
        note: row.labels,
        opens: row.opens,
        messages: u32::try_from(row.messages).unwrap_or(0),
        is_waiting,
        opened_on: String::from(row.opened_on.0),
        changed_on: String::from(row.changed_on.0),
        late_on: row.late_on.map(|day| String::from(day.0)),
        is_ordered: false,
        is_agreed: false,
    }
}

/// Hands out a voice as it is sealed, and counts that it was: its worker sees how often.
///
/// # Errors
/// [`AppError::NotFound`] if it is gone, or nobody can open it any more.
pub async fn open(ctx: &Context, _: &Member, id: &VoiceId) -> Result<Opened, AppError> {
    let row = ctx
        .write(|tx| async move {
            queries::count_open(&tx, id).await?;
            queries::find_voice(&tx, id).await?.ok_or(AppError::NotFound)
        })
        .await?;
    let wrap = queries::find_wrap(ctx.read(), id, Holder::Desk).await?.ok_or(AppError::NotFound)?;
    let workers = WorkerKeys::of_row(ctx, &row).map(|keys| keys.signing).unwrap_or_default();
    let letters = letters::stored(ctx, id).await?;
    let is_waiting = letters.last().is_none_or(|last| last.envelope.get(ROLE_AT) == Some(&Role::Worker.byte()));
    Ok(Opened {
        wrapped: wrap.wrapped,
        workers: workers.iter().map(|key| to_hex(key)).collect(),
        letters: letters.into_iter().map(SealedLetter::from).collect(),
        is_kept_long: row.kept_days > crate::voices::standing::KEPT_DAYS,
        shares: proposals::facts(ctx, id).await?,
        yeses: proposals::yeses(ctx, id).await?,
        orders: proposals::orders(ctx, id).await?,
        today: String::from(ctx.clock().today()),
        row: voice_row(row, is_waiting),
    })
}

/// Whether a letter may bring a voice into a state: nothing goes back to where nobody has read it.
pub(super) fn may_follow(state: State) -> bool {
    state != State::Received
}
