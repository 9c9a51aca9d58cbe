//! Keys and secrets as people copy them: 64 hexadecimal digits.

/// 32 bytes, from exactly 64 digits with white space around them or not.
#[must_use]
pub(crate) fn read(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Bytes as digits.
#[must_use]
pub(crate) fn written(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let bytes = core::array::from_fn(|at| u8::try_from(7 * at).unwrap());
        assert_eq!(read(&format!(" {}\n", written(&bytes))), Some(bytes));
        assert_eq!(read(&written(&bytes).to_uppercase()), Some(bytes));
        for other in ["", "00", &"+f".repeat(32), &"é".repeat(32), &"00".repeat(33)] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
