//! What both doors bring, looked at and stored: sealed bytes, keys and wraps. The server judges their form and nothing
//! else; whatever has another form is refused, so that nothing unsealed can stand where sealed things do.

use super::{
    at_rest::{self, Kind},
    attempt::case_of,
    deletion,
    entities::{
        voice::{self, State},
        voice_message,
        voice_wrap::{self, Holder},
    },
    keys::Desk,
    queries, to_hex, to_text,
};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, db::Transaction},
    voices::standing::KEPT_DAYS,
};
use ::seal::{
    KEY_BYTES, OVERHEAD, STEP, SUITE,
    voice::{
        envelope::{Envelope, Path, Role},
        receipt::{Worker, tag},
    },
};
use ed25519_dalek::VerifyingKey;
use sea_orm::ActiveValue::Set;

/// Bytes of a wrapped key.
pub const WRAP_BYTES: usize = OVERHEAD + STEP;
/// The most messages of one voice.
pub const MOST_MESSAGES: u32 = 300;
/// So many characters all its sealed messages have together at most: about twenty of the longest, hundreds of short ones.
pub const MOST_SEALED: i64 = 2 * 1024 * 1024;

/// The public keys of a worker, as they follow from a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerKeys {
    /// To this the case key is wrapped.
    pub kem: [u8; KEY_BYTES],
    /// With these messages and grants are checked: the receipt's, and those of the receipts before it, newest first.
    pub signing: Vec<[u8; 32]>,
}

impl WorkerKeys {
    /// Those of a receipt.
    #[must_use]
    pub fn of(worker: &Worker) -> Self {
        Self { kem: *worker.kem().public().as_bytes(), signing: vec![worker.signing().verifying_key().to_bytes()] }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        [&self.kem[..], &self.signing.concat()].concat()
    }

    /// What checks signatures, newest first.
    pub(super) fn signing(&self) -> Vec<VerifyingKey> {
        self.signing.iter().filter_map(|key| VerifyingKey::from_bytes(key).ok()).collect()
    }

    /// As they were stored.
    pub(super) fn of_row(ctx: &Context, row: &voice::Model) -> Option<Self> {
        let bytes = at_rest::open(ctx, Kind::Worker, &row.id, &row.worker)?;
        let (kem, rest) = bytes.split_first_chunk()?;
        let (signing, rest) = rest.as_chunks();
        (rest.is_empty() && !signing.is_empty()).then(|| Self { kem: *kem, signing: signing.to_vec() })
    }

    /// Whether they are keys that anybody honest makes.
    pub(super) fn are_keys(&self) -> bool {
        let are_points = self.signing.iter().all(|key| VerifyingKey::from_bytes(key).is_ok_and(|key| !key.is_weak()));
        are_points && self.kem[KEY_BYTES - 1] & 0x80 == 0 && self.kem != [0; KEY_BYTES]
    }
}

/// A new voice, sealed.
#[derive(Clone, Debug)]
pub struct NewVoice<'n> {
    /// Its id.
    pub id: &'n VoiceId,
    /// What follows from its receipt.
    pub auth: &'n [u8; 32],
    /// The worker's keys.
    pub worker: WorkerKeys,
    /// The case key, wrapped for the desk.
    pub for_desk: &'n [u8],
    /// The case key, wrapped for the worker.
    pub for_worker: &'n [u8],
    /// The first message.
    pub envelope: &'n [u8],
    /// In which language the worker reads.
    pub language: &'n str,
    /// Whether it came in a flood.
    pub is_aside: bool,
}

/// What the table knows a receipt by.
#[must_use]
pub fn receipt_tag(ctx: &Context, auth: &[u8; 32]) -> String {
    to_hex(&tag(ctx.keys().voices_pepper(), auth))
}

/// Looks whether bytes are a message of this voice, of this number, role and path.
fn is_message(bytes: &[u8], voice: &VoiceId, number: u32, role: Role, path: Path) -> bool {
    Envelope::read(bytes).is_ok_and(|envelope| {
        Some(envelope.case) == case_of(voice)
            && envelope.number == number
            && envelope.role == role
            && envelope.path == path
    })
}

/// Whether bytes have the form of a wrapped key.
pub(super) fn is_wrap(bytes: &[u8]) -> bool {
    bytes.len() == WRAP_BYTES && bytes.first() == Some(&SUITE)
}

/// Whether a new voice has exactly the form of something sealed.
pub(super) fn is_whole(new: &NewVoice<'_>, path: Path) -> bool {
    is_message(new.envelope, new.id, 1, Role::Worker, path)
        && is_wrap(new.for_desk)
        && is_wrap(new.for_worker)
        && new.worker.are_keys()
}

/// Stores a new voice; `false` if there is one of this id, which is then left as it is.
///
/// # Errors
/// [`AppError::Expired`] if it was deleted, [`AppError::Malformed`] for what has not exactly the form of something sealed.
pub async fn insert(ctx: &Context, desk: &Desk, new: &NewVoice<'_>, path: Path) -> Result<bool, AppError> {
    if !is_whole(new, path) {
        return Err(AppError::Malformed);
    }
    let receipt_tag = receipt_tag(ctx, new.auth);
    let worker = at_rest::seal(ctx, Kind::Worker, new.id, &new.worker.to_bytes())?;
    let for_worker = at_rest::seal(ctx, Kind::Wrap, new.id, new.for_worker)?;
    let today = ctx.clock().today();
    let row = voice::ActiveModel {
        id: Set(new.id.clone()),
        receipt_tag: Set(receipt_tag),
        worker: Set(worker),
        epoch: Set(i64::from(desk.epoch())),
        language: Set(new.language.to_owned()),
        state: Set(State::Received),
        due_on: Set(State::Received.promised(today).into()),
        member_id: Set(None),
        labels: Set(None),
        opens: Set(0),
        messages: Set(1),
        kept_days: Set(KEPT_DAYS),
        opened_on: Set(today.into()),
        changed_on: Set(today.into()),
        concluded_on: Set(None),
        late_on: Set(None),
        late_told_on: Set(None),
        aside_on: Set(new.is_aside.then(|| today.into())),
    };
    let message = message_row(ctx, new.id, 1, new.envelope);
    let wraps = [(Holder::Desk, to_text(new.for_desk)), (Holder::Worker, for_worker)];
    let (row, message, wraps) = (&row, &message, &wraps);
    let mark = deletion::mark(ctx, new.id);
    let mark = mark.as_str();
    ctx.write(|tx| async move {
        if queries::is_deleted(&tx, mark).await? {
            return Err(AppError::Expired);
        }
        if !queries::insert_voice(&tx, row.clone()).await? {
            return Ok(false);
        }
        queries::insert_message(&tx, message.clone()).await?;
        for (holder, wrapped) in wraps {
            let voice_id = Set(new.id.clone());
            let row = voice_wrap::ActiveModel { voice_id, holder: Set(*holder), wrapped: Set(wrapped.clone()) };
            queries::insert_wrap(&tx, row).await?;
        }
        Ok(true)
    })
    .await
}

/// A message that follows others.
#[derive(Clone, Copy, Debug)]
pub struct Addition<'a> {
    /// Which of the voice.
    pub number: u32,
    /// Who wrote it.
    pub role: Role,
    /// Where it was sealed.
    pub path: Path,
    /// The message.
    pub envelope: &'a [u8],
    /// How far the desk is with it, if its writer says so.
    pub state: Option<State>,
}

/// Adds a message behind the last one. What a worker adds to a voice that was concluded opens it again.
///
/// # Errors
/// [`AppError::Malformed`] for what is not exactly the next message of this voice, [`AppError::NotFound`] if the voice
/// is gone, [`AppError::Conflict`] if somebody else's message has that number by now: seal it anew,
/// [`AppError::Forbidden`] if there is no room for more.
pub async fn append(ctx: &Context, voice: &VoiceId, addition: &Addition<'_>) -> Result<(), AppError> {
    look_at(voice, addition)?;
    ctx.write(|tx| async move { append_in(&tx, ctx, voice, addition).await }).await
}

/// Looks at the form of what is to be added.
///
/// # Errors
/// [`AppError::Malformed`] for what is no message of this voice, number, role and path, [`AppError::Forbidden`] for one
/// too many.
pub(super) fn look_at(voice: &VoiceId, addition: &Addition<'_>) -> Result<(), AppError> {
    let Addition { number, role, path, envelope, .. } = *addition;
    if !is_message(envelope, voice, number, role, path) {
        return Err(AppError::Malformed);
    }
    if number > MOST_MESSAGES { Err(AppError::Forbidden) } else { Ok(()) }
}

/// Adds what was looked at, in a transaction of the caller's.
///
/// # Errors
/// Those of [`append`].
pub(super) async fn append_in(
    tx: &Transaction,
    ctx: &Context,
    voice: &VoiceId,
    addition: &Addition<'_>,
) -> Result<(), AppError> {
    let before = queries::find_voice(tx, voice).await?.ok_or(AppError::NotFound)?;
    if before.messages + 1 != i64::from(addition.number) {
        return Err(AppError::Conflict);
    }
    if queries::sealed_length(tx, voice).await? > MOST_SEALED {
        return Err(AppError::Forbidden);
    }
    queries::insert_message(tx, message_row(ctx, voice, addition.number, addition.envelope)).await?;
    let today = ctx.clock().today();
    let mut change = voice::ActiveModel {
        id: Set(voice.clone()),
        messages: Set(i64::from(addition.number)),
        changed_on: Set(today.into()),
        ..Default::default()
    };
    // Who comes back with a receipt is somebody, and so is whom the desk answers.
    change.aside_on = Set(None);
    let is_reopened = addition.role == Role::Worker && before.state == State::Concluded;
    if let Some(state) = addition.state.or(is_reopened.then_some(State::Addressed)) {
        change.state = Set(state);
        change.late_on = Set(None);
        change.late_told_on = Set(None);
        change.due_on = Set(state.promised(today).into());
        change.concluded_on = Set((state == State::Concluded).then(|| today.into()));
    }
    queries::update_voice(tx, change).await.map_err(AppError::from)
}

fn message_row(ctx: &Context, voice: &VoiceId, number: u32, envelope: &[u8]) -> voice_message::ActiveModel {
    voice_message::ActiveModel {
        voice_id: Set(voice.clone()),
        number: Set(i64::from(number)),
        envelope: Set(to_text(envelope)),
        sent_on: Set(ctx.clock().today().into()),
    }
}
