//! Check your answers, and *Send*.

use super::{FORM_ID, carried_fields};
use crate::{
    i18n::*,
    questionnaires::{
        paths,
        stage::{Checking, Person, Row, Trouble, Value},
    },
    ui::{BackLink, Button, Notice, Reader, Shown, SummaryList, SummaryRow, Tone},
};
use leptos::prelude::*;

/// The page before sending.
pub fn view(reader: Reader, person: &Person, checking: &Checking, carried: Option<String>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let back = match &checking.back {
        Some(name) => paths::question(reader, &person.slug, name),
        None => paths::start(reader, &person.slug),
    };
    let rows: Vec<SummaryRow> = checking.rows.iter().map(|row| summary_row(reader, person, row)).collect();
    let carried = carried_fields(person, carried);
    view! {
        {checking.trouble.map(|trouble| trouble_view(reader, trouble))}
        <BackLink reader href=back />
        <h1 class="c-question" tabindex="-1" inner_html=reader.rich(td_string!(locale, questionnaires.check_title))></h1>
        <p inner_html=reader.rich(td_string!(locale, questionnaires.check_text))></p>
        <SummaryList reader rows />
        <form id=FORM_ID method="post" action=paths::check(reader, &person.slug)>
            {carried}
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, questionnaires.send_note))></p>
            <div class="c-actions">
                <Button reader label=td_string!(locale, questionnaires.send) name="go" value="send" />
            </div>
        </form>
    }
}

fn summary_row(reader: Reader, person: &Person, row: &Row) -> SummaryRow {
    let mut change = paths::question(reader, &person.slug, &row.name);
    change.push_str("?change");
    SummaryRow {
        key: row.label.clone(),
        japanese: None,
        value: match &row.value {
            Value::Words(lines) => Shown::Words(lines.clone()),
            Value::Typed(text) => Shown::Typed(text.clone()),
            Value::Nothing => Shown::Words(vec![td_string!(reader.locale, questionnaires.not_answered).to_owned()]),
        },
        change: Some(change),
    }
}

/// Why it did not go through; the answers are still there.
fn trouble_view(reader: Reader, trouble: Trouble) -> impl IntoView {
    let locale = reader.locale;
    let (title, text) = match trouble {
        Trouble::NotSent => (
            td_string!(locale, questionnaires.not_saved),
            td_string!(locale, questionnaires.not_saved_text).to_owned(),
        ),
        Trouble::Forged => {
            (td_string!(locale, questionnaires.forged), td_string!(locale, questionnaires.forged_text).to_owned())
        }
        Trouble::Busy(seconds) => (
            td_string!(locale, questionnaires.busy),
            td_string!(locale, questionnaires.busy_text, seconds = seconds).to_string(),
        ),
        Trouble::Conflict => (
            td_string!(locale, questionnaires.conflict_title),
            td_string!(locale, questionnaires.conflict_text).to_owned(),
        ),
        Trouble::Outdated => (
            td_string!(locale, questionnaires.not_saved),
            td_string!(locale, questionnaires.outdated_text).to_owned(),
        ),
    };
    view! {
        <div id="errors" role="alert" tabindex="-1" autofocus>
            <Notice tone=Tone::Wrong>
                <h2 inner_html=reader.rich(title)></h2>
                <p inner_html=reader.rich(&text)></p>
            </Notice>
        </div>
    }
}
