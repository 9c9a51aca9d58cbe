//! Writing, the receipt, coming back.

use super::{
    parts::{Faults, demonstration, fault_of, hidden, send, summary},
    topics::topics,
};
use crate::{
    i18n::*,
    questionnaires::components::FORM_ID,
    ui::{Field, LongTextField, Reader, TextField},
    voices::{
        paths,
        written::{Fault, Written},
    },
};
use ::seal::voice::receipt::{Fault as NoReceipt, Receipt};
use leptos::prelude::*;

/// Writing, as it is drawn.
#[derive(Clone, Debug)]
pub struct Writing<'w> {
    /// What stands in the fields.
    pub written: &'w Written,
    /// What is wrong with it.
    pub faults: &'w Faults,
    /// The word of the form, for door B.
    pub attempt: Option<String>,
    /// Whether it is locked on the phone: only the program says so, once it can.
    pub is_on_phone: bool,
    /// Whether whoever runs the server can read everything.
    pub is_demonstration: bool,
}

/// A fault of what was written, in words.
#[must_use]
pub fn said(reader: Reader, fault: Fault) -> String {
    match fault {
        Fault::Missing => td_string!(reader.locale, voices.fault_missing),
        Fault::TooLong => td_string!(reader.locale, voices.fault_too_long),
    }
    .to_owned()
}

/// What holds once the program runs, as HTML: where it is locked, and how a keyboard leaves.
#[must_use]
pub fn locked_on_phone(reader: Reader) -> String {
    let locale = reader.locale;
    [td_string!(locale, voices.locked_phone), td_string!(locale, voices.exit_keys)]
        .map(|text| reader.rich(text))
        .join(" ")
}

/// The form in which somebody writes.
pub fn write(reader: Reader, drawn: &Writing<'_>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let Writing { written, faults, attempt, is_on_phone, is_demonstration } = drawn;
    let text = Field::new("text", td_string!(locale, voices.text))
        .hint(td_string!(locale, voices.text_hint))
        .error(fault_of(faults, "text"));
    let employer = Field::new("employer", td_string!(locale, voices.employer))
        .hint(td_string!(locale, voices.employer_hint))
        .error(fault_of(faults, "employer"));
    let locked =
        if *is_on_phone { locked_on_phone(reader) } else { reader.rich(td_string!(locale, voices.locked_server)) };
    view! {
        <form id=FORM_ID method="post" action=reader.href(paths::WRITE) novalidate>
            {hidden("attempt", attempt.clone())}
            {summary(reader, faults)}
            <h1 inner_html=reader.rich(td_string!(locale, voices.write_heading))></h1>
            {demonstration(reader, *is_demonstration)}
            <p inner_html=reader.rich(td_string!(locale, voices.write_lead))></p>
            <p inner_html=reader.rich(td_string!(locale, voices.exceptions))></p>
            {topics(reader, &written.topic)}
            <div class="voice-words" translate="no" spellcheck="false">
                <LongTextField reader field=text name="text" value=written.text.clone() />
                <TextField reader field=employer name="employer" value=written.employer.clone() />
            </div>
            <p class="c-hint" id="locked" inner_html=locked></p>
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, voices.phone_limits))></p>
            {send(reader, td_string!(locale, voices.send), "next")}
        </form>
    }
}

/// What differs between the first receipt and a later one.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptWords {
    /// What happened.
    pub heading: &'static str,
    /// What the digits are for.
    pub lead: &'static str,
    /// Where the last group goes.
    pub action: &'static str,
    /// What is asked there.
    pub act: &'static str,
}

impl ReceiptWords {
    /// Of a voice that has just come.
    #[must_use]
    pub fn of_first(reader: Reader) -> Self {
        Self {
            heading: td_string!(reader.locale, voices.receipt_heading),
            lead: td_string!(reader.locale, voices.receipt_lead),
            action: paths::RECEIPT,
            act: "next",
        }
    }

    /// Of another receipt for a voice that is there.
    #[must_use]
    pub fn of_other(reader: Reader) -> Self {
        Self {
            heading: td_string!(reader.locale, voices.change_heading),
            lead: td_string!(reader.locale, voices.change_lead),
            action: paths::LETTERS,
            act: "change-to",
        }
    }
}

/// The digits, shown once, and the field in which the last group is typed back.
pub fn receipt(
    reader: Reader,
    words: ReceiptWords,
    receipt: &Receipt,
    attempt: Option<String>,
    is_wrong: bool,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let faults: Faults =
        is_wrong.then(|| ("last", td_string!(locale, voices.receipt_wrong).to_owned())).into_iter().collect();
    let field = Field::new("last", td_string!(locale, voices.receipt_type)).error(fault_of(&faults, "last"));
    let keep = [
        td_string!(locale, voices.receipt_keep_1),
        td_string!(locale, voices.receipt_keep_2),
        td_string!(locale, voices.receipt_keep_3),
    ];
    let keep = keep.map(|text| view! { <li inner_html=reader.rich(text)></li> }).into_iter().collect_view();
    let groups = receipt.groups().into_iter().map(|group| view! { <span class="voice-digits__group">{group}</span> });
    let groups = groups.collect_view();
    view! {
        <form id=FORM_ID method="post" action=reader.href(words.action) novalidate>
            {hidden("attempt", attempt)}
            <input type="hidden" name="act" value=words.act />
            {summary(reader, &faults)}
            <h1 inner_html=reader.rich(words.heading)></h1>
            <p inner_html=reader.rich(words.lead)></p>
            <section class="voice-digits" aria-labelledby="digits">
                <h2 class="voice-digits__label" id="digits" inner_html=reader.rich(td_string!(locale, voices.receipt_label))></h2>
                <p class="voice-digits__all" translate="no">{groups}</p>
            </section>
            <ul>{keep}</ul>
            <TextField reader field name="last" inputmode="numeric" short=true />
            {send(reader, td_string!(locale, voices.receipt_go), "next")}
        </form>
    }
}

/// Why what somebody typed is no receipt, in words.
#[must_use]
pub fn no_receipt(reader: Reader, fault: NoReceipt) -> String {
    let locale = reader.locale;
    match fault {
        NoReceipt::Missing => td_string!(locale, voices.back_missing).to_owned(),
        NoReceipt::NotDigits => td_string!(locale, voices.back_not_digits).to_owned(),
        NoReceipt::TooFew(count) => td_string!(locale, voices.back_too_few, count = count).to_string(),
        NoReceipt::TooMany(count) => td_string!(locale, voices.back_too_many, count = count).to_string(),
        NoReceipt::Mistyped => td_string!(locale, voices.back_mistyped).to_owned(),
    }
}

/// The field for the digits.
pub fn back(reader: Reader, typed: &str, wrong: Option<String>, is_demonstration: bool) -> impl IntoView + use<> {
    let locale = reader.locale;
    let faults: Faults = wrong.into_iter().map(|words| ("digits", words)).collect();
    let field = Field::new("digits", td_string!(locale, voices.back_label))
        .hint(td_string!(locale, voices.back_hint))
        .error(fault_of(&faults, "digits"));
    // What was typed wrong stays, so that it can be compared; what is right is a secret and does not.
    let value = if faults.is_empty() { String::new() } else { typed.to_owned() };
    view! {
        <form id=FORM_ID method="post" action=reader.href(paths::BACK) novalidate>
            {summary(reader, &faults)}
            <h1 inner_html=reader.rich(td_string!(locale, voices.back_heading))></h1>
            {demonstration(reader, is_demonstration)}
            <TextField reader field name="digits" value=value inputmode="numeric" />
            {send(reader, td_string!(locale, voices.back_go), "next")}
        </form>
    }
}
