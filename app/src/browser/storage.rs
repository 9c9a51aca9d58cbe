//! The phone's storage: one IndexedDB database, five stores, texts by their key. What may be written is decided in
//! `entaku-outbox`; here it is read and written, the whole of it or nothing.
//!
//! Browsers fail at this in their own ways: Safari may leave any request without an answer, iOS closes the connection
//! of a page that slept, private windows refuse. All of it ends in `None`, and the page says so.

use super::{
    by_name::{call, get, object},
    waiting::{before, first, is, pause},
};
use js_sys::{Array, Promise};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const NAME: &str = "entaku";

/// Later versions only add stores: an earlier program works with a later database.
const VERSION: f64 = 1.0;

/// How long the page waits for the storage before it goes on without.
const OPEN_MS: u32 = 4_000;

/// After this a transaction hangs. It waits for those of other tabs, and they are short.
const HANGS_MS: u32 = 10_000;

/// Where something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Answers that are being given, by instance id.
    Drafts,
    /// What waits to be sent, by instance id.
    Outbox,
    /// What was sent, by instance id.
    Marks,
    /// Definitions, by hash.
    Definitions,
    /// What the phone knows beside them.
    Facts,
}

impl Store {
    const ALL: [Self; 5] = [Self::Drafts, Self::Outbox, Self::Marks, Self::Definitions, Self::Facts];

    const fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Outbox => "outbox",
            Self::Marks => "marks",
            Self::Definitions => "definitions",
            Self::Facts => "facts",
        }
    }
}

/// One thing that a transaction writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// A text under a key, in place of what was there.
    Put(Store, String, String),
    /// Nothing under a key.
    Delete(Store, String),
}

/// The open database.
#[derive(Clone)]
pub struct Storage {
    database: Rc<RefCell<IdbDatabase>>,
}

/// A transaction under way.
struct Open {
    transaction: IdbTransaction,
    /// The event that ends it.
    end: Promise,
}

impl Storage {
    /// Opens the storage; `None` if the browser has none, refuses, or does not answer in time.
    pub async fn open() -> Option<Self> {
        Some(Self { database: Rc::new(RefCell::new(connect().await?)) })
    }

    /// Everything in a store, key and text; what is no text is left out. `None` if it cannot be read.
    pub async fn all(&self, store: Store) -> Option<Vec<(String, String)>> {
        let ask = |transaction: &IdbTransaction| {
            let store = store_of(transaction, store)?;
            Ok(vec![store.get_all_keys()?, store.get_all()?])
        };
        let (_, found) = self.read("readonly", &ask).await?;
        let [keys, texts] = found.as_slice() else { return None };
        let (keys, texts) = (Array::from(keys), Array::from(texts));
        let pairs = keys.iter().zip(texts.iter());
        Some(pairs.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))).collect())
    }

    /// The text under a key, if there is one. `None` if it cannot be read.
    pub async fn get(&self, store: Store, key: &str) -> Option<Option<String>> {
        let ask = |transaction: &IdbTransaction| Ok(vec![store_of(transaction, store)?.get(&JsValue::from_str(key))?]);
        let (_, found) = self.read("readonly", &ask).await?;
        Some(found.first()?.as_string())
    }

    /// Reads what stands under these keys, asks what to write and writes it, in one transaction that excludes all
    /// others and is on the disk when it ends. `None` if it failed: then nothing of it was written.
    pub async fn change<R>(
        &self,
        read: &[(Store, &str)],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<Write>, R),
    ) -> Option<R> {
        let ask = |transaction: &IdbTransaction| {
            read.iter().map(|(store, key)| store_of(transaction, *store)?.get(&JsValue::from_str(key))).collect()
        };
        let (open, found) = self.read("readwrite", &ask).await?;
        let (writes, result) = decide(found.iter().map(JsValue::as_string).collect());
        open.write(&writes).await.then_some(result)
    }

    /// Begins a transaction and waits for what it reads. A connection that the browser closed meanwhile is opened
    /// once more.
    async fn read(&self, mode: &str, ask: &Ask<'_>) -> Option<(Open, Vec<JsValue>)> {
        if let Some(found) = self.try_read(mode, ask).await {
            return Some(found);
        }
        let fresh = connect().await?;
        self.database.replace(fresh).close();
        self.try_read(mode, ask).await
    }

    async fn try_read(&self, mode: &str, ask: &Ask<'_>) -> Option<(Open, Vec<JsValue>)> {
        let transaction = begin(&self.database.borrow(), mode)?;
        let open = Open { end: first(&transaction, &["complete", "abort", "error"]), transaction };
        let found = open.found(ask).await;
        if found.is_none() {
            // It must not keep others waiting.
            let _ = open.transaction.abort();
        }
        Some((open, found?))
    }
}

/// What a transaction is asked first. Nothing is awaited until all of it was asked.
type Ask<'a> = dyn Fn(&IdbTransaction) -> Result<Vec<IdbRequest>, JsValue> + 'a;

impl Open {
    async fn found(&self, ask: &Ask<'_>) -> Option<Vec<JsValue>> {
        let requests = ask(&self.transaction).ok()?;
        // They are answered in their order, and one that fails ends all.
        if let Some(last) = requests.last() {
            let event = before(&pause(HANGS_MS), &first(last, &["success", "error"])).await?;
            if !is(&event, "success") {
                return None;
            }
        }
        requests.iter().map(|request| request.result().ok()).collect()
    }

    /// Writes, and waits until it is kept.
    async fn write(&self, writes: &[Write]) -> bool {
        if writes.iter().any(|write| self.ask_to_write(write).is_err()) {
            let _ = self.transaction.abort();
            return false;
        }
        for _ in 0..2 {
            if let Some(event) = before(&pause(HANGS_MS), &self.end).await {
                return is(&event, "complete");
            }
            // It may be on its way to the disk all the same: how it ends is said once more.
            let _ = self.transaction.abort();
        }
        false
    }

    fn ask_to_write(&self, write: &Write) -> Result<IdbRequest, JsValue> {
        match write {
            Write::Put(store, key, text) => {
                store_of(&self.transaction, *store)?.put_with_key(&JsValue::from_str(text), &JsValue::from_str(key))
            }
            Write::Delete(store, key) => store_of(&self.transaction, *store)?.delete(&JsValue::from_str(key)),
        }
    }
}

fn store_of(transaction: &IdbTransaction, store: Store) -> Result<IdbObjectStore, JsValue> {
    transaction.object_store(store.name())
}

/// A transaction over all stores. Strict: it ends when the disk has it, not when the system promised to write it.
fn begin(database: &IdbDatabase, mode: &str) -> Option<IdbTransaction> {
    let names = Array::new();
    for store in Store::ALL {
        names.push(&JsValue::from_str(store.name()));
    }
    let mode = JsValue::from_str(mode);
    let strict = object(&[("durability", JsValue::from_str("strict"))]);
    call(database, "transaction", &Array::of3(&names, &mode, &strict))
        .or_else(|_| call(database, "transaction", &Array::of2(&names, &mode)))
        .ok()
        .map(JsCast::unchecked_into)
}

/// Opens the database as it should be: of our version; of whatever version it has if that is later; of the next one
/// if stores are missing, because somebody opened it before there were any.
async fn connect() -> Option<IdbDatabase> {
    let late = pause(OPEN_MS);
    let factory = web_sys::window()?.indexed_db().ok()??;
    let mut version = Some(VERSION);
    for _ in 0..3 {
        let request = match version {
            Some(version) => factory.open_with_f64(NAME, version),
            None => factory.open(NAME),
        };
        let request = request.ok()?;
        version = if is_open(&request, &late).await? {
            let database: IdbDatabase = request.result().ok()?.unchecked_into();
            // A tab with a later program must not wait for this one: closes it, as the listener of its own event.
            database.set_onversionchange(Some(get(&database, "close").unchecked_ref()));
            let names = database.object_store_names();
            if Store::ALL.iter().all(|store| names.contains(store.name())) {
                return Some(database);
            }
            database.close();
            Some(database.version() + 1.0)
        } else {
            None
        };
    }
    None
}

/// Whether the database was opened, and what it lacks was made; `None` if nobody said in time (another tab that holds
/// an earlier version open says nothing either).
async fn is_open(request: &IdbOpenDbRequest, late: &Promise) -> Option<bool> {
    let (begun, end) = (first(request, &["upgradeneeded", "success", "error"]), first(request, &["success", "error"]));
    if is(&before(late, &begun).await?, "upgradeneeded") {
        let database: IdbDatabase = request.result().ok()?.unchecked_into();
        for store in Store::ALL {
            // One that is there stays as it is.
            let _ = database.create_object_store(store.name());
        }
    }
    Some(is(&before(late, &end).await?, "success"))
}
