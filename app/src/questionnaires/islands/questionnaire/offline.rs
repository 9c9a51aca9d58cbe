//! The service workers that let the pages open without a network, one for each language, and a newer program.

use super::{Here, Way};
use crate::{
    browser::{
        device, http,
        locks::{self, Lock},
        page, worker,
    },
    questionnaires::paths,
    ui::{Reader, reader::LOCALES},
};
use std::rc::Rc;

/// Shared by all pages on which somebody answers; whoever loads a newer program must have it alone.
const OPEN: &str = "entaku-open";

impl Way {
    /// When the page has time: what lived long enough goes, and the pages are kept for days without a network, the
    /// person's own language first.
    pub(super) fn settle_in(self: &Rc<Self>) {
        let way = Rc::clone(self);
        device::when_idle(move || {
            http::spawn(async move {
                way.tidy().await;
                way.fetch_start().await;
                way.look_for_newer().await;
                if !worker::can_register() {
                    return;
                }
                let (own, slug) = (way.reader.get().locale, way.slug());
                let others = LOCALES.into_iter().filter(|locale| *locale != own);
                for locale in std::iter::once(own).chain(others) {
                    let reader = Reader::new(locale);
                    worker::register(&paths::worker(reader, &slug), &paths::start(reader, &slug)).await;
                }
                way.look_for_newer().await;
            });
        });
    }

    /// Holds the pages of other tabs off a newer program while somebody answers here.
    pub(super) async fn hold_open(&self) {
        if self.open.borrow().is_none()
            && let Lock::Ours(held) = locks::try_lock(OPEN, true).await
            && !self.id().is_empty()
        {
            self.open.replace(Some(held));
        }
    }

    /// Whether a newer service worker waits.
    pub(super) async fn look_for_newer(&self) {
        if !self.is_older.get() && worker::has_waiting(&paths::start(self.reader.get(), &self.slug())).await {
            self.is_older.set(true);
            self.draw_foot();
        }
    }

    /// Loads the newer page, and lets its service worker take over if nobody answers in any tab.
    pub(super) async fn load_newer(&self) {
        if matches!(*self.here.borrow(), Here::Page { .. } | Here::Gone) {
            return;
        }
        let path = paths::start(self.reader.get(), &self.slug());
        if let Lock::Ours(held) = locks::try_lock(OPEN, false).await {
            worker::take_over_waiting(&path).await;
            drop(held);
        }
        page::leave_for(&path);
    }
}
