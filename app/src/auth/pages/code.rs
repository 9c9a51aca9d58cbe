//! `/console/sign-in/code`: the second step of signing in, for who has a second factor.

use super::{after, enter, problems::Problems};
use crate::{
    auth::{
        second_factor::Typed,
        server::{
            cookies,
            guard::in_address,
            half_open::HalfOpen,
            service::{self, Entered, SecondStep},
        },
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

/// Its address.
pub(super) const PATH: &str = "/console/sign-in/code";

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CodeQuery {
    /// The page that was asked for.
    to: String,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
    to: String,
}

/// The page. Who has not typed the passphrase is led to it.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    headers: HeaderMap,
    Query(query): Query<CodeQuery>,
) -> Response {
    match HalfOpen::of(&ctx, &headers) {
        Some(_) => draw(&ctx, reader, StatusCode::OK, query.to, Problems::default(), None),
        None => Redirect::to(after(&query.to)).into_response(),
    }
}

/// Tries a code.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form, [`AppError::Internal`] when the database fails.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    headers: HeaderMap,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(CodeForm { code, to }) = form.map_err(|_| AppError::Malformed)?;
    let Some(half) = HalfOpen::of(&ctx, &headers) else { return Ok(late(&ctx, &to)) };
    let mut problems = Problems::default();
    let Some(typed) = Typed::parse(&code) else {
        problems.add("code", td_string!(reader.locale, auth.code_malformed));
        return Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, to, problems, None));
    };
    let device = cookies::known_device(&ctx, &headers, half.account());
    let replaces = cookies::session(&ctx, &headers);
    match service::sign_in_by_code(&ctx, &half, &typed, device, replaces).await? {
        SecondStep::Started(started) => {
            let mut response = enter(&ctx, &headers, &Entered::Started(started), &to);
            cookies::put(response.headers_mut(), [cookies::end_half_open(&ctx)]);
            Ok(response)
        }
        SecondStep::Wrong => {
            problems.add("code", td_string!(reader.locale, auth.code_wrong));
            Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, to, problems, None))
        }
        SecondStep::Wait(seconds) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = draw(&ctx, reader, status, to, problems, Some(seconds));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        SecondStep::Over => Ok(late(&ctx, &to)),
    }
}

/// Back to the first step.
fn late(ctx: &Context, to: &str) -> Response {
    let to = ["/console/sign-in?done=late&to=", &in_address(after(to))].concat();
    let mut response = Redirect::to(&to).into_response();
    cookies::put(response.headers_mut(), [cookies::end_half_open(ctx)]);
    response
}

/// The form, always empty: a code that was wrong is of no use any more.
fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    to: String,
    problems: Problems,
    wait: Option<u32>,
) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, auth.code_title);
    let prefix = if status.is_client_error() { error_prefix(reader) } else { String::new() };
    let title_text = [prefix.as_str(), &reader.plain(title)].concat();
    let head = Head { reader, title: title_text, path: None, bundle: None, frame: Frame::Console };
    page(ctx, status, head, move || {
        let field = Field::new("code", td_string!(locale, auth.code))
            .hint(td_string!(locale, auth.code_hint))
            .error(problems.of("code"));
        let wait = wait.map(|seconds| td_string!(locale, auth.wait, seconds = seconds).to_string());
        view! {
            {(!problems.is_empty()).then(|| view! { <ErrorSummary reader errors=problems.summary() /> })}
            {wait
                .map(|text| {
                    view! {
                        <Notice tone=Tone::Waiting>
                            <p role="status" inner_html=reader.rich(&text)></p>
                        </Notice>
                    }
                })}
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, auth.code_lead))></p>
            <form method="post" action=PATH novalidate>
                <input type="hidden" name="to" value=to />
                <TextField reader field name="code" autocomplete="one-time-code" />
                <Button reader label=td_string!(locale, auth.sign_in_button) />
            </form>
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, auth.code_lost))></p>
            <p>
                <a href="/console/sign-in" inner_html=reader.rich(td_string!(locale, auth.code_begin_again))></a>
            </p>
        }
        .into_any()
    })
}
