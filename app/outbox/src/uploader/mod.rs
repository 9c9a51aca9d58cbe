//! The uploader: one row at a time, for ever, deleted only on a receipt. A machine: [`Uploader::step`] takes what
//! happened and says what to do; it waits for nothing and knows no clock.
//!
//! Its round: ask for the lock, read the outbox under it, post row after row, give the lock back. Whatever wakes it
//! while a round goes on starts another one after it. Any await may be the last one (the phone dies): the storage alone
//! says what is left, so nothing is kept here that would be missed.

use crate::{Row, backoff::Backoff};

/// So often a new round begins while anything waits, in milliseconds before jitter, even if no failure asks for it.
pub const PATROL_MS: u32 = 60_000;

/// So soon it looks again where somebody else has the lock, in milliseconds before jitter: Background Sync takes it just
/// when the network returns, and only this page can let go of what was sent.
pub const TAKEN_MS: u32 = 4_000;

/// What a reply means, as whoever read it judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<R> {
    /// A receipt for exactly this row, under the server's key.
    Receipt(R),
    /// Our server, as far as one can tell without a signature, does not take this row: damaged, of another
    /// installation, in conflict with earlier bytes. It stays, and others go on.
    Refused(Refusal),
    /// Too many at once; seconds to wait.
    Busy(u32),
    /// No reply, or one that something else may have given. It says nothing about the row.
    Nothing,
}

/// Why a row is not taken. No word of it deletes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Other bytes came under this id before.
    Conflict,
    /// It cannot be read there.
    Unreadable,
    /// The page's program is too old for the server.
    Outdated,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input<R> {
    /// Time to look: the page was loaded or became visible, the network came back, the timer rang, *Send now*.
    Wake,
    /// Somebody pressed *Send*: the row stands in the outbox.
    Kept,
    /// The same, but the storage refused: the row is here alone, and the person was told not to close the page.
    Unkept(Row),
    /// The lock is ours, or another tab has it.
    Locked(bool),
    /// What stands in the outbox; `None` if it cannot be read.
    Loaded(Option<Vec<Row>>),
    /// What came back for the row that was posted.
    Replied(Verdict<R>),
    /// The row is gone from the storage (and a mark stands there), or the storage refused.
    Settled(bool),
}

/// What to do. Each of the first four is answered by an input; the carrier does them in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect<R> {
    /// Ask for the lock without waiting for it; answered by [`Input::Locked`].
    Lock,
    /// Read the outbox; answered by [`Input::Loaded`].
    Load,
    /// Post a row's body as it is; answered by [`Input::Replied`].
    Post(Row),
    /// Take the row away and leave a mark, if its digest is this one; answered by [`Input::Settled`].
    Settle {
        /// The row's id.
        id: String,
        /// The digest that the receipt names.
        digest: String,
        /// What the person may want to see.
        receipt: R,
    },
    /// Give the lock back.
    Unlock,
    /// Wake in so many milliseconds; an earlier timer is forgotten.
    Timer(u32),
    /// The server's word came: show it to whoever this row is.
    Received {
        /// The row's id.
        id: String,
        /// The receipt.
        receipt: R,
    },
    /// Show how things stand.
    Show(Status),
}

/// How things stand, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Rows that wait, as far as is known.
    pub waiting: usize,
    /// Whether one is being sent now.
    pub is_sending: bool,
    /// Whether the last try found nobody.
    pub is_unreachable: bool,
    /// Rows that the server does not take.
    pub refused: usize,
    /// Whether one of them came before with other bytes.
    pub has_conflict: bool,
    /// Rows that only this page holds.
    pub unkept: usize,
    /// Rows received since the page was loaded.
    pub received: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Resting,
    Locking,
    Loading,
    Posting,
    Settling,
}

/// The machine. `R` is a receipt as the carrier knows it.
#[derive(Clone, Debug)]
pub struct Uploader<R> {
    phase: Phase,
    /// Something woke it during a round.
    is_wanted: bool,
    /// Rows of this round, the next one last.
    queue: Vec<Row>,
    /// The row that is under way.
    current: Option<Row>,
    /// Rows that the storage did not take.
    unkept: Vec<Row>,
    /// Digests of what a receipt came for, though the storage may still show them: not to be posted again.
    settled: Vec<String>,
    /// What was refused in the last round that reached the row.
    refused: Vec<(String, Refusal)>,
    /// The rows that the storage held when the round began, by digest.
    loaded: Vec<String>,
    /// The storage could not be read: what waits in it is not known.
    is_unread: bool,
    waiting: usize,
    received: usize,
    is_unreachable: bool,
    /// What the server asked for: milliseconds to wait.
    pause: Option<u32>,
    backoff: Backoff,
    _receipt: std::marker::PhantomData<R>,
}

impl<R: Clone> Uploader<R> {
    /// A machine at rest. `seed` spreads phones out; see [`Backoff::new`].
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            phase: Phase::Resting,
            is_wanted: false,
            queue: Vec::new(),
            current: None,
            unkept: Vec::new(),
            settled: Vec::new(),
            refused: Vec::new(),
            loaded: Vec::new(),
            is_unread: false,
            waiting: 0,
            received: 0,
            is_unreachable: false,
            pause: None,
            backoff: Backoff::new(seed),
            _receipt: std::marker::PhantomData,
        }
    }

    /// How things stand.
    #[must_use]
    pub fn status(&self) -> Status {
        Status {
            waiting: self.waiting,
            is_sending: self.phase == Phase::Posting,
            is_unreachable: self.is_unreachable,
            refused: self.refused.len(),
            has_conflict: self.refused.iter().any(|(_, reason)| *reason == Refusal::Conflict),
            unkept: self.unkept.len(),
            received: self.received,
        }
    }

    /// Takes what happened and says what to do. An input that answers nothing that was asked is ignored.
    pub fn step(&mut self, input: Input<R>) -> Vec<Effect<R>> {
        let mut effects = Vec::new();
        match (self.phase, input) {
            (_, Input::Unkept(row)) => {
                if !self.unkept.contains(&row) {
                    self.unkept.push(row);
                    self.waiting += 1;
                }
                self.wake(&mut effects);
            }
            (_, Input::Kept) => {
                self.waiting += 1;
                self.wake(&mut effects);
            }
            (_, Input::Wake) => self.wake(&mut effects),
            (Phase::Locking, Input::Locked(true)) => {
                self.phase = Phase::Loading;
                // What woke it until now is read; what comes while it reads may be missed and asks for another round.
                self.is_wanted = false;
                effects.push(Effect::Load);
            }
            (Phase::Locking, Input::Locked(false)) => {
                // The other tab sends what is stored; what only this page holds it cannot know of.
                self.phase = Phase::Resting;
                self.is_wanted = false;
                effects.push(Effect::Timer(self.backoff.jittered(TAKEN_MS)));
            }
            (Phase::Loading, Input::Loaded(rows)) => {
                self.begin_round(rows);
                self.next(&mut effects);
            }
            (Phase::Posting, Input::Replied(verdict)) => self.judge(verdict, &mut effects),
            (Phase::Settling, Input::Settled(is_settled)) => {
                if !is_settled && let Some(digest) = self.settled.pop() {
                    // It still stands there: it comes again in the next round, and gets the same receipt.
                    self.waiting += usize::from(self.loaded.contains(&digest));
                }
                self.next(&mut effects);
            }
            _ => return effects,
        }
        effects.push(Effect::Show(self.status()));
        effects
    }

    fn wake(&mut self, effects: &mut Vec<Effect<R>>) {
        if self.phase == Phase::Resting {
            self.phase = Phase::Locking;
            effects.push(Effect::Lock);
        } else {
            self.is_wanted = true;
        }
    }

    fn begin_round(&mut self, rows: Option<Vec<Row>>) {
        self.is_unread = rows.is_none();
        let mut rows: Vec<Row> = rows.unwrap_or_default();
        self.loaded = rows.iter().map(|row| row.digest.clone()).collect();
        rows.retain(|row| !self.settled.contains(&row.digest));
        let unkept = self.unkept.iter().filter(|row| !rows.contains(row)).cloned();
        rows = rows.iter().cloned().chain(unkept).collect();
        // What was known to wait in a storage that cannot be read now waits there still.
        self.waiting = if self.is_unread { self.waiting.max(rows.len()) } else { rows.len() };
        // What was refused before stands behind the others, so that it never holds them up.
        let refused = |row: &Row| self.refused.iter().any(|(id, _)| *id == row.id);
        let (mut last, mut first): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(refused);
        first.append(&mut last);
        let mut rows = first;
        self.refused.retain(|(id, _)| rows.iter().any(|row| row.id == *id));
        rows.reverse();
        self.queue = rows;
        self.pause = None;
    }

    /// The next row, or the end of the round.
    fn next(&mut self, effects: &mut Vec<Effect<R>>) {
        if let Some(row) = self.queue.pop() {
            self.phase = Phase::Posting;
            self.current = Some(row.clone());
            effects.push(Effect::Post(row));
            return;
        }
        self.current = None;
        effects.push(Effect::Unlock);
        self.phase = Phase::Resting;
        if self.is_wanted && self.pause.is_none() {
            self.is_wanted = false;
            self.wake(effects);
        } else if self.waiting > 0 || self.is_unread {
            let wait = match self.pause.take() {
                Some(pause) => pause,
                None => self.backoff.jittered(PATROL_MS),
            };
            self.is_wanted = false;
            effects.push(Effect::Timer(wait));
        }
    }

    fn judge(&mut self, verdict: Verdict<R>, effects: &mut Vec<Effect<R>>) {
        let Some(row) = self.current.take() else { return self.next(effects) };
        self.is_unreachable = false;
        match verdict {
            Verdict::Receipt(receipt) => {
                self.backoff.succeed();
                self.refused.retain(|(id, _)| *id != row.id);
                self.settled.push(row.digest.clone());
                self.unkept.retain(|other| *other != row);
                self.waiting = self.waiting.saturating_sub(1);
                self.received += 1;
                self.phase = Phase::Settling;
                effects.push(Effect::Received { id: row.id.clone(), receipt: receipt.clone() });
                effects.push(Effect::Settle { id: row.id, digest: row.digest, receipt });
            }
            Verdict::Refused(reason) => {
                self.backoff.succeed();
                self.refused.retain(|(id, _)| *id != row.id);
                self.refused.push((row.id, reason));
                self.next(effects);
            }
            Verdict::Busy(seconds) => self.stop(seconds.saturating_mul(1_000), effects),
            Verdict::Nothing => {
                self.is_unreachable = true;
                let wait = self.backoff.fail();
                self.stop(wait, effects);
            }
        }
    }

    /// Ends the round: whoever did not answer this row will not answer the next one either.
    fn stop(&mut self, wait: u32, effects: &mut Vec<Effect<R>>) {
        self.queue.clear();
        self.pause = Some(wait);
        self.next(effects);
    }
}

#[cfg(test)]
mod tests;
