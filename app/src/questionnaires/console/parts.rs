//! What several of these screens draw.

use crate::{
    questionnaires::server::catalogue::Questionnaire,
    ui::{
        Reader,
        reader::{endonym, locale_of},
    },
};
use form::{Definition, Text};
use leptos::prelude::*;

/// The address of a questionnaire's screens; `rest` begins with a slash or is empty.
pub fn path(slug: &str, rest: &str) -> String {
    ["/console/questionnaires/", slug, rest].concat()
}

/// The language of a definition that this person reads best: their own, or the first it has.
pub fn language(reader: Reader, definition: &Definition) -> String {
    let own = definition.languages.iter().find(|language| *language == reader.tag());
    own.or(definition.languages.first()).cloned().unwrap_or_default()
}

/// A text of a definition for this person, for [`Reader::rich`].
pub fn words(reader: Reader, definition: &Definition, text: &Text) -> String {
    text.get(&language(reader, definition)).to_owned()
}

/// What a questionnaire is called, for [`Reader::rich`].
pub fn title(reader: Reader, questionnaire: &Questionnaire) -> String {
    let definition = questionnaire.current.definition();
    words(reader, definition, &definition.title)
}

/// A language by its own name, or its tag if this program does not speak it.
pub fn language_name(tag: &str) -> String {
    locale_of(tag).map_or_else(|| tag.to_owned(), |locale| endonym(locale).to_owned())
}

/// The way back to the questionnaire, below the heading.
#[component]
pub fn Home(
    /// Who reads.
    reader: Reader,
    /// The questionnaire's slug.
    slug: String,
    /// What it is called; its slug if it is none of ours.
    #[prop(optional_no_strip)]
    title: Option<String>,
) -> impl IntoView {
    let words = match title {
        Some(title) => reader.rich(&title),
        None => reader.rich(&slug),
    };
    view! {
        <p>
            <a href=path(&slug, "") inner_html=words></a>
        </p>
    }
}

/// A choice of one of several in little room.
#[component]
pub fn Select(
    /// Who reads.
    reader: Reader,
    /// The element's id.
    id: &'static str,
    /// The name under which it is sent.
    name: &'static str,
    /// What is chosen: a text of `locales/`.
    label: &'static str,
    /// Value and words of each; several under a heading if there is one.
    options: Vec<Options>,
    /// The value that is chosen.
    chosen: String,
) -> impl IntoView {
    let option = move |(value, words): (String, String)| {
        let is_chosen = value == chosen;
        view! {
            <option value=value selected=is_chosen>
                {words}
            </option>
        }
    };
    let groups = options
        .into_iter()
        .map(|Options { heading, rows }| {
            let rows = rows.into_iter().map(option.clone()).collect_view();
            match heading {
                Some(heading) => view! { <optgroup label=heading>{rows}</optgroup> }.into_any(),
                None => rows.into_any(),
            }
        })
        .collect_view();
    view! {
        <div class="c-group">
            <label class="c-label" for=id inner_html=reader.rich(label)></label>
            <select class="c-field" id=id name=name>
                {groups}
            </select>
        </div>
    }
}

/// Some options of a [`Select`]; plain text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What stands above them.
    pub heading: Option<String>,
    /// Values and words.
    pub rows: Vec<(String, String)>,
}
