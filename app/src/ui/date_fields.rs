//! A day as three numbers, in the order year, month, day. No calendar to open, no jump from field to field.

use super::{
    Reader,
    field::{Field, FieldLegend, FieldNotes},
};
use crate::i18n::*;
use leptos::prelude::*;

/// Asks for a day.
#[component]
pub fn DateFields(
    /// Who reads.
    reader: Reader,
    /// The words around it; the year's field has its id, the others `<id>-month` and `<id>-day`.
    field: Field,
    /// The names under which year, month and day are sent.
    names: [&'static str; 3],
    /// What they hold, as typed.
    #[prop(optional)]
    values: [String; 3],
) -> impl IntoView {
    let described_by = field.described_by();
    let invalid = field.invalid();
    let ids = [field.id.to_owned(), field.part("-month"), field.part("-day")];
    let labels = [
        td_string!(reader.locale, shell.year),
        td_string!(reader.locale, shell.month),
        td_string!(reader.locale, shell.day),
    ];
    let parts = ids.into_iter().zip(names).zip(values).zip(labels).enumerate().map(
        |(index, (((id, name), value), label))| {
            view! {
                <div class="c-date__part">
                    <label class="c-date__label" for=id.clone() inner_html=reader.rich(label)></label>
                    <input
                        class="c-field c-date__field"
                        class=("c-date__field--year", index == 0)
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        id=id
                        name=name
                        value=value
                        aria-invalid=invalid
                    />
                </div>
            }
        },
    );
    view! {
        <fieldset class="c-group" class=("c-group--refused", invalid.is_some()) aria-describedby=described_by>
            <FieldLegend reader field=field.clone() />
            <FieldNotes reader field />
            <div class="c-date">{parts.collect_view()}</div>
        </fieldset>
    }
}
