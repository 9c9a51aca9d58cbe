//! The numbers themselves: a table for each question with a bar in each row, a table of who answered, and one of how
//! far people came. Written as HTML, because a questionnaire has hundreds of rows.

use crate::{
    i18n::*,
    questionnaires::server::{
        counts::{
            Number, QuestionFigures, Value,
            figures::{Figures, Step},
        },
        export::Column,
    },
    ui::{
        DataTable, Reader, bar,
        html::{Html, some},
    },
};
use form::Kind;
use leptos::prelude::*;

/// Draws them.
#[derive(Clone, Copy)]
pub struct Tables<'t> {
    /// Who reads.
    pub reader: Reader,
    /// The language of the definition's words.
    pub tag: &'t str,
}

impl Tables<'_> {
    /// All questions, one after the other.
    pub fn questions(self, figures: &Figures) -> Html {
        let mut html = Html::new();
        for question in &figures.questions {
            match question {
                Ok(question) => self.question(&mut html, question),
                Err(column) => {
                    self.heading(&mut html, column);
                    let words = td_string!(self.reader.locale, answers.counts_withheld);
                    html.line(self.reader, "p", &[], words).close("section");
                }
            }
        }
        html
    }

    fn heading(self, html: &mut Html, column: &Column) {
        html.open("section", &[some("class", "counts-question")]);
        html.line(self.reader, "h2", &[some("id", &anchor(column))], &self.label(column));
    }

    fn question(self, html: &mut Html, question: &QuestionFigures) {
        let locale = self.reader.locale;
        self.heading(html, &question.column);
        let shown = td_string!(locale, answers.counts_shown, count = question.shown.to_string()).to_string();
        let heads = [td_string!(locale, answers.filter_answer), td_string!(locale, answers.col_number)];
        self.open_table(html, &shown, heads);
        for (value, number) in &question.values {
            self.row(html, &self.value(&question.column, value), *number, question.shown, false);
        }
        if question.values.is_empty() {
            self.row(html, td_string!(locale, answers.col_answered), question.answered, question.shown, false);
        }
        let apart = [
            (question.declined, td_string!(locale, answers.declined)),
            (question.unknown, td_string!(locale, answers.unknown)),
            (Some(question.skipped), td_string!(locale, answers.col_left_empty)),
        ];
        for (number, words) in apart {
            if let Some(number) = number {
                self.row(html, words, number, question.shown, true);
            }
        }
        html.close("tbody").close("table").close("section");
    }

    /// How far people came who allowed to be counted.
    pub fn steps(self, figures: &Figures) -> Html {
        let (reader, locale) = (self.reader, self.reader.locale);
        let mut html = Html::new();
        html.open("section", &[some("class", "counts-question")]);
        html.line(reader, "h2", &[some("id", "steps")], td_string!(locale, answers.counts_steps));
        if figures.steps.is_empty() {
            html.line(reader, "p", &[], td_string!(locale, answers.counts_steps_none)).close("section");
            return html;
        }
        let heads = [td_string!(locale, answers.counts_steps_reached), td_string!(locale, answers.col_number)];
        html.line(reader, "p", &[], td_string!(locale, answers.counts_steps_text));
        self.open_table(&mut html, "", heads);
        let begun = Number::Exact(figures.steps.first().map_or(0, |(_, n)| *n));
        for (step, n) in &figures.steps {
            let (words, apart) = match step {
                Step::Question(column) => (self.label(column), false),
                Step::Check => (td_string!(locale, questionnaires.check_title).to_owned(), true),
                Step::Sent => (td_string!(locale, answers.counts_steps_sent).to_owned(), true),
            };
            self.row(&mut html, &words, Number::Exact(*n), begun, apart);
        }
        html.close("tbody").close("table").close("section");
        html
    }

    fn open_table(self, html: &mut Html, caption: &str, [what, number]: [&str; 2]) {
        let reader = self.reader;
        html.open("table", &[some("class", "counts-table")]);
        if !caption.is_empty() {
            html.line(reader, "caption", &[some("class", "counts-table__caption")], caption);
        }
        html.open("thead", &[some("class", "counts-table__heads")]).open("tr", &[]);
        html.line(reader, "th", &[some("scope", "col")], what);
        html.line(reader, "th", &[some("scope", "col"), some("class", "counts-table__number")], number);
        let share = td_string!(reader.locale, answers.col_share);
        html.line(reader, "th", &[some("scope", "col"), some("class", "counts-table__number")], share);
        html.close("tr").close("thead").open("tbody", &[]);
    }

    /// One row: what, with its bar below, how many, and which share of all.
    fn row(self, html: &mut Html, words: &str, number: Number, all: Number, apart: bool) {
        let class = if apart { "counts-table__row counts-table__row--apart" } else { "counts-table__row" };
        html.open("tr", &[some("class", class)]).open("th", &[some("scope", "row")]);
        html.line(self.reader, "span", &[some("class", "counts-table__words")], words);
        let share = number.exact().zip(all.exact());
        if let Some((part, whole)) = share {
            bar::write(html, part, whole);
        }
        html.close("th");
        html.open("td", &[some("class", "counts-table__number")]).text(&number.to_string()).close("td");
        let percent = share.map(|(part, whole)| bar::percent(part, whole)).unwrap_or_default();
        html.open("td", &[some("class", "counts-table__number counts-table__share")]).text(&percent).close("td");
        html.close("tr");
    }

    /// Who answered each question, who did not, and how.
    pub fn completion(self, figures: &Figures) -> impl IntoView + use<> {
        let (reader, locale) = (self.reader, self.reader.locale);
        let columns = [
            td_string!(locale, answers.col_question),
            td_string!(locale, answers.col_shown),
            td_string!(locale, answers.col_answered),
            td_string!(locale, answers.col_left_empty),
            td_string!(locale, answers.declined),
            td_string!(locale, answers.unknown),
        ];
        let mut html = Html::new();
        for question in figures.questions.iter().flatten() {
            html.open("tr", &[]).open("th", &[some("scope", "row")]);
            let href = ["#", &anchor(&question.column)].concat();
            html.line(reader, "a", &[some("href", &href)], &self.label(&question.column)).close("th");
            let QuestionFigures { shown, answered, skipped, declined, unknown, .. } = question;
            for number in [Some(*shown), Some(*answered), Some(*skipped), *declined, *unknown] {
                let number = number.map(|number| number.to_string()).unwrap_or_default();
                html.open("td", &[some("class", "c-table__number")]).text(&number).close("td");
            }
            html.close("tr");
        }
        let heading = reader.rich(td_string!(locale, answers.counts_completion));
        let caption = td_string!(locale, answers.answers_caption, count = figures.total).to_string();
        let columns = columns.map(str::to_owned).to_vec();
        view! {
            <section class="counts-completion">
                <h2 inner_html=heading></h2>
                <DataTable reader id="completion" caption columns>
                    {html.into_view()}
                </DataTable>
            </section>
        }
    }

    /// The question's words, ruby and all; its name if it has none in this language.
    fn label(self, column: &Column) -> String {
        let label = column.label.get(self.tag);
        if label.is_empty() { column.name.clone() } else { label.to_owned() }
    }

    fn value(self, column: &Column, value: &Value) -> String {
        match value {
            Value::Choice(code) => {
                let choice = column.choices.iter().find(|choice| choice.code == *code);
                let words = choice.map(|choice| choice.label.get(self.tag)).unwrap_or_default();
                if words.is_empty() { code.clone() } else { words.to_owned() }
            }
            Value::Range(range) => {
                let unit = column.kinds.iter().find_map(|kind| match kind {
                    Kind::Integer { unit, .. } => unit.as_ref(),
                    _ => None,
                });
                let mut words = range.first.to_string();
                if range.last != range.first {
                    words.push('–');
                    words.push_str(&range.last.to_string());
                }
                if let Some(unit) = unit.map(|unit| unit.get(self.tag)).filter(|unit| !unit.is_empty()) {
                    words.push(' ');
                    words.push_str(unit);
                }
                words
            }
        }
    }
}

fn anchor(column: &Column) -> String {
    ["question-", &column.name].concat()
}
