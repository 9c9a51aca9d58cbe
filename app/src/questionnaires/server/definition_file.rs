//! `GET /definitions/{hash}`: the canonical bytes of a published definition. They never change, so whoever has them
//! need not ask again.

use super::catalogue;
use crate::{error::AppError, server::Context};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

/// Until the end of the cache's days.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Answers with the bytes.
///
/// # Errors
/// [`AppError::NotFound`] if nobody published a definition with this hash.
pub async fn show(State(ctx): State<Context>, Path(hash): Path<String>) -> Result<Response, AppError> {
    let published = catalogue::definition_by_hash(&ctx, &hash).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, FOR_EVER.to_owned()),
        (header::ETAG, ["\"", published.hash(), "\""].concat()),
    ];
    Ok((headers, published.canonical_bytes().to_vec()).into_response())
}
