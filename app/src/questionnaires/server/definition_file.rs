//! `GET /definitions/{hash}`: the canonical bytes of a published definition. They never change, so whoever has them
//! need not ask again, and they are packed once, as small as brotli can: a phone loads them before anything else.

use super::catalogue;
use crate::{
    error::AppError,
    server::{Context, error::internal},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use form::Published;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Until the end of the cache's days.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Packed definitions in memory at most, some ten kilobytes each.
const CACHED: usize = 32;

/// Packed definitions by hash.
#[derive(Default)]
struct Packed(Mutex<HashMap<String, Arc<Vec<u8>>>>);

/// Answers with the bytes.
///
/// # Errors
/// [`AppError::NotFound`] if nobody published a definition with this hash.
pub async fn show(
    State(ctx): State<Context>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let published = catalogue::definition_by_hash(&ctx, &hash).await?;
    let facts = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, FOR_EVER.to_owned()),
        (header::ETAG, ["\"", published.hash(), "\""].concat()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    if !takes_brotli(&headers) {
        return Ok((facts, published.canonical_bytes().to_vec()).into_response());
    }
    let packed = packed(&ctx, &published).await?;
    let mut response = (facts, packed.to_vec()).into_response();
    response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    Ok(response)
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| coding.trim() == "br")
}

async fn packed(ctx: &Context, published: &Arc<Published>) -> Result<Arc<Vec<u8>>, AppError> {
    let cache = ctx.part::<Packed>();
    if let Some(packed) = cache.0.lock().unwrap_or_else(PoisonError::into_inner).get(published.hash()) {
        return Ok(Arc::clone(packed));
    }
    let source = Arc::clone(published);
    // A fifth of a second of work: not on a thread that answers others.
    let packed = tokio::task::spawn_blocking(move || pack(source.canonical_bytes())).await.ok().flatten();
    let packed = Arc::new(packed.ok_or_else(|| internal("a definition cannot be packed"))?);
    let mut cached = cache.0.lock().unwrap_or_else(PoisonError::into_inner);
    if cached.len() >= CACHED {
        cached.clear();
    }
    cached.insert(published.hash().to_owned(), Arc::clone(&packed));
    Ok(packed)
}

fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters).ok()?;
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_bytes_are_the_bytes() {
        let bytes = include_bytes!("seed/working-in-japan.json");
        let packed = pack(bytes).unwrap();
        assert!(packed.len() * 4 < bytes.len(), "{}", packed.len());
        let mut again = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut again).unwrap();
        assert_eq!(again, bytes);
    }

    #[test]
    fn brotli_is_for_those_who_take_it() {
        let takes = |value: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(takes("gzip, deflate, br, zstd") && takes("br") && !takes("gzip") && !takes("") && !takes("broken"));
    }
}
