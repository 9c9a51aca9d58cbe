//! `/console/series/…`: the forms of a series.

use super::{
    edit::{TEXT_CHARS, TITLE_CHARS, fault_words},
    parts::{AskedWords, write_words},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            catalogue::{self, Series},
            planning::{self, Fault, SeriesPlan},
        },
        words::Words,
    },
    i18n::*,
    server::Context,
    ui::{
        Button, Field, Reader, TextField, Tone,
        html::Html,
        reader::{LOCALES, tag},
    },
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SeriesQuery {
    /// What has just been done: `saved`.
    done: String,
}

/// A form as a browser sends it.
type Fields = Result<Form<HashMap<String, String>>, FormRejection>;

/// An empty form.
///
/// # Errors
/// When the database fails.
pub async fn show_new(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let plan = SeriesPlan { slug: String::new(), title: Words::default(), about: Words::default() };
    Ok(draw(&ctx, &organizer, reader, StatusCode::OK, None, plan, Problems::default(), false))
}

/// Makes a series, and leads to its form; 422 with what was typed where it cannot be.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form.
pub async fn create(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    form: Fields,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let slug = form.get("slug").map(|slug| slug.trim().to_owned()).unwrap_or_default();
    let plan = read(&form, slug);
    let problems = lengths(reader, &plan);
    if !problems.is_empty() {
        return Ok(draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, None, plan, problems, false));
    }
    match planning::create_series(&ctx, Some(organizer.id()), &plan).await? {
        Ok(_) => Ok(saved(&plan.slug)),
        Err(fault) => {
            let problems = refused(reader, fault);
            Ok(draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, None, plan, problems, false))
        }
    }
}

/// The form of a series.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown series.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(query): Query<SeriesQuery>,
) -> Result<Response, AppError> {
    let series = catalogue::find_series(&ctx, &slug).await?;
    let plan = SeriesPlan { slug, title: series.title.clone(), about: series.about.clone() };
    let is_saved = query.done == "saved";
    Ok(draw(&ctx, &organizer, reader, StatusCode::OK, Some(&series), plan, Problems::default(), is_saved))
}

/// Changes a series, and leads back; 422 with what was typed where it cannot be.
///
/// # Errors
/// As [`show`]; [`AppError::Malformed`] for what is no form.
pub async fn save(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Fields,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let series = catalogue::find_series(&ctx, &slug).await?;
    let plan = read(&form, slug);
    let problems = lengths(reader, &plan);
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(draw(&ctx, &organizer, reader, status, Some(&series), plan, problems, false));
    }
    // A form that does not say what it has seen has seen what there is.
    let seen = form.get("seen").and_then(|seen| seen.parse().ok()).unwrap_or(series.changed_at);
    match planning::change_series(&ctx, organizer.id(), &series, &plan, seen).await? {
        Ok(()) => Ok(saved(&series.slug)),
        Err(fault) => {
            // Told once: who sends it again has seen it, and what they typed is meant.
            let series = catalogue::find_series(&ctx, &series.slug).await?;
            let problems = refused(reader, fault);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(draw(&ctx, &organizer, reader, status, Some(&series), plan, problems, false))
        }
    }
}

fn saved(slug: &str) -> Response {
    Redirect::to(&["/console/series/", slug, "/edit?done=saved"].concat()).into_response()
}

fn read(form: &HashMap<String, String>, slug: String) -> SeriesPlan {
    let words = |name: &str| {
        let of = |tag: &str| form.get(&[name, "-", tag].concat()).map(|text| text.replace("\r\n", "\n"));
        Words::new(LOCALES.map(tag).map(|tag| (tag, of(tag).unwrap_or_default())))
    };
    SeriesPlan { slug, title: words("title"), about: words("about") }
}

/// What is too long or missing.
fn lengths(reader: Reader, plan: &SeriesPlan) -> Problems {
    let mut problems = Problems::default();
    if plan.title.is_empty() {
        problems.add("title-ja", fault_words(reader, Fault::TitleMissing));
    }
    for (id, words, most) in [("title-ja", &plan.title, TITLE_CHARS), ("about-ja", &plan.about, TEXT_CHARS)] {
        let now = words.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
        if now > most {
            let said = td_string!(reader.locale, planning.problem_too_long, most = most, now = now);
            problems.add(id, said.to_string());
        }
    }
    problems
}

fn refused(reader: Reader, fault: Fault) -> Problems {
    let mut problems = Problems::default();
    let id = if matches!(fault, Fault::TitleMissing | Fault::ChangedSince) { "title-ja" } else { "slug" };
    problems.add(id, fault_words(reader, fault));
    problems
}

#[allow(clippy::too_many_arguments, reason = "what a form's page is made of")]
fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    series: Option<&Series>,
    plan: SeriesPlan,
    problems: Problems,
    is_saved: bool,
) -> Response {
    let locale = reader.locale;
    let title = match series {
        Some(_) => td_string!(locale, planning.series_edit_title),
        None => td_string!(locale, planning.new_series),
    };
    let notice = is_saved.then(|| (Tone::Done, td_string!(locale, planning.series_saved).to_owned()));
    let about = Screen::new(Section::Events, title).problems(problems.clone()).notice(notice);
    let slug = series.map(|series| series.slug.clone());
    let seen = series.map(|series| series.changed_at.to_string());
    screen(ctx, organizer, reader, status, about, move || {
        let action = match &slug {
            Some(slug) => ["/console/series/", slug, "/edit"].concat(),
            None => "/console/series/new".to_owned(),
        };
        let own = slug.is_none().then(|| {
            let field = Field::new("slug", td_string!(locale, planning.slug_label))
                .hint(td_string!(locale, planning.slug_hint))
                .error(problems.of("slug"))
                .required();
            view! { <TextField reader field name="slug" value=plan.slug.clone() /> }
        });
        let mut html = Html::new();
        let title = AskedWords {
            key: "title",
            label: td_string!(locale, planning.series_title_label),
            hint: None,
            long: false,
            required: true,
            open: 5,
        };
        write_words(&mut html, reader, &title, |tag| plan.title.get(tag).to_owned(), problems.of("title-ja"));
        let about = AskedWords {
            key: "about",
            label: td_string!(locale, planning.series_about_label),
            hint: None,
            long: true,
            required: false,
            open: 5,
        };
        write_words(&mut html, reader, &about, |tag| plan.about.get(tag).to_owned(), problems.of("about-ja"));
        let links = slug.map(|slug| {
            let next = ["/console/events/new?series=", &slug].concat();
            view! {
                <ul class="answers-links">
                    {super::parts::link(reader, paths::series(reader, &slug), td_string!(locale, planning.to_public))}
                    {super::parts::link(reader, next, td_string!(locale, planning.new_event))}
                </ul>
            }
        });
        view! {
            <p>
                <a href="/console/events" inner_html=reader.rich(td_string!(locale, planning.title))></a>
            </p>
            <form class="planning-form" method="post" action=action novalidate>
                {own}
                {seen.map(|seen| view! { <input type="hidden" name="seen" value=seen /> })}
                {html.into_view()}
                <Button reader label=td_string!(locale, planning.save) />
            </form>
            {links}
        }
        .into_any()
    })
}
