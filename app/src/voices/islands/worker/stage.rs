//! Where the person stands, as data, and what is remembered for as long as the page lives.

use super::Begin;
use crate::{
    browser::{device, http, page},
    i18n::*,
    ui::Reader,
    voices::{
        components::{parts::Faults, thread::More},
        door::Door,
        worker::{Cannot, Other, Returned, Sealed, Thread, Writer},
        written::Written,
    },
};
use ::seal::voice::receipt::Receipt;
use leptos::prelude::*;
use std::rc::Rc;

/// Where the person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Writing.
    Write {
        /// What stands in the fields.
        written: Written,
        /// What is wrong with it.
        faults: Faults,
    },
    /// The digits.
    Receipt {
        /// Whether something else than the last group was typed.
        is_wrong: bool,
    },
    /// They were kept.
    Kept {
        /// By this day there is an answer.
        by: String,
    },
    /// Typing the digits.
    Back {
        /// What stands in the field.
        typed: String,
        /// What is wrong with it.
        wrong: Option<String>,
    },
    /// What was written and answered.
    Letters(More),
    /// Other digits.
    Change {
        /// Whether something else than the last group was typed.
        is_wrong: bool,
    },
    /// Whether somebody means to say yes to these words, by their id.
    AskAgree(String),
    /// Whether everything is to be deleted.
    AskDelete,
    /// It was.
    Deleted,
    /// Nothing is open any more.
    Closed,
}

/// What holds the person up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Busy {
    /// The digits are worked out, or something is sent.
    Working,
    /// A number is looked for, because very many letters come from this network.
    Looking,
}

/// What went wrong and is no fault of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The phone cannot lock: the person chooses whether the server does.
    Memory,
    /// Nobody vouches for the desk's key: nothing is sent.
    Untrusted,
    /// The server does not answer.
    Unreachable,
    /// What was asked for is gone.
    Gone,
    /// The desk is closed.
    Closed,
    /// Something of ours.
    NotDone,
}

impl Trouble {
    /// In words. Only what is being written can be sent in another way.
    pub(super) fn words(self, locale: Locale, is_writing: bool) -> &'static str {
        match self {
            Self::Memory if !is_writing => td_string!(locale, voices.no_memory_back),
            Self::Memory => td_string!(locale, voices.no_memory),
            Self::Untrusted => td_string!(locale, voices.untrusted),
            Self::Unreachable => td_string!(locale, voices.unreachable),
            Self::Gone => td_string!(locale, voices.back_unknown),
            Self::Closed => td_string!(locale, voices.desk_closed_text),
            Self::NotDone => td_string!(locale, voices.not_done),
        }
    }
}

impl From<Cannot> for Trouble {
    fn from(cannot: Cannot) -> Self {
        match cannot {
            Cannot::Memory => Self::Memory,
            Cannot::Untrusted => Self::Untrusted,
            Cannot::TooLong => Self::NotDone,
        }
    }
}

/// What is remembered: keys and receipts. Never a signal, never stored.
#[derive(Default)]
pub(super) struct Kept {
    /// Who writes for the first time.
    pub(super) writer: Option<Rc<Writer>>,
    /// What was sealed last, and from what.
    pub(super) sealed: Option<(Written, Sealed)>,
    /// Whether something else was sealed before, which may have arrived.
    pub(super) was_other: bool,
    /// By which day there is an answer.
    pub(super) by: String,
    /// What somebody had begun to add.
    pub(super) more: String,
    /// Whether everything may be deleted: it was asked for, and no answer came.
    pub(super) may_be_deleted: bool,
    /// Who typed the digits.
    pub(super) returned: Option<Returned>,
    /// What they opened.
    pub(super) thread: Option<Rc<Thread>>,
    /// Other digits for it.
    pub(super) other: Option<Other>,
}

/// The page.
#[derive(Clone, Copy)]
pub(super) struct Phone {
    pub(super) reader: RwSignal<Reader>,
    pub(super) door: RwSignal<Door>,
    pub(super) stage: RwSignal<Stage>,
    pub(super) is_awake: RwSignal<bool>,
    pub(super) is_busy: RwSignal<Option<Busy>>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    begin: Begin,
    turn: StoredValue<u32>,
    kept: StoredValue<Kept, LocalStorage>,
}

impl Phone {
    pub(super) fn new(reader: Reader, door: Door, begin: Begin) -> Self {
        Self {
            reader: RwSignal::new(reader),
            door: RwSignal::new(door),
            stage: RwSignal::new(first(begin)),
            is_awake: RwSignal::new(false),
            is_busy: RwSignal::new(None),
            trouble: RwSignal::new(None),
            begin,
            turn: StoredValue::new(0),
            kept: StoredValue::new_local(Kept::default()),
        }
    }

    /// Which page this is, behind the language.
    pub(super) fn path(self) -> &'static str {
        match self.begin {
            Begin::Write => crate::voices::paths::WRITE,
            Begin::Back => crate::voices::paths::BACK,
        }
    }

    /// Looks at what is remembered.
    pub(super) fn with<T>(self, ask: impl FnOnce(&Kept) -> T) -> T {
        self.kept.with_value(ask)
    }

    /// Remembers something.
    pub(super) fn keep(self, how: impl FnOnce(&mut Kept)) {
        self.kept.update_value(how);
    }

    /// The digits of who writes for the first time.
    pub(super) fn receipt(self) -> Option<Receipt> {
        self.with(|kept| kept.writer.as_ref().map(|writer| writer.receipt().clone()))
    }

    /// What was opened.
    pub(super) fn thread(self) -> Option<Rc<Thread>> {
        self.with(|kept| kept.thread.clone())
    }

    /// Other digits for it.
    pub(super) fn other(self) -> Option<Other> {
        self.with(|kept| kept.other.clone())
    }

    /// Shows a stage from its beginning.
    pub(super) fn show(self, stage: Stage) {
        self.stage.set(stage);
        http::spawn(async {
            // Once it is drawn.
            device::sleep(0).await;
            page::focus_first(&["#errors", "main h1"]);
        });
    }

    /// Another one as soon as everything was forgotten.
    pub(super) fn turn(self) -> u32 {
        self.turn.get_value()
    }

    /// Forgets everything, and what is on the screen.
    pub(super) fn forget(self) {
        self.kept.set_value(Kept::default());
        self.turn.update_value(|turn| *turn += 1);
        self.trouble.set(None);
        self.is_busy.set(None);
    }
}

fn first(begin: Begin) -> Stage {
    match begin {
        Begin::Write => Stage::Write { written: Written::default(), faults: Faults::new() },
        Begin::Back => Stage::Back { typed: String::new(), wrong: None },
    }
}
