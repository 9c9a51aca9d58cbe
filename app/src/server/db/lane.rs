//! Lanes for rows that everybody writes to, such as counts.
//!
//! On PostgreSQL a transaction that changes a row which another one has changed since it began has to run again, so a
//! count that every answer adds to would make all answers of one moment run one after another, and most of them
//! twice. Such a row therefore exists once for each lane, and a transaction writes in its own; who reads adds the
//! lanes up. Transactions of one process never share a lane, those of several servers seldom. SQLite has one writer
//! and so one lane.

use sea_orm::DbBackend;
use std::sync::{Arc, Mutex, PoisonError};

/// Twice as many as the connections that write, so that two servers seldom meet; no more, because whoever reads a
/// count reads as many rows.
const LANES: u32 = 16;

/// The lanes of one database as one process uses them.
pub(super) struct Lanes {
    count: u32,
    /// One bit for each lane that is taken.
    taken: Mutex<u32>,
}

impl Lanes {
    pub(super) fn new(backend: DbBackend) -> Self {
        let count = if backend == DbBackend::Sqlite { 1 } else { LANES };
        Self { count, taken: Mutex::new(0) }
    }

    /// A lane that nobody here has, any of them; should all be taken, one that is shared.
    pub(super) fn take(self: &Arc<Self>) -> Lane {
        let mut byte = [0_u8; 1];
        let _ = getrandom::fill(&mut byte);
        let begin = u32::from(byte[0]);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lanes = (0..self.count).map(|step| (begin + step) % self.count);
        match lanes.find(|number| *taken & (1 << number) == 0) {
            Some(number) => {
                *taken |= 1 << number;
                Lane { number, home: Some(Arc::clone(self)) }
            }
            None => Lane { number: begin % self.count, home: None },
        }
    }
}

/// A lane, given back with the value.
pub(super) struct Lane {
    number: u32,
    home: Option<Arc<Lanes>>,
}

impl Lane {
    pub(super) fn number(&self) -> i64 {
        i64::from(self.number)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if let Some(lanes) = &self.home {
            *lanes.taken.lock().unwrap_or_else(PoisonError::into_inner) &= !(1 << self.number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn nobody_shares_a_lane_until_all_are_taken_and_it_is_given_back() {
        let lanes = Arc::new(Lanes::new(DbBackend::Postgres));
        let held: Vec<Lane> = (0..LANES).map(|_| lanes.take()).collect();
        let numbers: BTreeSet<i64> = held.iter().map(Lane::number).collect();
        assert_eq!(numbers, (0..i64::from(LANES)).collect());
        assert!(numbers.contains(&lanes.take().number()), "one too many shares");
        drop(held);
        assert_eq!(*lanes.taken.lock().unwrap(), 0);
    }

    #[test]
    fn sqlite_has_one_lane() {
        let lanes = Arc::new(Lanes::new(DbBackend::Sqlite));
        let held = lanes.take();
        assert_eq!((held.number(), lanes.take().number()), (0, 0));
    }
}
