//! Chance that follows from one number, so that a story can be told again.

/// splitmix64: numbers that lie close together give stories that do not.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// All of it follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one less than `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end.max(1)
    }

    /// From `first` to `last`.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }

    /// So many times out of a thousand.
    pub fn permille(&mut self, share: u64) -> bool {
        self.below(1_000) < share
    }

    /// One of these.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.index(from.len())]
    }

    /// A place in a list of this length.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    /// Bytes as from a good source, which this is not.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.number().to_le_bytes()[0])
    }

    /// A random UUID of version 4, lower-case.
    pub fn uuid(&mut self) -> String {
        let mut bytes = self.bytes::<16>();
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
    }
}

#[test]
fn ids_are_ids_and_differ() {
    let mut chance = Chance::new(1);
    let (one, other) = (chance.uuid(), chance.uuid());
    assert!(form::is_instance_id(&one) && form::is_instance_id(&other) && one != other);
    assert_eq!(Chance::new(1).uuid(), one);
}
