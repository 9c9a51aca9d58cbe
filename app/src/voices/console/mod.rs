//! `/console/voices`: the desk of the members. The server draws an empty page; everything on it is opened in the browser.

use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    i18n::*,
    server::{Context, assets::Bundle},
    ui::Reader,
    voices::islands::members::MembersDesk,
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The page.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Response {
    let locale = reader.locale;
    let head = Screen::new(Section::Voices, td_string!(locale, members.title)).with_bundle(Bundle::Members);
    screen(&ctx, &organizer, reader, StatusCode::OK, head, move || {
        view! {
            <noscript>
                <p>{reader.plain(td_string!(locale, members.no_script))}</p>
            </noscript>
            <MembersDesk reader />
        }
        .into_any()
    })
}
