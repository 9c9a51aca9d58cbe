//! What came and could not be placed, for people to look at. Its names are what the sender wrote; what was sent may
//! hold anything, so it takes the right and a reason like everything sensitive.
//!
//! An organizer may count it after all, or discard it. What must stay true, held by the tests `questionnaires/kept_aside`:
//! it becomes an answer by the same function as what arrives, once; and published numbers do not change by it.

use super::{
    arrival,
    entities::quarantined_response::{Model, Reason as Why},
    queries,
    scope::{Reason, Scope, Use},
};
use crate::{
    auth::{Organizer, SensitiveReader},
    error::AppError,
    questionnaires::types::Sending,
    server::{Context, audit, bus::Topic, db::Transaction, entities::StoredDay},
};

pub use super::entities::quarantined_response::Reason as KeptAsideFor;

/// Rows of one page.
pub const PAGE_ROWS: u32 = 50;

/// One sending in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAside {
    /// Its own random id.
    pub id: String,
    /// Why it is here.
    pub why: Why,
    /// The day on which it came.
    pub day: String,
    /// The hash of the definition that it names.
    pub definition: String,
    /// How many bytes were sent.
    pub bytes: usize,
}

/// What was kept aside for one slug.
#[derive(Clone, Debug)]
pub struct KeptAsidePage {
    /// How many, by reason.
    pub by_reason: Vec<(Why, u64)>,
    /// One page of them, in random order.
    pub rows: Vec<KeptAside>,
    /// Which page, from 1.
    pub number: u32,
    /// How many pages, at least 1.
    pub pages: u32,
}

/// What was kept aside for a slug, which need not be one of ours.
///
/// # Errors
/// [`AppError::NotFound`] for what can be no slug.
pub async fn list(ctx: &Context, _: &Organizer, slug: &str, number: u32) -> Result<KeptAsidePage, AppError> {
    if !form::names::is_slug(slug) {
        return Err(AppError::NotFound);
    }
    let by_reason = queries::count_quarantined(ctx.read(), slug).await?;
    let total: u64 = by_reason.iter().map(|(_, count)| count).sum();
    let size = u64::from(PAGE_ROWS);
    let index = u64::from(number.max(1) - 1).min(total.saturating_sub(1) / size);
    let rows = queries::list_quarantined(ctx.read(), slug, index * size, size).await?;
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(KeptAsidePage {
        by_reason,
        rows: rows.into_iter().map(without_payload).collect(),
        number: small(index + 1),
        pages: small(total.div_ceil(size).max(1)),
    })
}

/// One sending, without what was sent.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn find(ctx: &Context, _: &Organizer, slug: &str, id: &str) -> Result<KeptAside, AppError> {
    let row = queries::find_quarantined(ctx.read(), slug, id).await?.ok_or(AppError::NotFound)?;
    Ok(without_payload(row))
}

/// One sending with what was sent, as it came. Leaves an audit row first.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn read(
    ctx: &Context,
    reader: &SensitiveReader,
    reason: &Reason,
    slug: &str,
    id: &str,
) -> Result<(KeptAside, String), AppError> {
    let row = queries::find_quarantined(ctx.read(), slug, id).await?.ok_or(AppError::NotFound)?;
    Scope::everything(ctx, reader, reason, Use::KeptAside, id).await?;
    let payload = row.payload.clone();
    Ok((without_payload(row), payload))
}

/// What became of something that was to be counted after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is an answer like all others now.
    Placed,
    /// It is no longer kept aside: somebody else decided, or its sender deleted it.
    Gone,
    /// It stays where it is, for this reason.
    Refused(Refusal),
}

/// Why something cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The version that it answers is still not published under its questionnaire.
    UnknownDefinition,
    /// It is written in a way that this program does not read.
    Unreadable,
    /// It is readable, but no answer to its version: something required is missing, for one.
    Invalid,
    /// Answers with the same id are counted.
    OtherBytes,
}

/// Counts something that was kept aside, whoever closed what: it becomes an ordinary answer of the day on which it
/// came. If results through that day are published, it is an answer of today, so that their numbers stay as people
/// read them and its sender may still delete it.
///
/// # Errors
/// When the database fails; then everything is as before.
pub async fn accept(ctx: &Context, organizer: &Organizer, slug: &str, id: &str) -> Result<Accepted, AppError> {
    let Some(kept) = queries::find_quarantined(ctx.read(), slug, id).await? else { return Ok(Accepted::Gone) };
    let today = ctx.clock().today();
    let fitting = match arrival::row_of(ctx, &sending(kept), today).await {
        Ok(Ok(fitting)) => fitting,
        Ok(Err(Why::UnknownDefinition)) => return Ok(Accepted::Refused(Refusal::UnknownDefinition)),
        Ok(Err(_)) | Err(AppError::Malformed) => return Ok(Accepted::Refused(Refusal::Unreadable)),
        Err(AppError::Invalid(_)) => return Ok(Accepted::Refused(Refusal::Invalid)),
        Err(error) => return Err(error),
    };
    let fitting = &fitting;
    let accepted = ctx
        .write(|tx| async move {
            let Some(kept) = queries::find_quarantined(&tx, slug, id).await? else { return Ok(Accepted::Gone) };
            let accepted = place(&tx, kept, fitting, StoredDay(today)).await?;
            if accepted == Accepted::Placed {
                queries::delete_quarantined(&tx, [id.to_owned()]).await?;
                audit::record(&tx, Some(organizer.id()), "quarantine.accepted", id, slug).await?;
            }
            Ok(accepted)
        })
        .await?;
    if let (Accepted::Placed, Some(questionnaire)) = (accepted, queries::find_questionnaire(ctx.read(), slug).await?) {
        ctx.bus().publish(Topic::Questionnaire(questionnaire.id));
    }
    Ok(accepted)
}

async fn place(
    tx: &Transaction,
    kept: Model,
    fitting: &arrival::Fitting,
    today: StoredDay,
) -> Result<Accepted, AppError> {
    let Some(questionnaire) = queries::find_questionnaire(tx, &kept.questionnaire).await? else {
        return Ok(Accepted::Refused(Refusal::UnknownDefinition));
    };
    let is_published = questionnaire.results_through.is_some_and(|through| kept.received_on <= through);
    let day = if is_published { today } else { kept.received_on };
    if arrival::place(tx, &questionnaire, fitting, day.into()).await? {
        return Ok(Accepted::Placed);
    }
    // The same bytes may have come again while the questionnaire was open: then they are counted already.
    let is_same = queries::find_digest(tx, &kept.instance_id).await?.is_some_and(|digest| digest == kept.digest);
    Ok(if is_same { Accepted::Placed } else { Accepted::Refused(Refusal::OtherBytes) })
}

/// Discards something that was kept aside, for good and for a reason that stands in the audit log. Whether it was
/// still there. Should it be sent once more, it is kept aside once more.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants.
pub async fn discard(
    ctx: &Context,
    organizer: &Organizer,
    reason: &Reason,
    slug: &str,
    id: &str,
) -> Result<bool, AppError> {
    organizer.require_coordinator()?;
    ctx.write(|tx| async move {
        if queries::find_quarantined(&tx, slug, id).await?.is_none() {
            return Ok(false);
        }
        queries::delete_quarantined(&tx, [id.to_owned()]).await?;
        audit::record(&tx, Some(organizer.id()), "quarantine.discarded", id, reason.as_str()).await?;
        Ok(true)
    })
    .await
}

/// What came, as it came.
fn sending(kept: Model) -> Sending {
    let Model { questionnaire, definition, instance_id, digest, payload, .. } = kept;
    Sending { questionnaire, definition, instance_id, digest, payload }
}

fn without_payload(row: Model) -> KeptAside {
    KeptAside {
        id: row.id,
        why: row.reason,
        day: row.received_on.to_string(),
        definition: row.definition,
        bytes: row.payload.len(),
    }
}
