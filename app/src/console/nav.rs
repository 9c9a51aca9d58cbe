//! The way around the console.

use crate::{
    auth::Organizer,
    i18n::*,
    ui::{Button, Reader, button::Weight},
};
use leptos::prelude::*;

/// Which part of the console a screen belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Today,
    /// Questionnaires and their answers.
    Questionnaires,
    /// Round tables and seminars, their guests.
    Events,
    /// Letters of workers.
    Voices,
    /// Who the organizers are; for coordinators.
    Organizers,
    /// What organizers did; for coordinators.
    Audit,
    /// One's own sign-in.
    Account,
}

impl Section {
    /// All sections, in the order of the navigation. A new section is a variant here, an address and a word below.
    const ALL: [Self; 7] =
        [Self::Today, Self::Questionnaires, Self::Events, Self::Voices, Self::Organizers, Self::Audit, Self::Account];

    const fn href(self) -> &'static str {
        match self {
            Self::Today => "/console",
            Self::Questionnaires => "/console/questionnaires",
            Self::Events => "/console/events",
            Self::Voices => "/console/voices",
            Self::Organizers => "/console/organizers",
            Self::Audit => "/console/audit",
            Self::Account => "/console/account",
        }
    }

    fn label(self, reader: Reader) -> &'static str {
        match self {
            Self::Today => td_string!(reader.locale, console.nav_today),
            Self::Questionnaires => td_string!(reader.locale, console.nav_questionnaires),
            Self::Events => td_string!(reader.locale, console.nav_events),
            Self::Voices => td_string!(reader.locale, console.nav_voices),
            Self::Organizers => td_string!(reader.locale, console.nav_organizers),
            Self::Audit => td_string!(reader.locale, console.nav_audit),
            Self::Account => td_string!(reader.locale, console.nav_account),
        }
    }

    /// Whether the person may go there: nobody is shown a door that stays shut.
    fn is_open_to(self, organizer: &Organizer) -> bool {
        match self {
            Self::Organizers | Self::Audit => organizer.is_coordinator(),
            Self::Today | Self::Questionnaires | Self::Events | Self::Voices | Self::Account => true,
        }
    }
}

/// The sections as links, and the way out.
#[component]
pub fn Navigation(
    /// Who reads.
    reader: Reader,
    /// Who is signed in.
    organizer: Organizer,
    /// Where the screen belongs.
    section: Section,
) -> impl IntoView {
    let title = reader.plain(td_string!(reader.locale, console.nav));
    let name = organizer.name().to_owned();
    let entries = Section::ALL.into_iter().filter(move |entry| entry.is_open_to(&organizer)).map(move |entry| {
        let current = (entry == section).then_some("page");
        let words = reader.rich(entry.label(reader));
        view! {
            <li class="c-console__item">
                <a class="c-console__link" href=entry.href() aria-current=current inner_html=words></a>
            </li>
        }
    });
    view! {
        <div class="c-console__bar">
            <nav class="c-console__nav" aria-label=title>
                <ul class="c-console__list">{entries.collect_view()}</ul>
            </nav>
            <form class="c-console__out" method="post" action="/console/sign-out">
                <span class="c-console__person" translate="no">{name}</span>
                <Button reader label=td_string!(reader.locale, console.sign_out) weight=Weight::Quiet />
            </form>
        </div>
    }
}
