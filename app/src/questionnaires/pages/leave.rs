//! The ways out that leave nothing behind: *New person* and *Exit this page*.

use super::go;
use crate::{
    error::AppError,
    questionnaires::{paths, server::draft},
    server::{Context, page::EXIT_ORIGIN},
    ui::Reader,
};
use axum::{
    extract::{Path, State},
    response::Response,
};

/// Forgets these answers; somebody else begins.
///
/// # Errors
/// None today; the signature is that of all handlers.
pub async fn new_person(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    Ok(go(&paths::start(reader, &slug), [draft::forget(&ctx)]))
}

/// Forgets the answers and leads away at once. The history of the browser still names this page.
pub async fn exit(State(ctx): State<Context>) -> Response {
    go(EXIT_ORIGIN, [draft::forget(&ctx)])
}
