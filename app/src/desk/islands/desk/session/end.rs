//! The end of a desk: by time, because it was closed, or by hand. The guests go off the device at once; what was said stays
//! until it is answered.

use super::{
    Phase, Session,
    sync::{MOST_PAUSE_MS, POST_MS},
};
use crate::browser::{
    device::{self, sleep},
    http,
};
use leptos::prelude::*;
use rollcall::{Desk, Id, desk::Facts};
use std::rc::Rc;

impl Session {
    /// Whether its time is over, by the server's clock as well as that is known here.
    pub(super) fn is_over_by_clock(&self) -> bool {
        let ends = self.screen().facts.with_untracked(|facts| facts.expires_at);
        // A clock that somebody sets in the middle of the day must not take the guests away.
        let now = match self.contact.get() {
            Some((server_ms, ticks)) => server_ms.saturating_add(device::ticks_ms().saturating_sub(ticks)),
            None => self.desk.borrow().server_time(device::now_ms()),
        };
        ends > 0 && now >= ends
    }

    /// The desk is over: the guests go off this device at once, what was said goes on being sent.
    pub(super) async fn end_by_time(self: &Rc<Self>) {
        self.end(Phase::Over).await;
        self.send_now();
    }

    /// The desk ends by hand: the server hears of it as soon as it can be reached, and lets this phone in no more.
    pub(in crate::desk::islands::desk) async fn end_by_hand(self: &Rc<Self>) {
        let body = serde_json::json!({ "desk": self.id }).to_string();
        self.end(Phase::Ended).await;
        loop {
            let reply = http::post_json("/api/v1/end-desk", &body, true, POST_MS).await;
            if reply.is_some_and(|reply| reply.build.is_some() && reply.status < 500) {
                return;
            }
            sleep(MOST_PAUSE_MS).await;
        }
    }

    /// The desk ends, by time or by hand: nothing of the guests stays on the screen or on the device.
    pub(in crate::desk::islands::desk) async fn end(self: &Rc<Self>, phase: Phase) {
        self.stream.take();
        let screen = self.screen();
        screen.phase.set(phase);
        screen.facts.set(Facts::default());
        screen.board.set(None);
        screen.said.set(None);
        let unsent: Vec<_> = self.desk.borrow().unsent().cloned().collect();
        let (id, made) = (self.desk.borrow().id(), self.desk.borrow().made());
        self.desk.replace(Desk::new(id, Id(0)).restore(unsent, made));
        self.keys.borrow_mut().clear();
        self.refresh();
        self.forget_guests().await;
    }
}
