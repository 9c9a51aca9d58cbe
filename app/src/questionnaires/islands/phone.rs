//! The page on what a phone keeps: how much waits, and the ways in which it leaves the phone. It decides nothing about
//! sending; that is `outbox.rs`, which the questionnaire uses too.
//!
//! What must stay true: nothing here deletes what waits; a file and the squares hold sealed answers only, and whoever
//! makes them changes nothing. (Tests: `questionnaires/phone_page` on the server, `end2end/tests/offline/`.)

use super::{
    exit,
    outbox::{Outbox, Told},
};
use crate::{
    browser::{
        device::{self, Timer},
        file, http, page, press,
        storage::Store,
    },
    questionnaires::{
        components::{
            foot::{Deleting, names as shared},
            phone::{self as parts, Kept, names},
        },
        kept,
        phone_beginning::{PhoneBeginning, Words},
    },
    ui::qr,
};
use leptos::prelude::*;
use outbox::{carry, uploader::Status};
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

/// The attribute of [`parts::ROOT`] that holds a [`PhoneBeginning`].
pub const BEGINNING: &str = "data-beginning";

/// So long after the last news the storage is looked through again, in milliseconds: not at each of 500 rows.
const LOOK_MS: u32 = 250;

/// How long *Delete* waits for the server to take the draft's cookie back.
const COOKIE_MS: u32 = 4_000;

/// Fills the page beside it. What it begins with stands in an attribute of [`parts::ROOT`].
#[island]
pub fn Phone() -> impl IntoView {
    if cfg!(feature = "hydrate")
        && let Some(beginning) = page::attribute(parts::ROOT, BEGINNING).and_then(|json| PhoneBeginning::read(&json))
    {
        http::spawn(Contents::wake(beginning));
    }
}

/// What is on the phone, as the page shows it.
struct Contents {
    slug: String,
    words: Words,
    outbox: OnceCell<Rc<Outbox>>,
    kept: RefCell<Kept>,
    /// What was drawn last: what did not change is not drawn again, or a screen reader would read it again.
    drawn: RefCell<(String, String)>,
    /// The squares, and which of them is shown.
    squares: RefCell<(Vec<String>, usize)>,
    look: RefCell<Option<Timer>>,
}

impl Contents {
    /// Opens the storage and begins to send; what is there is shown as soon as it is known.
    async fn wake(beginning: PhoneBeginning) {
        let PhoneBeginning { slug, receipt_key, words } = beginning;
        let contents = Rc::new(Self {
            slug: slug.clone(),
            words,
            outbox: OnceCell::new(),
            kept: RefCell::default(),
            drawn: RefCell::default(),
            squares: RefCell::default(),
            look: RefCell::new(None),
        });
        let (changed, pressed) = (Rc::clone(&contents), Rc::clone(&contents));
        let told = Told {
            changed: Box::new(move |status| changed.learn(status)),
            received: Box::new(|_, _| {}),
            strayed: Box::new(|| {}),
            answered: Box::new(|_| {}),
        };
        let outbox = Outbox::open(receipt_key, slug, told).await;
        contents.kept.borrow_mut().has_storage = outbox.storage().is_some();
        let _ = contents.outbox.set(outbox);
        page::draw(parts::ROOT, &parts::frame(&contents.words));
        page::draw(parts::DELETE, &parts::delete(&contents.words, Deleting::No));
        page::on(parts::ROOT, "click", move |event: &page::MouseEvent| {
            if let Some((name, _)) = press::pressed(event) {
                pressed.press(&name);
            }
        });
        let leaving = Rc::clone(&contents);
        page::on("body", "submit", move |event: &page::SubmitEvent| {
            if press::is_form(event, exit::FORM) {
                event.prevent_default();
                exit::leave(leaving.outbox.get().cloned(), &leaving.slug);
            }
        });
        for kind in ["online", "offline"] {
            let seen = Rc::clone(&contents);
            device::on_window(kind, move || seen.show());
        }
        contents.look().await;
        page::set_awake();
    }

    /// The uploader has news.
    fn learn(self: &Rc<Self>, status: &Status) {
        {
            let mut kept = self.kept.borrow_mut();
            kept.is_sending = status.is_sending;
            kept.is_unreachable = status.is_unreachable;
            kept.refused = status.refused;
            kept.sent = status.received;
            // Before its first look the uploader knows of nothing.
            if status.waiting > 0 || status.received > 0 {
                kept.waiting = status.waiting;
            }
        }
        self.show();
        let contents = Rc::clone(self);
        let look = device::after(LOOK_MS, move || http::spawn(async move { contents.look().await }));
        self.look.replace(Some(look));
    }

    /// Looks through the storage.
    async fn look(&self) {
        if let Some(storage) = self.outbox.get().and_then(|outbox| outbox.storage()) {
            for store in [Store::Outbox, Store::Drafts, Store::Marks] {
                let texts = storage.all(store).await;
                self.count(store, texts);
            }
        }
        self.show();
    }

    /// Takes up what stands in a store.
    fn count(&self, store: Store, texts: Option<Vec<(String, String)>>) {
        let mut seen = self.kept.borrow_mut();
        if store == Store::Outbox {
            seen.is_read = texts.is_some();
        }
        let Some(texts) = texts else { return };
        match store {
            Store::Outbox => {
                let is_row = |(id, text): &&(String, String)| kept::read_row(text).is_some_and(|row| row.id == *id);
                seen.waiting = texts.iter().filter(is_row).count();
                seen.damaged = texts.len() - seen.waiting;
            }
            Store::Drafts => seen.drafts = texts.iter().filter(|(_, text)| kept::read_draft(text).is_some()).count(),
            _ => {
                let marks = texts.iter().filter_map(|(_, text)| kept::read_mark(text));
                let ours = marks.filter(|mark| mark.questionnaire == self.slug);
                seen.codes = ours.filter_map(|mark| mark.code).collect();
            }
        }
    }

    /// Draws what changed.
    fn show(&self) {
        let mut kept = self.kept.borrow_mut();
        kept.is_online = device::is_online();
        let state = parts::state(&self.words, &kept);
        let codes = parts::codes(&self.words, &kept.codes);
        let drawn = &mut *self.drawn.borrow_mut();
        for (selector, before, now) in [(parts::STATE, &mut drawn.0, state), (parts::CODES, &mut drawn.1, codes)] {
            // Before the frame stands there is nothing to draw into.
            if *before != now && page::exists(selector) {
                page::draw(selector, &now);
                *before = now;
            }
        }
        page::hide(parts::SEND, kept.waiting == 0);
        page::hide(parts::CARRY, kept.waiting == 0);
        page::hide(parts::DELETE, !kept.has_storage);
    }

    fn press(self: &Rc<Self>, name: &str) {
        match name {
            shared::SEND_NOW => {
                if let Some(outbox) = self.outbox.get() {
                    outbox.wake();
                }
            }
            names::SAVE | names::SQUARES => {
                let (contents, as_file) = (Rc::clone(self), name == names::SAVE);
                http::spawn(async move { contents.carry(as_file).await });
            }
            names::NEXT => self.turn(|at, count| (at + 1) % count),
            names::BACK => self.turn(|at, count| (at + count - 1) % count),
            names::CLOSE => {
                self.squares.take();
                page::draw(parts::SQUARES, "");
                page::focus(&["button[name=", names::SQUARES, "]"].concat());
            }
            shared::DELETE => self.ask(Deleting::Asked),
            shared::DELETE_NO => self.ask(Deleting::No),
            shared::DELETE_YES => {
                let contents = Rc::clone(self);
                http::spawn(async move { contents.delete().await });
            }
            _ => {}
        }
    }

    /// Takes out what waits now, as a file or as squares. It stays here.
    async fn carry(&self, as_file: bool) {
        let Some(outbox) = self.outbox.get() else { return };
        let rows = outbox.rows().await.unwrap_or_default();
        let text = carry::write_file(&self.slug, &rows);
        if as_file {
            let name = ["entaku-", &self.slug, "-", &rows.len().to_string(), ".txt"].concat();
            let is_saved = !rows.is_empty() && file::save(&name, &text);
            return page::draw(parts::SAVED, &parts::saved(&self.words, is_saved.then_some(&name)));
        }
        let squares = if rows.is_empty() { Vec::new() } else { carry::squares(&text) };
        if squares.is_empty() {
            return;
        }
        page::draw(parts::SQUARES, &parts::squares(&self.words, squares.len()));
        self.squares.replace((squares, 0));
        self.show_square();
        page::focus(parts::SQUARE_TITLE);
    }

    /// Turns to another square.
    fn turn(&self, to: impl Fn(usize, usize) -> usize) {
        {
            let mut squares = self.squares.borrow_mut();
            if squares.0.is_empty() {
                return;
            }
            squares.1 = to(squares.1, squares.0.len());
        }
        self.show_square();
    }

    fn show_square(&self) {
        let squares = self.squares.borrow();
        let (all, at) = (&squares.0, squares.1);
        let Some(text) = all.get(at) else { return };
        let title = |key| parts::square_title(&self.words, key, at + 1, all.len());
        page::draw(parts::SQUARE_TITLE, &title("square"));
        page::draw(parts::SQUARE, &qr::svg_on_screen(text, &title("square_label")).unwrap_or_default());
    }

    /// A step of erasing.
    fn ask(&self, deleting: Deleting) {
        page::draw(parts::DELETE, &parts::delete(&self.words, deleting));
        let delete = ["button[name=", shared::DELETE, "]"].concat();
        page::focus(if deleting == Deleting::No { &delete } else { parts::DELETE_TEXT });
    }

    /// Erases unfinished answers and codes here, and the draft in the cookie. What waits stays.
    async fn delete(&self) {
        let Some(outbox) = self.outbox.get() else { return };
        let is_deleted = outbox.delete_unfinished().await;
        // Without a network the cookie ends by itself, half an hour after the last answer.
        http::post_form_within("/exit", &[], COOKIE_MS).await;
        self.ask(if is_deleted { Deleting::Done } else { Deleting::Failed });
        self.look().await;
    }
}
