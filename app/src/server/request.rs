//! What a request tells: the person's language and how they like to read it. Extractors for handlers.

use super::Context;
use crate::{
    error::AppError,
    i18n::Locale,
    ui::{Reader, reader::locale_of},
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, header, request::Parts},
};

/// The cookie that remembers furigana, Japanese beside and, for pages without a language in their address, the
/// language: `LANG.f0.j1`. It identifies nobody.
pub const READING_COOKIE: &str = "reading";

/// The person of a page under `/{lang}`; an address with an unknown language is not found.
impl FromRequestParts<Context> for Reader {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &Context) -> Result<Self, AppError> {
        let params = RawPathParams::from_request_parts(parts, ctx).await.map_err(|_| AppError::NotFound)?;
        let remembered = remembered(&parts.headers);
        match params.iter().find(|(name, _)| *name == "lang") {
            Some((_, tag)) => {
                let locale = locale_of(tag).ok_or(AppError::NotFound)?;
                Ok(Self { locale, ..remembered.unwrap_or(Self::new(locale)) })
            }
            None => Ok(remembered.unwrap_or_else(|| Self::new(suggested(&parts.headers).unwrap_or(Locale::ja)))),
        }
    }
}

/// The person of any request, also of one that fits no route: the address first, then the cookie, then the
/// browser's wish, then Japanese.
#[must_use]
pub fn reader_of(path: &str, headers: &HeaderMap) -> Reader {
    let remembered = remembered(headers);
    let segment = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match locale_of(segment) {
        Some(locale) => Reader { locale, ..remembered.unwrap_or(Reader::new(locale)) },
        None => remembered.unwrap_or_else(|| Reader::new(suggested(headers).unwrap_or(Locale::ja))),
    }
}

/// One cookie of a request.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// What the reading cookie says; anything unreadable is as good as none.
fn remembered(headers: &HeaderMap) -> Option<Reader> {
    let mut parts = cookie(headers, READING_COOKIE)?.split('.');
    let locale = locale_of(parts.next()?)?;
    let mut reader = Reader::new(locale);
    for flag in parts {
        match flag {
            "f0" => reader.furigana = false,
            "j1" => reader.with_japanese = true,
            _ => {}
        }
    }
    Some(reader)
}

/// The value of the reading cookie.
#[must_use]
pub fn reading_value(reader: Reader) -> String {
    let mut value = reader.tag().to_owned();
    if !reader.furigana {
        value.push_str(".f0");
    }
    if reader.with_japanese {
        value.push_str(".j1");
    }
    value
}

/// The first language the browser asks for that we speak.
#[must_use]
pub fn suggested(headers: &HeaderMap) -> Option<Locale> {
    let wish = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    wish.split(',').filter_map(|item| item.split(';').next()).map(str::trim).find_map(|tag| {
        let tag = tag.to_ascii_lowercase();
        match tag.split('-').next()? {
            "ja" => Some(Locale::ja),
            "en" => Some(Locale::en),
            "zh" => Some(Locale::zh_Hans),
            "vi" => Some(Locale::vi),
            _ => None,
        }
    })
}
