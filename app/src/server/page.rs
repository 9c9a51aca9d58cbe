//! From a view to an answer: one place renders every page, prints the loader where there is an island, and sets
//! the content policy that fits.

use super::{
    Context,
    assets::{Bundle, Names},
};
use crate::ui::shell::{Frame, Head, Shell};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// Wakes the islands of a page: fetches the program when the browser is idle, then calls each island's entry point.
/// Ours instead of `HydrationScripts`, which prints preloads that script-off browsers would fetch and puts the
/// nonce where it does not belong.
const LOADER: &str = include_str!("loader.js");

/// A form may lead there, through our own answer; nothing is ever loaded from it.
pub use crate::ui::EXIT_ORIGIN;

/// What draws a part of a page. Boxed, so that the frame around it is compiled once and not for every page.
type Draw<'a> = Box<dyn FnOnce() -> AnyView + 'a>;

/// Renders a page. `body` runs inside the reactive owner, on this thread, and must not wait for anything.
pub fn page(ctx: &Context, status: StatusCode, head: Head, body: impl FnOnce() -> AnyView) -> Response {
    respond(ctx, status, head, None, Box::new(|| ().into_any()), Box::new(body))
}

/// The same for a page from which the site may be put on a home screen: `manifest` is the address of what browsers
/// need to know for that.
pub fn page_with_manifest(
    ctx: &Context,
    status: StatusCode,
    head: Head,
    manifest: String,
    body: impl FnOnce() -> AnyView,
) -> Response {
    respond(ctx, status, head, Some(manifest), Box::new(|| ().into_any()), Box::new(body))
}

/// The same with a navigation between the header and `<main>`: for screens that belong to a set.
pub fn page_with_nav(
    ctx: &Context,
    status: StatusCode,
    head: Head,
    nav: impl FnOnce() -> AnyView,
    body: impl FnOnce() -> AnyView,
) -> Response {
    respond(ctx, status, head, None, Box::new(nav), Box::new(body))
}

fn respond(
    ctx: &Context,
    status: StatusCode,
    head: Head,
    manifest: Option<String>,
    nav: Draw<'_>,
    body: Draw<'_>,
) -> Response {
    let frame = head.frame;
    let bundle = head.bundle;
    let nonce = bundle.map(|_| nonce());
    let style = ctx.assets().names(Bundle::Worker).clone();
    let console_style = frame.is_console().then(|| ctx.assets().names(Bundle::Console).style.clone());
    let base_url = ctx.site().base_url.clone();
    let loader = bundle.zip(nonce.as_deref()).map(|(bundle, nonce)| loader(ctx.assets().names(bundle), nonce));

    let html = render(Box::new(move || {
        let (nav, body) = (nav(), body());
        view! {
            <Shell head=head names=style console_style=console_style manifest=manifest base_url=base_url nav=nav>
                {body}
            </Shell>
        }
        .into_any()
    }));
    let html = close(&html, loader.as_deref());

    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&content_policy(bundle, nonce.as_deref())) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let cache = if frame == Frame::Public && status == StatusCode::OK { "no-cache" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// 303 to a path of ours, with cookies.
pub fn see_other(path: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// Renders a view in islands mode: nothing is serialised into the page but the islands' own props.
pub fn render(view: Draw<'_>) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

/// A page without what is new each time, its nonce and the day: what a service worker compares.
#[must_use]
pub fn lasting(html: &str, today: &str) -> String {
    let after = html.rsplit_once("nonce=\"").map(|(_, after)| after).unwrap_or_default();
    let nonce = after.split('"').next().unwrap_or_default();
    html.replace(nonce, "").replace(today, "")
}

/// The document type in front, the loader before the end.
fn close(html: &str, loader: Option<&str>) -> String {
    let mut page = String::with_capacity(html.len() + 1024);
    page.push_str("<!DOCTYPE html>");
    match (html.rfind("</body>"), loader) {
        (Some(end), Some(loader)) => {
            page.push_str(&html[..end]);
            page.push_str(loader);
            page.push_str(&html[end..]);
        }
        _ => page.push_str(html),
    }
    page
}

fn loader(names: &Names, nonce: &str) -> String {
    format!(
        "<script type=\"module\" nonce=\"{nonce}\">{}</script>",
        LOADER.trim().replace("SCRIPT", &names.script).replace("WASM", &names.wasm)
    )
}

/// 128 random bits: a script of somebody else's cannot guess it.
fn nonce() -> String {
    let mut bytes = [0_u8; 16];
    let _ = getrandom::fill(&mut bytes);
    data_encoding::BASE64URL_NOPAD.encode(&bytes)
}

/// What the page may load: itself. A page without an island may run no script at all, and only the questionnaire's
/// and the desk's may have a service worker.
fn content_policy(bundle: Option<Bundle>, nonce: Option<&str>) -> String {
    let script = match nonce {
        Some(nonce) => format!("'self' 'nonce-{nonce}' 'wasm-unsafe-eval'"),
        None => "'none'".to_owned(),
    };
    let worker = match bundle {
        Some(Bundle::Worker | Bundle::Phone | Bundle::Desk) => "'self'",
        Some(Bundle::Console | Bundle::Members | Bundle::Voice) | None => "'none'",
    };
    format!(
        "default-src 'none'; script-src {script}; worker-src {worker}; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'self' {EXIT_ORIGIN}; frame-ancestors 'none'; object-src 'none'"
    )
}
