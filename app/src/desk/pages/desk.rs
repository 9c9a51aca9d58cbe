//! `/console/desk/{lang}/{id}`: the page of a desk, the same for all of them. It knows nobody's name and no desk: what
//! it is about stands in its address, and the program fetches the rest. So it may be kept on any phone.

use crate::{
    desk::{islands::desk::ReceptionDesk, paths},
    error::AppError,
    i18n::*,
    server::{Context, assets::Bundle, page::page},
    ui::{
        Reader,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for what is no desk's id.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((tag, id)): Path<(String, String)>,
) -> Result<Response, AppError> {
    paths::id_in(&paths::page(&tag, &id)).ok_or(AppError::NotFound)?;
    Ok(draw(&ctx, reader))
}

/// The page of any desk.
pub(crate) fn draw(ctx: &Context, reader: Reader) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, desk.title);
    let head = Head { reader, title: reader.plain(title), path: None, bundle: Some(Bundle::Desk), frame: Frame::Desk };
    let mut response = page(ctx, StatusCode::OK, head, move || {
        view! {
            <div class="desk">
                <noscript>
                    <p class="desk-closed">{reader.plain(td_string!(locale, desk.no_script))}</p>
                </noscript>
                <ReceptionDesk reader />
            </div>

        }
        .into_any()
    });
    // It reads tickets with the camera; no other page may.
    let policy = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
    response.headers_mut().insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(policy));
    response
}
