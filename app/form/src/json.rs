//! JSON, read into a tree and written by hand.
//!
//! serde and its JSON were a third of the program on a worker's phone (110 of 370 KB, with the printing of floating
//! numbers that they bring along), for one definition, one receipt and some answers. The server keeps them; what both
//! sides write must be equal to the byte, and `tests/it/json.rs` compares this reader and this writer with them.

/// A JSON value. Numbers that are not whole, or do not fit 64 bits, are [`Tree::Other`], as are nulls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Words.
    Text(String),
    /// An array.
    List(Vec<Tree>),
    /// An object, in the order in which it was written; no key stands in it twice.
    Object(Vec<(String, Tree)>),
    /// Well-formed, and nothing that we use.
    Other,
    /// An expression of format 1, understood already. No text becomes it.
    #[cfg(feature = "format-1")]
    Expression(crate::Expression),
}

/// Where a text stops being JSON, or says a key twice, or nests deeper than [`MAX_DEPTH`]: the byte, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson(pub usize);

/// How deep JSON may nest.
pub const MAX_DEPTH: usize = 100;
/// More keys than any object of ours has: looking for repeated ones would take its time.
const MAX_KEYS: usize = 1000;

impl Tree {
    /// Reads one value, with nothing but spaces around it.
    ///
    /// # Errors
    /// The first byte that is wrong.
    pub fn parse(text: &str) -> Result<Tree, NotJson> {
        let mut parser = Parser { text, at: 0 };
        let tree = parser.value(MAX_DEPTH)?;
        parser.spaces();
        if parser.at == text.len() { Ok(tree) } else { Err(NotJson(parser.at)) }
    }

    /// A field of an object.
    pub fn field(&self, name: &str) -> Option<&Tree> {
        let Tree::Object(fields) = self else { return None };
        fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// The words, if it is that.
    pub fn text(&self) -> Option<&str> {
        if let Tree::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is that.
    pub fn number(&self) -> Option<i64> {
        if let Tree::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether it is `true`.
    pub fn is_true(&self) -> bool {
        *self == Tree::Flag(true)
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn wrong<T>(&self) -> Result<T, NotJson> {
        Err(NotJson(self.at))
    }

    fn spaces(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Passes over a byte, if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn demand(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.take(byte) { Ok(()) } else { self.wrong() }
    }

    fn word(&mut self, word: &str, tree: Tree) -> Result<Tree, NotJson> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(tree);
        }
        self.wrong()
    }

    fn value(&mut self, depth: usize) -> Result<Tree, NotJson> {
        self.spaces();
        match self.peek() {
            Some(b'"') => self.string().map(Tree::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Tree::Flag(true)),
            Some(b'f') => self.word("false", Tree::Flag(false)),
            Some(b'n') => self.word("null", Tree::Other),
            Some(b'[') if depth > 0 => self.list(depth - 1),
            Some(b'{') if depth > 0 => self.object(depth - 1),
            _ => self.wrong(),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Tree, NotJson> {
        self.at += 1;
        let mut items = Vec::new();
        self.spaces();
        if self.take(b']') {
            return Ok(Tree::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            self.spaces();
            if self.take(b']') {
                return Ok(Tree::List(items));
            }
            self.demand(b',')?;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Tree, NotJson> {
        self.at += 1;
        let mut fields: Vec<(String, Tree)> = Vec::new();
        self.spaces();
        if self.take(b'}') {
            return Ok(Tree::Object(fields));
        }
        loop {
            self.spaces();
            let start = self.at;
            let key = self.string()?;
            // Readers disagree on which of two equal keys counts: two readings of the same bytes.
            if fields.len() >= MAX_KEYS || fields.iter().any(|(other, _)| *other == key) {
                return Err(NotJson(start));
            }
            self.spaces();
            self.demand(b':')?;
            fields.push((key, self.value(depth)?));
            self.spaces();
            if self.take(b'}') {
                return Ok(Tree::Object(fields));
            }
            self.demand(b',')?;
        }
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.wrong();
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Tree, NotJson> {
        let start = self.at;
        self.take(b'-');
        // No zero stands before other digits.
        if !self.take(b'0') {
            self.digits()?;
        }
        let end = self.at;
        let mut is_whole = true;
        if self.take(b'.') {
            is_whole = false;
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            is_whole = false;
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let number = self.text.get(start..end).and_then(|text| text.parse().ok());
        // `-0` is a floating number to others.
        let is_whole = is_whole && self.text.get(start..end) != Some("-0");
        Ok(number.filter(|_| is_whole).map_or(Tree::Other, Tree::Number))
    }

    fn string(&mut self) -> Result<String, NotJson> {
        self.demand(b'"')?;
        let mut string = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let end = rest.find(|c: char| matches!(c, '"' | '\\' | '\0'..='\u{1f}'));
            let plain = end.and_then(|end| rest.get(..end));
            let Some(plain) = plain else {
                self.at = self.text.len();
                return self.wrong();
            };
            string.push_str(plain);
            self.at += plain.len();
            if self.take(b'"') {
                return Ok(string);
            }
            self.demand(b'\\')?;
            string.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let c = match self.peek() {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => return self.unicode(),
            _ => return self.wrong(),
        };
        self.at += 1;
        Ok(c)
    }

    /// `u` and four digits; a character beyond the first plane is written as two of them.
    fn unicode(&mut self) -> Result<char, NotJson> {
        let start = self.at;
        self.at += 1;
        let first = self.four()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let second = if self.take(b'\\') && self.take(b'u') { self.four()? } else { 0 };
        let pair = (0xD800..0xDC00).contains(&first) && (0xDC00..0xE000).contains(&second);
        let c = if pair { char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) } else { None };
        c.ok_or(NotJson(start))
    }

    fn four(&mut self) -> Result<u32, NotJson> {
        let mut sum = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return self.wrong() };
            sum = sum * 16 + digit;
            self.at += 1;
        }
        Ok(sum)
    }
}

/// Writes words in quotes, escaped as little as JSON allows.
pub fn quote(text: &str, json: &mut String) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '\0'..='\u{1f}' => {
                json.push_str("\\u00");
                let byte = u32::from(c);
                json.extend([byte >> 4, byte & 15].into_iter().filter_map(|digit| char::from_digit(digit, 16)));
            }
            _ => json.push(c),
        }
    }
    json.push('"');
}

/// Begins a field of the object that is being written: the comma before it, its name, the colon.
pub fn key(name: &str, json: &mut String) {
    if !json.ends_with('{') {
        json.push(',');
    }
    quote(name, json);
    json.push(':');
}

/// A field that holds words.
pub fn field(name: &str, text: &str, json: &mut String) {
    key(name, json);
    quote(text, json);
}
