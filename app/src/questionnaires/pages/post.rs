//! A form post of the way, read once: whose it is, which button, what was typed, and how the person wants to read.

use crate::{
    error::AppError,
    questionnaires::server::draft::Draft,
    server::{Context, request},
    ui::{Reader, reader::locale_of},
};
use axum::http::{HeaderMap, HeaderValue, header};
use form::{Answers, Day, Definition, Fields, flow};
use unicode_normalization::UnicodeNormalization;

/// The fields of a post.
pub struct Post {
    pairs: Vec<(String, String)>,
}

impl Post {
    /// Takes the decoded pairs; typed text is composed (NFC), so that the same word is the same bytes.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, value.nfc().collect())).collect();
        Self { pairs }
    }

    /// The first value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The fields of the question itself.
    #[must_use]
    pub fn answer_fields(&self) -> Fields {
        self.pairs.iter().filter(|(name, _)| form::entry::is_field(name)).cloned().collect()
    }

    /// Whether the person came from the check page.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.get("change").is_some()
    }

    /// Whether the post is of the person whose draft the browser holds. A page that was left open by somebody else
    /// carries another id.
    #[must_use]
    pub fn is_of(&self, draft: &Draft) -> bool {
        self.get("instance") == Some(draft.instance_id.as_str())
    }

    /// What the island answered so far without telling the server; `None` without script.
    ///
    /// # Errors
    /// [`AppError::Malformed`] when it is there and cannot be read.
    pub fn carried(&self) -> Result<Option<Answers>, AppError> {
        match self.get("answers") {
            None => Ok(None),
            Some(json) => serde_json::from_str(json).map(Some).map_err(|_| AppError::Malformed),
        }
    }

    /// Puts what the island carries into the draft, and by which word it will know it again. Whether there was any.
    ///
    /// # Errors
    /// [`AppError::Malformed`] when it is there and cannot be read.
    pub fn carry_into(&self, draft: &mut Draft, definition: &Definition, today: Day) -> Result<(), AppError> {
        let Some(carried) = self.carried()? else { return Ok(()) };
        draft.answers = flow::prune(definition, &carried, today);
        let telling = self
            .get("telling")
            .filter(|word| word.len() <= 16 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        // A form that was posted without the program carries answers too, and no word.
        if let Some(telling) = telling {
            telling.clone_into(&mut draft.telling);
        }
        Ok(())
    }

    /// Whether a button of the page's frame was pressed (language, furigana, Japanese beside), and how the person
    /// reads from now on.
    #[must_use]
    pub fn switch(&self, reader: Reader) -> Option<Reader> {
        switch(reader, |name| self.get(name))
    }
}

/// The same for any form, by what its fields hold.
pub fn switch<'f>(reader: Reader, field: impl Fn(&str) -> Option<&'f str>) -> Option<Reader> {
    let mut switched = reader;
    let mut pressed = false;
    if let Some(locale) = field("language").and_then(locale_of) {
        switched.locale = locale;
        pressed = true;
    }
    if let Some(value) = field("furigana") {
        switched.furigana = value == "on";
        pressed = true;
    }
    if let Some(value) = field("japanese") {
        switched.with_japanese = value == "on";
        pressed = true;
    }
    pressed.then_some(switched)
}

/// The cookie that remembers how the person reads; it names nobody.
#[must_use]
pub fn reading_cookie(ctx: &Context, reader: Reader) -> HeaderValue {
    let cookie = cookie::Cookie::build((request::READING_COOKIE, request::reading_value(reader)))
        .path("/")
        .http_only(true)
        .secure(ctx.site().is_https())
        .same_site(cookie::SameSite::Lax)
        .max_age(time::Duration::days(365))
        .build();
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

/// Whether it is the island that posts, to keep the cookie in step: it wants no page back.
#[must_use]
pub fn is_island(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json")
}
