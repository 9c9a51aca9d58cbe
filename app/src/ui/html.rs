//! Writes the HTML of the parts that a questionnaire needs, the same for the server's page and the island.
//!
//! Why not `view!` here: each of its trees is a type of its own, with code to build, hydrate and rebuild it. For the
//! form parts that came to 90 KB of compressed program on a worker's phone, where all of it may weigh 120. A page of
//! the way is drawn anew at each step and never patched, so a string does the same work for five.

use super::Reader;
use leptos::{prelude::IntoView, tachys::html::InertElement};

/// HTML being written. Every value that goes in is escaped, but for [`Html::raw`].
#[derive(Clone, Debug, Default)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Opens a tag with its attributes; those without a value are left out.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, Option<&str>)]) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            if let Some(value) = value {
                self.0.push(' ');
                self.0.push_str(name);
                self.0.push_str("=\"");
                form::html::escape(value, &mut self.0);
                self.0.push('"');
            }
        }
        self.0.push('>');
        self
    }

    /// Closes a tag.
    pub fn close(&mut self, tag: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// A text as it stands: what a person typed.
    pub fn text(&mut self, text: &str) -> &mut Self {
        form::html::escape(text, &mut self.0);
        self
    }

    /// A text of `locales/` or a definition, with its readings.
    pub fn rich(&mut self, reader: Reader, text: &str) -> &mut Self {
        self.0.push_str(&reader.rich(text));
        self
    }

    /// An element around a text of `locales/` or a definition.
    pub fn line(&mut self, reader: Reader, tag: &str, attributes: &[(&str, Option<&str>)], text: &str) -> &mut Self {
        self.open(tag, attributes).rich(reader, text).close(tag)
    }

    /// HTML that is ours already.
    pub fn raw(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// The HTML.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }

    /// The HTML as a view, for pages of the server. It stays as it is: an island redraws it as a whole.
    #[must_use]
    pub fn into_view(self) -> impl IntoView + use<> {
        InertElement::new(self.0)
    }
}

/// An attribute with a value.
#[must_use]
pub const fn some<'a>(name: &'a str, value: &'a str) -> (&'a str, Option<&'a str>) {
    (name, Some(value))
}

/// An attribute that is there or not, without a value (`checked`).
#[must_use]
pub const fn flag(name: &str, on: bool) -> (&str, Option<&'static str>) {
    (name, if on { Some("") } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_breaks_out() {
        let mut html = Html::new();
        html.open("p", &[some("title", "\"><script>"), flag("hidden", true), flag("inert", false)])
            .text("</p><b>&")
            .close("p");
        assert_eq!(html.finish(), "<p title=\"&quot;&gt;&lt;script&gt;\" hidden=\"\">&lt;/p&gt;&lt;b&gt;&amp;</p>");
    }
}
