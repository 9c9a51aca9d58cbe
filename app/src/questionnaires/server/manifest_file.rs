//! `GET /{lang}/questionnaires/{slug}/app.webmanifest`: what a browser needs to put a questionnaire on a home screen.
//! One for each language, so that what opens from there is in the person's own. Only the page `…/phone` names it.

use super::catalogue;
use crate::{error::AppError, questionnaires::paths, server::Context, ui::Reader};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// The paper of the design (`style/tokens.css`).
const PAPER: &str = "#fbf9f4";

/// The file, as the standard names its fields.
#[derive(Serialize)]
struct Manifest<'m> {
    id: &'m str,
    name: String,
    short_name: &'static str,
    lang: &'static str,
    start_url: &'m str,
    scope: &'m str,
    display: &'static str,
    background_color: &'static str,
    theme_color: &'static str,
    icons: [Icon; 3],
}

/// One picture of the mark (`server/src/files.rs`).
#[derive(Serialize)]
struct Icon {
    src: &'static str,
    sizes: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
}

impl Icon {
    const fn of(src: &'static str, sizes: &'static str, purpose: &'static str) -> Self {
        Self { src, sizes, kind: "image/png", purpose }
    }
}

/// Answers with the file. What is read discreetly stays in no cache, and so does this.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let start = paths::start(reader, &slug);
    let manifest = Manifest {
        id: &start,
        name: reader.plain(questionnaire.current.definition().title.get(reader.tag())),
        short_name: "Entaku",
        lang: reader.lang(),
        start_url: &start,
        scope: &start,
        display: "standalone",
        background_color: PAPER,
        theme_color: PAPER,
        icons: [
            Icon::of("/icon-192.png", "192x192", "any"),
            Icon::of("/icon-512.png", "512x512", "any"),
            Icon::of("/icon-maskable-512.png", "512x512", "maskable"),
        ],
    };
    let json = serde_json::to_string(&manifest).map_err(|_| AppError::NotFound)?;
    let facts = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-store")];
    Ok((facts, json).into_response())
}
