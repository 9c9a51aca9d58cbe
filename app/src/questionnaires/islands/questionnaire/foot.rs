//! What the foot of the page says now, and its buttons.

use super::{Here, Way, keeping::Note};
use crate::{
    browser::{device, http, page, press, worker},
    questionnaires::components::foot::{self, ACTIONS, Deleting, FOOT, Foot, LINES, Open, names},
    ui::html::Html,
};
use std::rc::Rc;

/// Words by which apps that show pages inside themselves are known. Read here, told nobody.
const APPS: [&str; 7] = ["FBAN", "FBAV", "Instagram", " Line/", "MicroMessenger", "Zalo", "musical_ly"];

impl Way {
    /// Says how things stand; nothing where nothing changed, so that nobody hears it twice.
    pub(super) fn draw_foot(&self) {
        let foot = self.foot();
        let (reader, slug) = (self.reader.get(), self.slug());
        let (mut lines, mut actions) = (Html::new(), Html::new());
        foot::write_lines(&mut lines, reader, &foot);
        foot::write_actions(&mut actions, reader, &slug, &foot);
        let (lines, actions) = (lines.finish(), actions.finish());
        let said = &mut *self.said.borrow_mut();
        if said.0 != lines {
            page::draw(LINES, &lines);
        }
        if said.1 != actions {
            // Whoever stands on a button stays there, if it is still there.
            let name = page::focused_name(ACTIONS);
            page::draw(ACTIONS, &actions);
            if let Some(name) = name {
                page::focus(&[ACTIONS, " [name=", &name, "]"].concat());
            }
        }
        page::hide(FOOT, lines.is_empty() && actions.is_empty());
        *said = (lines, actions);
    }

    fn foot(&self) -> Foot {
        let outbox = self.outbox();
        let status = outbox.as_ref().map(|outbox| outbox.status()).unwrap_or_default();
        let has_storage = outbox.as_ref().is_none_or(|outbox| outbox.storage().is_some());
        let here = self.here.borrow();
        let is_answering = matches!(*here, Here::Page { .. });
        Foot {
            open: match (is_answering && outbox.is_some(), self.is_own()) {
                (false, _) => Open::Nothing,
                (true, _) if self.is_refused.get() || !has_storage => Open::Refused,
                (true, true) => Open::Kept,
                (true, false) => Open::OnPage,
            },
            is_online: device::is_online(),
            sending: status.is_sending,
            waiting: status.waiting.saturating_sub(status.unkept + status.refused),
            unkept: status.unkept,
            sent: status.received,
            refused: status.refused,
            is_older: self.is_older.get(),
            may_load: matches!(*here, Here::Start | Here::Sent(_) | Here::Waiting(_)) && status.unkept == 0,
            in_app: if worker::can_register() || *here == Here::Gone {
                None
            } else {
                Some(APPS.iter().any(|app| form::traces::holds(&device::user_agent(), app)))
            },
            may_delete: has_storage && outbox.is_some() && *here != Here::Gone,
            deleting: self.deleting.get(),
        }
    }

    /// A button of the foot.
    pub(super) fn press_foot(self: &Rc<Self>, event: &page::MouseEvent) {
        let Some((name, _)) = press::pressed(event) else { return };
        match name.as_str() {
            names::SEND_NOW => {
                if let Some(outbox) = self.outbox() {
                    outbox.wake();
                }
            }
            names::LOAD_NEW => {
                let way = Rc::clone(self);
                http::spawn(async move { way.load_newer().await });
            }
            names::DELETE => self.deleting(Deleting::Asked, names::DELETE_NO),
            names::DELETE_NO => self.deleting(Deleting::No, names::DELETE),
            names::DELETE_YES => {
                let way = Rc::clone(self);
                http::spawn(async move { way.delete_from_phone().await });
            }
            _ => {}
        }
    }

    fn deleting(&self, deleting: Deleting, then: &str) {
        self.deleting.set(deleting);
        self.draw_foot();
        page::focus(&[FOOT, " [name=", then, "]"].concat());
    }

    /// Unfinished answers and codes go, also those on the screen; what waits stays.
    async fn delete_from_phone(self: &Rc<Self>) {
        let Some(outbox) = self.outbox() else { return };
        let was_open = matches!(*self.here.borrow(), Here::Page { .. });
        // First those in memory, so that no step under way writes them again.
        if was_open {
            self.next_person();
        } else {
            self.note(Note::NewPerson);
        }
        let is_done = outbox.delete_unfinished().await;
        self.deleting.set(if is_done { Deleting::Done } else { Deleting::Failed });
        if *self.here.borrow() == Here::Start {
            self.offer().await;
        }
        self.draw_foot();
        const SAID: &str = "#kept-lines [data-kind$=deleted]";
        page::set_attribute(SAID, "tabindex", "-1");
        page::focus(SAID);
    }
}
