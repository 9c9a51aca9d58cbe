//! The frame of every page: head, skip link, header with languages, footer with numbers to call, exit.
//!
//! Called by `server::page` alone. What must stay true: every page works without script; no attribute `style`; each
//! language is named in its own script with `lang`; on a worker's page nothing that was typed is lost by choosing a
//! language (its buttons belong to the form `question`).

mod exit;
mod footer;
mod header;
mod languages;
mod meta;
mod switches;

use super::Reader;
use crate::{
    i18n::*,
    server::assets::{Bundle, Names},
};
use exit::{Exit, ExitTwin};
use footer::Footer;
use header::Header;
use leptos::prelude::*;
use meta::{Addresses, Installable};

/// The name of the site, the same in all languages.
pub const SITE_NAME: &str = "Entaku";

/// The id of the form that a worker's page holds: the frame's buttons send it.
pub const QUESTION_FORM: &str = "question";

/// What a page says of itself.
pub struct Head {
    /// The person it is drawn for.
    pub reader: Reader,
    /// The title, plain text in the person's language, without the site's name. Neutral: it stays in the history.
    pub title: String,
    /// The address behind the language ("" for the home page, "/privacy"), the same in all languages. `None` on
    /// pages whose address names no language (the list of languages, the console). An error page says "", so that
    /// its languages lead home. A query may follow it (`?via=poster`): it goes along to the other languages, and
    /// search engines are not told of it.
    pub path: Option<String>,
    /// The islands' program, if the page holds one.
    pub bundle: Option<Bundle>,
    /// Which frame.
    pub frame: Frame,
}

/// Who the frame is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Visitors and workers: languages as links, indexed by search engines.
    Public,
    /// The same with *Exit*, and kept by no cache: a public page that somebody may not be seen reading.
    Discreet,
    /// A page of somebody's own (question, check, sent): languages are buttons of the form `question`, so that
    /// what was typed goes along; never indexed, never cached; *Exit* stands first.
    Worker,
    /// A page of a guest's own (a form, a registration): never indexed, never cached, and the name leads home. Without a
    /// path in [`Head`] its languages are buttons of the form `question`, so that what was typed goes along; with one
    /// they are links, as there is nothing to lose.
    Guest,
    /// A page of the voice desk: never indexed, never cached, *Exit* stands first, and the name is no link. Its languages
    /// are buttons of the form `question` or, with a path in [`Head`], links, as with a guest's.
    Voice,
    /// Organizers.
    Console,
    /// A desk: nothing but its page, which needs the room and names its languages itself.
    Desk,
}

impl Frame {
    /// Whether a search engine may list the page.
    const fn is_public(self) -> bool {
        matches!(self, Self::Public | Self::Discreet)
    }

    /// Whether the way out stands on the page.
    const fn has_exit(self) -> bool {
        matches!(self, Self::Discreet | Self::Worker | Self::Voice)
    }

    /// Whether the frame's buttons belong to the form of the page.
    const fn has_form(self, path: Option<&String>) -> bool {
        match self {
            Self::Worker => true,
            Self::Guest | Self::Voice => path.is_none(),
            Self::Public | Self::Discreet | Self::Console | Self::Desk => false,
        }
    }

    /// Whether it wears the organizers' style.
    pub(crate) const fn is_console(self) -> bool {
        matches!(self, Self::Console | Self::Desk)
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Public => "c-page",
            Self::Discreet => "c-page c-page--discreet",
            Self::Worker | Self::Voice => "c-page c-page--worker",
            Self::Guest => "c-page",
            Self::Console => "c-page c-page--console",
            Self::Desk => "c-page c-page--console c-page--desk",
        }
    }
}

/// Draws the frame around `children`.
#[component]
pub fn Shell(
    /// What the page says of itself.
    head: Head,
    /// The worker's build: its style sheet serves every page.
    names: Names,
    /// The console's style sheet, where it is needed.
    console_style: Option<String>,
    /// The address of the web app's manifest, where the site may be put on a home screen.
    manifest: Option<String>,
    /// Scheme, host and port of the site, for addresses that must be whole.
    #[prop(optional, into)]
    base_url: String,
    /// What leads to the neighbouring pages, between header and `<main>`; empty where there is nothing of the kind.
    nav: AnyView,
    /// The page's `<main>`, without the element.
    children: Children,
) -> impl IntoView {
    let Head { reader, title, path, frame, .. } = head;
    let title = [title.as_str(), " – ", SITE_NAME].concat();
    let indexed = path.as_deref().and_then(|path| path.split('?').next()).filter(|_| frame.is_public());
    let indexed = indexed.map(str::to_owned);
    view! {
        <html lang=reader.lang() class=reader.class()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                {view! { <Addresses reader path=indexed public=frame.is_public() base_url /> }.into_any()}
                <link rel="stylesheet" href=names.style />
                {console_style.map(|href| view! { <link rel="stylesheet" href=href /> })}
                {manifest.map(|href| view! { <Installable href /> }.into_any())}
            </head>
            <body class=frame.class()>
                {frame.has_form(path.as_ref()).then(|| default_button().into_any())}
                <a class="c-skip" href="#main" inner_html=reader.rich(td_string!(reader.locale, shell.skip))></a>
                {frame.has_exit().then(|| view! { <ExitTwin reader /> }.into_any())}
                {frame.has_exit().then(|| view! { <Exit reader /> }.into_any())}
                {(frame != Frame::Desk).then(|| view! { <Header reader path=path.clone() frame /> }.into_any())}
                {nav}
                <main class="c-main" id="main" tabindex="-1">
                    {children()}
                </main>
                {(frame != Frame::Desk).then(|| view! { <Footer reader frame /> }.into_any())}
            </body>
        </html>
    }
}

/// The first button of the form `question` in the page: Enter in a field presses the first one, which would otherwise
/// be a language.
fn default_button() -> impl IntoView {
    view! { <button type="submit" form=QUESTION_FORM name="go" value="next" hidden tabindex="-1" aria-hidden="true"></button> }
}
