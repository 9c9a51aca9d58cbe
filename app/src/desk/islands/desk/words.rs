//! Sentences with a name in them: the words are ours and have readings, the name is somebody's and has none.

use crate::{
    browser::text,
    i18n::*,
    ui::{Reader, reader::NAME},
};
use rollcall::Act;

/// The words of a desk in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub(super) Reader);

impl Words {
    fn about(self, sentence: &str, name: &str) -> String {
        self.0.rich_about(sentence, name)
    }

    pub(super) fn unsent(self, count: usize) -> String {
        self.0.rich(&td_string!(self.0.locale, desk.unsent, count = count).to_string())
    }

    /// What has just been said of somebody.
    pub(super) fn said(self, act: &Act, name: &str) -> String {
        let locale = self.0.locale;
        let sentence = match act {
            Act::Arrive { .. } | Act::WalkIn { .. } => td_string!(locale, desk.said_arrive, name = NAME).to_string(),
            Act::Leave { .. } => td_string!(locale, desk.said_leave, name = NAME).to_string(),
            Act::Move { .. } => td_string!(locale, desk.said_move, name = NAME).to_string(),
            Act::Correct { .. } => td_string!(locale, desk.said_correct, name = NAME).to_string(),
            Act::Undo { .. } => td_string!(locale, desk.said_undo, name = NAME).to_string(),
        };
        self.about(&sentence, name)
    }

    pub(super) fn already(self, name: &str, since_ms: i64) -> String {
        let time = text::clock(since_ms);
        self.about(&td_string!(self.0.locale, desk.said_already, name = NAME, time = time).to_string(), name)
    }

    pub(super) fn correct_title(self, name: &str) -> String {
        self.about(&td_string!(self.0.locale, desk.correct_title, name = NAME).to_string(), name)
    }

    pub(super) fn more_of(self, name: &str) -> String {
        self.0.plain(&td_string!(self.0.locale, desk.more_of, name = NAME).to_string()).replace(NAME, name)
    }

    pub(super) fn for_place(self, place: &str) -> String {
        self.about(&td_string!(self.0.locale, desk.for_place, place = NAME).to_string(), place)
    }

    pub(super) fn came(self, at_ms: i64) -> String {
        let time = text::clock(at_ms);
        self.0.rich(&td_string!(self.0.locale, desk.came, time = time).to_string())
    }

    pub(super) fn came_to(self, place: &str, at_ms: i64) -> String {
        let time = text::clock(at_ms);
        self.about(&td_string!(self.0.locale, desk.came_to, place = NAME, time = time).to_string(), place)
    }

    pub(super) fn went(self, at_ms: i64) -> String {
        let time = text::clock(at_ms);
        self.0.rich(&td_string!(self.0.locale, desk.went, time = time).to_string())
    }

    pub(super) fn desk_unsent(self, name: &str, count: u64) -> String {
        self.about(&td_string!(self.0.locale, desk.desk_unsent, name = NAME, count = count).to_string(), name)
    }

    pub(super) fn act(self, act: &Act) -> String {
        let locale = self.0.locale;
        self.0.rich(match act {
            Act::Arrive { .. } => td_string!(locale, desk.act_arrive),
            Act::WalkIn { .. } => td_string!(locale, desk.act_walk_in),
            Act::Leave { .. } => td_string!(locale, desk.act_leave),
            Act::Move { .. } => td_string!(locale, desk.act_move),
            Act::Correct { .. } => td_string!(locale, desk.act_correct),
            Act::Undo { .. } => td_string!(locale, desk.act_undo),
        })
    }
}
