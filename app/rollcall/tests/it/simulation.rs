//! Afternoons with six desks at two places: clocks ten minutes off, messages lost on either way, repeated hours later,
//! cut in the middle, answered by somebody else; undos that overtake what they take back. In the end everybody must
//! agree with who saw everything. Three sabotages must be found out.

use crate::{
    chance::Chance,
    model::{Truth, truth},
};
use rollcall::{
    Act, Batch, Counts, Desk, Entry, Guest, Id, Log, Operation, Roll, Verdict,
    desk::{Answer, Guests, News, Numbered, Standing},
    gaps,
    time::Contact,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const BEGIN: i64 = 1_795_316_400_000;

/// How a server may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Server {
    Honest,
    /// Taking back deletes; what is deleted can come again.
    RevivedUndo,
    /// A guest is a row, and the message that comes last writes it.
    LastWriterWins,
}

/// How a desk may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manners {
    Honest,
    /// It takes any answer for one to all that it has sent.
    DropsUnanswered,
}

/// A desk as phones run it, and its clock.
struct Phone {
    desk: Desk,
    /// How far its clock is ahead.
    ahead: i64,
}

/// What a server holds.
struct Held {
    kind: Server,
    log: Log,
    /// The ids in the log, in the order in which they came: their numbers.
    order: Vec<Id>,
    came_last: Vec<Entry>,
}

impl Held {
    /// What a desk that knows operations up to a number is told.
    fn news(&self, after: u64, guests: &Guests) -> News {
        let numbered = (1..).zip(&self.order).filter(|(number, _)| *number > after);
        News {
            entries: numbered.map(|(number, id)| Numbered { number, entry: self.log.get(id).copied() }).collect(),
            guests: Some(guests.clone()),
            ..News::default()
        }
    }

    fn take(&mut self, entry: Entry) -> Verdict {
        if self.kind == Server::LastWriterWins {
            self.came_last.push(entry);
        }
        if let (Server::RevivedUndo, Act::Undo { operation }) = (self.kind, entry.operation.act) {
            let mut log = Log::default();
            for other in self.log.entries().filter(|other| other.operation.id != operation) {
                log.append(*other);
            }
            self.log = log;
        }
        let verdict = self.log.append(entry);
        if verdict == Verdict::Applied {
            self.order.push(entry.operation.id);
        }
        verdict
    }

    fn truth(&self) -> Truth {
        let of_roll = |roll: &Roll| -> Truth {
            roll.attendances().map(|(guest, attendance)| (*guest, (attendance.came_to, attendance.here))).collect()
        };
        match self.kind {
            Server::Honest => of_roll(&Roll::of(self.log.entries())),
            Server::RevivedUndo => {
                let kept = self.log.entries().filter(|entry| !matches!(entry.operation.act, Act::Undo { .. }));
                of_roll(&Roll::of(kept.collect::<Vec<_>>()))
            }
            Server::LastWriterWins => truth(&self.came_last.iter().map(|entry| entry.operation).collect::<Vec<_>>()),
        }
    }
}

struct Afternoon {
    chance: Chance,
    now: i64,
    phones: Vec<Phone>,
    places: [Id; 2],
    /// Who registered, all for the first place.
    registered: Guests,
    guests: Vec<Id>,
    happened: Vec<(Id, Operation)>,
    true_times: HashMap<Id, i64>,
    server: Held,
    manners: Manners,
    /// Messages that the network still has.
    floating: Vec<(usize, Batch)>,
}

impl Afternoon {
    fn new(seed: u64, kind: Server, manners: Manners) -> Self {
        let mut chance = Chance(seed);
        let places = [chance.id(), chance.id()];
        let phones = (0..6)
            .map(|_| Phone {
                desk: Desk::new(chance.id(), *chance.pick(&places)),
                ahead: chance.below(1_200_001) as i64 - 600_000,
            })
            .collect();
        let guests: Vec<Id> = (0..12).map(|_| chance.id()).collect();
        let registered =
            Guests { guests: guests.iter().map(|id| registered(*id, places[0])).collect(), ..Guests::default() };
        let server = Held { kind, log: Log::default(), order: Vec::new(), came_last: Vec::new() };
        Self {
            chance,
            now: BEGIN,
            phones,
            places,
            registered,
            guests,
            happened: Vec::new(),
            true_times: HashMap::new(),
            server,
            manners,
            floating: Vec::new(),
        }
    }

    /// Somebody at a desk does something.
    fn act(&mut self) {
        self.now += 1 + self.chance.below(60_000) as i64;
        let at_desk = self.chance.below(self.phones.len());
        let place = self.phones[at_desk].desk.place();
        let guest = *self.chance.pick(&self.guests);
        let act = match self.chance.below(12) {
            0..=4 => Act::Arrive { guest, place },
            5 => Act::Leave { guest },
            6 => {
                let guest = self.chance.id();
                self.guests.push(guest);
                Act::WalkIn { guest, place }
            }
            7 => Act::Move { guest, place: *self.chance.pick(&self.places) },
            8 => Act::Correct { guest },
            _ if self.happened.is_empty() => Act::Arrive { guest, place },
            // Mostly what has just been done, sometimes what another desk did an hour ago, sometimes an undo.
            _ => {
                let recent = self.happened.len().saturating_sub(4);
                let from = if self.chance.once_in(3) { 0 } else { recent };
                Act::Undo { operation: self.chance.pick(&self.happened[from..]).1.id }
            }
        };
        let id = self.chance.id();
        let phone = &mut self.phones[at_desk];
        let said = phone.desk.say(id, act, None, self.now + phone.ahead);
        self.true_times.insert(id, self.now);
        self.happened.push((phone.desk.id(), said.operation));
    }

    /// A message reaches the server, whole or not; what it says.
    fn arrives(&mut self, at_desk: usize, batch: &Batch, many: usize) -> Vec<Answer> {
        let desk = self.phones[at_desk].desk.id();
        let contact = Contact { desk_ms: batch.sent_at, server_ms: self.now, opened_ms: BEGIN };
        let answers = batch.operations.iter().take(many).map(|operation| {
            let corrected = contact.correct(operation.at);
            assert_eq!((corrected.at_ms, corrected.is_doubtful), (self.true_times[&operation.id], false));
            let verdict = self.server.take(Entry { desk, at: corrected.at_ms, operation: *operation });
            Answer { operation: operation.id, verdict }
        });
        answers.collect()
    }

    /// A desk tries to send. The network does what it likes, unless it is `good`.
    fn send(&mut self, at_desk: usize, good: bool) {
        let many = 1 + self.chance.below(8);
        let phone = &self.phones[at_desk];
        let Some(batch) = phone.desk.batch(self.now + phone.ahead, many, &BTreeSet::new()) else { return };
        let outcome = if good { 0 } else { self.chance.below(6) };
        if !good && self.chance.once_in(2) {
            self.floating.push((at_desk, batch.clone()));
        }
        let heard: Option<Vec<Answer>> = match outcome {
            // As it should be.
            0 | 1 => Some(self.arrives(at_desk, &batch, many)),
            // Lost on its way there.
            2 => None,
            // Lost on its way back.
            3 => {
                self.arrives(at_desk, &batch, many);
                None
            }
            // The server falls over in the middle.
            4 => {
                let half = self.chance.below(batch.operations.len() + 1);
                self.arrives(at_desk, &batch, half);
                None
            }
            // A hotel's sign-in page answers 200.
            _ => Some(Vec::new()),
        };
        let Some(mut heard) = heard else { return };
        match self.manners {
            Manners::DropsUnanswered => {
                let all = batch.operations.iter();
                heard = all.map(|said| Answer { operation: said.id, verdict: Verdict::Applied }).collect();
            }
            Manners::Honest if self.server.kind == Server::Honest => {
                let is_good = |answer: &Answer| matches!(answer.verdict, Verdict::Applied | Verdict::Known);
                assert!(heard.iter().all(is_good), "{heard:?}");
            }
            Manners::Honest => {}
        }
        self.phones[at_desk].desk.settle(&heard);
    }

    /// A desk hears what others said: all that is new, or the last of it alone, as a stream that was cut may bring it.
    fn listen(&mut self, at_desk: usize) {
        let phone = &mut self.phones[at_desk];
        let news = self.server.news(phone.desk.known(), &self.registered);
        if self.chance.once_in(3) {
            if let Some(last) = news.entries.last() {
                phone.desk.hear(*last);
            }
        } else {
            assert!(phone.desk.learn(News { server_ms: self.now, ..news }, self.now + phone.ahead));
        }
    }

    /// What the network had kept comes after all.
    fn haunts(&mut self) {
        if !self.floating.is_empty() {
            let at = self.chance.below(self.floating.len());
            let (at_desk, batch) = self.floating[at].clone();
            // Hours later only a desk itself can say the same again: it says what its clock shows now.
            let batch = Batch { sent_at: self.now + self.phones[at_desk].ahead, ..batch };
            self.arrives(at_desk, &batch, batch.operations.len());
        }
    }

    fn play(mut self) -> Result<(), String> {
        for _ in 0..60 + self.chance.below(60) {
            self.act();
            if self.chance.once_in(2) {
                let at_desk = self.chance.below(self.phones.len());
                self.send(at_desk, false);
            }
            if self.chance.once_in(4) {
                let at_desk = self.chance.below(self.phones.len());
                self.listen(at_desk);
            }
            if self.chance.once_in(6) {
                self.haunts();
            }
        }
        for at_desk in 0..self.phones.len() {
            while self.phones[at_desk].desk.unsent().len() > 0 {
                self.send(at_desk, true);
            }
        }
        for _ in 0..self.floating.len() {
            self.haunts();
        }
        self.judge()
    }

    fn judge(mut self) -> Result<(), String> {
        let happened: Vec<Operation> = self.happened.iter().map(|(_, operation)| *operation).collect();
        let wanted = truth(&happened);
        if self.server.truth() != wanted {
            return Err("the server does not know the truth".to_owned());
        }
        if self.server.log.len() != happened.len() {
            return Err(format!("{} happened, {} are held", happened.len(), self.server.log.len()));
        }
        for Phone { desk, .. } in &self.phones {
            let own = self.server.log.entries().filter(|entry| entry.desk == desk.id());
            let held = gaps::Held::of(own, desk.made());
            if held.missing() != 0 || !held.gaps().is_empty() {
                return Err(format!("of a desk {} are missing", held.missing()));
            }
        }
        // Who joins late gets everything in some other order, and agrees to the last note.
        let whole = Roll::of(self.server.log.entries());
        let mut entries: Vec<Entry> = self.server.log.entries().copied().collect();
        self.chance.shuffle(&mut entries);
        if Roll::of(&entries) != whole {
            return Err("another order gives another roll".to_owned());
        }
        let registered: BTreeMap<Id, Id> =
            self.registered.guests.iter().map(|guest| (guest.id, self.places[0])).collect();
        let counts = Counts::of(&whole, &registered);
        // Every desk agrees, and one that joins now.
        let late = Phone { desk: Desk::new(self.chance.id(), self.places[0]), ahead: 0 };
        for Phone { desk, ahead } in self.phones.iter_mut().chain([&mut { late }]) {
            let news = self.server.news(desk.known(), &self.registered);
            if !desk.learn(News { server_ms: self.now, ..news }, self.now + *ahead) {
                return Err("a desk does not hear everything".to_owned());
            }
            let roll = desk.roll();
            if roll != whole || desk.counts(&roll) != counts {
                return Err("a desk shows something else".to_owned());
            }
        }
        let total = counts.total();
        let came = whole.attendances().count() as u32;
        let here = whole.attendances().filter(|(_, attendance)| attendance.here.is_some()).count() as u32;
        if (total.came, total.here, total.registered) != (came, here, 12) || total.walk_ins > came {
            return Err(format!("{total:?} of {came} and {here}"));
        }
        Ok(())
    }
}

fn registered(id: Id, place: Id) -> Guest {
    Guest {
        id,
        place: Some(place),
        standing: Standing::Registered,
        name: String::new(),
        reading: None,
        organisation: String::new(),
        digits: String::new(),
        code: String::new(),
    }
}

fn seeds(fewest: u64) -> u64 {
    // `ROLLCALL_SEEDS=100000` is what `make bench` plays.
    std::env::var("ROLLCALL_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(fewest)
}

#[test]
fn whatever_happens_everybody_agrees_with_who_saw_everything() {
    for seed in 0..seeds(3_000) {
        if let Err(error) = Afternoon::new(seed, Server::Honest, Manners::Honest).play() {
            panic!("seed {seed}: {error}");
        }
    }
}

/// A sabotage that no afternoon finds out would mean that these afternoons prove nothing.
#[test]
fn sabotages_are_found_out() {
    for (server, manners) in [
        (Server::RevivedUndo, Manners::Honest),
        (Server::LastWriterWins, Manners::Honest),
        (Server::Honest, Manners::DropsUnanswered),
    ] {
        let found = (0..200).filter(|seed| Afternoon::new(*seed, server, manners).play().is_err()).count();
        assert!(found > 100, "{server:?}, {manners:?}: found out in {found} of 200");
    }
}
