//! How often a passphrase may be tried, without locking anybody out and without keeping anybody's address.
//!
//! Every try is charged before the passphrase is looked at. An account tried from unknown browsers answers five
//! times at once and then ever more slowly, down to one try a minute; a browser that has signed in to the account
//! before has a bucket of its own (OWASP's device cookie), so that an attack upon the account does not keep its
//! owner out. One bucket for everybody bounds the work of guessing many accounts. All of it lives in memory, is
//! bounded, and forgets within minutes. Keys are keyed hashes.

use std::collections::HashMap;

/// An account or a device: a keyed hash, never an address.
pub type Key = [u8; 32];

/// Tries an account answers without delay.
const FREE_TRIES: u32 = 5;
/// No wait for a passphrase is longer, in milliseconds.
const LONGEST_WAIT_MS: i64 = 60_000;
/// Tries that are remembered at most: all is forgotten after as many times the longest wait of quiet.
const MOST_TRIES: i64 = 12;
/// No wait for a code is longer: six digits are guessed sooner than a passphrase. At four tries an hour, three codes of a
/// million being good at a time, guessing takes ten years; and whoever gets so far knows the passphrase already.
const LONGEST_WAIT_FOR_CODE_MS: i64 = 15 * 60_000;
/// The same for codes: the delay doubles until it is a quarter of an hour.
const MOST_TRIES_OF_CODES: i64 = 16;
/// Accounts, and devices, that are remembered at most.
const MOST_KEYS: usize = 4_096;
/// Tries from unknown browsers that everybody together may make at once.
const SHARED_BURST: i64 = 30;
/// After the burst, one try in so many milliseconds.
const SHARED_EVERY_MS: i64 = 500;

/// Seconds until another try is welcome: 1 to 60, for codes to 900.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u32);

/// The memory of tries.
#[derive(Debug, Default)]
pub struct Throttle {
    accounts: Buckets,
    devices: Buckets,
    /// When the shared bucket will be full again.
    shared_full_at: i64,
}

impl Throttle {
    /// The memory of tries at codes, which come more slowly.
    #[must_use]
    pub fn for_codes() -> Self {
        let buckets = || Buckets { tries: HashMap::new(), pace: Pace::OF_CODES };
        Self { accounts: buckets(), devices: buckets(), shared_full_at: 0 }
    }

    /// Asks for one try at `account`, and charges it. `device` is set if the browser has signed in to this account
    /// before.
    ///
    /// # Errors
    /// How long to wait; nothing is charged then, so that asking too early makes nothing worse.
    pub fn admit(&mut self, now_ms: i64, account: Key, device: Option<Key>) -> Result<(), Wait> {
        if let Some(device) = device {
            return self.devices.admit(now_ms, device);
        }
        self.accounts.ready(now_ms, account)?;
        let burst_ms = SHARED_BURST * SHARED_EVERY_MS;
        // Fuller than full means that the clock was set back: begin anew.
        let was_full_at = if self.shared_full_at > now_ms + burst_ms { now_ms } else { self.shared_full_at };
        let full_at = was_full_at.max(now_ms) + SHARED_EVERY_MS;
        let over = full_at - now_ms - burst_ms;
        if over > 0 {
            return Err(wait(over));
        }
        self.shared_full_at = full_at;
        self.accounts.admit(now_ms, account)
    }

    /// The passphrase was right: its tries are forgotten, by the door it came through.
    pub fn succeeded(&mut self, account: Key, device: Option<Key>) {
        match device {
            Some(device) => self.devices.forget(device),
            None => self.accounts.forget(account),
        }
    }
}

/// How fast tries come at worst.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// No wait is longer; one try is forgotten after as long, in milliseconds. At the longest wait tries come as fast as
    /// they are forgotten, so that the delay stays where it is.
    longest_wait_ms: i64,
    /// Tries that are remembered at most.
    most_tries: i64,
}

impl Pace {
    const OF_PASSPHRASES: Self = Self { longest_wait_ms: LONGEST_WAIT_MS, most_tries: MOST_TRIES };
    const OF_CODES: Self = Self { longest_wait_ms: LONGEST_WAIT_FOR_CODE_MS, most_tries: MOST_TRIES_OF_CODES };
}

/// Tries by key.
#[derive(Debug)]
struct Buckets {
    tries: HashMap<Key, Bucket>,
    pace: Pace,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { tries: HashMap::new(), pace: Pace::OF_PASSPHRASES }
    }
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// When all tries will be forgotten.
    empty_at: i64,
    /// When the next try is welcome.
    ready_at: i64,
}

impl Buckets {
    /// Whether a try is welcome now.
    fn ready(&self, now_ms: i64, key: Key) -> Result<(), Wait> {
        match self.tries.get(&key) {
            // A longer wait than the longest means that the clock was set back: nobody waits for that.
            Some(bucket) if (1..=self.pace.longest_wait_ms).contains(&(bucket.ready_at - now_ms)) => {
                Err(wait(bucket.ready_at - now_ms))
            }
            _ => Ok(()),
        }
    }

    fn admit(&mut self, now_ms: i64, key: Key) -> Result<(), Wait> {
        self.ready(now_ms, key)?;
        if self.tries.len() >= MOST_KEYS && !self.tries.contains_key(&key) {
            self.make_room(now_ms);
        }
        let Pace { longest_wait_ms, most_tries } = self.pace;
        let bucket = self.tries.entry(key).or_insert(Bucket { empty_at: now_ms, ready_at: now_ms });
        let most = now_ms + most_tries * longest_wait_ms;
        bucket.empty_at = (bucket.empty_at.max(now_ms) + longest_wait_ms).min(most);
        let tries = rounded_up(bucket.empty_at - now_ms, longest_wait_ms);
        bucket.ready_at = now_ms + delay_ms(tries, longest_wait_ms);
        Ok(())
    }

    fn forget(&mut self, key: Key) {
        self.tries.remove(&key);
    }

    /// Drops what is forgotten, and if that is nothing, the key that was tried least.
    fn make_room(&mut self, now_ms: i64) {
        self.tries.retain(|_, bucket| bucket.empty_at > now_ms);
        if self.tries.len() >= MOST_KEYS
            && let Some(least) = self.tries.iter().min_by_key(|(_, bucket)| bucket.empty_at).map(|(key, _)| *key)
        {
            self.tries.remove(&least);
        }
    }
}

/// The wait after so many tries: none, then 1, 2, 4 … seconds.
fn delay_ms(tries: u32, longest_ms: i64) -> i64 {
    let over = tries.saturating_sub(FREE_TRIES);
    if over == 0 { 0 } else { 1_000_i64.checked_shl(over - 1).unwrap_or(longest_ms).min(longest_ms) }
}

/// Milliseconds as whole seconds, rounded up.
fn wait(milliseconds: i64) -> Wait {
    Wait(rounded_up(milliseconds, 1_000).max(1))
}

/// How many `unit`s hold `amount`.
fn rounded_up(amount: i64, unit: i64) -> u32 {
    u32::try_from((amount + unit - 1) / unit).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: Key = [1; 32];
    const DEVICE: Key = [2; 32];

    fn key(number: u32) -> Key {
        let mut key = [9; 32];
        key[..4].copy_from_slice(&number.to_le_bytes());
        key
    }

    /// Tries every 100 ms for as long as told; how many were admitted.
    fn attack(throttle: &mut Throttle, from_ms: i64, tries: i64) -> i64 {
        (0..tries).filter(|n| throttle.admit(from_ms + n * 100, OWNER, None).is_ok()).count() as i64
    }

    #[test]
    fn a_thousand_tries_do_not_keep_the_owners_browser_out() {
        let mut throttle = Throttle::default();
        let admitted = attack(&mut throttle, 0, 1_000);
        assert!(admitted <= 13, "{admitted} guesses in 100 seconds");
        assert_eq!(throttle.admit(100_000, OWNER, Some(DEVICE)), Ok(()));
    }

    #[test]
    fn an_unknown_browser_waits_a_minute_at_most() {
        let mut throttle = Throttle::default();
        let admitted = attack(&mut throttle, 0, 100_000);
        assert!(admitted <= 200, "{admitted} guesses in 10,000 seconds");
        let Err(Wait(seconds)) = throttle.admit(10_000_000, OWNER, None) else { panic!("no wait after an attack") };
        assert!((1..=60).contains(&seconds), "{seconds}");
        assert_eq!(throttle.admit(10_000_000 + i64::from(seconds) * 1_000, OWNER, None), Ok(()));
    }

    #[test]
    fn guessing_six_digits_takes_years() {
        let mut throttle = Throttle::for_codes();
        // A day of tries, one each time it is welcome.
        let (mut now, mut admitted) = (0, 0_i64);
        while now < 24 * 60 * 60 * 1_000 {
            match throttle.admit(now, OWNER, None) {
                Ok(()) => admitted += 1,
                Err(Wait(seconds)) => now += i64::from(seconds) * 1_000,
            }
        }
        assert!((90..=115).contains(&admitted), "{admitted} guesses in a day");
        // Three codes of a million are good at a time: even odds after so many days.
        assert!(231_000 / admitted > 5 * 365);
        assert_eq!(throttle.admit(now, OWNER, Some(DEVICE)), Ok(()), "the owner's own browser does not wait");
    }

    #[test]
    fn asking_too_early_makes_nothing_worse() {
        let mut throttle = Throttle::default();
        while throttle.admit(0, OWNER, None).is_ok() {}
        let first = throttle.admit(0, OWNER, None);
        for _ in 0..1_000 {
            assert_eq!(throttle.admit(0, OWNER, None), first);
        }
    }

    #[test]
    fn five_tries_are_free_then_the_delay_doubles() {
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.admit(0, OWNER, None), Ok(()));
        }
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..8 {
            assert_eq!(throttle.admit(now, OWNER, None), Ok(()));
            let Err(Wait(seconds)) = throttle.admit(now, OWNER, None) else { panic!("no delay") };
            waits.push(seconds);
            now += i64::from(seconds) * 1_000;
        }
        assert_eq!(waits[..6], [1, 2, 4, 8, 16, 32]);
        assert!(waits.iter().all(|seconds| *seconds <= 60));
    }

    #[test]
    fn a_known_browser_is_slowed_too() {
        let mut throttle = Throttle::default();
        let admitted = (0..1_000).filter(|n| throttle.admit(n * 100, OWNER, Some(DEVICE)).is_ok()).count();
        assert!(admitted <= 13, "{admitted}");
        assert_eq!(throttle.admit(100_000, OWNER, None), Ok(()), "the account itself was not tried");
    }

    #[test]
    fn success_clears_the_door_it_came_through() {
        let mut throttle = Throttle::default();
        while throttle.admit(0, OWNER, None).is_ok() {}
        while throttle.admit(0, OWNER, Some(DEVICE)).is_ok() {}
        throttle.succeeded(OWNER, Some(DEVICE));
        assert_eq!(throttle.admit(0, OWNER, Some(DEVICE)), Ok(()));
        assert!(throttle.admit(0, OWNER, None).is_err(), "the attacker's door stays slow");
        throttle.succeeded(OWNER, None);
        assert_eq!(throttle.admit(0, OWNER, None), Ok(()));
    }

    #[test]
    fn guessing_many_accounts_is_bounded_and_keeps_nobody_out_for_long() {
        let mut throttle = Throttle::default();
        let admitted = (0..10_000).filter(|n| throttle.admit(0, key(*n), None).is_ok()).count();
        assert_eq!(admitted, 30);
        assert_eq!(throttle.admit(0, OWNER, None), Err(Wait(1)));
        assert_eq!(throttle.admit(0, OWNER, Some(DEVICE)), Ok(()), "a known browser does not stand in that queue");
        assert_eq!(throttle.admit(1_000, OWNER, None), Ok(()));
    }

    #[test]
    fn memory_is_bounded_and_the_most_tried_account_is_kept() {
        let mut buckets = Buckets::default();
        for _ in 0..5 {
            assert_eq!(buckets.admit(0, OWNER), Ok(()));
        }
        assert_eq!(buckets.admit(0, OWNER), Ok(()));
        for number in 0..20_000 {
            let _ = buckets.admit(0, key(number));
        }
        assert_eq!(buckets.tries.len(), MOST_KEYS);
        assert!(buckets.admit(0, OWNER).is_err(), "an attack on many names must not clear an account's delay");
    }

    #[test]
    fn a_clock_set_back_keeps_nobody_out() {
        let mut throttle = Throttle::default();
        attack(&mut throttle, 10_000_000, 1_000);
        assert_eq!(throttle.admit(0, OWNER, None), Ok(()));
    }

    #[test]
    fn everything_is_forgotten_after_quiet_minutes() {
        let mut throttle = Throttle::default();
        attack(&mut throttle, 0, 1_000);
        let later = 100_000 + MOST_TRIES * LONGEST_WAIT_MS;
        for _ in 0..5 {
            assert_eq!(throttle.admit(later, OWNER, None), Ok(()));
        }
    }
}
