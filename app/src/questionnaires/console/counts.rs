//! `/console/questionnaires/{slug}/counts`: how many said what to each question, who left it empty, and where people
//! stop. A GET tells small numbers of the most sensitive questions roughly; exact ones are a coordinator's POST with
//! a reason, and the answer to it is the page itself, so that no address leads there again.

use super::{answers::reason_words, counts_body::Body};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        catalogue,
        counts::figures::{Filter, figures},
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

/// What addresses and forms say of the answers that are counted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The version of one edition.
    pub edition: String,
    /// One language.
    pub language: String,
    /// One channel, or `-` for those who came without.
    pub channel: String,
}

impl Wanted {
    fn filter(&self) -> Result<Filter, AppError> {
        Filter::parse(&self.edition, &self.language, &self.channel)
    }
}

/// The page, small numbers of sensitive questions told roughly.
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

/// What the form for exact numbers sends. It has no `Debug`: reasons are for the audit log alone.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ExactForm {
    reason: String,
    edition: String,
    language: String,
    channel: String,
}

/// The page with exact numbers.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants; otherwise as [`show`].
pub async fn show_exact(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<ExactForm>, FormRejection>,
) -> Result<Response, AppError> {
    let sensitive = organizer.sensitive_reader()?;
    let Form(ExactForm { reason, edition, language, channel }) = form.map_err(|_| AppError::Malformed)?;
    let wanted = Wanted { edition, language, channel };
    // Nothing is noted of what cannot be done anyhow.
    catalogue::find_by_slug(&ctx, &slug).await?;
    wanted.filter()?;
    let (status, shown) = match Reason::parse(&reason) {
        Ok(parsed) => {
            let scope = Scope::everything(&ctx, &sensitive, &parsed, Use::Counts, &slug).await?;
            (StatusCode::OK, Shown { scope, reason: parsed.as_str().to_owned(), problems: Problems::default() })
        }
        Err(fault) => {
            let mut problems = Problems::default();
            problems.add("reason", reason_words(reader, fault));
            (StatusCode::UNPROCESSABLE_ENTITY, Shown { scope: Scope::ordinary(&organizer), reason, problems })
        }
    };
    draw(&ctx, &organizer, reader, status, &slug, wanted, shown).await
}

/// How much is shown, and what was typed to see it.
pub struct Shown {
    /// How much.
    pub scope: Scope,
    /// The reason, as typed.
    pub reason: String,
    /// What was wrong with it.
    pub problems: Problems,
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
    let figures = figures(ctx, organizer, slug, &wanted.filter()?, shown.scope).await?;
    let about = Screen::new(Section::Questionnaires, td_string!(reader.locale, answers.counts_title))
        .problems(shown.problems.clone());
    let is_coordinator = organizer.is_coordinator();
    let body = Body { reader, wanted, shown, is_coordinator };
    Ok(screen(ctx, organizer, reader, status, about, move || body.draw(&figures).into_any()))
}
