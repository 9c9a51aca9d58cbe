//! Door B: what comes without script is sealed here, in the moment in which it comes. Same bytes as from a phone; the
//! `path` in them says where.

use super::{
    attempt::{Attempt, case_of},
    keys::Desk,
    letters::{self, Letters},
    queries, queue, random,
    store::{self, Addition, NewVoice, WorkerKeys},
};
use crate::{
    error::AppError,
    ids::VoiceId,
    questionnaires::server::effort::{self, Client},
    server::{Context, error::internal},
    voices::{work::FLOOD_BITS, worker::message_of, written::Written},
};
use ::seal::{
    SecretKey,
    voice::{
        envelope::{Frame, Path, Role, seal},
        receipt::{COST, Receipt, Worker},
        wrap::{Holder, wrap},
    },
};
use zeroize::Zeroizing;

/// A form that is sent twice at once meets itself; it is looked at so often at most.
const TRIES: u32 = 4;

/// Everything that follows from a receipt. It takes a tenth of a second of a core, on purpose.
///
/// # Errors
/// [`AppError::TooManyRequests`] if very many of one network wait, [`AppError::Internal`] if the memory for it cannot be
/// had.
pub async fn stretch(ctx: &Context, desk: &Desk, client: Client, receipt: &Receipt) -> Result<Worker, AppError> {
    let place = queue::enter(ctx, client).await?;
    let (receipt, salt) = (receipt.clone(), *desk.salt());
    // The place goes along: who hangs up in the middle makes no room before the work is done.
    let work = move || {
        let stretched = receipt.stretch(&salt, COST);
        drop(place);
        stretched
    };
    let stretched = tokio::task::spawn_blocking(work).await;
    stretched.ok().flatten().ok_or_else(|| internal("a receipt cannot be stretched"))
}

/// Takes in what a form without script brought, and gives the receipt. The same form sent again is the same voice: the
/// same words are there once, other words are one message more.
///
/// # Errors
/// [`AppError::Conflict`] if the form's voice has another receipt by now, or is gone while this looks at it,
/// [`AppError::Expired`] if it was deleted, [`AppError::Forbidden`] if there is no room for more: draw the form anew.
pub async fn take_in(
    ctx: &Context,
    desk: &Desk,
    client: Client,
    attempt: &Attempt,
    language: &str,
    written: &Written,
) -> Result<Receipt, AppError> {
    let voice = attempt.voice(ctx);
    let receipt = attempt.receipt(ctx).ok_or_else(|| internal("a receipt cannot be drawn"))?;
    let worker = stretch(ctx, desk, client, &receipt).await?;
    for _ in 0..TRIES {
        let Some(row) = queries::find_voice(ctx.read(), &voice).await? else {
            if first(ctx, desk, client, (&voice, &worker), (language, written)).await? {
                return Ok(receipt);
            }
            continue;
        };
        let there = letters::open(ctx, desk, row, &worker).await?.ok_or(AppError::Conflict)?;
        if there.holds(written) {
            return Ok(receipt);
        }
        match add(ctx, desk, &there, &worker, language, written).await {
            Ok(()) => return Ok(receipt),
            Err(AppError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Err(AppError::Conflict)
}

/// Seals the first message of a new voice; `false` if the voice is there.
async fn first(
    ctx: &Context,
    desk: &Desk,
    client: Client,
    (voice, worker): (&VoiceId, &Worker),
    (language, written): (&str, &Written),
) -> Result<bool, AppError> {
    let case = case_of(voice).ok_or_else(|| internal("a voice's id is broken"))?;
    let frame = Frame { site: desk.site(), case, number: 1, role: Role::Worker, path: Path::Server };
    let seed: Zeroizing<[u8; 32]> = Zeroizing::new(random()?);
    let key = SecretKey::derive(&seed).public();
    let envelope = seal_words(&frame, &key, worker, language, written)?;
    let for_desk = wrap(desk.site(), &case.0, &Holder::Epoch(desk.epoch()), desk.key(), &seed, random()?);
    let for_worker = wrap(desk.site(), &case.0, &Holder::Worker, &worker.kem().public(), &seed, random()?);
    let (Some(for_desk), Some(for_worker)) = (for_desk, for_worker) else {
        return Err(internal("a key of the desk is broken"));
    };
    let auth = Zeroizing::new(worker.auth());
    // Without script nobody can be asked for work: what comes in a flood is only kept apart.
    let is_aside = effort::admit_voice(ctx, client, |_| true).is_ok_and(|bits| bits >= FLOOD_BITS);
    let new = NewVoice {
        id: voice,
        auth: &auth,
        worker: WorkerKeys::of(worker),
        for_desk: &for_desk,
        for_worker: &for_worker,
        envelope: &envelope,
        language,
        is_aside,
    };
    store::insert(ctx, desk, &new, Path::Server).await
}

/// Seals one message more for a voice that is open.
///
/// # Errors
/// [`AppError::Conflict`] if another message came meanwhile: read the voice again.
pub async fn add(
    ctx: &Context,
    desk: &Desk,
    to: &Letters,
    worker: &Worker,
    language: &str,
    written: &Written,
) -> Result<(), AppError> {
    let case = case_of(&to.voice.id).ok_or_else(|| internal("a voice's id is broken"))?;
    let number = u32::try_from(to.voice.messages + 1).map_err(|_| AppError::Malformed)?;
    let frame = Frame { site: desk.site(), case, number, role: Role::Worker, path: Path::Server };
    let envelope = seal_words(&frame, &to.case.public(), worker, language, written)?;
    let addition = Addition { number, role: Role::Worker, path: Path::Server, envelope: &envelope, state: None };
    store::append(ctx, &to.voice.id, &addition).await
}

fn seal_words(
    frame: &Frame<'_>,
    to: &::seal::PublicKey,
    worker: &Worker,
    language: &str,
    written: &Written,
) -> Result<Vec<u8>, AppError> {
    let message = message_of(language, written);
    let signed = Zeroizing::new(message.signed(frame, &worker.signing()));
    seal(frame, to, &signed, random()?).ok_or(AppError::Malformed)
}
