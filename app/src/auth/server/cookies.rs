//! Three cookies: the session, the browsers that have signed in before, and who has typed the passphrase and not yet the
//! code.
//!
//! On https addresses all carry the `__Host-` prefix and are `Secure`; always `HttpOnly`, `SameSite=Lax`, `Path=/`.

use super::{
    half_open::{GOOD_FOR_MS, HalfOpen},
    throttle::Key,
    token::Token,
};
use crate::server::{Context, request};
use axum::http::{HeaderMap, HeaderValue, header};

/// How long a browser is known after its last sign-in, in seconds: 180 days.
const DEVICE_SECONDS: u32 = 180 * 24 * 60 * 60;
/// Organizers who share a browser and are known there at most.
const DEVICES: usize = 4;
/// 16 random bytes and a tag of 32, in base64url.
const DEVICE_CHARS: usize = 64;
const NONCE_BYTES: usize = 16;

/// The session's secret, if the browser sent one that could be one.
#[must_use]
pub fn session(ctx: &Context, headers: &HeaderMap) -> Option<Token> {
    Token::parse(request::cookie(headers, session_name(ctx))?)
}

/// Hands the browser a session. It ends with the browser or with the session, whichever is sooner.
#[must_use]
pub fn set_session(ctx: &Context, token: &Token) -> Option<HeaderValue> {
    header(ctx, session_name(ctx), token.reveal(), None)
}

/// Takes the session away from the browser.
#[must_use]
pub fn end_session(ctx: &Context) -> Option<HeaderValue> {
    header(ctx, session_name(ctx), "", Some(0))
}

/// Lets the browser type a code.
#[must_use]
pub fn set_half_open(ctx: &Context, half: &HalfOpen) -> Option<HeaderValue> {
    let seconds = u32::try_from(GOOD_FOR_MS / 1_000).ok();
    header(ctx, half_open_name(ctx), &half.sealed(ctx)?, seconds)
}

/// Ends that.
#[must_use]
pub fn end_half_open(ctx: &Context) -> Option<HeaderValue> {
    header(ctx, half_open_name(ctx), "", Some(0))
}

/// The browser's own key in the throttle, if it has signed in to this account before. The cookie holds random
/// numbers, each with a keyed hash over it and the account: no address, and nothing that can be made up.
#[must_use]
pub fn known_device(ctx: &Context, headers: &HeaderMap, account: &Key) -> Option<Key> {
    devices(ctx, headers).find_map(|device| {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(device.as_bytes()).ok()?;
        let (nonce, tag) = bytes.split_at_checked(NONCE_BYTES)?;
        let expected = tag_of(ctx, account, nonce);
        is_same(tag, &expected).then_some(expected)
    })
}

/// Remembers that this browser has signed in to the account, beside the others it knows.
#[must_use]
pub fn remember_device(ctx: &Context, headers: &HeaderMap, account: &Key) -> Option<HeaderValue> {
    let mut bytes = [0_u8; NONCE_BYTES].to_vec();
    getrandom::fill(&mut bytes).ok()?;
    let tag = tag_of(ctx, account, &bytes);
    bytes.extend_from_slice(&tag);
    let known = known_device(ctx, headers, account);
    let mut value = data_encoding::BASE64URL_NOPAD.encode(&bytes);
    let others = devices(ctx, headers).filter(|device| !is_tagged(device, known.as_ref()));
    for device in others.take(DEVICES - 1) {
        value.push('.');
        value.push_str(device);
    }
    header(ctx, device_name(ctx), &value, Some(DEVICE_SECONDS))
}

/// The well-formed entries of the cookie.
fn devices<'h>(ctx: &Context, headers: &'h HeaderMap) -> impl Iterator<Item = &'h str> {
    let value = request::cookie(headers, device_name(ctx)).unwrap_or_default();
    value.split('.').take(DEVICES).filter(|device| device.len() == DEVICE_CHARS)
}

fn is_tagged(device: &str, tag: Option<&Key>) -> bool {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(device.as_bytes()).unwrap_or_default();
    tag.is_some_and(|tag| bytes.ends_with(tag))
}

/// Compares without telling by the time how much of it fits.
fn is_same(tag: &[u8], expected: &Key) -> bool {
    tag.len() == expected.len() && tag.iter().zip(expected).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

fn tag_of(ctx: &Context, account: &Key, nonce: &[u8]) -> Key {
    ctx.keys().keyed_hash("device", &[account.as_slice(), nonce].concat())
}

fn session_name(ctx: &Context) -> &'static str {
    if ctx.site().is_https() { "__Host-session" } else { "session" }
}

pub(super) fn half_open_name(ctx: &Context) -> &'static str {
    if ctx.site().is_https() { "__Host-half-open" } else { "half-open" }
}

fn device_name(ctx: &Context) -> &'static str {
    if ctx.site().is_https() { "__Host-device" } else { "device" }
}

fn header(ctx: &Context, name: &str, value: &str, seconds: Option<u32>) -> Option<HeaderValue> {
    let secure = if ctx.site().is_https() { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// Puts cookies onto an answer.
pub fn put(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = Option<HeaderValue>>) {
    for cookie in cookies.into_iter().flatten() {
        headers.append(header::SET_COOKIE, cookie);
    }
}
