//! The fields of a guest's form.

use super::entered::{Entered, Faults, Purpose, Wrong, definition};
use crate::{
    events::{
        guest::{Fault, KINDS, NAME_CHARS, NEEDS_CHARS},
        seating::Seat,
        server::catalogue::{Event, Place},
        telling,
    },
    i18n::*,
    questionnaires::{
        components::{problem::sentence, question},
        stage::Item,
    },
    ui::{Checkboxes, ChoiceRow, ErrorSummary, Field, LongTextField, Radios, Reader, Select, TextField, html::Html},
};
use form::{Day, entry};
use leptos::prelude::*;

/// A form as it is drawn.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// Who reads.
    pub reader: Reader,
    /// For what.
    pub event: &'a Event,
    /// What it is for.
    pub purpose: Purpose,
    /// What stands in it.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub faults: &'a Faults,
    /// The site's day.
    pub today: Day,
}

impl Drawn<'_> {
    /// The list of what is wrong, if anything is.
    pub fn summary(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let own = self.faults.fields.iter().map(|(field, wrong)| {
            let words = said(reader, field, *wrong);
            // What does not say by itself which field it is about.
            let words = match (wrong, label(reader, field)) {
                (Wrong::Typed(Fault::TooLong | Fault::NotText), Some(label)) => [label, " — ", &words].concat(),
                _ => words,
            };
            (["#", field].concat(), words)
        });
        let asked = self.faults.questions.iter().filter_map(|problem| {
            let question = definition(self.event)?.question(&problem.question)?;
            let place = ["#", &question::control_id(true, question)].concat();
            let words = [question.label.get(reader.tag()), " — ", &sentence(reader, question, problem.key)].concat();
            Some((place, words))
        });
        let errors: Vec<_> = own.chain(asked).collect();
        (!errors.is_empty()).then(|| view! { <ErrorSummary reader errors /> })
    }

    /// All fields.
    pub fn view(self) -> impl IntoView + use<> {
        let Self { reader, entered, purpose, .. } = self;
        let locale = reader.locale;
        let name = self.field("name", td_string!(locale, registrations.name)).required();
        let name = name.hint(td_string!(locale, registrations.name_hint));
        let organisation = self.field("organisation", td_string!(locale, registrations.organisation)).required();
        let organisation = organisation.hint(td_string!(locale, registrations.organisation_hint));
        let phone = self.field("phone", td_string!(locale, registrations.phone));
        let phone = if purpose.is_interest() {
            phone.hint(td_string!(locale, registrations.phone_or_email))
        } else {
            phone.required().hint(td_string!(locale, registrations.phone_hint))
        };
        let email = self.field("email", td_string!(locale, registrations.email));
        // Said once, at the phone, where either will do.
        let email =
            if purpose.is_interest() { email } else { email.hint(td_string!(locale, registrations.email_hint)) };
        let organisation = (!purpose.is_interest()).then(|| {
            view! {
                <TextField
                    reader
                    field=organisation
                    name="organisation"
                    value=entered.organisation.clone()
                    autocomplete="organization"
                />
            }
        });
        view! {
            {self.place()}
            <TextField reader field=name name="name" value=entered.name.clone() autocomplete="name" />
            {organisation}
            <TextField
                reader
                field=phone
                name="phone"
                value=entered.phone.clone()
                kind="tel"
                inputmode="tel"
                autocomplete="tel"
            />
            <TextField
                reader
                field=email
                name="email"
                value=entered.email.clone()
                kind="email"
                inputmode="email"
                autocomplete="email"
            />
            {(!purpose.is_interest()).then(|| self.more().into_any())}
            {self.follows()}
            {(!purpose.is_interest()).then(|| self.questions().into_any())}
        }
    }

    /// Where they come: one of several, or the only one in words.
    pub fn place(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        if !self.purpose.asks_place() {
            return None;
        }
        let is_interest = self.purpose.is_interest();
        if let [only] = self.event.places.as_slice() {
            let hint = (!is_interest).then(|| seats(reader, only)).filter(|hint| !hint.is_empty());
            let name = telling::said(reader, &only.name);
            return Some(
                view! {
                    <div class="c-group">
                        <p class="c-label" inner_html=reader.rich(td_string!(locale, registrations.place))></p>
                        <p>{name}</p>
                        {hint.map(|hint| view! { <p class="c-hint" inner_html=reader.rich(&hint)></p> })}
                    </div>
                }
                .into_any(),
            );
        }
        let mut choices: Vec<ChoiceRow> = self
            .event
            .places
            .iter()
            .map(|place| ChoiceRow {
                value: place.id.0.clone(),
                label: place.name.said(reader).text.to_owned(),
                hint: (!is_interest).then(|| seats(reader, place)).filter(|hint| !hint.is_empty()),
                checked: self.entered.place == place.id.0,
                ..ChoiceRow::default()
            })
            .collect();
        if choices.is_empty() {
            return None;
        }
        let mut field = self.field("place", td_string!(locale, registrations.place));
        if is_interest {
            choices.push(ChoiceRow {
                label: td_string!(locale, registrations.place_any).to_owned(),
                apart: true,
                ..ChoiceRow::default()
            });
        } else {
            field = field.required();
        }
        Some(view! { <Radios reader field name="place" choices /> }.into_any())
    }

    /// What nobody must tell.
    fn more(self) -> impl IntoView + use<> {
        let Self { reader, entered, .. } = self;
        let locale = reader.locale;
        let reading = self.field("reading", td_string!(locale, registrations.reading));
        let reading = reading.hint(td_string!(locale, registrations.reading_hint));
        let kinds = KINDS.map(|kind| ChoiceRow {
            value: kind.to_owned(),
            label: kind_words(reader, kind).to_owned(),
            checked: entered.kind == kind,
            ..ChoiceRow::default()
        });
        let kind = self.field("kind", td_string!(locale, registrations.kind));
        let needs = self.field("needs", td_string!(locale, registrations.needs));
        let needs = needs.hint(td_string!(locale, registrations.needs_hint));
        view! {
            <TextField reader field=reading name="reading" value=entered.reading.clone() />
            <Select reader field=kind name="kind" choices=kinds.to_vec() />
            <LongTextField reader field=needs name="needs" value=entered.needs.clone() />
        }
    }

    fn follows(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let series = self.event.series.as_ref()?;
        let field = self.field("follows", td_string!(locale, registrations.follows_legend));
        let choices = vec![ChoiceRow {
            value: "yes".to_owned(),
            label: td_string!(locale, registrations.follows, series = series.title.said(reader).text).to_string(),
            hint: Some(td_string!(locale, registrations.follows_hint).to_owned()),
            checked: self.entered.follows,
            ..ChoiceRow::default()
        }];
        Some(view! { <Checkboxes reader field name="follows" choices /> })
    }

    /// The organizers' own questions, by the questionnaires' own renderer.
    pub fn questions(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let definition = definition(self.event)?;
        let mut html = Html::new();
        for asked in &definition.questions {
            let problem = self.faults.questions.iter().find(|problem| problem.question == asked.name);
            let item = Item {
                question: asked.clone(),
                fields: entry::own_fields(&entry::prefix(asked, true), &self.entered.questions),
                problem: problem.map(|problem| problem.key),
            };
            question::write_named(&mut html, reader, self.today, &item);
        }
        let title = td_string!(reader.locale, registrations.questions_title);
        Some(view! {
            <h2 inner_html=reader.rich(title)></h2>
            {html.into_view()}
        })
    }

    fn field(self, id: &'static str, label: &str) -> Field {
        Field::new(id, label).error(self.faults.of(id).map(|wrong| said(self.reader, id, wrong)))
    }
}

/// How many seats a place has left; nothing if there is no limit: a text for [`Reader::rich`].
#[must_use]
pub fn seats(reader: Reader, place: &Place) -> String {
    let locale = reader.locale;
    match (place.taken.next(), place.taken.capacity) {
        (Seat::Waiting, _) if place.taken.waiting == 0 => td_string!(locale, registrations.place_full).to_owned(),
        (Seat::Waiting, _) => {
            td_string!(locale, registrations.place_waiting, n = place.taken.waiting.to_string()).to_string()
        }
        (Seat::Held, Some(_)) => {
            td_string!(locale, registrations.place_left, n = place.taken.free().to_string()).to_string()
        }
        (Seat::Held, None) => String::new(),
    }
}

/// What a kind of organisation is called.
#[must_use]
pub fn kind_words(reader: Reader, kind: &str) -> &'static str {
    let locale = reader.locale;
    match kind {
        "company" => td_string!(locale, registrations.kind_company),
        "union" => td_string!(locale, registrations.kind_union),
        "ngo" => td_string!(locale, registrations.kind_ngo),
        "lawyer" => td_string!(locale, registrations.kind_lawyer),
        "government" => td_string!(locale, registrations.kind_government),
        "school" => td_string!(locale, registrations.kind_school),
        "media" => td_string!(locale, registrations.kind_media),
        _ => td_string!(locale, registrations.kind_person),
    }
}

/// What a field is called.
fn label(reader: Reader, field: &str) -> Option<&'static str> {
    let locale = reader.locale;
    Some(match field {
        "name" => td_string!(locale, registrations.name),
        "reading" => td_string!(locale, registrations.reading),
        "organisation" => td_string!(locale, registrations.organisation),
        "phone" => td_string!(locale, registrations.phone),
        "email" => td_string!(locale, registrations.email),
        "needs" => td_string!(locale, registrations.needs),
        _ => return None,
    })
}

/// The sentence for what is wrong with a field.
fn said(reader: Reader, field: &str, wrong: Wrong) -> String {
    let locale = reader.locale;
    let fixed = match wrong {
        Wrong::NoContact => td_string!(locale, registrations.fault_contact),
        Wrong::NoAddress => td_string!(locale, registrations.fault_follows),
        Wrong::Busy(seconds) => {
            return td_string!(locale, registrations.fault_busy, seconds = seconds.to_string()).to_string();
        }
        Wrong::Typed(Fault::Missing) => match field {
            "name" => td_string!(locale, registrations.fault_name),
            "organisation" => td_string!(locale, registrations.fault_organisation),
            "phone" => td_string!(locale, registrations.fault_phone),
            _ => td_string!(locale, registrations.fault_place),
        },
        Wrong::Typed(Fault::TooLong) => {
            let most = if field == "needs" { NEEDS_CHARS } else { NAME_CHARS };
            return td_string!(locale, registrations.fault_too_long, n = most.to_string()).to_string();
        }
        Wrong::Typed(Fault::NotText) => td_string!(locale, registrations.fault_not_text),
        Wrong::Typed(Fault::NotKana) => td_string!(locale, registrations.fault_not_kana),
        Wrong::Typed(Fault::PhoneLetters) => td_string!(locale, registrations.fault_phone_letters),
        Wrong::Typed(Fault::PhoneDigits) => td_string!(locale, registrations.fault_phone_digits),
        Wrong::Typed(Fault::NotEmail) => td_string!(locale, registrations.fault_not_email),
    };
    fixed.to_owned()
}
