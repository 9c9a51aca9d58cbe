//! `/console/questionnaires/{slug}/answers/{key}`: one person's answers, question by question. As with the table, a
//! GET leaves out own words and the most sensitive questions; everything is a coordinator's POST with a reason, and
//! the answer to it is the page itself.
//!
//! The audit row of that names the questionnaire and the reason, not the key: it outlives what somebody may have asked
//! to delete, and nothing that lasts may lead to one person's answers.

use super::{
    answer_body::{Body, Shown},
    answers::reason_words,
    wanted::Wanted,
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        answer_key::AnswerKey,
        catalogue::{self, Questionnaire},
        export::{Columns, Include, One, Rows},
        scope::{Reason, Scope, Use},
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

/// The page without what is sensitive.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire or key, [`AppError::Malformed`] for a filter that cannot be.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(of): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    let shown = Shown { scope: Scope::ordinary(&organizer), reason: String::new(), problems: Problems::default() };
    draw(&ctx, &organizer, reader, StatusCode::OK, &of, wanted, shown).await
}

/// What the form for everything sends. It has no `Debug`: reasons are for the audit log alone.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct EverythingForm {
    reason: String,
    #[serde(flatten)]
    wanted: Wanted,
}

/// Everything.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants; otherwise as [`show`].
pub async fn show_everything(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(of): Path<(String, String)>,
    form: Result<Form<EverythingForm>, FormRejection>,
) -> Result<Response, AppError> {
    let sensitive = organizer.sensitive_reader()?;
    let Form(EverythingForm { reason, wanted }) = form.map_err(|_| AppError::Malformed)?;
    // Nothing is noted of what cannot be done anyhow.
    find(&ctx, &of, &wanted, Scope::ordinary(&organizer)).await?;
    let parsed = match Reason::parse(&reason) {
        Ok(parsed) => parsed,
        Err(fault) => {
            let mut problems = Problems::default();
            problems.add("reason", reason_words(reader, fault));
            let shown = Shown { scope: Scope::ordinary(&organizer), reason, problems };
            return draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, &of, wanted, shown).await;
        }
    };
    let scope = Scope::everything(&ctx, &sensitive, &parsed, Use::Read, &of.0).await?;
    let shown = Shown { scope, reason: parsed.as_str().to_owned(), problems: Problems::default() };
    draw(&ctx, &organizer, reader, StatusCode::OK, &of, wanted, shown).await
}

/// The answers, and the questions of the edition that was answered, as far as they may be seen: what one edition calls
/// grave stays out in all.
async fn find(
    ctx: &Context,
    (slug, key): &(String, String),
    wanted: &Wanted,
    scope: Scope,
) -> Result<(Questionnaire, Columns, One), AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let key = AnswerKey::parse(key).ok_or(AppError::NotFound)?;
    let rows = Rows::of(ctx, &questionnaire, wanted.filter()?, scope).await?;
    let one = rows.one(&key).await?;
    let columns = Columns::of(std::slice::from_ref(&one.edition), Include::Everything).also_in(rows.columns());
    Ok((questionnaire, columns, one))
}

async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    of: &(String, String),
    wanted: Wanted,
    shown: Shown,
) -> Result<Response, AppError> {
    let (questionnaire, columns, one) = find(ctx, of, &wanted, shown.scope).await?;
    let about = Screen::new(Section::Questionnaires, td_string!(reader.locale, answers.answer_title))
        .problems(shown.problems.clone());
    let is_coordinator = organizer.is_coordinator();
    let body = Body { reader, questionnaire, key: of.1.clone(), wanted, shown, is_coordinator, columns };
    Ok(screen(ctx, organizer, reader, status, about, move || body.draw(one).into_any()))
}
