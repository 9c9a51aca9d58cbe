//! Check your answers, and *Send*.

use super::open_form;
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Checking, Person, Row, Trouble, Value},
    },
    ui::{
        Reader, Shown, SummaryRow, Weight, button,
        errors::ERRORS_ID,
        html::{Html, flag, some},
        summary_list,
    },
};
use form::Answers;

/// The page before sending.
pub fn write(html: &mut Html, reader: Reader, person: &Person, checking: &Checking, answers: Option<&Answers>) {
    let locale = reader.locale;
    if let Some(trouble) = checking.trouble {
        write_trouble(html, reader, trouble);
    }
    let back = match &checking.back {
        Some(name) => paths::question(reader, &person.slug, name),
        None => paths::start(reader, &person.slug),
    };
    button::write_back(html, reader, &back);
    html.line(reader, "h1", &[some("class", "c-question")], td_string!(locale, questionnaires.check_title));
    html.line(reader, "p", &[], td_string!(locale, questionnaires.check_text));
    let rows: Vec<SummaryRow> = checking.rows.iter().map(|row| summary_row(reader, person, row)).collect();
    summary_list::write(html, reader, &rows);
    open_form(html, person, &paths::check(reader, &person.slug), answers);
    html.line(reader, "p", &[some("class", "c-hint")], td_string!(locale, questionnaires.send_note));
    html.open("div", &[some("class", "c-actions")]);
    let send = td_string!(locale, questionnaires.send);
    button::write(html, reader, send, Weight::Primary, Some(("go", "send")), None);
    html.close("div").close("form");
}

fn summary_row(reader: Reader, person: &Person, row: &Row) -> SummaryRow {
    let mut change = paths::question(reader, &person.slug, &row.page);
    change.push_str("?change");
    SummaryRow {
        key: row.label.clone(),
        japanese: None,
        value: match &row.value {
            Value::Words(lines) => Shown::Words(lines.clone()),
            Value::Typed(text) => Shown::Typed(text.clone()),
            Value::Telling(text) => {
                let warning = td_string!(reader.locale, questionnaires.traces).to_owned();
                Shown::TypedWith(text.clone(), warning)
            }
            Value::Nothing => Shown::Words(vec![td_string!(reader.locale, questionnaires.not_answered).to_owned()]),
        },
        change: Some(change),
    }
}

/// Why it did not go through; the answers are still there.
fn write_trouble(html: &mut Html, reader: Reader, trouble: Trouble) {
    let locale = reader.locale;
    let busy;
    let (title, text) = match trouble {
        Trouble::Busy(seconds) => {
            busy = td_string!(locale, questionnaires.busy_text, seconds = seconds).to_string();
            (td_string!(locale, questionnaires.busy), busy.as_str())
        }
        Trouble::Conflict => {
            (td_string!(locale, questionnaires.conflict_title), td_string!(locale, questionnaires.conflict_text))
        }
    };
    html.open(
        "div",
        &[
            some("class", "c-errors"),
            some("id", ERRORS_ID),
            some("role", "alert"),
            some("tabindex", "-1"),
            flag("autofocus", true),
        ],
    );
    html.line(reader, "h2", &[some("class", "c-errors__title")], title);
    html.line(reader, "p", &[], text).close("div");
}
