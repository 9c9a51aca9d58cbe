//! `/console/events/{slug}/display`: how many are where, in figures for a wall.

use super::parts::Numbers;
use crate::{
    auth::Organizer,
    error::AppError,
    events::{
        console::parts::home,
        server::{access, catalogue},
    },
    i18n::*,
    server::{Context, assets::Bundle, page::page},
    ui::{
        Reader,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// The page: no name of a guest is on it.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] if it is others' alone.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    access::of(&ctx, &organizer, &event).await?;
    let numbers = Numbers::read(&ctx, reader, &event).await?;
    let title = td_string!(reader.locale, desk.display_title);
    let head =
        Head { reader, title: reader.plain(title), path: None, bundle: Some(Bundle::Console), frame: Frame::Console };
    Ok(page(&ctx, StatusCode::OK, head, move || {
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            {home(reader, &event)}
            {numbers.draw(reader, true)}
        }
        .into_any()
    }))
}
