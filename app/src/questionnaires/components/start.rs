//! What of the first page both sides draw: who uses the phone, and unfinished answers that are kept on it.

use crate::{
    i18n::*,
    ui::{
        Field, Reader, Weight, button,
        choices::{self, Rows},
        dates::long_day,
        html::{Html, some},
    },
};
use form::Day;
use outbox::draft::Phone;

/// The element around the question who uses the phone: the island draws it anew where nothing was chosen.
pub const WHOSE: &str = "whose";

/// The name under which the choice is sent.
pub const PHONE: &str = "phone";

/// The id of the first choice, where an error leads.
pub const PHONE_FIELD: &str = "phone-own";

/// The form of *Begin*.
pub const BEGIN: &str = "begin";

/// The form that goes on with the answers of the browser's cookie.
pub const CONTINUE: &str = "continue";

/// The form that erases them for the next person.
pub const NEXT: &str = "next";

/// Where unfinished answers of this phone are offered.
pub const OFFERED: &str = "offered";

/// Who uses the phone: nothing is chosen beforehand, because a wrong guess would be paid by somebody else.
pub fn write_phone(html: &mut Html, reader: Reader, is_refused: bool) {
    let locale = reader.locale;
    let error = is_refused.then(|| td_string!(locale, offline.phone_required).to_owned());
    let field = Field::new(PHONE_FIELD, td_string!(locale, offline.phone_legend)).error(error);
    let row = |phone: Phone, label: &str, hint: &str| choices::ChoiceRow {
        value: phone.word().to_owned(),
        label: label.to_owned(),
        hint: Some(hint.to_owned()),
        ..choices::ChoiceRow::default()
    };
    let rows = [
        row(Phone::Own, td_string!(locale, offline.phone_own), td_string!(locale, offline.phone_own_hint)),
        row(Phone::Shared, td_string!(locale, offline.phone_shared), td_string!(locale, offline.phone_shared_hint)),
    ];
    choices::write(html, reader, &field, PHONE, &rows, Rows::Radios);
}

/// Unfinished answers, each with the day of its last answer: whoever gave them knows which are theirs.
pub fn write_offered(html: &mut Html, reader: Reader, drafts: &[(&str, Day)]) {
    let locale = reader.locale;
    if drafts.is_empty() {
        return;
    }
    html.open("div", &[some("class", "c-notice c-notice--quiet")]);
    html.line(reader, "h2", &[], td_string!(locale, offline.offered_title));
    for (id, day) in drafts {
        let words = td_string!(locale, offline.offered_day, day = long_day(reader, *day)).to_string();
        html.line(reader, "p", &[], &words);
        html.open("div", &[some("class", "c-actions")]);
        let label = td_string!(locale, offline.offered_continue);
        button::write_plain(html, reader, label, Weight::Quiet, CONTINUE, id);
        html.close("div");
    }
    html.close("div");
}
