//! What came and could not be placed, for people to look at. Its names are what the sender wrote; what was sent may
//! hold anything, so it takes the right and a reason like everything sensitive.

use super::{
    entities::quarantined_response::{Model, Reason as Why},
    queries,
    scope::{Reason, Scope, Use},
};
use crate::{
    auth::{Organizer, SensitiveReader},
    error::AppError,
    server::Context,
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

fn without_payload(row: Model) -> KeptAside {
    KeptAside {
        id: row.id,
        why: row.reason,
        day: row.received_on.to_string(),
        definition: row.definition,
        bytes: row.payload.len(),
    }
}
