//! Leaving: *Exit this page*, saying no, and a page that was left alone. Nothing of the answers is on the screen, in
//! memory or in a draft afterwards; what waits in the outbox is locked and stays.

use super::{Here, ROOT, Way, keeping::Note};
use crate::{
    browser::{device, http, page, press},
    questionnaires::{islands::exit, paths},
};
use form::Fields;
use std::rc::Rc;

/// A page on which nobody answers any more is closed after this, in milliseconds: sooner where others use the phone.
const ALONE_MS: i64 = 30 * 60 * 1000;
const ALONE_SHARED_MS: i64 = 10 * 60 * 1000;

/// How often it is looked at.
const LOOK_MS: u32 = 15_000;

impl Way {
    pub(super) fn listen_for_leaving(self: &Rc<Self>) {
        let way = Rc::clone(self);
        page::on("body", "submit", move |event: &page::SubmitEvent| {
            if press::is_form(event, exit::FORM) && way.outbox().is_some() {
                event.prevent_default();
                way.exit();
            }
        });
        for kind in ["pointerdown", "keydown", "scroll"] {
            let way = Rc::clone(self);
            device::on_document(kind, move || way.touched_ms.set(device::now_ms()));
        }
        let seen = Rc::clone(self);
        // A phone that slept had no timer: look before anybody else does.
        device::on_document("visibilitychange", move || seen.look_whether_alone());
        self.watch();
    }

    fn watch(self: &Rc<Self>) {
        let way = Rc::clone(self);
        device::after(LOOK_MS, move || {
            way.look_whether_alone();
            way.watch();
        })
        .keep();
    }

    /// Closes a page that was left alone. On a phone of their own people find their answers again.
    fn look_whether_alone(self: &Rc<Self>) {
        let now = device::now_ms();
        let alone = now - self.touched_ms.get();
        if alone < 0 {
            // The clock was set back.
            self.touched_ms.set(now);
        }
        let limit = if self.is_own() { ALONE_MS } else { ALONE_SHARED_MS };
        let is_open = match &*self.here.borrow() {
            Here::Page { .. } | Here::Sent(_) => true,
            // What only this page holds would be lost.
            Here::Waiting(_) => self.outbox().is_none_or(|outbox| outbox.status().unkept == 0),
            Here::Start | Here::Gone => false,
        };
        if is_open && alone > limit && self.outbox().is_some() && !self.is_freezing.get() {
            self.note(Note::NewPerson);
            self.show_start();
        }
    }

    /// Away at once; what is in memory first of all.
    fn exit(self: &Rc<Self>) {
        self.is_leaving.set(true);
        self.here.replace(Here::Gone);
        let slug = self.slug();
        self.forget_person();
        exit::leave(self.outbox(), &slug);
    }

    /// The person does not take part: the server is told and shows its own page; nothing of it stays on the phone.
    pub(super) fn say_no(self: &Rc<Self>, name: &str, fields: Fields) {
        if self.phone.get().is_none() || self.is_own() {
            self.note(Note::Step(name.to_owned(), fields));
        } else {
            self.note(Note::NewPerson);
        }
        self.leave_for_nothing();
    }

    /// Leads to the page that says that nothing was sent, once the server knows.
    pub(super) fn leave_for_nothing(self: &Rc<Self>) {
        self.here.replace(Here::Gone);
        let way = Rc::clone(self);
        http::spawn(async move {
            way.delete_draft(&way.id()).await;
            while way.is_talking.get() {
                device::sleep(20).await;
            }
            way.forget_person();
            page::draw(ROOT, "");
            let path = paths::nothing(way.reader.get(), &way.slug());
            let is_there = http::page(&path).await.is_some();
            if way.is_leaving.get() {
                return;
            }
            // What only this page holds would be lost.
            if is_there && way.outbox().is_none_or(|outbox| outbox.status().unkept == 0) {
                page::leave_for(&path);
            } else {
                way.show_start();
            }
        });
    }
}
