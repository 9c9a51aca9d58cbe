//! After *Send*, before the server's receipt: where the answers are, and the next person.

use super::open_form;
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Person, Waiting},
    },
    ui::{
        Reader, Weight, button,
        html::{Html, some},
    },
};

/// The page of answers that are on their way. Nothing of them is on it.
pub fn write(html: &mut Html, reader: Reader, person: &Person, waiting: Waiting) {
    let locale = reader.locale;
    html.open("div", &[some("class", "c-waiting"), some("data-waiting", "")]);
    html.line(reader, "h1", &[], title(reader, waiting));
    match waiting {
        Waiting::Sending => {}
        Waiting::OnPage => {
            html.line(reader, "p", &[], td_string!(locale, offline.unkept_text));
        }
        Waiting::OnOwnPhone | Waiting::OnSharedPhone => {
            html.line(reader, "p", &[], td_string!(locale, offline.waiting_text));
            if waiting == Waiting::OnSharedPhone {
                html.line(reader, "p", &[], td_string!(locale, offline.waiting_shared));
            }
            html.line(reader, "p", &[], td_string!(locale, offline.waiting_code));
        }
    }
    html.close("div");
    if waiting == Waiting::Sending {
        // The frame's buttons belong to this form.
        open_form(html, person, &paths::sent(reader, &person.slug), None);
        html.close("form");
        return;
    }
    // Who helps does not depend on what was answered.
    html.raw(&person.help);
    open_form(html, person, &paths::sent(reader, &person.slug), None);
    html.open("div", &[some("class", "c-actions")]);
    let another = td_string!(locale, offline.another);
    button::write(html, reader, another, Weight::Quiet, Some(("go", "new-person")), None);
    html.close("div").close("form");
}

/// Where the answers are, the page's heading.
pub fn title(reader: Reader, waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Sending => td_string!(reader.locale, offline.sending_title),
        Waiting::OnOwnPhone | Waiting::OnSharedPhone => td_string!(reader.locale, offline.waiting_title),
        Waiting::OnPage => td_string!(reader.locale, offline.unkept_title),
    }
}
