//! One question: the only component that draws it, for the script-free page and the island.

use super::{FORM_ID, carried_fields, problem::sentence};
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Asking, Person},
    },
    ui::{BackLink, Button, Checkboxes, ChoiceRow, DateFields, ErrorSummary, Field, LongTextField, Radios, Reader, TextField},
};
use form::{
    FIELD, Kind, Question, Text,
    entry::{DAY_FIELD, DECLINED, MONTH_FIELD, NO_ANSWER_FIELD, UNKNOWN, YEAR_FIELD},
};
use leptos::prelude::*;

/// The id of the first control, where the error summary leads.
const CONTROL_ID: &str = "answer";

/// The question's page: what is wrong, the way back, the question, *Continue*.
pub fn view(reader: Reader, person: &Person, asking: &Asking, carried: Option<String>) -> impl IntoView + use<> {
    let question = &asking.question;
    let error = asking.problem.map(|key| sentence(reader, question, key));
    let errors = error.clone().map(|text| vec![("#answer".to_owned(), text)]);
    let back = match (&asking.back, asking.change) {
        (_, true) => paths::check(reader, &person.slug),
        (Some(name), false) => paths::question(reader, &person.slug, name),
        (None, false) => paths::start(reader, &person.slug),
    };
    let action = paths::question(reader, &person.slug, &question.name);
    let carried = carried_fields(person, carried);
    let change = asking.change.then(|| view! { <input type="hidden" name="change" value="1" /> });
    view! {
        {errors.map(|errors| view! { <ErrorSummary reader errors /> })}
        <BackLink reader href=back />
        <form id=FORM_ID method="post" action=action novalidate autocomplete="off">
            {carried}
            {change}
            {controls(reader, asking, error)}
            <div class="c-actions">
                <Button reader label=td_string!(reader.locale, questionnaires.next) name="go" value="next" />
            </div>
        </form>
    }
}

/// The fields by kind of answer.
fn controls(reader: Reader, asking: &Asking, error: Option<String>) -> AnyView {
    let question = &asking.question;
    let field = words(reader, question, error);
    let first = |name: &str| value(asking, name).unwrap_or_default().to_owned();
    match &question.kind {
        Kind::SelectOne { .. } => {
            view! { <Radios reader field name=FIELD choices=choices(reader, asking) /> }.into_any()
        }
        Kind::SelectMultiple { .. } => {
            view! { <Checkboxes reader field name=FIELD choices=choices(reader, asking) /> }.into_any()
        }
        Kind::Integer { unit, .. } => {
            let unit = unit.as_ref().map(|unit| unit.get(reader.tag()).to_owned());
            view! {
                <TextField reader field name=FIELD value=first(FIELD) inputmode="numeric" unit short=true />
                {no_answer(reader, asking)}
            }
            .into_any()
        }
        Kind::Text { multiline: false, .. } => view! {
            <TextField reader field name=FIELD value=first(FIELD) />
            {no_answer(reader, asking)}
        }
        .into_any(),
        Kind::Text { multiline: true, .. } => view! {
            <LongTextField reader field name=FIELD value=first(FIELD) />
            {no_answer(reader, asking)}
        }
        .into_any(),
        Kind::Date => view! {
            <DateFields
                reader
                field
                names=[YEAR_FIELD, MONTH_FIELD, DAY_FIELD]
                values=[first(YEAR_FIELD), first(MONTH_FIELD), first(DAY_FIELD)]
            />
            {no_answer(reader, asking)}
        }
        .into_any(),
    }
}

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
fn choices(reader: Reader, asking: &Asking) -> Vec<ChoiceRow> {
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
fn no_answer(reader: Reader, asking: &Asking) -> Option<impl IntoView + use<>> {
    let chosen = |code: &str| asking.fields.iter().any(|(name, value)| name == NO_ANSWER_FIELD && value == code);
    let choices = none_rows(reader, &asking.question, ["declined", "unknown"], chosen);
    (!choices.is_empty()).then(|| {
        let field = Field::new("no-answer", td_string!(reader.locale, questionnaires.no_answer_legend));
        view! { <Checkboxes reader field name=NO_ANSWER_FIELD choices /> }
    })
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
