//! One page of answers as a table.

use super::parts::{language, language_name, path};
use crate::{
    i18n::*,
    questionnaires::server::export::{Column, Columns, Row},
    ui::{DataTable, Reader},
};
use form::{Answer, Definition};
use leptos::prelude::*;

/// Day, language, a way to all of one person's answers, edition, channel, then one column for each question that may
/// be seen.
#[component]
pub fn AnswersTable(
    /// Who reads.
    reader: Reader,
    /// The questionnaire's slug.
    slug: String,
    /// What stands behind the address of one person's answers, so that the way back leads here.
    query: String,
    /// The current edition, for its languages.
    definition: Definition,
    /// The questions.
    columns: Columns,
    /// The rows.
    rows: Vec<Row>,
    /// How many there are in all.
    total: u64,
    /// How many stand on the pages before.
    before: u64,
) -> impl IntoView {
    let locale = reader.locale;
    let tag = language(reader, &definition);
    let mut heads = [
        td_string!(locale, answers.col_day),
        td_string!(locale, answers.col_language),
        td_string!(locale, answers.col_item),
        td_string!(locale, answers.col_edition),
        td_string!(locale, answers.col_channel),
    ]
    .map(str::to_owned)
    .to_vec();
    heads.extend(columns.iter().map(|column| {
        let label = column.label.get(&tag);
        if label.is_empty() { column.name.clone() } else { label.to_owned() }
    }));
    let caption = td_string!(locale, answers.answers_caption, count = total).to_string();
    let rows = (before + 1..)
        .zip(rows)
        .map(|(number, row)| {
            let href = path(&slug, &["/answers/", row.key.as_str(), "?", &query].concat());
            let number = td_string!(locale, answers.answer_number, number = number).to_string();
            let cells = columns
                .iter()
                .map(|column| {
                    let answer = row.find(&column.name);
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
                    <td>{row.day.to_string()}</td>
                    <td translate="no">{language_name(&row.language)}</td>
                    <td>
                        <a href=href inner_html=reader.rich(&number)></a>
                    </td>
                    <td translate="no">{row.version}</td>
                    <td translate="no">{row.channel}</td>
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
pub fn lines(reader: Reader, column: &Column, answer: Option<&Answer>, language: &str) -> Vec<String> {
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
