//! How long to wait after a failure: longer each time, never the same for two phones, never for ever.

/// The first wait, in milliseconds.
pub const FIRST_MS: u32 = 2_000;

/// The longest wait before jitter, in milliseconds: whoever stands in a lift is through before the tea is cold.
pub const LONGEST_MS: u32 = 300_000;

/// Waits, with a little randomness of their own so that a class of phones does not come back all at once.
#[derive(Clone, Debug)]
pub struct Backoff {
    failures: u32,
    random: u64,
}

impl Backoff {
    /// `seed` should differ between phones; it guards nothing.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        // splitmix64: seeds that lie close together give numbers that do not.
        let mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self { failures: 0, random: (mixed ^ (mixed >> 31)) | 1 }
    }

    /// One more failure: how long to wait now, between half of the step and the whole of it.
    pub fn fail(&mut self) -> u32 {
        let step = FIRST_MS.checked_shl(self.failures.min(16)).unwrap_or(LONGEST_MS).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        self.jittered(step)
    }

    /// Something went through.
    pub const fn succeed(&mut self) {
        self.failures = 0;
    }

    /// Between half of `step` and the whole of it.
    pub fn jittered(&mut self, step: u32) -> u32 {
        // xorshift64: enough to spread phones out.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let half = step / 2;
        let spread = u64::from(step - half) + 1;
        half + u32::try_from(self.random % spread).unwrap_or(half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stop_growing() {
        let mut backoff = Backoff::new(7);
        for step in [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000] {
            let wait = backoff.fail();
            assert!((step / 2..=step).contains(&wait), "{wait} for {step}");
        }
        (0..1_000).for_each(|_| assert!((LONGEST_MS / 2..=LONGEST_MS).contains(&backoff.fail())));
        backoff.succeed();
        assert!(backoff.fail() <= FIRST_MS);
    }

    #[test]
    fn phones_do_not_wait_alike() {
        let first = |seed| Backoff::new(seed).jittered(300_000);
        let waits: std::collections::BTreeSet<u32> = (1..=100).map(first).collect();
        assert!(waits.len() > 95, "{}", waits.len());
    }
}
