//! What stands around the table of answers: the filter, the downloads, and the form that asks for everything.

use super::{
    answers::Wanted,
    parts::{Home, Options, Select, language, language_name, path, title},
    table::AnswersTable,
};
use crate::{
    auth::pages::problems::Problems,
    i18n::*,
    questionnaires::server::{
        catalogue::Questionnaire,
        export::{Columns, Include, Page},
        scope::Scope,
    },
    ui::{Button, Field, Notice, Pagination, Reader, TextField, Tone, Weight},
};
use form::entry;
use leptos::prelude::*;

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
    /// What the address says.
    pub wanted: Wanted,
    /// How much is shown.
    pub shown: Shown,
    /// Whether everything may be asked for.
    pub is_coordinator: bool,
    /// The languages in which answers came.
    pub languages: Vec<String>,
}

impl Body {
    /// Draws it around one page of rows.
    pub fn draw(self, page: Page) -> impl IntoView {
        let Self { reader, ref questionnaire, .. } = self;
        let locale = reader.locale;
        let is_everything = self.shown.scope.include() == Include::Everything;
        let Page { columns, rows, number, pages, total } = page;
        let filter = self.filter(&columns);
        let definition = questionnaire.current.definition().clone();
        let table = if rows.is_empty() {
            let empty = reader.rich(td_string!(locale, answers.no_answers));
            view! { <p inner_html=empty></p> }.into_any()
        } else {
            view! { <AnswersTable reader definition columns rows total /> }.into_any()
        };
        let (note, tone) = match is_everything {
            true => (td_string!(locale, answers.everything_note), Tone::Waiting),
            false => (td_string!(locale, answers.left_out_note), Tone::Plain),
        };
        let turn = match is_everything {
            true => self.turn_everything(number, pages).into_any(),
            false => {
                let filter = self.wanted.filter().map(|filter| filter.query()).unwrap_or_default();
                view! { <Pagination reader page=number pages base=["?", &filter, "page="].concat() /> }.into_any()
            }
        };
        view! {
            <Home reader slug=questionnaire.slug.clone() title=Some(title(reader, questionnaire)) />
            {filter}
            <Notice tone>
                <p inner_html=reader.rich(note)></p>
                <p inner_html=reader.rich(td_string!(locale, answers.order_note))></p>
            </Notice>
            {table}
            {turn}
            {self.download()}
            {self.everything()}
        }
    }

    /// Only answers in a language, or of people who answered a question in one way.
    fn filter(&self, columns: &Columns) -> impl IntoView + use<> {
        let Self { reader, questionnaire, wanted, .. } = self;
        let (reader, locale) = (*reader, reader.locale);
        let all = || Options {
            heading: None,
            rows: vec![(String::new(), reader.plain(td_string!(locale, answers.filter_all)))],
        };
        let languages = self.languages.iter().map(|tag| (tag.clone(), language_name(tag))).collect();
        let tag = language(reader, questionnaire.current.definition());
        let mut answers = vec![all()];
        for column in columns.iter().filter(|column| column.is_ordinary()) {
            let row = |code: &str, words: String| ([&column.name, "=", code].concat(), words);
            let mut rows: Vec<_> =
                column.choices.iter().map(|choice| row(&choice.code, column.choice_in(&choice.code, &tag))).collect();
            if column.may_decline {
                rows.push(row(entry::DECLINED, reader.plain(td_string!(locale, answers.declined))));
            }
            if column.may_not_know {
                rows.push(row(entry::UNKNOWN, reader.plain(td_string!(locale, answers.unknown))));
            }
            answers.push(Options { heading: Some(column.label_in(&tag)), rows });
        }
        let (language, answer) = (wanted.language.clone(), wanted.answer.clone());
        view! {
            <form class="answers-form answers-form--row" method="get" action=path(&questionnaire.slug, "/answers")>
                <h2 inner_html=reader.rich(td_string!(locale, answers.filter_title))></h2>
                <Select
                    reader
                    id="language"
                    name="language"
                    label=td_string!(locale, answers.col_language)
                    options=vec![all(), Options { heading: None, rows: languages }]
                    chosen=language
                />
                <Select
                    reader
                    id="answer"
                    name="answer"
                    label=td_string!(locale, answers.filter_answer)
                    options=answers
                    chosen=answer
                />
                <Button reader label=td_string!(locale, answers.filter_apply) weight=Weight::Quiet />
            </form>
        }
    }

    /// The same rows as a file.
    fn download(&self) -> impl IntoView + use<> {
        let Self { reader, questionnaire, wanted, .. } = self;
        let (reader, locale, slug) = (*reader, reader.locale, &questionnaire.slug);
        let words = |text: &str| reader.rich(text);
        view! {
            <form class="answers-form" method="get" action=path(slug, "/answers.csv")>
                <h2 inner_html=words(td_string!(locale, answers.download_title))></h2>
                <p inner_html=words(td_string!(locale, answers.download_text))></p>
                <p>
                    <a href=path(slug, "/codebook") inner_html=words(td_string!(locale, answers.to_codebook))></a>
                </p>
                <input type="hidden" name="language" value=wanted.language.clone() />
                <input type="hidden" name="answer" value=wanted.answer.clone() />
                {self.labels("labels")}
                <div class="c-actions">
                    <button class="c-button" type="submit" inner_html=words(td_string!(locale, answers.download_csv))></button>
                    <button
                        class="c-button c-button--quiet"
                        type="submit"
                        formaction=path(slug, "/answers.json")
                        inner_html=words(td_string!(locale, answers.download_json))
                    ></button>
                </div>
            </form>
        }
    }

    fn labels(&self, id: &'static str) -> impl IntoView + use<> {
        let locale = self.reader.locale;
        let codes = (String::new(), self.reader.plain(td_string!(locale, answers.labels_codes)));
        let languages = self.questionnaire.current.definition().languages.iter();
        let rows = std::iter::once(codes).chain(languages.map(|tag| (tag.clone(), language_name(tag)))).collect();
        view! {
            <Select
                reader=self.reader
                id=id
                name="labels"
                label=td_string!(locale, answers.labels_title)
                options=vec![Options { heading: None, rows }]
                chosen=self.wanted.labels.clone()
            />
        }
    }

    /// The form that asks for everything, for whom it may be asked by.
    fn everything(&self) -> impl IntoView + use<> {
        let Self { reader, questionnaire, wanted, shown, .. } = self;
        let (reader, locale) = (*reader, reader.locale);
        let words = |text: &str| reader.rich(text);
        let heading = words(td_string!(locale, answers.with_title));
        if !self.is_coordinator {
            let note = words(td_string!(locale, answers.with_coordinators));
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
        view! {
            <form class="answers-form" method="post" action=path(&questionnaire.slug, "/answers") novalidate>
                <h2 inner_html=heading></h2>
                <p inner_html=words(td_string!(locale, answers.with_text))></p>
                <input type="hidden" name="language" value=wanted.language.clone() />
                <input type="hidden" name="answer" value=wanted.answer.clone() />
                <TextField reader field name="reason" value=shown.reason.clone() />
                {self.labels("labels-everything")}
                <div class="c-actions">
                    <Button reader label=td_string!(locale, answers.with_screen) name="as" value="screen" />
                    <Button reader label=td_string!(locale, answers.with_csv) weight=Weight::Quiet name="as" value="csv" />
                    <Button reader label=td_string!(locale, answers.with_json) weight=Weight::Quiet name="as" value="json" />
                </div>
            </form>
        }
        .into_any()
    }

    /// The pages of everything: each is asked for with the same reason and noted again.
    fn turn_everything(&self, number: u32, pages: u32) -> impl IntoView + use<> {
        let Self { reader, questionnaire, wanted, shown, .. } = self;
        let (reader, locale) = (*reader, reader.locale);
        let place = td_string!(locale, shell.page_of, page = number, pages = pages).to_string();
        let button = move |page: u32, label: &'static str| {
            view! { <Button reader label weight=Weight::Quiet name="page" value=page.to_string() /> }
        };
        let (slug, reason) = (questionnaire.slug.clone(), shown.reason.clone());
        let (language, answer) = (wanted.language.clone(), wanted.answer.clone());
        (pages > 1).then(move || {
            view! {
                <form class="c-pages" method="post" action=path(&slug, "/answers")>
                    <input type="hidden" name="as" value="screen" />
                    <input type="hidden" name="reason" value=reason />
                    <input type="hidden" name="language" value=language />
                    <input type="hidden" name="answer" value=answer />
                    {(number > 1).then(|| button(number - 1, td_string!(locale, shell.page_before)))}
                    <span class="c-pages__place" inner_html=reader.rich(&place)></span>
                    {(number < pages).then(|| button(number + 1, td_string!(locale, shell.page_after)))}
                </form>
            }
        })
    }
}
