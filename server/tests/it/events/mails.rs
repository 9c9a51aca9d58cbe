//! Letters: of every kind, in every language, to the right person and to nobody else.

use crate::support::TestApp;
use app::{
    events::{
        details::Details,
        guest::{Line, Phone, Typed, email},
        server::{
            catalogue::{self, Event},
            entities::{
                call, event as event_row, event::Promotion, follower, mail, mailing, mailing::MailKind, place::Kind,
                registration,
            },
            link::{Link, new_attempt, spaced},
            mails::{self, Letter, Mailing},
            planning::{self, EventPlan, PlacePlan, SeriesPlan},
            seats::{self, Ended, Registering, Source, Wish},
        },
        standing::State,
        words::Words,
    },
    ids::{EventId, RegistrationId},
    server::Context,
};
use form::Time;
use icalendar::{Calendar, parser::unfold};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, EntityTrait, QueryFilter, Set};

const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];
const BASE: &str = "http://127.0.0.1:3000";

/// An event of colours in three weeks, at 14:00 in Tokyo, with one room.
pub(super) fn colours(slug: &str, capacity: Option<u32>) -> EventPlan {
    EventPlan {
        slug: slug.to_owned(),
        series: None,
        number: None,
        title: Words::new([
            ("ja", "{色|いろ}と仕事"),
            ("en", "Colours at work"),
            ("vi", "Màu sắc"),
            ("zh-Hans", "颜色"),
        ]),
        details: Details::default(),
        held_on: "2026-12-13".parse().unwrap(),
        begins: Time::parse("14:00"),
        ends: Time::parse("16:30"),
        utc_offset_minutes: 540,
        register_until: None,
        report: None,
        questions: None,
        promotion: Promotion::AtOnce,
        offer_hours: 24,
        keep_days: 90,
        places: vec![PlacePlan {
            id: None,
            kind: Kind::Venue,
            name: Words::new([("ja", "東京"), ("en", "Tokyo")]),
            address: Some(Words::new([("ja", "色町1-2-3"), ("en", "1-2-3 Colour Street")])),
            access: Words::default(),
            link: None,
            capacity,
        }],
    }
}

pub(super) async fn make(ctx: &Context, plan: &EventPlan, state: State) -> Event {
    let id = planning::create(ctx, None, plan, state).await.unwrap().unwrap();
    now(ctx, &id).await
}

pub(super) async fn now(ctx: &Context, id: &EventId) -> Event {
    catalogue::find_by_id(ctx, ctx.read(), id).await.unwrap()
}

pub(super) fn typed(name: &str, phone: &str, address: &str) -> Typed {
    Typed {
        name: Line::required(name).unwrap(),
        reading: None,
        organisation: None,
        phone: Phone::optional(phone).unwrap(),
        email: email(address).unwrap(),
        kind: Some("union"),
        needs: None,
        answers: None,
    }
}

pub(super) async fn register(ctx: &Context, event: &Event, guest: &Typed, language: &str) -> RegistrationId {
    come(ctx, event, guest, language, Wish::Seat(event.places[0].id.clone()), false).await
}

async fn come(
    ctx: &Context,
    event: &Event,
    guest: &Typed,
    language: &str,
    wish: Wish,
    follows: bool,
) -> RegistrationId {
    let attempt = new_attempt().unwrap();
    let registering = Registering {
        event: &event.id,
        wish,
        guest,
        attempt: &attempt,
        language,
        follows,
        source: Source::Organizer,
        import: None,
    };
    let link = seats::register(ctx, &registering).await.unwrap().unwrap();
    seats::find_own(ctx, &link.reveal()).await.unwrap().1.row.id
}

pub(super) async fn all_mails(ctx: &Context) -> Vec<mail::Model> {
    mail::Entity::find().all(ctx.read()).await.unwrap()
}

async fn letter(ctx: &Context, id: &RegistrationId, kind: MailKind) -> Option<Letter> {
    let own = mail::Column::RegistrationId.eq(id.clone());
    let rows = mail::Entity::find().filter(own).filter(mail::Column::Kind.eq(kind)).all(ctx.read()).await.unwrap();
    rows.last().and_then(|row| row.message.as_deref()).and_then(Letter::of_json)
}

async fn row(ctx: &Context, id: &RegistrationId) -> registration::Model {
    registration::Entity::find_by_id(id.clone()).one(ctx.read()).await.unwrap().unwrap()
}

/// Sets columns of an event, past the rules.
pub(super) async fn force(ctx: &Context, id: &EventId, change: impl FnOnce(&mut event_row::ActiveModel)) {
    let mut row = event_row::ActiveModel { id: Set(id.clone()), ..Default::default() };
    change(&mut row);
    row.update(ctx.db().writer()).await.unwrap();
}

async fn mailing_of(ctx: &Context, event: &Event, kind: MailKind) {
    let event = &now(ctx, &event.id).await;
    ctx.write(|tx| async move {
        mails::send(ctx, &tx, event, Mailing { kind, organizer: None, words: None }).await.map(drop)
    })
    .await
    .unwrap();
}

fn entry(letter: &Letter) -> (String, String, i64, String) {
    let text = letter.calendar.as_deref().expect("a calendar entry");
    let calendar: Calendar = text.parse().expect("a calendar");
    assert_eq!(calendar.components.len(), 1);
    let unfolded = unfold(text);
    let value = |name: &str| {
        let line = unfolded.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    (value("UID"), value("METHOD"), value("SEQUENCE").parse().unwrap(), value("STATUS"))
}

/// What every letter to a guest must hold, and must not.
async fn check(ctx: &Context, id: &RegistrationId, kind: MailKind, language: &str, name: &str) -> Letter {
    let letter = letter(ctx, id, kind).await.unwrap_or_else(|| panic!("{kind:?} in {language}"));
    let row = row(ctx, id).await;
    let link = Link::of_key(ctx.keys(), &row.link_key).unwrap().reveal();
    let text = &letter.text;
    assert!(text.contains(&format!("{BASE}/{language}/registrations/{link}\n")), "{kind:?} {language}: {text}");
    assert!(text.contains(&spaced(&row.code)) && text.contains(name), "{kind:?} {language}: {text}");
    for wrong in ["Other One", "{", "}", "|", "<", "&"] {
        assert!(!text.contains(wrong) && !letter.subject.contains(wrong), "{wrong} {kind:?} {language}: {text}");
    }
    assert!(!letter.subject.is_empty() && !letter.subject.contains('\n'));
    letter
}

#[tokio::test]
async fn every_kind_is_told_in_every_language() {
    for language in LANGUAGES {
        let app = TestApp::new().await;
        let ctx = &app.ctx;
        let name = "Red One".to_owned();
        let guest = typed(&name, "03-0000-0001", "red1@example.org");
        let other = typed("Other One", "03-0000-0002", "other@example.org");
        let plan = EventPlan { promotion: Promotion::Offered, ..colours("offers", Some(1)) };
        let event = make(ctx, &plan, State::Open).await;

        let first = register(ctx, &event, &other, language).await;
        let id = register(ctx, &event, &guest, language).await;
        check(ctx, &id, MailKind::Waiting, language, &name).await;
        seats::cancel(ctx, &first, Ended::Guest, None).await.unwrap();
        let offered = check(ctx, &id, MailKind::Offered, language, &name).await;
        assert!(offered.text.contains("12:00"), "the deadline: {}", offered.text);
        assert!(offered.calendar.is_none());
        ctx.clock().advance(25 * 3_600_000);
        seats::lapse(ctx).await.unwrap();
        check(ctx, &id, MailKind::Lapsed, language, &name).await;

        let event =
            make(ctx, &EventPlan { promotion: Promotion::AtOnce, ..colours("rest", Some(1)) }, State::Open).await;
        let interested = come(ctx, &event, &guest, language, Wish::Interest(None), false).await;
        check(ctx, &interested, MailKind::Interest, language, &name).await;
        mailing_of(ctx, &event, MailKind::Opened).await;
        check(ctx, &interested, MailKind::Opened, language, &name).await;
        seats::cancel(ctx, &interested, Ended::Guest, None).await.unwrap();
        let cancelled = check(ctx, &interested, MailKind::Cancelled, language, &name).await;
        assert_eq!(entry(&cancelled).1, "CANCEL");

        let first = register(ctx, &event, &other, language).await;
        let id = register(ctx, &event, &guest, language).await;
        seats::cancel(ctx, &first, Ended::Guest, None).await.unwrap();
        let promoted = check(ctx, &id, MailKind::Promoted, language, &name).await;
        assert_eq!(entry(&promoted).1, "PUBLISH");
        register(ctx, &event, &guest, language).await;
        check(ctx, &id, MailKind::Again, language, &name).await;
        let mut seen = vec![];
        for kind in [MailKind::PlaceFixed, MailKind::Reminder, MailKind::Changed] {
            mailing_of(ctx, &event, kind).await;
            let letter = check(ctx, &id, kind, language, &name).await;
            assert_eq!(entry(&letter).1, "PUBLISH");
            seen.push(letter.subject);
        }
        force(ctx, &event.id, |row| row.report = Set(Some("/en/reports/colours".to_owned()))).await;
        mailing_of(ctx, &event, MailKind::Thanks).await;
        let thanks = check(ctx, &id, MailKind::Thanks, language, &name).await;
        assert!(thanks.text.contains(&format!("{BASE}/en/reports/colours")), "{}", thanks.text);
        force(ctx, &event.id, |row| row.state = Set(State::Cancelled)).await;
        mailing_of(ctx, &event, MailKind::Cancelled).await;
        let off = check(ctx, &id, MailKind::Cancelled, language, &name).await;
        assert_eq!((entry(&off).1.as_str(), entry(&off).0), ("CANCEL", entry(&promoted).0));
        seen.extend([off.subject, cancelled.subject, thanks.subject]);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 6, "each kind says another thing");
    }
}

#[tokio::test]
async fn the_calendar_has_one_entry_from_the_first_day_to_the_last() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let mut plan = colours("entry", Some(5));
    plan.places[0].address = None;
    let event = make(ctx, &plan, State::Announced).await;
    let id = register(ctx, &event, &typed("Red 1", "", "red1@example.org"), "en").await;
    let mut entries = vec![entry(&letter(ctx, &id, MailKind::Confirmation).await.unwrap())];
    for kind in [MailKind::PlaceFixed, MailKind::Changed] {
        let sequence = now(ctx, &event.id).await.sequence;
        force(ctx, &event.id, |row| row.sequence = Set(sequence + 1)).await;
        mailing_of(ctx, &event, kind).await;
        entries.push(entry(&letter(ctx, &id, kind).await.unwrap()));
    }
    seats::cancel(ctx, &id, Ended::Guest, None).await.unwrap();
    entries.push(entry(&letter(ctx, &id, MailKind::Cancelled).await.unwrap()));
    assert!(entries.iter().all(|entry| entry.0 == entries[0].0), "one name: {entries:?}");
    assert!(entries.windows(2).all(|two| two[0].2 < two[1].2), "the revision rises: {entries:?}");
    assert_eq!(entries[3].3, "CANCELLED");
}

#[tokio::test]
async fn who_seems_to_come_twice_is_told_at_the_address_on_record_only() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = make(ctx, &colours("twice", Some(5)), State::Open).await;
    let first = register(ctx, &event, &typed("Red 1", "03-0000-0001", "red1@example.org"), "en").await;
    let second = register(ctx, &event, &typed("red 1", "+81 3 0000 0001", "else@example.org"), "vi").await;
    let again = mail::Entity::find().filter(mail::Column::Kind.eq(MailKind::Again)).all(ctx.read()).await.unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].recipient.as_deref(), Some("red1@example.org"));
    let key = row(ctx, &first).await.link_key;
    let link = Link::of_key(ctx.keys(), &key).unwrap().reveal();
    let told = letter(ctx, &second, MailKind::Confirmation).await.expect("looks like any other");
    assert!(!told.text.contains(&link), "the link of the first goes to nobody else");
    assert!(again[0].message.as_deref().unwrap().contains(&link));
}

#[tokio::test]
async fn a_name_stands_in_a_letter_as_it_was_typed() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = make(ctx, &colours("names", Some(5)), State::Open).await;
    for (number, name) in ["Red {a|b} 1", "<b>Red</b> & 2", "Red {{ title }} 3", "%s Red 4"].into_iter().enumerate() {
        let guest = typed(name, "", &format!("red{number}@example.org"));
        let id = register(ctx, &event, &guest, "ja-easy").await;
        let letter = letter(ctx, &id, MailKind::Confirmation).await.unwrap();
        assert!(letter.text.contains(name), "{}", letter.text);
        assert!(!letter.subject.contains("Red"));
    }
}

#[tokio::test]
async fn who_has_no_address_is_called() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = make(ctx, &colours("calls", Some(1)), State::Open).await;
    let first = register(ctx, &event, &typed("Red 1", "03-0000-0001", ""), "en").await;
    let id = register(ctx, &event, &typed("Red 2", "03-0000-0002", ""), "en").await;
    seats::cancel(ctx, &first, Ended::Guest, None).await.unwrap();
    let calls = call::Entity::find().all(ctx.read()).await.unwrap();
    assert_eq!(calls.len(), 1, "moved up and cannot be mailed");
    assert_eq!(calls[0].registration_id, id);
    mailing_of(ctx, &event, MailKind::Reminder).await;
    assert_eq!(call::Entity::find().all(ctx.read()).await.unwrap().len(), 2);
    assert!(all_mails(ctx).await.is_empty());
}

#[tokio::test]
async fn there_is_no_mail_without_the_deed() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = &make(ctx, &colours("deed", Some(1)), State::Open).await;
    let undone: Result<(), _> = ctx
        .write(|tx| async move {
            mails::send(ctx, &tx, event, Mailing { kind: MailKind::Changed, organizer: None, words: None }).await?;
            Err(app::error::AppError::Conflict)
        })
        .await;
    assert!(undone.is_err());
    assert!(mailing::Entity::find().all(ctx.read()).await.unwrap().is_empty());
}

#[tokio::test]
async fn followers_hear_once_that_the_next_date_is_open() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let series = SeriesPlan {
        slug: "round-table".to_owned(),
        title: Words::new([("ja", "円卓会議"), ("en", "Round table")]),
        about: Words::default(),
    };
    let series = planning::create_series(ctx, None, &series).await.unwrap().unwrap();
    let of_series = |slug: &str| EventPlan { series: Some(series.clone()), ..colours(slug, Some(9)) };
    let last = make(ctx, &EventPlan { held_on: "2026-11-23".parse().unwrap(), ..of_series("last") }, State::Open).await;
    for (number, language) in LANGUAGES.into_iter().enumerate() {
        let guest = typed(&format!("Red {number}"), "", &format!("red{number}@example.org"));
        come(ctx, &last, &guest, language, Wish::Seat(last.places[0].id.clone()), true).await;
    }
    let next = make(ctx, &of_series("next"), State::Open).await;
    register(ctx, &next, &typed("Red 2", "", "red2@example.org"), "en").await;
    for _ in 0..2 {
        let next = &now(ctx, &next.id).await;
        ctx.write(|tx| async move { mails::tell_followers(ctx, &tx, next, None).await.map(drop) }).await.unwrap();
    }
    let told = mail::Entity::find().filter(mail::Column::Kind.eq(MailKind::NextDate)).all(ctx.read()).await.unwrap();
    let mut to: Vec<_> = told.iter().filter_map(|mail| mail.recipient.clone()).collect();
    to.sort();
    let expected = [0, 1, 3, 4].map(|number| format!("red{number}@example.org"));
    assert_eq!(to, expected, "once each, and not who comes anyhow");
    let followers = follower::Entity::find().all(ctx.read()).await.unwrap();
    for mail in told {
        let follower = followers.iter().find(|row| Some(&row.email) == mail.recipient.as_ref()).unwrap();
        let link = Link::of_key(ctx.keys(), &follower.link_key).unwrap().reveal();
        let letter = Letter::of_json(mail.message.as_deref().unwrap()).unwrap();
        let end = format!("{BASE}/{}/follow/{link}", follower.language);
        assert_eq!(letter.unsubscribe.as_deref(), Some(end.as_str()));
        assert!(
            letter.text.contains(&end) && letter.text.contains(&format!("/{}/events/next/register", follower.language))
        );
        assert!(!letter.text.contains('{') && !letter.text.contains("Red"), "{}", letter.text);
    }

    // The letter of thanks leads on to the next date with what they told before.
    force(ctx, &last.id, |row| row.report = Set(Some("https://example.org/report".to_owned()))).await;
    mailing_of(ctx, &last, MailKind::Thanks).await;
    let thanks = mail::Entity::find().filter(mail::Column::Kind.eq(MailKind::Thanks)).all(ctx.read()).await.unwrap();
    assert_eq!(thanks.len(), 5);
    for mail in thanks {
        let letter = Letter::of_json(mail.message.as_deref().unwrap()).unwrap();
        let key = row(ctx, mail.registration_id.as_ref().unwrap()).await.link_key;
        let link = Link::of_key(ctx.keys(), &key).unwrap().reveal();
        assert!(letter.text.contains(&format!("/events/next/again/{link}")), "{}", letter.text);
    }
}

#[tokio::test]
async fn reminders_and_thanks_come_once_and_by_day() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let plan = EventPlan { held_on: "2026-11-24".parse().unwrap(), ..colours("soon", Some(5)) };
    let event = make(ctx, &plan, State::Open).await;
    register(ctx, &event, &typed("Red 1", "", "red1@example.org"), "en").await;
    register(ctx, &event, &typed("Red 2", "03-0000-0002", ""), "en").await;
    ctx.clock().advance(-5 * 3_600_000);
    assert_eq!(mails::remind(ctx).await.unwrap(), 0, "seven in the morning");
    ctx.clock().advance(5 * 3_600_000);
    assert_eq!(mails::remind(ctx).await.unwrap(), 1);
    assert_eq!(mails::remind(ctx).await.unwrap(), 0, "once");
    assert_eq!(call::Entity::find().all(ctx.read()).await.unwrap().len(), 1);
    ctx.clock().advance(3 * 24 * 3_600_000);
    assert_eq!(mails::thank(ctx).await.unwrap(), 0, "no report, no thanks made up");
    force(ctx, &event.id, |row| row.report = Set(Some("https://example.org/r".to_owned()))).await;
    assert_eq!((mails::thank(ctx).await.unwrap(), mails::thank(ctx).await.unwrap()), (1, 0));
    let kinds: Vec<_> = all_mails(ctx).await.into_iter().map(|mail| mail.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == MailKind::Reminder).count(), 1);
    assert_eq!(kinds.iter().filter(|kind| **kind == MailKind::Thanks).count(), 1);
}

#[tokio::test]
async fn every_hour_does_all_of_it_and_every_minute_ends_offers() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let soon = EventPlan { held_on: "2026-11-24".parse().unwrap(), keep_days: 3, ..colours("soon", Some(1)) };
    let event = make(ctx, &EventPlan { promotion: Promotion::Offered, ..soon }, State::Open).await;
    register(ctx, &event, &typed("Red 1", "", "red1@example.org"), "en").await;
    let waiting = register(ctx, &event, &typed("Red 2", "", "red2@example.org"), "en").await;
    server::worker::each_hour(ctx).await;
    server::worker::each_hour(ctx).await;
    let count = |mails: &[mail::Model], kind: MailKind| mails.iter().filter(|mail| mail.kind == kind).count();
    assert_eq!(count(&all_mails(ctx).await, MailKind::Reminder), 1, "who has a seat, once");
    server::worker::each_minute(ctx).await;
    assert_eq!(row(ctx, &waiting).await.state, registration::State::Waiting, "nothing was offered");

    force(ctx, &event.id, |row| row.report = Set(Some("https://example.org/r".to_owned()))).await;
    ctx.clock().advance(3 * 24 * 3_600_000);
    server::worker::each_hour(ctx).await;
    assert_eq!(count(&all_mails(ctx).await, MailKind::Thanks), 1);
    assert!(now(ctx, &event.id).await.anonymised_on.is_none());
    ctx.clock().advance(3 * 24 * 3_600_000);
    server::worker::each_hour(ctx).await;
    assert!(now(ctx, &event.id).await.anonymised_on.is_some(), "names go by themselves");
}
