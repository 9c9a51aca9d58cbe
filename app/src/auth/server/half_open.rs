//! Between the passphrase and the code: who may type a code, in a sealed cookie, for ten minutes. It is no session and
//! opens nothing; without the code it ends by itself.

use super::{cookies, throttle::Key};
use crate::{ids::OrganizerId, server::Context};
use axum::http::HeaderMap;
use cookie::{Cookie, CookieJar};
use serde::{Deserialize, Serialize};

/// The code must come within so long, in milliseconds: 10 minutes.
pub const GOOD_FOR_MS: i64 = 10 * 60 * 1_000;
/// No cookie of ours is longer; a longer one is not looked at.
const MOST_BYTES: usize = 2_048;

/// Somebody whose passphrase was right. Only the service makes one, and only from a right passphrase or a good link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfOpen {
    pub(super) organizer: OrganizerId,
    /// Their account in the throttle.
    pub(super) account: Key,
    /// Of the passphrase as it was then: another one since, and this is over.
    pub(super) passphrase: Key,
    /// Unix milliseconds.
    pub(super) until_ms: i64,
}

/// Nothing of it.
impl std::fmt::Debug for HalfOpen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HalfOpen(…)")
    }
}

impl HalfOpen {
    /// From now on, for an organizer whose stored passphrase this is.
    pub(super) fn new(ctx: &Context, organizer: OrganizerId, account: Key, stored: &str) -> Self {
        let until_ms = ctx.clock().now_ms() + GOOD_FOR_MS;
        Self { organizer, account, passphrase: fingerprint(ctx, stored), until_ms }
    }

    /// The one that the browser carries, if its minutes are not over.
    #[must_use]
    pub fn of(ctx: &Context, headers: &HeaderMap) -> Option<Self> {
        let name = cookies::half_open_name(ctx);
        let value = crate::server::request::cookie(headers, name).filter(|value| value.len() <= MOST_BYTES)?;
        let mut jar = CookieJar::new();
        jar.add_original(Cookie::new(name, value.to_owned()));
        let opened = jar.private(ctx.keys().cookies()).get(name)?;
        let half: Self = serde_json::from_str(opened.value()).ok()?;
        (ctx.clock().now_ms() < half.until_ms).then_some(half)
    }

    /// Their account in the throttle, to know the browser by.
    #[must_use]
    pub fn account(&self) -> &Key {
        &self.account
    }

    /// Whether the passphrase is still the one that was right.
    pub(super) fn fits(&self, ctx: &Context, stored: &str) -> bool {
        self.passphrase == fingerprint(ctx, stored)
    }

    /// As it stands in the cookie.
    pub(super) fn sealed(&self, ctx: &Context) -> Option<String> {
        let name = cookies::half_open_name(ctx);
        let mut jar = CookieJar::new();
        jar.private_mut(ctx.keys().cookies()).add(Cookie::new(name, serde_json::to_string(self).ok()?));
        jar.get(name).map(|cookie| cookie.value().to_owned())
    }
}

fn fingerprint(ctx: &Context, stored: &str) -> Key {
    ctx.keys().keyed_hash("half-open", stored.as_bytes())
}
