//! The foot of the page: numbers to call, readable without sending anything, and what the site says of itself.

use super::Frame;
use crate::{
    i18n::*,
    ui::{
        Reader,
        dates::long_day,
        lines::{FIRE, POLICE, checked_on, hours, own_line, tel},
    },
};
use leptos::prelude::*;

/// The foot. Organizers do not need the numbers on every screen.
#[component]
pub(super) fn Footer(reader: Reader, frame: Frame) -> impl IntoView {
    let locale = reader.locale;
    view! {
        <footer class="c-footer">
            {(frame != Frame::Console).then(|| view! { <Help reader /> })}
            <nav class="c-footer__about" aria-label=reader.plain(td_string!(locale, shell.about_site))>
                <ul class="c-footer__links">
                    {link(reader, "/voice", td_string!(locale, shell.more_lines))}
                    {link(reader, "/privacy", td_string!(locale, shell.privacy))}
                    {link(reader, "/accessibility", td_string!(locale, shell.accessibility))}
                </ul>
            </nav>
            <p class="c-footer__licence" inner_html=reader.rich(td_string!(locale, shell.licence))></p>
        </footer>
    }
}

fn link(reader: Reader, path: &str, label: &str) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="c-footer__link" href=reader.href(path) inner_html=reader.rich(label)></a>
        </li>
    }
}

#[component]
fn Help(reader: Reader) -> impl IntoView {
    let locale = reader.locale;
    let own = own_line(reader);
    let free = td_string!(locale, shell.day_and_night).to_owned();
    let mut labour = hours(reader, own);
    labour.push_str(match locale {
        Locale::ja | Locale::ja_easy | Locale::zh_Hans => "。",
        Locale::en | Locale::vi => ". ",
    });
    labour.push_str(td_string!(locale, shell.labour_closed));
    let checked = checked_on()
        .map(|day| td_string!(locale, shell.checked_on, date = long_day(reader, day)).to_string())
        .unwrap_or_default();
    view! {
        <section class="c-help" aria-labelledby="help">
            <h2 class="c-help__title" id="help" inner_html=reader.rich(td_string!(locale, shell.help_title))></h2>
            <ul class="c-help__list">
                {number(reader, POLICE, td_string!(locale, shell.police), &free)}
                {number(reader, FIRE, td_string!(locale, shell.fire), &free)}
                {number(reader, own.number, td_string!(locale, shell.labour), &labour)}
            </ul>
            <p class="c-help__checked" inner_html=reader.rich(&checked)></p>
        </section>
    }
}

fn number(reader: Reader, number: &'static str, name: &str, when: &str) -> impl IntoView + use<> {
    view! {
        <li class="c-help__item">
            <a class="c-help__number" href=tel(number)>{number}</a>
            <span class="c-help__name" inner_html=reader.rich(name)></span>
            <span class="c-help__when" inner_html=reader.rich(when)></span>
        </li>
    }
}
