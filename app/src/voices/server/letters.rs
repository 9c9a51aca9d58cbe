//! What was written and answered, opened with the receipt. Only door B opens anything here, for as long as an answer takes.

use super::{
    at_rest::{self, Kind},
    attempt::case_of,
    entities::{voice, voice_member, voice_wrap::Holder},
    from_text,
    keys::Desk,
    proposals, queries,
    store::{WorkerKeys, receipt_tag},
};
pub use crate::voices::letters::Letter;
use crate::{
    error::AppError,
    ids::VoiceId,
    server::Context,
    voices::{
        letters::{self, Signers, Stored},
        people::Person,
        sharing::{Shared, shared},
        written::Written,
    },
};
use ::seal::{
    SecretKey,
    voice::{envelope::Role, receipt::Worker, wrap},
};
use zeroize::{Zeroize as _, Zeroizing};

/// A voice that its receipt opened.
pub struct Letters {
    /// Its row.
    pub voice: voice::Model,
    /// Its messages, in their order.
    pub letters: Vec<Letter>,
    /// So many are missing, or not what who is said to have written them signed: they are not shown, and that is said.
    pub doubtful: usize,
    /// What the desk asks to pass on, and what was agreed to.
    pub shared: Vec<Shared>,
    pub(super) case: SecretKey,
}

impl Letters {
    /// Whether the worker has written exactly this.
    #[must_use]
    pub fn holds(&self, written: &Written) -> bool {
        self.letters.iter().any(|letter| letter.role == Role::Worker && written.is(&letter.message))
    }
}

/// The row of the voice that a receipt belongs to.
///
/// # Errors
/// [`AppError::NotFound`] if there is none, or none any more.
pub async fn find(ctx: &Context, worker: &Worker) -> Result<voice::Model, AppError> {
    let auth = Zeroizing::new(worker.auth());
    queries::find_voice_by_tag(ctx.read(), &receipt_tag(ctx, &auth)).await?.ok_or(AppError::NotFound)
}

/// Opens a voice. `None` if it is not this worker's, or what opens it is gone.
///
/// # Errors
/// When the database fails.
pub async fn open(
    ctx: &Context,
    desk: &Desk,
    voice: voice::Model,
    worker: &Worker,
) -> Result<Option<Letters>, AppError> {
    let Some(wrapped) = queries::find_wrap(ctx.read(), &voice.id, Holder::Worker).await? else { return Ok(None) };
    let Some(case) = case_key(ctx, desk, &voice, worker, &wrapped.wrapped) else { return Ok(None) };
    let Some(keys) = WorkerKeys::of_row(ctx, &voice) else { return Ok(None) };
    let Some(id) = case_of(&voice.id) else { return Ok(None) };
    let (people, stored) = (people(ctx).await?, stored(ctx, &voice.id).await?);
    let signers = Signers { site: desk.site(), root: desk.root(), worker: &keys.signing(), people: &people };
    let count = usize::try_from(voice.messages).unwrap_or(0);
    let (letters, doubtful) = letters::read(&signers, id, &case, count, &stored);
    let shared = shared(&letters, &proposals::facts(ctx, &voice.id).await?);
    Ok(Some(Letters { voice, letters, doubtful, shared, case }))
}

/// The letters of a voice as they are stored. What is no text of bytes stays in its place, as nothing.
pub(super) async fn stored(ctx: &Context, voice: &VoiceId) -> Result<Vec<Stored>, AppError> {
    let rows = queries::list_messages(ctx.read(), voice).await?;
    let stored = rows.into_iter().map(|row| Stored {
        number: u32::try_from(row.number).unwrap_or(0),
        envelope: from_text(&row.envelope).unwrap_or_default(),
        day: row.sent_on.0,
    });
    Ok(stored.collect())
}

/// Everybody who reads or read once, as all may know them.
pub(super) async fn people(ctx: &Context) -> Result<Vec<Person>, AppError> {
    let members = queries::list_members(ctx.read()).await?;
    Ok(members.into_iter().map(person).collect())
}

/// A member as all may know them.
pub(super) fn person(member: voice_member::Model) -> Person {
    Person {
        id: member.id,
        called: member.called,
        sign_key: member.sign_key,
        sign_certificate: member.sign_certificate,
        seal_key: member.seal_key,
        seal_certificate: member.seal_certificate,
        joined_on: String::from(member.joined_on.0),
        until_day: String::from(member.until_day.0),
        left_on: member.left_on.map(|day| String::from(day.0)),
    }
}

/// The case key, if the wrap is this worker's.
fn case_key(ctx: &Context, desk: &Desk, voice: &voice::Model, worker: &Worker, wrapped: &str) -> Option<SecretKey> {
    let wrapped = at_rest::open(ctx, Kind::Wrap, &voice.id, wrapped)?;
    let case = case_of(&voice.id)?;
    let mut seed = wrap::unwrap(desk.site(), &case.0, &wrap::Holder::Worker, &worker.kem(), &wrapped)?;
    let key = SecretKey::derive(&seed);
    seed.zeroize();
    Some(key)
}
