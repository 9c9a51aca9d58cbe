//! Whoever tries what is not theirs leaves a row in the audit log: who, at which address of the table, for what.

use crate::{
    auth::Organizer,
    server::{Context, audit},
};
use axum::{
    extract::{MatchedPath, RawPathParams, Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};

/// Around every address for organizers: an answer of 403 to somebody who is signed in is written down, with the address
/// as the table has it and the slug that stood in it, never anything else of the request.
pub async fn tell(State(ctx): State<Context>, params: RawPathParams, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let pattern = request.extensions().get::<MatchedPath>().map_or_else(String::new, |path| path.as_str().to_owned());
    let tried = [request.method().as_str(), " ", &pattern].concat();
    let slug = params.iter().find(|(name, slug)| *name == "slug" && is_slug(slug));
    let slug = slug.map_or_else(String::new, |(_, slug)| slug.to_owned());
    let response = next.run(request).await;
    if response.status() == StatusCode::FORBIDDEN
        && let Ok(organizer) = Organizer::of_headers(&ctx, &headers).await
    {
        let (slug, tried, organizer) = (&slug, &tried, organizer.id());
        let told =
            ctx.write(|tx| async move { audit::record(&tx, Some(organizer), "access.refused", slug, tried).await });
        // The refusal stands even if the log cannot be written.
        if told.await.is_err() {
            tracing::error!("a refusal could not be recorded");
        }
    }
    response
}

/// Whether it can be the address of something: whatever else stood there is not written down.
fn is_slug(text: &str) -> bool {
    text.len() <= 100 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
