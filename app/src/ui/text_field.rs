//! Fields to type into: one line, with a unit behind it or not, and several lines.

use super::{
    Reader,
    field::{Field, FieldLabel, FieldNotes},
    textarea::SafeTextarea,
};
use leptos::prelude::*;

/// One line of text. A number is one too, with `inputmode="numeric"`: `type="number"` loses what it cannot read.
#[component]
pub fn TextField(
    /// Who reads.
    reader: Reader,
    /// The words around it.
    field: Field,
    /// The name under which it is sent.
    name: &'static str,
    /// What it holds.
    #[prop(optional, into)]
    value: String,
    /// `text`, `tel`, `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keys a phone offers: `numeric`, `tel`, `email`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// What a browser may fill in; worker pages leave it off, so that a shared phone offers nothing to the next.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is counted ("hours"), behind the field: a text of `locales/` or of a definition.
    #[prop(optional_no_strip)]
    unit: Option<String>,
    /// Room for about six characters instead of a whole line.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let id = field.id;
    let unit_id = field.part("-unit");
    let described_by = match (field.described_by(), unit.is_some()) {
        (Some(ids), true) => Some([ids.as_str(), unit_id.as_str()].join(" ")),
        (None, true) => Some(unit_id.clone()),
        (ids, false) => ids,
    };
    let invalid = field.invalid();
    let required = field.required.then_some("true");
    view! {
        <div class="c-group" class=("c-group--refused", invalid.is_some())>
            <FieldLabel reader field=field.clone() />
            <FieldNotes reader field />
            <div class="c-line">
                <input
                    class="c-field"
                    class=("c-field--short", short)
                    type=kind
                    id=id
                    name=name
                    value=value
                    inputmode=inputmode
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=described_by
                    aria-invalid=invalid
                    aria-required=required
                />
                {unit.map(|unit| view! { <span class="c-line__unit" id=unit_id inner_html=reader.rich(&unit)></span> })}
            </div>
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn LongTextField(
    /// Who reads.
    reader: Reader,
    /// The words around it.
    field: Field,
    /// The name under which it is sent.
    name: &'static str,
    /// What it holds.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let id = field.id.to_owned();
    let described_by = field.described_by();
    let invalid = field.error.is_some();
    view! {
        <div class="c-group" class=("c-group--refused", invalid)>
            <FieldLabel reader field=field.clone() />
            <FieldNotes reader field />
            <SafeTextarea id name value described_by invalid />
        </div>
    }
}
