//! How pages come and go. Wherever one waits for something it may die: it alone, or the whole phone. Its memory is gone
//! then, the browser gives its lock to others, and what comes back is for nobody.

use super::{
    invariants::Violation,
    phone::Told,
    world::{At, Event, World},
};
use outbox::{
    clock,
    shelf::Found,
    uploader::{Input, Uploader},
};
use std::collections::VecDeque;

impl World {
    /// Whether a page dies at this moment: it alone, or the whole phone.
    pub async fn dies(&mut self, at: At) -> Result<bool, Violation> {
        if !self.chance.permille(self.deaths) {
            return Ok(false);
        }
        let tab = if self.chance.permille(500) { Some(at.tab) } else { None };
        self.tally.add(if tab.is_some() { "page closed" } else { "phone died" }, 1);
        self.end(at.phone, tab).await?;
        Ok(true)
    }

    /// Ends a tab of a phone or all of them. Of what their storage was doing, so much was done and no more.
    pub async fn end(&mut self, phone: usize, tab: Option<usize>) -> Result<(), Violation> {
        let ends = |other: usize| tab.is_none_or(|tab| tab == other);
        let under_way = std::mem::take(&mut self.phones[phone].transactions);
        let (ending, others): (VecDeque<_>, VecDeque<_>) = under_way.into_iter().partition(|(at, _)| ends(at.tab));
        self.phones[phone].transactions = others;
        let done = self.chance.index(ending.len() + 1);
        for (at, change) in ending.into_iter().take(done) {
            self.commit(at, change).await?;
        }
        for tab in (0..self.phones[phone].tabs.len()).filter(|tab| ends(*tab)) {
            self.close(phone, tab);
        }
        Ok(())
    }

    fn close(&mut self, number: usize, tab: usize) {
        let phone = &mut self.phones[number];
        if !phone.tabs[tab].is_open {
            return;
        }
        let closed = &mut phone.tabs[tab];
        closed.is_open = false;
        closed.life += 1;
        closed.posting = None;
        let answering = closed.answering.take();
        if phone.lock == Some(tab) {
            phone.lock = None;
        }
        // Whose answers are neither here nor in another tab begins anew, as somebody else.
        if let Some(answering) = answering
            && phone.storage.found(&self.people[answering.person].id) == Found::default()
        {
            phone.waiting += 1;
        }
        self.tell(|| format!("phone {number} tab {tab} is gone"));
        let pause = self.chance.between(2_000, 120_000);
        self.after(pause, Event::Open(number, tab));
    }

    /// Loads the page in a tab.
    pub fn open(&mut self, number: usize, tab: usize) {
        let today = self.service.today();
        let (is_served, seed) = (self.now >= self.down_until, self.chance.number());
        let phone = &mut self.phones[number];
        if phone.tabs[tab].is_open {
            return;
        }
        // Without the server it is the page that was kept.
        if phone.is_online && is_served {
            phone.drawn_on = today;
        }
        let today = clock::today(today.plus_days(phone.days_off), phone.drawn_on);
        if !phone.refuses {
            phone.storage.forget_expired(today);
        }
        let opened = &mut phone.tabs[tab];
        opened.is_open = true;
        opened.today = today;
        opened.uploader = Uploader::new(seed);
        let at = self.at(number, tab);
        self.soon(Event::Tell(at, Told::Input(Input::Wake)));
        let pause = self.chance.between(500, 20_000);
        self.after(pause, Event::Act(at));
    }
}
