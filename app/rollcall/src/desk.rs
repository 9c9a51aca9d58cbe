//! A desk: what its phone knows and has said, with or without a network. What it says is held here until the server has
//! answered for it; whoever keeps this keeps everything.
//!
//! The desk sends ([`Desk::batch`], [`Desk::settle`]) and learns ([`Desk::learn`]) apart from each other: what cannot be
//! sent never holds up what others said.

pub use crate::told::{Answer, Facts, Guest, Guests, News, Numbered, Refused, Standing, Unsent};
use crate::{
    counts::Counts,
    log::{Entry, Log, Verdict},
    operation::{Act, Batch, Id, MOST_OPERATIONS, Name, Operation},
    roll::Roll,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    id: Id,
    place: Id,
    guests: Guests,
    entries: Vec<Numbered>,
    names: BTreeMap<Id, String>,
    made: u64,
    /// How much the server's clock is ahead, in milliseconds.
    ahead_ms: i64,
    refused: Vec<Refused>,
    /// Kept apart, one by one: [`Desk::restore`].
    #[serde(skip)]
    unsent: BTreeMap<u64, Unsent>,
}

impl Desk {
    /// One that knows nothing yet.
    #[must_use]
    pub fn new(id: Id, place: Id) -> Self {
        Self {
            id,
            place,
            guests: Guests::default(),
            entries: Vec::new(),
            names: BTreeMap::new(),
            made: 0,
            ahead_ms: 0,
            refused: Vec::new(),
            unsent: BTreeMap::new(),
        }
    }

    /// One that was kept, with what it had not sent, and the last number that it is known to have given: also that of a
    /// row which nobody can read any more.
    #[must_use]
    pub fn restore(mut self, unsent: impl IntoIterator<Item = Unsent>, made: u64) -> Self {
        self.made = self.made.max(made);
        // What an older page could not read is asked for again: this one may.
        if let Some(at) = self.entries.iter().position(|held| held.entry.is_none()) {
            self.entries.truncate(at);
        }
        for row in unsent {
            self.made = self.made.max(row.operation.sequence);
            self.unsent.insert(row.operation.sequence, row);
        }
        self
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Its place.
    #[must_use]
    pub fn place(&self) -> Id {
        self.place
    }

    /// The guests of the last reading.
    #[must_use]
    pub fn guests(&self) -> &Guests {
        &self.guests
    }

    /// The number up to which it knows what was said.
    #[must_use]
    pub fn known(&self) -> u64 {
        self.entries.last().map_or(0, |last| last.number)
    }

    /// The operation under that number, by which the server sees that it speaks of the same log.
    #[must_use]
    pub fn last(&self) -> Option<Id> {
        self.entries.last().filter(|last| last.number > 0).and_then(Numbered::id)
    }

    /// The last number that it has given.
    #[must_use]
    pub fn made(&self) -> u64 {
        self.made
    }

    /// What it said and could not be taken in.
    #[must_use]
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// What the server's clock shows when this desk's shows `now_ms`, as of their last contact.
    #[must_use]
    pub fn server_time(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.ahead_ms)
    }

    /// What is not sent yet, in its order.
    pub fn unsent(&self) -> impl ExactSizeIterator<Item = &Unsent> {
        self.unsent.values()
    }

    /// Says something at `now_ms` of its own clock; gives what must be kept before anything else happens. `id` is
    /// random.
    pub fn say(&mut self, id: Id, act: Act, name: Option<String>, now_ms: i64) -> Unsent {
        self.made += 1;
        let operation = Operation { id, sequence: self.made, at: now_ms, known: self.known(), act };
        let said = Unsent { operation, name: name.filter(|_| act.brings_name()) };
        self.unsent.insert(self.made, said.clone());
        said
    }

    /// What is to be sent next, the oldest first, at most so many and none of these numbers; nothing if there is nothing.
    #[must_use]
    pub fn batch(&self, now_ms: i64, most: usize, except: &BTreeSet<u64>) -> Option<Batch> {
        let rows = self.unsent.iter().filter(|(sequence, _)| !except.contains(sequence));
        let rows: Vec<&Unsent> = rows.map(|(_, row)| row).take(most.min(MOST_OPERATIONS)).collect();
        let names = rows.iter().filter_map(|row| Some(Name { operation: row.operation.id, name: row.name.clone()? }));
        let names = names.collect();
        let operations: Vec<Operation> = rows.iter().map(|row| row.operation).collect();
        (!operations.is_empty()).then_some(Batch { sent_at: now_ms, made: self.made, operations, names })
    }

    /// Takes the server's answers: what has one is not sent again. Gives the numbers that may be forgotten. An answer
    /// for what this desk has not said is none.
    pub fn settle(&mut self, answers: &[Answer]) -> Vec<u64> {
        let verdicts: BTreeMap<Id, Verdict> = answers.iter().map(|answer| (answer.operation, answer.verdict)).collect();
        let settled: Vec<(u64, Verdict)> = self
            .unsent
            .iter()
            .filter_map(|(sequence, row)| Some((*sequence, *verdicts.get(&row.operation.id)?)))
            .collect();
        for (sequence, verdict) in &settled {
            let Some(row) = self.unsent.remove(sequence) else { continue };
            match verdict {
                // Until it comes back with the news it is shown as said: it stays in the log as its own.
                Verdict::Applied | Verdict::Known => self.own(row),
                Verdict::Conflict(_) | Verdict::Refused(_) => {
                    self.refused.push(Refused { operation: row.operation, verdict: *verdict });
                }
            }
        }
        settled.into_iter().map(|(sequence, _)| sequence).collect()
    }

    /// Taken in by the server and not yet come back: held under number 0, before all others.
    fn own(&mut self, row: Unsent) {
        let entry = Entry { desk: self.id, at: row.operation.at + self.ahead_ms, operation: row.operation };
        let is_here = self.entries.iter().any(|held| held.id() == Some(row.operation.id));
        if !is_here {
            self.entries.insert(0, Numbered { number: 0, entry: Some(entry) });
        }
        let was_deleted = self.guests.nameless.contains(&row.operation.id);
        if let Some(name) = row.name.filter(|_| !was_deleted) {
            self.names.insert(row.operation.id, name);
        }
    }

    /// Takes news in; `now_ms` is its own clock. What it knows already changes nothing, and what does not follow on
    /// what it knows waits for the next news: gives whether it is complete up to the last number in it. After `false`
    /// there is something to ask for, and [`Desk::unsent`] may have grown.
    pub fn learn(&mut self, news: News, now_ms: i64) -> bool {
        self.ahead_ms = news.server_ms.saturating_sub(now_ms);
        self.made = self.made.max(news.made);
        if let Some(guests) = news.guests {
            self.guests = guests;
        }
        for name in news.names {
            self.names.insert(name.operation, name.name);
        }
        for operation in &self.guests.nameless {
            self.names.remove(operation);
        }
        if news.went_back {
            self.begin_anew();
            return false;
        }
        for entry in news.entries {
            if entry.number > self.known() + 1 {
                return false;
            }
            self.hear(entry);
        }
        true
    }

    /// One operation, as the stream brings it. `false` if one before it is missing: then the desk has to ask.
    pub fn hear(&mut self, told: Numbered) -> bool {
        let known = self.known();
        if told.number > known + 1 {
            return false;
        }
        if told.number == known + 1 {
            self.entries.retain(|held| held.number > 0 || held.id() != told.id());
            self.entries.push(told);
        }
        true
    }

    /// The server went back to a backup: what it told is asked for again, and what this desk said is said again, as it may
    /// be the only one who still knows. The server answers `known` for what it does hold.
    fn begin_anew(&mut self) {
        for entry in self.entries.drain(..).filter_map(|held| held.entry).filter(|entry| entry.desk == self.id) {
            let name = self.names.get(&entry.operation.id).cloned();
            let row = Unsent { operation: entry.operation, name };
            self.unsent.entry(entry.operation.sequence).or_insert(row);
        }
    }

    /// Everything that is known, what is not sent yet included. Ids that were merged are those of the guest they are.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let mut log = Log::default();
        let merged: BTreeMap<Id, Id> = self.guests.merged.iter().copied().collect();
        for entry in self.entries.iter().filter_map(|held| held.entry) {
            log.append(entry);
        }
        for row in self.unsent.values() {
            log.append(Entry { desk: self.id, at: row.operation.at + self.ahead_ms, operation: row.operation });
        }
        log.entries().map(|entry| entry.of_merged(&merged)).collect()
    }

    /// Who is there, as far as this desk knows.
    #[must_use]
    pub fn roll(&self) -> Roll {
        Roll::of(&self.entries())
    }

    /// Who has a seat where.
    #[must_use]
    pub fn registered(&self) -> BTreeMap<Id, Id> {
        let registered = self.guests.guests.iter().filter(|guest| guest.standing == Standing::Registered);
        registered.filter_map(|guest| Some((guest.id, guest.place?))).collect()
    }

    /// How many, as far as this desk knows.
    #[must_use]
    pub fn counts(&self, roll: &Roll) -> Counts {
        Counts::of(roll, &self.registered())
    }

    /// The name of a guest as it was told last, at a desk or when they registered.
    #[must_use]
    pub fn name_of<'d>(&'d self, roll: &Roll, guest: &Id) -> Option<&'d str> {
        let told = roll.name_told_by(guest).and_then(|operation| self.told(operation));
        told.or_else(|| self.guests.guests.iter().find(|known| known.id == *guest).map(|known| known.name.as_str()))
    }

    fn told(&self, operation: &Id) -> Option<&str> {
        let unsent =
            self.unsent.values().find(|row| row.operation.id == *operation).and_then(|row| row.name.as_deref());
        unsent.or_else(|| self.names.get(operation).map(String::as_str))
    }

    /// Everybody who can be found here: who registered, and who walked in and was not taken back.
    #[must_use]
    pub fn people(&self, roll: &Roll) -> Vec<Guest> {
        let mut people = self.guests.guests.clone();
        for guest in &mut people {
            if let Some(name) = roll.name_told_by(&guest.id).and_then(|operation| self.told(operation)) {
                guest.name = name.to_owned();
            }
        }
        let known: BTreeSet<Id> = people.iter().map(|guest| guest.id).collect();
        for (id, attendance) in roll.attendances().filter(|(id, _)| !known.contains(id)) {
            let name = self.name_of(roll, id).unwrap_or_default().to_owned();
            people.push(Guest {
                id: *id,
                place: Some(attendance.came_to),
                standing: Standing::Other,
                name,
                reading: None,
                organisation: String::new(),
                digits: String::new(),
                code: String::new(),
            });
        }
        people
    }

    /// What this desk said last, the newest first: what somebody may want to take back.
    #[must_use]
    pub fn latest(&self, most: usize) -> Vec<Entry> {
        let mut own: Vec<Entry> = self.entries().into_iter().filter(|entry| entry.desk == self.id).collect();
        own.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.operation.sequence));
        own.truncate(most);
        own
    }

    /// The operation by which a guest is there: what *Undo* takes back. The latest one of theirs that counts.
    #[must_use]
    pub fn last_of(&self, guest: &Id) -> Option<Entry> {
        let entries = self.entries();
        let roll = Roll::of(&entries);
        let own = entries.into_iter().filter(|entry| {
            entry.operation.act.guest() == Some(*guest)
                && !matches!(entry.operation.act, Act::Correct { .. })
                && !roll.is_undone(&entry.operation.id)
        });
        own.max_by_key(|entry| (entry.at, entry.operation.sequence, entry.operation.id))
    }
}
