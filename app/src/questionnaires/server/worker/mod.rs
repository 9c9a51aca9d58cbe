//! `GET /{lang}/questionnaires/{slug}/worker.js`: the service worker of one questionnaire in one language. The program
//! is `worker.js` beside this file; what it has to know of the build, the definition and the page is written in front.
//!
//! What must stay true: the script is the same to the byte as long as everything it keeps is the same (else every visit
//! would fetch all of it again), and its set has another name as soon as anything of it changes (else an old page would
//! stay). Tests: `server/tests/it/questionnaires/worker.rs`.

use super::catalogue::{self, Questionnaire};
use crate::{
    error::AppError,
    questionnaires::{
        pages::{phone, start},
        paths,
    },
    server::{Context, assets::Bundle, error::internal, page::lasting},
    ui::Reader,
};
use axum::{
    body::to_bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// The program.
const SOURCE: &str = crate::server::assets::SERVICE_WORKER;

/// What a page on a phone shows without a network; the larger icons are fetched once, when somebody installs the site.
const ICONS: [&str; 2] = ["/favicon.svg", "/icon-192.png"];

/// What the worker may load, whatever a page asks it for: it runs under this policy and not under that of its pages.
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Longer than a page.
const PAGE_BYTES: usize = 1024 * 1024;

/// Hex digits of a hash that stand in the set's name; they only have to differ from the ones before.
const DIGITS: usize = 8;

/// Answers with the script, or with 304: browsers ask at every page whether there is a newer one.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire or language.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    // The worker fetches its pages without cookies: whoever reads, it is nobody's wishes.
    let reader = Reader::new(reader.locale);
    let drawn = drawn(&ctx, reader, &slug).await?;
    let (set, script) = write(&ctx, reader, &questionnaire, &drawn);
    let tag = ["W/\"", &set, "\""].concat();
    let is_known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == tag);
    // A 304 replaces what the browser remembers of the headers, so it says all of them as well.
    let facts = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::ETAG, tag),
        // The scope has no slash at its end: it begins with the first page itself.
        (HeaderName::from_static("service-worker-allowed"), paths::start(reader, &slug)),
    ];
    Ok(if is_known { (StatusCode::NOT_MODIFIED, facts).into_response() } else { (facts, script).into_response() })
}

/// The name of the set and the script.
fn write(ctx: &Context, reader: Reader, questionnaire: &Questionnaire, drawn: &str) -> (String, String) {
    let (worker, phone) = (ctx.assets().names(Bundle::Worker), ctx.assets().names(Bundle::Phone));
    let (slug, hash) = (&questionnaire.slug, questionnaire.current.hash());
    let scope = paths::start(reader, slug);
    let build = ctx.assets().build();
    let mut facts = String::new();
    let mut state = |name: &str, value: serde_json::Value| {
        // JSON is JavaScript: no value ends its own literal.
        facts.push_str(&["const ", name, " = ", &value.to_string(), ";\n"].concat());
    };
    state("BUILD", json!(build));
    state("SCOPE", json!(scope));
    state("LANGUAGE", json!(reader.tag()));
    state("SLUG", json!(slug));
    state("FILES", json!([worker.script, worker.wasm, worker.style, phone.script, phone.wasm]));
    state("ICONS", json!(ICONS));
    state("PAGES", json!([scope, paths::phone(reader, slug)]));
    state("DEFINITION", json!(paths::definition(hash)));
    let rest = form::digest([facts.as_str(), drawn].concat().as_bytes());
    let set = [build, "-", short(hash), "-", short(&rest)].concat();
    facts.push_str(&["const SET = ", &json!(set).to_string(), ";\n"].concat());
    // Comments are for us, not for a phone that pays by the megabyte.
    for line in SOURCE.lines().filter(|line| !line.trim_start().starts_with("//")) {
        facts.push_str(line);
        facts.push('\n');
    }
    (set, facts)
}

fn short(hash: &str) -> &str {
    hash.get(..DIGITS).unwrap_or(hash)
}

/// The pages of the set as anybody gets them today, without what is new each time. Whatever changes them (words, the
/// days on which it is open, a key) makes another set, without a list of what that could be.
async fn drawn(ctx: &Context, reader: Reader, slug: &str) -> Result<String, AppError> {
    let path = || Path((reader.tag().to_owned(), slug.to_owned()));
    let nothing = HeaderMap::new();
    let start = start::show(
        State(ctx.clone()),
        reader,
        path(),
        Ok(Query(Default::default())),
        Ok(Query(Default::default())),
        nothing,
    )
    .await?;
    let phone = phone::show(State(ctx.clone()), reader, path()).await?;
    let today = String::from(ctx.clock().today());
    let mut drawn = String::new();
    for page in [start, phone] {
        let bytes =
            to_bytes(page.into_body(), PAGE_BYTES).await.map_err(|_| internal("a page is too long to be kept"))?;
        drawn.push_str(&lasting(&String::from_utf8_lossy(&bytes), &today));
    }
    Ok(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_each_time_is_no_change() {
        let page = |nonce: &str, today: &str, words: &str| {
            let html = format!("<p data-today=\"{today}\">{words} nonce=\"x\"</p><script nonce=\"{nonce}\"></script>");
            lasting(&html, today)
        };
        assert_eq!(page("one", "2026-11-22", "Hello"), page("two", "2026-11-23", "Hello"));
        assert_ne!(page("one", "2026-11-22", "Hello"), page("one", "2026-11-22", "Xin chào"));
        assert_eq!(lasting("<p>no script</p>", "2026-11-22"), "<p>no script</p>");
    }

    #[test]
    fn program_loses_its_comments_only() {
        let code: Vec<_> = SOURCE.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        assert!(code.len() > 100 && !code.iter().any(|line| line.contains("// ")));
    }
}
