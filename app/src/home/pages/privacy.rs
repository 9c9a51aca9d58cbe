//! `/{lang}/privacy`: what is kept and what is not, in plain words. Whoever adds a cookie or a column adds it here.

use super::{head, list, passage};
use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page, request::READING_COOKIE},
    ui::{Reader, shell::Frame},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let head = head(reader, td_string!(reader.locale, home.privacy_title), "/privacy", Frame::Public);
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        // The words of the choice and of the buttons, as they stand on them.
        let own = td_string!(locale, home.privacy_before_own, own = td_string!(locale, offline.phone_own)).to_string();
        let ends = td_string!(
            locale,
            home.privacy_before_3,
            exit = td_string!(locale, shell.exit),
            delete_phone = td_string!(locale, offline.delete_phone),
            new_person = td_string!(locale, questionnaires.new_person)
        )
        .to_string();
        view! {
            <h1 inner_html=reader.rich(td_string!(locale, home.privacy_heading))></h1>
            {passage(
                reader,
                td_string!(locale, home.privacy_before),
                &[
                    td_string!(locale, home.privacy_before_1),
                    td_string!(locale, home.privacy_before_steps),
                    &own,
                    td_string!(locale, home.privacy_before_2),
                    td_string!(locale, home.privacy_before_idle),
                    td_string!(locale, home.privacy_before_script),
                    td_string!(locale, home.privacy_before_waiting),
                    &ends,
                ],
            )}
            {passage(
                reader,
                td_string!(locale, home.privacy_after),
                &[
                    td_string!(locale, home.privacy_after_1),
                    td_string!(locale, home.privacy_after_2),
                    td_string!(locale, home.privacy_after_3),
                    td_string!(locale, home.privacy_after_4),
                    td_string!(locale, home.privacy_after_5),
                ],
            )}
            {passage(
                reader,
                td_string!(locale, home.privacy_guests),
                &[
                    td_string!(locale, home.privacy_guests_1),
                    td_string!(locale, home.privacy_guests_2),
                    td_string!(locale, home.privacy_guests_3),
                ],
            )}
            {passage(
                reader,
                td_string!(locale, home.privacy_voices),
                &[
                    td_string!(locale, home.privacy_voices_1),
                    td_string!(locale, home.privacy_voices_2),
                    td_string!(locale, home.privacy_voices_4),
                    td_string!(locale, home.privacy_voices_3),
                    td_string!(locale, home.privacy_voices_5),
                ],
            )}
            {list(
                reader,
                td_string!(locale, home.privacy_never),
                &[
                    td_string!(locale, home.privacy_never_1),
                    td_string!(locale, home.privacy_never_2),
                    td_string!(locale, home.privacy_never_3),
                    td_string!(locale, home.privacy_never_4),
                ],
            )}
            {cookies(reader)}
            {passage(
                reader,
                td_string!(locale, home.privacy_seen),
                &[td_string!(locale, home.privacy_seen_1), td_string!(locale, home.privacy_seen_2)],
            )}
        }
        .into_any()
    }))
}

/// All cookies of the site. On https addresses the names of the last five begin with `__Host-`.
fn cookies(reader: Reader) -> impl IntoView {
    let locale = reader.locale;
    let rows = [
        (
            READING_COOKIE,
            td_string!(locale, home.privacy_cookie_reading),
            td_string!(locale, home.privacy_cookie_reading_time),
        ),
        ("draft", td_string!(locale, home.privacy_cookie_draft), td_string!(locale, home.privacy_cookie_draft_time)),
        (
            "session",
            td_string!(locale, home.privacy_cookie_session),
            td_string!(locale, home.privacy_cookie_session_time),
        ),
        (
            "half-open",
            td_string!(locale, home.privacy_cookie_half_open),
            td_string!(locale, home.privacy_cookie_half_open_time),
        ),
        ("visit", td_string!(locale, home.privacy_cookie_visit), td_string!(locale, home.privacy_cookie_visit_time)),
        ("device", td_string!(locale, home.privacy_cookie_device), td_string!(locale, home.privacy_cookie_device_time)),
    ]
    .map(|(name, what, how_long)| {
        view! {
            <div class="home-lines__row">
                <dt class="home-lines__language" translate="no">{name}</dt>
                <dd class="home-lines__call">
                    <span inner_html=reader.rich(what)></span>
                    <span class="home-lines__days" inner_html=reader.rich(how_long)></span>
                </dd>
            </div>
        }
    });
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, home.privacy_cookies))></h2>
            <dl class="home-lines">{rows.into_iter().collect_view()}</dl>
            <p inner_html=reader.rich(td_string!(locale, home.privacy_others))></p>
        </section>
    }
}
