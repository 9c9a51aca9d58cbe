//! `/console/questionnaires/{slug}/codebook`: what the columns of the files mean.

use super::parts::{Home, language, path, title};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{export::Column, service},
    server::Context,
    ui::{DataTable, Notice, Reader},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use form::{Kind, entry};
use leptos::prelude::*;

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
    let (questionnaire, columns) = service::codebook(&ctx, &organizer, &slug).await?;
    let locale = reader.locale;
    let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.codebook_title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || {
        let heads = vec![
            td_string!(locale, answers.col_column).to_owned(),
            td_string!(locale, answers.col_question).to_owned(),
            td_string!(locale, answers.col_values).to_owned(),
            td_string!(locale, answers.col_sensitivity).to_owned(),
            td_string!(locale, answers.col_ordinary).to_owned(),
        ];
        let tag = language(reader, questionnaire.current.definition());
        let first = first_rows(reader);
        let rows = columns.iter().flat_map(|column| rows(reader, column, &tag)).collect::<Vec<_>>();
        view! {
            <Home reader slug=questionnaire.slug.clone() title=Some(title(reader, &questionnaire)) />
            <Notice>
                <p inner_html=reader.rich(td_string!(locale, answers.codebook_text))></p>
            </Notice>
            <p>
                <a
                    href=path(&questionnaire.slug, "/codebook.csv")
                    inner_html=reader.rich(td_string!(locale, answers.codebook_csv))
                ></a>
            </p>
            <DataTable reader id="codebook" caption=td_string!(locale, answers.codebook_title) columns=heads>
                {first}
                {rows}
            </DataTable>
        }
        .into_any()
    }))
}

fn first_rows(reader: Reader) -> Vec<AnyView> {
    let locale = reader.locale;
    [
        ("_day", td_string!(locale, answers.codebook_day)),
        ("_language", td_string!(locale, answers.codebook_language)),
        ("_definition", td_string!(locale, answers.codebook_definition)),
        ("_channel", td_string!(locale, answers.codebook_channel)),
    ]
    .into_iter()
    .map(|(name, words)| row(reader, name.to_owned(), words.to_owned(), Vec::new(), None))
    .collect()
}

/// The rows of one question: one for its own cell, one for each cell of a choice.
fn rows(reader: Reader, column: &Column, tag: &str) -> Vec<AnyView> {
    let locale = reader.locale;
    let facts = Some((column.sensitivity, column.is_ordinary()));
    let label = or_name(column.label.get(tag), &column.name);
    let mut rows = Vec::new();
    if column.has_value_cell() {
        rows.push(row(reader, column.name.clone(), label.clone(), values(reader, column, tag), facts));
    }
    if column.has_choice_cells() {
        let part = |code: &str| [&column.name, "/", code].concat();
        let flag = || vec![td_string!(locale, answers.codebook_multiple).to_owned()];
        let choice = |words: String| [label.as_str(), ": ", &words].concat();
        for choice_of in &column.choices {
            let words = or_name(choice_of.label.get(tag), &choice_of.code);
            rows.push(row(reader, part(&choice_of.code), choice(words), flag(), facts));
        }
        for (code, words) in no_answers(reader, column) {
            rows.push(row(reader, part(code), choice(words.to_owned()), flag(), facts));
        }
    }
    rows
}

/// What may stand in a question's own cell.
fn values(reader: Reader, column: &Column, tag: &str) -> Vec<String> {
    let locale = reader.locale;
    let mut values: Vec<String> = column
        .kinds
        .iter()
        .filter_map(|kind| match kind {
            Kind::SelectOne { .. } => Some(td_string!(locale, answers.codebook_choice).to_owned()),
            Kind::SelectMultiple { .. } => None,
            Kind::Integer { min, max, .. } => {
                Some(td_string!(locale, answers.codebook_number, min = *min, max = *max).to_string())
            }
            Kind::Decimal { min, max, .. } => {
                let (min, max) = (min.to_string(), max.to_string());
                Some(td_string!(locale, answers.codebook_decimal, min = min, max = max).to_string())
            }
            Kind::Text { .. } => Some(td_string!(locale, answers.codebook_words).to_owned()),
            Kind::Date { .. } => Some(td_string!(locale, answers.codebook_date).to_owned()),
            Kind::Time => Some(td_string!(locale, answers.codebook_time).to_owned()),
            Kind::Acknowledge => Some(td_string!(locale, answers.codebook_acknowledge).to_owned()),
            Kind::Note => None,
        })
        .collect();
    let coded = |code: &str, words: &str| [code, ": ", words].concat();
    if column.kinds.iter().any(|kind| matches!(kind, Kind::SelectOne { .. })) {
        values.extend(column.choices.iter().map(|choice| coded(&choice.code, &or_name(choice.label.get(tag), ""))));
    }
    values.extend(no_answers(reader, column).map(|(code, words)| coded(code, words)));
    values
}

fn no_answers(reader: Reader, column: &Column) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let locale = reader.locale;
    let declined = column.may_decline.then(|| (entry::DECLINED, td_string!(locale, answers.declined)));
    let unknown = column.may_not_know.then(|| (entry::UNKNOWN, td_string!(locale, answers.unknown)));
    declined.into_iter().chain(unknown)
}

fn row(reader: Reader, name: String, words: String, values: Vec<String>, facts: Option<(u8, bool)>) -> AnyView {
    let locale = reader.locale;
    let lines = values
        .into_iter()
        .map(|value| view! { <span class="answers-table__line" inner_html=reader.rich(&value)></span> })
        .collect_view();
    let sensitivity = facts.map(|(sensitivity, _)| sensitivity.to_string());
    let is_ordinary = facts.is_none_or(|(_, is_ordinary)| is_ordinary);
    let ordinary = if is_ordinary { td_string!(locale, answers.yes) } else { td_string!(locale, answers.no) };
    view! {
        <tr>
            <th scope="row" translate="no">
                <code>{name}</code>
            </th>
            <td inner_html=reader.rich(&words)></td>
            <td>{lines}</td>
            <td>{sensitivity}</td>
            <td inner_html=reader.rich(ordinary)></td>
        </tr>
    }
    .into_any()
}

fn or_name(text: &str, name: &str) -> String {
    if text.is_empty() { name.to_owned() } else { text.to_owned() }
}
