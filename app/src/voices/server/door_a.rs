//! Door A: what comes was sealed on the phone. The server looks at its form and at what follows from the receipt, and never
//! sees a word.

use super::{
    at_rest::{self, Kind},
    attempt::Attempt,
    consent,
    deletion::{self, NewReceipt},
    entities::{share_grant, voice, voice_wrap::Holder},
    from_hex, from_text,
    keys::{Desk, open_desk, site},
    late::{self, is_watched},
    letters, proposals, queries,
    store::{self, Addition, NewVoice, WorkerKeys, receipt_tag},
    to_hex, to_text,
};
use crate::{
    error::AppError,
    questionnaires::server::effort::{self, Client},
    server::Context,
    ui::reader::locale_of,
    voices::{
        api::SealedLetter,
        door::{Arrived, CaseKey, Door, ReceiptKeys, Told},
        sharing::Yes,
        standing::{KEPT_DAYS, State},
        work::{FLOOD_BITS, is_done},
    },
};
use ::seal::voice::envelope::{Path, Role};
use std::time::Duration;

/// A new voice as the call carries it.
#[derive(Clone, Debug)]
pub struct New {
    /// The word of the form.
    pub attempt: String,
    /// In which language the worker reads.
    pub language: String,
    /// What follows from the receipt.
    pub keys: ReceiptKeys,
    /// The case key, sealed.
    pub wraps: CaseKey,
    /// The letter.
    pub envelope: String,
    /// The number that was looked for.
    pub work: u64,
}

/// What follows from a receipt, as bytes.
fn keys_of(keys: &ReceiptKeys) -> Option<([u8; 32], WorkerKeys)> {
    let worker = WorkerKeys { kem: from_hex(&keys.kem)?, signing: vec![from_hex(&keys.sign)?] };
    Some((from_hex(&keys.auth)?, worker))
}

/// What a page hands to its program.
#[must_use]
pub fn door(ctx: &Context, desk: &Desk, attempt: &Attempt) -> Door {
    Door {
        site: desk.site().to_owned(),
        root: to_hex(desk.root().as_bytes()),
        key: desk.public(),
        today: String::from(ctx.clock().today()),
        attempt: attempt.written(ctx),
        voice: attempt.voice(ctx).0,
        is_demonstration: desk.is_demonstration(),
    }
}

/// The same anew, for a page that was open for very long.
///
/// # Errors
/// [`AppError::Forbidden`] if the desk is closed.
pub async fn door_anew(ctx: &Context) -> Result<Door, AppError> {
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    Ok(door(ctx, &desk, &Attempt::new(ctx)?))
}

/// Stores a letter that was sealed on a phone. The same voice sent again is there once, whatever came back the first time.
///
/// # Errors
/// [`AppError::Forbidden`] if the desk is closed, [`AppError::Expired`] if the form is a day old, its voice was deleted, or
/// the desk has another key by now: seal anew for another form, [`AppError::Malformed`] for what has not exactly the form of something sealed,
/// [`AppError::Conflict`] if the form's voice has another receipt.
pub async fn arrive(ctx: &Context, client: Client, new: &New) -> Result<Arrived, AppError> {
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    let attempt = Attempt::read(ctx, &new.attempt).ok_or(AppError::Expired)?;
    let id = attempt.voice(ctx);
    let (auth, worker) = keys_of(&new.keys).ok_or(AppError::Malformed)?;
    let bytes = |text: &str| from_text(text).ok_or(AppError::Malformed);
    let (for_desk, for_worker) = (bytes(&new.wraps.for_desk)?, bytes(&new.wraps.for_worker)?);
    let envelope = bytes(&new.envelope)?;
    locale_of(&new.language).ok_or(AppError::Malformed)?;
    if let Some(there) = queries::find_voice(ctx.read(), &id).await? {
        return stored(ctx, &there, &auth);
    }
    if new.wraps.key != desk.epoch() {
        return Err(AppError::Expired);
    }
    let mut voice = NewVoice {
        id: &id,
        auth: &auth,
        worker,
        for_desk: &for_desk,
        for_worker: &for_worker,
        envelope: &envelope,
        language: &new.language,
        is_aside: false,
    };
    // Before it is counted: what is no letter makes no flood.
    if !store::is_whole(&voice, Path::Phone) {
        return Err(AppError::Malformed);
    }
    tokio::time::sleep(Duration::from_millis(attempt.too_soon_ms(ctx))).await;
    match effort::admit_voice(ctx, client, |bits| is_done(&new.attempt, new.work, bits)) {
        Ok(bits) => voice.is_aside = bits >= FLOOD_BITS,
        Err(bits) => return Ok(Arrived::Work(bits)),
    }
    if store::insert(ctx, &desk, &voice, Path::Phone).await? {
        return Ok(Arrived::Stored(String::from(State::Received.promised(ctx.clock().today()))));
    }
    let there = queries::find_voice(ctx.read(), &id).await?.ok_or(AppError::Conflict)?;
    stored(ctx, &there, &auth)
}

/// What is said of a voice that is there, to who has its receipt.
fn stored(ctx: &Context, row: &voice::Model, auth: &[u8; 32]) -> Result<Arrived, AppError> {
    if row.receipt_tag != receipt_tag(ctx, auth) {
        return Err(AppError::Conflict);
    }
    Ok(Arrived::Stored(String::from(row.due_on.0)))
}

/// The voice that a receipt belongs to, while the desk is open.
async fn find(ctx: &Context, auth: &str) -> Result<voice::Model, AppError> {
    open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    find_anyhow(ctx, auth).await
}

/// The same, also while it is closed: nobody needs the desk to take back what is theirs.
async fn find_anyhow(ctx: &Context, auth: &str) -> Result<voice::Model, AppError> {
    let auth = from_hex(auth).ok_or(AppError::Malformed)?;
    queries::find_voice_by_tag(ctx.read(), &receipt_tag(ctx, &auth)).await?.ok_or(AppError::NotFound)
}

/// Hands out a voice as it is sealed.
///
/// # Errors
/// [`AppError::Forbidden`] if the desk is closed, [`AppError::NotFound`] if nothing belongs to the receipt,
/// [`AppError::Conflict`] if what opens it is not here at present.
pub async fn letters(ctx: &Context, auth: &str) -> Result<Told, AppError> {
    let row = find(ctx, auth).await?;
    let wrap = queries::find_wrap(ctx.read(), &row.id, Holder::Worker).await?.ok_or(AppError::Conflict)?;
    let wrapped = at_rest::open(ctx, Kind::Wrap, &row.id, &wrap.wrapped).ok_or(AppError::Conflict)?;
    let keys = WorkerKeys::of_row(ctx, &row).ok_or(AppError::Conflict)?;
    let stored = letters::stored(ctx, &row.id).await?;
    let people = letters::people(ctx).await?.into_iter().filter(|person| !person.sign_certificate.is_empty());
    let shares = proposals::facts(ctx, &row.id).await?;
    Ok(Told {
        shares,
        today: String::from(ctx.clock().today()),
        state: row.state,
        due_on: String::from(row.due_on.0),
        is_late: row.state.is_late(row.due_on.0, ctx.clock().today()),
        opens: row.opens,
        messages: u32::try_from(row.messages).unwrap_or(0),
        is_kept_long: row.kept_days > KEPT_DAYS,
        late_on: row.late_on.map(|day| String::from(day.0)),
        is_watched: is_watched(ctx),
        wrapped: to_text(&wrapped),
        workers: keys.signing.iter().map(|key| to_hex(key)).collect(),
        people: people.collect(),
        letters: stored.into_iter().map(SealedLetter::from).collect(),
        voice: row.id.0,
    })
}

/// Adds a letter that was sealed on the phone.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to the receipt, [`AppError::Invalid`] if there is no room for more; the others
/// of [`store::append`].
pub async fn add(ctx: &Context, auth: &str, number: u32, envelope: &str) -> Result<(), AppError> {
    let row = find(ctx, auth).await?;
    let envelope = from_text(envelope).ok_or(AppError::Malformed)?;
    let addition = Addition { number, role: Role::Worker, path: Path::Phone, envelope: &envelope, state: None };
    no_room(store::append(ctx, &row.id, &addition).await)
}

/// *Forbidden* says that the desk is closed; that there is no room for more is another thing.
fn no_room(done: Result<(), AppError>) -> Result<(), AppError> {
    done.map_err(|error| if error == AppError::Forbidden { AppError::Invalid(Vec::new()) } else { error })
}

/// Keeps a voice for longer after its end, or for as long as all others.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to the receipt.
pub async fn keep(ctx: &Context, auth: &str, is_long: bool) -> Result<(), AppError> {
    let row = find(ctx, auth).await?;
    deletion::keep(ctx, &row.id, is_long).await
}

/// Deletes everything of a voice, also while the desk is closed. Done twice, nothing belongs to the receipt any more, and
/// that is said.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to the receipt.
pub async fn delete(ctx: &Context, auth: &str) -> Result<(), AppError> {
    let row = find_anyhow(ctx, auth).await?;
    deletion::delete(ctx, &row.id).await
}

/// Lets another receipt open a voice. Done twice, it is done: the answer to the first may have been lost.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to either receipt, [`AppError::Malformed`] for what has not the form.
pub async fn change(ctx: &Context, auth: &str, keys: &ReceiptKeys, wrapped: &str) -> Result<(), AppError> {
    let row = match find(ctx, auth).await {
        Err(AppError::NotFound) => return find(ctx, &keys.auth).await.map(drop),
        found => found?,
    };
    let (after, worker) = keys_of(keys).ok_or(AppError::Malformed)?;
    let wrapped = from_text(wrapped).ok_or(AppError::Malformed)?;
    let new = NewReceipt { auth: &after, worker, wrapped: &wrapped };
    no_room(deletion::put_receipt(ctx, &row, new).await)
}

/// Stores a yes that was signed on the phone.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to the receipt, or the voice has no such words; the others of
/// [`proposals::agree`].
pub async fn agree(ctx: &Context, auth: &str, yes: &Yes) -> Result<(), AppError> {
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    let row = find_anyhow(ctx, auth).await?;
    proposals::agree(ctx, &desk, &row.id, yes, share_grant::Path::Phone).await
}

/// Says that the desk is late.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to the receipt, [`AppError::Conflict`] if the desk is not late (any more).
pub async fn late(ctx: &Context, auth: &str) -> Result<(), AppError> {
    let row = find_anyhow(ctx, auth).await?;
    late::say(ctx, &row.id).await
}

/// Takes a yes back, also while the desk is closed.
///
/// # Errors
/// [`AppError::NotFound`] if nothing belongs to the receipt, or the voice has no such grant; the others of
/// [`consent::revoke`].
pub async fn withdraw(ctx: &Context, auth: &str, grant: &str, signature: &str) -> Result<(), AppError> {
    let row = find_anyhow(ctx, auth).await?;
    let signature = from_hex(signature).ok_or(AppError::Malformed)?;
    consent::revoke(ctx, &site(ctx).await?, &row.id, grant, &signature).await
}
