//! All addresses and, around them, what every request passes on its way in and every answer on its way out.

use crate::{
    api, files, health,
    middleware::{body, build, client, error_pages, headers, log, origin, panic},
};
use app::server::Context;
use axum::{Router, http::StatusCode, middleware as with};
use std::{net::IpAddr, path::PathBuf, time::Duration};
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, DefaultPredicate, Predicate as _,
        predicate::{NotForContentType, SizeAbove},
    },
    timeout::TimeoutLayer,
};

/// What the router needs to know beside the context.
#[derive(Clone, Debug)]
pub struct RouterOptions {
    /// The folder that holds `pkg/`, the built files.
    pub site: PathBuf,
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// How long an answer's head may take; the body of a stream may go on.
    pub head_limit: Duration,
    /// How long a request's body may take to arrive.
    pub body_limit: Duration,
}

impl RouterOptions {
    /// The limits of a site on the net: half a minute for an answer, of which ten seconds for what is sent to us.
    #[must_use]
    pub fn new(site: PathBuf) -> Self {
        Self {
            site,
            trusted_proxies: Vec::new(),
            head_limit: Duration::from_secs(30),
            body_limit: Duration::from_secs(10),
        }
    }
}

/// A workbook is packed already.
const WORKBOOKS: NotForContentType = NotForContentType::const_new("application/vnd.openxmlformats");

/// The whole site.
pub fn router(ctx: Context, options: &RouterOptions) -> Router {
    let pages = app::routes::router(&ctx);
    layered(ctx, pages, options)
}

/// `pages` with everything around them; tests bring pages of their own.
pub fn layered(ctx: Context, pages: Router<Context>, options: &RouterOptions) -> Router {
    // A page is a few kilobytes, made for one person: brotli's middle saves most of it in a millisecond. Event
    // streams, images and what is compressed already are left alone by the predicate.
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Precise(4))
        .compress_when(DefaultPredicate::new().and(SizeAbove::new(256)).and(WORKBOOKS));

    // From the outside in: a request meets them in this order, an answer in the opposite one.
    let around = ServiceBuilder::new()
        // Sees the final status of everything.
        .layer(with::from_fn(log::log))
        // Before anything that answers by itself, so that no answer leaves without them.
        .layer(with::from_fn_with_state(headers::Policy::of(ctx.site()), headers::headers))
        // Around the error pages and all refusals: our own error must not pass for somebody else's page.
        .layer(with::from_fn_with_state(build::Build::of(ctx.assets()), build::build))
        // Outside of the error pages, which are HTML too.
        .layer(compression)
        // Everything below answers errors without a body; here they become a page or JSON.
        .layer(with::from_fn_with_state(ctx.clone(), error_pages::error_pages))
        // Inside the error pages, so that a panic is answered by one.
        .layer(CatchPanicLayer::custom(panic::answer))
        // The head only: a timer on bodies would cut the live streams.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, options.head_limit))
        // Before the body is read: what another site sent is not worth it.
        .layer(with::from_fn(origin::without_header))
        .layer(origin::layer(ctx.site()))
        .layer(with::from_fn_with_state(client::Proxies::new(&options.trusted_proxies), client::client))
        // Last: from here on a body is short, whole and in memory.
        .layer(with::from_fn_with_state(options.body_limit, body::read));

    let router = pages.merge(health::router()).merge(files::router(&options.site)).merge(api::router());
    router
        .fallback(files::not_found)
        .method_not_allowed_fallback(files::method_not_allowed)
        .layer(around)
        .with_state(ctx)
}
