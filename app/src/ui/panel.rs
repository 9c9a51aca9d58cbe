//! Boxes that speak: the confirmation with its code, and notices.

use super::{
    Reader,
    html::{Html, some},
};
use leptos::prelude::*;

/// It is done: one line and, if there is one, the code to keep, large enough to copy by hand.
#[component]
pub fn Panel(
    /// Who reads.
    reader: Reader,
    /// What is done ("Your answers are sent"), the page's `h1`: a text of `locales/`.
    #[prop(into)]
    title: String,
    /// What the code is ("Your code"): a text of `locales/`.
    #[prop(optional, into)]
    code_label: String,
    /// The code.
    #[prop(optional, into)]
    code: Option<String>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &title, code.as_deref().map(|code| (code_label.as_str(), code)));
    html.into_view()
}

/// Writes the box; `code` is what it is called, and the code.
pub fn write(html: &mut Html, reader: Reader, title: &str, code: Option<(&str, &str)>) {
    html.open("div", &[some("class", "c-panel")]);
    html.line(reader, "h1", &[some("class", "c-panel__title")], title);
    if let Some((label, code)) = code {
        html.line(reader, "p", &[some("class", "c-panel__label")], label);
        html.open("p", &[some("class", "c-panel__code"), some("translate", "no")]).text(code).close("p");
    }
    html.close("div");
}

/// What a notice or a chip tells, besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    #[default]
    Plain,
    /// Something is done.
    Done,
    /// Something waits.
    Waiting,
    /// Something is wrong.
    Wrong,
}

impl Tone {
    /// The ending of a class.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Done => "done",
            Self::Waiting => "waiting",
            Self::Wrong => "wrong",
        }
    }
}

/// A note beside the flow of the page.
#[component]
pub fn Notice(
    /// What it tells besides its words.
    #[prop(optional)]
    tone: Tone,
    /// Paragraphs.
    children: Children,
) -> impl IntoView {
    view! { <div class=["c-notice c-notice--", tone.as_str()].concat()>{children()}</div> }
}

/// A state in one or two words; the colour never says it alone.
#[component]
pub fn StatusChip(
    /// Who reads.
    reader: Reader,
    /// The state: a text of `locales/`.
    #[prop(into)]
    label: String,
    /// How it is.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! { <span class=["c-chip c-chip--", tone.as_str()].concat() inner_html=reader.rich(&label)></span> }
}
