//! The form that chooses rows: a GET, so that what was chosen stands in the address and can be kept.

use super::{
    parts::{Options, Select, language, language_name, path},
    wanted::Wanted,
};
use crate::{
    i18n::*,
    questionnaires::server::export::{Column, Columns, NO_CHANNEL},
    ui::{Button, Reader, Weight},
};
use form::{Definition, entry};
use leptos::prelude::*;

/// What answers can be told apart by.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    /// The versions of the editions, the current one first.
    pub versions: Vec<String>,
    /// The languages in which answers came.
    pub languages: Vec<String>,
    /// The channels through which they came; `None` is none.
    pub channels: Vec<Option<String>>,
}

/// Only answers to an edition, in a language, through a channel, of people who answered a question in one way.
#[component]
pub fn FilterForm(
    /// Who reads.
    reader: Reader,
    /// The questionnaire's slug.
    slug: String,
    /// The current edition, for its languages.
    definition: Definition,
    /// The questions that may be seen.
    columns: Columns,
    /// What is offered.
    offered: Offered,
    /// What is chosen.
    wanted: Wanted,
) -> impl IntoView {
    let locale = reader.locale;
    let Offered { versions, languages, channels } = offered;
    let select = |id: &'static str, label: &'static str, rows: Vec<(String, String)>, chosen: String| {
        let options = vec![all(reader), Options { heading: None, rows: with_chosen(rows, &chosen) }];
        view! { <Select reader id name=id label options chosen /> }
    };
    let versions = versions.into_iter().map(|version| (version.clone(), version)).collect();
    let languages = languages.into_iter().map(|tag| (tag.clone(), language_name(&tag))).collect();
    let channels = channels
        .into_iter()
        .map(|channel| match channel {
            Some(code) => (code.clone(), code),
            None => (NO_CHANNEL.to_owned(), reader.plain(td_string!(locale, answers.no_channel))),
        })
        .collect();
    let mut answers = vec![all(reader)];
    answers.extend(answer_options(reader, &definition, &columns));
    view! {
        <form class="answers-form answers-form--row" method="get" action=path(&slug, "/answers")>
            <h2 inner_html=reader.rich(td_string!(locale, answers.filter_title))></h2>
            {select("version", td_string!(locale, answers.col_edition), versions, wanted.version)}
            {select("language", td_string!(locale, answers.col_language), languages, wanted.language)}
            {select("channel", td_string!(locale, answers.col_channel), channels, wanted.channel)}
            <Select
                reader
                id="answer"
                name="answer"
                label=td_string!(locale, answers.filter_answer)
                options=answers
                chosen=wanted.answer
            />
            <Button reader label=td_string!(locale, answers.filter_apply) weight=Weight::Quiet />
        </form>
    }
}

fn all(reader: Reader) -> Options {
    Options { heading: None, rows: vec![(String::new(), reader.plain(td_string!(reader.locale, answers.filter_all)))] }
}

/// What an address chose is offered too, be there no such answers: the form must not say something else than it does.
fn with_chosen(mut rows: Vec<(String, String)>, chosen: &str) -> Vec<(String, String)> {
    if !chosen.is_empty() && !rows.iter().any(|(value, _)| value == chosen) {
        rows.push((chosen.to_owned(), chosen.to_owned()));
    }
    rows
}

/// The answers that can be asked for, under their questions.
fn answer_options(reader: Reader, definition: &Definition, columns: &Columns) -> Vec<Options> {
    let locale = reader.locale;
    let tag = language(reader, definition);
    let options = |column: &Column| {
        let row = |code: &str, words: String| ([&column.name, "=", code].concat(), words);
        let mut rows: Vec<_> =
            column.choices.iter().map(|choice| row(&choice.code, column.choice_in(&choice.code, &tag))).collect();
        if column.may_decline {
            rows.push(row(entry::DECLINED, reader.plain(td_string!(locale, answers.declined))));
        }
        if column.may_not_know {
            rows.push(row(entry::UNKNOWN, reader.plain(td_string!(locale, answers.unknown))));
        }
        Options { heading: Some(column.label_in(&tag)), rows }
    };
    columns.iter().filter(|column| column.is_ordinary()).map(options).collect()
}
