//! The questionnaire without reloading: the same pages, drawn by the same components, in memory only.
//!
//! The forms stay real. Until the definition is here, and whenever this program should fail, they post to the server
//! as they do without script; a hidden field carries what was answered meanwhile, so nothing is lost on the way.

use crate::{
    browser::{http, page},
    error::AppError,
    questionnaires::{
        api::SendResponse,
        beginning::Beginning,
        components::{question::TRACES, stage_html, stage_title},
        paths,
        stage::{Person, Sent, Stage, Trouble, asking, checking},
        types::{Receipt, Sending},
        walk::{self, Place},
    },
    ui::Reader,
};
use form::{Answers, Definition, Fields, Problem, entry, flow, traces::has_traces};
use leptos::{prelude::*, server_fn::ServerFn};
use std::{cell::RefCell, rc::Rc};

/// The query of a question that was opened from the check page.
const CHANGE: &str = "?change";

/// The element around the stage.
const ROOT: &str = ".questionnaire";

/// One person's way through a questionnaire: it brings the pages beside it to life and draws nothing itself. It keeps
/// no signal: a stage is drawn as a whole at each step, and the reactive graph would be half of the program's weight.
/// It has no props either: what it begins with stands in an attribute of [`ROOT`] (see [`Beginning`]).
#[island]
pub fn Questionnaire() -> impl IntoView {
    if cfg!(feature = "hydrate")
        && let Some(beginning) = page::attribute(ROOT, BEGINNING).and_then(|json| Beginning::read(&json))
    {
        Way::wake(beginning);
    }
}

/// The attribute of [`ROOT`] that holds a [`Beginning`].
pub const BEGINNING: &str = "data-beginning";

/// The page that is shown.
#[derive(Clone)]
struct Here {
    place: Place,
    change: bool,
}

/// Where the person is, and what they answered. Shared by the handlers.
struct Way {
    reader: Reader,
    person: Person,
    /// Nowhere any more once the answers were sent.
    here: RefCell<Option<Here>>,
    answers: RefCell<Answers>,
    /// Here once it was fetched; until then the forms are the server's.
    definition: RefCell<Option<Definition>>,
    /// The page that the server was not told of yet, and its fields: the latest tells all.
    untold: RefCell<Option<(String, Fields)>>,
    /// Answers that are to be sent, once: a double tap changes nothing.
    unsent: RefCell<Option<Sending>>,
    /// Whether a request is under way. One at a time: a step that came late would undo *Send* in the cookie.
    is_talking: RefCell<bool>,
    /// The person said no: once the server was told, it shows its own page.
    is_leaving: RefCell<bool>,
}

impl Way {
    /// Listens to the page, and fetches the definition.
    fn wake(beginning: Beginning) {
        let Beginning { reader, person, answers, place, change } = beginning;
        let way = Rc::new(Self {
            reader,
            person,
            here: RefCell::new(Some(Here { place, change })),
            answers: RefCell::new(answers),
            definition: RefCell::new(None),
            untold: RefCell::new(None),
            unsent: RefCell::new(None),
            is_talking: RefCell::new(false),
            is_leaving: RefCell::new(false),
        });
        let (submitted, pressed, moved) = (Rc::clone(&way), Rc::clone(&way), Rc::clone(&way));
        page::on(ROOT, "submit", move |event| submitted.submit(event));
        page::on(ROOT, "click", move |event| pressed.press(event));
        page::on(ROOT, "input", |event: &page::InputEvent| {
            if let Some((id, text)) = page::typed(event) {
                page::hide(&["#", &id, TRACES].concat(), !has_traces(&text));
            }
        });
        page::on_history(move || moved.follow_history());
        http::spawn(async move {
            let Some(text) = http::text(&paths::definition(&way.person.definition)).await else { return };
            // Something between us and the server may have answered in its place.
            if form::digest(text.as_bytes()) == way.person.definition {
                way.definition.replace(Definition::read(text.as_bytes()).ok());
            }
        });
    }

    /// *Continue* and *Send* stay here; the buttons of the page's frame go to the server with everything typed.
    fn submit(self: &Rc<Self>, event: &page::SubmitEvent) {
        if self.definition.borrow().is_none() || page::button_of(event).is_some_and(|name| name != "go") {
            return;
        }
        let Some(Here { place, change }) = self.here.borrow().clone() else { return };
        event.prevent_default();
        match place {
            Place::Question(name) => self.answer(&name, page::fields_of(event, &self.field_names(&name)), change),
            Place::Check | Place::Nothing => self.send(),
        }
    }

    /// Takes an answer and moves on, or shows what is wrong with it.
    fn answer(self: &Rc<Self>, name: &str, fields: Fields, change: bool) {
        let today = self.person.today;
        let taken = {
            let definition = self.definition.borrow();
            let Some(definition) = definition.as_ref() else { return };
            let before = self.answers.borrow();
            walk::take(definition, &before, name, &fields, today).map(|answers| {
                let place = walk::after(definition, &before, &answers, name, change, today);
                (answers, place)
            })
        };
        match taken {
            Ok((answers, place)) => {
                self.answers.replace(answers);
                self.tell_server(name, fields);
                self.go(&place, change, None);
            }
            Err(problems) => self.show_problems(name, &fields, change, &problems),
        }
    }

    /// The fields of a page's questions.
    fn field_names(&self, name: &str) -> Vec<String> {
        let definition = self.definition.borrow();
        let Some(definition) = definition.as_ref() else { return Vec::new() };
        let pages = flow::pages(definition, &self.answers.borrow(), self.person.today);
        let Some(page) = pages.into_iter().find(|page| page.name == name) else { return Vec::new() };
        let prefixes = page.questions.iter().map(|question| entry::prefix(question, page.is_list()));
        prefixes.flat_map(|prefix| entry::FIELDS.map(|field| [prefix.as_str(), field].concat())).collect()
    }

    fn show_problems(&self, name: &str, fields: &Fields, change: bool, problems: &[Problem]) {
        let stage = self.stage_of(&Place::Question(name.to_owned()), change, Some(fields));
        if let Some(Stage::Question(asking)) = stage {
            self.show(Stage::Question(Box::new(asking.refused(problems))));
        }
    }

    /// Keeps the cookie in step, so that a reload finds the same answers. It may fail: the next post carries all.
    fn tell_server(self: &Rc<Self>, name: &str, mut fields: Fields) {
        fields.push(("instance".to_owned(), self.person.instance_id.clone()));
        let mut answers = String::new();
        self.answers.borrow().write(&mut answers);
        fields.push(("answers".to_owned(), answers));
        self.untold.replace(Some((paths::question(self.reader, &self.person.slug, name), fields)));
        self.talk();
    }

    /// Says to the server what is to be said, one after the other.
    fn talk(self: &Rc<Self>) {
        if self.is_talking.replace(true) {
            return;
        }
        let way = Rc::clone(self);
        http::spawn(async move {
            loop {
                let (step, sending) = (way.untold.take(), way.unsent.borrow().clone());
                if let Some((path, fields)) = step {
                    http::post_quietly(&path, &fields).await;
                } else if let Some(sending) = sending {
                    let answer = http::call(SendResponse::PATH, &sending.to_json()).await;
                    // What is no receipt came from somewhere else.
                    let answer = answer.and_then(|tree| Receipt::read(&tree).ok_or(AppError::Transport));
                    way.unsent.take();
                    way.receive(answer, &sending.digest);
                } else {
                    break;
                }
            }
            way.is_talking.replace(false);
            way.leave();
        });
    }

    /// Leads to the server once it was told: it forgets all, and a page that goes away breaks off what is under way.
    fn leave(&self) {
        if *self.is_leaving.borrow() && !*self.is_talking.borrow() {
            page::leave_for(&paths::nothing(self.reader, &self.person.slug));
        }
    }

    /// Links of the way stay here; all others are ordinary links.
    fn press(&self, event: &page::MouseEvent) {
        let Some((path, query)) = page::link_of(event) else { return };
        let Some(place) = self.place_of(&path) else { return };
        event.prevent_default();
        self.go(&place, query == CHANGE, None);
    }

    /// The person went back or forward.
    fn follow_history(&self) {
        if self.here.borrow().is_none() {
            // The answers are gone; the address shows the code again.
            page::push(&paths::sent(self.reader, &self.person.slug));
            return;
        }
        let (path, query) = page::address();
        let place = self.place_of(&path);
        if place.is_some() && place == self.here.borrow().as_ref().map(|here| here.place.clone()) {
            // A jump within the page: what is being typed stays.
            return;
        }
        match place.and_then(|place| self.stage_of(&place, query == CHANGE, None)) {
            Some(stage) => self.show(stage),
            None => page::reload(),
        }
    }

    /// The place of the way that an address names, once the definition is here.
    fn place_of(&self, path: &str) -> Option<Place> {
        let definition = self.definition.borrow();
        let definition = definition.as_ref()?;
        let rest = path.strip_prefix(paths::start(self.reader, &self.person.slug).as_str())?;
        if rest == "/check" {
            return Some(Place::Check);
        }
        let name = rest.strip_prefix("/questions/")?;
        flow::place_of(definition, name).map(|_| Place::Question(name.to_owned()))
    }

    /// Moves to a place: the page is drawn, the address follows. Saying no leads to the server, which forgets all.
    fn go(&self, place: &Place, change: bool, trouble: Option<Trouble>) {
        let slug = &self.person.slug;
        let Some(mut stage) = self.stage_of(place, change, None) else {
            self.is_leaving.replace(true);
            return self.leave();
        };
        if let Stage::Check(checking) = &mut stage {
            checking.trouble = trouble;
        }
        let path = match &stage {
            Stage::Question(asking) => paths::question(self.reader, slug, &asking.page),
            Stage::Check(_) => paths::check(self.reader, slug),
            Stage::Sent(_) => paths::sent(self.reader, slug),
        };
        let query = if matches!(&stage, Stage::Question(asking) if asking.change) { CHANGE } else { "" };
        let (path_now, query_now) = page::address();
        if path_now != path || query_now != query {
            page::push(&[path.as_str(), query].concat());
        }
        self.show(stage);
    }

    /// The stage of a place, as far as the person may go; `None` where there is nothing to send.
    fn stage_of(&self, place: &Place, change: bool, typed: Option<&Fields>) -> Option<Stage> {
        let today = self.person.today;
        let definition = self.definition.borrow();
        let definition = definition.as_ref()?;
        let answers = self.answers.borrow();
        let place = match place {
            Place::Question(name) => walk::allowed(definition, &answers, name, today),
            Place::Check | Place::Nothing => walk::check(definition, &answers, today),
        };
        match place {
            Place::Question(name) => {
                let mut stage = asking(definition, &name, &answers, today, typed)?;
                stage.change = change;
                Some(Stage::Question(Box::new(stage)))
            }
            Place::Check => Some(Stage::Check(checking(definition, &answers, self.reader, today))),
            Place::Nothing => None,
        }
    }

    fn show(&self, stage: Stage) {
        page::set_title(&stage_title(self.reader, &stage));
        page::draw(ROOT, &stage_html(self.reader, &self.person, &stage, Some(&self.answers.borrow())));
        page::focus_first(&["#errors", "main h1"]);
        self.here.replace(match stage {
            Stage::Question(asking) => Some(Here { place: Place::Question(asking.page), change: asking.change }),
            Stage::Check(_) => Some(Here { place: Place::Check, change: false }),
            Stage::Sent(_) => None,
        });
    }

    /// Freezes the answers into bytes and sends them. Only a receipt that the server signed for exactly these bytes
    /// counts; whatever else comes back, the answers stay.
    fn send(self: &Rc<Self>) {
        let answers = match self.definition.borrow().as_ref() {
            Some(definition) => flow::prune(definition, &self.answers.borrow(), self.person.today),
            None => return,
        };
        if self.unsent.borrow().is_some() {
            return;
        }
        // What is sent tells all.
        self.untold.take();
        self.unsent.replace(Some(Sending::of(self.person.payload(answers))));
        self.talk();
    }

    /// What held when it was given and does not any more (a day has passed): the page with it, and why.
    fn show_refused(&self, problems: &[Problem]) {
        let page = {
            let definition = self.definition.borrow();
            let question = definition.as_ref().and_then(|all| Some((all, all.question(&problems.first()?.question)?)));
            question.map(|(definition, question)| flow::page_name(definition, question).to_owned())
        };
        let stage = page.and_then(|name| self.stage_of(&Place::Question(name), true, None));
        match stage {
            Some(Stage::Question(asking)) => {
                page::push(&[paths::question(self.reader, &self.person.slug, &asking.page).as_str(), CHANGE].concat());
                self.show(Stage::Question(Box::new(asking.refused(problems))));
            }
            _ => self.go(&Place::Check, false, Some(Trouble::NotSent)),
        }
    }

    fn receive(&self, answer: Result<Receipt, AppError>, digest: &str) {
        let Person { slug, receipt_key, instance_id, .. } = &self.person;
        let trouble = match answer {
            Ok(receipt) if receipt.is_for(receipt_key, instance_id, digest) => {
                self.answers.replace(Answers::default());
                page::push(&paths::sent(self.reader, slug));
                return self.show(Stage::Sent(Sent { code: receipt.code, outcome: receipt.outcome }));
            }
            Ok(_) => Trouble::Forged,
            Err(AppError::Invalid(problems)) if !problems.is_empty() => {
                return self.show_refused(&problems);
            }
            Err(AppError::TooManyRequests { retry_after }) => Trouble::Busy(retry_after),
            Err(AppError::Conflict) => Trouble::Conflict,
            Err(AppError::Outdated) => Trouble::Outdated,
            Err(_) => Trouble::NotSent,
        };
        self.go(&Place::Check, false, Some(trouble));
    }
}
