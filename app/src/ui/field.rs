//! What every form part says before its control: label, Japanese beside it, hint, error; and the ids that tie them.

use super::Reader;
use crate::i18n::*;
use leptos::{either::Either, prelude::*};

/// The words around one control. All of them are texts of `locales/` or of a definition: they are escaped and may
/// hold ruby.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The control's id (of a group: of its first control), where the error summary leads. Hint, error and unit
    /// are `<id>-hint`, `<id>-error` and `<id>-unit`.
    pub id: &'static str,
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
    pub fn new(id: &'static str, label: impl Into<String>) -> Self {
        Self { id, label: label.into(), ..Self::default() }
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
        [self.id, ending].concat()
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

/// A text and, below it, the same in Japanese.
#[component]
pub fn Words(
    /// Who reads.
    reader: Reader,
    /// A text of `locales/` or of a definition.
    text: String,
    /// The same in Japanese.
    #[prop(optional_no_strip)]
    japanese: Option<String>,
) -> impl IntoView {
    view! {
        <span inner_html=reader.rich(&text)></span>
        {japanese
            .map(|japanese| view! { <span class="c-beside" lang="ja" inner_html=reader.rich(&japanese)></span> })}
    }
}

/// The label of one control, as the page's heading or not.
#[component]
pub fn FieldLabel(
    /// Who reads.
    reader: Reader,
    /// The words.
    field: Field,
) -> impl IntoView {
    let Field { id, label, japanese, heading, required, .. } = field;
    if heading {
        Either::Left(view! {
            <h1 class="c-question">
                <label for=id>
                    <Words reader text=label japanese />
                </label>
            </h1>
        })
    } else {
        Either::Right(view! {
            <label class="c-label" for=id>
                <Words reader text=label japanese />
                <Required reader required />
            </label>
        })
    }
}

/// The legend of a group of controls, as the page's heading or not. The first child of its `<fieldset>`.
#[component]
pub fn FieldLegend(
    /// Who reads.
    reader: Reader,
    /// The words.
    field: Field,
) -> impl IntoView {
    let Field { label, japanese, heading, required, .. } = field;
    let words = view! { <Words reader text=label japanese /> };
    if heading {
        Either::Left(view! {
            <legend class="c-legend">
                <h1 class="c-question">{words}</h1>
            </legend>
        })
    } else {
        Either::Right(view! {
            <legend class="c-legend c-label">
                {words}
                <Required reader required />
            </legend>
        })
    }
}

/// Hint, then error: what stands between the label and the control.
#[component]
pub fn FieldNotes(
    /// Who reads.
    reader: Reader,
    /// The words.
    field: Field,
) -> impl IntoView {
    let hint_id = field.part("-hint");
    let error_id = field.part("-error");
    let Field { hint, hint_japanese, error, .. } = field;
    view! {
        {hint
            .map(|hint| {
                view! {
                    <p class="c-hint" id=hint_id>
                        <Words reader text=hint japanese=hint_japanese />
                    </p>
                }
            })}
        {error.map(|error| view! { <p class="c-error" id=error_id inner_html=reader.rich(&error)></p> })}
    }
}

#[component]
fn Required(reader: Reader, required: bool) -> impl IntoView {
    required.then(|| {
        let word = td_string!(reader.locale, shell.required);
        view! { <span class="c-label__required" inner_html=reader.rich(word)></span> }
    })
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
        assert_eq!(
            field.hint("h").error(Some("e".into())).described_by().as_deref(),
            Some("answer-hint answer-error")
        );
    }
}
