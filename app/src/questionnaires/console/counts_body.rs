//! What stands around the tables of counts: the filter, notes, and the form that asks for exact numbers.

use super::{
    counts::{Shown, Wanted},
    counts_tables::Tables,
    parts::{Home, Options, Select, language, language_name, path, title},
};
use crate::{
    i18n::*,
    questionnaires::server::{
        counts::figures::{Figures, NO_CHANNEL},
        export::Include,
    },
    ui::{Button, Field, Notice, Reader, TextField, Tone, Weight},
};
use leptos::prelude::*;

/// The screen below its heading.
pub struct Body {
    /// Who reads.
    pub reader: Reader,
    /// What the address says.
    pub wanted: Wanted,
    /// How much is shown.
    pub shown: Shown,
    /// Whether exact numbers may be asked for.
    pub is_coordinator: bool,
}

impl Body {
    /// Draws it around the numbers.
    pub fn draw(self, figures: &Figures) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let questionnaire = &figures.questionnaire;
        let slug = questionnaire.slug.clone();
        let name = title(reader, questionnaire);
        let is_exact = self.shown.scope.include() == Include::Everything;
        let (note, tone) = match is_exact {
            true => (td_string!(locale, answers.counts_exact_note), Tone::Waiting),
            false => (td_string!(locale, answers.counts_few), Tone::Plain),
        };
        let has_grave = figures.has_grave;
        let total = td_string!(locale, answers.answers_caption, count = figures.total).to_string();
        let tag = language(reader, questionnaire.current.definition());
        let tables = Tables { reader, tag: &tag };
        view! {
            <Home reader slug=slug.clone() title=Some(name) />
            {self.filter(figures)}
            <p class="counts-total" inner_html=reader.rich(&total)></p>
            <p inner_html=reader.rich(td_string!(locale, answers.counts_text))></p>
            {has_grave
                .then(|| {
                    view! {
                        <Notice tone>
                            <p inner_html=reader.rich(note)></p>
                        </Notice>
                    }
                })}
            <div class="counts-questions">{tables.questions(figures).into_view()}</div>
            {tables.completion(figures)}
            {tables.steps(figures).into_view()}
            {has_grave.then(|| self.exact(&slug))}
        }
    }

    /// Only answers to an edition, in a language, of people who came in one way.
    fn filter(&self, figures: &Figures) -> impl IntoView + use<> {
        let Self { reader, wanted, .. } = self;
        let (reader, locale) = (*reader, reader.locale);
        let options = |rows: Vec<(String, String)>| {
            let all = (String::new(), reader.plain(td_string!(locale, answers.filter_all)));
            vec![Options { heading: None, rows: std::iter::once(all).chain(rows).collect() }]
        };
        let counted = |words: &str, count: u64| format!("{words} ({count})");
        let editions = figures.editions.iter().map(|(version, n)| (version.clone(), counted(version, *n))).collect();
        let languages =
            figures.languages.iter().map(|(tag, n)| (tag.clone(), counted(&language_name(tag), *n))).collect();
        let mut channels: Vec<_> = figures
            .channels
            .iter()
            .map(|(code, n)| match code.as_str() {
                "" => {
                    (NO_CHANNEL.to_owned(), counted(&reader.plain(td_string!(locale, answers.counts_no_channel)), *n))
                }
                code => (code.to_owned(), counted(code, *n)),
            })
            .collect();
        // What is chosen stays chosen, however few there are.
        if !wanted.channel.is_empty() && !channels.iter().any(|(code, _)| *code == wanted.channel) {
            channels.push((wanted.channel.clone(), wanted.channel.clone()));
        }
        let Wanted { edition, language, channel } = wanted.clone();
        view! {
            <form
                class="answers-form answers-form--row"
                method="get"
                action=path(&figures.questionnaire.slug, "/counts")
            >
                <h2 inner_html=reader.rich(td_string!(locale, answers.filter_title))></h2>
                <Select
                    reader
                    id="edition"
                    name="edition"
                    label=td_string!(locale, answers.col_edition)
                    options=options(editions)
                    chosen=edition
                />
                <Select
                    reader
                    id="language"
                    name="language"
                    label=td_string!(locale, answers.col_language)
                    options=options(languages)
                    chosen=language
                />
                <Select
                    reader
                    id="channel"
                    name="channel"
                    label=td_string!(locale, answers.col_channel)
                    options=options(channels)
                    chosen=channel
                />
                <Button reader label=td_string!(locale, answers.filter_apply) weight=Weight::Quiet />
            </form>
        }
    }

    /// The form that asks for exact numbers, for whom they may be asked by.
    fn exact(&self, slug: &str) -> impl IntoView + use<> {
        let Self { reader, wanted, shown, .. } = self;
        let (reader, locale) = (*reader, reader.locale);
        let heading = reader.rich(td_string!(locale, answers.counts_exact_title));
        if !self.is_coordinator {
            let note = reader.rich(td_string!(locale, answers.counts_exact_coordinators));
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
        let Wanted { edition, language, channel } = wanted.clone();
        view! {
            <form class="answers-form" method="post" action=path(slug, "/counts") novalidate>
                <h2 inner_html=heading></h2>
                <p inner_html=reader.rich(td_string!(locale, answers.with_text))></p>
                <input type="hidden" name="edition" value=edition />
                <input type="hidden" name="language" value=language />
                <input type="hidden" name="channel" value=channel />
                <TextField reader field name="reason" value=shown.reason.clone() />
                <div class="c-actions">
                    <Button reader label=td_string!(locale, answers.counts_exact_show) />
                </div>
            </form>
        }
        .into_any()
    }
}
