//! What the screens about guests have in common.

use crate::{
    auth::Organizer,
    error::AppError,
    events::{
        guest::{Fault, KINDS},
        paths,
        server::{
            access::{self, Access},
            catalogue::{self, Event},
            entities::{mailing::MailKind, registration::State},
            guest_list::Status,
            seats::Refusal,
        },
    },
    i18n::*,
    server::Context,
    ui::{
        Reader,
        html::{Html, flag, some},
    },
};

/// The event, and what this organizer may do for it.
pub async fn open(ctx: &Context, organizer: &Organizer, slug: &str) -> Result<(Event, Access), AppError> {
    let event = catalogue::find_any(ctx, slug).await?;
    let access = access::of(ctx, organizer, &event).await?;
    Ok((event, access))
}

/// The way back to the event, below the heading, and the ways to the other lists; `here` is left out.
pub fn ways(html: &mut Html, reader: Reader, event: &Event, access: &Access, here: &str) {
    let locale = reader.locale;
    let said = event.title.said(reader);
    html.open("p", &[]).open("a", &[some("href", &paths::console(&event.slug, "")), ("lang", said.lang)]);
    html.rich(reader, said.text).close("a").close("p");
    html.open("ul", &[some("class", "answers-links")]);
    let may_change = access.require_organizer().is_ok();
    let sees = access.sees_guests();
    for (rest, words, is_open) in [
        ("/guests", td_string!(locale, guests.title), true),
        ("/guests/new", td_string!(locale, guests.new_title), sees),
        ("/import", td_string!(locale, guests.import_title), may_change),
        ("/print", td_string!(locale, guests.print_title), sees),
        ("/mailings", td_string!(locale, guests.mailings_title), true),
        ("/attendance", td_string!(locale, desk.attendance_title), true),
    ] {
        if is_open && rest != here {
            html.open("li", &[]);
            html.line(reader, "a", &[some("href", &paths::console(&event.slug, rest))], words).close("li");
        }
    }
    html.close("ul");
}

/// A menu; the rows are values and plain words.
pub fn menu(html: &mut Html, reader: Reader, name: &str, label: &str, rows: &[(String, String)], chosen: &str) {
    html.open("div", &[some("class", "c-group")]);
    html.line(reader, "label", &[some("class", "c-label"), some("for", name)], label);
    html.open("select", &[some("class", "c-field c-select"), some("id", name), some("name", name)]);
    for (value, words) in rows {
        html.open("option", &[some("value", value), flag("selected", value == chosen)]).text(words).close("option");
    }
    html.close("select").close("div");
}

/// One box to tick.
pub fn tick(html: &mut Html, reader: Reader, name: &str, label: &str, is_on: bool) {
    html.open("p", &[]).open("label", &[]);
    html.open("input", &[some("type", "checkbox"), some("name", name), some("value", "yes"), flag("checked", is_on)]);
    html.text(" ").rich(reader, label).close("label").close("p");
}

/// A value that goes along unseen.
pub fn hidden(html: &mut Html, name: &str, value: &str) {
    html.open("input", &[some("type", "hidden"), some("name", name), some("value", value)]);
}

/// The places as rows of a menu: position from 1, and name.
pub fn place_rows(reader: Reader, event: &Event) -> Vec<(String, String)> {
    (1_usize..).zip(&event.places).map(|(number, place)| (number.to_string(), place.name.plain(reader))).collect()
}

/// What a place is called; nothing without one.
pub fn place_name(reader: Reader, event: &Event, place: Option<usize>) -> String {
    place.and_then(|place| event.places.get(place)).map(|place| place.name.plain(reader)).unwrap_or_default()
}

/// An instant of the site's clock.
pub fn instant(ctx: &Context, unix_ms: i64) -> String {
    ctx.clock().written(unix_ms)
}

/// What a registration counts as, in words.
pub fn status_word(reader: Reader, status: Status) -> &'static str {
    let locale = reader.locale;
    match status {
        Status::Is(State::Registered) => td_string!(locale, guests.state_registered),
        Status::Is(State::Offered) => td_string!(locale, guests.state_offered),
        Status::Is(State::Waiting) => td_string!(locale, guests.state_waiting),
        Status::Is(State::Interested) => td_string!(locale, guests.state_interested),
        Status::Is(State::Cancelled) => td_string!(locale, guests.state_cancelled),
        Status::Repeat => td_string!(locale, guests.state_repeat),
    }
}

/// A kind of organisation in words; one that is none of ours as it is.
pub fn kind_word(reader: Reader, kind: &str) -> &'static str {
    let locale = reader.locale;
    match kind {
        "company" => td_string!(locale, guests.kind_company),
        "union" => td_string!(locale, guests.kind_union),
        "ngo" => td_string!(locale, guests.kind_ngo),
        "lawyer" => td_string!(locale, guests.kind_lawyer),
        "government" => td_string!(locale, guests.kind_government),
        "school" => td_string!(locale, guests.kind_school),
        "media" => td_string!(locale, guests.kind_media),
        "person" => td_string!(locale, guests.kind_person),
        _ => "",
    }
}

/// The kinds as rows of a menu.
pub fn kind_rows(reader: Reader, none: &str) -> Vec<(String, String)> {
    let rows = KINDS.iter().map(|kind| ((*kind).to_owned(), reader.plain(kind_word(reader, kind))));
    std::iter::once((String::new(), reader.plain(none))).chain(rows).collect()
}

/// Why a field is refused.
pub fn fault_word(reader: Reader, fault: Fault) -> &'static str {
    let locale = reader.locale;
    match fault {
        Fault::Missing => td_string!(locale, guests.fault_missing),
        Fault::TooLong => td_string!(locale, guests.fault_too_long),
        Fault::NotText => td_string!(locale, guests.fault_not_text),
        Fault::NotKana => td_string!(locale, guests.fault_not_kana),
        Fault::PhoneLetters => td_string!(locale, guests.fault_phone_letters),
        Fault::PhoneDigits => td_string!(locale, guests.fault_phone_digits),
        Fault::NotEmail => td_string!(locale, guests.fault_not_email),
    }
}

/// Why something about a seat cannot be.
pub fn refusal_word(reader: Reader, refusal: Refusal) -> &'static str {
    let locale = reader.locale;
    match refusal {
        Refusal::Closed | Refusal::Over => td_string!(locale, guests.refused_over),
        Refusal::NoPlace => td_string!(locale, guests.place_missing),
        Refusal::Full => td_string!(locale, guests.refused_full),
    }
}

/// What a mail tells.
pub fn mail_word(reader: Reader, kind: MailKind) -> &'static str {
    let locale = reader.locale;
    match kind {
        MailKind::Confirmation => td_string!(locale, guests.mail_confirmation),
        MailKind::Waiting => td_string!(locale, guests.mail_waiting),
        MailKind::Interest => td_string!(locale, guests.mail_interest),
        MailKind::Again => td_string!(locale, guests.mail_again),
        MailKind::PlaceFixed => td_string!(locale, guests.mail_place_fixed),
        MailKind::Opened => td_string!(locale, guests.mail_opened),
        MailKind::Reminder => td_string!(locale, guests.mail_reminder),
        MailKind::Changed => td_string!(locale, guests.mail_changed),
        MailKind::Cancelled => td_string!(locale, guests.mail_cancelled),
        MailKind::Promoted => td_string!(locale, guests.mail_promoted),
        MailKind::Offered => td_string!(locale, guests.mail_offered),
        MailKind::Lapsed => td_string!(locale, guests.mail_lapsed),
        MailKind::Thanks => td_string!(locale, guests.mail_thanks),
        MailKind::NextDate => td_string!(locale, guests.mail_next_date),
    }
}
