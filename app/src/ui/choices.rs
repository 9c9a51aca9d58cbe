//! One of several, or several of them: the whole row is the target.

use super::{
    Reader,
    field::{Field, FieldLegend, FieldNotes, Words},
};
use leptos::prelude::*;

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceRow {
    /// What the form sends.
    pub value: String,
    /// What the person reads: a text of `locales/` or of a definition.
    pub label: String,
    /// The same in Japanese.
    pub japanese: Option<String>,
    /// Whether it was chosen before. On a first visit none is.
    pub checked: bool,
    /// Whether it is not quite an answer ("I do not know") and so stands back.
    pub apart: bool,
}

/// Choose one. Without script a choice can be changed but not taken back, so give a row for "no answer".
#[component]
pub fn Radios(
    /// Who reads.
    reader: Reader,
    /// The words around it; the error summary leads to the first row.
    field: Field,
    /// The name under which the choice is sent.
    name: &'static str,
    /// The rows, in order.
    choices: Vec<ChoiceRow>,
) -> impl IntoView {
    view! { <Choices reader field name choices kind="radio" /> }
}

/// Choose any number.
#[component]
pub fn Checkboxes(
    /// Who reads.
    reader: Reader,
    /// The words around it; the error summary leads to the first row.
    field: Field,
    /// The name under which each choice is sent.
    name: &'static str,
    /// The rows, in order.
    choices: Vec<ChoiceRow>,
) -> impl IntoView {
    view! { <Choices reader field name choices kind="checkbox" /> }
}

#[component]
fn Choices(
    reader: Reader,
    field: Field,
    name: &'static str,
    choices: Vec<ChoiceRow>,
    kind: &'static str,
) -> impl IntoView {
    let first_id = field.id;
    let described_by = field.described_by();
    let refused = field.error.is_some();
    let rows = choices.into_iter().enumerate().map(|(index, choice)| {
        let ChoiceRow { value, label, japanese, checked, apart } = choice;
        view! {
            <label class="c-choice" class=("c-choice--apart", apart)>
                <input
                    class="c-choice__input"
                    type=kind
                    id=(index == 0).then_some(first_id)
                    name=name
                    value=value
                    checked=checked
                    autocomplete="off"
                />
                <span class="c-choice__label">
                    <Words reader text=label japanese />
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="c-group" class=("c-group--refused", refused) aria-describedby=described_by>
            <FieldLegend reader field=field.clone() />
            <FieldNotes reader field />
            <div class="c-choices">{rows.collect_view()}</div>
        </fieldset>
    }
}
