//! The frame of every console screen: navigation, notice, heading, content.

use super::nav::{Navigation, Section};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    i18n::*,
    server::{Context, assets::Bundle, page::page_with_nav},
    ui::{
        ErrorSummary, Notice, Reader, Tone,
        errors::error_prefix,
        shell::{Frame, Head},
    },
};
use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

/// What a screen says of itself.
#[derive(Debug)]
pub struct Screen {
    /// Where it belongs.
    pub section: Section,
    /// Its heading and title: a text of `locales/`, ruby and all.
    pub title: String,
    /// What stands before the title in the browser's tab if it is typed text ("Survey 2027"); drawn as it is.
    pub about: Option<String>,
    /// The islands' program, if it holds one.
    pub bundle: Option<Bundle>,
    /// What was wrong with the form that was sent.
    pub problems: Problems,
    /// What has just been done, or has to wait: a text of `locales/`.
    pub notice: Option<(Tone, String)>,
}

impl Screen {
    /// A screen without script.
    #[must_use]
    pub fn new(section: Section, title: impl Into<String>) -> Self {
        Self { section, title: title.into(), about: None, bundle: None, problems: Problems::default(), notice: None }
    }

    /// The same screen about something that has a name of its own, which becomes the heading.
    #[must_use]
    pub fn about(self, name: impl Into<String>) -> Self {
        Self { about: Some(name.into()), ..self }
    }

    /// The same screen with what was wrong: a summary stands first.
    #[must_use]
    pub fn problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    /// The same screen with a notice above the heading.
    #[must_use]
    pub fn notice(self, notice: Option<(Tone, String)>) -> Self {
        Self { notice, ..self }
    }

    /// The same screen with an island.
    #[must_use]
    pub fn with_bundle(self, bundle: Bundle) -> Self {
        Self { bundle: Some(bundle), ..self }
    }
}

/// Answers with a console screen. `body` draws what stands below the heading (`h1`), which is drawn here; a status
/// of 422 puts "Error:" into the title.
pub fn screen(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    screen: Screen,
    body: impl FnOnce() -> AnyView,
) -> Response {
    let Screen { section, title, about, bundle, problems, notice } = screen;
    let console = reader.plain(td_string!(reader.locale, console.name));
    let prefix = if status.is_client_error() { error_prefix(reader) } else { String::new() };
    let words = reader.plain(&title);
    let named = about.as_ref().map_or_else(|| words.clone(), |about| format!("{about} – {words}"));
    let head =
        Head { reader, title: format!("{prefix}{named} – {console}"), path: None, bundle, frame: Frame::Console };
    let organizer = organizer.clone();
    let nav = move || view! { <Navigation reader organizer section /> }.into_any();
    page_with_nav(ctx, status, head, nav, move || {
        let heading = match about {
            Some(about) => view! { <h1>{about}</h1> }.into_any(),
            None => view! { <h1 inner_html=reader.rich(&title)></h1> }.into_any(),
        };
        view! {
            {(!problems.is_empty()).then(|| view! { <ErrorSummary reader errors=problems.summary() /> })}
            {notice
                .map(|(tone, text)| {
                    view! {
                        <Notice tone>
                            <p role="status" inner_html=reader.rich(&text)></p>
                        </Notice>
                    }
                })}
            {heading}
            {body()}
        }
        .into_any()
    })
}
