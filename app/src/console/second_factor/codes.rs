//! The recovery codes, shown once.

use super::{Answer, PATH};
use crate::{
    auth::second_factor::RecoveryCode,
    console::{Screen, Section, screen},
    i18n::*,
    ui::{ButtonLink, Tone, Weight},
};
use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

/// `done` says what led here.
pub(super) fn draw(answer: &Answer<'_>, codes: &[RecoveryCode], done: &str) -> Response {
    let Answer { ctx, organizer, reader } = *answer;
    let locale = reader.locale;
    let codes: Vec<_> = codes.iter().map(RecoveryCode::groups).collect();
    let title = Screen::new(Section::Account, td_string!(locale, console.factor_codes_title))
        .notice(Some((Tone::Done, done.to_owned())));
    screen(ctx, organizer, reader, StatusCode::OK, title, move || {
        let codes = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
        view! {
            <section>
                <p inner_html=reader.rich(td_string!(locale, console.factor_codes_text))></p>
                <ol class="c-console__codes" id="codes" translate="no">
                    {codes}
                </ol>
                <p>
                    <ButtonLink
                        reader
                        href=PATH
                        label=td_string!(locale, console.factor_codes_kept)
                        weight=Weight::Quiet
                    />
                </p>
            </section>
        }
        .into_any()
    })
}
