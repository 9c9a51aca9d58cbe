//! *Exit this page*: at once, from wherever it is pressed, and nothing that the server knows of somebody's visit stays.

use crate::{questionnaires::pages::leave, server::Context, voices::server::visit};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};

/// Forgets the draft and ends the visit to letters.
pub async fn exit(State(ctx): State<Context>, headers: HeaderMap) -> Response {
    let mut response = leave::exit(&ctx, &headers);
    if let Some(ended) = visit::end_if_any(&ctx, &headers) {
        response.headers_mut().append(header::SET_COOKIE, ended);
    }
    response
}
