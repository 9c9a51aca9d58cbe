//! One person's answers as a list: question and answer in the organizer's language, Japanese beside them; the way to
//! the answers before and after; and the form that asks for everything.

use super::{
    parts::{Home, language, language_name, path, title},
    table::lines,
    wanted::Wanted,
};
use crate::{
    auth::pages::problems::Problems,
    i18n::*,
    questionnaires::server::{
        answer_key::AnswerKey,
        catalogue::Questionnaire,
        export::{Column, Columns, Include, One, Row},
        scope::Scope,
    },
    ui::{
        Button, Field, Notice, Reader, Shown as Value, SummaryList, SummaryRow, TextField, Tone, field,
        html::{Html, some},
    },
};
use form::{Answer, Definition};
use leptos::prelude::*;

/// The language that stands beside.
const BESIDE: &str = "ja";

/// How much is shown, and what was typed to see it.
pub struct Shown {
    /// How much.
    pub scope: Scope,
    /// The reason, as typed.
    pub reason: String,
    /// What was wrong with it.
    pub problems: Problems,
}

/// The screen below its heading.
pub struct Body {
    /// Who reads.
    pub reader: Reader,
    /// Whose answers these are.
    pub questionnaire: Questionnaire,
    /// What stands for them in the address.
    pub key: String,
    /// What else the address says.
    pub wanted: Wanted,
    /// How much is shown.
    pub shown: Shown,
    /// Whether everything may be asked for.
    pub is_coordinator: bool,
    /// The questions of the edition that was answered, as far as they may be seen.
    pub columns: Columns,
}

impl Body {
    /// Draws it around one person's answers.
    pub fn draw(self, one: One) -> impl IntoView {
        let Self { reader, ref questionnaire, .. } = self;
        let locale = reader.locale;
        let slug = questionnaire.slug.clone();
        let is_everything = self.shown.scope.include() == Include::Everything;
        let (note, tone) = match is_everything {
            true => (td_string!(locale, answers.everything_note), Tone::Waiting),
            false => (td_string!(locale, answers.left_out_note), Tone::Plain),
        };
        let table =
            [&path(&slug, "/answers?"), &self.wanted.query(), "page=", &self.wanted.page().to_string()].concat();
        view! {
            <Home reader slug title=Some(title(reader, questionnaire)) />
            <p>
                <a href=table inner_html=reader.rich(td_string!(locale, answers.to_answers))></a>
            </p>
            {turn(&self, &one, is_everything)}
            <Notice tone>
                <p inner_html=reader.rich(note)></p>
            </Notice>
            <SummaryList reader rows=facts(reader, &one.row) />
            {list(reader, one.edition.definition(), &self.columns, &one.row)}
            {(!is_everything).then(|| self.everything())}
        }
    }

    /// The address of answers of this questionnaire among the same rows.
    fn address(&self, key: &str) -> String {
        let page = self.wanted.page().to_string();
        path(&self.questionnaire.slug, &["/answers/", key, "?", &self.wanted.query(), "page=", &page].concat())
    }

    /// The form that asks for everything, for whom it may be asked by.
    fn everything(&self) -> AnyView {
        let Self { reader, questionnaire, key, wanted, shown, .. } = self;
        let (reader, locale) = (*reader, reader.locale);
        let heading = reader.rich(td_string!(locale, answers.with_title));
        if !self.is_coordinator {
            let note = reader.rich(td_string!(locale, answers.with_coordinators));
            return view! {
                <section>
                    <h2 inner_html=heading></h2>
                    <p inner_html=note></p>
                </section>
            }
            .into_any();
        }
        let field = Field::new("reason", td_string!(locale, answers.reason_label))
            .hint(td_string!(locale, answers.reason_hint))
            .error(shown.problems.of("reason"))
            .required();
        let action = path(&questionnaire.slug, &["/answers/", key].concat());
        view! {
            <form class="answers-form" method="post" action=action novalidate>
                <h2 inner_html=heading></h2>
                <p inner_html=reader.rich(td_string!(locale, answers.with_text))></p>
                {wanted.hidden()}
                <input type="hidden" name="page" value=wanted.page().to_string() />
                <TextField reader field name="reason" value=shown.reason.clone() />
                <Button reader label=td_string!(locale, answers.with_screen) />
            </form>
        }
        .into_any()
    }
}

/// The way to the answers before and after. While everything is shown they are asked for with the same reason, and
/// noted again.
fn turn(body: &Body, one: &One, is_everything: bool) -> Option<AnyView> {
    let Body { reader, wanted, shown, .. } = body;
    let (reader, locale) = (*reader, reader.locale);
    if one.before.is_none() && one.after.is_none() {
        return None;
    }
    let ways = [
        ("prev", &one.before, td_string!(locale, answers.answer_before)),
        ("next", &one.after, td_string!(locale, answers.answer_after)),
    ];
    let label = reader.plain(td_string!(locale, answers.answers_title));
    if !is_everything {
        let link = |(rel, key, words): (&'static str, &Option<AnswerKey>, &'static str)| {
            let href = body.address(key.as_ref()?.as_str());
            Some(view! { <a class="c-pages__link" rel=rel href=href inner_html=reader.rich(words)></a> })
        };
        let links = ways.map(link).collect_view();
        return Some(view! { <nav class="c-pages" aria-label=label>{links}</nav> }.into_any());
    }
    let button = |(_, key, words): (&'static str, &Option<AnswerKey>, &'static str)| {
        let action = path(&body.questionnaire.slug, &["/answers/", key.as_ref()?.as_str()].concat());
        let words = reader.rich(words);
        Some(
            view! { <button class="c-button c-button--quiet" type="submit" formaction=action inner_html=words></button> },
        )
    };
    let buttons = ways.map(button).collect_view();
    let form = view! {
        <form class="c-pages" method="post">
            <input type="hidden" name="reason" value=shown.reason.clone() />
            {wanted.hidden()}
            <input type="hidden" name="page" value=wanted.page().to_string() />
            {buttons}
        </form>
    };
    Some(form.into_any())
}

/// What is known of the answers beside themselves.
fn facts(reader: Reader, row: &Row) -> Vec<SummaryRow> {
    let locale = reader.locale;
    let fact = |key: &str, value: Value| SummaryRow { key: key.to_owned(), japanese: None, value, change: None };
    let channel = match &row.channel {
        Some(code) => Value::Typed(code.clone()),
        None => Value::Words(vec![td_string!(locale, answers.no_channel).to_owned()]),
    };
    vec![
        fact(td_string!(locale, answers.col_day), Value::Typed(row.day.to_string())),
        fact(td_string!(locale, answers.col_language), Value::Typed(language_name(&row.language))),
        fact(td_string!(locale, answers.col_channel), channel),
        fact(td_string!(locale, answers.col_edition), Value::Typed(row.version.clone())),
    ]
}

/// Every question that may be seen, in the order of the edition. What has no answer says so, whether it was shown or
/// not: to tell them apart would tell what was answered to a question that may not be seen.
fn list(reader: Reader, definition: &Definition, columns: &Columns, row: &Row) -> impl IntoView + use<> {
    let tag = language(reader, definition);
    let has_beside = tag != BESIDE && definition.languages.iter().any(|language| language == BESIDE);
    let mut html = Html::new();
    html.open("dl", &[some("class", "c-summary")]);
    for column in columns.iter() {
        html.open("div", &[some("class", "c-summary__row")]);
        html.open("dt", &[some("class", "c-summary__key")]);
        let beside = has_beside.then(|| label(column, BESIDE));
        field::words(&mut html, reader, label(column, &tag), beside);
        html.close("dt").open("dd", &[some("class", "c-summary__value")]);
        write_answer(&mut html, reader, column, row.find(&column.name), &tag, has_beside);
        html.close("dd").close("div");
    }
    html.close("dl");
    html.into_view()
}

fn label<'c>(column: &'c Column, tag: &str) -> &'c str {
    let label = column.label.get(tag);
    if label.is_empty() { &column.name } else { label }
}

/// Writes an answer, and below it the same in Japanese where that says it in other words.
fn write_answer(
    html: &mut Html,
    reader: Reader,
    column: &Column,
    answer: Option<&Answer>,
    tag: &str,
    has_beside: bool,
) {
    let Some(answer) = answer else {
        let words = td_string!(reader.locale, answers.answer_none);
        html.line(reader, "span", &[some("class", "c-summary__line c-hint")], words);
        return;
    };
    let typed = matches!(answer, Answer::Text(_));
    let class = if typed { "c-summary__line c-summary__typed" } else { "c-summary__line" };
    let own = lines(reader, column, Some(answer), tag);
    for line in &own {
        // A text may run from right to left, and must not turn what stands around it.
        let direction = if typed { some("dir", "auto") } else { ("dir", None) };
        html.open("span", &[some("class", class), direction]).text(line).close("span");
    }
    if !has_beside || typed {
        return;
    }
    let japanese = lines(Reader::new(Locale::ja), column, Some(answer), BESIDE);
    if japanese != own {
        for line in japanese {
            html.open("span", &[some("class", "c-beside"), some("lang", BESIDE)]).text(&line).close("span");
        }
    }
}
