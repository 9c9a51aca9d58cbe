//! The first page: *Begin*, unfinished answers of this phone, and the next person.

use super::{BEGINNING, Here, ROOT, Start, Way, keeping::Note};
use crate::{
    browser::{device, http, page, press, storage::Store},
    questionnaires::{
        beginning::Beginning,
        components::{
            foot::Deleting,
            start::{self as parts, BEGIN, OFFERED, PHONE, PHONE_FIELD, WHOSE},
        },
        paths,
        stage::{Stage, Waiting},
        walk::Place,
    },
    ui::html::Html,
};
use form::{Answers, Fields, json::Tree};
use outbox::draft::{self, Draft, Phone};
use std::rc::Rc;

/// The fields of the form of *Begin*.
pub(super) const FIELDS: [&str; 3] = [PHONE, "via", "count-steps"];

impl Way {
    /// The page of somebody who has begun came from the server: the phone may hold more of their answers than it does.
    pub(super) async fn wake_on_page(self: &Rc<Self>) {
        let (hash, id) = (self.person.borrow().definition.clone(), self.id());
        let is_sent = self.is_own() && self.holds(Store::Marks, &id).await;
        if !is_sent && self.is_on_its_way(&id).await {
            // Nobody goes on with what was sent: the cookie was not told yet, because there was no network.
            self.note(Note::NewPerson);
            return self.show_start();
        }
        self.load_definition(&hash).await;
        self.hold_open().await;
        if self.is_own() {
            self.reconcile().await;
        }
    }

    /// The first page: it may stand in for any page of the way, where there was no network to load that one.
    pub(super) async fn wake_on_start(self: &Rc<Self>) {
        let (path, _) = page::address();
        let start = paths::start(self.reader.get(), &self.slug());
        let hash = self.person.borrow().definition.clone();
        if path != start {
            if let Some(id) = device::tab_note(&self.slug())
                && self.resume_draft(&id, Some(&path)).await
            {
                return;
            }
            page::replace(&start);
        }
        self.load_definition(&hash).await;
        let settled = self.start.borrow().as_ref().and_then(|start| start.beginning.settled.clone());
        if let Some(id) = settled {
            self.settle_draft(&id).await;
        }
        if self.is_on_its_way(&self.id()).await {
            self.note(Note::NewPerson);
            return self.show_start();
        }
        self.offer().await;
    }

    /// Whether answers of this id wait in the outbox or were sent.
    async fn is_on_its_way(&self, id: &str) -> bool {
        self.holds(Store::Outbox, id).await || self.holds(Store::Marks, id).await
    }

    async fn holds(&self, store: Store, id: &str) -> bool {
        let Some(outbox) = self.outbox() else { return false };
        let Some(storage) = outbox.storage().filter(|_| !id.is_empty()) else { return false };
        matches!(storage.get(store, id).await, Some(Some(_)))
    }

    /// The frame of a page of the way, where that of the first page stands: nothing in it leads away by mistake.
    fn draw_frame(&self) {
        page::unlink_home();
        page::put_default_button();
        self.draw_switches();
    }

    /// The drafts of this phone that may be gone on with, the latest first.
    async fn drafts(&self) -> Vec<Draft> {
        draft::offered(self.all_drafts().await, Phone::Own, &self.slug(), self.today())
    }

    /// Unfinished answers of this phone, if they may be gone on with: where they were left, and what they say.
    pub(super) async fn draft_of(&self, id: &str) -> Option<(Draft, Answers)> {
        let draft = self.drafts().await.into_iter().find(|draft| draft.id == id)?;
        let answers = Answers::read(&Tree::parse(&draft.answers).ok()?)?;
        Some((draft, answers))
    }

    /// Offers unfinished answers. Those of the cookie the page offers itself.
    pub(super) async fn offer(self: &Rc<Self>) {
        let drafts = self.drafts().await;
        let cookie = self.id();
        let offered: Vec<_> = drafts
            .iter()
            .filter(|draft| draft.id != cookie)
            .map(|draft| (draft.id.as_str(), draft.touched_on))
            .collect();
        if *self.here.borrow() == Here::Start {
            let mut html = Html::new();
            parts::write_offered(&mut html, self.reader.get(), &offered);
            page::draw(&["#", OFFERED].concat(), &html.finish());
        }
    }

    /// *Begin*: an id of its own; the server is told, so that its pages go on with the same person.
    pub(super) fn begin(self: &Rc<Self>, fields: &Fields) {
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let Some(phone) = field(PHONE).and_then(|word| Phone::of(&word)) else { return self.ask_whose() };
        let Some(id) = device::uuid() else { return };
        let channel = field("via").or_else(|| self.channel_of_start());
        {
            let mut person = self.person.borrow_mut();
            person.instance_id = id;
            person.channel = channel;
            self.reader.get().tag().clone_into(&mut person.language);
        }
        self.phone.set(Some(phone));
        self.deleting.set(Deleting::No);
        self.answers.replace(Answers::default());
        self.touched_ms.set(device::now_ms());
        self.draw_frame();
        self.note(Note::Begin { counts_steps: field("count-steps").is_some() });
        let way = Rc::clone(self);
        http::spawn(async move { way.hold_open().await });
        let first = self.definition.borrow().as_ref().and_then(|all| all.questions.first().map(|one| one.name.clone()));
        self.go(&first.map_or(Place::Check, Place::Question), false);
        self.keep_draft();
    }

    /// By which channel the first page was opened.
    fn channel_of_start(&self) -> Option<String> {
        self.start.borrow().as_ref()?.beginning.person.channel.clone()
    }

    /// Nobody said who uses the phone.
    fn ask_whose(&self) {
        let mut html = Html::new();
        parts::write_phone(&mut html, self.reader.get(), true);
        page::draw(&["#", WHOSE].concat(), &html.finish());
        page::focus(&["#", PHONE_FIELD].concat());
    }

    /// *Continue* on a page whose answers the cookie holds: on with the phone's, if it has them; else the server leads.
    pub(super) fn go_on_with_cookie(self: &Rc<Self>, event: &page::SubmitEvent) {
        event.prevent_default();
        let (way, id) = (Rc::clone(self), self.id());
        http::spawn(async move {
            if !way.resume_draft(&id, None).await {
                press::send_form(&["#", parts::CONTINUE].concat());
            }
        });
    }

    /// On with unfinished answers of this phone.
    pub(super) fn resume(self: &Rc<Self>, id: String) {
        let way = Rc::clone(self);
        http::spawn(async move {
            if !way.resume_draft(&id, None).await {
                // Another tab sent or erased them, or their questions cannot be had now.
                way.offer().await;
                way.draw_foot();
            }
        });
    }

    /// The same; whether they were there. `path` is the page that the person wanted.
    async fn resume_draft(self: &Rc<Self>, id: &str, path: Option<&str>) -> bool {
        let Some((draft, answers)) = self.draft_of(id).await else { return false };
        let Some(definition) = self.fetch_definition(&draft.definition).await else { return false };
        if !matches!(*self.here.borrow(), Here::Start) {
            return false;
        }
        self.definition.replace(Some(definition));
        self.deleting.set(Deleting::No);
        {
            let mut person = self.person.borrow_mut();
            person.instance_id = draft.id;
            person.definition = draft.definition;
            person.language = draft.language;
            person.channel = draft.channel;
        }
        self.phone.set(Some(Phone::Own));
        self.answers.replace(answers);
        self.touched_ms.set(device::now_ms());
        self.draw_frame();
        self.note(Note::Begin { counts_steps: false });
        self.hold_open().await;
        let place = path.and_then(|path| self.place_of(path)).unwrap_or_else(|| left_at(draft.page));
        let (_, query) = page::address();
        self.go(&place, path.is_some() && query == "?change");
        true
    }

    /// Somebody else begins: nothing of the one before is left, on the page, in memory, in the cookie or in a draft.
    pub(super) fn next_person(self: &Rc<Self>) {
        let (way, id) = (Rc::clone(self), self.id());
        http::spawn(async move { way.delete_draft(&id).await });
        self.note(Note::NewPerson);
        self.show_start();
    }

    /// *Let another person answer* beside answers of the cookie: the phone forgets them first.
    pub(super) fn next_on_start(self: &Rc<Self>, event: &page::SubmitEvent) {
        event.prevent_default();
        let (way, id) = (Rc::clone(self), self.id());
        http::spawn(async move {
            way.delete_draft(&id).await;
            press::send_form(&["#", parts::NEXT].concat());
        });
    }

    /// The first page, without loading it where it is here already.
    pub(super) fn show_start(self: &Rc<Self>) {
        self.forget_person();
        self.here.replace(Here::Gone);
        page::draw(ROOT, "");
        device::forget_tab_note(&self.slug());
        let way = Rc::clone(self);
        http::spawn(async move {
            let path = paths::start(way.reader.get(), &way.slug());
            way.fetch_start().await;
            if way.is_leaving.get() {
                return;
            }
            let start = way
                .start
                .borrow()
                .as_ref()
                // Only where somebody can begin there is such a form.
                .filter(|start| start.html.split('"').any(|value| value == BEGIN))
                .map(|start| (start.title.clone(), start.html.clone(), start.beginning.person.definition.clone()));
            let Some((title, html, definition)) = start else {
                let unkept = way.outbox().map_or(0, |outbox| outbox.status().unkept);
                // What only this page holds would be lost.
                return if unkept > 0 { way.show(Stage::Waiting(Waiting::OnPage)) } else { page::leave_for(&path) };
            };
            let (path_now, query) = page::address();
            if [path_now, query].concat() != path {
                page::push(&path);
            }
            if way.person.borrow().definition != definition {
                way.definition.take();
                way.person.borrow_mut().definition.clone_from(&definition);
            }
            page::set_whole_title(&title);
            page::draw(ROOT, &html);
            page::replace_last(".c-header__tools", "button.c-switch[form]", "");
            way.here.replace(Here::Start);
            way.draw_foot();
            page::focus_first(&["main h1"]);
            way.load_definition(&definition).await;
            way.offer().await;
            way.look_for_newer().await;
        });
    }

    /// The first page in the language of the window, as the server draws it for nobody. What is here stays where it
    /// cannot be had.
    pub(super) async fn fetch_start(&self) {
        let (reader, slug) = (self.reader.get(), self.slug());
        let is_here = |start: &Start| {
            let other = &start.beginning;
            other.reader.locale == reader.locale && other.person.instance_id.is_empty()
        };
        if self.start.borrow().as_ref().is_some_and(is_here) {
            return;
        }
        if let Some(page) = http::page(&paths::start(reader, &slug)).await {
            self.take_start(&page);
        }
    }

    /// Takes the first page from its HTML, and who helps in its language.
    pub(super) fn take_start(&self, page: &str) {
        let beginning = page::attribute_in(page, ROOT, BEGINNING).and_then(|json| Beginning::read(&json));
        let Some((html, mut beginning)) = page::inner_in(page, ROOT).zip(beginning) else { return };
        {
            let mut person = self.person.borrow_mut();
            person.help.clone_from(&beginning.person.help);
            // The next person stands at the same poster.
            beginning.person.channel = beginning.person.channel.or_else(|| person.channel.clone());
        }
        self.start.replace(Some(Start { title: page::title_in(page), html, beginning }));
        let here = self.here.borrow().clone();
        match here {
            Here::Waiting(waiting) => self.draw(Stage::Waiting(waiting)),
            Here::Sent(sent) => self.draw(Stage::Sent(sent)),
            _ => {}
        }
    }
}

/// Where a draft was left.
pub(super) fn left_at(page: String) -> Place {
    if page.is_empty() { Place::Check } else { Place::Question(page) }
}
