//! `/console/questionnaires/{slug}`: one questionnaire: counts, open or closed, and the way to its answers.

use super::{
    list::state_chip,
    parts::{language_name, path, title},
    take_in,
};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::{
        islands::live_count::LiveCount,
        server::{
            catalogue::Questionnaire,
            service::{self, Overview},
        },
    },
    server::{Context, assets::Bundle},
    ui::{Button, ButtonLink, DataTable, Notice, Reader, Tone, Weight, dates::long_day},
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use form::Day;
use leptos::prelude::*;
use serde::Deserialize;

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let overview = service::overview(&ctx, &organizer, &slug).await?;
    let about = Screen::new(Section::Questionnaires, title(reader, &overview.summary.questionnaire))
        .with_bundle(Bundle::Console);
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || body(reader, &slug, overview).into_any()))
}

/// What the button sends.
#[derive(Debug, Deserialize)]
pub struct StateForm {
    /// `open` or `closed`.
    state: String,
}

/// Opens or closes it, and leads back.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for what is no state.
pub async fn set_state(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
    form: Result<Form<StateForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(StateForm { state }) = form.map_err(|_| AppError::Malformed)?;
    let is_open = match state.as_str() {
        "open" => true,
        "closed" => false,
        _ => return Err(AppError::Malformed),
    };
    service::set_open(&ctx, &organizer, &slug, is_open).await?;
    Ok(Redirect::to(&path(&slug, "")).into_response())
}

fn body(reader: Reader, slug: &str, overview: Overview) -> impl IntoView + use<> {
    let Overview { summary, by_language, by_day, flags } = overview;
    let locale = reader.locale;
    let deleted = td_string!(locale, answers.deleted_count, count = summary.deleted).to_string();
    let kept_aside = td_string!(locale, answers.to_kept_aside, count = summary.kept_aside).to_string();
    let links = [
        (path(slug, "/quarantine"), kept_aside),
        (take_in::PATH.to_owned(), td_string!(locale, taken.title).to_owned()),
        (path(slug, "/codebook"), td_string!(locale, answers.to_codebook).to_owned()),
        (path(slug, "/sharing"), td_string!(locale, answers.to_sharing).to_owned()),
        (path(slug, "/versions"), td_string!(locale, answers.versions_title).to_owned()),
        (path(slug, "/results-through"), td_string!(locale, answers.results_title).to_owned()),
        (reader.href(&["/questionnaires/", slug].concat()), td_string!(locale, answers.to_public).to_owned()),
    ];
    let links = links.into_iter().map(|(href, words)| {
        view! {
            <li>
                <a href=href inner_html=reader.rich(&words)></a>
            </li>
        }
    });
    view! {
        {flags.into_iter().map(|day| flag(reader, day)).collect_view()}
        <section class="answers-total">
            <h2 inner_html=reader.rich(td_string!(locale, answers.count_label))></h2>
            <LiveCount reader slug=slug.to_owned() count=summary.answers href=Some(path(slug, "")) />
            {(summary.deleted > 0).then(|| view! { <p inner_html=reader.rich(&deleted)></p> })}
        </section>
        <div class="c-actions">
            <ButtonLink reader href=path(slug, "/answers") label=td_string!(locale, answers.to_answers) />
            <ButtonLink
                reader
                href=path(slug, "/counts")
                label=td_string!(locale, answers.counts_title)
                weight=Weight::Quiet
            />
        </div>
        <ul class="answers-links">{links.collect_view()}</ul>
        {state(reader, &summary.questionnaire)}
        {(!by_language.is_empty()).then(|| counts(reader, by_language, by_day))}
    }
}

fn flag(reader: Reader, day: Day) -> impl IntoView {
    let day = long_day(reader, day);
    let words = td_string!(reader.locale, answers.flag, day = day).to_string();
    view! {
        <Notice tone=Tone::Waiting>
            <p inner_html=reader.rich(&words)></p>
        </Notice>
    }
}

fn state(reader: Reader, questionnaire: &Questionnaire) -> impl IntoView + use<> {
    let locale = reader.locale;
    let slug = &questionnaire.slug;
    let words = match questionnaire.is_open {
        true => td_string!(locale, answers.open_text),
        false => td_string!(locale, answers.closed_text),
    };
    // The button turns the switch; the days stay as they are.
    let (label, value) = match questionnaire.schedule.is_on {
        true => (td_string!(locale, answers.do_close), "closed"),
        false => (td_string!(locale, answers.do_open), "open"),
    };
    let version = questionnaire.current.definition().version.clone();
    view! {
        <section>
            <h2 inner_html=reader.rich(td_string!(locale, answers.col_state))></h2>
            <p>{state_chip(reader, questionnaire.standing)}</p>
            <p inner_html=reader.rich(words)></p>
            <p>
                <a href=path(slug, "/schedule") inner_html=reader.rich(td_string!(locale, answers.to_schedule))></a>
            </p>
            <p>
                <span inner_html=reader.rich(td_string!(locale, answers.col_edition))></span>
                ": "
                <span translate="no">{version}</span>
            </p>
            <form method="post" action=path(slug, "/state")>
                <Button reader label weight=Weight::Quiet name="state" value=value />
            </form>
        </section>
    }
}

fn counts(reader: Reader, by_language: Vec<(String, u64)>, by_day: Vec<(Day, u64)>) -> impl IntoView {
    let locale = reader.locale;
    let number = td_string!(locale, answers.col_answers);
    let columns = |first: &str| vec![first.to_owned(), number.to_owned()];
    let languages = by_language
        .into_iter()
        .map(|(tag, count)| {
            view! {
                <tr>
                    <th scope="row" translate="no">
                        {language_name(&tag)}
                    </th>
                    <td>{count}</td>
                </tr>
            }
        })
        .collect_view();
    let days = by_day
        .into_iter()
        .map(|(day, count)| {
            view! {
                <tr>
                    <th scope="row" inner_html=reader.rich(&long_day(reader, day))></th>
                    <td>{count}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <DataTable
            reader
            id="by-language"
            caption=td_string!(locale, answers.by_language_caption)
            columns=columns(td_string!(locale, answers.col_language))
        >
            {languages}
        </DataTable>
        <DataTable
            reader
            id="by-day"
            caption=td_string!(locale, answers.by_day_caption)
            columns=columns(td_string!(locale, answers.col_day))
        >
            {days}
        </DataTable>
    }
}
