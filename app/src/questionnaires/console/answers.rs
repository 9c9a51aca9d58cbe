//! `/console/questionnaires/{slug}/answers`: the answers as a table, page by page, and the forms that filter and
//! download them. A GET leaves out own words and the most sensitive questions; everything is a coordinator's POST
//! with a reason, and the answer to it is the page or the file itself, so that no address leads there again.

use super::{
    answers_body::{Body, Shown},
    download,
    filter_form::Offered,
    wanted::Wanted,
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        catalogue,
        export::{Format, Rows},
        scope::{Reason, ReasonFault, Scope, Use},
        service,
    },
    server::Context,
    ui::Reader,
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// Rows of a page.
const ROWS: u32 = 50;

/// The page without what is sensitive.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for a filter that cannot be.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    let shown = Shown { scope: Scope::ordinary(&organizer), reason: String::new(), problems: Problems::default() };
    draw(&ctx, &organizer, reader, StatusCode::OK, &slug, wanted, shown).await
}

/// What the form for everything sends. It has no `Debug`: reasons are for the audit log alone.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct EverythingForm {
    #[serde(rename = "as")]
    form: String,
    reason: String,
    #[serde(flatten)]
    wanted: Wanted,
}

/// Everything, on the screen or as a file.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants; otherwise as [`show`].
pub async fn show_everything(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<EverythingForm>, FormRejection>,
) -> Result<Response, AppError> {
    let sensitive = organizer.sensitive_reader()?;
    let Form(EverythingForm { form, reason, wanted }) = form.map_err(|_| AppError::Malformed)?;
    let what = match form.as_str() {
        "screen" => None,
        "csv" => Some(Format::Csv),
        "json" => Some(Format::Json),
        "xlsx" => Some(Format::Xlsx),
        _ => return Err(AppError::Malformed),
    };
    // Nothing is noted of what cannot be done anyhow.
    catalogue::find_by_slug(&ctx, &slug).await?;
    wanted.filter()?;
    let parsed = match Reason::parse(&reason) {
        Ok(parsed) => parsed,
        Err(fault) => {
            let mut problems = Problems::default();
            problems.add("reason", reason_words(reader, fault));
            let shown = Shown { scope: Scope::ordinary(&organizer), reason, problems };
            return draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, &slug, wanted, shown).await;
        }
    };
    let done = if what.is_some() { Use::Exported } else { Use::Read };
    let scope = Scope::everything(&ctx, &sensitive, &parsed, done, &slug).await?;
    match what {
        Some(format) => download::everything(&ctx, &slug, format, &wanted, scope).await,
        None => {
            let shown = Shown { scope, reason: parsed.as_str().to_owned(), problems: Problems::default() };
            draw(&ctx, &organizer, reader, StatusCode::OK, &slug, wanted, shown).await
        }
    }
}

/// What is wrong with a reason.
pub fn reason_words(reader: Reader, fault: ReasonFault) -> &'static str {
    match fault {
        ReasonFault::TooShort => td_string!(reader.locale, answers.reason_missing),
        ReasonFault::TooLong => td_string!(reader.locale, answers.reason_too_long),
    }
}

async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    slug: &str,
    wanted: Wanted,
    shown: Shown,
) -> Result<Response, AppError> {
    let overview = service::overview(ctx, organizer, slug).await?;
    let questionnaire = overview.summary.questionnaire;
    let rows = Rows::of(ctx, &questionnaire, wanted.filter()?, shown.scope).await?;
    let offered = Offered {
        versions: rows.editions().iter().map(|edition| edition.definition().version.clone()).collect(),
        languages: overview.by_language.into_iter().map(|(tag, _)| tag).collect(),
        channels: service::channels(ctx, organizer, &questionnaire).await?.into_iter().map(|(code, _)| code).collect(),
    };
    let page = rows.page(wanted.page(), ROWS).await?;
    let about = Screen::new(Section::Questionnaires, td_string!(reader.locale, answers.answers_title))
        .problems(shown.problems.clone());
    let is_coordinator = organizer.is_coordinator();
    let body = Body { reader, questionnaire, wanted, shown, is_coordinator, offered };
    Ok(screen(ctx, organizer, reader, status, about, move || body.draw(page).into_any()))
}
