//! `/console/sign-in`: mail address and passphrase.

use super::{after, enter, problems::Problems};
use crate::{
    auth::{
        Organizer,
        server::{
            cookies,
            service::{self, Attempt, SignIn},
        },
        types::Passphrase,
    },
    error::AppError,
    i18n::*,
    server::{Context, page::page},
    ui::{
        Button, ErrorSummary, Field, Notice, Reader, TextField, Tone,
        errors::error_prefix,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Form, Query, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInQuery {
    /// The page that was asked for.
    to: String,
    /// What has just been done: `out` or `everywhere`; `late` if the code came too late.
    done: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    email: String,
    passphrase: Passphrase,
    to: String,
}

/// What the page shows besides its fields.
enum Showing {
    /// Nothing was tried, or something else has just been done.
    Fresh(Option<(Tone, &'static str)>),
    /// What was typed does not hold.
    Refused(Problems),
    /// Seconds until another try.
    Wait(u32),
}

/// The page.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    headers: HeaderMap,
    Query(query): Query<SignInQuery>,
) -> Result<Response, AppError> {
    match Organizer::of_headers(&ctx, &headers).await {
        Ok(_) => return Ok(Redirect::to(after(&query.to)).into_response()),
        Err(AppError::SignInRequired) => {}
        Err(error) => return Err(error),
    }
    let done = match query.done.as_str() {
        "out" => Some(td_string!(reader.locale, auth.signed_out)),
        "everywhere" => Some(td_string!(reader.locale, auth.signed_out_everywhere)),
        "late" => Some(td_string!(reader.locale, auth.code_late)),
        _ => None,
    };
    let tone = if query.done == "late" { Tone::Waiting } else { Tone::Done };
    Ok(draw(&ctx, reader, StatusCode::OK, String::new(), query.to, Showing::Fresh(done.map(|text| (tone, text)))))
}

/// Tries to sign in.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form, [`AppError::Internal`] when the database fails.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    headers: HeaderMap,
    form: Result<Form<SignInForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(SignInForm { email, passphrase, to }) = form.map_err(|_| AppError::Malformed)?;
    let locale = reader.locale;
    let mut problems = Problems::default();
    if email.trim().is_empty() {
        problems.add("email", td_string!(locale, auth.email_missing));
    }
    if passphrase.is_empty() {
        problems.add("passphrase", td_string!(locale, auth.passphrase_missing));
    }
    if !problems.is_empty() {
        return Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, email, to, Showing::Refused(problems)));
    }
    let account = service::account_key(&ctx, &email);
    let attempt = Attempt {
        email: &email,
        passphrase: &passphrase,
        device: cookies::known_device(&ctx, &headers, &account),
        replaces: cookies::session(&ctx, &headers),
    };
    match service::sign_in(&ctx, attempt).await? {
        SignIn::Entered(entered) => Ok(enter(&ctx, &headers, &entered, &to)),
        SignIn::Wrong => {
            problems.add("email", td_string!(locale, auth.sign_in_wrong));
            Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, email, to, Showing::Refused(problems)))
        }
        SignIn::Wait(seconds) => {
            let state = Showing::Wait(seconds);
            let mut response = draw(&ctx, reader, StatusCode::TOO_MANY_REQUESTS, email, to, state);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
    }
}

fn draw(ctx: &Context, reader: Reader, status: StatusCode, email: String, to: String, state: Showing) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, auth.sign_in_title);
    let (notice, problems) = match state {
        Showing::Fresh(done) => (done.map(|(tone, text)| (tone, text.to_owned())), Problems::default()),
        Showing::Refused(problems) => (None, problems),
        Showing::Wait(seconds) => {
            let text = td_string!(locale, auth.wait, seconds = seconds).to_string();
            (Some((Tone::Waiting, text)), Problems::default())
        }
    };
    let prefix = if status.is_client_error() { error_prefix(reader) } else { String::new() };
    let title_text = [prefix.as_str(), &reader.plain(title)].concat();
    let head = Head { reader, title: title_text, path: None, bundle: None, frame: Frame::Console };
    page(ctx, status, head, move || {
        let email_field = Field::new("email", td_string!(locale, auth.email)).error(problems.of("email"));
        let passphrase_field =
            Field::new("passphrase", td_string!(locale, auth.passphrase)).error(problems.of("passphrase"));
        view! {
            {(!problems.is_empty()).then(|| view! { <ErrorSummary reader errors=problems.summary() /> })}
            {notice
                .map(|(tone, text)| {
                    view! {
                        <Notice tone>
                            <p role="status" inner_html=reader.rich(&text)></p>
                        </Notice>
                    }
                })}
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, auth.sign_in_lead))></p>
            <form method="post" action="/console/sign-in" novalidate>
                <input type="hidden" name="to" value=to />
                <TextField
                    reader
                    field=email_field
                    name="email"
                    value=email
                    kind="email"
                    inputmode="email"
                    autocomplete="username"
                />
                <TextField
                    reader
                    field=passphrase_field
                    name="passphrase"
                    kind="password"
                    autocomplete="current-password"
                />
                <Button reader label=td_string!(locale, auth.sign_in_button) />
            </form>
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, auth.forgotten))></p>
        }
        .into_any()
    })
}
