//! The arrival of an answer: one service for the island's call and for the form post.
//!
//! What must stay true, held by the tests `questionnaires/arrival`: the same bytes twice give one row and the same
//! receipt, however many arrive at once; other bytes under the same id change nothing and are kept aside; what is
//! well formed but cannot be placed is kept aside, never refused for being old; nonsense is refused; and nothing
//! tells when an answer came: no audit row, no log line, no instant.

use super::{
    catalogue, counts,
    effort::{self, Client},
    entities::{
        quarantined_response::{self as quarantined, Reason},
        questionnaire::State,
        response,
    },
    holding, queries, receipt,
};
use crate::{
    error::AppError,
    ids::{InstanceId, QuestionnaireId},
    questionnaires::types::{Outcome, Receipt, Sending},
    server::{Context, bus::Topic, db::Transaction, entities::StoredDay, error::internal},
};
use form::{Day, Payload, PayloadError};
use sea_orm::Set;
use serde::Deserialize;

/// What became of an answer within the transaction.
enum Arrived {
    Stored(QuestionnaireId),
    Known(Outcome),
    KeptAside,
    OtherBytes,
}

/// [`arrive`] for an answer from outside: first it is asked for some effort if its network sends very much.
///
/// # Errors
/// As [`arrive`], and [`AppError::TooManyRequests`].
pub async fn arrive_from(ctx: &Context, client: Client, sending: Sending) -> Result<Receipt, AppError> {
    effort::admit(ctx, client, &sending.questionnaire).await?;
    arrive(ctx, sending).await
}

/// Takes an answer and gives the receipt for it.
///
/// # Errors
/// [`AppError::Malformed`] if it cannot be read or was damaged on the way (the digest is not that of the bytes),
/// [`AppError::Invalid`] if it is no answer to the definition it names, [`AppError::Conflict`] if other bytes came
/// under its id before. Only a conflict has kept it.
pub async fn arrive(ctx: &Context, sending: Sending) -> Result<Receipt, AppError> {
    let payload = read(&sending)?;
    let today = ctx.clock().today();
    // Whether it can be placed at all is known beforehand, because definitions never change.
    let row = match &payload {
        Some(payload) => row(ctx, &sending, payload, today).await?.ok_or(Reason::UnknownDefinition),
        None => Err(Reason::Unreadable),
    };
    let (sending, row) = (&sending, &row);
    let arrived = ctx
        .write(|tx| async move {
            if let Some(known) = known(&tx, sending, today).await? {
                return Ok(known);
            }
            match row {
                Ok(fitting) => store(&tx, sending, fitting, today).await,
                Err(reason) => keep_aside(&tx, sending, *reason, today).await,
            }
        })
        .await?;
    let outcome = match arrived {
        Arrived::Stored(questionnaire) => {
            ctx.bus().publish(Topic::Questionnaire(questionnaire));
            Outcome::Stored
        }
        Arrived::Known(outcome) => outcome,
        Arrived::KeptAside => Outcome::KeptAside,
        Arrived::OtherBytes => return Err(AppError::Conflict),
    };
    Ok(receipt::receipt(ctx.keys(), &sending.instance_id, &sending.digest, outcome))
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
struct Fitting {
    /// All of it but its questionnaire.
    row: response::ActiveModel,
    language: String,
    channel: Option<String>,
    /// What it adds to the counts.
    said: Vec<counts::Said>,
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
    let code = receipt::code(ctx.keys(), &sending.instance_id);
    let said = counts::said(published.definition(), &payload.answers, today);
    let row = response::ActiveModel {
        instance_id: Set(InstanceId(sending.instance_id.clone())),
        definition: Set(sending.definition.clone()),
        digest: Set(sending.digest.clone()),
        payload: Set(sending.payload.clone()),
        language: Set(payload.language.clone()),
        channel: Set(payload.channel.clone()),
        received_on: Set(StoredDay(today)),
        code_hash: Set(receipt::code_hash(ctx.keys(), &code)),
        ..Default::default()
    };
    Ok(Some(Fitting { row, language: payload.language.clone(), channel: payload.channel.clone(), said }))
}

/// What became of this id before.
async fn known(tx: &Transaction, sending: &Sending, today: Day) -> Result<Option<Arrived>, AppError> {
    let Sending { instance_id, digest, .. } = sending;
    match queries::find_digest(tx, instance_id).await? {
        Some(stored) if stored == *digest => return Ok(Some(Arrived::Known(Outcome::Stored))),
        Some(_) => {
            keep_aside(tx, sending, Reason::OtherBytes, today).await?;
            return Ok(Some(Arrived::OtherBytes));
        }
        None => {}
    }
    Ok(match queries::find_quarantine_reason(tx, instance_id, digest).await? {
        Some(Reason::OtherBytes) => Some(Arrived::OtherBytes),
        Some(Reason::UnknownDefinition | Reason::Closed | Reason::Unreadable) => {
            Some(Arrived::Known(Outcome::KeptAside))
        }
        None => None,
    })
}

/// Stores an answer that fits its definition, or keeps it aside if its questionnaire takes none.
async fn store(tx: &Transaction, sending: &Sending, fitting: &Fitting, today: Day) -> Result<Arrived, AppError> {
    let Some(questionnaire) = queries::find_questionnaire(tx, &sending.questionnaire).await? else {
        return keep_aside(tx, sending, Reason::UnknownDefinition, today).await;
    };
    if questionnaire.state == State::Closed {
        return keep_aside(tx, sending, Reason::Closed, today).await;
    }
    let Fitting { row, language, channel, said } = fitting;
    let row = response::ActiveModel { questionnaire_id: Set(questionnaire.id.clone()), ..row.clone() };
    if queries::insert_response(tx, row).await? {
        let group = counts::Group {
            questionnaire: questionnaire.id.clone(),
            definition: sending.definition.clone(),
            language: language.clone(),
            channel: channel.clone().unwrap_or_default(),
        };
        counts::add(tx, group, today, said).await?;
        return Ok(Arrived::Stored(questionnaire.id));
    }
    // Another request was faster by a moment.
    known(tx, sending, today).await?.ok_or_else(|| internal("an answer is neither stored nor known"))
}

async fn keep_aside(tx: &Transaction, sending: &Sending, reason: Reason, today: Day) -> Result<Arrived, AppError> {
    let row = quarantined::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        reason: Set(reason),
        questionnaire: Set(sending.questionnaire.clone()),
        definition: Set(sending.definition.clone()),
        instance_id: Set(sending.instance_id.clone()),
        digest: Set(sending.digest.clone()),
        payload: Set(sending.payload.clone()),
        received_on: Set(StoredDay(today)),
    };
    queries::insert_quarantined(tx, row).await?;
    Ok(Arrived::KeptAside)
}
