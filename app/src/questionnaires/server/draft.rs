//! The draft that travels with the person in an encrypted cookie, so that back, refresh and the language links work
//! without script and nothing about anybody is stored on the server before *Send*.
//!
//! It ends with *Send* (a code takes its place), *Exit*, *New person* and thirty idle minutes. The instance id is
//! made once, when the person begins, and follows the answers between cookie and island.

use super::counts::steps::Steps;
use crate::{
    error::AppError,
    questionnaires::types::{Outcome, Receipt},
    server::{Context, error::internal, request},
};
use axum::http::{HeaderMap, HeaderValue};
use cookie::{Cookie, CookieJar, SameSite};
use form::{Answers, Fields};
use outbox::draft::Phone;
use serde::{Deserialize, Serialize};

/// After so long without a page turned, the answers are gone.
pub const IDLE_MS: i64 = 30 * 60 * 1000;

/// The largest cookie we ask a browser to keep: 4 KB is the limit of browsers, headers included.
pub const MAX_COOKIE_BYTES: usize = 3 * 1024;

/// What the cookie holds. Field names are short because every byte travels with every request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The id made once for this person.
    #[serde(rename = "i")]
    pub instance_id: String,
    /// The questionnaire's slug.
    #[serde(rename = "q")]
    pub questionnaire: String,
    /// Hash of the definition they began on; they end on it too.
    #[serde(rename = "d")]
    pub definition: String,
    /// The language in which they began. It is part of the bytes that are sent, so it stays the same for ever.
    #[serde(rename = "l")]
    pub language: String,
    /// By which channel they came. It is part of the bytes that are sent, so it too stays the same for ever.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What they answered so far.
    #[serde(rename = "a", default)]
    pub answers: Answers,
    /// What stood in a field when the language was changed and could not be read as an answer.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<(String, Fields)>,
    /// Which pages were counted, if the person allowed to count where they stop.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Steps>,
    /// Who uses the phone, as the person said: on a shared one nobody is offered these answers.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// Which of the phone's tellings these answers were, or came after: its own random word for it.
    #[serde(rename = "w", default, skip_serializing_if = "String::is_empty")]
    pub telling: String,
    /// Set when sent: nothing of the answers is left then.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// Unix milliseconds after which it is void.
    #[serde(rename = "e")]
    expires_ms: i64,
}

/// What is left after sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The code to keep.
    #[serde(rename = "c")]
    pub code: String,
    /// Whether it was counted or kept aside, or deleted before.
    #[serde(rename = "o")]
    pub outcome: Outcome,
}

impl Draft {
    /// A new person begins.
    #[must_use]
    pub fn begin(
        questionnaire: &str,
        definition: &str,
        language: &str,
        channel: Option<String>,
        phone: Option<Phone>,
    ) -> Self {
        Self {
            instance_id: uuid::Uuid::new_v4().to_string(),
            questionnaire: questionnaire.to_owned(),
            definition: definition.to_owned(),
            language: language.to_owned(),
            channel,
            answers: Answers::default(),
            typed: None,
            steps: None,
            phone: phone.map(|phone| phone.word().to_owned()),
            telling: String::new(),
            sent: None,
            expires_ms: 0,
        }
    }

    /// Who uses the phone, if the person said so.
    #[must_use]
    pub fn phone(&self) -> Option<Phone> {
        self.phone.as_deref().and_then(Phone::of)
    }

    /// Whether whoever opens the first page may be offered to go on: never on a phone that others use.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.is_open() && self.phone() != Some(Phone::Shared)
    }

    /// Whether answers can still be given.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.sent.is_none()
    }

    /// The draft of a request; `None` if there is none, it was tampered with, or it has run out.
    #[must_use]
    pub fn of(ctx: &Context, headers: &HeaderMap) -> Option<Self> {
        let name = name(ctx);
        let value = request::cookie(headers, name)?;
        if value.len() > MAX_COOKIE_BYTES {
            return None;
        }
        let mut jar = CookieJar::new();
        jar.add_original(Cookie::new(name, value.to_owned()));
        let opened = jar.private(ctx.keys().cookies()).get(name)?;
        let draft: Self = serde_json::from_slice(&unpack(opened.value())?).ok()?;
        (draft.expires_ms > ctx.clock().now_ms()).then_some(draft)
    }

    /// The draft of a request for this questionnaire.
    #[must_use]
    pub fn of_questionnaire(ctx: &Context, headers: &HeaderMap, slug: &str) -> Option<Self> {
        Self::of(ctx, headers).filter(|draft| draft.questionnaire == slug)
    }

    /// The header that keeps it for another thirty minutes.
    ///
    /// # Errors
    /// [`AppError::Malformed`] when the answers are too long for a cookie: nothing is cut off silently.
    pub fn keep(&self, ctx: &Context) -> Result<HeaderValue, AppError> {
        let mut draft = self.clone();
        draft.expires_ms = ctx.clock().now_ms() + IDLE_MS;
        let json = serde_json::to_vec(&draft).map_err(|_| internal("draft"))?;
        let mut jar = CookieJar::new();
        jar.private_mut(ctx.keys().cookies()).add(attributes(ctx, pack(&json)));
        let cookie = jar.get(name(ctx)).ok_or_else(|| internal("draft"))?;
        if cookie.value().len() > MAX_COOKIE_BYTES {
            return Err(AppError::Malformed);
        }
        HeaderValue::from_str(&cookie.to_string()).map_err(|_| internal("draft"))
    }

    /// What takes the draft's place when it was sent.
    #[must_use]
    pub fn into_sent(self, receipt: &Receipt) -> Self {
        Self {
            answers: Answers::default(),
            typed: None,
            steps: None,
            sent: Some(Sent { code: receipt.code.clone(), outcome: receipt.outcome }),
            ..self
        }
    }
}

/// The header that makes the browser forget the draft.
#[must_use]
pub fn forget(ctx: &Context) -> HeaderValue {
    let mut cookie = attributes(ctx, String::new());
    cookie.make_removal();
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

/// For the call of the island: the draft's cookie becomes the code's, if the browser holds the same person's draft.
#[must_use]
pub fn sent_cookie(ctx: &Context, headers: &HeaderMap, receipt: &Receipt) -> Option<HeaderValue> {
    let draft = Draft::of(ctx, headers).filter(|draft| draft.instance_id == receipt.instance_id)?;
    draft.into_sent(receipt).keep(ctx).ok()
}

/// The most bytes that a draft may have unpacked: many times what fits a cookie, so that a small one cannot grow
/// without end.
const MAX_UNPACKED: u64 = 64 * 1024;

/// Deflated and in base 64: forty answers and a long message would not fit a cookie as JSON. Only we can write what is
/// unpacked, and nobody watches the length while they choose what stands beside the answers.
fn pack(json: &[u8]) -> String {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing into memory does not fail; should it, the draft is void rather than half.
    let packed = encoder.write_all(json).and_then(|()| encoder.finish()).unwrap_or_default();
    data_encoding::BASE64URL_NOPAD.encode(&packed)
}

fn unpack(text: &str) -> Option<Vec<u8>> {
    use std::io::Read;
    let packed = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let mut json = Vec::new();
    flate2::read::DeflateDecoder::new(packed.as_slice()).take(MAX_UNPACKED).read_to_end(&mut json).ok()?;
    Some(json)
}

fn name(ctx: &Context) -> &'static str {
    if ctx.site().is_https() { "__Host-draft" } else { "draft" }
}

/// No `Max-Age`: closing the browser ends it too.
fn attributes(ctx: &Context, value: String) -> Cookie<'static> {
    Cookie::build((name(ctx), value))
        .path("/")
        .http_only(true)
        .secure(ctx.site().is_https())
        .same_site(SameSite::Lax)
        .build()
}
