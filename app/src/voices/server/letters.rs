//! What was written and answered, opened with the receipt. Only door B opens anything here, for as long as an answer takes.

use super::{
    at_rest::{self, Kind},
    attempt::case_of,
    entities::{voice, voice_member, voice_wrap::Holder},
    from_hex, from_text,
    keys::{Desk, days},
    queries,
    store::{WorkerKeys, receipt_tag},
};
use crate::{error::AppError, server::Context, voices::written::Written};
use ::seal::{
    SecretKey,
    voice::{
        envelope::{Envelope, Path, Role},
        message::Message,
        receipt::Worker,
        root::{Certificate, Subject},
        wrap,
    },
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use zeroize::{Zeroize as _, Zeroizing};

/// One message, read. Its `Debug` tells no word of it.
#[derive(Debug)]
pub struct Letter {
    /// Which of the voice.
    pub number: u32,
    /// Who wrote it.
    pub role: Role,
    /// Where it was sealed.
    pub path: Path,
    /// On which day.
    pub day: Day,
    /// How workers know the member of the desk who signed it.
    pub by: Option<String>,
    /// What stands in it.
    pub message: Message,
}

/// A voice that its receipt opened.
pub struct Letters {
    /// Its row.
    pub voice: voice::Model,
    /// Its messages, in their order.
    pub letters: Vec<Letter>,
    /// So many are missing, or not what who is said to have written them signed: they are not shown, and that is said.
    pub doubtful: usize,
    pub(super) case: SecretKey,
}

impl Letters {
    /// Whether the worker has written exactly this.
    #[must_use]
    pub fn holds(&self, written: &Written) -> bool {
        self.letters.iter().any(|letter| {
            letter.role == Role::Worker
                && letter.message.topic == written.topic
                && letter.message.employer == written.employer
                && letter.message.text == written.text
        })
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
    let members = queries::list_members(ctx.read()).await?;
    let rows = queries::list_messages(ctx.read(), &voice.id).await?;
    let mut letters = Vec::with_capacity(rows.len());
    // What is missing is as doubtful as what cannot be read.
    let mut doubtful = usize::try_from(voice.messages).unwrap_or(0).saturating_sub(rows.len());
    for row in rows {
        let day = row.sent_on.0;
        let read = from_text(&row.envelope).and_then(|bytes| {
            let envelope = Envelope::read(&bytes).ok()?;
            let in_place = Some(envelope.case) == case_of(&voice.id) && i64::from(envelope.number) == row.number;
            let opened = Zeroizing::new(envelope.open(desk.site(), &case).filter(|_| in_place)?);
            let frame = envelope.frame(desk.site());
            let (message, by) = match envelope.role {
                Role::Worker => (Message::read(&opened, &frame, &keys.signing())?.0, None),
                Role::Desk | Role::Share => {
                    let (called, signing): (Vec<_>, Vec<_>) = vouched(desk, &members, day).into_iter().unzip();
                    let (message, who) = Message::read(&opened, &frame, &signing)?;
                    (message, called.into_iter().nth(who))
                }
            };
            Some(Letter { number: envelope.number, role: envelope.role, path: envelope.path, day, by, message })
        });
        match read {
            Some(letter) => letters.push(letter),
            None => doubtful += 1,
        }
    }
    Ok(Some(Letters { voice, letters, doubtful, case }))
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

/// The members for whose signature the root vouched on a day, and how they are called.
fn vouched(desk: &Desk, members: &[voice_member::Model], day: Day) -> Vec<(String, VerifyingKey)> {
    let certified = members.iter().filter_map(|member| {
        let key = from_hex(&member.sign_key)?;
        let certificate = Certificate {
            site: desk.site(),
            subject: Subject::Member(&member.id, &member.called),
            key,
            from_day: days(member.joined_on.0)?,
            until_day: days(member.until_day.0)?,
        };
        let signature = from_hex(&member.sign_certificate)?;
        let is_there = member.left_on.is_none_or(|left| day <= left.0);
        let holds = is_there && certificate.holds(desk.root(), &signature, days(day)?);
        Some((member.called.clone(), VerifyingKey::from_bytes(&key).ok().filter(|_| holds)?))
    });
    certified.collect()
}
