//! One story: phones, people, a network and the real service, in a time of its own. Whatever happens next stands in a
//! queue in the order of its moment; who is asked to wait waits there. Everything follows from one number.
//!
//! For twenty minutes the network, the phones and the server do what the plan of the story says (`plan`). Then all is
//! well again and nobody touches anything; after three quarters of an hour every page is loaded anew, so that what
//! storage refused to do is done, and at the end the accounts are looked into (`invariants`).

use super::{
    chance::Chance,
    invariants::{self, Violation},
    network::{Arrival, Request, Weather},
    person::Person,
    phone::{Phone, Tab, Told},
    sabotage::Sabotage,
    service::{Reply, Service},
    tally::Tally,
};
use outbox::uploader::Input;
use std::collections::BTreeMap;

/// A minute of the story, in milliseconds.
pub const MINUTE_MS: u64 = 60_000;
/// When all is well again.
pub const HEALED_MS: u64 = 20 * MINUTE_MS;
/// When the pages that were left alone must have sent everything.
const RESUMED_MS: u64 = HEALED_MS + 45 * MINUTE_MS;
/// When the story ends.
const END_MS: u64 = RESUMED_MS + 45 * MINUTE_MS;

/// A page in one of its lives: what comes back to an earlier one is for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The phone.
    pub phone: usize,
    /// The tab.
    pub tab: usize,
    /// How often it was loaded.
    pub life: u32,
}

/// What happens next.
pub enum Event {
    /// The person at this page does the next thing.
    Act(At),
    /// The browser decides who has the lock.
    Lock(At),
    /// The phone's storage carries out the transaction that waits longest.
    Transact(usize),
    /// The page is told what became of what it began.
    Tell(At, Told),
    /// A timer of the page rings, if it is still the one that counts.
    Ring(At, u32),
    /// A request reaches the server.
    Arrive(usize, Arrival),
    /// What came back for a request, or that nothing will.
    Reply(usize, Option<Reply>),
    /// A tab of a phone loads the page.
    Open(usize, usize),
    /// The person looks at a tab again, or presses *Send now*.
    Look(usize, usize),
    /// The phone has a signal, or loses it.
    Signal(usize, bool),
    /// The phone's storage refuses, or works again.
    Refuse(usize, bool),
    /// The phone's calendar stands so many days off.
    Calendar(usize, i64),
    /// The server ends, and comes back after so many milliseconds.
    Restart(u64),
    /// From now on every network sends more than the server lets in, until it is started again.
    Flood,
    /// All is well again.
    Heal,
    /// The pages that were left alone are looked at, and loaded anew.
    Resume,
}

/// A story as it stands.
pub struct World {
    /// What does not hold in this story, on purpose.
    pub sabotage: Option<Sabotage>,
    /// Chance.
    pub chance: Chance,
    /// The server.
    pub service: Service,
    /// What the network does.
    pub weather: Weather,
    /// All phones.
    pub phones: Vec<Phone>,
    /// Everybody who began to answer.
    pub people: Vec<Person>,
    /// Every request that a page made.
    pub requests: Vec<Request>,
    /// How often what happened.
    pub tally: Tally,
    /// Out of a thousand moments at which a page waits for something: at so many it dies.
    pub deaths: u64,
    /// Until then nobody answers at the server's address.
    pub down_until: u64,
    /// Answers and what was kept aside, before this story.
    pub before: (u64, u64),
    /// Whether the story is told while it happens.
    pub is_told: bool,
    /// Milliseconds since the story began.
    pub now: u64,
    queue: BTreeMap<(u64, u64), Event>,
    sequence: u64,
}

impl World {
    /// A world in which nothing is planned yet.
    pub async fn empty(seed: u64, service: Service, sabotage: Option<Sabotage>) -> Self {
        let mut chance = Chance::new(seed);
        Self {
            sabotage,
            weather: Weather::of(&mut chance),
            deaths: *chance.pick(&[0, 5, 20, 60]),
            before: service.count().await,
            service,
            chance,
            phones: Vec::new(),
            people: Vec::new(),
            requests: Vec::new(),
            tally: Tally::default(),
            down_until: 0,
            is_told: false,
            now: 0,
            queue: BTreeMap::new(),
            sequence: 0,
        }
    }

    /// Lets the story happen to its end.
    pub async fn run(mut self) -> Result<Tally, Violation> {
        self.after(HEALED_MS, Event::Heal);
        self.after(RESUMED_MS, Event::Resume);
        while let Some(((moment, _), event)) = self.queue.pop_first() {
            if moment > END_MS {
                break;
            }
            self.service.advance(moment - self.now);
            self.now = moment;
            self.happen(event).await?;
        }
        invariants::accounts_are_right(&mut self).await?;
        Ok(self.tally)
    }

    /// Something will happen after so many milliseconds.
    pub fn after(&mut self, ms: u64, event: Event) {
        self.sequence += 1;
        self.queue.insert((self.now + ms, self.sequence), event);
    }

    /// The same as soon as a phone does things.
    pub fn soon(&mut self, event: Event) {
        let ms = self.chance.between(1, 30);
        self.after(ms, event);
    }

    /// The page of a tab in its present life.
    pub fn at(&self, phone: usize, tab: usize) -> At {
        At { phone, tab, life: self.phones[phone].tabs[tab].life }
    }

    /// Whether this page still lives.
    pub fn lives(&self, at: At) -> bool {
        let tab = &self.phones[at.phone].tabs[at.tab];
        tab.is_open && tab.life == at.life
    }

    /// The tab of a page.
    pub fn tab(&mut self, at: At) -> &mut Tab {
        &mut self.phones[at.phone].tabs[at.tab]
    }

    /// Says what happened, to whoever looks for a fault.
    pub fn tell(&self, what: impl FnOnce() -> String) {
        if self.is_told {
            eprintln!("{:>9} {}", self.now, what());
        }
    }

    async fn happen(&mut self, event: Event) -> Result<(), Violation> {
        match event {
            Event::Act(at) if self.lives(at) => self.act(at)?,
            Event::Lock(at) if self.lives(at) => self.lock(at),
            Event::Transact(phone) => self.transact(phone).await?,
            Event::Tell(at, told) if self.lives(at) => {
                if !self.dies(at).await? {
                    self.told(at, told).await?;
                }
            }
            Event::Ring(at, timer) if self.lives(at) => {
                if self.tab(at).timer == timer && !self.dies(at).await? {
                    self.feed(at, Input::Wake).await?;
                }
            }
            Event::Arrive(request, arrival) => self.arrive(request, arrival).await,
            Event::Reply(request, reply) => self.reply(request, reply).await?,
            Event::Open(phone, tab) => self.open(phone, tab),
            Event::Look(phone, tab) => self.look(phone, tab).await?,
            Event::Signal(phone, is_online) => self.signal(phone, is_online).await?,
            Event::Refuse(phone, refuses) => {
                self.phones[phone].refuses = refuses;
                self.phones[phone].has_refused |= refuses;
                self.tally.add("storage refuses or works again", 1);
            }
            Event::Calendar(phone, days) => {
                self.phones[phone].days_off = days;
                self.tally.add("calendar set", 1);
                invariants::rows_are_as_frozen(self, phone)?;
            }
            Event::Restart(ms) => {
                self.service.restart();
                self.service.is_flooded = false;
                self.down_until = self.now + ms;
                self.tally.add("server restarted", 1);
            }
            Event::Flood => self.service.is_flooded = true,
            Event::Heal => self.heal().await?,
            Event::Resume => self.resume().await?,
            Event::Act(_) | Event::Lock(_) | Event::Tell(..) | Event::Ring(..) => {}
        }
        Ok(())
    }

    async fn signal(&mut self, phone: usize, is_online: bool) -> Result<(), Violation> {
        self.phones[phone].is_online = is_online;
        self.tally.add("signal lost or found", 1);
        self.tell(|| format!("phone {phone} has {}", if is_online { "a signal" } else { "no signal" }));
        if is_online {
            for tab in 0..self.phones[phone].tabs.len() {
                self.look(phone, tab).await?;
            }
        }
        Ok(())
    }

    async fn look(&mut self, phone: usize, tab: usize) -> Result<(), Violation> {
        let at = self.at(phone, tab);
        if self.lives(at) { self.feed(at, Input::Wake).await } else { Ok(()) }
    }

    async fn heal(&mut self) -> Result<(), Violation> {
        self.tell(|| "all is well again".to_owned());
        self.weather = Weather::calm();
        (self.deaths, self.down_until) = (0, 0);
        self.service.restart();
        self.service.is_flooded = false;
        for phone in 0..self.phones.len() {
            self.phones[phone].refuses = false;
            if !self.phones[phone].is_online {
                self.signal(phone, true).await?;
            }
        }
        Ok(())
    }

    async fn resume(&mut self) -> Result<(), Violation> {
        self.tell(|| "every page is loaded anew".to_owned());
        invariants::queue_resumed_by_itself(self)?;
        for phone in 0..self.phones.len() {
            self.end(phone, None).await?;
        }
        Ok(())
    }
}
