//! What is wrong with a form, field by field, in words.

use std::borrow::Cow;

/// Problems by the id of their field, in the order of the page. Empty means that the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(Cow<'static, str>, String)>);

impl Problems {
    /// Notes a problem; `text` is a text of `locales/`.
    pub fn add(&mut self, id: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        self.0.push((id.into(), text.into()));
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first problem of a field.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<String> {
        self.0.iter().find(|(field, _)| *field == id).map(|(_, text)| text.clone())
    }

    /// For the error summary: where each leads, and its words.
    #[must_use]
    pub fn summary(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(field, text)| (format!("#{field}"), text.clone())).collect()
    }

    /// The same problems for the summary of a long form: in the order of its fields, each with the field's name before
    /// it. `label` knows where a field stands and what it is called.
    #[must_use]
    pub fn named(&self, label: impl Fn(&str) -> Option<(usize, String)>) -> Self {
        let mut rows: Vec<_> = self.0.iter().map(|(field, text)| (label(field), field.clone(), text)).collect();
        rows.sort_by_key(|(label, ..)| label.as_ref().map_or(usize::MAX, |(at, _)| *at));
        let named = rows.into_iter().map(|(label, field, text)| match label {
            Some((_, label)) => (field, [label.as_str(), ": ", text].concat()),
            None => (field, text.clone()),
        });
        Self(named.collect())
    }
}
