//! `/console/account`: one's own sign-in: where one is signed in, another passphrase, the second factor, out everywhere.

use super::{Screen, Section, screen, second_factor};
use crate::{
    auth::{
        Organizer, Role,
        pages::{
            passphrase_fields::{self, NewPassphraseFields, PresentPassphrase},
            problems::Problems,
        },
        server::service::{self, Change, second_factors},
        types::Passphrase,
    },
    error::AppError,
    i18n::*,
    server::Context,
    ui::{Button, ButtonLink, Reader, Shown, SummaryList, SummaryRow, Tone, Weight},
};
use axum::{
    extract::{Form, Query, State, rejection::FormRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountQuery {
    /// What has just been done: `passphrase`, or `second-factor` that is off now.
    done: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    passphrase: Passphrase,
    new_passphrase: Passphrase,
    new_passphrase_again: Passphrase,
}

/// The page.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Query(query): Query<AccountQuery>,
) -> Result<Response, AppError> {
    let done = match query.done.as_str() {
        "passphrase" => Some(td_string!(reader.locale, console.changed)),
        "second-factor" => Some(td_string!(reader.locale, console.factor_removed)),
        _ => None,
    };
    let notice = done.map(|text| (Tone::Done, text.to_owned()));
    draw(&ctx, &organizer, reader, StatusCode::OK, notice, Problems::default()).await
}

/// Changes the passphrase.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form, [`AppError::Internal`] when the database fails.
pub async fn change(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    form: Result<Form<ChangeForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(ChangeForm { passphrase, new_passphrase, new_passphrase_again }) =
        form.map_err(|_| AppError::Malformed)?;
    let locale = reader.locale;
    let mut problems = Problems::default();
    if passphrase.is_empty() {
        problems.add("passphrase", td_string!(locale, auth.passphrase_missing));
    }
    let pair = (&new_passphrase, &new_passphrase_again);
    passphrase_fields::check(&mut problems, reader, pair, organizer.email(), organizer.name());
    if problems.is_empty() {
        match service::change_passphrase(&ctx, &organizer, &passphrase, &new_passphrase).await? {
            Change::Done => return Ok(Redirect::to("/console/account?done=passphrase").into_response()),
            Change::Wrong => problems.add("passphrase", td_string!(locale, console.present_wrong)),
            Change::Wait(seconds) => {
                let text = td_string!(locale, auth.wait, seconds = seconds).to_string();
                let notice = Some((Tone::Waiting, text));
                let status = StatusCode::TOO_MANY_REQUESTS;
                let mut response = draw(&ctx, &organizer, reader, status, notice, problems).await?;
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                return Ok(response);
            }
        }
    }
    draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, None, problems).await
}

async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    notice: Option<(Tone, String)>,
    problems: Problems,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let sessions = service::count_sessions(ctx, organizer).await?;
    let codes_left = second_factors::find_codes_left(ctx, organizer).await?;
    let row = |key: &str, value: Shown| SummaryRow { key: key.to_owned(), japanese: None, value, change: None };
    let rows = vec![
        row(td_string!(locale, console.account_name), Shown::Typed(organizer.name().to_owned())),
        row(td_string!(locale, console.account_email), Shown::Typed(organizer.email().to_owned())),
        row(
            td_string!(locale, console.account_role),
            Shown::Words(vec![role_word(reader, organizer.role()).to_owned()]),
        ),
        row(td_string!(locale, console.account_sessions), Shown::Typed(sessions.to_string())),
    ];
    let email = organizer.email().to_owned();
    let title = Screen::new(Section::Account, td_string!(locale, console.account_title))
        .problems(problems.clone())
        .notice(notice);
    Ok(screen(ctx, organizer, reader, status, title, move || {
        view! {
            <SummaryList reader rows />
            <section>
                <h2 inner_html=reader.rich(td_string!(locale, console.change_title))></h2>
                <p inner_html=reader.rich(td_string!(locale, console.change_hint))></p>
                <form method="post" action="/console/account" novalidate>
                    <PresentPassphrase reader email problems=problems.clone() />
                    <NewPassphraseFields reader problems />
                    <Button reader label=td_string!(locale, console.change_button) />
                </form>
            </section>
            {factor_section(reader, codes_left)}
            <section>
                <h2 inner_html=reader.rich(td_string!(locale, console.everywhere_title))></h2>
                <p inner_html=reader.rich(td_string!(locale, console.everywhere_hint))></p>
                <form method="post" action="/console/account/sign-out-everywhere">
                    <Button
                        reader
                        label=td_string!(locale, console.everywhere_title)
                        weight=Weight::Grave
                    />
                </form>
            </section>
        }
        .into_any()
    }))
}

/// Whether there is a second factor, and the way to it.
fn factor_section(reader: Reader, codes_left: Option<u64>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let (text, label) = match codes_left {
        Some(left) => {
            let on = td_string!(locale, console.factor_on, count = left).to_string();
            (on, td_string!(locale, console.factor_manage))
        }
        None => (td_string!(locale, console.factor_about).to_owned(), td_string!(locale, console.factor_set_up)),
    };
    view! {
        <section>
            <h2 inner_html=reader.rich(td_string!(locale, console.factor_title))></h2>
            <p inner_html=reader.rich(&text)></p>
            <p>
                <ButtonLink reader href=second_factor::PATH label weight=Weight::Quiet />
            </p>
        </section>
    }
}

/// A role in a word.
pub(super) fn role_word(reader: Reader, role: Role) -> &'static str {
    match role {
        Role::Coordinator => td_string!(reader.locale, auth.role_coordinator),
        Role::Assistant => td_string!(reader.locale, auth.role_assistant),
    }
}
