//! Door A in the browser: what somebody writes is sealed before it leaves, and what they are answered is opened here. The
//! server draws the forms of door B; from the moment in which this runs, they are sealed on the phone, and the page says so.
//! Nothing is stored. The rules are those of [`crate::voices::worker`]; `sending` seals what is written, `consent` says yes and takes it back, `session` is whatever else is done, `stage` is where the
//! person stands, `reading` changes the language in place: what was typed must not be sent for that.

mod consent;
mod reading;
mod sending;
mod session;
mod stage;

use crate::{
    browser::{http, page, press},
    i18n::*,
    ui::{Notice, Reader, dates::long_day, panel::Tone},
    voices::{
        components::{
            forms::{self, ReceiptWords, Writing},
            parts, sharing,
            thread::{self, Shown},
        },
        door::Door,
        paths,
    },
};
use form::Day;
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};
use stage::{Phone, Stage, Trouble};

/// With which page somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Begin {
    /// Writing.
    Write,
    /// Coming back.
    Back,
}

/// The page below its frame. Without script it is a form of door B.
#[island]
pub fn VoiceDoor(
    /// Who reads.
    reader: Reader,
    /// What the page hands to the program.
    door: Door,
    /// With which page somebody came.
    begin: Begin,
) -> impl IntoView {
    let phone = Phone::new(reader, door, begin);
    Effect::new(move |_| {
        phone.is_awake.set(true);
        // Drawn anew the form would lose what somebody types already: only the sentence is another one now.
        page::draw("#locked", &forms::locked_on_phone(reader));
        page::set_awake();
        reading::listen(phone);
        session::watch(phone);
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // Closing waits for nothing.
        let is_close = press::button_of(&event).is_some_and(|(_, value)| value == "close");
        if is_close || phone.is_busy.get_untracked().is_none() {
            http::spawn(pressed(phone, event));
        }
    };
    let follow = move |event: ev::MouseEvent| {
        if let Some((path, _)) = press::link_of(&event)
            && path == phone.reader.get_untracked().href(paths::LETTERS)
        {
            event.prevent_default();
            phone.show(session::letters(phone));
        }
    };
    // What is typed while it is being sent would be lost.
    let is_inert = move || {
        let is_typing = phone.stage.with(|stage| matches!(stage, Stage::Write { .. } | Stage::Back { .. }));
        is_typing && phone.is_busy.get().is_some()
    };
    let notes = move || {
        let reader = phone.reader.get();
        let words = match (phone.is_busy.get(), phone.trouble.get()) {
            (Some(stage::Busy::Working), _) => (Tone::Waiting, td_string!(reader.locale, voices.working)),
            (Some(stage::Busy::Looking), _) => (Tone::Waiting, td_string!(reader.locale, voices.looking)),
            (None, Some(trouble)) => {
                let is_writing = phone.stage.with(|stage| matches!(stage, Stage::Write { .. }));
                (Tone::Wrong, trouble.words(reader.locale, is_writing))
            }
            (None, None) => return None,
        };
        Some(view! {
            <Notice tone=words.0>
                <p inner_html=reader.rich(words.1)></p>
            </Notice>
        })
    };
    let unlocked = move || {
        let reader = phone.reader.get();
        // What is written, and nothing else: digits and later letters are never sent open.
        let is_writing = phone.stage.with(|stage| matches!(stage, Stage::Write { .. }));
        let is_offered = is_writing && phone.trouble.get() == Some(Trouble::Memory) && phone.is_busy.get().is_none();
        is_offered.then(|| {
            let (label, selector) = (td_string!(reader.locale, voices.send_unlocked), "#question");
            let press = move |_| press::send_form(selector);
            view! {
                <p class="c-actions">
                    <button
                        type="button"
                        class="c-button c-button--quiet"
                        on:click=press
                        inner_html=reader.rich(label)
                    ></button>
                </p>
            }
        })
    };
    view! {
        <div on:submit=submit on:click=follow>
            <div prop:inert=is_inert>{move || draw(phone)}</div>
            <div role="status" id="voice-status">
                {notes}
            </div>
            {unlocked}
        </div>
    }
}

/// The stage, as door B would draw it.
fn draw(phone: Phone) -> AnyView {
    let reader = phone.reader.get();
    let door = phone.door.get();
    match phone.stage.get() {
        Stage::Write { written, faults } => {
            let drawn = Writing {
                written: &written,
                faults: &faults,
                attempt: Some(door.attempt),
                is_on_phone: phone.is_awake.get_untracked(),
                is_demonstration: door.is_demonstration,
            };
            forms::write(reader, &drawn).into_any()
        }
        Stage::Receipt { is_wrong } => phone
            .receipt()
            .map(|receipt| forms::receipt(reader, ReceiptWords::of_first(reader), &receipt, None, is_wrong))
            .into_any(),
        Stage::Kept { by } => {
            let by = Day::parse(&by).map_or(by, |day| long_day(reader, day));
            let back = reader.plain(td_string!(reader.locale, voices.ways_back));
            let text = td_string!(reader.locale, voices.kept_text, date = by, back = back).to_string();
            parts::told(reader, (td_string!(reader.locale, voices.kept_heading), &text), &ways_on(reader)).into_any()
        }
        Stage::Back { typed, wrong } => forms::back(reader, &typed, wrong, door.is_demonstration).into_any(),
        Stage::Letters(more) => phone
            .thread()
            .and_then(|own| {
                let shown = Shown {
                    state: own.told.state,
                    due: Day::parse(&own.told.due_on)?,
                    is_late: own.told.is_late,
                    opens: own.told.opens,
                    is_kept_long: own.told.is_kept_long,
                    letters: &own.letters,
                    doubtful: own.doubtful,
                    shared: &own.shared,
                    today: Day::parse(&own.told.today)?,
                    late_on: own.told.late_on.as_deref().and_then(Day::parse),
                    is_watched: own.told.is_watched,
                    is_demonstration: door.is_demonstration,
                };
                Some(thread::thread(reader, &shown, &more))
            })
            .into_any(),
        Stage::Change { is_wrong } => phone
            .other()
            .map(|other| forms::receipt(reader, ReceiptWords::of_other(reader), &other.receipt, None, is_wrong))
            .into_any(),
        Stage::AskAgree(id) => phone
            .thread()
            .and_then(|own| {
                let shared = own.shared.iter().find(|shared| shared.facts.id == id)?;
                Some(sharing::ask_agree(reader, shared, Day::parse(&own.told.today)?))
            })
            .into_any(),
        Stage::AskDelete => thread::ask_delete(reader).into_any(),
        Stage::Deleted => {
            let words =
                (td_string!(reader.locale, voices.deleted_heading), td_string!(reader.locale, voices.deleted_text));
            parts::told(reader, words, &[("/voice", td_string!(reader.locale, home.voice_title))]).into_any()
        }
        Stage::Closed => {
            let words =
                (td_string!(reader.locale, voices.closed_heading), td_string!(reader.locale, voices.closed_text));
            parts::told(reader, words, &[(paths::BACK, td_string!(reader.locale, voices.ways_back))]).into_any()
        }
    }
}

fn ways_on(reader: Reader) -> [(&'static str, &'static str); 2] {
    let locale = reader.locale;
    [(paths::BACK, td_string!(locale, voices.ways_back)), ("/voice", td_string!(locale, home.voice_title))]
}

/// A button was pressed: what it means where the person stands.
async fn pressed(phone: Phone, event: ev::SubmitEvent) {
    let button = press::button_of(&event).unwrap_or_default();
    let act = if button.0 == "act" { button.1 } else { press::value_of(&event, "act") };
    phone.trouble.set(None);
    match phone.stage.get_untracked() {
        Stage::Write { .. } => {
            let [topic, employer, text] = ["topic", "employer", "text"].map(|name| press::value_of(&event, name));
            sending::write(phone, &topic, &employer, &text).await;
        }
        Stage::Receipt { .. } => session::keep_receipt(phone, &press::value_of(&event, "last")),
        Stage::Back { .. } => session::come_back(phone, press::value_of(&event, "digits")).await,
        Stage::Change { .. } => session::change(phone, &press::value_of(&event, "last")).await,
        Stage::Letters(_) | Stage::AskDelete | Stage::AskAgree(_) => match act.as_str() {
            "add" => session::add(phone, &press::value_of(&event, "text")).await,
            "close" => session::close(phone),
            "keep-long" | "keep-short" => session::keep(phone, act == "keep-long").await,
            "ask-agree" => consent::ask(phone, press::value_of(&event, "share")),
            "agree" => consent::agree(phone, &press::value_of(&event, "share")).await,
            "withdraw" => consent::withdraw(phone, &press::value_of(&event, "grant")).await,
            "late" => consent::late(phone).await,
            "change" => session::ask_change(phone).await,
            "ask-delete" => session::ask_delete(phone),
            "delete" => session::delete(phone).await,
            _ => {}
        },
        Stage::Kept { .. } | Stage::Deleted | Stage::Closed => {}
    }
}
