//! What a phone keeps: texts under ids, as in the browser's database. Each function here is one transaction; what it
//! may change is decided by `outbox::shelf`, and how it is written by `questionnaires::kept`.

use super::service::SLUG;
use app::questionnaires::kept::{Mark, is_own, read_draft, read_mark, read_row, write_draft, write_mark, write_row};
use form::Day;
use outbox::{
    Row,
    draft::Draft,
    lease::Lease,
    shelf::{self, Found, Freezing},
};
use std::collections::BTreeMap;

/// The stores of one phone.
#[derive(Default)]
pub struct Storage {
    drafts: BTreeMap<String, String>,
    outbox: BTreeMap<String, String>,
    sent: BTreeMap<String, String>,
    /// Who uploads, where the browser has no locks.
    pub lease: Option<Lease>,
}

impl Storage {
    /// What stands under an id.
    pub fn found(&self, id: &str) -> Found {
        Found {
            has_draft: self.drafts.contains_key(id),
            row: self.outbox.get(id).and_then(|text| read_row(text)),
            is_sent: self.sent.contains_key(id),
        }
    }

    /// Writes a draft, if it may be one.
    pub fn keep(&mut self, draft: &Draft) {
        if shelf::may_keep_draft(&self.found(&draft.id)) {
            self.drafts.insert(draft.id.clone(), write_draft(draft));
        }
    }

    /// *Send*.
    pub fn freeze(&mut self, row: &Row, own: bool) -> Freezing {
        let freezing = shelf::freeze(&self.found(&row.id));
        if freezing == Freezing::Move {
            self.outbox.insert(row.id.clone(), write_row(row, own));
        }
        self.drafts.remove(&row.id);
        freezing
    }

    /// What a receipt for these bytes does; whether a row left. `own` counts where no row says whose phone it is.
    pub fn settle(&mut self, id: &str, digest: &str, code: &str, own: bool) -> bool {
        if !shelf::may_settle(&self.found(id), digest) {
            return false;
        }
        let left = self.outbox.remove(id);
        let own = left.as_deref().map_or(own, is_own);
        let mark = Mark { code: own.then(|| code.to_owned()), questionnaire: SLUG.to_owned() };
        self.sent.insert(id.to_owned(), write_mark(&mark));
        left.is_some()
    }

    /// Takes away the drafts that have lived long enough.
    pub fn forget_expired(&mut self, today: Day) {
        self.drafts.retain(|_, text| read_draft(text).is_none_or(|draft| !draft.is_expired(today)));
    }

    /// All drafts.
    pub fn drafts(&self) -> Vec<Draft> {
        self.drafts.values().filter_map(|text| read_draft(text)).collect()
    }

    /// All rows that wait.
    pub fn rows(&self) -> Vec<Row> {
        self.outbox.values().filter_map(|text| read_row(text)).collect()
    }

    /// What is left of what was sent.
    pub fn marks(&self) -> Vec<Mark> {
        self.sent.values().filter_map(|text| read_mark(text)).collect()
    }
}
