//! What is shown, as signals, and who is unlocked.

use super::asking::Asking;
use crate::{
    ui::{Reader, panel::Tone},
    voices::{
        api::{Facts, VoiceRow},
        member::{Case, Unlocked},
        standing::Part,
    },
};
use leptos::prelude::*;
use std::{collections::HashMap, rc::Rc, sync::Arc};

/// Where the member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The program does not run yet.
    Asleep,
    /// The server is being asked.
    Asking,
    /// It does not answer.
    Unreachable,
    /// Nobody is signed in any more.
    SignedOut,
    /// The installation has no root yet.
    NoRoot,
    /// Not a member yet.
    Stranger,
    /// Asked, and not signed for yet.
    Waiting,
    /// A member, and their key is locked.
    Locked,
    /// Unlocked.
    Open,
}

/// A field that was refused, by its name, and why, as a text of `locales/`.
pub(super) type Fault = Option<(&'static str, String)>;

/// A voice in the list, with what could be opened of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) voice: VoiceRow,
    pub(super) note: Option<String>,
    pub(super) has_key: bool,
}

/// The signals.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub(super) phase: RwSignal<Phase>,
    pub(super) facts: RwSignal<Option<Facts>>,
    /// What has just happened: how, and HTML.
    pub(super) told: RwSignal<Option<(Tone, String)>>,
    /// What is wrong in the form that is open.
    pub(super) fault: RwSignal<Fault>,
    /// Whether something is being worked out or sent.
    pub(super) is_busy: RwSignal<bool>,
    pub(super) rows: RwSignal<Vec<Row>>,
    /// Which part of the list is shown.
    pub(super) part: RwSignal<Part>,
    pub(super) is_mine: RwSignal<bool>,
    pub(super) search: RwSignal<String>,
    /// What was read since unlocking, by voice, for the search.
    pub(super) read: RwSignal<HashMap<String, String>>,
    /// The voice that is looked at, or asked for, by its id.
    pub(super) wanted: RwSignal<Option<String>>,
    pub(super) case: RwSignal<Option<Arc<Case>>>,
    /// The answer that is being written, as it stood when it was last sent or refused: text and step.
    pub(super) draft: RwSignal<(String, String)>,
    /// What a worker is being asked, as it stood when it was last sent or refused.
    pub(super) asking: RwSignal<Asking>,
    /// The letter that brings words that were just passed on, and of which voice they are.
    pub(super) letter: RwSignal<Option<(String, String)>>,
}

/// Who is unlocked, and what is shown.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) reader: Reader,
    pub(super) screen: Screen,
    turn: StoredValue<u32>,
    session: StoredValue<Option<Rc<Unlocked>>, LocalStorage>,
}

impl Desk {
    pub(super) fn new(reader: Reader) -> Self {
        let screen = Screen {
            phase: RwSignal::new(Phase::Asleep),
            facts: RwSignal::new(None),
            told: RwSignal::new(None),
            fault: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            rows: RwSignal::new(Vec::new()),
            part: RwSignal::new(Part::Open),
            is_mine: RwSignal::new(false),
            search: RwSignal::new(String::new()),
            read: RwSignal::new(HashMap::new()),
            wanted: RwSignal::new(None),
            case: RwSignal::new(None),
            draft: RwSignal::new((String::new(), String::new())),
            asking: RwSignal::new(Asking::default()),
            letter: RwSignal::new(None),
        };
        Self { reader, screen, turn: StoredValue::new(0), session: StoredValue::new_local(None) }
    }

    /// Asks who is unlocked; `None` if nobody is.
    pub(super) fn with<T>(self, ask: impl FnOnce(&Unlocked) -> T) -> Option<T> {
        self.unlocked().map(|unlocked| ask(&unlocked))
    }

    /// Who is unlocked.
    pub(super) fn unlocked(self) -> Option<Rc<Unlocked>> {
        self.session.get_value()
    }

    pub(super) fn set_unlocked(self, unlocked: Unlocked) {
        self.session.set_value(Some(Rc::new(unlocked)));
    }

    /// Forgets the keys.
    pub(super) fn forget(self) {
        self.session.set_value(None);
        self.turn.update_value(|turn| *turn += 1);
    }

    /// Another one as soon as the keys were forgotten.
    pub(super) fn turn(self) -> u32 {
        self.turn.get_value()
    }

    /// Says that something is done.
    pub(super) fn tell(self, text: &str) {
        self.screen.told.set(Some((Tone::Done, self.reader.rich(text))));
    }

    /// Says that something is wrong.
    pub(super) fn complain(self, text: &str) {
        self.screen.told.set(Some((Tone::Wrong, self.reader.rich(text))));
    }
}
