//! Who waits for a receipt to be stretched. Networks take turns, so that one which sends ten thousand delays itself and
//! nobody else: there is no number of voices that this site takes a day, and no address that is shut out.
//!
//! In memory, and for as long as somebody waits; a network is a salted hash.

use crate::{error::AppError, questionnaires::server::effort::Client, server::Context};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// So many receipts are stretched at once: each takes 32 MiB and a core.
const AT_ONCE: usize = 2;
/// So many of one network wait; another one is asked to come again.
const MOST_OF_ONE: usize = 32;
/// So many networks wait at once in lines of their own; those beyond share one.
const MOST_NETWORKS: usize = 512;
/// The line that they share.
const SHARED: u64 = 0;
/// When another try is welcome, in seconds.
const RETRY_AFTER: u32 = 5;

/// The lines of those who wait, and the places that are free. `W` is who waits.
struct Lines<W> {
    free: usize,
    turns: VecDeque<u64>,
    waiting: HashMap<u64, VecDeque<W>>,
}

impl<W> Default for Lines<W> {
    fn default() -> Self {
        Self { free: AT_ONCE, turns: VecDeque::new(), waiting: HashMap::new() }
    }
}

impl<W> Lines<W> {
    /// Takes a place that is free.
    fn take(&mut self) -> bool {
        let is_free = self.free > 0;
        self.free -= usize::from(is_free);
        is_free
    }

    /// Puts somebody at the end of their network's line; gives them back if it is too long.
    fn join(&mut self, network: u64, who: W) -> Result<(), W> {
        let has_line = self.waiting.contains_key(&network) || self.turns.len() < MOST_NETWORKS;
        let network = if has_line { network } else { SHARED };
        let line = self.waiting.get(&network).map_or(0, VecDeque::len);
        if line >= MOST_OF_ONE {
            return Err(who);
        }
        if line == 0 {
            self.turns.push_back(network);
        }
        self.waiting.entry(network).or_default().push_back(who);
        Ok(())
    }

    /// Who is next: the first of the network whose turn it is, which then stands behind all others.
    fn next(&mut self) -> Option<W> {
        let network = self.turns.pop_front()?;
        let line = self.waiting.get_mut(&network)?;
        let who = line.pop_front();
        if line.is_empty() {
            self.waiting.remove(&network);
        } else {
            self.turns.push_back(network);
        }
        who
    }
}

/// Shared by all requests of the process.
pub(super) struct Queue {
    salt: [u8; 32],
    lines: Arc<Mutex<Lines<oneshot::Sender<Place>>>>,
}

impl Default for Queue {
    fn default() -> Self {
        let mut salt = [0; 32];
        // Without randomness all networks could be told apart by who knows how: nothing is kept of them anyhow.
        let _ = getrandom::fill(&mut salt);
        Self { salt, lines: Arc::default() }
    }
}

/// A place at the work; whoever drops it lets the next one in. Empty once it was handed on.
pub(super) struct Place(Option<Arc<Mutex<Lines<oneshot::Sender<Self>>>>>);

impl Drop for Place {
    fn drop(&mut self) {
        let Some(lines) = self.0.take() else { return };
        loop {
            let next = lock(&lines).next();
            let Some(next) = next else {
                lock(&lines).free += 1;
                return;
            };
            // Who has gone away meanwhile is passed over; the place that comes back is empty then.
            match next.send(Self(Some(Arc::clone(&lines)))) {
                Ok(()) => return,
                Err(mut place) => place.0 = None,
            }
        }
    }
}

fn lock<W>(lines: &Mutex<Lines<W>>) -> MutexGuard<'_, Lines<W>> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a place.
///
/// # Errors
/// [`AppError::TooManyRequests`] if very many of this network wait already.
pub(super) async fn enter(ctx: &Context, client: Client) -> Result<Place, AppError> {
    let queue = ctx.part::<Queue>();
    let busy = AppError::TooManyRequests { retry_after: RETRY_AFTER };
    let waiting = {
        let mut lines = lock(&queue.lines);
        if lines.take() {
            return Ok(Place(Some(Arc::clone(&queue.lines))));
        }
        let (sender, receiver) = oneshot::channel();
        let network = client.network(&queue.salt).unwrap_or(SHARED);
        lines.join(network, sender).map_err(|_| busy.clone())?;
        receiver
    };
    waiting.await.map_err(|_| busy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_take_turns_however_many_of_one_wait() {
        let mut lines = Lines::default();
        assert!(lines.take() && lines.take() && !lines.take());
        for junk in 0..100 {
            let is_in = lines.join(1, junk).is_ok();
            assert_eq!(is_in, junk < i32::try_from(MOST_OF_ONE).unwrap());
        }
        lines.join(2, 1_000).unwrap();
        lines.join(3, 2_000).unwrap();
        let next: Vec<_> = (0..5).filter_map(|_| lines.next()).collect();
        assert_eq!(next, [0, 1_000, 2_000, 1, 2]);
    }

    #[test]
    fn everybody_comes_out_once_and_nothing_is_kept() {
        let mut lines = Lines::default();
        for who in 0..60 {
            lines.join(u64::try_from(who % 7).unwrap(), who).unwrap();
        }
        let mut out: Vec<_> = std::iter::from_fn(|| lines.next()).collect();
        out.sort_unstable();
        assert_eq!(out, (0..60).collect::<Vec<_>>());
        assert!(lines.turns.is_empty() && lines.waiting.is_empty());
    }

    #[test]
    fn many_networks_are_no_way_to_fill_the_memory() {
        let mut lines = Lines::default();
        let joined = (1..10_000).filter(|network| lines.join(*network, ()).is_ok()).count();
        assert_eq!(joined, MOST_NETWORKS + MOST_OF_ONE);
        assert_eq!(lines.turns.len(), MOST_NETWORKS + 1);
    }

    #[tokio::test]
    async fn place_goes_on_to_who_still_waits() {
        let queue = Queue::default();
        let (gone, gone_receiver) = oneshot::channel();
        let (there, there_receiver) = oneshot::channel();
        let place = {
            let mut lines = lock(&queue.lines);
            assert!(lines.take() && lines.take());
            assert!(lines.join(1, gone).is_ok() && lines.join(2, there).is_ok());
            Place(Some(Arc::clone(&queue.lines)))
        };
        drop(gone_receiver);
        drop(place);
        let place = there_receiver.await.unwrap();
        assert_eq!(lock(&queue.lines).free, 0);
        drop(place);
        assert_eq!(lock(&queue.lines).free, 1);
    }
}
