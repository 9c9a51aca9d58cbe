//! The receipt: 24 digits by which a worker comes back. They are shown once, stored nowhere, and everything of the worker
//! follows from them: who finds them reads the case, and nobody else can.
//!
//! 23 digits are random (76 bits), the last one checks them (Damm): one wrong digit, or two neighbours that changed
//! places, never pass for another receipt.

use super::{derive, kem_of, label, signing_of};
use crate::SecretKey;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Digits of a receipt.
pub const DIGITS: usize = 24;
/// Digits that are written together.
pub const GROUP: usize = 4;
/// Bytes of a site's salt.
pub const SALT_BYTES: usize = 16;
/// Bytes from which a receipt is drawn.
pub const ENTROPY_BYTES: usize = 48;

/// Damm's quasigroup of order 10.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// A receipt. It has no `Debug`: it must not come into a log.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Receipt([u8; DIGITS]);

/// Why what somebody typed is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is there.
    Missing,
    /// There is something else than digits and what people put between them.
    NotDigits,
    /// There are fewer digits than a receipt has: so many.
    TooFew(usize),
    /// There are more.
    TooMany(usize),
    /// It is nearly one: a digit is wrong, or two changed places.
    Mistyped,
}

impl Receipt {
    /// Draws one. Each digit is as likely as any other: bytes that would favour some are passed over. `None` if too few
    /// are left, once in more than 10²⁰ times: draw again.
    #[must_use]
    pub fn draw(entropy: &[u8; ENTROPY_BYTES]) -> Option<Self> {
        let mut digits = [0; DIGITS];
        let mut fair = entropy.iter().filter(|byte| **byte < 250).map(|byte| byte % 10);
        for digit in &mut digits[..DIGITS - 1] {
            *digit = fair.next()?;
        }
        digits[DIGITS - 1] = check(&digits[..DIGITS - 1]);
        Some(Self(digits))
    }

    /// Reads one as people type it: with spaces, dashes or dots, in full width, or in the digits of their own script.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let mut digits = [0; DIGITS];
        let mut count = 0;
        for sign in typed.chars() {
            match digit(sign) {
                Some(digit) => {
                    if let Some(place) = digits.get_mut(count) {
                        *place = digit;
                    }
                    count += 1;
                }
                None if is_between(sign) => {}
                None => return Err(Fault::NotDigits),
            }
        }
        let read = Self(digits);
        match count {
            0 => Err(Fault::Missing),
            DIGITS if check(&read.0) == 0 => Ok(read),
            DIGITS => Err(Fault::Mistyped),
            fewer if fewer < DIGITS => Err(Fault::TooFew(fewer)),
            more => Err(Fault::TooMany(more)),
        }
    }

    /// As it is shown: six groups of four.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let digits = self.0.chunks(GROUP);
        digits.map(|group| group.iter().map(|digit| char::from(b'0' + digit)).collect()).collect()
    }

    /// Stretches it to the worker's secret. `salt` is the site's: a table made for one site is of no use for another.
    ///
    /// `None` only if the memory for it cannot be had.
    #[must_use]
    pub fn stretch(&self, salt: &[u8; SALT_BYTES], cost: Cost) -> Option<Worker> {
        let mut text: Vec<u8> = self.0.iter().map(|digit| b'0' + digit).collect();
        let stretched = stretch(&text, salt, cost);
        text.zeroize();
        stretched.map(Worker)
    }
}

/// The digits in what somebody typed, in whatever script and whatever stands between them. Wipe it after use.
#[must_use]
pub fn digits_in(typed: &str) -> String {
    typed.chars().filter_map(digit).map(|digit| char::from(b'0' + digit)).collect()
}

/// Digits of several scripts: ASCII, full width, Arabic, Persian, Devanagari, Bengali, Burmese, Khmer, Thai.
fn digit(sign: char) -> Option<u8> {
    const ZEROS: [char; 9] = ['0', '０', '٠', '۰', '०', '০', '၀', '០', '๐'];
    ZEROS
        .into_iter()
        .find_map(|zero| u8::try_from(u32::from(sign).checked_sub(u32::from(zero))?).ok().filter(|d| *d < 10))
}

/// What people and programs put between digits.
fn is_between(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '-' | '.' | ',' | '・' | '·' | '_' | '/' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(sign, '‐'..='―' | '−' | 'ー' | '－' | '．' | '，')
}

/// The digit that brings Damm's walk over these back to nought; nought over a receipt as a whole.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |state, digit| DAMM[usize::from(state)][usize::from(*digit)])
}

/// What a guess costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// How often it is gone over.
    pub passes: u32,
}

/// What receipts and passphrases of suite 1 cost: 32 MiB, three passes.
pub const COST: Cost = Cost { memory_kib: 32 * 1024, passes: 3 };

/// Argon2id, version 1.3, one lane.
pub(super) fn stretch(secret: &[u8], salt: &[u8], cost: Cost) -> Option<[u8; 32]> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).ok()?;
    let mut stretched = [0; 32];
    // Memory of our own, so that it can be wiped: the key follows from its last block.
    let mut blocks = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let done = argon2.hash_password_into_with_memory(secret, salt, &mut stretched, &mut blocks);
    blocks.iter_mut().for_each(Zeroize::zeroize);
    done.ok().map(|()| stretched)
}

/// Everything of a worker, as it follows from their receipt. It has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Worker([u8; 32]);

impl Worker {
    /// What [`Worker::to_bytes`] gave.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// As it is kept, sealed, for as long as somebody who came back without script reads on. Wipe it after use.
    #[must_use]
    pub const fn to_bytes(&self) -> [u8; 32] {
        self.0
    }

    /// What is shown to the server instead of the receipt, when somebody comes back.
    #[must_use]
    pub fn auth(&self) -> [u8; 32] {
        derive(&self.0, label::AUTH)
    }

    /// What opens the case key for them.
    #[must_use]
    pub fn kem(&self) -> SecretKey {
        kem_of(&self.0)
    }

    /// What signs their messages and their consent.
    #[must_use]
    pub fn signing(&self) -> SigningKey {
        signing_of(&self.0)
    }
}

/// Under this a case stands in a table: it cannot be tried out without the pepper, which is in no table and no backup.
#[must_use]
pub fn tag(pepper: &[u8; 32], auth: &[u8; 32]) -> [u8; 32] {
    // Filled up to a block, as HMAC does with any shorter key.
    let mut block = [0; 64];
    block[..pepper.len()].copy_from_slice(pepper);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    mac.update(label::TAG);
    mac.update(auth);
    mac.finalize().into_bytes().into()
}
