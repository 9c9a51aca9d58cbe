//! `/console/voices`: the desk of the members. The server draws an empty page; everything on it is opened in the browser.
//! Who came without a second factor is told how to come with one.

use crate::{
    auth::{Organizer, server::service::second_factors},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    server::{Context, assets::Bundle},
    ui::{ButtonLink, Reader, Weight},
    voices::{islands::members::MembersDesk, paths, server::members},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let locale = reader.locale;
    let head = Screen::new(Section::Voices, td_string!(locale, members.title));
    if !members::is_let_in(&ctx, &organizer).await? {
        let has_one = second_factors::find_codes_left(&ctx, &organizer).await?.is_some();
        return Ok(screen(&ctx, &organizer, reader, StatusCode::OK, head, move || without_factor(reader, has_one)));
    }
    let head = head.with_bundle(Bundle::Members);
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, head, move || {
        view! {
            <noscript>
                <p>{reader.plain(td_string!(locale, members.no_script))}</p>
            </noscript>
            <MembersDesk reader />
            <p class="c-actions">
                <ButtonLink reader weight=Weight::Quiet href=paths::PUBLISHED label=td_string!(locale, console.published_title) />
            </p>
        }
        .into_any()
    }))
}

/// Why there is no desk here, and what to do about it. Who turned it on in another browser signs in anew here.
fn without_factor(reader: Reader, has_one: bool) -> AnyView {
    let locale = reader.locale;
    let how = if has_one {
        td_string!(locale, console.voices_sign_in_anew)
    } else {
        td_string!(locale, console.voices_set_up)
    };
    view! {
        <section id="without-factor">
            <p inner_html=reader.rich(td_string!(locale, console.voices_need_factor))></p>
            <p inner_html=reader.rich(how)></p>
            <p>
                <ButtonLink reader href="/console/account" label=td_string!(locale, console.voices_to_account) />
            </p>
        </section>
    }
    .into_any()
}
