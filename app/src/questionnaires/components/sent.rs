//! After sending: the code, what happens next, who helps now, and the next person.

use super::open_form;
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Person, Sent},
        types::Outcome,
    },
    ui::{
        Reader, Weight, button,
        html::{Html, some},
        panel,
    },
};

/// The page with the code.
pub fn write(html: &mut Html, reader: Reader, person: &Person, sent: &Sent) {
    let locale = reader.locale;
    let code = (td_string!(locale, questionnaires.sent_code_label), sent.code.as_str());
    panel::write(html, reader, td_string!(locale, questionnaires.sent_title), Some(code));
    if sent.outcome == Outcome::KeptAside {
        html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_kept_aside));
    }
    html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_keep));
    html.line(reader, "h2", &[], td_string!(locale, questionnaires.sent_next_title));
    html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_next_text));
    html.line(reader, "h2", &[], td_string!(locale, questionnaires.sent_help));
    html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_help_text));
    let mut href = "tel:".to_owned();
    href.extend(person.advice_line.chars().filter(char::is_ascii_digit));
    html.open("p", &[])
        .open("a", &[some("class", "c-help__number"), some("href", &href)])
        .text(&person.advice_line)
        .close("a")
        .close("p");
    open_form(html, person, &paths::sent(reader, &person.slug), None);
    html.open("div", &[some("class", "c-actions")]);
    let another = td_string!(locale, questionnaires.new_person);
    button::write(html, reader, another, Weight::Quiet, Some(("go", "new-person")), None);
    html.close("div").close("form");
}
