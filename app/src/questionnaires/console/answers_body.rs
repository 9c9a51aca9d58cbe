//! What stands around the table of answers: the filter, the downloads, and the form that asks for everything.

use super::{
    filter_form::{FilterForm, Offered},
    parts::{Home, Options, Select, language_name, path, title},
    table::AnswersTable,
    wanted::Wanted,
};
use crate::{
    auth::pages::problems::Problems,
    i18n::*,
    questionnaires::server::{
        catalogue::Questionnaire,
        export::{Include, Page},
        scope::Scope,
    },
    ui::{Button, Field, Notice, Pagination, Reader, TextField, Tone, Weight},
};
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
    /// What may be filtered by.
    pub offered: Offered,
}

impl Body {
    /// Draws it around one page of rows.
    pub fn draw(self, page: Page) -> impl IntoView {
        let Self { reader, ref questionnaire, .. } = self;
        let locale = reader.locale;
        let is_everything = self.shown.scope.include() == Include::Everything;
        let Page { columns, rows, number, pages, total, before } = page;
        let (offered, definition) = (self.offered.clone(), questionnaire.current.definition().clone());
        let (wanted, slug) = (self.wanted.clone(), questionnaire.slug.clone());
        let filter =
            view! { <FilterForm reader slug definition=definition.clone() columns=columns.clone() offered wanted /> };
        // A page that is opened for everything may be filtered by what no address may say.
        let query = [&self.wanted.without_grave(&columns).query(), "page=", &number.to_string()].concat();
        let slug = questionnaire.slug.clone();
        let table = if rows.is_empty() {
            let empty = reader.rich(td_string!(locale, answers.no_answers));
            view! { <p inner_html=empty></p> }.into_any()
        } else {
            view! { <AnswersTable reader slug query definition columns rows total before /> }.into_any()
        };
        let (note, tone) = match is_everything {
            true => (td_string!(locale, answers.everything_note), Tone::Waiting),
            false => (td_string!(locale, answers.left_out_note), Tone::Plain),
        };
        let turn = match is_everything {
            true => self.turn_everything(number, pages).into_any(),
            false => {
                let base = ["?", &self.wanted.query(), "page="].concat();
                view! { <Pagination reader page=number pages base /> }.into_any()
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

    /// The same rows as a file.
    fn download(&self) -> impl IntoView + use<> {
        let Self { reader, questionnaire, wanted, .. } = self;
        let (reader, locale, slug) = (*reader, reader.locale, &questionnaire.slug);
        let words = |text: &str| reader.rich(text);
        let other = |rest: &str, label: &'static str| {
            view! {
                <button
                    class="c-button c-button--quiet"
                    type="submit"
                    formaction=path(slug, rest)
                    inner_html=reader.rich(label)
                ></button>
            }
        };
        view! {
            <form class="answers-form" method="get" action=path(slug, "/answers.xlsx")>
                <h2 inner_html=words(td_string!(locale, answers.download_title))></h2>
                <p inner_html=words(td_string!(locale, answers.download_text))></p>
                <p>
                    <a href=path(slug, "/codebook") inner_html=words(td_string!(locale, answers.to_codebook))></a>
                </p>
                {wanted.hidden()}
                {self.labels("labels")}
                <div class="c-actions">
                    <button class="c-button" type="submit" inner_html=words(td_string!(locale, answers.download_xlsx))></button>
                    {other("/answers.csv", td_string!(locale, answers.download_csv))}
                    {other("/answers.json", td_string!(locale, answers.download_json))}
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
                {wanted.hidden()}
                <TextField reader field name="reason" value=shown.reason.clone() />
                {self.labels("labels-everything")}
                <div class="c-actions">
                    <Button reader label=td_string!(locale, answers.with_screen) name="as" value="screen" />
                    <Button reader label=td_string!(locale, answers.with_xlsx) weight=Weight::Quiet name="as" value="xlsx" />
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
        let hidden = wanted.hidden();
        (pages > 1).then(move || {
            view! {
                <form class="c-pages" method="post" action=path(&slug, "/answers")>
                    <input type="hidden" name="as" value="screen" />
                    <input type="hidden" name="reason" value=reason />
                    {hidden}
                    {(number > 1).then(|| button(number - 1, td_string!(locale, shell.page_before)))}
                    <span class="c-pages__place" inner_html=reader.rich(&place)></span>
                    {(number < pages).then(|| button(number + 1, td_string!(locale, shell.page_after)))}
                </form>
            }
        })
    }
}
