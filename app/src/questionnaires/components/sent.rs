//! After sending: the code and what it is good for, what happens next, who helps now, and the next person.

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
    let is_deleted = sent.outcome == Outcome::Deleted;
    let has_code = !is_deleted && !sent.code.is_empty();
    panel::write(html, reader, title(reader, sent), has_code.then_some(code));
    if is_deleted {
        html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_deleted_text));
    } else {
        if sent.outcome == Outcome::KeptAside {
            html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_kept_aside));
        }
        let delete = paths::delete(reader, &person.slug);
        html.open("p", &[]).rich(reader, td_string!(locale, questionnaires.sent_keep)).text(" ");
        html.line(reader, "a", &[some("href", &delete)], td_string!(locale, questionnaires.delete_title)).close("p");
        html.line(reader, "h2", &[], td_string!(locale, questionnaires.sent_next_title));
        html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_next_text));
    }
    // Whatever was answered: who helps does not depend on it, so the page gives nothing away over a shoulder.
    html.raw(&person.help);
    open_form(html, person, &paths::sent(reader, &person.slug), None);
    html.open("div", &[some("class", "c-actions")]);
    let another = td_string!(locale, questionnaires.new_person);
    button::write(html, reader, another, Weight::Quiet, Some(("go", "new-person")), None);
    html.close("div").close("form");
}

/// What became of the answers, the page's heading.
pub fn title(reader: Reader, sent: &Sent) -> &'static str {
    match sent.outcome {
        Outcome::Stored | Outcome::KeptAside => td_string!(reader.locale, questionnaires.sent_title),
        Outcome::Deleted => td_string!(reader.locale, questionnaires.sent_deleted_title),
    }
}
