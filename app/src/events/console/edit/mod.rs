//! `/console/events/new` and `/console/events/{slug}/edit`: the form of an event.
//!
//! What stands in the form is one [`Typed`], whether it comes from the tables or from a browser: [`draw`] draws it,
//! [`parse`] reads it. So whatever is refused is drawn again as it was typed. A button *more rows* sends the form like
//! any other and gets it back with a row more.

mod draw;
mod labels;
mod moments;
mod parse;
mod questions;
mod rows;
mod speakers;
mod typed;

use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            access,
            catalogue::{self, Event},
            planning::{self, EventPlan, Fault},
        },
        standing,
    },
    i18n::*,
    server::Context,
    ui::{Reader, Tone},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
pub use parse::{TEXT_CHARS, TITLE_CHARS, fault_words};
use rows::Rows;
use serde::Deserialize;
use typed::Typed;

/// A form as a browser sends it: some names more than once.
type Pairs = Result<Form<Vec<(String, String)>>, FormRejection>;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditQuery {
    /// What has just been done: `copied`.
    done: String,
    /// The series that a new event belongs to.
    series: String,
}

/// An empty form.
///
/// # Errors
/// When the database fails.
pub async fn show_new(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Query(query): Query<EditQuery>,
) -> Result<Response, AppError> {
    let mut typed = Typed::new_event();
    typed.set("series", query.series);
    page(&ctx, &organizer, reader, StatusCode::OK, None, typed, Problems::default(), None).await
}

/// Makes a draft, and leads to it; 422 with what was typed where it cannot be.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form.
pub async fn create(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    form: Pairs,
) -> Result<Response, AppError> {
    let Form(pairs) = form.map_err(|_| AppError::Malformed)?;
    let mut typed = Typed::of_form(pairs);
    if typed.add_rows() {
        return page(&ctx, &organizer, reader, StatusCode::OK, None, typed, Problems::default(), None).await;
    }
    let (plan, mut problems) = read(&ctx, reader, &typed, None).await?;
    if problems.is_empty() {
        match planning::create(&ctx, Some(organizer.id()), &plan, standing::State::Draft).await? {
            Ok(_) => return Ok(Redirect::to(&paths::console(&plan.slug, "?done=created")).into_response()),
            Err(faults) => parse::add_faults(reader, &mut problems, &faults, &typed, None),
        }
    }
    page(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, None, typed, problems, None).await
}

/// The form of an event.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for a role that may not change it.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(query): Query<EditQuery>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    access::of(&ctx, &organizer, &event).await?.require_organizer()?;
    let notice =
        (query.done == "copied").then(|| (Tone::Done, td_string!(reader.locale, planning.done_copied).to_owned()));
    let typed = Typed::of_event(&event);
    page(&ctx, &organizer, reader, StatusCode::OK, Some(&event), typed, Problems::default(), notice).await
}

/// Changes an event, and leads to it; 422 with what was typed where it cannot be, or where somebody else changed it
/// since the form was drawn.
///
/// # Errors
/// As [`show`]; [`AppError::Malformed`] for what is no form.
pub async fn save(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Pairs,
) -> Result<Response, AppError> {
    let Form(pairs) = form.map_err(|_| AppError::Malformed)?;
    let event = catalogue::find_any(&ctx, &slug).await?;
    let access = access::of(&ctx, &organizer, &event).await?;
    access.require_organizer()?;
    let mut typed = Typed::of_form(pairs);
    if typed.add_rows() {
        return page(&ctx, &organizer, reader, StatusCode::OK, Some(&event), typed, Problems::default(), None).await;
    }
    // A form without this number was not drawn here.
    let seen = typed.get("seen").parse::<i64>().map_err(|_| AppError::Malformed)?;
    let (plan, mut problems) = read(&ctx, reader, &typed, Some(&event)).await?;
    if problems.is_empty() {
        let tell = typed.get("tell") == "yes";
        match planning::change_as_seen(&ctx, &access, &plan, tell, Some(seen)).await? {
            Ok(reached) => {
                let (mailed, to_call) = (reached.mailed.to_string(), reached.to_call.to_string());
                let untold = if reached.is_untold { "&untold=yes" } else { "" };
                let query = ["?done=saved&mailed=", &mailed, "&to_call=", &to_call, untold].concat();
                return Ok(Redirect::to(&paths::console(&slug, &query)).into_response());
            }
            Err(faults) => {
                parse::add_faults(reader, &mut problems, &faults, &typed, Some(&event));
                if faults.contains(&Fault::ChangedSince) {
                    // Told once: who sends it again has seen it, and what they typed is meant.
                    let now = catalogue::find_any(&ctx, &slug).await?;
                    typed.set("seen", now.changed_at.to_string());
                }
            }
        }
    }
    page(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, Some(&event), typed, problems, None).await
}

/// What was typed as a plan, with all that is wrong with it.
async fn read(
    ctx: &Context,
    reader: Reader,
    typed: &Typed,
    before: Option<&Event>,
) -> Result<(EventPlan, Problems), AppError> {
    let series = catalogue::list_series(ctx).await?;
    let (plan, mut problems) = parse::read(reader, typed, before, &series, ctx.clock().today());
    parse::add_faults(reader, &mut problems, &plan.faults(), typed, before);
    Ok((plan, problems))
}

/// Whether this is the address of such a page, or of a series: texts in five languages are longer than other forms.
#[must_use]
pub fn is_path(path: &str) -> bool {
    let event = path.strip_prefix("/console/events/").or_else(|| path.strip_prefix("/console/series/"));
    event.is_some_and(|rest| rest == "new" || rest.strip_suffix("/edit").is_some_and(|slug| !slug.contains('/')))
}

#[allow(clippy::too_many_arguments, reason = "what a form's page is made of")]
async fn page(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    event: Option<&Event>,
    typed: Typed,
    problems: Problems,
    notice: Option<(Tone, String)>,
) -> Result<Response, AppError> {
    let series = catalogue::list_series(ctx).await?;
    let title = match event {
        Some(_) => td_string!(reader.locale, planning.edit_title),
        None => td_string!(reader.locale, planning.new_title),
    };
    let about =
        Screen::new(Section::Events, title).problems(problems.named(|id| labels::label(reader, id))).notice(notice);
    let event = event.cloned();
    Ok(screen(ctx, organizer, reader, status, about, move || {
        let home = event.as_ref().map(|event| super::parts::home(reader, event));
        view! {
            {home}
            {draw::form(reader, event.as_ref(), &series, &typed, &problems)}
        }
        .into_any()
    }))
}
