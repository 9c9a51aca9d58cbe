//! Events to test with, and guests called after colours and numbers.

use crate::support::TestApp;
use app::{
    events::{
        details::Details,
        guest::{Line, Phone, Typed, email},
        server::{
            catalogue::{self, Event},
            entities::place::Kind,
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
