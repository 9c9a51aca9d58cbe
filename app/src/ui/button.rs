//! What can be pressed: one clear button a page, quieter ones beside it, and the way back.

use super::{
    Reader,
    html::{Html, some},
};
use crate::i18n::*;
use leptos::prelude::*;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Another thing that may be done.
    Quiet,
    /// Leaves, deletes, revokes.
    Grave,
}

impl Weight {
    /// The classes of such a button.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "c-button",
            Self::Quiet => "c-button c-button--quiet",
            Self::Grave => "c-button c-button--grave",
        }
    }
}

/// A button that sends its form.
#[component]
pub fn Button(
    /// Who reads.
    reader: Reader,
    /// Named after the act ("Send my answers"): a text of `locales/`.
    #[prop(into)]
    label: String,
    /// How loud.
    #[prop(optional)]
    weight: Weight,
    /// The name under which it is sent, if the form has several.
    #[prop(optional)]
    name: Option<&'static str>,
    /// What it sends.
    #[prop(optional, into)]
    value: Option<String>,
    /// The id of the form it belongs to, if it does not stand in it.
    #[prop(optional)]
    form: Option<&'static str>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &label, weight, name.zip(value.as_deref()), form);
    html.into_view()
}

/// Writes a button; `sends` is the name and value that it adds to its form.
pub fn write(
    html: &mut Html,
    reader: Reader,
    label: &str,
    weight: Weight,
    sends: Option<(&str, &str)>,
    form: Option<&str>,
) {
    let attributes = [
        some("class", weight.class()),
        some("type", "submit"),
        ("name", sends.map(|(name, _)| name)),
        ("value", sends.map(|(_, value)| value)),
        ("form", form),
    ];
    html.line(reader, "button", &attributes, label);
}

/// Writes a button that sends nothing: an island listens to it. A name without a value stands alone.
pub fn write_plain(html: &mut Html, reader: Reader, label: &str, weight: Weight, name: &str, value: &str) {
    let attributes = [
        some("class", weight.class()),
        some("type", "button"),
        some("name", name),
        ("value", (!value.is_empty()).then_some(value)),
    ];
    html.line(reader, "button", &attributes, label);
}

/// A link that looks like a button: the start of something.
#[component]
pub fn ButtonLink(
    /// Who reads.
    reader: Reader,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// A text of `locales/`.
    #[prop(into)]
    label: String,
    /// How loud.
    #[prop(optional)]
    weight: Weight,
) -> impl IntoView {
    view! { <a class=weight.class() href=href inner_html=reader.rich(&label)></a> }
}

/// The way back, first in `<main>`.
#[component]
pub fn BackLink(
    /// Who reads.
    reader: Reader,
    /// The page before.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let mut html = Html::new();
    write_back(&mut html, reader, &href);
    html.into_view()
}

/// Writes the way back.
pub fn write_back(html: &mut Html, reader: Reader, href: &str) {
    let label = td_string!(reader.locale, shell.back);
    html.line(reader, "a", &[some("class", "c-back"), some("href", href)], label);
}

/// The way back as a button, where what was typed has to go along: it sends its form unchecked.
#[component]
pub fn BackButton(
    /// Who reads.
    reader: Reader,
    /// The name under which it is sent.
    name: &'static str,
    /// What it sends.
    #[prop(into)]
    value: String,
    /// The id of the form it belongs to, if it does not stand in it.
    #[prop(optional)]
    form: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button
            class="c-back"
            type="submit"
            name=name
            value=value
            form=form
            formnovalidate
            inner_html=reader.rich(td_string!(reader.locale, shell.back))
        ></button>
    }
}
