//! One page after the other: an answer is taken by the same rules as on the server, and the same page follows.

use super::{Here, ROOT, Typed, Way};
use crate::{
    browser::{device, page, press},
    i18n::*,
    questionnaires::{
        components::{
            question::TRACES,
            stage_html, stage_title,
            start::{BEGIN, CONTINUE, NEXT},
        },
        paths,
        stage::{Stage, asking, checking},
        walk::{self, Place},
    },
    ui::errors::ERRORS_ID,
};
use form::{Fields, Problem, entry, flow, traces::has_traces};
use std::rc::Rc;

/// The query of a question that was opened from the check page.
const CHANGE: &str = "?change";

/// How long a page waits for the storage before it moves on.
const KEPT_MS: u32 = 400;

/// Shows or hides what is said below words that may tell who somebody is.
pub(super) fn warn_of_traces(id: &str, text: &str) {
    page::hide(&["#", id, TRACES].concat(), !has_traces(text));
}

impl Way {
    /// *Begin*, *Continue*, *Send* and the buttons of the frame stay here; all others go to the server with everything
    /// typed.
    pub(super) fn submit(self: &Rc<Self>, event: &page::SubmitEvent) {
        if !self.is_awake() {
            return;
        }
        let button = press::button_of(event);
        let form = press::form_of(event);
        let here = self.here.borrow().clone();
        match (here, form.as_str(), button.as_ref().map(|(name, value)| (name.as_str(), value.as_str()))) {
            (Here::Start, BEGIN, _) => {
                event.prevent_default();
                self.begin(&press::fields_of(event, &super::beginning::FIELDS.map(str::to_owned)));
            }
            (Here::Start, CONTINUE, _) => self.go_on_with_cookie(event),
            (Here::Start, NEXT, _) => self.next_on_start(event),
            (Here::Page { .. }, _, Some((name, value))) if name != "go" => {
                event.prevent_default();
                self.switch(name, value);
            }
            (Here::Page { place: Place::Question(name), change }, _, _) => {
                event.prevent_default();
                self.answer(&name, press::fields_of(event, &self.field_names(&name)), change);
            }
            (Here::Page { .. }, _, _) => {
                event.prevent_default();
                self.send();
            }
            (Here::Waiting(_) | Here::Sent(_), _, Some(("go", _))) => {
                event.prevent_default();
                self.next_person();
            }
            (Here::Waiting(_) | Here::Sent(_), _, Some((name, value))) => {
                event.prevent_default();
                self.switch(name, value);
            }
            _ => {}
        }
    }

    /// Takes an answer and moves on, or shows what is wrong with it.
    fn answer(self: &Rc<Self>, name: &str, fields: Fields, change: bool) {
        let today = self.today();
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
            Ok((answers, Place::Nothing)) => {
                self.answers.replace(answers);
                self.say_no(name, fields);
            }
            Ok((answers, place)) => {
                self.answers.replace(answers);
                let way = Rc::clone(self);
                let most = device::after(KEPT_MS, move || way.go_next());
                self.next.replace(Some((place, change, name.to_owned(), most)));
                self.keep_draft();
                self.tell_step(name, fields);
            }
            Err(problems) => self.show_problems(name, &fields, change, &problems),
        }
    }

    /// The page that follows an answer is drawn once the answer is kept, or the storage took too long: whoever sees it
    /// may load it anew at once, and what was answered is there.
    pub(super) fn go_next(self: &Rc<Self>) {
        let Some((place, change, left, _)) = self.next.take() else { return };
        let is_there = matches!(&*self.here.borrow(), Here::Page { place: Place::Question(name), .. } if *name == left);
        if is_there {
            self.go(&place, change);
        }
    }

    /// The fields of a page's questions.
    pub(super) fn field_names(&self, name: &str) -> Vec<String> {
        let definition = self.definition.borrow();
        let Some(definition) = definition.as_ref() else { return Vec::new() };
        let pages = flow::pages(definition, &self.answers.borrow(), self.today());
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

    /// Links of the way stay here; all others are ordinary links.
    pub(super) fn press(self: &Rc<Self>, event: &page::MouseEvent) {
        if let Some((name, id)) = press::pressed(event) {
            if name == CONTINUE {
                self.resume(id);
            }
            return;
        }
        let Some((path, query)) = press::link_of(event) else { return };
        if !matches!(*self.here.borrow(), Here::Page { .. }) || !self.is_awake() {
            return;
        }
        if path == paths::start(self.reader.get(), &self.slug())
            && query.is_empty()
            && !press::is_within(event, "header")
        {
            event.prevent_default();
            if self.may_leave_answers() {
                self.show_start();
            }
            return;
        }
        let Some(place) = self.place_of(&path) else { return };
        event.prevent_default();
        self.go(&place, query == CHANGE);
    }

    /// The person went back or forward.
    pub(super) fn follow_history(self: &Rc<Self>) {
        let here = self.here.borrow().clone();
        match here {
            // The answers are gone; the address shows the code again.
            Here::Waiting(_) | Here::Sent(_) => page::push(&paths::sent(self.reader.get(), &self.slug())),
            Here::Gone => page::reload(),
            Here::Start | Here::Page { .. } => self.follow_address(&here),
        }
    }

    fn follow_address(self: &Rc<Self>, here: &Here) {
        let (path, query) = page::address();
        let (reader, slug) = (self.reader.get(), self.slug());
        let start = paths::start(reader, &slug);
        let path_here = match here {
            Here::Page { place: Place::Question(name), .. } => paths::question(reader, &slug, name),
            Here::Page { .. } => paths::check(reader, &slug),
            _ => start.clone(),
        };
        if path == path_here {
            // A jump within the page: what is being typed stays.
            return;
        }
        if path == start && self.is_awake() {
            return if self.may_leave_answers() { self.show_start() } else { page::push(&path_here) };
        }
        let place = self.place_of(&path).filter(|_| !self.id().is_empty());
        match place.and_then(|place| self.stage_of(&place, query == CHANGE, None)) {
            Some(stage) => self.show(stage),
            None => page::reload(),
        }
    }

    /// Whether the way back to the first page may be gone: there only an own phone offers what was answered.
    fn may_leave_answers(&self) -> bool {
        let is_safe = self.answers.borrow().is_empty() || (self.is_own() && !self.is_refused.get());
        is_safe || page::confirm(&self.reader.get().plain(td_string!(self.reader.get().locale, offline.memory)))
    }

    /// The place of the way that an address names, once the definition is here.
    pub(super) fn place_of(&self, path: &str) -> Option<Place> {
        let definition = self.definition.borrow();
        let definition = definition.as_ref()?;
        let rest = path.strip_prefix(paths::start(self.reader.get(), &self.slug()).as_str())?;
        if rest == "/check" {
            return Some(Place::Check);
        }
        let name = rest.strip_prefix("/questions/")?;
        flow::place_of(definition, name).map(|_| Place::Question(name.to_owned()))
    }

    /// Moves to a place: the page is drawn, the address follows. Saying no leads to the server, which forgets all.
    pub(super) fn go(self: &Rc<Self>, place: &Place, change: bool) {
        match self.stage_of(place, change, None) {
            Some(stage) => {
                self.point_to(&stage);
                self.show(stage);
            }
            None => self.leave_for_nothing(),
        }
    }

    /// The address of a stage, in the history once.
    pub(super) fn point_to(&self, stage: &Stage) {
        let path = self.path_of(stage);
        let (path_now, query_now) = page::address();
        if [path_now, query_now].concat() != path {
            page::push(&path);
        }
    }

    /// The address of a stage.
    pub(super) fn path_of(&self, stage: &Stage) -> String {
        let (reader, slug) = (self.reader.get(), self.slug());
        match stage {
            Stage::Question(asking) => {
                let query = if asking.change { CHANGE } else { "" };
                [paths::question(reader, &slug, &asking.page).as_str(), query].concat()
            }
            Stage::Check(_) => paths::check(reader, &slug),
            Stage::Sent(_) | Stage::Waiting(_) => paths::sent(reader, &slug),
        }
    }

    /// The stage of a place, as far as the person may go; `None` where there is nothing to send.
    pub(super) fn stage_of(&self, place: &Place, change: bool, typed: Option<&Fields>) -> Option<Stage> {
        let today = self.today();
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
            Place::Check => Some(Stage::Check(checking(definition, &answers, self.reader.get(), today))),
            Place::Nothing => None,
        }
    }

    /// Draws a stage and leads a screen reader to it.
    pub(super) fn show(&self, stage: Stage) {
        self.draw(stage);
        page::focus_first(&[&["#", ERRORS_ID].concat(), "main h1"]);
    }

    /// Draws a stage where it stands; the focus stays.
    pub(super) fn draw(&self, stage: Stage) {
        let reader = self.reader.get();
        page::set_title(&stage_title(reader, &stage));
        page::draw(ROOT, &stage_html(reader, &self.person.borrow(), &stage, Some(&self.answers.borrow())));
        self.here.replace(match stage {
            Stage::Question(asking) => Here::Page { place: Place::Question(asking.page), change: asking.change },
            Stage::Check(_) => Here::Page { place: Place::Check, change: false },
            Stage::Waiting(waiting) => Here::Waiting(waiting),
            Stage::Sent(sent) => Here::Sent(sent),
        });
        self.draw_foot();
    }

    /// What stands in the fields of the page, as it was typed.
    pub(super) fn typed(&self) -> Typed {
        match &*self.here.borrow() {
            Here::Page { place: Place::Question(name), .. } => {
                Some(press::fields_in("#question", &self.field_names(name)))
            }
            _ => None,
        }
    }

    /// The problems of what was typed, if some are shown.
    pub(super) fn problems_of(&self, name: &str, typed: &Fields) -> Vec<Problem> {
        if !page::exists(&["#", ERRORS_ID].concat()) {
            return Vec::new();
        }
        let definition = self.definition.borrow();
        let Some(definition) = definition.as_ref() else { return Vec::new() };
        walk::take(definition, &self.answers.borrow(), name, typed, self.today()).err().unwrap_or_default()
    }
}
