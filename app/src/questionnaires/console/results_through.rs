//! `/console/questionnaires/{slug}/results-through`: up to which day results are published. From then on the answers
//! of those days can no longer be deleted, and it cannot be taken back; so it is a coordinator's to say.

use super::{
    day_form::{TypedDay, fault_words},
    parts::{Home, path, title},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        catalogue,
        results::{self, Marked},
    },
    server::Context,
    ui::{Button, DateFields, Field, Reader, Tone, Weight, dates::long_day},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

const NAMES: [&str; 3] = ["through-year", "through-month", "through-day"];

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResultsQuery {
    /// What has just been done: `saved`.
    done: String,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(query): Query<ResultsQuery>,
) -> Result<Response, AppError> {
    let saved = (query.done == "saved").then(|| td_string!(reader.locale, answers.results_saved));
    draw(&ctx, &organizer, reader, StatusCode::OK, &slug, TypedDay::default(), Problems::default(), saved).await
}

/// Marks results as published, and leads back; 422 with what was typed where it cannot be.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::NotFound`] for an unknown questionnaire,
/// [`AppError::Malformed`] for what is no form.
pub async fn save(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<HashMap<String, String>>, FormRejection>,
) -> Result<Response, AppError> {
    organizer.require_coordinator()?;
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let locale = reader.locale;
    let typed = TypedDay::of_form(&form, NAMES);
    let problem = match typed.read() {
        Err(fault) => fault_words(reader, fault).to_owned(),
        Ok(None) => td_string!(locale, questionnaires.problem_incomplete_date).to_owned(),
        Ok(Some(through)) => match results::mark_published(&ctx, &organizer, &slug, through).await? {
            Marked::Done => return Ok(Redirect::to(&path(&slug, "/results-through?done=saved")).into_response()),
            Marked::NotOver => td_string!(locale, answers.results_not_over).to_owned(),
            Marked::NotForward(day) => {
                td_string!(locale, answers.results_not_forward, day = long_day(reader, day)).to_string()
            }
        },
    };
    let mut problems = Problems::default();
    problems.add("through", problem);
    draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, &slug, typed, problems, None).await
}

#[allow(clippy::too_many_arguments, reason = "what a form's page is made of")]
async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    slug: &str,
    typed: TypedDay,
    problems: Problems,
    saved: Option<&'static str>,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let is_coordinator = organizer.is_coordinator();
    let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.results_title))
        .problems(problems.clone())
        .notice(saved.map(|words| (Tone::Done, words.to_owned())));
    Ok(screen(ctx, organizer, reader, status, about, move || {
        let now = match questionnaire.results_through {
            Some(day) => td_string!(locale, answers.results_now, day = long_day(reader, day)).to_string(),
            None => td_string!(locale, answers.results_none).to_owned(),
        };
        let slug = questionnaire.slug.clone();
        let form = if is_coordinator {
            let field = Field::new("through", td_string!(locale, answers.results_label))
                .hint(td_string!(locale, answers.results_hint))
                .error(problems.of("through"));
            let action = path(&slug, "/results-through");
            view! {
                <form class="answers-form" method="post" action=action novalidate>
                    <DateFields reader field names=NAMES values=typed.0 />
                    <Button reader label=td_string!(locale, answers.results_save) weight=Weight::Grave />
                </form>
            }
            .into_any()
        } else {
            let words = reader.rich(td_string!(locale, answers.results_coordinators));
            view! { <p inner_html=words></p> }.into_any()
        };
        view! {
            <Home reader slug title=Some(title(reader, &questionnaire)) />
            <p inner_html=reader.rich(&now)></p>
            <p inner_html=reader.rich(td_string!(locale, answers.results_text))></p>
            {form}
        }
        .into_any()
    }))
}
