//! After sending: the code, what happens next, who helps now, and the next person.

use super::FORM_ID;
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Person, Sent},
        types::Outcome,
    },
    ui::{Button, Panel, Reader, Weight},
};
use leptos::prelude::*;

/// The page with the code.
pub fn view(reader: Reader, person: &Person, sent: &Sent) -> impl IntoView + use<> {
    let locale = reader.locale;
    let aside = sent.outcome == Outcome::KeptAside;
    let code = sent.code.clone();
    view! {
        <Panel
            reader
            title=td_string!(locale, questionnaires.sent_title)
            code_label=td_string!(locale, questionnaires.sent_code_label)
            code
        />
        {aside.then(|| view! { <p inner_html=reader.rich(td_string!(locale, questionnaires.sent_kept_aside))></p> })}
        <p inner_html=reader.rich(td_string!(locale, questionnaires.sent_keep))></p>
        <h2 inner_html=reader.rich(td_string!(locale, questionnaires.sent_next_title))></h2>
        <p inner_html=reader.rich(td_string!(locale, questionnaires.sent_next_text))></p>
        <h2 inner_html=reader.rich(td_string!(locale, questionnaires.sent_help))></h2>
        <p>
            <span inner_html=reader.rich(td_string!(locale, questionnaires.sent_help_text))></span>
            " "
            <a href="tel:0120811610">"0120-811-610"</a>
        </p>
        <form id=FORM_ID method="post" action=paths::sent(reader, &person.slug)>
            <input type="hidden" name="instance" value=person.instance_id.clone() />
            <div class="c-actions">
                <Button
                    reader
                    label=td_string!(locale, questionnaires.new_person)
                    weight=Weight::Quiet
                    name="go"
                    value="new-person"
                />
            </div>
        </form>
    }
}
