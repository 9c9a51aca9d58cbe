//! The questionnaire without reloading and without a network: the same pages, drawn by the same components.
//!
//! The forms stay real. Until the definition and the phone's storage are here, and whenever this program should fail,
//! they post to the server as they do without script; a hidden field carries what was answered meanwhile, so nothing is
//! lost on the way.
//!
//! | File | What a reader finds there |
//! |---|---|
//! | `steps.rs` | one page after the other: answers, links, history |
//! | `beginning.rs` | the first page: *Begin*, unfinished answers, the next person |
//! | `keeping.rs` | the draft in the phone's storage, and what the server is told of it |
//! | `sending.rs` | *Send*, waiting, the receipt |
//! | `foot.rs` | what the foot of the page says, and its buttons |
//! | `language.rs` | another language, furigana, Japanese beside, in place |
//! | `leaving.rs` | exit, and the lock of a page that was left alone |
//! | `offline.rs` | the service workers, and a newer program |
//!
//! What must stay true: on a phone that others use nothing of a draft is stored, and no answer is shown to whoever comes
//! next; a change of language writes no answer; what goes to the outbox is sealed first. (Tests:
//! `end2end/tests/offline/`, `end2end/tests/questionnaires/`.)

mod beginning;
mod foot;
mod keeping;
mod language;
mod leaving;
mod offline;
mod sending;
mod steps;

use super::outbox::Outbox;
use crate::{
    browser::{
        device::{self, Timer},
        http,
        locks::Held,
        page,
    },
    questionnaires::{
        beginning::Beginning,
        components::foot::{Deleting, FOOT},
        stage::{Person, Sent, Waiting},
        walk::Place,
    },
    ui::Reader,
};
use form::{Answers, Definition, Fields};
use leptos::prelude::*;
use outbox::draft::Phone;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// The element around the stage.
const ROOT: &str = ".questionnaire";

/// The attribute of [`ROOT`] that holds a [`Beginning`].
pub const BEGINNING: &str = "data-beginning";

/// One person's way through a questionnaire, and the next person's: it brings the pages beside it to life. It keeps no
/// signal: a stage is drawn as a whole at each step, and the reactive graph would be half of the program's weight. It
/// has no props either: what it begins with stands in an attribute of [`ROOT`] (see [`Beginning`]).
#[island]
pub fn Questionnaire() -> impl IntoView {
    if cfg!(feature = "hydrate")
        && let Some(beginning) = page::attribute(ROOT, BEGINNING).and_then(|json| Beginning::read(&json))
    {
        Way::wake(beginning);
    }
}

/// What the window shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Here {
    /// The first page, before *Begin*.
    Start,
    /// A page of the way.
    Page {
        /// Which.
        place: Place,
        /// Whether the person came from the check page.
        change: bool,
    },
    /// *Send* was pressed.
    Waiting(Waiting),
    /// The code.
    Sent(Sent),
    /// Nothing: the person left, or the server takes over.
    Gone,
}

/// The first page in the language of the window, for the next person where there is no network.
struct Start {
    title: String,
    html: String,
    beginning: Beginning,
}

/// Where the person is, and what they answered. Shared by the handlers.
struct Way {
    reader: Cell<Reader>,
    /// Nobody yet while the id is empty.
    person: RefCell<Person>,
    phone: Cell<Option<Phone>>,
    here: RefCell<Here>,
    answers: RefCell<Answers>,
    /// Where an answer leads once it is kept, the page that it was given on, and how long that may take.
    next: RefCell<Option<(Place, bool, String, Timer)>>,
    /// Here once it was fetched; until then the forms are the server's.
    definition: RefCell<Option<Definition>>,
    /// Here once the storage was opened, or is known to be missing.
    outbox: RefCell<Option<Rc<Outbox>>>,
    start: RefCell<Option<Start>>,
    /// Which of this phone's tellings the page brought.
    telling: RefCell<String>,
    /// What the server was not told of yet: the latest tells all.
    untold: RefCell<Vec<keeping::Note>>,
    /// Whether the server is told something now. One at a time: a step that came late would undo *Send* in the cookie.
    is_talking: Cell<bool>,
    /// Whether what the phone holds was looked at.
    is_ready: Cell<bool>,
    /// Whether the person pressed *Exit*: nothing else leads anywhere any more.
    is_leaving: Cell<bool>,
    /// Whether the storage refused the last draft.
    is_refused: Cell<bool>,
    /// Whether *Send* was pressed and the answers are not frozen yet: a double tap changes nothing.
    is_freezing: Cell<bool>,
    /// Whether a row has been under way since *Send*: what follows is its end.
    was_sending: Cell<bool>,
    deleting: Cell<Deleting>,
    /// What the foot says now.
    said: RefCell<(String, String)>,
    build: String,
    is_older: Cell<bool>,
    /// Held while somebody answers here, so that no other tab loads a newer program under them.
    open: RefCell<Option<Held>>,
    touched_ms: Cell<i64>,
}

impl Way {
    /// Listens to the page, opens the storage, fetches the definition.
    fn wake(beginning: Beginning) {
        let Beginning { reader, person, answers, telling, place, change, phone, build, .. } = beginning.clone();
        let is_start = place.is_none();
        let way = Rc::new(Self {
            reader: Cell::new(reader),
            person: RefCell::new(person),
            phone: Cell::new(phone),
            here: RefCell::new(place.map_or(Here::Start, |place| Here::Page { place, change })),
            answers: RefCell::new(answers),
            next: RefCell::default(),
            definition: RefCell::new(None),
            outbox: RefCell::new(None),
            start: RefCell::new(None),
            telling: RefCell::new(telling),
            untold: RefCell::new(Vec::new()),
            is_talking: Cell::new(false),
            is_ready: Cell::new(false),
            is_leaving: Cell::new(false),
            is_refused: Cell::new(false),
            is_freezing: Cell::new(false),
            was_sending: Cell::new(false),
            deleting: Cell::new(Deleting::No),
            said: RefCell::default(),
            build,
            is_older: Cell::new(false),
            open: RefCell::new(None),
            touched_ms: Cell::new(device::now_ms()),
        });
        if is_start {
            way.start.replace(page::inner(ROOT).map(|html| Start { title: page::title(), html, beginning }));
        }
        way.listen();
        http::spawn(async move {
            way.open_outbox().await;
            if is_start {
                way.wake_on_start().await;
            } else {
                way.wake_on_page().await;
            }
            way.is_ready.set(true);
            way.draw_foot();
            page::set_awake();
            way.settle_in();
        });
    }

    fn listen(self: &Rc<Self>) {
        let (submitted, pressed, moved, foot) = (Rc::clone(self), Rc::clone(self), Rc::clone(self), Rc::clone(self));
        page::on(ROOT, "submit", move |event| submitted.submit(event));
        page::on(ROOT, "click", move |event| pressed.press(event));
        page::on(ROOT, "input", |event: &page::InputEvent| {
            if let Some((id, text)) = page::typed(event) {
                steps::warn_of_traces(&id, &text);
            }
        });
        page::on(FOOT, "click", move |event| foot.press_foot(event));
        page::on_history(move || moved.follow_history());
        for kind in ["online", "offline"] {
            let way = Rc::clone(self);
            device::on_window(kind, move || {
                way.draw_foot();
                way.talk();
            });
        }
        self.listen_to_frame();
        self.listen_for_leaving();
    }

    /// Whether this program may answer for the server: the definition is here, and what the phone holds was looked at.
    fn is_awake(&self) -> bool {
        self.is_ready.get() && self.definition.borrow().is_some()
    }

    fn outbox(&self) -> Option<Rc<Outbox>> {
        self.outbox.borrow().clone()
    }

    fn slug(&self) -> String {
        self.person.borrow().slug.clone()
    }

    /// The id of whoever answers; empty if nobody does.
    fn id(&self) -> String {
        self.person.borrow().instance_id.clone()
    }

    fn is_own(&self) -> bool {
        self.phone.get() == Some(Phone::Own)
    }

    /// Nobody's answers are here any more.
    fn forget_person(&self) {
        self.answers.replace(Answers::default());
        self.person.borrow_mut().instance_id.clear();
        self.phone.set(None);
        // That the cookie is to forget them has still to be said.
        self.untold.borrow_mut().retain(|note| matches!(note, keeping::Note::NewPerson | keeping::Note::Reading(..)));
        self.is_refused.set(false);
        self.open.take();
        if let Some(outbox) = self.outbox() {
            outbox.disown();
        }
    }
}

/// Fields of a form, as they stand.
type Typed = Option<Fields>;
