//! What every form part says before its control: label, Japanese beside it, hint, error; and the ids that tie them.

use super::{
    Reader,
    html::{Html, some},
};
use crate::i18n::*;

/// The words around one control. All of them are texts of `locales/` or of a definition: they are escaped and may
/// hold ruby.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The control's id (of a group: of its first control), where the error summary leads. Hint, error and unit
    /// are `<id>-hint`, `<id>-error` and `<id>-unit`.
    pub id: String,
    /// What is asked.
    pub label: String,
    /// The same in Japanese, drawn below with `lang="ja"`, for a helper beside the person.
    pub japanese: Option<String>,
    /// One short sentence without links. Essential words belong into the label: not every screen reader reads the
    /// hint of a group of check boxes.
    pub hint: Option<String>,
    /// The hint in Japanese.
    pub hint_japanese: Option<String>,
    /// What is wrong with what was sent.
    pub error: Option<String>,
    /// Whether the label is the page's `h1` (one question a page).
    pub heading: bool,
    /// Prints the word "required" behind the label. For organizers' forms: on worker pages nearly nothing is.
    pub required: bool,
}

impl Field {
    /// A field with a label and nothing else.
    #[must_use]
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    /// The same field as the page's question: its label is the `h1`.
    #[must_use]
    pub fn heading(self) -> Self {
        Self { heading: true, ..self }
    }

    /// The same field with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same field, refused if there is an error.
    #[must_use]
    pub fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// The same field, marked as required.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The id with an ending: `answer` and `-hint`.
    #[must_use]
    pub fn part(&self, ending: &str) -> String {
        [self.id.as_str(), ending].concat()
    }

    /// The value of `aria-describedby`: hint, then error; none if there is neither.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.is_some().then(|| self.part("-hint"));
        let error = self.error.is_some().then(|| self.part("-error"));
        match (hint, error) {
            (Some(hint), Some(error)) => Some([hint.as_str(), error.as_str()].join(" ")),
            (hint, error) => hint.or(error),
        }
    }

    /// The value of `aria-invalid`.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }
}

/// Writes a text and, below it, the same in Japanese.
pub fn words(html: &mut Html, reader: Reader, text: &str, japanese: Option<&str>) {
    html.line(reader, "span", &[], text);
    if let Some(japanese) = japanese {
        html.line(reader, "span", &[some("class", "c-beside"), some("lang", "ja")], japanese);
    }
}

/// Writes the label of one control, as the page's heading or not.
pub fn label(html: &mut Html, reader: Reader, field: &Field) {
    let attributes: &[_] =
        if field.heading { &[some("for", &field.id)] } else { &[some("class", "c-label"), some("for", &field.id)] };
    if field.heading {
        html.open("h1", &[some("class", "c-question")]);
    }
    html.open("label", attributes);
    words(html, reader, &field.label, field.japanese.as_deref());
    required(html, reader, field);
    html.close("label");
    if field.heading {
        html.close("h1");
    }
}

/// Writes the legend of a group of controls, as the page's heading or not. The first child of its `<fieldset>`.
pub fn legend(html: &mut Html, reader: Reader, field: &Field) {
    html.open("legend", &[some("class", if field.heading { "c-legend" } else { "c-legend c-label" })]);
    if field.heading {
        html.open("h1", &[some("class", "c-question")]);
    }
    words(html, reader, &field.label, field.japanese.as_deref());
    required(html, reader, field);
    if field.heading {
        html.close("h1");
    }
    html.close("legend");
}

/// Writes hint, then error: what stands between the label and the control.
pub fn notes(html: &mut Html, reader: Reader, field: &Field) {
    if let Some(hint) = &field.hint {
        html.open("p", &[some("class", "c-hint"), some("id", &field.part("-hint"))]);
        words(html, reader, hint, field.hint_japanese.as_deref());
        html.close("p");
    }
    if let Some(error) = &field.error {
        html.line(reader, "p", &[some("class", "c-error"), some("id", &field.part("-error"))], error);
    }
}

/// The class of the element around a control.
#[must_use]
pub const fn group_class(refused: bool) -> &'static str {
    if refused { "c-group c-group--refused" } else { "c-group" }
}

fn required(html: &mut Html, reader: Reader, field: &Field) {
    if field.required && !field.heading {
        let word = td_string!(reader.locale, shell.required);
        html.line(reader, "span", &[some("class", "c-label__required")], word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_described_by_what_is_there() {
        let field = Field::new("answer", "?");
        assert_eq!(field.described_by(), None);
        assert_eq!(field.clone().hint("h").described_by().as_deref(), Some("answer-hint"));
        assert_eq!(field.clone().error(Some("e".into())).described_by().as_deref(), Some("answer-error"));
        assert_eq!(field.hint("h").error(Some("e".into())).described_by().as_deref(), Some("answer-hint answer-error"));
    }
}
