//! Carries out what the pure uploader says: the browser's half of `outbox`, shared by the programs of the way and of
//! the page about the phone. It decides nothing.
//!
//! What must stay true: a row is deleted only by [`Outbox::settle`], on a receipt that `delivery::judge` accepted; bytes
//! are posted as they were kept. (Tests: `server/tests/it/offline/` around the same machine, `end2end/tests/offline/`.)

use crate::{
    browser::{
        device::{self, Timer},
        http,
        locks::{self, Held, Lock},
        storage::{Storage, Store, Write},
    },
    questionnaires::{
        api::SendResponse,
        delivery::judge,
        kept::{self, Mark},
        types::Receipt,
    },
};
use form::json::Tree;
use leptos::server_fn::ServerFn;
use outbox::{
    Row,
    lease::{self, Lease},
    shelf::{self, Found, Freezing},
    uploader::{Effect, Input, Status, Uploader, Verdict},
};
use std::{cell::RefCell, rc::Rc};

/// The lock under which one tab, or the service worker, sends.
pub const LOCK: &str = "entaku-outbox";

/// How long a reply may take. Who waits longer has no network worth the name, and the timer comes back.
const REPLY_MS: u32 = 30_000;

/// What the facts' store holds of the lease.
const LEASE: &str = "lease";

/// Told of a receipt and the id of its row.
pub type OfRow = Box<dyn Fn(&str, &Receipt)>;

/// What the page is told.
pub struct Told {
    /// How things stand now.
    pub changed: Box<dyn Fn(&Status)>,
    /// A receipt came for the row of this id.
    pub received: OfRow,
    /// The cookie that a reply set is of somebody who has gone meanwhile.
    pub strayed: Box<dyn Fn()>,
    /// The server answered, and named the build of its program.
    pub answered: Box<dyn Fn(&str)>,
}

/// A phone's outbox, as long as the page lives.
pub struct Outbox {
    receipt_key: String,
    questionnaire: String,
    storage: Option<Storage>,
    uploader: RefCell<Uploader<Receipt>>,
    held: RefCell<Option<Held>>,
    /// This tab's name in the lease, where there are no locks.
    name: String,
    timer: RefCell<Option<Timer>>,
    /// The row whose post may carry the cookie: its code takes the draft's place there.
    own: RefCell<Option<String>>,
    told: Told,
}

impl Outbox {
    /// Opens the storage, which may be missing, listens for the network and the eye of the person, and begins a round.
    pub async fn open(receipt_key: String, questionnaire: String, told: Told) -> Rc<Self> {
        let seed = u64::from_le_bytes(device::random());
        let outbox = Rc::new(Self {
            receipt_key,
            questionnaire,
            storage: Storage::open().await,
            uploader: RefCell::new(Uploader::new(seed)),
            held: RefCell::new(None),
            name: device::uuid().unwrap_or_default(),
            timer: RefCell::new(None),
            own: RefCell::new(None),
            told,
        });
        for kind in ["online", "focus"] {
            let woken = Rc::clone(&outbox);
            device::on_window(kind, move || woken.wake());
        }
        let seen = Rc::clone(&outbox);
        device::on_document("visibilitychange", move || {
            if !device::is_hidden() {
                seen.wake();
            }
        });
        outbox.wake();
        outbox
    }

    /// The storage, if the browser has one.
    #[must_use]
    pub fn storage(&self) -> Option<&Storage> {
        self.storage.as_ref()
    }

    /// How things stand.
    #[must_use]
    pub fn status(&self) -> Status {
        self.uploader.borrow().status()
    }

    /// Nobody stands before the page any more whose cookie a reply may change.
    pub fn disown(&self) {
        self.own.take();
    }

    /// Time to look whether anything can be sent.
    pub fn wake(self: &Rc<Self>) {
        self.feed(Input::Wake);
    }

    /// *Send*: the row takes the draft's place in one transaction, and a round begins. `None` if only this page holds
    /// it now.
    pub async fn freeze(self: &Rc<Self>, row: Row, is_own: bool) -> Option<Freezing> {
        self.own.replace(Some(row.id.clone()));
        let frozen = match &self.storage {
            None => None,
            Some(storage) => {
                let (id, text) = (row.id.clone(), kept::write_row(&row, is_own));
                let read = [(Store::Drafts, row.id.as_str()), (Store::Outbox, &row.id), (Store::Marks, &row.id)];
                let decide = move |texts: Vec<Option<String>>| {
                    let freezing = shelf::freeze(&found(&texts));
                    let mut writes = vec![
                        Write::Delete(Store::Drafts, id.clone()),
                        Write::Delete(Store::Facts, [kept::TOLD, &id].concat()),
                    ];
                    if freezing == Freezing::Move {
                        writes.push(Write::Put(Store::Outbox, id, text));
                    }
                    (writes, freezing)
                };
                storage.change(&read, decide).await
            }
        };
        match frozen {
            Some(Freezing::WasSent) => {}
            Some(Freezing::Move | Freezing::Waits) => self.feed(Input::Kept),
            None => self.feed(Input::Unkept(row)),
        }
        frozen
    }

    /// The rows that wait; what cannot be read stays where it is. `None` if the storage cannot be read.
    pub async fn rows(&self) -> Option<Vec<Row>> {
        let Some(storage) = &self.storage else { return Some(Vec::new()) };
        let texts = storage.all(Store::Outbox).await?;
        Some(texts.iter().filter_map(|(id, text)| kept::read_row(text).filter(|row| row.id == *id)).collect())
    }

    /// Erases unfinished answers and codes, never what waits. Whether it is done.
    pub async fn delete_unfinished(&self) -> bool {
        let Some(storage) = &self.storage else { return true };
        let mut writes = Vec::new();
        for store in [Store::Drafts, Store::Marks, Store::Facts] {
            let Some(texts) = storage.all(store).await else { return false };
            let goes = |key: &str| !matches!(store, Store::Facts) || key.starts_with(kept::TOLD);
            writes.extend(texts.into_iter().filter(|(key, _)| goes(key)).map(|(key, _)| Write::Delete(store, key)));
        }
        storage.change(&[], move |_| (writes, ())).await.is_some()
    }

    /// Gives the machine what happened, and does what it says.
    fn feed(self: &Rc<Self>, input: Input<Receipt>) {
        let effects = self.uploader.borrow_mut().step(input);
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(self: &Rc<Self>, effect: Effect<Receipt>) {
        match effect {
            Effect::Unlock => self.unlock(),
            Effect::Timer(ms) => {
                let rung = Rc::clone(self);
                self.timer.replace(Some(device::after(ms, move || rung.wake())));
            }
            Effect::Received { id, receipt } => (self.told.received)(&id, &receipt),
            Effect::Show(status) => (self.told.changed)(&status),
            asked => {
                let outbox = Rc::clone(self);
                http::spawn(async move {
                    if let Some(input) = outbox.ask(asked).await {
                        outbox.feed(input);
                    }
                });
            }
        }
    }

    /// What is answered by an input.
    async fn ask(&self, effect: Effect<Receipt>) -> Option<Input<Receipt>> {
        Some(match effect {
            Effect::Lock => Input::Locked(self.lock().await),
            Effect::Load => Input::Loaded(self.rows().await),
            Effect::Post(row) => Input::Replied(self.post(&row).await),
            Effect::Settle { id, digest, receipt } => Input::Settled(self.settle(&id, &digest, receipt).await),
            _ => return None,
        })
    }

    async fn post(&self, row: &Row) -> Verdict<Receipt> {
        let has_cookie = self.own.borrow().as_ref() == Some(&row.id);
        let reply = http::post_json(SendResponse::PATH, &row.body, has_cookie, REPLY_MS).await;
        if has_cookie && self.own.borrow().as_ref() != Some(&row.id) {
            (self.told.strayed)();
        }
        if let Some(build) = reply.as_ref().and_then(|reply| reply.build.as_ref()) {
            (self.told.answered)(build);
        }
        let reply = reply.as_ref().map(|reply| ((200..300).contains(&reply.status), reply.body.as_str()));
        judge(row, &self.receipt_key, reply)
    }

    /// The row goes and a mark comes, in one transaction, if the receipt is for what stands there.
    async fn settle(&self, id: &str, digest: &str, receipt: Receipt) -> bool {
        let Some(storage) = &self.storage else { return true };
        let read = [(Store::Drafts, id), (Store::Outbox, id), (Store::Marks, id)];
        let (digest, this_one) = (digest.to_owned(), self.questionnaire.clone());
        let key = id.to_owned();
        let decide = move |texts: Vec<Option<String>>| {
            let mut writes = Vec::new();
            let found = found(&texts);
            if shelf::may_settle(&found, &digest) {
                // Whichever page is open sends what waits of all questionnaires.
                let questionnaire = found.row.as_ref().and_then(questionnaire_of).unwrap_or(this_one);
                let own = texts.get(1).and_then(Option::as_deref).is_some_and(kept::is_own);
                let mark = Mark { code: own.then_some(receipt.code), questionnaire };
                writes.push(Write::Delete(Store::Outbox, key.clone()));
                writes.push(Write::Delete(Store::Facts, [kept::TOLD, &key].concat()));
                writes.push(Write::Put(Store::Marks, key, kept::write_mark(&mark)));
            }
            (writes, ())
        };
        storage.change(&read, decide).await.is_some()
    }

    async fn lock(&self) -> bool {
        // A lock that this page gave back just now is free a moment later only.
        device::sleep(0).await;
        match locks::try_lock(LOCK, false).await {
            Lock::Ours(held) => {
                self.held.replace(Some(held));
                true
            }
            Lock::Taken => false,
            Lock::Missing => self.lease(true).await,
        }
    }

    fn unlock(self: &Rc<Self>) {
        if self.held.take().is_none() {
            let outbox = Rc::clone(self);
            http::spawn(async move {
                outbox.lease(false).await;
            });
        }
    }

    /// Takes the lease, or gives it back. A page without a storage is alone with what it holds.
    async fn lease(&self, is_wanted: bool) -> bool {
        let Some(storage) = &self.storage else { return true };
        let (name, now) = (self.name.clone(), device::now_ms());
        let decide = move |texts: Vec<Option<String>>| {
            let lease = texts.into_iter().next().flatten().and_then(|text| read_lease(&text));
            if !is_wanted {
                let is_mine = lease.is_some_and(|lease| lease.holder == name);
                return (is_mine.then(|| Write::Delete(Store::Facts, LEASE.to_owned())).into_iter().collect(), false);
            }
            match lease::take(lease.as_ref(), &name, now) {
                Some(Lease { holder, until }) => {
                    let text = [holder.as_str(), " ", &until.to_string()].concat();
                    (vec![Write::Put(Store::Facts, LEASE.to_owned(), text)], true)
                }
                None => (Vec::new(), false),
            }
        };
        storage.change(&[(Store::Facts, LEASE)], decide).await.unwrap_or(false)
    }
}

/// What stands under an id: draft, row, mark.
fn found(texts: &[Option<String>]) -> Found {
    let text = |index: usize| texts.get(index).and_then(Option::as_deref);
    Found { has_draft: text(0).is_some(), row: text(1).and_then(kept::read_row), is_sent: text(2).is_some() }
}

/// Whether a draft may be written where these stand.
#[must_use]
pub fn may_keep_draft(texts: &[Option<String>]) -> bool {
    shelf::may_keep_draft(&found(texts))
}

/// Of which questionnaire a row is.
fn questionnaire_of(row: &Row) -> Option<String> {
    Some(Tree::parse(&row.body).ok()?.field("questionnaire")?.text()?.to_owned())
}

fn read_lease(text: &str) -> Option<Lease> {
    let (holder, until) = text.split_once(' ')?;
    Some(Lease { holder: holder.to_owned(), until: until.parse().ok()? })
}
