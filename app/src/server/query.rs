//! Text in an address, behind the question mark.

/// The text as the value of a field: everything but letters and digits of ASCII, `-` and `_` as `%XX`.
#[must_use]
pub fn in_query(text: &str) -> String {
    let mut query = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => query.push(char::from(byte)),
            _ => query.push_str(&format!("%{byte:02X}")),
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::in_query;

    #[test]
    fn nothing_of_a_text_means_anything_in_an_address() {
        assert_eq!(in_query("a-b_9"), "a-b_9");
        assert_eq!(in_query("a b&c=d#é"), "a%20b%26c%3Dd%23%C3%A9");
    }
}
