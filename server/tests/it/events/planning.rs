//! What organizers do with events: made, changed, opened, cancelled, copied; who may.

use crate::{auth::browser::joined, questionnaires::sample::deeds, support::TestApp};
use app::{
    auth::{Organizer, Role as Capability, types::EmailAddress},
    events::{
        details::Details,
        guest::{Line, Typed},
        server::{
            access::{self, Access, Role},
            catalogue::{self, Event},
            entities::{mailing, registration},
            link,
            planning::{self, EventPlan, Fault, PlaceKind, PlacePlan, Promotion, SeriesPlan},
            seats::{self, Registering, Wish},
        },
        standing::{Standing, State},
        words::Words,
    },
    ids::{EventId, PlaceId},
};
use mailing::MailKind;
use sea_orm::EntityTrait as _;

/// A place that is fixed or not.
pub fn place(name: &str, address: Option<&str>, capacity: Option<u32>) -> PlacePlan {
    PlacePlan {
        id: None,
        kind: PlaceKind::Venue,
        name: Words::new([("en", name)]),
        address: address.map(|address| Words::new([("en", address)])),
        access: Words::default(),
        link: None,
        capacity,
    }
}

/// A round table in a month, at one place with one seat.
pub fn plan(slug: &str) -> EventPlan {
    EventPlan {
        slug: slug.to_owned(),
        series: None,
        number: None,
        title: Words::new([("ja", "円卓会議"), ("en", "Round table")]),
        details: Details::default(),
        held_on: "2026-12-20".parse().unwrap(),
        begins: form::Time::new(13, 30),
        ends: form::Time::new(16, 0),
        utc_offset_minutes: 540,
        register_until: None,
        report: None,
        questions: None,
        promotion: Promotion::AtOnce,
        offer_hours: 24,
        keep_days: 30,
        places: vec![place("Tokyo", Some("1-1"), Some(1))],
    }
}

pub async fn made(app: &TestApp, plan: &EventPlan, state: State) -> EventId {
    planning::create(&app.ctx, None, plan, state).await.unwrap().unwrap()
}

pub async fn event(app: &TestApp, id: &EventId) -> Event {
    catalogue::find_by_id(&app.ctx, app.ctx.read(), id).await.unwrap()
}

/// The event as it is, to be changed.
pub fn again(event: &Event, plan: &EventPlan) -> EventPlan {
    let ids = event.places.iter().map(|place| Some(place.id.clone())).chain(std::iter::repeat(None));
    let places = plan.places.iter().cloned().zip(ids).map(|(place, id)| PlacePlan { id, ..place });
    EventPlan { places: places.collect(), ..plan.clone() }
}

/// Registers somebody, or notes their interest.
pub async fn register(app: &TestApp, event: &EventId, wish: Wish, name: &str) {
    let guest = Typed {
        name: Line::required(name).unwrap(),
        reading: None,
        organisation: None,
        phone: None,
        email: EmailAddress::parse(&format!("{name}@example.org")),
        kind: None,
        needs: None,
        answers: None,
    };
    let attempt = link::new_attempt().unwrap();
    let registering = Registering {
        event,
        wish,
        guest: &guest,
        attempt: &attempt,
        language: "en",
        follows: false,
        source: seats::Source::Guest,
        import: None,
    };
    seats::register(&app.ctx, &registering).await.unwrap().unwrap();
}

async fn organizer(app: &TestApp, name: &str, role: Capability) -> Organizer {
    joined(app, &format!("{name}@example.org"), role).await.organizer().await
}

async fn access(app: &TestApp, organizer: &Organizer, id: &EventId) -> Access {
    access::of(&app.ctx, organizer, &event(app, id).await).await.unwrap()
}

async fn mailings(app: &TestApp, kind: MailKind) -> usize {
    let rows = mailing::Entity::find().all(app.ctx.read()).await.unwrap();
    rows.iter().filter(|row| row.kind == kind).count()
}

/// How many registrations have a seat.
async fn seated(app: &TestApp) -> usize {
    let rows = registration::Entity::find().all(app.ctx.read()).await.unwrap();
    rows.iter().filter(|row| row.state == registration::State::Registered).count()
}

#[tokio::test]
async fn the_revision_rises_with_what_an_entry_shows_and_with_nothing_else() {
    let app = TestApp::new().await;
    let first = plan("one");
    let id = made(&app, &first, State::Announced).await;
    let access = access(&app, &organizer(&app, "a", Capability::Assistant).await, &id).await;
    let mut sequence = 0;
    let shown: [fn(&mut EventPlan); 5] = [
        |plan| plan.title = Words::new([("en", "Another")]),
        |plan| plan.held_on = "2026-12-21".parse().unwrap(),
        |plan| plan.begins = form::Time::new(14, 0),
        |plan| plan.places[0].address = Some(Words::new([("en", "2-2")])),
        |plan| plan.places.push(place("Osaka", Some("3-3"), None)),
    ];
    let mut now = first.clone();
    for change in shown {
        change(&mut now);
        planning::change(&app.ctx, &access, &again(&event(&app, &id).await, &now), false).await.unwrap().unwrap();
        sequence += 1;
        assert_eq!(event(&app, &id).await.sequence, sequence);
    }
    let unseen: [fn(&mut EventPlan); 4] = [
        |plan| plan.details.about = Words::new([("en", "About")]),
        |plan| plan.places[0].capacity = Some(30),
        |plan| plan.keep_days = 60,
        |plan| plan.report = Some("https://example.org".into()),
    ];
    for change in unseen {
        change(&mut now);
        planning::change(&app.ctx, &access, &again(&event(&app, &id).await, &now), true).await.unwrap().unwrap();
        assert_eq!(event(&app, &id).await.sequence, sequence);
    }
    assert_eq!(mailings(&app, MailKind::Changed).await, 0, "nothing that is shown changed");
    let changed = deeds(&app).await.into_iter().filter(|deed| deed.0 == "event.changed").count();
    assert_eq!(changed, 9, "each has its row");
}

#[tokio::test]
async fn more_seats_move_people_up_and_fewer_take_nobodys() {
    let app = TestApp::new().await;
    let first = plan("one");
    let id = made(&app, &first, State::Open).await;
    let access = access(&app, &organizer(&app, "a", Capability::Assistant).await, &id).await;
    let tokyo = event(&app, &id).await.places[0].id.clone();
    for name in ["ann", "ben", "cho"] {
        register(&app, &id, Wish::Seat(tokyo.clone()), name).await;
    }
    assert_eq!((seated(&app).await, event(&app, &id).await.places[0].taken.waiting), (1, 2));
    for (capacity, seats, waiting) in [(Some(2), 2, 1), (Some(0), 2, 1), (None, 3, 0)] {
        let mut now = first.clone();
        now.places[0].capacity = capacity;
        planning::change(&app.ctx, &access, &again(&event(&app, &id).await, &now), false).await.unwrap().unwrap();
        let taken = event(&app, &id).await.places[0].taken;
        assert_eq!((taken.registered, taken.waiting), (seats, waiting), "{capacity:?}");
    }
    // A place that people registered for stays; one that nobody did goes.
    let mut now = first.clone();
    now.places[0] = place("Nagoya", None, None);
    let mut removed = again(&event(&app, &id).await, &now);
    removed.places[0].id = None;
    removed.title = Words::new([("en", "Not stored")]);
    let refused = planning::change(&app.ctx, &access, &removed, false).await.unwrap();
    assert_eq!(refused, Err(vec![Fault::PlaceInUse]));
    let after = event(&app, &id).await;
    assert_eq!((after.places.len(), after.title == first.title), (1, true), "all or nothing");
    assert!(event(&app, &id).await.place(&tokyo).is_some());
}

#[tokio::test]
async fn names_and_numbers_are_given_once_and_faults_are_all_told() {
    let app = TestApp::new().await;
    let coordinator = organizer(&app, "c", Capability::Coordinator).await;
    let series = SeriesPlan { slug: "talks".into(), title: Words::new([("en", "Talks")]), about: Words::default() };
    let series_id = planning::create_series(&app.ctx, Some(coordinator.id()), &series).await.unwrap().unwrap();
    let again = planning::create_series(&app.ctx, Some(coordinator.id()), &series).await.unwrap();
    assert_eq!(again, Err(Fault::SlugTaken));
    let numbered = |slug: &str| EventPlan { series: Some(series_id.clone()), number: Some(1), ..plan(slug) };
    made(&app, &numbered("talks-1"), State::Draft).await;
    let create = async |plan: &EventPlan| planning::create(&app.ctx, None, plan, State::Draft).await.unwrap();
    assert_eq!(create(&plan("talks-1")).await, Err(vec![Fault::SlugTaken]));
    assert_eq!(create(&numbered("talks-2")).await, Err(vec![Fault::NumberTaken]));
    let wrong = EventPlan {
        slug: "Talks 1".into(),
        title: Words::default(),
        ends: form::Time::new(9, 0),
        register_until: Some("2027-01-01".parse().unwrap()),
        questions: Some("{".into()),
        report: Some("javascript:alert(1)".into()),
        ..plan("x")
    };
    let faults = create(&wrong).await.unwrap_err();
    for fault in [
        Fault::SlugWrong,
        Fault::TitleMissing,
        Fault::EndsBeforeBegin,
        Fault::RegisterAfter,
        Fault::QuestionsWrong,
        Fault::LinkWrong,
    ] {
        assert!(faults.contains(&fault), "{fault:?} in {faults:?}");
    }
    // Two seats each time, one event: what somebody else changed is not written over.
    let id = made(&app, &plan("seen"), State::Draft).await;
    let access = access(&app, &coordinator, &id).await;
    let seen = event(&app, &id).await.changed_at;
    app.ctx.clock().advance(1_000);
    let change =
        async |seen| planning::change_as_seen(&app.ctx, &access, &plan("seen"), false, Some(seen)).await.unwrap();
    assert!(change(seen).await.is_ok());
    assert_eq!(change(seen).await, Err(vec![Fault::ChangedSince]));
}

#[tokio::test]
async fn the_place_and_the_opening_are_told_once() {
    let app = TestApp::new().await;
    let mut first = plan("one");
    first.places[0].address = None;
    let id = made(&app, &first, State::Announced).await;
    let access = access(&app, &organizer(&app, "a", Capability::Assistant).await, &id).await;
    register(&app, &id, Wish::Interest(None), "ann").await;
    assert_eq!(event(&app, &id).await.standing, Standing::Announced);
    for (address, told) in [(Some("1-1"), 1), (None, 1), (Some("2-2"), 1)] {
        let mut now = first.clone();
        now.places[0].address = address.map(|address| Words::new([("en", address)]));
        let now = again(&event(&app, &id).await, &now);
        planning::change(&app.ctx, &access, &now, false).await.unwrap().unwrap();
        assert_eq!(mailings(&app, MailKind::PlaceFixed).await, told, "{address:?}");
    }
    assert_eq!(event(&app, &id).await.standing, Standing::PlaceFixed);
    for state in [State::Open, State::Open, State::Closed, State::Open] {
        planning::set_state(&app.ctx, &access, state).await.unwrap();
    }
    assert_eq!(mailings(&app, MailKind::Opened).await, 1);
    let sequence = event(&app, &id).await.sequence;
    for _ in 0..2 {
        planning::set_state(&app.ctx, &access, State::Cancelled).await.unwrap();
    }
    let cancelled = event(&app, &id).await;
    assert_eq!((cancelled.standing, cancelled.sequence), (Standing::Cancelled, sequence + 1));
    assert_eq!(mailings(&app, MailKind::Cancelled).await, 1);
    let acts: Vec<_> = deeds(&app).await.into_iter().map(|deed| deed.0).collect();
    assert_eq!(acts.iter().filter(|act| *act == "event.opened").count(), 2, "{acts:?}");
    assert_eq!(acts.iter().filter(|act| *act == "event.cancelled").count(), 1);
}

#[tokio::test]
async fn a_copy_carries_forward_what_stays() {
    let app = TestApp::new().await;
    let coordinator = organizer(&app, "c", Capability::Coordinator).await;
    let series = SeriesPlan { slug: "talks".into(), title: Words::new([("en", "Talks")]), about: Words::default() };
    let series = planning::create_series(&app.ctx, None, &series).await.unwrap().unwrap();
    let mut ids = Vec::new();
    for (number, day) in [(1, "2026-10-25"), (2, "2026-12-20")] {
        let plan = EventPlan {
            series: Some(series.clone()),
            number: Some(number),
            held_on: day.parse().unwrap(),
            register_until: Some(day.parse::<form::Day>().unwrap().plus_days(-3).unwrap()),
            ..plan(&format!("talks-{number}"))
        };
        ids.push(made(&app, &plan, State::Open).await);
    }
    let last = event(&app, &ids[1]).await;
    let slug = planning::copy_as_draft(&app.ctx, &access(&app, &coordinator, &ids[1]).await, &last).await.unwrap();
    let copy = catalogue::find_any(&app.ctx, &slug).await.unwrap();
    assert_eq!((slug.as_str(), copy.number, copy.standing), ("talks-3", Some(3), Standing::Draft));
    assert_eq!(copy.held_on, "2027-02-14".parse().unwrap(), "as many weeks later as lay between the last two");
    assert_eq!(copy.register_until, "2027-02-11".parse().ok());
    assert_eq!((copy.places.len(), copy.places[0].is_fixed(), copy.places[0].taken.capacity), (1, false, Some(1)));
    assert_ne!(copy.places[0].id, last.places[0].id);
    assert_eq!(copy.title, last.title);
}

#[tokio::test]
async fn roles_decide_who_may_what() {
    let app = TestApp::new().await;
    let id = made(&app, &plan("one"), State::Open).await;
    let coordinator = organizer(&app, "c", Capability::Coordinator).await;
    let (ann, ben) =
        (organizer(&app, "a", Capability::Assistant).await, organizer(&app, "b", Capability::Assistant).await);
    let of = async |organizer: &Organizer| access::of(&app.ctx, organizer, &event(&app, &id).await).await;
    assert!(of(&ann).await.unwrap().require_organizer().is_ok(), "everybody's daily work");
    let ann_access = of(&ann).await.unwrap();
    let tokyo = event(&app, &id).await.places[0].id.clone();
    let give = async |access: &Access, to: &Organizer, place: Option<&PlaceId>, role| {
        planning::give_role(&app.ctx, access, "one", to.id(), place, role).await
    };
    assert!(give(&ann_access, &ann, None, Role::Owner).await.is_err(), "nobody makes themselves an owner");
    let owner = of(&coordinator).await.unwrap();
    give(&owner, &ann, Some(&tokyo), Role::Desk).await.unwrap();
    give(&owner, &ann, Some(&tokyo), Role::Desk).await.unwrap();
    assert!(of(&ben).await.is_err(), "others' alone now");
    let desk = of(&ann).await.unwrap();
    assert!(desk.require_organizer().is_err() && desk.reaches(Some(&tokyo)) && !desk.reaches(None));
    assert!(planning::change(&app.ctx, &desk, &plan("one"), false).await.is_err());
    assert!(planning::set_state(&app.ctx, &desk, State::Closed).await.is_err());
    let events = catalogue::list_any(&app.ctx).await.unwrap();
    for (who, sees) in [(&coordinator, true), (&ann, true), (&ben, false)] {
        let all = access::of_all(&app.ctx, who, &events).await.unwrap();
        assert_eq!(all.get(&id), of(who).await.ok().as_ref());
        assert_eq!(all.contains_key(&id), sees);
    }
    let given = planning::list_roles(&app.ctx, &event(&app, &id).await).await.unwrap();
    assert_eq!(given.len(), 1, "giving it twice gives it once");
    planning::take_role(&app.ctx, &owner, "one", &given[0].id).await.unwrap();
    assert!(of(&ben).await.is_ok());
    let mut acts: Vec<_> = deeds(&app).await.into_iter().map(|deed| deed.0).collect();
    // The clock stands still, so the two are of one instant.
    acts.sort();
    assert_eq!(acts, ["event.role_given", "event.role_taken"]);
}
