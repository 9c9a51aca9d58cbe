//! `/console/sign-out` and `/console/account/sign-out-everywhere`: the way out, by button only.

use crate::{
    auth::{
        Organizer,
        server::{cookies, service},
    },
    error::AppError,
    server::Context,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

/// Ends this browser's session.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn sign_out(organizer: Organizer, State(ctx): State<Context>) -> Result<Response, AppError> {
    service::sign_out(&ctx, &organizer).await?;
    Ok(leave(&ctx, "/console/sign-in?done=out"))
}

/// Ends all of the organizer's sessions.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn sign_out_everywhere(organizer: Organizer, State(ctx): State<Context>) -> Result<Response, AppError> {
    service::sign_out_everywhere(&ctx, &organizer).await?;
    Ok(leave(&ctx, "/console/sign-in?done=everywhere"))
}

fn leave(ctx: &Context, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    cookies::put(response.headers_mut(), [cookies::end_session(ctx)]);
    response
}
