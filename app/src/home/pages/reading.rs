//! `POST /{lang}/reading`: remembers the language and how the person likes to read, then leads back.

use crate::{
    error::AppError,
    server::{
        Context,
        request::{READING_COOKIE, reading_value},
    },
    ui::Reader,
};
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// One year, in seconds.
const SECONDS: u32 = 365 * 24 * 60 * 60;

/// What the switches send. Whatever is left out stays as it is.
#[derive(Debug, Deserialize)]
pub struct Choice {
    /// `on` or `off`.
    furigana: Option<String>,
    /// `on` or `off`.
    japanese: Option<String>,
    /// The path to come back to; without it, the page that sent the form.
    back: Option<String>,
}

/// Sets the cookie and redirects with 303.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn remember(
    State(ctx): State<Context>,
    reader: Reader,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Result<Response, AppError> {
    let reader = Reader {
        furigana: switched(choice.furigana.as_deref(), reader.furigana),
        with_japanese: switched(choice.japanese.as_deref(), reader.with_japanese),
        ..reader
    };
    let home = reader.href("");
    let sender = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let back = choice
        .back
        .as_deref()
        .or_else(|| sender?.strip_prefix(ctx.site().base_url.as_str()))
        .filter(|path| is_own(path))
        .unwrap_or(&home);
    let secure = if ctx.site().is_https() { "; Secure" } else { "" };
    let cookie = format!(
        "{READING_COOKIE}={}; Path=/; Max-Age={SECONDS}; SameSite=Lax; HttpOnly{secure}",
        reading_value(reader)
    );
    let mut response = StatusCode::SEE_OTHER.into_response();
    for (name, value) in [(header::LOCATION, back), (header::SET_COOKIE, cookie.as_str())] {
        response.headers_mut().insert(name, HeaderValue::from_str(value).map_err(|_| AppError::Malformed)?);
    }
    Ok(response)
}

fn switched(value: Option<&str>, before: bool) -> bool {
    match value {
        Some("on") => true,
        Some("off") => false,
        _ => before,
    }
}

/// Whether an address stays on this site: one slash, then nothing that a browser reads as another host.
fn is_own(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_lead_back() {
        for path in ["/", "/vi", "/ja-easy/privacy", "/console?page=2"] {
            assert!(is_own(path), "{path}");
        }
        for path in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/a\r\nb", "vi"]
        {
            assert!(!is_own(path), "{path}");
        }
    }

    #[test]
    fn a_switch_left_out_stays() {
        assert!(switched(None, true) && switched(Some("?"), true) && switched(Some("on"), false));
        assert!(!switched(Some("off"), true));
    }
}
