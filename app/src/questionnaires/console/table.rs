//! One page of answers as a table.

use super::parts::{language, language_name};
use crate::{
    i18n::*,
    questionnaires::server::export::{Column, Columns, Row},
    ui::{DataTable, Reader},
};
use form::{Answer, Definition};
use leptos::prelude::*;

/// Day, language, then one column for each question that may be seen.
#[component]
pub fn AnswersTable(
    /// Who reads.
    reader: Reader,
    /// The current edition, for its languages.
    definition: Definition,
    /// The questions.
    columns: Columns,
    /// The rows.
    rows: Vec<Row>,
    /// How many there are in all.
    total: u64,
) -> impl IntoView {
    let locale = reader.locale;
    let tag = language(reader, &definition);
    let mut heads =
        vec![td_string!(locale, answers.col_day).to_owned(), td_string!(locale, answers.col_language).to_owned()];
    heads.extend(columns.iter().map(|column| {
        let label = column.label.get(&tag);
        if label.is_empty() { column.name.clone() } else { label.to_owned() }
    }));
    let caption = td_string!(locale, answers.answers_caption, count = total).to_string();
    let rows = rows
        .into_iter()
        .map(|row| {
            let cells = columns
                .iter()
                .map(|column| {
                    let answer = row.answers.get(&column.name);
                    let class = match answer {
                        Some(Answer::Text(_)) => "answers-table__line answers-table__line--long",
                        _ => "answers-table__line",
                    };
                    let lines = lines(reader, column, answer, &tag);
                    let lines = lines.into_iter().map(|line| view! { <span class=class>{line}</span> }).collect_view();
                    view! { <td>{lines}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <td>{row.day}</td>
                    <td translate="no">{language_name(&row.language)}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="answers-table">
            <DataTable reader id="answers" caption columns=heads>
                {rows}
            </DataTable>
        </div>
    }
}

/// What stands in a cell: plain text, one choice a line. It may hold what somebody typed, so it is drawn escaped.
fn lines(reader: Reader, column: &Column, answer: Option<&Answer>, language: &str) -> Vec<String> {
    let locale = reader.locale;
    match answer {
        None => Vec::new(),
        Some(Answer::Choice(code)) => vec![column.choice_in(code, language)],
        Some(Answer::Choices(codes)) => codes.iter().map(|code| column.choice_in(code, language)).collect(),
        Some(Answer::Integer(number)) => vec![number.to_string()],
        Some(Answer::Text(text)) => text.lines().map(str::to_owned).collect(),
        Some(Answer::Date(day)) => vec![day.to_string()],
        Some(Answer::Decimal(number)) => vec![number.to_string()],
        Some(Answer::Time(time)) => vec![time.to_string()],
        Some(Answer::Acknowledged) => vec![reader.plain(td_string!(locale, questionnaires.acknowledged))],
        Some(Answer::Declined) => vec![reader.plain(td_string!(locale, answers.declined))],
        Some(Answer::Unknown) => vec![reader.plain(td_string!(locale, answers.unknown))],
    }
}
