//! The ways out that leave nothing behind: *New person* and *Exit this page*.

use super::{go, post::is_island, set_cookies, via::Via};
use crate::{
    error::AppError,
    questionnaires::{paths, server::draft},
    server::{Context, page::EXIT_ORIGIN},
    ui::Reader,
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

/// Forgets these answers; somebody else begins, who stands at the same poster.
///
/// # Errors
/// When the database fails.
pub async fn new_person(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Form<Via>, FormRejection>,
) -> Result<Response, AppError> {
    if is_island(&headers) {
        return Ok(forgotten(&ctx));
    }
    let channel = Via::of_form(form).channel_of_slug(&ctx, &slug).await?;
    Ok(go(&paths::start_by(reader, &slug, channel.as_deref()), [draft::forget(&ctx)]))
}

/// Forgets the answers and leads away at once. The history of the browser still names this page. An island has left
/// already and wants the cookie gone, nothing else.
#[must_use]
pub fn exit(ctx: &Context, headers: &HeaderMap) -> Response {
    if is_island(headers) { forgotten(ctx) } else { go(EXIT_ORIGIN, [draft::forget(ctx)]) }
}

/// For an island, which shows what follows itself.
fn forgotten(ctx: &Context) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookies(response.headers_mut(), [draft::forget(ctx)]);
    response
}
