//! An error as a page: what happened, in plain words of the person's language, and the way on.

use super::{Context, page::page};
use crate::{
    error::AppError,
    i18n::*,
    ui::{
        Reader,
        shell::{Frame, Head},
    },
};
use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

/// The page for `error`, answered with `status`: the two may differ where a status says more (405, 413).
#[must_use]
pub fn error_page(ctx: &Context, reader: Reader, status: StatusCode, error: &AppError, is_console: bool) -> Response {
    let (title, text) = words(reader, status, error);
    let frame = if is_console { Frame::Console } else { Frame::Public };
    // An address without a language would lead the languages nowhere; the home page is there in all of them.
    let path = (!is_console).then(String::new);
    let head = Head { reader, title: reader.plain(&title), path, bundle: None, frame };
    let home = if is_console { "/console".to_owned() } else { reader.href("") };
    page(ctx, status, head, move || {
        view! {
            <h1 inner_html=reader.rich(&title)></h1>
            <p inner_html=reader.rich(&text)></p>
            <p>
                <a href=home inner_html=reader.rich(td_string!(reader.locale, shell.error_home))></a>
            </p>
        }
        .into_any()
    })
}

/// Title and text. The status decides first where it is finer than the error.
fn words(reader: Reader, status: StatusCode, error: &AppError) -> (String, String) {
    /// Both texts of one kind.
    macro_rules! both {
        ($title:ident, $text:ident) => {
            (td_string!(reader.locale, shell.$title).to_owned(), td_string!(reader.locale, shell.$text).to_owned())
        };
    }
    match (status, error) {
        (StatusCode::METHOD_NOT_ALLOWED, _) => both!(error_method_title, error_method_text),
        (StatusCode::PAYLOAD_TOO_LARGE, _) => both!(error_too_large_title, error_too_large_text),
        (_, AppError::NotFound) => both!(error_not_found_title, error_not_found_text),
        (_, AppError::SignInRequired) => both!(error_sign_in_title, error_sign_in_text),
        (_, AppError::Forbidden) => both!(error_forbidden_title, error_forbidden_text),
        (_, AppError::Expired) => both!(error_expired_title, error_expired_text),
        (_, AppError::Outdated) => both!(error_outdated_title, error_outdated_text),
        (_, AppError::TooManyRequests { .. }) => both!(error_too_many_title, error_too_many_text),
        (_, AppError::Internal { reference }) => (
            td_string!(reader.locale, shell.error_internal_title).to_owned(),
            td_string!(reader.locale, shell.error_internal_text, reference = reference.as_str()).to_string(),
        ),
        (_, AppError::Malformed | AppError::Invalid(_) | AppError::Conflict | AppError::Transport) => {
            both!(error_malformed_title, error_malformed_text)
        }
    }
}
