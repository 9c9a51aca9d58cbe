//! Bytes as text, the same on both sides: keys, ids and signatures as hexadecimal digits, what is sealed as base 64.

use ::seal::voice::envelope::CaseId;

/// Bytes of a text of hexadecimal digits (small letters), if it has exactly so many.
#[must_use]
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// As hexadecimal digits.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// As base 64, without padding.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    data_encoding::BASE64_NOPAD.encode(bytes)
}

/// Bytes of a text of base 64, if it is one: a text has one form.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    data_encoding::BASE64_NOPAD.decode(text.as_bytes()).ok()
}

/// The case that a voice's id names.
#[must_use]
pub fn case_of(voice: &str) -> Option<CaseId> {
    from_hex(voice).map(CaseId)
}
