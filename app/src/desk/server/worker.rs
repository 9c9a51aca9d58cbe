//! `GET /console/desk/{lang}/worker.js`: the service worker that keeps a desk's page for when there is no network. The
//! program is `worker.js` beside this file; what it has to know of the build is written in front.
//!
//! What must stay true, as for the one of questionnaires: the script is the same to the byte as long as what it keeps is
//! the same, and its set has another name as soon as anything of it changes. (Tests: `events/desk`.)

use crate::{
    desk::{pages::desk, paths},
    error::AppError,
    server::{Context, assets::Bundle, error::internal, page::lasting},
    ui::Reader,
};
use axum::{
    body::to_bytes,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// The program.
const SOURCE: &str = include_str!("worker.js");

/// What the worker may load.
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Longer than the page.
const PAGE_BYTES: usize = 1024 * 1024;

/// A desk that nobody opened, under which the page is kept: it is the same for all.
pub const NOBODYS: &str = "00000000000000000000000000000000";

/// Answers with the script, or with 304.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader, headers: HeaderMap) -> Result<Response, AppError> {
    // The worker fetches its page without cookies: whoever reads, it is nobody's wishes.
    let reader = Reader::new(reader.locale);
    let page = desk::draw(&ctx, reader);
    let bytes = to_bytes(page.into_body(), PAGE_BYTES).await.map_err(|_| internal("a page is too long to be kept"))?;
    let drawn = lasting(&String::from_utf8_lossy(&bytes), &String::from(ctx.clock().today()));
    let names = ctx.assets().names(Bundle::Desk);
    let styles = [ctx.assets().names(Bundle::Worker).style.clone(), ctx.assets().names(Bundle::Console).style.clone()];
    let mut script = String::new();
    for (name, value) in [
        ("SCOPE", json!(paths::scope(reader.tag()))),
        ("LANGUAGE", json!(reader.tag())),
        ("PAGE", json!(paths::page(reader.tag(), NOBODYS))),
        ("FILES", json!([names.script, names.wasm, styles[0], styles[1], "/favicon.svg"])),
    ] {
        // JSON is JavaScript: no value ends its own literal.
        script.push_str(&["const ", name, " = ", &value.to_string(), ";\n"].concat());
    }
    let mut set = form::digest([&script, SOURCE, &drawn].concat().as_bytes());
    set.truncate(16);
    script.push_str(&["const SET = ", &json!(set).to_string(), ";\n"].concat());
    for line in SOURCE.lines().filter(|line| !line.trim_start().starts_with("//")) {
        script.push_str(line);
        script.push('\n');
    }
    let tag = ["W/\"", &set, "\""].concat();
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = known.flat_map(|value| value.split(',')).any(|known| known.trim() == tag);
    let facts = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::ETAG, tag),
        (HeaderName::from_static("service-worker-allowed"), paths::scope(reader.tag())),
    ];
    Ok(if is_known { (StatusCode::NOT_MODIFIED, facts).into_response() } else { (facts, script).into_response() })
}
