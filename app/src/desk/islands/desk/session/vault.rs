//! What of a desk is kept on the device, encrypted: what it knows as one row, and each thing that it said and nobody has
//! answered for as a row of its own.

use super::{Phase, Session};
use crate::browser::{device::after, http, vault::Vault};
use leptos::prelude::*;
use rollcall::{
    Desk,
    board::Board,
    desk::{Facts, Unsent},
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The row of what the desk knows.
const DESK: &str = "desk";
/// The rows of what it said begin so.
const SAID: &str = "said:";
/// What it knows is kept so long after it changed; it can be fetched again.
const KEEP_MS: u32 = 700;

/// The vault of a desk.
pub(super) fn name(id: &str) -> String {
    ["entaku-desk-", id].concat()
}

/// What was kept.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) desk: Option<Desk>,
    pub(super) facts: Option<Facts>,
    pub(super) board: Option<Board>,
    pub(super) heard_at: Option<i64>,
    pub(super) unsent: Vec<Unsent>,
    /// The highest number under which something was kept, readable or not: it is used.
    pub(super) made: u64,
    /// How many rows of what was said cannot be read.
    pub(super) unreadable: usize,
}

#[derive(Serialize, Deserialize)]
struct Row {
    desk: Desk,
    facts: Facts,
    /// The numbers of all places, and how old they are.
    #[serde(default)]
    board: Option<Board>,
    #[serde(default)]
    heard_at: Option<i64>,
}

/// Everything; nothing if the storage does not answer.
pub(super) async fn load(vault: &Vault) -> Option<Kept> {
    let mut kept = Kept::default();
    for (key, text) in vault.all().await? {
        if key == DESK {
            if let Some(Ok(row)) = text.map(|text| serde_json::from_str::<Row>(&text)) {
                (kept.desk, kept.facts) = (Some(row.desk), Some(row.facts));
                (kept.board, kept.heard_at) = (row.board, row.heard_at);
            }
        } else if let Some(sequence) = key.strip_prefix(SAID) {
            kept.made = kept.made.max(sequence.parse().unwrap_or(0));
            match text.and_then(|text| serde_json::from_str(&text).ok()) {
                Some(said) => kept.unsent.push(said),
                None => kept.unreadable += 1,
            }
        }
    }
    Some(kept)
}

impl Session {
    /// Keeps one thing that was said; `true` when the disk has it.
    pub(super) async fn keep_said(&self, said: &Unsent) -> bool {
        let vault = self.vault.borrow().clone();
        match (vault, serde_json::to_string(said)) {
            (Some(vault), Ok(text)) => vault.put(&key_of(said.operation.sequence), &text).await,
            _ => false,
        }
    }

    /// Keeps what is said and not kept: what the storage had refused, and what is to be said again.
    pub(super) async fn keep_unkept(&self) {
        let rows: Vec<Unsent> = {
            let (desk, unkept) = (self.desk.borrow(), self.unkept.borrow());
            desk.unsent().filter(|row| unkept.contains(&row.operation.sequence)).cloned().collect()
        };
        for row in rows {
            let sequence = row.operation.sequence;
            if self.keep_said(&row).await {
                self.unkept.borrow_mut().remove(&sequence);
            }
            // It may have been answered while this was being written.
            let is_settled = !self.desk.borrow().unsent().any(|row| row.operation.sequence == sequence);
            if is_settled {
                self.forget_said(&[sequence]).await;
            }
        }
    }

    /// Forgets what has a verdict.
    pub(super) async fn forget_said(&self, sequences: &[u64]) {
        let keys: Vec<String> = sequences.iter().map(|sequence| key_of(*sequence)).collect();
        // Borrowed for this line alone: somebody may take the vault away while it writes.
        let vault = self.vault.borrow().clone();
        if let Some(vault) = vault {
            vault.forget(&keys).await;
        }
    }

    /// Keeps what the desk knows, soon.
    pub(super) fn keep(self: &Rc<Self>) {
        if self.keep_timer.borrow().is_some() {
            return;
        }
        let session = Rc::clone(self);
        let timer = after(KEEP_MS, move || {
            session.keep_timer.take();
            http::spawn(async move { session.keep_now().await });
        });
        self.keep_timer.replace(Some(timer));
    }

    /// The same at once, for what is answered and would else be known to nobody here until the next news.
    pub(super) async fn keep_now(&self) {
        if self.screen().phase.get_untracked() != Phase::Open {
            return;
        }
        let screen = self.screen();
        let row = Row {
            desk: self.desk.borrow().clone(),
            facts: screen.facts.get_untracked(),
            board: screen.board.get_untracked(),
            heard_at: screen.heard_at.get_untracked(),
        };
        let vault = self.vault.borrow().clone();
        if let (Some(vault), Ok(text)) = (vault, serde_json::to_string(&row)) {
            vault.put(DESK, &text).await;
            // It may have ended while this was being written.
            if self.screen().phase.get_untracked() != Phase::Open {
                vault.forget(&[DESK.to_owned()]).await;
            }
        }
    }

    /// Takes the guests off this device. What was said and is not answered stays until it is.
    pub(super) async fn forget_guests(&self) {
        self.keep_timer.take();
        let vault = self.vault.borrow().clone();
        if let Some(vault) = vault {
            vault.forget(&[DESK.to_owned()]).await;
        }
        self.wipe_if_said().await;
    }

    /// Deletes the vault, once nothing in it waits.
    pub(super) async fn wipe_if_said(&self) {
        let is_said = self.desk.borrow().unsent().len() == 0 && !self.has_unreadable;
        let vault = if is_said { self.vault.take() } else { None };
        if let Some(vault) = vault {
            vault.wipe().await;
        }
    }
}

fn key_of(sequence: u64) -> String {
    [SAID, &format!("{sequence:016}")].concat()
}
