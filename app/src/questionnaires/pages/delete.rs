//! Delete my answers: a person types the code they kept, is asked once more, and the answers are gone. The code travels
//! in posts alone; no address holds it.

use super::{
    go, help,
    post::{Post, reading_cookie},
    set_cookies,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        components::FORM_ID,
        paths,
        server::{
            catalogue,
            deletion::{self, Code, CodeFault, Found},
            draft::{self, Draft},
            effort::{self, Client},
        },
    },
    server::{Context, page::page},
    ui::{
        Button, ButtonLink, ErrorSummary, Field, Reader, TextField, Weight,
        dates::long_day,
        errors::error_prefix,
        shell::{Frame, Head},
    },
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use form::Day;
use leptos::prelude::*;

/// What stands on the page.
enum Step {
    /// The field for the code, with what was typed and what is wrong with it.
    Ask { typed: String, problem: Option<String> },
    /// The question whether it shall be.
    Confirm { code: String },
    /// Why it can no longer be.
    TooLate { code: String, through: Day },
}

/// The page with the field.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    catalogue::find_by_slug(&ctx, &slug).await?;
    let step = Step::Ask { typed: String::new(), problem: None };
    Ok(draw(&ctx, reader, StatusCode::OK, slug, step))
}

/// Looks for the code, asks once more, deletes. A language button shows the same page in the other language, with what
/// was typed.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn press(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    client: Client,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let post = Post::new(pairs);
    let typed = post.get("code").unwrap_or_default().to_owned();
    if let Some(switched) = post.switch(reader) {
        let step = match post.get("step") {
            Some("confirm") => Step::Confirm { code: typed },
            _ => Step::Ask { typed, problem: None },
        };
        let mut response = draw(&ctx, switched, StatusCode::OK, slug, step);
        set_cookies(response.headers_mut(), [reading_cookie(&ctx, switched)]);
        return Ok(response);
    }
    let refuse = |status, problem: String| {
        let step = Step::Ask { typed: typed.clone(), problem: Some(problem) };
        draw(&ctx, reader, status, slug.clone(), step)
    };
    let locale = reader.locale;
    let code = match Code::parse(&typed) {
        Ok(code) => code,
        Err(fault) => {
            let words = match fault {
                CodeFault::Missing => td_string!(locale, questionnaires.problem_code_missing),
                CodeFault::Misspelled => td_string!(locale, questionnaires.problem_code_misspelled),
            };
            return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, words.to_owned()));
        }
    };
    match effort::admit_try(&ctx, client).await {
        Err(AppError::TooManyRequests { retry_after }) => {
            let words = td_string!(locale, questionnaires.delete_wait, seconds = retry_after).to_string();
            let mut response = refuse(StatusCode::TOO_MANY_REQUESTS, words);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            return Ok(response);
        }
        admitted => admitted?,
    }
    let found = match post.get("go") {
        Some("delete") => deletion::delete(&ctx, &questionnaire, &code).await?,
        _ => deletion::find(&ctx, &questionnaire, &code).await?,
    };
    Ok(match found {
        Found::Nothing => {
            let words = td_string!(locale, questionnaires.problem_code_unknown).to_owned();
            refuse(StatusCode::UNPROCESSABLE_ENTITY, words)
        }
        Found::Deletable => draw(&ctx, reader, StatusCode::OK, slug, Step::Confirm { code: typed }),
        Found::InResults { through } => {
            draw(&ctx, reader, StatusCode::CONFLICT, slug, Step::TooLate { code: typed, through })
        }
        Found::Deleted => {
            // The browser may still show this code as that of answers which have arrived.
            let sent = Draft::of_questionnaire(&ctx, &headers, &slug).and_then(|draft| draft.sent);
            let is_own = sent.is_some_and(|sent| Code::parse(&sent.code).is_ok_and(|own| own == code));
            go(&paths::deleted(reader, &slug), is_own.then(|| draft::forget(&ctx)))
        }
    })
}

/// After deleting: what is gone, and what is left for a while.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn deleted(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    catalogue::find_by_slug(&ctx, &slug).await?;
    let title = td_string!(reader.locale, questionnaires.deleted_title);
    let path = ["/questionnaires/", &slug, "/deleted"].concat();
    let head = Head { reader, title: reader.plain(title), path: Some(path), bundle: None, frame: Frame::Discreet };
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, questionnaires.deleted_text))></p>
            <p inner_html=reader.rich(td_string!(locale, questionnaires.deleted_mark))></p>
            <div class="c-actions">
                <ButtonLink reader href=reader.href("") label=td_string!(locale, questionnaires.to_home) />
            </div>
            <div class="c-aid" inner_html=help::html(reader)></div>
        }
        .into_any()
    }))
}

fn draw(ctx: &Context, reader: Reader, status: StatusCode, slug: String, step: Step) -> Response {
    let locale = reader.locale;
    let (title, is_refused) = match &step {
        Step::Ask { problem, .. } => (td_string!(locale, questionnaires.delete_title), problem.is_some()),
        Step::Confirm { .. } => (td_string!(locale, questionnaires.delete_confirm_title), false),
        Step::TooLate { .. } => (td_string!(locale, questionnaires.delete_too_late_title), false),
    };
    let mut whole = if is_refused { error_prefix(reader) } else { String::new() };
    whole.push_str(&reader.plain(title));
    let path = ["/questionnaires/", &slug, "/delete"].concat();
    let head = Head { reader, title: whole, path: Some(path), bundle: None, frame: Frame::Worker };
    page(ctx, status, head, move || {
        let action = paths::delete(reader, &slug);
        let body = match step {
            Step::Ask { typed, problem } => ask(reader, title, typed, problem).into_any(),
            Step::Confirm { code } => confirm(reader, title, &slug, code).into_any(),
            Step::TooLate { code, through } => too_late(reader, title, &slug, code, through).into_any(),
        };
        view! {
            // The languages of the frame are buttons of this form: what was typed goes along.
            <form id=FORM_ID method="post" action=action autocomplete="off" novalidate>
                {body}
            </form>
        }
        .into_any()
    })
}

fn ask(reader: Reader, title: &'static str, typed: String, problem: Option<String>) -> impl IntoView {
    let locale = reader.locale;
    let errors = problem.clone().map(|words| vec![("#code".to_owned(), words)]);
    let field = Field::new("code", td_string!(locale, questionnaires.sent_code_label))
        .hint(td_string!(locale, questionnaires.delete_code_hint))
        .error(problem);
    view! {
        {errors.map(|errors| view! { <ErrorSummary reader errors /> })}
        <h1 inner_html=reader.rich(title)></h1>
        <p inner_html=reader.rich(td_string!(locale, questionnaires.delete_text))></p>
        <p inner_html=reader.rich(td_string!(locale, questionnaires.delete_until))></p>
        <TextField reader field name="code" value=typed />
        <div class="c-actions">
            <Button reader label=td_string!(locale, questionnaires.next) name="go" value="next" />
        </div>
    }
}

fn confirm(reader: Reader, title: &'static str, slug: &str, code: String) -> impl IntoView + use<> {
    let locale = reader.locale;
    let keep = paths::start(reader, slug);
    view! {
        <h1 inner_html=reader.rich(title)></h1>
        <p inner_html=reader.rich(td_string!(locale, questionnaires.delete_confirm_text))></p>
        <input type="hidden" name="step" value="confirm" />
        <input type="hidden" name="code" value=code />
        <div class="c-actions">
            <Button
                reader
                label=td_string!(locale, questionnaires.delete_title)
                weight=Weight::Grave
                name="go"
                value="delete"
            />
            <ButtonLink reader href=keep label=td_string!(locale, questionnaires.delete_cancel) weight=Weight::Quiet />
        </div>
    }
}

fn too_late(reader: Reader, title: &'static str, slug: &str, code: String, through: Day) -> impl IntoView + use<> {
    let locale = reader.locale;
    let text = td_string!(locale, questionnaires.delete_too_late_text, day = long_day(reader, through)).to_string();
    let back = paths::start(reader, slug);
    view! {
        <h1 inner_html=reader.rich(title)></h1>
        <p inner_html=reader.rich(&text)></p>
        <input type="hidden" name="code" value=code />
        <div class="c-actions">
            <ButtonLink reader href=back label=td_string!(locale, questionnaires.back) weight=Weight::Quiet />
        </div>
    }
}
