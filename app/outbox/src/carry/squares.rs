//! A text in squares (QR codes). Their letters are those that every keyboard has at the same place: a hand scanner
//! types what it reads, and where it believes in another keyboard than the computer does, quotation marks and braces
//! come out as something else. They also are the few that a square holds in least room.

use super::{MARK, checksum};
use std::collections::BTreeMap;

/// No square holds more bytes; all of them are ASCII.
pub const SQUARE_BYTES: usize = 850;
/// Of no text are there more squares than this; a longer one goes as a file.
pub const MOST_SQUARES: usize = 9_999;

/// Bytes of the text in one square: 800 letters, with room before and behind for what it says of itself.
const PIECE_BYTES: usize = 500;
/// Letters of a checksum, last in a square.
const SUM: usize = 8;
/// RFC 4648, without padding.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What was read of squares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Texts of which every square is here.
    pub whole: Vec<String>,
    /// What is still needed.
    pub missing: Vec<Missing>,
    /// Pieces that are no square, or were misread.
    pub unknown: usize,
}

/// A text of which squares are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The first eight hex digits of the text's SHA-256.
    pub id: String,
    /// The numbers that are missing, from 1, ascending.
    pub numbers: Vec<usize>,
    /// How many squares the text has.
    pub of: usize,
}

/// The squares of a text, `ENTAKU/1 <id> <number>/<count> <piece>`, about equally full. None for a text that is too
/// long, or empty.
#[must_use]
pub fn squares(text: &str) -> Vec<String> {
    let count = text.len().div_ceil(PIECE_BYTES);
    if count == 0 || count > MOST_SQUARES {
        return Vec::new();
    }
    let id = checksum(text).to_ascii_uppercase();
    let pieces = text.as_bytes().chunks(text.len().div_ceil(count)).enumerate();
    pieces.map(|(index, piece)| write(&id, index + 1, count, &to_letters(piece))).collect()
}

/// Puts squares together again, in whichever order and however often they were read. Several may stand in one text.
#[must_use]
pub fn join<'t>(texts: impl IntoIterator<Item = &'t str>) -> Joined {
    let mut joined = Joined::default();
    let mut found: BTreeMap<(String, usize), BTreeMap<usize, Vec<u8>>> = BTreeMap::new();
    for text in texts {
        let text = plain(text);
        let pieces: Vec<&str> = text.split(MARK).collect();
        if pieces.len() == 1 && !text.trim().is_empty() {
            joined.unknown += 1;
        }
        // What a scanner puts before a square says what kind of code it was.
        for piece in pieces.into_iter().skip(1) {
            match read(piece) {
                Some(Square { id, number, count, piece }) => {
                    found.entry((id, count)).or_default().entry(number).or_insert(piece);
                }
                None => joined.unknown += 1,
            }
        }
    }
    // Numbers that no honest text has would fill the memory.
    let mut room = MOST_SQUARES;
    for ((id, of), pieces) in found {
        if pieces.len() == of {
            match whole(&id, &pieces) {
                Some(text) => joined.whole.push(text),
                None => joined.unknown += of,
            }
        } else if of <= room {
            room -= of;
            let numbers = (1..=of).filter(|number| !pieces.contains_key(number)).collect();
            joined.missing.push(Missing { id: id.to_ascii_lowercase(), numbers, of });
        } else {
            joined.unknown += pieces.len();
        }
    }
    joined
}

/// Whether a line holds at least the beginning of a square.
pub(super) fn is_meant(line: &str) -> bool {
    plain(line).contains(MARK)
}

struct Square {
    id: String,
    number: usize,
    count: usize,
    piece: Vec<u8>,
}

fn write(id: &str, number: usize, count: usize, letters: &str) -> String {
    let square = format!("{MARK} {id} {number}/{count} {letters}");
    let sum = checksum(&square).to_ascii_uppercase();
    square + &sum
}

/// Reads what stands behind the mark.
fn read(rest: &str) -> Option<Square> {
    let mut words = rest.split_whitespace();
    let (id, place, letters) = (words.next()?, words.next()?, words.next()?);
    let (number, count) = place.split_once('/')?;
    let (number, count) = (number.parse().ok()?, count.parse().ok()?);
    if words.next().is_some() || !(1..=count).contains(&number) || count > MOST_SQUARES {
        return None;
    }
    let (letters, _) = letters.split_at_checked(letters.len().checked_sub(SUM)?)?;
    // What is written anew is what was read, or something was misread.
    let is_same = write(id, number, count, letters).strip_prefix(MARK)?.split_whitespace().eq(rest.split_whitespace());
    let piece = from_letters(letters)?;
    is_same.then(|| Square { id: id.to_owned(), number, count, piece })
}

/// The text of all pieces, if it is the one that the squares name.
fn whole(id: &str, pieces: &BTreeMap<usize, Vec<u8>>) -> Option<String> {
    let text = String::from_utf8(pieces.values().flatten().copied().collect()).ok()?;
    checksum(&text).eq_ignore_ascii_case(id).then_some(text)
}

/// Capital letters of half width: a scanner also types while capitals are locked or Japanese is being written.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(|c| half(c).to_ascii_uppercase()).collect()
}

fn to_letters(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            letters.push(letter(bits >> held));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        letters.push(letter(bits << (5 - held)));
    }
    letters
}

fn letter(bits: u32) -> char {
    LETTERS.get((bits & 31) as usize).copied().map_or('A', char::from)
}

fn from_letters(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in letters.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 5) | u32::try_from(value).ok()?;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
pub(super) mod tests {
    /// A square in good form that is of no text.
    pub(in super::super) fn lie(id: &str, number: usize, count: usize) -> String {
        super::write(id, number, count, &super::to_letters(b"lie"))
    }

    #[test]
    fn letters_are_those_of_the_standard() {
        for (text, letters) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(super::to_letters(text.as_bytes()), letters);
            assert_eq!(super::from_letters(letters).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!((super::from_letters("MY1"), super::from_letters("é")), (None, None));
    }
}
