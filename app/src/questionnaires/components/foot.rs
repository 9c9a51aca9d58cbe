//! The foot of the page: what of anybody's answers is on this phone, in the person's language. Drawn by islands alone,
//! because without script nothing is.

use crate::{
    i18n::*,
    questionnaires::paths,
    ui::{
        Reader, Weight, button,
        html::{Html, some},
    },
};

/// The element that it is drawn into.
pub const FOOT: &str = "#kept";

/// What of it is read aloud when it changes.
pub const LINES: &str = "#kept-lines";

/// Its buttons.
pub const ACTIONS: &str = "#kept-actions";

/// Names of the foot's buttons.
pub mod names {
    /// Tries to send what waits.
    pub const SEND_NOW: &str = "send-now";
    /// Asks whether unfinished answers shall be erased.
    pub const DELETE: &str = "delete-phone";
    /// Erases them.
    pub const DELETE_YES: &str = "delete-phone-yes";
    /// Does not.
    pub const DELETE_NO: &str = "delete-phone-no";
    /// Loads the newer page.
    pub const LOAD_NEW: &str = "load-new";
}

/// Where the answers are that somebody is giving now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// There are none.
    Nothing,
    /// In the phone's storage.
    Kept,
    /// On this page alone, as the person wants it.
    OnPage,
    /// On this page alone, because the browser keeps nothing.
    Refused,
}

/// How far deleting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleting {
    /// Nobody asked for it.
    No,
    /// The person is asked once more.
    Asked,
    /// It is done.
    Done,
    /// The storage refused.
    Failed,
}

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foot {
    /// Answers being given.
    pub open: Open,
    /// Whether the browser says that there is a network.
    pub is_online: bool,
    /// What is being sent, waits, and was sent.
    pub sending: bool,
    /// Answers that wait in the storage.
    pub waiting: usize,
    /// Answers that only this page holds.
    pub unkept: usize,
    /// Answers received since the page was opened.
    pub sent: usize,
    /// Answers that the server does not take.
    pub refused: usize,
    /// The server has a newer program.
    pub is_older: bool,
    /// Whether a newer one may be loaded now: nobody is answering.
    pub may_load: bool,
    /// The page cannot be opened without a network; and whether that is because it stands inside another app.
    pub in_app: Option<bool>,
    /// Whether drafts or codes can be there to delete.
    pub may_delete: bool,
    /// How far deleting has come.
    pub deleting: Deleting,
}

/// Writes what there is to say; nothing if there is nothing.
pub fn write_lines(html: &mut Html, reader: Reader, foot: &Foot) {
    let locale = reader.locale;
    let mut line = |kind: &str, words: &str| {
        html.line(reader, "p", &[some("class", "c-kept__line"), some("data-kind", kind)], words);
    };
    match foot.open {
        Open::Nothing => {}
        Open::Kept => line("draft", td_string!(locale, offline.draft)),
        Open::OnPage => line("memory", td_string!(locale, offline.memory)),
        Open::Refused => line("storage", td_string!(locale, offline.storage)),
    }
    if !foot.is_online {
        line("offline", td_string!(locale, offline.offline));
    }
    if foot.sending && foot.waiting + foot.unkept == 0 {
        line("sending", td_string!(locale, offline.sending));
    }
    if foot.unkept > 0 {
        line("unkept", &td_string!(locale, offline.unkept, count = foot.unkept).to_string());
    }
    if foot.waiting > 0 {
        line("waiting", &td_string!(locale, offline.waiting, count = foot.waiting).to_string());
        line("hint", td_string!(locale, offline.waiting_hint));
    }
    if foot.refused > 0 {
        line("refused", &td_string!(locale, offline.refused, count = foot.refused).to_string());
    }
    if foot.sent > 0 {
        line("sent", &td_string!(locale, offline.sent, count = foot.sent).to_string());
    }
    match foot.in_app {
        Some(true) => line("in-app", td_string!(locale, offline.in_app)),
        Some(false) if foot.open != Open::Nothing => line("not-offline", td_string!(locale, offline.not_offline)),
        _ => {}
    }
    if foot.is_older {
        line("older", td_string!(locale, offline.older));
    }
    match foot.deleting {
        Deleting::No => {}
        Deleting::Asked => line("delete", td_string!(locale, offline.delete_phone_text)),
        Deleting::Done => line("deleted", td_string!(locale, offline.deleted)),
        Deleting::Failed => line("not-deleted", td_string!(locale, offline.not_deleted)),
    }
}

/// Writes the buttons and the way to the page that tells more.
pub fn write_actions(html: &mut Html, reader: Reader, slug: &str, foot: &Foot) {
    let locale = reader.locale;
    if foot.waiting + foot.unkept > 0 {
        plain(html, reader, td_string!(locale, offline.send_now), names::SEND_NOW);
    }
    if foot.is_older && foot.may_load {
        plain(html, reader, td_string!(locale, offline.load_new), names::LOAD_NEW);
    }
    match foot.deleting {
        Deleting::Asked => {
            let yes = td_string!(locale, offline.delete_phone_yes);
            button::write_plain(html, reader, yes, Weight::Grave, names::DELETE_YES, "");
            plain(html, reader, td_string!(locale, offline.delete_phone_no), names::DELETE_NO);
        }
        Deleting::No | Deleting::Failed if foot.may_delete => {
            plain(html, reader, td_string!(locale, offline.delete_phone), names::DELETE);
        }
        _ => {}
    }
    let is_in_app = foot.in_app == Some(true);
    if foot.waiting + foot.unkept + foot.sent + foot.refused > 0 || foot.open == Open::Kept || is_in_app {
        let href = paths::phone(reader, slug);
        let more = if is_in_app { td_string!(locale, offline.in_app_more) } else { td_string!(locale, offline.more) };
        html.line(reader, "a", &[some("class", "c-kept__more"), some("href", &href)], more);
    }
}

fn plain(html: &mut Html, reader: Reader, label: &str, name: &str) {
    button::write_plain(html, reader, label, Weight::Quiet, name, "");
}
