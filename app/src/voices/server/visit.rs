//! Who came back without script is known for a quarter of an hour, by a cookie that ends with the browser. What follows from
//! their receipt lies in memory alone, sealed under what stands in the cookie: neither is of any use without the other.
//! Another server of the installation, or this one after a restart, asks for the receipt again.

use super::random;
use crate::{
    auth::server::token::Token,
    error::AppError,
    ids::VoiceId,
    server::{Context, error::internal, request},
};
use ::seal::{SecretKey, voice::receipt::Worker};
use axum::http::{HeaderMap, HeaderValue};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use zeroize::{Zeroize as _, Zeroizing};

/// Who does nothing for so long must give the receipt again.
pub const IDLE_MS: i64 = 15 * 60_000;
/// So many at once; then those who did nothing for longest must give it again.
const MOST: usize = 10_000;

#[derive(Default)]
struct Visits(Mutex<HashMap<[u8; 32], Kept>>);

struct Kept {
    sealed: Vec<u8>,
    seen_ms: i64,
}

/// Somebody who gave the receipt.
pub struct Visit {
    /// Of which voice.
    pub voice: VoiceId,
    /// What follows from it.
    pub worker: Worker,
}

/// Begins a visit, and gives the cookie.
///
/// # Errors
/// When the machine has no randomness.
pub fn begin(ctx: &Context, voice: &VoiceId, worker: &Worker) -> Result<HeaderValue, AppError> {
    let token = Token::random().ok_or_else(|| internal("no randomness"))?;
    let bytes = Zeroizing::new([&worker.to_bytes()[..], voice.as_str().as_bytes()].concat());
    let sealed = ::seal::seal(&key(ctx, &token).public(), b"entaku/v1/visit", &[], &bytes, random()?);
    let sealed = sealed.ok_or_else(|| internal("a visit cannot be sealed"))?;
    let now_ms = ctx.clock().now_ms();
    let visits = ctx.part::<Visits>();
    let mut visits = visits.0.lock().unwrap_or_else(PoisonError::into_inner);
    visits.retain(|_, kept| is_good(kept, now_ms));
    if visits.len() >= MOST
        && let Some(oldest) = visits.iter().min_by_key(|(_, kept)| kept.seen_ms).map(|(name, _)| *name)
    {
        visits.remove(&oldest);
    }
    visits.insert(name(ctx, &token), Kept { sealed, seen_ms: now_ms });
    header(ctx, token.reveal(), "")
}

/// Who visits, if it is known.
#[must_use]
pub fn find(ctx: &Context, headers: &HeaderMap) -> Option<Visit> {
    let token = Token::parse(request::cookie(headers, cookie_name(ctx))?)?;
    let now_ms = ctx.clock().now_ms();
    let visits = ctx.part::<Visits>();
    let sealed = {
        let mut visits = visits.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = visits.get_mut(&name(ctx, &token)).filter(|kept| is_good(kept, now_ms))?;
        kept.seen_ms = now_ms;
        kept.sealed.clone()
    };
    let opened = Zeroizing::new(::seal::open(&key(ctx, &token), b"entaku/v1/visit", &[], &sealed).ok()?);
    let (worker, voice) = opened.split_first_chunk()?;
    let voice = VoiceId(String::from_utf8(voice.to_vec()).ok()?);
    Some(Visit { voice, worker: Worker::from_bytes(*worker) })
}

/// The same if there is one.
#[must_use]
pub fn end_if_any(ctx: &Context, headers: &HeaderMap) -> Option<HeaderValue> {
    request::cookie(headers, cookie_name(ctx))?;
    end(ctx, headers).ok()
}

/// Ends it, and gives the cookie that takes the other one away.
///
/// # Errors
/// None that can happen: the cookie's text is ours.
pub fn end(ctx: &Context, headers: &HeaderMap) -> Result<HeaderValue, AppError> {
    if let Some(token) = request::cookie(headers, cookie_name(ctx)).and_then(Token::parse) {
        let visits = ctx.part::<Visits>();
        visits.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name(ctx, &token));
    }
    header(ctx, "", "; Max-Age=0")
}

fn is_good(kept: &Kept, now_ms: i64) -> bool {
    (0..IDLE_MS).contains(&now_ms.saturating_sub(kept.seen_ms))
}

fn name(ctx: &Context, token: &Token) -> [u8; 32] {
    ctx.keys().keyed_hash("visit", token.reveal().as_bytes())
}

fn key(ctx: &Context, token: &Token) -> SecretKey {
    let mut seed = ctx.keys().keyed_hash("visit-key", token.reveal().as_bytes());
    let key = SecretKey::derive(&seed);
    seed.zeroize();
    key
}

fn cookie_name(ctx: &Context) -> &'static str {
    if ctx.site().is_https() { "__Host-visit" } else { "visit" }
}

fn header(ctx: &Context, value: &str, age: &str) -> Result<HeaderValue, AppError> {
    let secure = if ctx.site().is_https() { "; Secure" } else { "" };
    let name = cookie_name(ctx);
    HeaderValue::from_str(&format!("{name}={value}; Path=/{age}; HttpOnly; SameSite=Strict{secure}"))
        .map_err(|_| internal("a cookie cannot be written"))
}
