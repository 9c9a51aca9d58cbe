//! The rule of effort, pure, with the time as input.

use sha2::{Digest, Sha256};
use std::{collections::HashMap, net::IpAddr};

/// One answer wears off in this time: 150 in ten minutes from one network never add up.
const COST_MS: i64 = 4_000;
/// One counted page in this: a class may turn ten pages a second.
const STEP_COST_MS: i64 = 100;
/// One letter of the voice desk in this: a dormitory writes one in two minutes without being asked for anything.
const VOICE_COST_MS: i64 = 120_000;
/// So many letters that have not worn off cost no work,
const FREE_VOICES: i64 = 8;
/// the next one so many bits, and each doubling of them two more,
const FIRST_BITS: u32 = 14;
/// up to this: a minute of a cheap phone.
const MOST_BITS: u32 = 22;
/// So many that have not worn off may come at once; from then on answers wait.
const WAIT_FROM: i64 = 40;
/// From so many on they are refused for a while.
const REFUSE_FROM: i64 = 240;
/// Each further answer waits so much longer,
const WAIT_STEP_MS: i64 = 50;
/// up to this.
const WAIT_MAX_MS: i64 = 4_000;
/// Nobody is asked back sooner: a shorter pause would only make a busy program busier.
const RETRY_MIN_S: i64 = 10;
/// The bucket of all whose network is unknown holds so many times more.
const SHARED: i64 = 40;
/// Networks that are remembered at once; the others share a bucket.
const NETWORKS: usize = 4_096;
/// After this time the salt is thrown away and with it what is known of every network.
const SALT_MS: i64 = 3_600_000;
/// What is asked of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing: it goes through at once.
    Nothing,
    /// Patience.
    Wait {
        /// For so long.
        milliseconds: u64,
    },
    /// To come again later.
    Refusal {
        /// Seconds until another try is welcome.
        retry_after: u32,
    },
}

/// The rule, with the time as input. A bucket is the instant at which everything in it will have worn off.
pub struct Meter {
    cost_ms: i64,
    new_salt: fn() -> [u8; 32],
    salt: [u8; 32],
    salted_at: i64,
    networks: HashMap<u64, i64>,
    shared: i64,
}

impl Meter {
    /// Nothing is known of anybody. `new_salt` is called now and every hour.
    #[must_use]
    pub fn new(new_salt: fn() -> [u8; 32]) -> Self {
        Self { cost_ms: COST_MS, new_salt, salt: new_salt(), salted_at: i64::MIN, networks: HashMap::new(), shared: 0 }
    }

    /// The same for the pages that are counted.
    #[must_use]
    pub fn of_steps(new_salt: fn() -> [u8; 32]) -> Self {
        Self { cost_ms: STEP_COST_MS, ..Self::new(new_salt) }
    }

    /// The same for letters of the voice desk.
    #[must_use]
    pub fn of_voices(new_salt: fn() -> [u8; 32]) -> Self {
        Self { cost_ms: VOICE_COST_MS, ..Self::new(new_salt) }
    }

    /// How many from this address have not worn off; nothing is added.
    pub fn inside(&mut self, address: Option<IpAddr>, now_ms: i64) -> i64 {
        self.renew(now_ms);
        let known = address.and_then(|address| self.networks.get(&network(&self.salt, address)));
        let (worn_off_at, cost_ms) = match (known, address) {
            (Some(worn_off_at), _) => (*worn_off_at, self.cost_ms),
            (None, Some(_)) if self.networks.len() < NETWORKS => return 0,
            (None, _) => (self.shared, self.cost_ms / SHARED),
        };
        worn_off_at.saturating_sub(now_ms).clamp(0, (REFUSE_FROM + 1) * cost_ms) / cost_ms
    }

    /// Throws the salt away when it is an hour old, and what has worn off when there is no room.
    fn renew(&mut self, now_ms: i64) {
        if !(0..SALT_MS).contains(&now_ms.saturating_sub(self.salted_at)) {
            self.salt = (self.new_salt)();
            self.salted_at = now_ms;
            self.networks.clear();
        }
        if self.networks.len() >= NETWORKS {
            self.networks.retain(|_, worn_off_at| *worn_off_at > now_ms);
        }
    }

    /// What is asked of one more answer from this address; it counts unless it is refused.
    pub fn ask(&mut self, address: Option<IpAddr>, now_ms: i64) -> Asked {
        self.renew(now_ms);
        let network = address.map(|address| network(&self.salt, address));
        let has_room = self.networks.len() < NETWORKS;
        match network.filter(|network| has_room || self.networks.contains_key(network)) {
            Some(network) => ask(self.networks.entry(network).or_default(), self.cost_ms, now_ms),
            None => ask(&mut self.shared, self.cost_ms / SHARED, now_ms),
        }
    }
}

/// How many bits of work the next letter costs when so many have not worn off.
#[must_use]
pub fn bits(inside: i64) -> u32 {
    match u32::try_from(inside / FREE_VOICES).unwrap_or(0) {
        0 => 0,
        times => (FIRST_BITS + 2 * times.ilog2()).min(MOST_BITS),
    }
}

/// The network an address stands in (for IPv6 what one household is given), salted and hashed.
pub(super) fn network(salt: &[u8; 32], address: IpAddr) -> u64 {
    let mut hash = Sha256::new();
    hash.update(salt);
    match address.to_canonical() {
        IpAddr::V4(address) => hash.update(address.octets()),
        IpAddr::V6(address) => hash.update(&address.octets()[..7]),
    }
    let mut network = [0; 8];
    network.copy_from_slice(&hash.finalize()[..8]);
    u64::from_le_bytes(network)
}

/// Asks one bucket and, unless it refuses, puts one answer in.
fn ask(worn_off_at: &mut i64, cost_ms: i64, now_ms: i64) -> Asked {
    // A clock that was set back must not keep anybody out for longer than a full bucket lasts. The last one let in
    // stands over the rim: cut off there, every second one of a flood would be let in.
    let left_ms = worn_off_at.saturating_sub(now_ms).clamp(0, (REFUSE_FROM + 1) * cost_ms);
    let inside = left_ms / cost_ms;
    if inside >= REFUSE_FROM {
        *worn_off_at = now_ms.saturating_add(left_ms);
        let seconds = (left_ms - REFUSE_FROM * cost_ms + cost_ms) / 1_000;
        return Asked::Refusal { retry_after: u32::try_from(seconds.max(RETRY_MIN_S)).unwrap_or(u32::MAX) };
    }
    *worn_off_at = now_ms.saturating_add(left_ms).saturating_add(cost_ms);
    if inside < WAIT_FROM {
        return Asked::Nothing;
    }
    let wait = ((inside - WAIT_FROM + 1) * WAIT_STEP_MS).min(WAIT_MAX_MS);
    Asked::Wait { milliseconds: u64::try_from(wait).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    const DORMITORY: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)));
    const MINUTE: i64 = 60_000;

    fn meter() -> Meter {
        Meter::new(|| [1; 32])
    }

    fn is_refusal(asked: Asked) -> bool {
        matches!(asked, Asked::Refusal { .. })
    }

    #[test]
    fn letters_of_a_dormitory_cost_nothing_and_a_flood_costs_more_and_more() {
        let mut meter = Meter::of_voices(|| [1; 32]);
        for at in 0..60 {
            assert_eq!(bits(meter.inside(DORMITORY, at * 2 * MINUTE)), 0, "one in two minutes");
            meter.ask(DORMITORY, at * 2 * MINUTE);
        }
        let now = 200 * MINUTE;
        let asked: Vec<u32> = (0..10_000)
            .map(|_| {
                let asked = bits(meter.inside(DORMITORY, now));
                meter.ask(DORMITORY, now);
                asked
            })
            .collect();
        assert_eq!((asked[0], asked[7], asked[8], asked[16], asked[32]), (0, 0, 14, 16, 18));
        assert!(asked.is_sorted() && asked[9_999] == MOST_BITS);
        // Somebody elsewhere is asked for nothing meanwhile, and the dormitory for nothing once it has worn off.
        let other = Some(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7)));
        assert_eq!(bits(meter.inside(other, now)), 0);
        assert_eq!(bits(meter.inside(DORMITORY, now + 59 * MINUTE)), MOST_BITS);
        assert_eq!(bits(meter.inside(DORMITORY, now + 61 * MINUTE)), 0);
    }

    #[test]
    fn class_in_one_dormitory_is_never_refused() {
        // 60 people in ten minutes, each of whom presses send three times; and all of them at the same moment.
        for gap in [10 * MINUTE / 180, 0] {
            let mut meter = meter();
            for sent in 0..180 {
                assert!(!is_refusal(meter.ask(DORMITORY, sent * gap)), "gap {gap}, answer {sent}");
            }
        }
    }

    #[test]
    fn sixty_in_ten_minutes_do_not_even_wait() {
        let mut meter = meter();
        for sent in 0..60 {
            assert_eq!(meter.ask(DORMITORY, sent * 10_000), Asked::Nothing);
        }
    }

    #[test]
    fn flood_waits_longer_and_longer_and_is_then_refused_for_a_while() {
        let mut meter = meter();
        let asked: Vec<Asked> = (0..300).map(|_| meter.ask(DORMITORY, 0)).collect();
        assert!(asked[..40].iter().all(|asked| *asked == Asked::Nothing));
        assert_eq!(asked[40], Asked::Wait { milliseconds: 50 });
        assert_eq!(asked[41], Asked::Wait { milliseconds: 100 });
        assert_eq!(asked[239], Asked::Wait { milliseconds: 4_000 });
        assert!(asked[240..].iter().all(|asked| *asked == Asked::Refusal { retry_after: 10 }), "{:?}", asked[240]);
        // Refusals cost nothing more, and after the time told there is room again.
        assert!(!is_refusal(meter.ask(DORMITORY, 10_000)));
        assert_eq!(meter.ask(DORMITORY, 20 * MINUTE), Asked::Nothing);
    }

    #[test]
    fn long_flood_gets_in_as_fast_as_it_wears_off() {
        let mut meter = meter();
        let let_in = (0..60_000).filter(|millisecond| !is_refusal(meter.ask(DORMITORY, *millisecond))).count();
        assert!((240..=256).contains(&let_in), "{let_in} in a minute");
    }

    #[test]
    fn flood_of_one_network_does_not_touch_another() {
        let mut meter = meter();
        (0..300).for_each(|_| _ = meter.ask(DORMITORY, 0));
        assert_eq!(meter.ask(Some(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 8))), 0), Asked::Nothing);
        assert_eq!(meter.ask(None, 0), Asked::Nothing);
    }

    #[test]
    fn one_household_is_one_network() {
        let salt = [1; 32];
        let network = |last: u16, third: u16| {
            super::network(&salt, IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, third, 0, 0, 0, last)))
        };
        assert_eq!(network(1, 0), network(2, 0xff));
        assert_ne!(network(1, 0), network(1, 0x100));
        let v4 = Ipv4Addr::new(203, 0, 113, 7);
        assert_eq!(super::network(&salt, IpAddr::V4(v4)), super::network(&salt, IpAddr::V6(v4.to_ipv6_mapped())));
    }

    #[test]
    fn pages_of_a_class_are_counted_and_a_flood_of_them_is_not() {
        let mut meter = Meter::of_steps(|| [1; 32]);
        // 60 people who turn a page every ten seconds, for half an hour.
        assert!((0..10_800).all(|page| !is_refusal(meter.ask(DORMITORY, page * 1_000 / 6))));
        let counted = (0..10_000).filter(|page| !is_refusal(meter.ask(DORMITORY, 30 * MINUTE + page))).count();
        assert!(counted < 400, "{counted} in ten seconds");
    }

    #[test]
    fn unknown_networks_share_a_wide_bucket() {
        let mut meter = meter();
        let refused = (0..2_000).filter(|second| is_refusal(meter.ask(None, second * 300))).count();
        assert_eq!(refused, 0, "2000 answers in ten minutes behind an unknown proxy");
    }

    #[test]
    fn memory_is_bounded_and_forgets_every_hour() {
        let mut meter = meter();
        for network in 0..10_000_u32 {
            meter.ask(Some(IpAddr::V4(Ipv4Addr::from(network))), 0);
        }
        assert_eq!(meter.networks.len(), NETWORKS);
        meter.ask(DORMITORY, SALT_MS);
        assert_eq!(meter.networks.len(), 1);
    }

    #[test]
    fn clock_set_back_keeps_nobody_out() {
        let mut meter = meter();
        let mut bucket = 0;
        (0..300).for_each(|_| _ = ask(&mut bucket, COST_MS, 100 * MINUTE));
        assert!(is_refusal(ask(&mut bucket, COST_MS, 0)));
        assert!(!is_refusal(ask(&mut bucket, COST_MS, 10_000)));
        (0..300).for_each(|_| _ = meter.ask(DORMITORY, 100 * MINUTE));
        assert_eq!(meter.ask(DORMITORY, 0), Asked::Nothing, "a salt from the future is thrown away");
    }
}
