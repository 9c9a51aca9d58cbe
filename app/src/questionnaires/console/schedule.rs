//! `/console/questionnaires/{slug}/schedule`: the first and the last day on which answers are counted.

use super::{
    day_form::{TypedDay, fault_words},
    list::state_chip,
    parts::{Home, path, title},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        catalogue,
        schedule::{self, Days},
    },
    server::Context,
    ui::{Button, DateFields, Field, Reader, Tone},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use form::Day;
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

const OPENS: [&str; 3] = ["opens-year", "opens-month", "opens-day"];
const CLOSES: [&str; 3] = ["closes-year", "closes-month", "closes-day"];

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ScheduleQuery {
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
    Query(query): Query<ScheduleQuery>,
) -> Result<Response, AppError> {
    let days = catalogue::find_by_slug(&ctx, &slug).await?.schedule.days;
    let typed = [TypedDay::of(days.opens_on()), TypedDay::of(days.closes_on())];
    let is_saved = query.done == "saved";
    draw(&ctx, &organizer, reader, StatusCode::OK, &slug, typed, Problems::default(), is_saved).await
}

/// Sets the days, and leads back; 422 with what was typed where it cannot be.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for what is no form.
pub async fn save(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<HashMap<String, String>>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let typed = [TypedDay::of_form(&form, OPENS), TypedDay::of_form(&form, CLOSES)];
    let mut problems = Problems::default();
    let mut read = |id: &'static str, typed: &TypedDay| -> Option<Day> {
        typed.read().unwrap_or_else(|fault| {
            problems.add(id, fault_words(reader, fault));
            None
        })
    };
    let (opens_on, closes_on) = (read("opens", &typed[0]), read("closes", &typed[1]));
    match Days::new(opens_on, closes_on) {
        Ok(days) if problems.is_empty() => {
            schedule::set_days(&ctx, &organizer, &slug, days).await?;
            return Ok(Redirect::to(&path(&slug, "/schedule?done=saved")).into_response());
        }
        Ok(_) => {}
        Err(_) => problems.add("closes", td_string!(reader.locale, answers.schedule_reversed)),
    }
    draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, &slug, typed, problems, false).await
}

#[allow(clippy::too_many_arguments, reason = "what a form's page is made of")]
async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    slug: &str,
    typed: [TypedDay; 2],
    problems: Problems,
    is_saved: bool,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let saved = is_saved.then(|| (Tone::Done, td_string!(locale, answers.schedule_saved).to_owned()));
    let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.to_schedule))
        .problems(problems.clone())
        .notice(saved);
    Ok(screen(ctx, organizer, reader, status, about, move || {
        let [opens, closes] = typed;
        let opens_field = Field::new("opens", td_string!(locale, answers.schedule_opens))
            .hint(td_string!(locale, answers.schedule_opens_hint))
            .error(problems.of("opens"));
        let closes_field = Field::new("closes", td_string!(locale, answers.schedule_closes))
            .hint(td_string!(locale, answers.schedule_closes_hint))
            .error(problems.of("closes"));
        // The switch is turned on the page of the questionnaire.
        let is_off = (!questionnaire.schedule.is_on).then(|| {
            let words = reader.rich(td_string!(locale, answers.schedule_off));
            view! { <p inner_html=words></p> }
        });
        let slug = questionnaire.slug.clone();
        let action = path(&slug, "/schedule");
        view! {
            <Home reader slug title=Some(title(reader, &questionnaire)) />
            <p>{state_chip(reader, questionnaire.standing)}</p>
            {is_off}
            <p inner_html=reader.rich(td_string!(locale, answers.schedule_text))></p>
            <form class="answers-form" method="post" action=action novalidate>
                <DateFields reader field=opens_field names=OPENS values=opens.0 />
                <DateFields reader field=closes_field names=CLOSES values=closes.0 />
                <Button reader label=td_string!(locale, answers.schedule_save) />
            </form>
        }
        .into_any()
    }))
}
