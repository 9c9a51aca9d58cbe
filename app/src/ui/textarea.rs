//! The only place where `<textarea>` may stand: leptos 0.8 writes the children of one raw, so a value with
//! `</textarea><script>` in it would run.

use super::{
    field::Field,
    html::{Html, some},
};

/// Writes a field for several lines; the value is escaped. The newline guards the value's own first one, which HTML
/// would swallow.
pub fn write(html: &mut Html, field: &Field, name: &str, value: &str) {
    let described_by = field.described_by();
    html.open(
        "textarea",
        &[
            some("class", "c-field"),
            some("id", &field.id),
            some("name", name),
            some("rows", "6"),
            some("autocomplete", "off"),
            ("aria-describedby", described_by.as_deref()),
            ("aria-invalid", field.invalid()),
        ],
    );
    html.raw("\n").text(value).close("textarea");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let mut html = Html::new();
        write(&mut html, &Field::new("answer", "?"), "answer", "\n</textarea><script>alert(1)</script>");
        let html = html.finish();
        assert!(html.contains(">\n\n&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1);
    }
}
