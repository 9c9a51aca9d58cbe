//! Text as HTML: escaped, and ruby drawn where the reader wants it.
//!
//! It stands beside [`crate::ruby`] because labels, hints and messages of a definition are drawn by it, on the server
//! and in the browser alike. Words that a person typed are never given to [`rich`].

use crate::ruby::{Segment, segments};

/// A text of ours with its markup as HTML. With `readings`, `{漢字|かんじ}` becomes `<ruby>`; without, the base text
/// alone: the readings are left out, not hidden. Everything else is escaped.
#[must_use]
pub fn rich(text: &str, readings: bool) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for segment in segments(text) {
        match segment {
            Segment::Ruby { base, reading } if readings => {
                html.push_str("<ruby>");
                escape(base, &mut html);
                html.push_str("<rp>(</rp><rt>");
                escape(reading, &mut html);
                html.push_str("</rt><rp>)</rp></ruby>");
            }
            Segment::Ruby { base: text, .. } | Segment::Plain(text) => escape(text, &mut html),
        }
    }
    html
}

/// Appends a text so that it means itself in element content and in a quoted attribute.
pub fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_drawn_or_left_out() {
        let text = "この{漢字|かんじ}です";
        assert_eq!(rich(text, true), "この<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です");
        assert_eq!(rich(text, false), "この漢字です");
    }

    #[test]
    fn nothing_can_break_out() {
        let hostile = "{<b>|\"&}</textarea><script>'";
        let html = rich(hostile, true);
        assert!(!html.contains("<b>") && !html.contains("<script") && !html.contains("</textarea"));
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;&#39;"));
        assert!(html.contains("<rt>&quot;&amp;</rt>"));
    }
}
