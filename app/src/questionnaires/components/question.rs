//! One page of questions: the only component that draws it, for the script-free page and the island.

use super::{hidden, open_form, problem::sentence};
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Asking, Item, Person},
    },
    ui::{
        ChoiceRow, Field, Reader, Weight, button,
        choices::{self, Rows},
        date_fields, errors, field,
        html::{Html, flag, some},
        select,
        text_field::{self, Line},
    },
};
use form::{
    Answers, Day, FIELD, Kind, Layout, Precision, Question, Text,
    entry::{self, ACKNOWLEDGED, DAY_FIELD, DECLINED, MONTH_FIELD, NO_ANSWER_FIELD, UNKNOWN, YEAR_FIELD},
    traces::has_traces,
};

/// What the id of a field's warning ends with.
pub const TRACES: &str = "-traces";

/// The page: what is wrong, the way back, the questions, *Continue*.
pub fn write(html: &mut Html, reader: Reader, person: &Person, asking: &Asking, answers: Option<&Answers>) {
    let problems: Vec<(String, String)> = asking
        .items
        .iter()
        .filter_map(|item| {
            let place = ["#", &control_id(asking.is_list, &item.question)].concat();
            let sentence = sentence(reader, &item.question, item.problem?);
            // Beside others the same sentence does not say which question it is about.
            let named = [item.question.label.get(reader.tag()), " — ", &sentence].concat();
            Some((place, if asking.is_list { named } else { sentence }))
        })
        .collect();
    if !problems.is_empty() {
        errors::write(html, reader, &problems);
    }
    let back = match (&asking.back, asking.change) {
        (_, true) => paths::check(reader, &person.slug),
        (Some(name), false) => paths::question(reader, &person.slug, name),
        (None, false) => paths::start(reader, &person.slug),
    };
    button::write_back(html, reader, &back);
    open_form(html, person, &paths::question(reader, &person.slug, &asking.page), answers);
    if asking.change {
        hidden(html, "change", "1");
    }
    write_place(html, reader, asking);
    for item in &asking.items {
        Drawn { reader, today: person.today, is_list: asking.is_list, is_named: false, item }.write(html);
    }
    html.open("div", &[some("class", "c-actions")]);
    let next = td_string!(reader.locale, questionnaires.next);
    button::write(html, reader, next, Weight::Primary, Some(("go", "next")), None);
    html.close("div").close("form");
}

/// Where the person is: the section, the number; and the heading of a page with several questions.
fn write_place(html: &mut Html, reader: Reader, asking: &Asking) {
    let mut step = String::new();
    if let Some(group) = asking.group.as_ref().filter(|_| !asking.is_list) {
        step.push_str(group.label.get(reader.tag()));
        step.push_str(" · ");
    }
    step.push_str(td_string!(reader.locale, questionnaires.question_number));
    step.push(' ');
    step.push_str(&asking.number.to_string());
    html.line(reader, "p", &[some("class", "c-step")], &step);
    if let Some(group) = asking.group.as_ref().filter(|_| asking.is_list) {
        html.open("h1", &[some("class", "c-question")]);
        field::words(html, reader, group.label.get(reader.tag()), beside(reader, &group.label).as_deref());
        html.close("h1");
        if let Some(hint) = &group.hint {
            html.open("p", &[some("class", "c-hint")]);
            field::words(html, reader, hint.get(reader.tag()), beside(reader, hint).as_deref());
            html.close("p");
        }
    }
}

/// Writes one question of a form that asks for a name beside it: required ones are marked as the form's other fields
/// are, and nobody is warned that their words may tell who they are. Its fields begin with the question's name.
pub fn write_named(html: &mut Html, reader: Reader, today: Day, item: &Item) {
    Drawn { reader, today, is_list: true, is_named: true, item }.write(html);
}

/// The id of the first control, where the error summary leads.
#[must_use]
pub fn control_id(is_list: bool, question: &Question) -> String {
    [entry::prefix(question, is_list).as_str(), "answer"].concat().replace('.', "-")
}

/// The Japanese beside, where the reader wants it.
fn beside(reader: Reader, text: &Text) -> Option<String> {
    reader.with_japanese.then(|| text.get("ja").to_owned()).filter(|japanese| !japanese.is_empty())
}

/// One question of a page.
#[derive(Clone, Copy)]
struct Drawn<'a> {
    reader: Reader,
    /// The site's day: some choices are offered on some days.
    today: Day,
    /// Whether it stands among others.
    is_list: bool,
    /// Whether the form knows who answers.
    is_named: bool,
    item: &'a Item,
}

impl Drawn<'_> {
    fn write(self, html: &mut Html) {
        let field = self.words();
        if !self.item.question.kind.is_answered() {
            return self.write_note(html, &field);
        }
        self.controls(html, &field);
        if !self.item.question.kind.is_select() {
            self.no_answer(html);
        }
    }

    /// Words to read and nothing to answer.
    fn write_note(self, html: &mut Html, words: &Field) {
        let (heading, class) = if words.heading { ("h1", "c-question") } else { ("h2", "c-question c-question--one") };
        html.open(heading, &[some("class", class)]);
        field::words(html, self.reader, &words.label, words.japanese.as_deref());
        html.close(heading);
        field::notes(html, self.reader, words);
    }

    /// The fields by kind of answer.
    fn controls(self, html: &mut Html, field: &Field) {
        let reader = self.reader;
        let name = self.name(FIELD);
        let line = Line { name: &name, value: self.value(FIELD), ..LINE };
        let unit = |unit: &Option<Text>| unit.as_ref().map(|unit| unit.get(reader.tag()).to_owned());
        match &self.item.question.kind {
            Kind::SelectOne { layout: Layout::Minimal, .. } => {
                select::write(html, reader, field, &name, &self.choice_rows());
            }
            Kind::SelectOne { layout, .. } => {
                let rows = if *layout == Layout::Likert { Rows::Scale } else { Rows::Radios };
                choices::write(html, reader, field, &name, &self.choice_rows(), rows);
            }
            Kind::SelectMultiple { .. } => {
                choices::write(html, reader, field, &name, &self.choice_rows(), Rows::Boxes);
            }
            Kind::Integer { min, max, is_scale: true, .. } => {
                let rows: Vec<ChoiceRow> = (*min..=*max).map(|number| self.number_row(number)).collect();
                choices::write(html, reader, field, &name, &rows, Rows::Scale);
            }
            Kind::Integer { unit: text, .. } => {
                let unit = unit(text);
                let line = Line { inputmode: Some("numeric"), unit: unit.as_deref(), short: true, ..line };
                text_field::write_line(html, reader, field, &line);
            }
            Kind::Decimal { unit: text, .. } => {
                let unit = unit(text);
                let line = Line { inputmode: Some("decimal"), unit: unit.as_deref(), short: true, ..line };
                text_field::write_line(html, reader, field, &line);
            }
            Kind::Time => text_field::write_line(html, reader, field, &Line { short: true, ..line }),
            Kind::Text { multiline, .. } => {
                match multiline {
                    true => text_field::write_lines(html, reader, field, &name, self.value(FIELD)),
                    false => text_field::write_line(html, reader, field, &line),
                }
                if !self.is_named {
                    self.warn_of_traces(html);
                }
            }
            Kind::Date { precision } => {
                let names = [YEAR_FIELD, MONTH_FIELD, DAY_FIELD];
                let values = names.map(|name| self.value(name));
                let names = names.map(|name| self.name(name));
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let asked = match precision {
                    Precision::Day => 3,
                    Precision::MonthYear => 2,
                    Precision::Year => 1,
                };
                date_fields::write(html, reader, field, &names[..asked], &values[..asked]);
            }
            Kind::Acknowledge => {
                let label = td_string!(reader.locale, questionnaires.acknowledged);
                let row = self.row(ACKNOWLEDGED, label, td_string!(Locale::ja, questionnaires.acknowledged));
                choices::write(html, reader, field, &name, &[row], Rows::Boxes);
            }
            Kind::Note => {}
        }
    }

    /// Own words that may tell who wrote them: said at once here, by the island while they are typed, and once more on
    /// the check page.
    fn warn_of_traces(self, html: &mut Html) {
        let is_quiet = !has_traces(self.value(FIELD));
        let id = [control_id(self.is_list, &self.item.question).as_str(), TRACES].concat();
        let attributes = [some("class", "c-traces"), some("id", &id), some("role", "status"), flag("hidden", is_quiet)];
        html.line(self.reader, "p", &attributes, td_string!(self.reader.locale, questionnaires.traces));
    }

    /// The name of a field on this page.
    fn name(self, field: &str) -> String {
        [entry::prefix(&self.item.question, self.is_list).as_str(), field].concat()
    }

    /// The first value that stands in a field.
    fn value(&self, name: &str) -> &str {
        self.item.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    fn is_chosen(self, field: &str, code: &str) -> bool {
        self.item.fields.iter().any(|(name, value)| name == field && value == code)
    }

    /// Label, hint and error. The hint of a choice says how many; the first question says that it alone is needed.
    fn words(self) -> Field {
        let (reader, question) = (self.reader, &self.item.question);
        let how = match &question.kind {
            _ if question.required && !self.is_named => Some(td_string!(reader.locale, questionnaires.required_hint)),
            Kind::SelectMultiple { .. } => Some(td_string!(reader.locale, questionnaires.choose_many)),
            Kind::Time => Some(td_string!(reader.locale, questionnaires.time_hint)),
            _ => None,
        };
        let own = question.hint.as_ref().map(|hint| hint.get(reader.tag()).to_owned());
        Field {
            // A questionnaire's own hint says how many itself.
            hint: own.or_else(|| how.map(str::to_owned)),
            japanese: beside(reader, &question.label),
            hint_japanese: question.hint.as_ref().and_then(|hint| beside(reader, hint)),
            heading: !self.is_list,
            required: self.is_named && question.required,
            error: self.item.problem.map(|key| sentence(reader, question, key)),
            ..Field::new(control_id(self.is_list, &self.item.question), question.label.get(reader.tag()))
        }
    }

    /// The choices of today and, set apart, what stands for no answer. What was chosen stays to be seen.
    fn choice_rows(self) -> Vec<ChoiceRow> {
        let own = self.item.question.kind.choices().iter().filter_map(|choice| {
            let checked = self.is_chosen(FIELD, &choice.code);
            (checked || choice.is_offered_on(self.today)).then(|| ChoiceRow {
                value: choice.code.clone(),
                label: choice.label.get(self.reader.tag()).to_owned(),
                japanese: beside(self.reader, &choice.label),
                checked,
                ..ChoiceRow::default()
            })
        });
        own.chain(self.none_rows(FIELD, [DECLINED, UNKNOWN])).collect()
    }

    fn number_row(self, number: i64) -> ChoiceRow {
        let value = number.to_string();
        ChoiceRow { checked: self.is_chosen(FIELD, &value), label: value.clone(), value, ..ChoiceRow::default() }
    }

    fn row(self, value: &str, label: &str, japanese: &str) -> ChoiceRow {
        ChoiceRow {
            value: value.to_owned(),
            label: label.to_owned(),
            japanese: self.reader.with_japanese.then(|| japanese.to_owned()),
            checked: self.is_chosen(FIELD, value),
            ..ChoiceRow::default()
        }
    }

    /// "Prefer not to say" and "I do not know" under a field that is typed into.
    fn no_answer(self, html: &mut Html) {
        let rows = self.none_rows(NO_ANSWER_FIELD, ["declined", "unknown"]);
        if !rows.is_empty() {
            let id = [control_id(self.is_list, &self.item.question).as_str(), "-none"].concat();
            let words = Field::new(id, td_string!(self.reader.locale, questionnaires.no_answer_legend));
            choices::write(html, self.reader, &words, &self.name(NO_ANSWER_FIELD), &rows, Rows::Boxes);
        }
    }

    fn none_rows(self, field: &str, [declined, unknown]: [&str; 2]) -> Vec<ChoiceRow> {
        let locale = self.reader.locale;
        let row = |code: &str, label: &str, japanese: &str| ChoiceRow {
            checked: self.is_chosen(field, code),
            apart: true,
            ..self.row(code, label, japanese)
        };
        let mut rows = Vec::new();
        if self.item.question.may_decline {
            let japanese = td_string!(Locale::ja, questionnaires.prefer_not_to_say);
            rows.push(row(declined, td_string!(locale, questionnaires.prefer_not_to_say), japanese));
        }
        if self.item.question.may_not_know {
            let japanese = td_string!(Locale::ja, questionnaires.do_not_know);
            rows.push(row(unknown, td_string!(locale, questionnaires.do_not_know), japanese));
        }
        rows
    }
}

/// One line of text, as long as nothing else is said.
const LINE: Line<'static> =
    Line { name: FIELD, value: "", kind: "text", inputmode: None, autocomplete: "off", unit: None, short: false };
