//! Texts that are kept encrypted: one IndexedDB database of its own, a row for each key, AES-GCM under a key that the
//! browser makes, keeps beside them and never lets out of it (`extractable: false`).
//!
//! What that protects from: somebody who copies a backup or looks through files for names. What it does not protect
//! from: somebody who can open this browser, or who takes the whole of its folder apart. When the database is deleted
//! the key goes with it. Without a secure address there is no such key, and nothing is kept at all.

use super::{
    by_name::{call, get, object},
    waiting::{before, first, is, pause},
};
use js_sys::{Array, Promise, Uint8Array};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest};

const STORE: &str = "rows";
/// Under this stands the key; no row may.
const KEY: &str = "key";
const OPEN_MS: u32 = 4_000;
const HANGS_MS: u32 = 10_000;
/// As many as the cipher wants.
const NONCE_BYTES: usize = 12;

/// An open vault.
#[derive(Clone)]
pub struct Vault {
    name: Rc<str>,
    database: Rc<RefCell<IdbDatabase>>,
    key: JsValue,
}

impl Vault {
    /// Opens a vault, or makes it. `None` if the browser has no storage or no encryption for this page, or refuses.
    pub async fn open(name: &str) -> Option<Self> {
        let database = connect(name).await?;
        let key = key_in(&database).await?;
        let vault = |key| Self { name: name.into(), database: Rc::new(RefCell::new(database.clone())), key };
        if key.is_object() {
            return Some(vault(key));
        }
        let algorithm = object(&[("name", JsValue::from_str("AES-GCM")), ("length", JsValue::from(256))]);
        let uses = Array::of2(&JsValue::from_str("encrypt"), &JsValue::from_str("decrypt"));
        let made = call(&subtle()?, "generateKey", &Array::of3(&algorithm, &JsValue::FALSE, &uses)).ok()?;
        let key = JsFuture::from(made.unchecked_into::<Promise>()).await.ok()?;
        write(&database, |store| store.put_with_key(&key, &JsValue::from_str(KEY)).map(drop)).await.then_some(())?;
        Some(vault(key))
    }

    /// The connection; a new one where the system has closed it, as phones do with pages that they put aside. `None` if
    /// the vault is gone: somebody wiped it.
    async fn database(&self) -> Option<IdbDatabase> {
        let database = self.database.borrow().clone();
        if database.transaction_with_str(STORE).is_ok() {
            return Some(database);
        }
        let database = connect(&self.name).await?;
        match key_in(&database).await {
            Some(key) if key.is_object() => {
                self.database.replace(database.clone());
                return Some(database);
            }
            // Connecting made an empty one.
            Some(_) => {
                database.close();
                delete(&self.name).await;
            }
            // It does not answer, which says nothing of what is in it.
            None => database.close(),
        }
        None
    }

    /// Everything in it, key and text; no text where it cannot be read any more. `None` if nothing can.
    pub async fn all(&self) -> Option<Vec<(String, Option<String>)>> {
        let found = read(&self.database().await?, |store| Ok(vec![store.get_all_keys()?, store.get_all()?])).await?;
        let [keys, rows] = found.as_slice() else { return None };
        let mut texts = Vec::new();
        for (key, row) in Array::from(keys).iter().zip(Array::from(rows).iter()) {
            if let Some(key) = key.as_string().filter(|key| key != KEY) {
                texts.push((key, self.unlock(&row).await));
            }
        }
        Some(texts)
    }

    /// Keeps a text under a key; `true` when the disk has it.
    pub async fn put(&self, key: &str, text: &str) -> bool {
        let (Some(database), Some(row)) = (self.database().await, self.lock(text).await) else { return false };
        write(&database, |store| store.put_with_key(&row, &JsValue::from_str(key)).map(drop)).await
    }

    /// Forgets what stands under these keys.
    pub async fn forget(&self, keys: &[String]) -> bool {
        let each =
            |store: &IdbObjectStore| keys.iter().try_for_each(|key| store.delete(&JsValue::from_str(key)).map(drop));
        match self.database().await {
            Some(database) => write(&database, each).await,
            None => false,
        }
    }

    /// Deletes all of it, the key too.
    pub async fn wipe(self) {
        // First the key, in case somebody else holds the database open.
        if let Some(database) = self.database().await {
            let _ = write(&database, |store| store.clear().map(drop)).await;
            database.close();
        }
        delete(&self.name).await;
    }

    async fn lock(&self, text: &str) -> Option<JsValue> {
        let nonce = Uint8Array::from(super::device::random::<NONCE_BYTES>().as_slice());
        let bytes = Uint8Array::from(text.as_bytes());
        let arguments = Array::of3(&algorithm(&nonce), &self.key, &bytes);
        let locked = call(&subtle()?, "encrypt", &arguments).ok()?;
        let locked = JsFuture::from(locked.unchecked_into::<Promise>()).await.ok()?;
        Some(object(&[("nonce", nonce.into()), ("bytes", locked)]))
    }

    async fn unlock(&self, row: &JsValue) -> Option<String> {
        let nonce = get(row, "nonce").dyn_into::<Uint8Array>().ok()?;
        let arguments = Array::of3(&algorithm(&nonce), &self.key, &get(row, "bytes"));
        let text = call(&subtle()?, "decrypt", &arguments).ok()?;
        let text = JsFuture::from(text.unchecked_into::<Promise>()).await.ok()?;
        String::from_utf8(Uint8Array::new(&text).to_vec()).ok()
    }
}

/// What stands where the key does.
async fn key_in(database: &IdbDatabase) -> Option<JsValue> {
    read(database, |store| Ok(vec![store.get(&JsValue::from_str(KEY))?])).await?.into_iter().next()
}

/// Deletes a vault that nobody has open.
pub async fn delete(name: &str) {
    let Some(factory) = web_sys::window().and_then(|window| window.indexed_db().ok().flatten()) else { return };
    if let Ok(request) = factory.delete_database(name) {
        let _ = before(&pause(OPEN_MS), &first(&request, &["success", "error", "blocked"])).await;
    }
}

fn algorithm(nonce: &Uint8Array) -> JsValue {
    object(&[("name", JsValue::from_str("AES-GCM")), ("iv", nonce.into())])
}

/// Missing where the address is not secure.
fn subtle() -> Option<JsValue> {
    let subtle = get(&get(web_sys::window()?.as_ref(), "crypto"), "subtle");
    subtle.is_object().then_some(subtle)
}

async fn connect(name: &str) -> Option<IdbDatabase> {
    subtle()?;
    let late = pause(OPEN_MS);
    let request: IdbOpenDbRequest = web_sys::window()?.indexed_db().ok()??.open_with_u32(name, 1).ok()?;
    let begun = first(&request, &["upgradeneeded", "success", "error"]);
    let end = first(&request, &["success", "error"]);
    if is(&before(&late, &begun).await?, "upgradeneeded") {
        let database: IdbDatabase = request.result().ok()?.unchecked_into();
        database.create_object_store(STORE).ok()?;
    }
    let is_open = is(&before(&late, &end).await?, "success");
    let database: IdbDatabase = request.result().ok().filter(|_| is_open)?.unchecked_into();
    // Another window that wants to delete it must not wait for this one.
    database.set_onversionchange(Some(get(&database, "close").unchecked_ref()));
    Some(database)
}

async fn read(
    database: &IdbDatabase,
    ask: impl Fn(&IdbObjectStore) -> Result<Vec<IdbRequest>, JsValue>,
) -> Option<Vec<JsValue>> {
    let transaction = database.transaction_with_str(STORE).ok()?;
    let requests = ask(&transaction.object_store(STORE).ok()?).ok()?;
    let last = requests.last()?;
    let event = before(&pause(HANGS_MS), &first(last, &["success", "error"])).await?;
    if !is(&event, "success") {
        return None;
    }
    requests.iter().map(|request| request.result().ok()).collect()
}

/// Writes in one transaction; `true` when the disk has it, not when the system promised to write it.
async fn write(database: &IdbDatabase, ask: impl Fn(&IdbObjectStore) -> Result<(), JsValue>) -> bool {
    let (store, mode) = (JsValue::from_str(STORE), JsValue::from_str("readwrite"));
    let strict = object(&[("durability", JsValue::from_str("strict"))]);
    let transaction = call(database, "transaction", &Array::of3(&store, &mode, &strict))
        .or_else(|_| call(database, "transaction", &Array::of2(&store, &mode)));
    let Ok(transaction) = transaction else { return false };
    let transaction: web_sys::IdbTransaction = transaction.unchecked_into();
    let end = first(&transaction, &["complete", "abort", "error"]);
    let asked = transaction.object_store(STORE).and_then(|store| ask(&store));
    if asked.is_err() {
        let _ = transaction.abort();
        return false;
    }
    before(&pause(HANGS_MS), &end).await.is_some_and(|event| is(&event, "complete"))
}
