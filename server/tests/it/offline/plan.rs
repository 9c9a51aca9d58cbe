//! What a story brings: how many phones, whose they are, who will answer on them, and when signal, storage, calendar
//! and server fail. The rest is left to the network (`network`) and to pages that die (`phone`).

use super::{
    person::LANGUAGES,
    phone::{Locks, Phone, Tab},
    sabotage::Sabotage,
    service::{Ground, Service},
    storage::Storage,
    world::{Event, HEALED_MS, MINUTE_MS, World},
};
use outbox::{draft::Phone as Whose, uploader::Uploader};
use std::{collections::VecDeque, net::Ipv4Addr};

/// The last moment for which something bad is planned.
const LAST_MS: u64 = HEALED_MS - MINUTE_MS;

/// Days that a calendar may be off: 1972, 2098, and what people set by hand.
const CALENDARS: [i64; 6] = [-20_000, 26_000, -2, 3, 10, 400];

impl World {
    /// The story of that number, before it happens.
    pub async fn planned(seed: u64, ground: &Ground, sabotage: Option<Sabotage>) -> Self {
        let mut world = Self::empty(seed, Service::new(ground), sabotage).await;
        for number in 0..world.chance.between(3, 6) {
            world.plan_phone(u32::try_from(number).unwrap());
        }
        for _ in 0..world.chance.below(4) {
            let pause = world.chance.between(0, MINUTE_MS);
            world.at_some_time(Event::Restart(pause));
        }
        if world.chance.permille(150) {
            world.at_some_time(Event::Flood);
        }
        world
    }

    fn plan_phone(&mut self, number: u32) {
        let phone = self.phones.len();
        let whose = *self.chance.pick(&[Whose::Own, Whose::Shared]);
        let waiting = match whose {
            Whose::Own => self.chance.between(1, 2),
            Whose::Shared => self.chance.between(1, 6),
        };
        let tabs: Vec<Tab> = (0..self.chance.between(1, 2)).map(|_| self.blank_tab()).collect();
        self.phones.push(Phone {
            whose,
            address: Ipv4Addr::from(0x0a00_0001 + number),
            storage: Storage::default(),
            refuses: false,
            has_refused: false,
            locks: *self.chance.pick(&[Locks::Browser, Locks::Browser, Locks::Browser, Locks::Lease]),
            lock: None,
            is_online: true,
            days_off: 0,
            drawn_on: self.service.today(),
            waiting,
            tabs,
            transactions: VecDeque::new(),
        });
        for tab in 0..self.phones[phone].tabs.len() {
            let moment = self.chance.below(5 * MINUTE_MS);
            self.after(moment, Event::Open(phone, tab));
            for _ in 0..self.chance.below(5) {
                self.at_some_time(Event::Look(phone, tab));
            }
        }
        for _ in 0..self.chance.below(4) {
            let pause = self.chance.between(5_000, 8 * MINUTE_MS);
            self.for_a_while(pause, |is_beginning| Event::Signal(phone, !is_beginning));
        }
        if self.chance.permille(250) {
            let pause = self.chance.between(5_000, 20 * MINUTE_MS);
            self.for_a_while(pause, |is_beginning| Event::Refuse(phone, is_beginning));
        }
        for _ in 0..self.chance.below(3) {
            let days = *self.chance.pick(&CALENDARS);
            self.at_some_time(Event::Calendar(phone, days));
        }
    }

    fn blank_tab(&mut self) -> Tab {
        Tab {
            life: 0,
            is_open: false,
            uploader: Uploader::new(0),
            timer: 0,
            posting: None,
            answering: None,
            today: self.service.today(),
            view: self.chance.pick::<&str>(&LANGUAGES),
        }
    }

    fn at_some_time(&mut self, event: Event) {
        let moment = self.chance.below(LAST_MS);
        self.after(moment, event);
    }

    /// Something begins at some time and ends after a pause, if the story is not well again before.
    fn for_a_while(&mut self, pause: u64, event: impl Fn(bool) -> Event) {
        let begin = self.chance.below(LAST_MS);
        self.after(begin, event(true));
        self.after((begin + pause).min(LAST_MS), event(false));
    }
}
