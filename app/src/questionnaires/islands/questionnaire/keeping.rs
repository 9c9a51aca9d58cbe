//! The draft in the phone's storage, and what the server is told of it. On a phone that others use nothing of it is
//! kept, and the server is told no answer either: all stays on the page.

use super::{Here, Way, beginning::left_at};
use crate::{
    browser::{
        device, http, press,
        storage::{Store, Write},
    },
    questionnaires::{
        islands::outbox::may_keep_draft,
        kept::{self, Mark},
        paths,
        walk::Place,
    },
};
use form::{Answers, Day, Definition, Fields};
use outbox::{
    clock,
    draft::{Draft, Phone},
};
use std::{collections::BTreeSet, rc::Rc};

/// How long the server may take to answer what is told quietly.
const QUIET_MS: u32 = 10_000;

/// What the server answers to a step of a draft that it does not know any more.
const GONE: u16 = 410;

/// Something that the server is told.
#[derive(Clone, Debug)]
pub(super) enum Note {
    /// Somebody began here, or goes on.
    Begin {
        /// Whether it may be counted where they stop.
        counts_steps: bool,
    },
    /// A page was answered: its name and fields.
    Step(String, Fields),
    /// The next person comes: the cookie forgets.
    NewPerson,
    /// How the person reads from now on.
    Reading(&'static str, bool),
}

impl Way {
    /// The day to reckon with.
    pub(super) fn today(&self) -> Day {
        let drawn_on = self.person.borrow().today;
        let day =
            |(year, month, day): (i32, u32, u32)| Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let phone = device::day().and_then(day);
        clock::today(phone, drawn_on)
    }

    /// Keeps the draft as it is now, then moves on to the next page, if there is one. A storage that refuses is said
    /// in the foot; the page goes on without it.
    pub(super) fn keep_draft(self: &Rc<Self>) {
        let Some(outbox) = self.outbox().filter(|_| self.is_own() && !self.id().is_empty()) else {
            return self.go_next();
        };
        let draft = self.draft();
        let way = Rc::clone(self);
        http::spawn(async move {
            let (id, text) = (draft.id.clone(), kept::write_draft(&draft));
            let read = [(Store::Drafts, draft.id.as_str()), (Store::Outbox, &draft.id), (Store::Marks, &draft.id)];
            let decided = Rc::clone(&way);
            let decide = move |texts: Vec<Option<String>>| {
                // Another tab may have sent it; and this page may be somebody else's since, or empty.
                let may = may_keep_draft(&texts) && decided.id() == id && decided.is_own();
                (if may { vec![Write::Put(Store::Drafts, id, text)] } else { Vec::new() }, ())
            };
            let is_kept = match outbox.storage() {
                Some(storage) => storage.change(&read, decide).await.is_some(),
                None => false,
            };
            way.go_next();
            if way.is_refused.replace(!is_kept) == is_kept {
                way.draw_foot();
            }
            if is_kept {
                device::set_tab_note(&draft.questionnaire, &draft.id);
                way.ask_to_persist().await;
            }
        });
    }

    fn draft(&self) -> Draft {
        let person = self.person.borrow();
        Draft {
            id: person.instance_id.clone(),
            questionnaire: person.slug.clone(),
            definition: person.definition.clone(),
            language: person.language.clone(),
            channel: person.channel.clone(),
            answers: text_of(&self.answers.borrow()),
            page: self.page(),
            touched_on: self.today(),
        }
    }

    /// The page to go on with; empty for the check page.
    fn page(&self) -> String {
        let (next, here) = (self.next.borrow(), self.here.borrow());
        let place = match (&*next, &*here) {
            (Some((place, ..)), _) | (None, Here::Page { place, .. }) => place,
            _ => return String::new(),
        };
        if let Place::Question(name) = place { name.clone() } else { String::new() }
    }

    /// Asks the browser once not to throw the storage away when room is scarce.
    async fn ask_to_persist(&self) {
        const ASKED: &str = "persisted";
        let Some(outbox) = self.outbox() else { return };
        let Some(storage) = outbox.storage() else { return };
        if storage.get(Store::Facts, ASKED).await == Some(None) {
            let write = vec![Write::Put(Store::Facts, ASKED.to_owned(), String::from("asked"))];
            storage.change(&[], move |_| (write, ())).await;
            device::persist().await;
        }
    }

    /// Erases a draft of this phone.
    pub(super) async fn delete_draft(&self, id: &str) {
        let Some(outbox) = self.outbox() else { return };
        if let Some(storage) = outbox.storage().filter(|_| !id.is_empty()) {
            let writes = vec![
                Write::Delete(Store::Drafts, id.to_owned()),
                Write::Delete(Store::Facts, [kept::TOLD, id].concat()),
            ];
            storage.change(&[], move |_| (writes, ())).await;
        }
    }

    /// All drafts of the phone that can be read.
    pub(super) async fn all_drafts(&self) -> Vec<Draft> {
        let Some(outbox) = self.outbox() else { return Vec::new() };
        let Some(storage) = outbox.storage() else { return Vec::new() };
        let texts = storage.all(Store::Drafts).await.unwrap_or_default();
        texts.iter().filter_map(|(id, text)| kept::read_draft(text).filter(|draft| draft.id == *id)).collect()
    }

    /// Erases what lived long enough, and the definitions that nobody needs any more.
    pub(super) async fn tidy(&self) {
        let Some(outbox) = self.outbox() else { return };
        let Some(storage) = outbox.storage() else { return };
        let today = self.today();
        let (mut writes, mut needed) = (Vec::new(), BTreeSet::new());
        needed.insert(self.person.borrow().definition.clone());
        if let Some(start) = self.start.borrow().as_ref() {
            needed.insert(start.beginning.person.definition.clone());
        }
        for draft in self.all_drafts().await {
            if draft.is_expired(today) && draft.id != self.id() {
                writes.push(Write::Delete(Store::Facts, [kept::TOLD, &draft.id].concat()));
                writes.push(Write::Delete(Store::Drafts, draft.id));
            } else {
                needed.insert(draft.definition);
            }
        }
        let drafts = storage.all(Store::Drafts).await.unwrap_or_default();
        for (fact, _) in storage.all(Store::Facts).await.unwrap_or_default() {
            let is_of = |id: &str| drafts.iter().any(|(draft, _)| draft == id);
            if fact.strip_prefix(kept::TOLD).is_some_and(|id| !is_of(id)) {
                writes.push(Write::Delete(Store::Facts, fact));
            }
        }
        for (hash, _) in storage.all(Store::Definitions).await.unwrap_or_default() {
            if !needed.contains(&hash) {
                writes.push(Write::Delete(Store::Definitions, hash));
            }
        }
        if !writes.is_empty() {
            storage.change(&[], move |_| (writes, ())).await;
        }
    }

    /// Makes this edition the one that is answered, unless another one is meanwhile.
    pub(super) async fn load_definition(&self, hash: &str) {
        if let Some(definition) = self.fetch_definition(hash).await
            && self.person.borrow().definition == hash
        {
            self.definition.replace(Some(definition));
        }
    }

    /// An edition, from the phone or from the server.
    pub(super) async fn fetch_definition(&self, hash: &str) -> Option<Definition> {
        let outbox = self.outbox();
        let storage = outbox.as_ref().and_then(|outbox| outbox.storage());
        let kept = match storage {
            Some(storage) => storage.get(Store::Definitions, hash).await.flatten(),
            None => None,
        };
        // Something between us and the server may have answered in its place, and somebody may have changed the row.
        let is_it = |text: &String| form::digest(text.as_bytes()) == hash;
        let (text, is_new) = match kept.filter(is_it) {
            Some(text) => (text, false),
            None => match http::text(&paths::definition(hash)).await.filter(is_it) {
                Some(text) => (text, true),
                None => return None,
            },
        };
        let definition = Definition::read(text.as_bytes()).ok()?;
        if let Some(storage) = storage.filter(|_| is_new) {
            let write = vec![Write::Put(Store::Definitions, hash.to_owned(), text)];
            storage.change(&[], move |_| (write, ())).await;
        }
        Some(definition)
    }

    /// The server's page and the phone may each hold answers that the other has not: those that the server took
    /// without this program, and those that it was not told of. What it was told of last says which is which.
    pub(super) async fn reconcile(self: &Rc<Self>) {
        let Some(outbox) = self.outbox() else { return };
        let Some(storage) = outbox.storage() else { return };
        let (id, brought) = (self.id(), text_of(&self.answers.borrow()));
        if let Some(Some(mark)) = storage.get(Store::Marks, &id).await {
            return self.show_code_of(&mark);
        }
        if let Some((draft, own)) = self.draft_of(&id).await {
            let told = storage.get(Store::Facts, &[kept::TOLD, &id].concat()).await.flatten();
            let told = told.and_then(|fact| kept::told_by(&fact, &self.telling.borrow())).unwrap_or_default();
            let server = self.answers.borrow().clone();
            let all = kept::reconcile(&told, &server, &own);
            if all != server {
                self.answers.replace(all);
                self.note(Note::Begin { counts_steps: false });
                let here = self.here.borrow().clone();
                if let Here::Page { place, change } = here
                    && !press::is_touched("#question")
                {
                    // A server that was not told of an answer yet leads past the page that the answer opened.
                    let place = if matches!(place, Place::Check) { left_at(draft.page) } else { place };
                    self.go(&place, change);
                }
            }
        }
        self.keep_draft();
        // Whatever the phone knew of it before: this is what the page brought.
        let telling = self.telling.borrow().clone();
        self.note_told(&id, telling, brought).await;
    }

    /// Keeps the cookie in step, so that a reload finds the same answers. It may fail: the next post carries all.
    pub(super) fn tell_step(self: &Rc<Self>, name: &str, fields: Fields) {
        if self.phone.get() != Some(Phone::Shared) {
            self.note(Note::Step(name.to_owned(), fields));
        }
    }

    /// Something for the server. A later page tells all that an earlier one would have.
    pub(super) fn note(self: &Rc<Self>, note: Note) {
        {
            let mut untold = self.untold.borrow_mut();
            if matches!(note, Note::Step(..)) {
                untold.retain(|other| !matches!(other, Note::Step(..)));
            }
            untold.push(note);
        }
        self.talk();
    }

    /// Says to the server what is to be said, one after the other.
    pub(super) fn talk(self: &Rc<Self>) {
        if self.is_talking.replace(true) {
            return;
        }
        let way = Rc::clone(self);
        http::spawn(async move {
            loop {
                let note = {
                    let mut untold = way.untold.borrow_mut();
                    if untold.is_empty() { None } else { Some(untold.remove(0)) }
                };
                let Some(note) = note else { break };
                if !way.tell(note.clone()).await && matches!(note, Note::Begin { .. } | Note::NewPerson) {
                    // Whose the cookie is has to be said before anything else: again when there is a network.
                    way.untold.borrow_mut().insert(0, note);
                    break;
                }
            }
            way.is_talking.set(false);
        });
    }

    /// Whether the server answered.
    async fn tell(&self, note: Note) -> bool {
        let (reader, slug, id) = (self.reader.get(), self.slug(), self.id());
        let answers = text_of(&self.answers.borrow());
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let tells = matches!(note, Note::Begin { .. } | Note::Step(..));
        let is_step = matches!(note, Note::Step(..));
        let (path, mut fields) = match note {
            Note::NewPerson => (paths::new_person(reader, &slug), Vec::new()),
            Note::Reading(name, is_on) => {
                (reader.href("/reading"), vec![field(name, if is_on { "on" } else { "off" }), field("back", "/")])
            }
            // The person left meanwhile.
            Note::Begin { .. } | Note::Step(..) if id.is_empty() => return true,
            Note::Begin { counts_steps } => {
                let person = self.person.borrow();
                let mut fields = vec![field("definition", &person.definition), field("begun_in", &person.language)];
                if let Some(channel) = &person.channel {
                    fields.push(field("via", channel));
                }
                if let Some(phone) = self.phone.get() {
                    fields.push(field("phone", phone.word()));
                }
                if counts_steps {
                    fields.push(field("count-steps", "yes"));
                }
                (paths::start(reader, &slug), fields)
            }
            Note::Step(name, fields) => (paths::question(reader, &slug, &name), fields),
        };
        if tells {
            fields.push(field("instance", &id));
            if self.is_own() {
                let telling: String = device::uuid().unwrap_or_default().chars().take(8).collect();
                fields.push(field("telling", &telling));
                fields.push(field("answers", &answers));
                self.note_told(&id, telling, answers).await;
            }
        }
        let status = http::post_form_within(&path, &fields, QUIET_MS).await;
        if status == Some(GONE) && is_step && self.id() == id {
            // The cookie ran out while the page stayed open: the server learns who this is, and all answers.
            self.untold.borrow_mut().push(Note::Begin { counts_steps: false });
        }
        status.is_some()
    }

    /// Notes what the server is told, beside a draft that is there: nothing of it outlives the draft.
    async fn note_told(&self, id: &str, telling: String, answers: String) {
        let Some(outbox) = self.outbox() else { return };
        let Some(storage) = outbox.storage() else { return };
        let key = [kept::TOLD, id].concat();
        let decide = move |texts: Vec<Option<String>>| {
            let [Some(_), fact] = &texts[..] else { return (Vec::new(), ()) };
            let fact = kept::add_told(fact.as_deref().unwrap_or_default(), &telling, &answers);
            (vec![Write::Put(Store::Facts, key, fact)], ())
        };
        let fact = [kept::TOLD, id].concat();
        storage.change(&[(Store::Drafts, id), (Store::Facts, fact.as_str())], decide).await;
    }

    /// Answers of this id were sent without this program: the draft goes, a mark comes.
    pub(super) async fn settle_draft(&self, id: &str) {
        let Some(outbox) = self.outbox() else { return };
        let Some(storage) = outbox.storage() else { return };
        let (key, mark) = (id.to_owned(), Mark { code: None, questionnaire: self.slug() });
        let decide = move |texts: Vec<Option<String>>| {
            let is_there = texts.first().is_some_and(Option::is_some);
            let writes = vec![
                Write::Delete(Store::Drafts, key.clone()),
                Write::Delete(Store::Facts, [kept::TOLD, &key].concat()),
                Write::Put(Store::Marks, key, kept::write_mark(&mark)),
            ];
            (if is_there { writes } else { Vec::new() }, ())
        };
        storage.change(&[(Store::Drafts, id)], decide).await;
    }
}

fn text_of(answers: &Answers) -> String {
    let mut text = String::new();
    answers.write(&mut text);
    text
}
