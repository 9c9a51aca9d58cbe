//! One question: the only component that draws it, for the script-free page and the island.

use super::{hidden, open_form, problem::sentence};
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Asking, Person},
    },
    ui::{
        ChoiceRow, Field, Reader, Weight, button, choices, date_fields, errors,
        html::{Html, some},
        text_field::{self, Line},
    },
};
use form::{
    Answers, FIELD, Kind, Question, Text,
    entry::{DAY_FIELD, DECLINED, MONTH_FIELD, NO_ANSWER_FIELD, UNKNOWN, YEAR_FIELD},
};

/// The id of the first control, where the error summary leads.
const CONTROL_ID: &str = "answer";

/// The question's page: what is wrong, the way back, the question, *Continue*.
pub fn write(html: &mut Html, reader: Reader, person: &Person, asking: &Asking, answers: Option<&Answers>) {
    let question = &asking.question;
    let error = asking.problem.map(|key| sentence(reader, question, key));
    if let Some(text) = error.clone() {
        errors::write(html, reader, &[("#answer".to_owned(), text)]);
    }
    let back = match (&asking.back, asking.change) {
        (_, true) => paths::check(reader, &person.slug),
        (Some(name), false) => paths::question(reader, &person.slug, name),
        (None, false) => paths::start(reader, &person.slug),
    };
    button::write_back(html, reader, &back);
    open_form(html, person, &paths::question(reader, &person.slug, &question.name), answers);
    if asking.change {
        hidden(html, "change", "1");
    }
    let mut step = td_string!(reader.locale, questionnaires.question_number).to_owned();
    step.push(' ');
    step.push_str(&asking.number.to_string());
    html.line(reader, "p", &[some("class", "c-step")], &step);
    controls(html, reader, asking, words(reader, question, error));
    html.open("div", &[some("class", "c-actions")]);
    let next = td_string!(reader.locale, questionnaires.next);
    button::write(html, reader, next, Weight::Primary, Some(("go", "next")), None);
    html.close("div").close("form");
}

/// The fields by kind of answer.
fn controls(html: &mut Html, reader: Reader, asking: &Asking, field: Field) {
    let value = |name: &str| value(asking, name).unwrap_or_default();
    match &asking.question.kind {
        Kind::SelectOne { .. } => choices::write(html, reader, &field, FIELD, &choice_rows(reader, asking), "radio"),
        Kind::SelectMultiple { .. } => {
            choices::write(html, reader, &field, FIELD, &choice_rows(reader, asking), "checkbox");
        }
        Kind::Integer { unit, .. } => {
            let unit = unit.as_ref().map(|unit| unit.get(reader.tag()));
            let line = Line { value: value(FIELD), inputmode: Some("numeric"), unit, short: true, ..LINE };
            text_field::write_line(html, reader, &field, &line);
        }
        Kind::Text { multiline: false, .. } => {
            text_field::write_line(html, reader, &field, &Line { value: value(FIELD), ..LINE });
        }
        Kind::Text { multiline: true, .. } => text_field::write_lines(html, reader, &field, FIELD, value(FIELD)),
        Kind::Date => {
            let names = [YEAR_FIELD, MONTH_FIELD, DAY_FIELD];
            date_fields::write(html, reader, &field, names, names.map(value));
        }
    }
    if !asking.question.kind.is_select() {
        no_answer(html, reader, asking);
    }
}

/// One line of text, as long as nothing else is said.
const LINE: Line<'static> =
    Line { name: FIELD, value: "", kind: "text", inputmode: None, autocomplete: "off", unit: None, short: false };

/// Label, hint and error. The hint of a choice says how many; the first question says that it alone is needed.
fn words(reader: Reader, question: &Question, error: Option<String>) -> Field {
    let how = match &question.kind {
        _ if question.required => Some(td_string!(reader.locale, questionnaires.required_hint)),
        Kind::SelectMultiple { .. } => Some(td_string!(reader.locale, questionnaires.choose_many)),
        _ => None,
    };
    let own = question.hint.as_ref().map(|hint| hint.get(reader.tag()).to_owned());
    // A questionnaire's own hint says how many itself.
    let hint = own.or_else(|| how.map(str::to_owned));
    Field {
        hint,
        japanese: beside(reader, &question.label),
        hint_japanese: question.hint.as_ref().and_then(|hint| beside(reader, hint)),
        ..Field::new(CONTROL_ID, question.label.get(reader.tag())).heading().error(error)
    }
}

/// The Japanese beside, where the reader wants it.
fn beside(reader: Reader, text: &Text) -> Option<String> {
    reader.with_japanese.then(|| text.get("ja").to_owned()).filter(|japanese| !japanese.is_empty())
}

/// The choices and, set apart, what stands for no answer.
fn choice_rows(reader: Reader, asking: &Asking) -> Vec<ChoiceRow> {
    let chosen = |code: &str| asking.fields.iter().any(|(name, value)| name == FIELD && value == code);
    let own = asking.question.kind.choices().iter().map(|choice| ChoiceRow {
        value: choice.code.clone(),
        label: choice.label.get(reader.tag()).to_owned(),
        japanese: beside(reader, &choice.label),
        checked: chosen(&choice.code),
        apart: false,
    });
    let none = none_rows(reader, &asking.question, [DECLINED, UNKNOWN], |code| chosen(code));
    own.chain(none).collect()
}

/// "Prefer not to say" and "I do not know" under a field that is typed into.
fn no_answer(html: &mut Html, reader: Reader, asking: &Asking) {
    let chosen = |code: &str| asking.fields.iter().any(|(name, value)| name == NO_ANSWER_FIELD && value == code);
    let rows = none_rows(reader, &asking.question, ["declined", "unknown"], chosen);
    if !rows.is_empty() {
        let field = Field::new("no-answer", td_string!(reader.locale, questionnaires.no_answer_legend));
        choices::write(html, reader, &field, NO_ANSWER_FIELD, &rows, "checkbox");
    }
}

fn none_rows(
    reader: Reader,
    question: &Question,
    [declined, unknown]: [&str; 2],
    chosen: impl Fn(&str) -> bool,
) -> Vec<ChoiceRow> {
    let row = |code: &str, label: &str, japanese: &str| ChoiceRow {
        value: code.to_owned(),
        label: label.to_owned(),
        japanese: reader.with_japanese.then(|| japanese.to_owned()),
        checked: chosen(code),
        apart: true,
    };
    let mut rows = Vec::new();
    if question.may_decline {
        let label = td_string!(reader.locale, questionnaires.prefer_not_to_say);
        rows.push(row(declined, label, td_string!(Locale::ja, questionnaires.prefer_not_to_say)));
    }
    if question.may_not_know {
        let label = td_string!(reader.locale, questionnaires.do_not_know);
        rows.push(row(unknown, label, td_string!(Locale::ja, questionnaires.do_not_know)));
    }
    rows
}

/// The first value that stands in a field.
fn value<'a>(asking: &'a Asking, name: &str) -> Option<&'a str> {
    asking.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}
