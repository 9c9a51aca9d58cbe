//! The arrival of an answer: one service for the island's call and for the form post.
//!
//! What must stay true, held by the tests `questionnaires/arrival`: the same bytes twice give one row and the same
//! receipt, however many arrive at once; other bytes under the same id change nothing and are kept aside; what is
//! well formed but cannot be placed is kept aside, never refused for being old; nonsense is refused; what people
//! deleted does not come back (`questionnaires/deletion`); and nothing tells when an answer came: no audit row, no log
//! line, no instant.

use super::{
    catalogue, channels, counts,
    effort::{self, Client},
    entities::{
        quarantined_response::{self as quarantined, Reason},
        questionnaire, response,
    },
    holding, intake, queries, receipt,
    schedule::Schedule,
};
use crate::{
    error::AppError,
    ids::{InstanceId, QuestionnaireId},
    questionnaires::{
        intake::SealedSending,
        types::{Outcome, Receipt, Sending},
    },
    server::{Context, bus::Topic, db::Transaction, entities::StoredDay, error::internal},
};
use form::{Answers, Day, Payload, PayloadError, Published};
use sea_orm::Set;
use serde::Deserialize;
use std::sync::Arc;

/// What became of an answer within the transaction.
enum Arrived {
    Stored(QuestionnaireId),
    Known(Outcome),
    KeptAside,
    OtherBytes,
}

/// What arrives, with what follows from it.
struct Coded<'s> {
    sending: &'s Sending,
    code_hash: &'s str,
    today: Day,
}

/// [`arrive`] for an answer from outside: first it is asked for some effort if its network sends very much.
///
/// # Errors
/// As [`arrive`], and [`AppError::TooManyRequests`].
pub async fn arrive_from(ctx: &Context, client: Client, sending: Sending) -> Result<Receipt, AppError> {
    effort::admit(ctx, client, &sending.questionnaire).await?;
    arrive(ctx, sending).await
}

/// [`arrive_sealed`] for an answer from outside.
///
/// # Errors
/// As [`arrive_sealed`], and [`AppError::TooManyRequests`].
pub async fn arrive_sealed_from(ctx: &Context, client: Client, sealed: SealedSending) -> Result<Receipt, AppError> {
    effort::admit(ctx, client, &sealed.questionnaire).await?;
    arrive_sealed(ctx, sealed).await
}

/// Takes an answer that a phone froze and sealed, perhaps long ago. Nobody can correct it any more, so what is no
/// answer to its definition (the phone's calendar was wrong, say) is kept aside and not refused.
///
/// # Errors
/// As [`arrive`] but for [`AppError::Invalid`], and [`AppError::Expired`] if it was sealed for another installation.
pub async fn arrive_sealed(ctx: &Context, sealed: SealedSending) -> Result<Receipt, AppError> {
    Ok(tell_sealed(ctx, sealed).await?.0)
}

/// [`arrive_sealed`] for who wants to know whether it came for the first time.
///
/// # Errors
/// As [`arrive_sealed`].
pub(super) async fn tell_sealed(ctx: &Context, sealed: SealedSending) -> Result<(Receipt, bool), AppError> {
    take(ctx, intake::open(ctx.keys(), sealed)?, true).await
}

/// Takes an answer and gives the receipt for it.
///
/// # Errors
/// [`AppError::Malformed`] if it cannot be read or was damaged on the way (the digest is not that of the bytes),
/// [`AppError::Invalid`] if it is no answer to the definition it names, [`AppError::Conflict`] if other bytes came
/// under its id before. Only a conflict has kept it.
pub async fn arrive(ctx: &Context, sending: Sending) -> Result<Receipt, AppError> {
    Ok(take(ctx, sending, false).await?.0)
}

/// The receipt, and whether the answer is new here.
async fn take(ctx: &Context, sending: Sending, is_frozen: bool) -> Result<(Receipt, bool), AppError> {
    let today = ctx.clock().today();
    // Whether it can be placed at all is known beforehand, because definitions never change.
    let row = match row_of(ctx, &sending, today).await {
        Err(AppError::Invalid(_)) if is_frozen => Err(Reason::Unreadable),
        row => row?,
    };
    let code_hash = receipt::code_hash_of(ctx.keys(), &sending.instance_id);
    let (sending, row) = (&Coded { sending: &sending, code_hash: &code_hash, today }, &row);
    let arrived = ctx
        .write(|tx| async move {
            if let Some(known) = known(&tx, sending).await? {
                return Ok(known);
            }
            match row {
                Ok(fitting) => store(&tx, sending, fitting).await,
                Err(reason) => keep_aside(&tx, sending, *reason).await,
            }
        })
        .await?;
    let sending = sending.sending;
    let (outcome, is_new) = match arrived {
        Arrived::Stored(questionnaire) => {
            ctx.bus().publish(Topic::Questionnaire(questionnaire));
            (Outcome::Stored, true)
        }
        Arrived::Known(outcome) => (outcome, false),
        Arrived::KeptAside => (Outcome::KeptAside, true),
        Arrived::OtherBytes => return Err(AppError::Conflict),
    };
    Ok((receipt::receipt(ctx.keys(), &sending.instance_id, &sending.digest, outcome), is_new))
}

/// What a sending becomes, or why it cannot be placed.
///
/// # Errors
/// As [`arrive`].
pub(super) async fn row_of(ctx: &Context, sending: &Sending, today: Day) -> Result<Result<Fitting, Reason>, AppError> {
    match read(sending)? {
        Some(payload) => Ok(row(ctx, sending, &payload, today).await?.ok_or(Reason::UnknownDefinition)),
        None => Ok(Err(Reason::Unreadable)),
    }
}

/// Makes it an answer to its questionnaire, received on that day; whether it was not there before. Answers are counted
/// here and nowhere else, whether they arrive or an organizer takes them out of what was kept aside.
pub(super) async fn place(
    tx: &Transaction,
    questionnaire: &questionnaire::Model,
    fitting: &Fitting,
    day: Day,
) -> Result<bool, AppError> {
    let Fitting { row, definition, language, channel, answers } = fitting;
    let row = response::ActiveModel {
        questionnaire_id: Set(questionnaire.id.clone()),
        received_on: Set(StoredDay(day)),
        ..row.clone()
    };
    if !queries::insert_response(tx, row).await? {
        return Ok(false);
    }
    let group = counts::Group {
        questionnaire: questionnaire.id.clone(),
        definition: definition.hash().to_owned(),
        language: language.clone(),
        channel: channel.clone().unwrap_or_default(),
    };
    counts::add(tx, group, day, &counts::said(definition.definition(), answers, day)).await?;
    Ok(true)
}

/// The payload, if its bytes are those that were digested and agree with the envelope; `None` if they are of a
/// format that another release of ours may understand.
fn read(sending: &Sending) -> Result<Option<Payload>, AppError> {
    let bytes = sending.payload.as_bytes();
    let envelope_holds = form::names::is_slug(&sending.questionnaire)
        && form::names::is_digest(&sending.definition)
        && form::is_instance_id(&sending.instance_id)
        && bytes.len() <= form::payload::MAX_BYTES;
    if !envelope_holds || form::digest(bytes) != sending.digest {
        return Err(AppError::Malformed);
    }
    match Payload::parse(bytes) {
        Ok(payload) if agrees(sending, &payload) => Ok(Some(payload)),
        Ok(_) => Err(AppError::Malformed),
        Err(PayloadError::UnsupportedFormat) => Ok(None),
        Err(_) if is_of_another_format(bytes) => Ok(None),
        Err(_) => Err(AppError::Malformed),
    }
}

fn agrees(sending: &Sending, payload: &Payload) -> bool {
    payload.questionnaire == sending.questionnaire
        && payload.definition == sending.definition
        && payload.instance_id == sending.instance_id
}

/// Whether the bytes say of themselves that they are of a format other than ours.
fn is_of_another_format(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    serde_json::from_slice(bytes).is_ok_and(|Format { format }| format != form::FORMAT)
}

/// An answer that fits its definition.
pub(super) struct Fitting {
    /// All of it but its questionnaire and its day.
    row: response::ActiveModel,
    definition: Arc<Published>,
    language: String,
    channel: Option<String>,
    answers: Answers,
}

/// The row of an answer, all but its questionnaire; `None` if nobody published its definition under its slug.
async fn row(ctx: &Context, sending: &Sending, payload: &Payload, today: Day) -> Result<Option<Fitting>, AppError> {
    let published = match catalogue::definition_by_hash(ctx, &payload.definition).await {
        Ok(published) if published.definition().slug == payload.questionnaire => published,
        Ok(_) | Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let problems = holding::problems(published.definition(), &payload.answers, today);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    // The column counts places that organizers made; whatever else was sent stays in the bytes alone.
    let channel = match &payload.channel {
        Some(code) => channels::known_by_slug(ctx, &payload.questionnaire, code).await?,
        None => None,
    };
    let row = response::ActiveModel {
        instance_id: Set(InstanceId(sending.instance_id.clone())),
        definition: Set(sending.definition.clone()),
        digest: Set(sending.digest.clone()),
        payload: Set(sending.payload.clone()),
        language: Set(payload.language.clone()),
        channel: Set(channel.clone()),
        code_hash: Set(receipt::code_hash_of(ctx.keys(), &sending.instance_id)),
        ..Default::default()
    };
    let (language, answers) = (payload.language.clone(), payload.answers.clone());
    Ok(Some(Fitting { row, definition: published, language, channel, answers }))
}

/// What became of this id before.
async fn known(tx: &Transaction, coded: &Coded<'_>) -> Result<Option<Arrived>, AppError> {
    let Sending { instance_id, digest, .. } = coded.sending;
    match queries::find_digest(tx, instance_id).await? {
        Some(stored) if stored == *digest => return Ok(Some(Arrived::Known(Outcome::Stored))),
        Some(_) => {
            keep_aside(tx, coded, Reason::OtherBytes).await?;
            return Ok(Some(Arrived::OtherBytes));
        }
        None => {}
    }
    // Whatever comes under this id, its sender took it back.
    if queries::is_deleted(tx, coded.code_hash).await? {
        return Ok(Some(Arrived::Known(Outcome::Deleted)));
    }
    Ok(match queries::find_quarantine_reason(tx, instance_id, digest).await? {
        Some(Reason::OtherBytes) => Some(Arrived::OtherBytes),
        Some(Reason::UnknownDefinition | Reason::Closed | Reason::Unreadable) => {
            Some(Arrived::Known(Outcome::KeptAside))
        }
        None => None,
    })
}

/// Stores an answer that fits its definition, or keeps it aside if its questionnaire takes none today.
async fn store(tx: &Transaction, coded: &Coded<'_>, fitting: &Fitting) -> Result<Arrived, AppError> {
    let Some(questionnaire) = queries::find_questionnaire(tx, &coded.sending.questionnaire).await? else {
        return keep_aside(tx, coded, Reason::UnknownDefinition).await;
    };
    if !Schedule::of(&questionnaire).on(coded.today).is_open() {
        return keep_aside(tx, coded, Reason::Closed).await;
    }
    if place(tx, &questionnaire, fitting, coded.today).await? {
        return Ok(Arrived::Stored(questionnaire.id));
    }
    // Another request was faster by a moment.
    known(tx, coded).await?.ok_or_else(|| internal("an answer is neither stored nor known"))
}

async fn keep_aside(tx: &Transaction, coded: &Coded<'_>, reason: Reason) -> Result<Arrived, AppError> {
    let Coded { sending, code_hash, today } = coded;
    let row = quarantined::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        reason: Set(reason),
        questionnaire: Set(sending.questionnaire.clone()),
        definition: Set(sending.definition.clone()),
        instance_id: Set(sending.instance_id.clone()),
        digest: Set(sending.digest.clone()),
        payload: Set(sending.payload.clone()),
        received_on: Set(StoredDay(*today)),
        code_hash: Set(Some((*code_hash).to_owned())),
    };
    queries::insert_quarantined(tx, row).await?;
    Ok(Arrived::KeptAside)
}
