//! The parts of the page on what a phone keeps that only its island can fill: numbers, what may be done, codes. They
//! are strings, drawn into a frame that stays, so that a finger or a screen reader on a button is not pushed off it.
//! The words come from the server (`pages/phone.rs`, whose test sees that none is missing).

use super::foot::{Deleting, names as shared};
use crate::{
    questionnaires::phone_beginning::{COUNT, Words},
    ui::html::{Html, some},
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
pub fn frame(words: &Words) -> String {
    let mut html = Html::new();
    said(&mut html, words, "h2", "now_title");
    room(&mut html, STATE, true);
    html.open("div", &[some("id", id(SEND)), some("hidden", "")]).open("div", &[some("class", "c-actions")]);
    button(&mut html, words, "send_now", LOUD, shared::SEND_NOW);
    html.close("div").close("div");
    html.open("div", &[some("id", id(CARRY)), some("hidden", "")]);
    said(&mut html, words, "h2", "carry_title");
    said(&mut html, words, "p", "carry_text");
    said(&mut html, words, "p", "carry_stay");
    html.open("div", &[some("class", "c-actions")]);
    button(&mut html, words, "save", QUIET, names::SAVE);
    button(&mut html, words, "squares", QUIET, names::SQUARES);
    html.close("div");
    room(&mut html, SAVED, true);
    room(&mut html, SQUARES, false);
    html.close("div");
    room(&mut html, CODES, false);
    room(&mut html, DELETE, false);
    html.finish()
}

/// The looks of a button.
const LOUD: &str = "c-button";
const QUIET: &str = "c-button c-button--quiet";
const GRAVE: &str = "c-button c-button--grave";

/// The id that a selector names.
fn id(selector: &str) -> &str {
    selector.strip_prefix('#').unwrap_or(selector)
}

fn room(html: &mut Html, selector: &str, is_status: bool) {
    html.open("div", &[some("id", id(selector)), ("role", is_status.then_some("status"))]).close("div");
}

fn said(html: &mut Html, words: &Words, tag: &str, key: &str) {
    html.open(tag, &[]).raw(words.get(key)).close(tag);
}

fn button(html: &mut Html, words: &Words, key: &str, class: &str, name: &str) {
    html.open("button", &[some("class", class), some("type", "button"), some("name", name)]);
    html.raw(words.get(key)).close("button");
}

/// What is here, in lines.
#[must_use]
pub fn state(words: &Words, kept: &Kept) -> String {
    let mut html = Html::new();
    let mut line = |kind: &str, key: &str, count: usize| {
        html.open("p", &[some("class", "c-kept__line"), some("data-kind", kind)]);
        html.raw(&words.with(key, &count.to_string())).close("p");
    };
    if !kept.has_storage {
        line("storage", "no_storage", 0);
        return html.finish();
    }
    let waiting = kept.waiting.saturating_sub(kept.refused);
    if waiting > 0 {
        line("waiting", "waiting", waiting);
        line("hint", "waiting_hint", 0);
    } else if !kept.is_read {
        line("unread", "unread", 0);
    } else if kept.refused == 0 {
        line("nothing", "nothing", 0);
    }
    if kept.is_sending {
        line("sending", "sending", 0);
    } else if !kept.is_online {
        line("offline", "no_network", 0);
    } else if kept.is_unreachable && kept.waiting > 0 {
        line("unreachable", "unreachable", 0);
    }
    for (kind, key, count) in [
        ("refused", "refused", kept.refused),
        ("damaged", "damaged", kept.damaged),
        ("sent", "sent", kept.sent),
        ("draft", "drafts", kept.drafts),
    ] {
        if count > 0 {
            line(kind, key, count);
        }
    }
    html.finish()
}

/// The codes and where they are good for something; nothing if there are none.
#[must_use]
pub fn codes(words: &Words, codes: &[String]) -> String {
    let mut html = Html::new();
    if codes.is_empty() {
        return html.finish();
    }
    said(&mut html, words, "h2", "codes_title");
    html.open("ul", &[some("class", "c-phone__codes"), some("translate", "no")]);
    for code in codes {
        html.open("li", &[]).text(code).close("li");
    }
    html.close("ul");
    said(&mut html, words, "p", "codes_text");
    html.finish()
}

/// Where a step of erasing stands.
#[must_use]
pub fn delete(words: &Words, deleting: Deleting) -> String {
    let mut html = Html::new();
    said(&mut html, words, "h2", "delete_phone");
    let key = match deleting {
        Deleting::No => None,
        Deleting::Asked => Some("delete_phone_text"),
        Deleting::Done => Some("deleted"),
        Deleting::Failed => Some("not_deleted"),
    };
    if let Some(key) = key {
        html.open("p", &[some("id", id(DELETE_TEXT)), some("tabindex", "-1")]).raw(words.get(key)).close("p");
    }
    html.open("div", &[some("class", "c-actions")]);
    match deleting {
        Deleting::Asked => {
            button(&mut html, words, "delete_phone_yes", GRAVE, shared::DELETE_YES);
            button(&mut html, words, "delete_phone_no", QUIET, shared::DELETE_NO);
        }
        Deleting::No | Deleting::Failed => button(&mut html, words, "delete_phone", GRAVE, shared::DELETE),
        Deleting::Done => {}
    }
    html.close("div");
    html.finish()
}

/// Room for one square after the other; with buttons to turn over if there are several.
#[must_use]
pub fn squares(words: &Words, count: usize) -> String {
    let mut html = Html::new();
    let title = [some("id", id(SQUARE_TITLE)), some("tabindex", "-1"), some("aria-live", "polite")];
    html.open("h3", &title).close("h3");
    said(&mut html, words, "p", "square_text");
    html.open("div", &[some("class", "c-phone__square"), some("id", id(SQUARE))]).close("div");
    html.open("div", &[some("class", "c-actions")]);
    if count > 1 {
        button(&mut html, words, "square_next", LOUD, names::NEXT);
        button(&mut html, words, "square_back", QUIET, names::BACK);
    }
    button(&mut html, words, "square_close", QUIET, names::CLOSE);
    html.close("div");
    html.finish()
}

/// Which square of how many: as HTML under the key `square`, as plain words under `square_label`.
#[must_use]
pub fn square_title(words: &Words, key: &str, number: usize, count: usize) -> String {
    words.with(key, &number.to_string()).replace(COUNT, &count.to_string())
}

/// What became of the file of that name; `None` if there is none.
#[must_use]
pub fn saved(words: &Words, name: Option<&str>) -> String {
    let mut html = Html::new();
    html.open("p", &[]);
    match name {
        Some(name) => html.raw(&words.with("saved", name)),
        None => html.raw(words.get("not_saved")),
    };
    html.close("p");
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(kept: &Kept) -> Vec<String> {
        let html = state(&Words::default(), kept);
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
        assert_eq!(kinds(&Kept { refused: 3, drafts: 0, ..waiting.clone() }), ["refused"]);
        let unreachable = Kept { is_unreachable: true, refused: 1, damaged: 1, sent: 2, ..waiting };
        assert_eq!(kinds(&unreachable), ["waiting", "hint", "unreachable", "refused", "damaged", "sent", "draft"]);
        assert_eq!(kinds(&Kept { is_unreachable: true, ..nothing }), ["nothing"]);
    }

    #[test]
    fn erasing_asks_once_more() {
        let has =
            |deleting, name: &str| delete(&Words::default(), deleting).contains(&["name=\"", name, "\""].concat());
        assert!(has(Deleting::No, shared::DELETE) && !has(Deleting::No, shared::DELETE_YES));
        assert!(has(Deleting::Asked, shared::DELETE_YES) && has(Deleting::Asked, shared::DELETE_NO));
        assert!(!has(Deleting::Asked, shared::DELETE) && !has(Deleting::Done, shared::DELETE));
        assert!(has(Deleting::Failed, shared::DELETE));
    }

    #[test]
    fn there_are_codes_or_nothing_is_said_of_them() {
        assert_eq!(codes(&Words::default(), &[]), "");
        assert!(codes(&Words::default(), &["7K2M-04XR-9HWD".into()]).contains("<li>7K2M-04XR-9HWD</li>"));
    }

    #[test]
    fn several_squares_can_be_turned_over() {
        let words = Words::new(vec![("square".into(), "# of @".into())]);
        assert_eq!(square_title(&words, "square", 2, 13), "2 of 13");
        for (count, turns) in [(1, false), (2, true)] {
            assert_eq!(squares(&words, count).contains(names::NEXT), turns);
        }
    }
}
