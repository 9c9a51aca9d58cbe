//! Events to test with, and guests called after colours and numbers.

use crate::support::TestApp;
use app::{
    events::{
        details::Details,
        guest::{Line, Phone, Typed, email},
        server::{
            catalogue::{self, Event},
            entities::{place::Kind, registration},
            link::new_attempt,
            planning::{self, EventPlan, PlacePlan},
            seats::{self, Registering, Wish},
        },
        standing::State,
        words::Words,
    },
    ids::{EventId, PlaceId, RegistrationId},
    server::Context,
};

pub use app::events::server::{entities::event::Promotion, seats::Source};

/// Words in all languages, the same but for Vietnamese.
pub fn words(text: &str) -> Words {
    Words::new([("ja", text), ("en", text), ("vi", &format!("{text} (vi)"))])
}

/// A room with so many seats.
pub fn room(name: &str, capacity: Option<u32>) -> PlacePlan {
    PlacePlan {
        id: None,
        kind: Kind::Venue,
        name: words(name),
        address: Some(words("1-2-3 Colour Street")),
        access: Words::default(),
        link: None,
        capacity,
    }
}

/// Two days before the tests' own day there is nothing; this one is three weeks ahead, at 14:00.
pub fn plan(slug: &str, places: Vec<PlacePlan>) -> EventPlan {
    EventPlan {
        slug: slug.to_owned(),
        series: None,
        number: None,
        title: words("Colours at work"),
        details: Details::default(),
        held_on: "2026-12-13".parse().unwrap(),
        begins: form::Time::parse("14:00"),
        ends: form::Time::parse("16:30"),
        utc_offset_minutes: 540,
        register_until: None,
        report: None,
        questions: None,
        promotion: Promotion::AtOnce,
        offer_hours: 24,
        keep_days: 90,
        places,
    }
}

/// An open event with rooms of these sizes, called A, B, …
pub async fn open(app: &TestApp, capacities: &[Option<u32>]) -> Event {
    let rooms = capacities.iter().zip('A'..).map(|(capacity, name)| room(&name.to_string(), *capacity)).collect();
    make(app, plan("colours", rooms), State::Open).await
}

/// An event as planned.
pub async fn make(app: &TestApp, plan: EventPlan, state: State) -> Event {
    let id = planning::create(&app.ctx, None, &plan, state).await.unwrap().unwrap();
    now(&app.ctx, &id).await
}

/// The event as it is now.
pub async fn now(ctx: &Context, id: &EventId) -> Event {
    catalogue::find_by_id(ctx, ctx.read(), id).await.unwrap()
}

/// Somebody with a phone and, if it is an even number, an address.
pub fn guest(number: u32) -> Typed {
    Typed {
        name: Line::required(&format!("Red {number}")).unwrap(),
        reading: None,
        organisation: Line::optional("Colour Works").unwrap(),
        phone: Some(Phone::required(&format!("03-0000-{number:04}")).unwrap()),
        email: email(&if number.is_multiple_of(2) { format!("red{number}@example.org") } else { String::new() })
            .unwrap(),
        kind: None,
        needs: None,
        answers: None,
    }
}

/// Registers somebody; their registration's id.
pub async fn register(ctx: &Context, event: &EventId, place: &PlaceId, typed: &Typed) -> RegistrationId {
    let attempt = new_attempt().unwrap();
    let registering = Registering {
        event,
        wish: Wish::Seat(place.clone()),
        guest: typed,
        attempt: &attempt,
        language: "en",
        follows: false,
        source: Source::Guest,
        import: None,
    };
    let link = seats::register(ctx, &registering).await.unwrap().unwrap();
    seats::find_own(ctx, &link.reveal()).await.unwrap().1.row.id
}

/// A number below `bound`, from a seed that moves on.
pub fn below(seed: &mut u64, bound: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 33) as usize) % bound
}

/// What stands after a race, whatever happened in it: nobody lost or doubled, no seat given twice, none left empty while
/// somebody waits for it.
pub fn whole(after: &Event, rows: &[registration::Model], capacities: [u32; 2], guests: usize, race: &str) {
    assert_eq!(rows.len(), guests, "{race}: nobody is lost or doubled");
    let mut turns: Vec<i64> = rows.iter().map(|row| row.turn).collect();
    turns.sort_unstable();
    turns.dedup();
    assert_eq!(turns.len(), rows.len(), "{race}: no two have one turn");
    for (place, capacity) in after.places.iter().zip(capacities) {
        let taken = place.taken;
        let given = taken.registered + taken.offered;
        assert!(given <= capacity, "{race}: {given} of {capacity}");
        assert!(taken.waiting == 0 || given == capacity, "{race}: a seat is free and somebody waits: {taken:?}");
    }
}
