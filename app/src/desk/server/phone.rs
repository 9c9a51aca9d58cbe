//! The secret by which a phone shows that it is a desk: a cookie for each desk, so that one browser can be two of them.

use crate::{
    auth::server::token::Token,
    error::AppError,
    events::server::attendance::{Desk, desks},
    server::{Context, request},
};
use axum::http::{HeaderMap, HeaderValue, request::Parts};
use leptos::prelude::use_context;
use rollcall::Id;

/// How long the browser keeps the cookie: longer than any desk is open, for what is sent late. In seconds.
const KEPT_SECONDS: i64 = 14 * 24 * 60 * 60;

/// The secret that this browser has for a desk.
#[must_use]
pub fn secret(ctx: &Context, headers: &HeaderMap, id: Id) -> Option<Token> {
    Token::parse(request::cookie(headers, &name(ctx, id))?)
}

/// Hands a browser the secret of a desk.
#[must_use]
pub fn set_secret(ctx: &Context, id: Id, secret: &Token) -> Option<HeaderValue> {
    let secure = if ctx.site().is_https() { "; Secure" } else { "" };
    let (name, secret) = (name(ctx, id), secret.reveal());
    HeaderValue::from_str(&format!("{name}={secret}; Path=/; Max-Age={KEPT_SECONDS}; HttpOnly; SameSite=Lax{secure}"))
        .ok()
}

fn name(ctx: &Context, id: Id) -> String {
    [if ctx.site().is_https() { "__Host-desk-" } else { "desk-" }, &id.to_string()].concat()
}

/// The desk of this id, if the browser shows its secret.
///
/// # Errors
/// [`AppError::SignInRequired`] if it does not.
pub async fn desk_of(ctx: &Context, headers: &HeaderMap, id: &str) -> Result<Desk, AppError> {
    let id = Id::parse(id).ok_or(AppError::Malformed)?;
    let secret = secret(ctx, headers, id).ok_or(AppError::SignInRequired)?;
    let desk = desks::of_token(ctx, &secret).await?;
    if desk.id() == id { Ok(desk) } else { Err(AppError::SignInRequired) }
}

/// The same for a call.
///
/// # Errors
/// As [`desk_of`].
pub async fn desk_of_call(ctx: &Context, id: &str) -> Result<Desk, AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::SignInRequired)?;
    desk_of(ctx, &parts.headers, id).await
}
