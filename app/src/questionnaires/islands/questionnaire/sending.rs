//! *Send*: the answers are frozen into bytes, sealed, and put into the outbox, which sends them. Only a receipt that the
//! server signed for exactly these bytes brings the page with the code.

use super::{Here, Way, keeping::Note};
use crate::{
    browser::{device, http, press, storage::Store, worker},
    questionnaires::{
        components::foot::Deleting,
        intake::SealedSending,
        islands::outbox::{LOCK, Outbox, Told},
        kept,
        stage::{Sent, Stage, Waiting},
        types::{Outcome, Receipt, Sending},
        walk::{self, Place},
    },
};
use form::flow;
use outbox::{shelf::Freezing, uploader::Status};
use std::rc::Rc;

impl Way {
    /// Opens the outbox: whatever waits on this phone is sent from now on, whoever sits before the page.
    pub(super) async fn open_outbox(self: &Rc<Self>) {
        let (changed, received, answered) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        let strayed = Rc::clone(self);
        let told = Told {
            changed: Box::new(move |status| changed.status_changed(status)),
            received: Box::new(move |id, receipt| received.received(id, receipt)),
            strayed: Box::new(move || {
                let whose = if strayed.id().is_empty() { Note::NewPerson } else { Note::Begin { counts_steps: false } };
                strayed.note(whose);
            }),
            answered: Box::new(move |build| {
                if build != answered.build && !answered.is_older.replace(true) {
                    answered.draw_foot();
                }
            }),
        };
        let (key, slug) = (self.person.borrow().receipt_key.clone(), self.slug());
        let outbox = Outbox::open(key, slug, told).await;
        self.outbox.replace(Some(outbox));
    }

    /// Freezes the answers. From here on they are on their way, whatever becomes of the page.
    pub(super) fn send(self: &Rc<Self>) {
        let today = self.today();
        let answers = match self.definition.borrow().as_ref() {
            Some(definition) if walk::check(definition, &self.answers.borrow(), today) == Place::Check => {
                flow::prune(definition, &self.answers.borrow(), today)
            }
            _ => return self.go(&Place::Check, false),
        };
        let row = {
            let person = self.person.borrow();
            let sending = Sending::of(person.payload(answers));
            SealedSending::seal(sending, &person.intake_key, device::random()).map(SealedSending::into_row)
        };
        let (Some(row), Some(outbox)) = (row, self.outbox()) else { return press::send_form("#question") };
        if self.is_freezing.replace(true) {
            return;
        }
        self.was_sending.set(false);
        // What is sent tells all.
        self.untold.borrow_mut().clear();
        let way = Rc::clone(self);
        http::spawn(async move {
            let id = row.id.clone();
            let frozen = outbox.freeze(row, way.is_own()).await;
            way.is_freezing.set(false);
            if way.id() != id {
                return;
            }
            way.answers.replace(form::Answers::default());
            way.open.take();
            device::forget_tab_note(&way.slug());
            // The receipt may have been faster.
            if !matches!(*way.here.borrow(), Here::Sent(_)) {
                let waiting = way.waiting(frozen.is_none(), true);
                way.point_to(&Stage::Waiting(waiting));
                way.show(Stage::Waiting(waiting));
            }
            if frozen == Some(Freezing::WasSent) {
                way.look_for_code().await;
            }
            worker::ask_for_sync(LOCK).await;
        });
    }

    /// Where the answers are that are not received yet.
    fn waiting(&self, is_unkept: bool, is_sending: bool) -> Waiting {
        if is_unkept {
            Waiting::OnPage
        } else if is_sending && device::is_online() {
            Waiting::Sending
        } else if self.is_own() {
            Waiting::OnOwnPhone
        } else {
            Waiting::OnSharedPhone
        }
    }

    fn status_changed(self: &Rc<Self>, status: &Status) {
        let here = self.here.borrow().clone();
        if let Here::Waiting(now) = here {
            // While the first try goes on nobody needs to know more; after it they do.
            let is_over = self.was_sending.replace(status.is_sending) && !status.is_sending;
            let is_trying = now == Waiting::Sending && !is_over && !status.is_unreachable && status.refused == 0;
            let waiting = self.waiting(status.unkept > 0, is_trying);
            if waiting != now {
                self.show(Stage::Waiting(waiting));
            }
            if status.waiting == 0 {
                // Another tab may have sent it.
                let way = Rc::clone(self);
                http::spawn(async move { way.look_for_code().await });
            }
        }
        self.draw_foot();
    }

    /// The receipt of a row: the code is shown to whoever still stands before it.
    fn received(self: &Rc<Self>, id: &str, receipt: &Receipt) {
        if self.id() != id || id.is_empty() {
            return;
        }
        if matches!(*self.here.borrow(), Here::Gone | Here::Start) {
            return;
        }
        self.show_code(receipt.code.clone(), receipt.outcome);
    }

    fn show_code(self: &Rc<Self>, code: String, outcome: Outcome) {
        if matches!(*self.here.borrow(), Here::Sent(_)) {
            return;
        }
        self.answers.replace(form::Answers::default());
        self.deleting.set(Deleting::No);
        let stage = Stage::Sent(Sent { code, outcome });
        self.point_to(&stage);
        self.show(stage);
        let way = Rc::clone(self);
        http::spawn(async move { way.look_for_newer().await });
    }

    /// Another tab has sent what this page waits for, or answers of this id were sent before.
    async fn look_for_code(self: &Rc<Self>) {
        let Some(outbox) = self.outbox() else { return };
        let Some(storage) = outbox.storage() else { return };
        if let Some(Some(mark)) = storage.get(Store::Marks, &self.id()).await
            && matches!(*self.here.borrow(), Here::Waiting(_))
        {
            self.show_code_of(&mark);
        }
    }

    /// The page of a mark: its code, or none where the phone is not the person's own.
    pub(super) fn show_code_of(self: &Rc<Self>, mark: &str) {
        let code = kept::read_mark(mark).and_then(|mark| mark.code).unwrap_or_default();
        self.show_code(code, Outcome::Stored);
    }
}
