//! `/console/questionnaires`: all of them, with counts that move.

use super::{
    parts::{path, title},
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
            schedule::Standing,
            service::{self, Summary},
        },
    },
    server::{Context, assets::Bundle},
    ui::{DataTable, Reader, StatusChip, Tone, dates::long_day},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let (summaries, others) = service::list(&ctx, &organizer).await?;
    let locale = reader.locale;
    let about =
        Screen::new(Section::Questionnaires, td_string!(locale, answers.list_title)).with_bundle(Bundle::Console);
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || {
        if summaries.is_empty() && others.is_empty() {
            let empty = reader.rich(td_string!(locale, answers.list_empty));
            return view! { <p inner_html=empty></p> }.into_any();
        }
        let columns = vec![
            td_string!(locale, answers.col_questionnaire).to_owned(),
            td_string!(locale, answers.col_state).to_owned(),
            td_string!(locale, answers.col_answers).to_owned(),
            td_string!(locale, answers.col_kept_aside).to_owned(),
        ];
        let rows = summaries.into_iter().map(|summary| row(reader, summary)).collect_view();
        view! {
            <DataTable reader id="questionnaires" caption=td_string!(locale, answers.list_caption) columns>
                {rows}
            </DataTable>
            <ul class="answers-links">
                <li>
                    <a href="/console/questionnaires" inner_html=reader.rich(td_string!(locale, answers.refresh))></a>
                </li>
                <li>
                    <a href=take_in::PATH inner_html=reader.rich(td_string!(locale, taken.title))></a>
                </li>
            </ul>
            {(!others.is_empty()).then(|| unplaced(reader, others))}
        }
        .into_any()
    }))
}

/// Whether a questionnaire takes answers today, and until or from when, in words.
pub fn state_chip(reader: Reader, standing: Standing) -> impl IntoView {
    let locale = reader.locale;
    let day = |day| long_day(reader, day);
    let (label, tone) = match standing {
        Standing::Open { through: None } => (td_string!(locale, answers.state_open).to_owned(), Tone::Done),
        Standing::Open { through: Some(through) } => {
            (td_string!(locale, answers.state_open_through, day = day(through)).to_string(), Tone::Done)
        }
        Standing::Before { opens_on } => {
            (td_string!(locale, answers.state_before, day = day(opens_on)).to_string(), Tone::Waiting)
        }
        Standing::After { closed_on } => {
            (td_string!(locale, answers.state_after, day = day(closed_on)).to_string(), Tone::Plain)
        }
        Standing::Closed => (td_string!(locale, answers.state_closed).to_owned(), Tone::Plain),
    };
    view! { <StatusChip reader label tone /> }
}

fn row(reader: Reader, summary: Summary) -> impl IntoView {
    let Summary { questionnaire, answers, kept_aside, .. } = summary;
    let name = reader.rich(&title(reader, &questionnaire));
    let slug = questionnaire.slug;
    view! {
        <tr>
            <th scope="row">
                <a href=path(&slug, "") inner_html=name></a>
            </th>
            <td>{state_chip(reader, questionnaire.standing)}</td>
            <td>
                <LiveCount reader slug=slug.clone() count=answers href=None />
            </td>
            <td>
                <a href=path(&slug, "/quarantine")>{kept_aside}</a>
            </td>
        </tr>
    }
}

/// What came for questionnaires that are none of ours: their names are the senders' own words.
fn unplaced(reader: Reader, others: Vec<(String, u64)>) -> impl IntoView {
    let rows = others
        .into_iter()
        .map(|(slug, count)| {
            let href = path(&slug, "/quarantine");
            view! {
                <li>
                    <a href=href translate="no">
                        {slug}
                    </a>
                    ": "
                    {count}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2 inner_html=reader.rich(td_string!(reader.locale, answers.kept_other_places))></h2>
            <ul>{rows}</ul>
        </section>
    }
}
