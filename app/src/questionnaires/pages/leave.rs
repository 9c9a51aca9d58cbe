//! The ways out that leave nothing behind: *New person* and *Exit this page*.

use super::{go, via::Via};
use crate::{
    error::AppError,
    questionnaires::{paths, server::draft},
    server::{Context, page::EXIT_ORIGIN},
    ui::Reader,
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    response::Response,
};

/// Forgets these answers; somebody else begins, who stands at the same poster.
///
/// # Errors
/// When the database fails.
pub async fn new_person(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    form: Result<Form<Via>, FormRejection>,
) -> Result<Response, AppError> {
    let channel = Via::of_form(form).channel_of_slug(&ctx, &slug).await?;
    Ok(go(&paths::start_by(reader, &slug, channel.as_deref()), [draft::forget(&ctx)]))
}

/// Forgets the answers and leads away at once. The history of the browser still names this page.
pub async fn exit(State(ctx): State<Context>) -> Response {
    go(EXIT_ORIGIN, [draft::forget(&ctx)])
}
