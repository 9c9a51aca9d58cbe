//! Sending and learning, apart from each other: what cannot be sent holds up nothing that others said.

use super::{Phase, Session};
use crate::{
    browser::{
        device::{self, after, sleep},
        http, live,
        live::Turn,
    },
    desk::{
        api::{Answered, Told},
        paths,
    },
};
use leptos::prelude::*;
use rollcall::{Desk, Verdict, board::Board, desk::Numbered, log::Reason, operation::MOST_OPERATIONS};
use std::rc::Rc;

/// How long a batch may take, and a reading.
pub(super) const POST_MS: u32 = 20_000;
/// Between two tries: this, doubled each time, up to the most.
const FIRST_PAUSE_MS: u32 = 1_000;
pub(super) const MOST_PAUSE_MS: u32 = 20_000;
/// The beat at which everything is looked after.
const BEAT_MS: u32 = 3_000;
/// So often the server hears that the desk is there; and while something waits, how much.
const IDLE_MS: u64 = 45_000;
const WAITING_MS: u64 = 12_000;
/// After so long without a word from the server (it gives one each ten seconds) nobody is there.
const SILENCE_MS: i64 = 25_000;

impl Session {
    /// Begins to listen and to look after everything; `is_open` if the desk knows its guests already.
    pub(super) fn begin(self: &Rc<Self>, is_open: bool) {
        let session = Rc::clone(self);
        device::on_window("online", move || session.look());
        let session = Rc::clone(self);
        device::on_window("offline", move || session.screen().is_connected.set(false));
        let session = Rc::clone(self);
        device::on_document("visibilitychange", move || session.look());
        self.send_now();
        // A browser may ask somebody whether it may keep things, and nobody answers: nothing else waits for that.
        let session = Rc::clone(self);
        http::spawn(async move {
            session.ask().await;
            if is_open || session.screen().phase.get_untracked() == Phase::Open {
                session.keep_page().await;
                device::persist().await;
            }
        });
        let session = Rc::clone(self);
        http::spawn(async move {
            loop {
                // Not all desks of a house at once.
                sleep(BEAT_MS + u32::from(device::random::<1>()[0]) * 2).await;
                session.beat().await;
            }
        });
    }

    /// What is due: a stream that is gone, a first reading, what waits to be sent, the end.
    async fn beat(self: &Rc<Self>) {
        match self.screen().phase.get_untracked() {
            Phase::FirstNetwork => self.ask().await,
            Phase::Open if self.is_over_by_clock() => self.end_by_time().await,
            Phase::Open => {
                let heard = self.screen().heard_at.get_untracked().unwrap_or(i64::MIN);
                let is_silent = device::now_ms().saturating_sub(heard) > SILENCE_MS;
                if is_silent || self.stream.borrow().is_none() {
                    self.stream.take();
                    self.screen().is_connected.set(false);
                    self.ask().await;
                } else if self.owes_ask.get() || self.is_due() {
                    self.ask().await;
                }
                self.keep_unkept().await;
            }
            Phase::Loading | Phase::UnknownPhone | Phase::Over | Phase::OtherWindow | Phase::Ended => {}
        }
        // Also what a desk that is over has not sent.
        let waits = self.desk.borrow().unsent().len() > self.stuck.borrow().len();
        if waits && self.send_timer.borrow().is_none() {
            self.send_now();
        }
    }

    /// Whether the server should hear of this desk: that it is there, and how much it has not sent.
    fn is_due(&self) -> bool {
        let waits = self.desk.borrow().unsent().len() > 0;
        let pause = if waits { WAITING_MS } else { IDLE_MS };
        device::now_ms().saturating_sub(self.asked_at.get()).unsigned_abs() > pause
    }

    /// The network may be back.
    fn look(self: &Rc<Self>) {
        if device::is_hidden() {
            return;
        }
        self.tries.set(0);
        self.stuck.borrow_mut().clear();
        self.send_now();
        let session = Rc::clone(self);
        http::spawn(async move {
            if session.screen().phase.get_untracked() == Phase::Open && !session.screen().is_connected.get_untracked() {
                session.stream.take();
                session.ask().await;
            }
        });
    }

    /// Asks for what is new, and listens from there on.
    pub(super) async fn ask(self: &Rc<Self>) {
        if self.is_asking.replace(true) {
            // Once more when it is through: what made somebody ask may have come too late for it.
            self.asks_again.set(true);
            return;
        }
        loop {
            self.asks_again.set(false);
            self.read().await;
            if !self.asks_again.get() {
                break;
            }
        }
        self.is_asking.set(false);
    }

    async fn read(self: &Rc<Self>) {
        let screen = self.screen();
        let body = {
            let desk = self.desk.borrow();
            serde_json::json!({
                "desk": self.id,
                "language": self.reader().tag(),
                "after": desk.known(),
                "last": desk.last(),
                "guests": desk.guests().version,
                "made": desk.made(),
            })
        };
        let reply = http::post_json("/api/v1/roll", &body.to_string(), true, POST_MS).await;
        // What was asked before the end is not learnt after it.
        if matches!(screen.phase.get_untracked(), Phase::Over | Phase::Ended) {
            return;
        }
        // Asked again at the next beat, unless it is answered.
        self.owes_ask.set(true);
        self.asked_at.set(device::now_ms());
        // A hotel's page bears no build.
        let Some(reply) = reply.filter(|reply| reply.build.is_some()) else {
            screen.is_connected.set(false);
            if screen.phase.get_untracked() == Phase::Loading {
                screen.phase.set(Phase::FirstNetwork);
            }
            return;
        };
        match (reply.status, serde_json::from_str::<Told>(&reply.body)) {
            (200, Ok(told)) => self.learn(told),
            // The same status with another word only says that this page is old.
            (410, _) if reply.body == "\"expired\"" => self.end_by_time().await,
            (401, _) if screen.phase.get_untracked() != Phase::Open => screen.phase.set(Phase::UnknownPhone),
            _ => {
                screen.is_connected.set(false);
                if screen.phase.get_untracked() == Phase::Loading {
                    screen.phase.set(Phase::FirstNetwork);
                }
            }
        }
    }

    fn learn(self: &Rc<Self>, Told { news, facts }: Told) {
        let screen = self.screen();
        self.contact.set(Some((news.server_ms, device::ticks_ms())));
        let went_back = news.went_back;
        {
            let mut desk = self.desk.borrow_mut();
            if let Some(place) = facts.place.filter(|place| *place != desk.place()) {
                // It knew nothing yet.
                let unsent: Vec<_> = desk.unsent().cloned().collect();
                let made = desk.made();
                *desk = Desk::new(desk.id(), place).restore(unsent, made);
            }
            if news.guests.is_some() {
                self.keys.borrow_mut().clear();
            }
            desk.learn(news, device::now_ms());
        }
        self.owes_ask.set(false);
        if went_back {
            // What is said again is kept again, and everything is asked for from the beginning.
            self.unkept.borrow_mut().extend(self.desk.borrow().unsent().map(|row| row.operation.sequence));
            self.ask_soon();
        }
        if screen.facts.get_untracked() != facts {
            screen.facts.set(facts);
        }
        let is_first = screen.phase.get_untracked() != Phase::Open;
        if is_first {
            screen.phase.set(Phase::Open);
        }
        self.hear();
        self.refresh();
        if is_first {
            // At once: a page that is loaded anew a moment later may have no network any more.
            let session = Rc::clone(self);
            http::spawn(async move { session.keep_now().await });
        } else {
            self.keep();
        }
        if self.stream.borrow().is_none() {
            self.listen();
        }
    }

    /// The server is there.
    fn hear(&self) {
        self.screen().heard_at.set(Some(device::now_ms()));
        self.screen().is_connected.set(true);
    }

    fn listen(self: &Rc<Self>) {
        let path = paths::live(self.reader().tag(), &self.id, self.desk.borrow().known());
        let (heard, turned) = (Rc::clone(self), Rc::clone(self));
        let stream = live::Stream::open(
            &path,
            &["operation", "board", "alive"],
            move |name, data| heard.heard(name, &data),
            move |turn| match turn {
                Turn::Open => {
                    turned.hear();
                    turned.send_now();
                }
                Turn::Lost => turned.screen().is_connected.set(false),
                // Not from within the stream's own call: the beat opens another one.
                Turn::Refused => {
                    turned.screen().is_connected.set(false);
                    turned.screen().heard_at.set(None);
                }
            },
        );
        self.stream.replace(stream);
    }

    fn heard(self: &Rc<Self>, name: &str, data: &str) {
        self.hear();
        match name {
            "operation" => {
                let Ok(told) = serde_json::from_str::<Numbered>(data) else { return };
                // A name stands in no stream: the operation is fetched with it.
                let own = self.desk.borrow().id();
                let needs_name = told.entry.is_some_and(|it| it.operation.act.brings_name() && it.desk != own);
                let before = self.desk.borrow().known();
                if needs_name || !self.desk.borrow_mut().hear(told) {
                    self.ask_soon();
                }
                if self.desk.borrow().known() != before {
                    self.refresh();
                    self.keep();
                }
            }
            "board" => {
                let Ok(board) = serde_json::from_str::<Board>(data) else { return };
                let is_other = board.guests != self.desk.borrow().guests().version;
                // Less than is known here: an older reading, or a server that went back to a backup. It says so if asked.
                let is_other_log = board.last != self.desk.borrow().known();
                let own = self.desk.borrow().id();
                let is_closed = board.desks.iter().any(|desk| desk.id == own && !desk.is_open);
                self.screen().board.set(Some(board));
                if is_other || is_other_log || is_closed {
                    self.ask_soon();
                }
            }
            _ => {}
        }
    }

    fn ask_soon(self: &Rc<Self>) {
        let session = Rc::clone(self);
        http::spawn(async move { session.ask().await });
    }

    /// Sends what waits, as somebody asks for it: also what was refused whole before.
    pub(in crate::desk::islands::desk) fn send_again(self: &Rc<Self>) {
        self.stuck.borrow_mut().clear();
        self.send_now();
    }

    /// Sends what waits, now.
    pub(in crate::desk::islands::desk) fn send_now(self: &Rc<Self>) {
        self.send_timer.take();
        if self.is_sending.replace(true) {
            return;
        }
        let session = Rc::clone(self);
        http::spawn(async move {
            let is_sent = session.send().await;
            session.is_sending.set(false);
            if is_sent {
                session.tries.set(0);
                session.screen().fails.set(false);
                // Said while the last batch was under way.
                let waits = session.desk.borrow().unsent().len() > session.stuck.borrow().len();
                if waits {
                    session.send_now();
                }
            } else {
                // Once is nothing; twice is worth a word.
                session.screen().fails.set(session.tries.get() > 0);
                session.send_later();
            }
        });
    }

    fn send_later(self: &Rc<Self>) {
        let tries = self.tries.get();
        self.tries.set(tries.saturating_add(1));
        let pause = FIRST_PAUSE_MS.saturating_mul(1 << tries.min(6)).min(MOST_PAUSE_MS);
        let jitter = u32::from(device::random::<1>()[0]) * 4;
        let session = Rc::clone(self);
        self.send_timer.replace(Some(after(pause + jitter, move || session.send_now())));
    }

    /// Whether everything that waited has an answer.
    async fn send(self: &Rc<Self>) -> bool {
        loop {
            let batch = self.desk.borrow().batch(device::now_ms(), self.most.get(), &self.stuck.borrow());
            let Some(batch) = batch else { return true };
            let Ok(serde_json::Value::Object(mut body)) = serde_json::to_value(&batch) else { return false };
            body.insert("desk".to_owned(), self.id.clone().into());
            let body = serde_json::Value::Object(body).to_string();
            let reply = http::post_json("/api/v1/operations", &body, true, POST_MS).await;
            let reply = reply.filter(|reply| reply.build.is_some());
            // Too slow, too long, or something in it that cannot even be refused: smaller from now on. Who is found alone
            // to be refused whole lets the others go on without it, until somebody looks again.
            let is_too_much = reply.as_ref().is_none_or(|reply| matches!(reply.status, 400 | 408 | 413 | 422));
            if is_too_much {
                match (batch.operations.as_slice(), &reply) {
                    ([one], Some(reply)) if reply.status != 408 => drop(self.stuck.borrow_mut().insert(one.sequence)),
                    (all, _) => self.most.set((all.len() / 2).max(1)),
                }
                return false;
            }
            let Some(reply) = reply else { return false };
            let answered = serde_json::from_str(&reply.body).ok().filter(|_| reply.status == 200);
            let Some(Answered { answers }) = answered else { return false };
            self.most.set(MOST_OPERATIONS);
            let is_closed = answers.iter().any(|answer| answer.verdict == Verdict::Refused(Reason::Revoked));
            let settled = self.desk.borrow_mut().settle(&answers);
            if settled.is_empty() {
                return false;
            }
            // First what it stands for now, then the rows: in between nothing is known to nobody.
            self.keep_now().await;
            self.forget_said(&settled).await;
            self.refresh();
            if matches!(self.screen().phase.get_untracked(), Phase::Over | Phase::Ended) {
                self.wipe_if_said().await;
            } else if is_closed {
                self.ask_soon();
            }
        }
    }
}
