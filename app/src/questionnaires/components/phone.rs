//! The parts of the page on what a phone keeps that only its island can fill: numbers, what may be done, codes. They
//! are strings, drawn into a frame that stays, so that a finger or a screen reader on a button is not pushed off it.

use super::foot::{Deleting, names as shared};
use crate::{
    i18n::*,
    questionnaires::paths,
    ui::{
        Reader, Weight, button,
        html::{Html, some},
    },
};

/// The element that the frame is drawn into. Until then it says what it means that it was not.
pub const ROOT: &str = "#phone";
/// What is here, in lines.
pub const STATE: &str = "#phone-state";
/// *Send now*, while anything waits.
pub const SEND: &str = "#phone-send";
/// File and squares, while anything waits.
pub const CARRY: &str = "#phone-carry";
/// What became of the file.
pub const SAVED: &str = "#phone-saved";
/// The square that is shown, and its buttons.
pub const SQUARES: &str = "#phone-squares";
/// Which square it is.
pub const SQUARE_TITLE: &str = "#phone-square-title";
/// The square itself.
pub const SQUARE: &str = "#phone-square";
/// The codes of what arrived.
pub const CODES: &str = "#phone-codes";
/// Erasing, in two steps.
pub const DELETE: &str = "#phone-delete";
/// What the step of erasing says.
pub const DELETE_TEXT: &str = "#phone-delete-text";

/// Names of the buttons that the foot of other pages has not.
pub mod names {
    /// Makes a file.
    pub const SAVE: &str = "save-file";
    /// Shows the first square.
    pub const SQUARES: &str = "show-squares";
    /// The square before; before the first comes the last.
    pub const BACK: &str = "square-back";
    /// The next square; after the last comes the first.
    pub const NEXT: &str = "square-next";
    /// No square any more.
    pub const CLOSE: &str = "square-close";
}

/// What is on the phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whether the browser has a storage.
    pub has_storage: bool,
    /// Whether the storage could be read.
    pub is_read: bool,
    /// Whether the browser says that there is a network.
    pub is_online: bool,
    /// Whether nobody answered the last try.
    pub is_unreachable: bool,
    /// Whether something is being sent now.
    pub is_sending: bool,
    /// Answers that wait, also those that the server does not take.
    pub waiting: usize,
    /// Rows that nobody can read any more.
    pub damaged: usize,
    /// Answers that the server does not take.
    pub refused: usize,
    /// Answers received since the page was opened.
    pub sent: usize,
    /// Unfinished answers.
    pub drafts: usize,
    /// The codes of what arrived for this questionnaire.
    pub codes: Vec<String>,
}

/// The frame: headings, buttons, and room for what changes.
#[must_use]
pub fn frame(reader: Reader) -> String {
    let locale = reader.locale;
    let mut html = Html::new();
    html.line(reader, "h2", &[], td_string!(locale, phone.now_title));
    room(&mut html, STATE, true);
    html.open("div", &[some("id", id(SEND)), some("hidden", "")]).open("div", &[some("class", "c-actions")]);
    plain(&mut html, reader, td_string!(locale, offline.send_now), Weight::Primary, shared::SEND_NOW);
    html.close("div").close("div");
    html.open("div", &[some("id", id(CARRY)), some("hidden", "")]);
    html.line(reader, "h2", &[], td_string!(locale, phone.carry_title));
    html.line(reader, "p", &[], td_string!(locale, phone.carry_text));
    html.line(reader, "p", &[], td_string!(locale, phone.carry_stay));
    html.open("div", &[some("class", "c-actions")]);
    plain(&mut html, reader, td_string!(locale, phone.save), Weight::Quiet, names::SAVE);
    plain(&mut html, reader, td_string!(locale, phone.squares), Weight::Quiet, names::SQUARES);
    html.close("div");
    room(&mut html, SAVED, true);
    room(&mut html, SQUARES, false);
    html.close("div");
    room(&mut html, CODES, false);
    room(&mut html, DELETE, false);
    html.finish()
}

/// The id that a selector names.
fn id(selector: &str) -> &str {
    selector.strip_prefix('#').unwrap_or(selector)
}

fn room(html: &mut Html, selector: &str, is_status: bool) {
    html.open("div", &[some("id", id(selector)), ("role", is_status.then_some("status"))]).close("div");
}

fn plain(html: &mut Html, reader: Reader, label: &str, weight: Weight, name: &str) {
    button::write_plain(html, reader, label, weight, name, "");
}

/// What is here, in lines.
#[must_use]
pub fn state(reader: Reader, kept: &Kept) -> String {
    let locale = reader.locale;
    let mut html = Html::new();
    let mut line = |kind: &str, words: &str| {
        html.line(reader, "p", &[some("class", "c-kept__line"), some("data-kind", kind)], words);
    };
    if !kept.has_storage {
        line("storage", td_string!(locale, phone.no_storage));
        return html.finish();
    }
    let waiting = kept.waiting.saturating_sub(kept.refused);
    if waiting > 0 {
        line("waiting", &td_string!(locale, offline.waiting, count = waiting).to_string());
        line("hint", td_string!(locale, offline.waiting_hint));
    } else if !kept.is_read {
        line("unread", td_string!(locale, phone.unread));
    } else if kept.refused == 0 {
        line("nothing", td_string!(locale, phone.nothing));
    }
    if kept.is_sending {
        line("sending", td_string!(locale, offline.sending));
    } else if !kept.is_online {
        line("offline", td_string!(locale, phone.no_network));
    } else if kept.is_unreachable && kept.waiting > 0 {
        line("unreachable", td_string!(locale, phone.unreachable));
    }
    if kept.refused > 0 {
        line("refused", &td_string!(locale, offline.refused, count = kept.refused).to_string());
    }
    if kept.damaged > 0 {
        line("damaged", &td_string!(locale, phone.damaged, count = kept.damaged).to_string());
    }
    if kept.sent > 0 {
        line("sent", &td_string!(locale, offline.sent, count = kept.sent).to_string());
    }
    if kept.drafts > 0 {
        line("draft", &td_string!(locale, phone.drafts, count = kept.drafts).to_string());
    }
    html.finish()
}

/// The codes and where they are good for something; nothing if there are none.
#[must_use]
pub fn codes(reader: Reader, slug: &str, codes: &[String]) -> String {
    let locale = reader.locale;
    let mut html = Html::new();
    if codes.is_empty() {
        return html.finish();
    }
    html.line(reader, "h2", &[], td_string!(locale, phone.codes_title));
    html.open("ul", &[some("class", "c-phone__codes"), some("translate", "no")]);
    for code in codes {
        html.open("li", &[]).text(code).close("li");
    }
    html.close("ul");
    html.open("p", &[]).rich(reader, td_string!(locale, phone.codes_text)).text(" ");
    let href = paths::delete(reader, slug);
    html.line(reader, "a", &[some("href", &href)], td_string!(locale, questionnaires.delete_title)).close("p");
    html.finish()
}

/// Where a step of erasing stands.
#[must_use]
pub fn delete(reader: Reader, deleting: Deleting) -> String {
    let locale = reader.locale;
    let mut html = Html::new();
    html.line(reader, "h2", &[], td_string!(locale, offline.delete_phone));
    let words = match deleting {
        Deleting::No => None,
        Deleting::Asked => Some(td_string!(locale, offline.delete_phone_text)),
        Deleting::Done => Some(td_string!(locale, offline.deleted)),
        Deleting::Failed => Some(td_string!(locale, offline.not_deleted)),
    };
    if let Some(words) = words {
        html.line(reader, "p", &[some("id", id(DELETE_TEXT)), some("tabindex", "-1")], words);
    }
    html.open("div", &[some("class", "c-actions")]);
    match deleting {
        Deleting::Asked => {
            let (yes, no) = (td_string!(locale, offline.delete_phone_yes), td_string!(locale, offline.delete_phone_no));
            plain(&mut html, reader, yes, Weight::Grave, shared::DELETE_YES);
            plain(&mut html, reader, no, Weight::Quiet, shared::DELETE_NO);
        }
        Deleting::No | Deleting::Failed => {
            plain(&mut html, reader, td_string!(locale, offline.delete_phone), Weight::Grave, shared::DELETE);
        }
        Deleting::Done => {}
    }
    html.close("div");
    html.finish()
}

/// Room for one square after the other; with buttons to turn over if there are several.
#[must_use]
pub fn squares(reader: Reader, count: usize) -> String {
    let locale = reader.locale;
    let mut html = Html::new();
    let title = [some("id", id(SQUARE_TITLE)), some("tabindex", "-1"), some("aria-live", "polite")];
    html.open("h3", &title).close("h3");
    html.line(reader, "p", &[], td_string!(locale, phone.square_text));
    html.open("div", &[some("class", "c-phone__square"), some("id", id(SQUARE))]).close("div");
    html.open("div", &[some("class", "c-actions")]);
    if count > 1 {
        plain(&mut html, reader, td_string!(locale, phone.square_next), Weight::Primary, names::NEXT);
        plain(&mut html, reader, td_string!(locale, phone.square_back), Weight::Quiet, names::BACK);
    }
    plain(&mut html, reader, td_string!(locale, phone.square_close), Weight::Quiet, names::CLOSE);
    html.close("div");
    html.finish()
}

/// Which square of how many, a text for `rich` and `plain`.
#[must_use]
pub fn square_title(reader: Reader, number: usize, count: usize) -> String {
    td_string!(reader.locale, phone.square, number = number, count = count).to_string()
}

/// What became of the file of that name; `None` if there is none.
#[must_use]
pub fn saved(reader: Reader, name: Option<&str>) -> String {
    let locale = reader.locale;
    let mut html = Html::new();
    let words = match name {
        Some(name) => td_string!(locale, phone.saved, name = name).to_string(),
        None => td_string!(locale, phone.not_saved).to_owned(),
    };
    html.line(reader, "p", &[], &words);
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Locale, ui::reader::LOCALES};

    fn kinds(kept: &Kept) -> Vec<String> {
        let html = state(Reader::new(Locale::vi), kept);
        html.split("data-kind=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }

    #[test]
    fn lines_say_what_is_so() {
        let nothing = Kept { has_storage: true, is_read: true, is_online: true, ..Kept::default() };
        assert_eq!(kinds(&Kept::default()), ["storage"]);
        assert_eq!(kinds(&nothing), ["nothing"]);
        assert_eq!(kinds(&Kept { is_read: false, ..nothing.clone() }), ["unread"]);
        let waiting = Kept { waiting: 3, drafts: 1, ..nothing.clone() };
        assert_eq!(kinds(&waiting), ["waiting", "hint", "draft"]);
        assert_eq!(kinds(&Kept { is_online: false, ..waiting.clone() }), ["waiting", "hint", "offline", "draft"]);
        let unreachable = Kept { is_unreachable: true, refused: 1, damaged: 1, sent: 2, ..waiting };
        assert_eq!(kinds(&unreachable), ["waiting", "hint", "unreachable", "refused", "damaged", "sent", "draft"]);
        assert_eq!(kinds(&Kept { is_unreachable: true, ..nothing }), ["nothing"]);
    }

    #[test]
    fn erasing_asks_once_more() {
        for locale in LOCALES {
            let reader = Reader::new(locale);
            let has = |deleting, name: &str| delete(reader, deleting).contains(&["name=\"", name, "\""].concat());
            assert!(has(Deleting::No, shared::DELETE) && !has(Deleting::No, shared::DELETE_YES));
            assert!(has(Deleting::Asked, shared::DELETE_YES) && has(Deleting::Asked, shared::DELETE_NO));
            assert!(!has(Deleting::Asked, shared::DELETE) && !has(Deleting::Done, shared::DELETE));
            assert!(has(Deleting::Failed, shared::DELETE));
        }
    }

    #[test]
    fn codes_are_shown_with_the_way_to_use_them() {
        let reader = Reader::new(Locale::en);
        assert_eq!(codes(reader, "work", &[]), "");
        let html = codes(reader, "work", &["7K2M-04XR-9HWD".into()]);
        assert!(html.contains("7K2M-04XR-9HWD") && html.contains("href=\"/en/questionnaires/work/delete\""), "{html}");
    }
}
