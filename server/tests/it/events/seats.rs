//! Seats: never more than there are, always to who waits longest, whatever happens at the same moment.

use super::sample::{Promotion, below, guest, make, now, open, plan, register, room, whole};
use crate::support::{
    NOW_MS, TestApp,
    database::{OPTIONS, postgres},
};
use app::{
    events::{
        guest::{Line, Phone, Typed},
        server::{
            catalogue::Event,
            entities::{mailing::MailKind, registration},
            link::new_attempt,
            seats::{self, Choice, Ended, Refusal, Registering, Source, State, Wish},
        },
        standing::{Standing, State as Decided},
    },
    ids::RegistrationId,
    server::{Context, Site, assets::Assets, clock::Clock, db::Db, keys::Keys},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;

const HOUR_MS: i64 = 3_600_000;

async fn row(ctx: &Context, id: &RegistrationId) -> registration::Model {
    registration::Entity::find_by_id(id.clone()).one(ctx.read()).await.unwrap().unwrap()
}

async fn state(ctx: &Context, id: &RegistrationId) -> State {
    row(ctx, id).await.state
}

/// What somebody was told, in the order of telling; nothing for who has no address.
async fn told(ctx: &Context, id: &RegistrationId) -> Vec<MailKind> {
    use app::events::server::entities::mail;
    let mut rows =
        mail::Entity::find().filter(mail::Column::RegistrationId.eq(id.clone())).all(ctx.read()).await.unwrap();
    rows.sort_by_key(|mail| mail.created_at);
    rows.into_iter().map(|mail| mail.kind).collect()
}

#[tokio::test]
async fn seats_go_to_who_came_first_and_then_to_who_waits_longest() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = open(&app, &[Some(2)]).await;
    let place = &event.places[0].id;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(register(ctx, &event.id, place, &guest(number * 2)).await);
    }
    let mut states = Vec::new();
    for id in &ids {
        states.push(state(ctx, id).await);
    }
    assert_eq!(states, [State::Registered, State::Registered, State::Waiting, State::Waiting, State::Waiting]);
    assert_eq!(now(ctx, &event.id).await.standing, Standing::Full);

    seats::cancel(ctx, &ids[0], Ended::Guest, None).await.unwrap();
    seats::cancel(ctx, &ids[0], Ended::Guest, None).await.unwrap();
    assert_eq!(state(ctx, &ids[2]).await, State::Registered, "the first who waits has the seat");
    assert_eq!(state(ctx, &ids[3]).await, State::Waiting, "giving back twice gives one seat");
    // The one who moved up gives it back: it goes on to the next, not to themselves again.
    seats::cancel(ctx, &ids[2], Ended::Guest, None).await.unwrap();
    assert_eq!((state(ctx, &ids[2]).await, state(ctx, &ids[3]).await), (State::Cancelled, State::Registered));
    assert_eq!(told(ctx, &ids[3]).await.last(), Some(&MailKind::Promoted));
}

#[tokio::test]
async fn who_comes_late_does_not_pass_who_waits() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = make(
        &app,
        app::events::server::planning::EventPlan {
            promotion: Promotion::Offered,
            ..plan("offers", vec![room("A", Some(1))])
        },
        Decided::Open,
    )
    .await;
    let place = &event.places[0].id;
    let (first, second) =
        (register(ctx, &event.id, place, &guest(2)).await, register(ctx, &event.id, place, &guest(4)).await);
    seats::cancel(ctx, &first, Ended::Guest, None).await.unwrap();
    assert_eq!(state(ctx, &second).await, State::Offered);
    let third = register(ctx, &event.id, place, &guest(6)).await;
    assert_eq!(state(ctx, &third).await, State::Waiting, "an offered seat is kept");

    // Noon and 24 hours: the next noon, no night in between to wait for.
    assert_eq!(row(ctx, &second).await.offered_until, Some(NOW_MS + 24 * HOUR_MS));
    ctx.clock().advance(23 * HOUR_MS);
    assert_eq!(seats::lapse(ctx).await.unwrap(), 0);
    // Somebody sets the clock an hour back and then right again: the promised instant stays.
    ctx.clock().advance(-2 * HOUR_MS);
    assert_eq!(seats::lapse(ctx).await.unwrap(), 0);
    ctx.clock().advance(3 * HOUR_MS);
    assert_eq!(seats::lapse(ctx).await.unwrap(), 1);
    assert_eq!((state(ctx, &second).await, state(ctx, &third).await), (State::Cancelled, State::Offered));
    assert_eq!(seats::accept(ctx, &second).await.unwrap(), Err(Refusal::Over));
    assert_eq!(told(ctx, &second).await.last(), Some(&MailKind::Lapsed));

    assert_eq!(seats::accept(ctx, &third).await.unwrap(), Ok(()));
    assert_eq!(seats::accept(ctx, &third).await.unwrap(), Ok(()), "yes twice is yes");
    assert_eq!(seats::decline(ctx, &third).await.unwrap(), Err(Refusal::Over), "a seat is given back, not declined");
    // Who let an offer pass may wait again, at the end.
    assert_eq!(seats::choose(ctx, &second, place, false, None).await.unwrap(), Ok(Choice::Waiting));
}

#[tokio::test]
async fn yes_is_yes_until_the_offer_is_ended() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = make(
        &app,
        app::events::server::planning::EventPlan {
            promotion: Promotion::Offered,
            ..plan("offers", vec![room("A", Some(1))])
        },
        Decided::Open,
    )
    .await;
    let place = &event.places[0].id;
    let first = register(ctx, &event.id, place, &guest(2)).await;
    let second = register(ctx, &event.id, place, &guest(4)).await;
    let no_address = register(ctx, &event.id, place, &guest(5)).await;
    seats::cancel(ctx, &first, Ended::Guest, None).await.unwrap();
    ctx.clock().advance(25 * HOUR_MS);
    assert_eq!(seats::accept(ctx, &second).await.unwrap(), Ok(()), "late, but nobody else was asked");
    // Who cannot be asked by mail is given the seat and stands on the list of calls.
    seats::cancel(ctx, &second, Ended::Guest, None).await.unwrap();
    assert_eq!(state(ctx, &no_address).await, State::Registered);
    let calls = app::events::server::entities::call::Entity::find().all(ctx.read()).await.unwrap();
    assert_eq!(calls.iter().map(|call| &call.registration_id).collect::<Vec<_>>(), [&no_address]);
}

#[tokio::test]
async fn moving_counts_both_places_at_once() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = open(&app, &[Some(1), Some(1)]).await;
    let [a, b] = [0, 1].map(|at| event.places[at].id.clone());
    let first = register(ctx, &event.id, &a, &guest(2)).await;
    let waits = register(ctx, &event.id, &a, &guest(4)).await;
    assert_eq!(seats::choose(ctx, &first, &a, false, None).await.unwrap(), Ok(Choice::Same));
    assert_eq!(seats::choose(ctx, &first, &b, false, None).await.unwrap(), Ok(Choice::Seated));
    assert_eq!(state(ctx, &waits).await, State::Registered, "the seat left behind goes to who waits");
    assert_eq!(row(ctx, &first).await.changes, 1, "the calendar entry has another place");

    // B is full now: who has a seat in A keeps it, unless they would rather wait.
    assert_eq!(seats::choose(ctx, &waits, &b, false, None).await.unwrap(), Err(Refusal::Full));
    assert_eq!((state(ctx, &waits).await, row(ctx, &waits).await.place_id), (State::Registered, Some(a.clone())));
    assert_eq!(seats::choose(ctx, &waits, &b, true, None).await.unwrap(), Ok(Choice::Waiting));
    let event = now(ctx, &event.id).await;
    assert_eq!((event.places[0].taken.registered, event.places[1].taken.waiting), (0, 1));

    // Whom organizers took out does not come back by themselves.
    seats::cancel(ctx, &first, Ended::Organizer, None).await.unwrap();
    assert_eq!(seats::choose(ctx, &first, &a, false, None).await.unwrap(), Err(Refusal::Over));
}

#[tokio::test]
async fn the_same_form_twice_is_one_registration_and_the_same_person_twice_holds_one_seat() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = open(&app, &[Some(2)]).await;
    let place = event.places[0].id.clone();
    let attempt = new_attempt().unwrap();
    let typed = guest(2);
    let registering = Registering {
        event: &event.id,
        wish: Wish::Seat(place.clone()),
        guest: &typed,
        attempt: &attempt,
        language: "vi",
        follows: false,
        source: Source::Guest,
        import: None,
    };
    let first = seats::register(ctx, &registering).await.unwrap().unwrap();
    let again = seats::register(ctx, &registering).await.unwrap().unwrap();
    assert_eq!(first, again);
    let first = seats::find_own(ctx, &first.reveal()).await.unwrap().1.row;

    // The same person, spelled otherwise, on another day.
    let other = Typed {
        name: Line::required("ＲＥＤ　2").unwrap(),
        phone: Some(Phone::required("+81 3 0000 0002").unwrap()),
        email: None,
        ..guest(2)
    };
    let repeat = register(ctx, &event.id, &place, &other).await;
    let repeat = row(ctx, &repeat).await;
    assert_eq!(
        (repeat.state, repeat.repeat_of),
        (State::Registered, Some(first.id.clone())),
        "it looks like a first one"
    );
    assert_eq!(now(ctx, &event.id).await.places[0].taken.registered, 1, "and holds no seat");
    assert_eq!(told(ctx, &first.id).await, [MailKind::Confirmation, MailKind::Again]);
    assert_eq!(told(ctx, &repeat.id).await, [], "no address was given");

    // A colleague at the same switchboard is somebody else, and has the last seat.
    let colleague = Typed { name: Line::required("Blue 2").unwrap(), ..guest(2) };
    let colleague = register(ctx, &event.id, &place, &colleague).await;
    assert_eq!(row(ctx, &colleague).await.repeat_of, None);

    let third = register(ctx, &event.id, &place, &Typed { email: None, ..guest(2) }).await;
    let waits = register(ctx, &event.id, &place, &guest(4)).await;
    assert_eq!((row(ctx, &third).await.repeat_of.is_some(), state(ctx, &waits).await), (true, State::Waiting));

    // The first one goes: what repeated it has the seat of the same person, and the third repeats that one.
    seats::cancel(ctx, &first.id, Ended::Guest, None).await.unwrap();
    let repeat = row(ctx, &repeat.id).await;
    assert_eq!((repeat.state, repeat.repeat_of), (State::Registered, None));
    assert_eq!(row(ctx, &third).await.repeat_of, Some(repeat.id.clone()));
    assert_eq!(now(ctx, &event.id).await.places[0].taken.registered, 2);
    // A repeat that is given back and taken up again is still a repeat.
    seats::cancel(ctx, &third, Ended::Guest, None).await.unwrap();
    assert_eq!(seats::choose(ctx, &third, &place, true, None).await.unwrap(), Ok(Choice::Waiting));
    assert!(row(ctx, &third).await.repeat_of.is_some());
    // All of that person is given back: now the seat goes to who waits.
    seats::cancel(ctx, &third, Ended::Guest, None).await.unwrap();
    seats::cancel(ctx, &repeat.id, Ended::Guest, None).await.unwrap();
    assert_eq!(state(ctx, &waits).await, State::Registered);
}

#[tokio::test]
async fn nobody_registers_when_nobody_may() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let announced = make(&app, plan("announced", vec![room("A", None)]), Decided::Announced).await;
    let closed = make(&app, plan("closed", vec![room("A", None)]), Decided::Closed).await;
    let open = open(&app, &[None]).await;
    let attempt = || new_attempt().unwrap();
    let typed = guest(1);
    let ask = async |event: &Event, wish: Wish, source: Source| {
        let attempt = attempt();
        let registering = Registering {
            event: &event.id,
            wish,
            guest: &typed,
            attempt: &attempt,
            language: "en",
            follows: false,
            source,
            import: None,
        };
        seats::register(ctx, &registering).await.unwrap().map(drop)
    };
    let seat = |event: &Event| Wish::Seat(event.places[0].id.clone());
    assert_eq!(ask(&announced, seat(&announced), Source::Guest).await, Err(Refusal::Closed));
    assert_eq!(ask(&announced, Wish::Interest(None), Source::Guest).await, Ok(()));
    assert_eq!(ask(&open, Wish::Interest(None), Source::Guest).await, Err(Refusal::Closed));
    assert_eq!(ask(&closed, seat(&closed), Source::Guest).await, Err(Refusal::Closed));
    assert_eq!(ask(&closed, seat(&closed), Source::Organizer).await, Ok(()), "who calls is let in");
    assert_eq!(ask(&open, seat(&closed), Source::Guest).await, Err(Refusal::NoPlace));
    // The day after, nobody is.
    ctx.clock().advance(22 * 24 * HOUR_MS);
    assert_eq!(ask(&open, seat(&open), Source::Organizer).await, Err(Refusal::Closed));
}

/// A second server on the same database.
async fn another_server(app: &TestApp) -> Context {
    let db = match postgres() {
        Some(_) => Db::connect(app.database_url(), OPTIONS).await.unwrap(),
        // SQLite belongs to one process: the second "server" shares its connections.
        None => app.ctx.db().clone(),
    };
    let site = Site { base_url: "http://127.0.0.1:3001".to_owned(), ..Site::default() };
    Context::new(db, Keys::derive(&[7; 32]), Clock::fixed(NOW_MS), Assets::default(), site)
}

/// One race: many register for few seats at two places on two servers, while others give back, move and answer offers.
async fn race(first_seed: u64) {
    let mut seed = first_seed;
    let app = TestApp::new().await;
    let promotion = if below(&mut seed, 2) == 0 { Promotion::AtOnce } else { Promotion::Offered };
    let capacities = [1 + below(&mut seed, 5) as u32, 1 + below(&mut seed, 5) as u32];
    let rooms = vec![room("A", Some(capacities[0])), room("B", Some(capacities[1]))];
    let event =
        make(&app, app::events::server::planning::EventPlan { promotion, ..plan("race", rooms) }, Decided::Open).await;
    let servers = [Arc::new(app.ctx.clone()), Arc::new(another_server(&app).await)];
    let places = [event.places[0].id.clone(), event.places[1].id.clone()];
    let guests = 24;
    let tasks: Vec<_> = (0..guests)
        .map(|number: u32| {
            let ctx = Arc::clone(&servers[below(&mut seed, 2)]);
            let place = places[below(&mut seed, 2)].clone();
            let other = places[below(&mut seed, 2)].clone();
            let (event, deed) = (event.id.clone(), below(&mut seed, 6));
            tokio::spawn(async move {
                let id = register(&ctx, &event, &place, &guest(number)).await;
                match deed {
                    0 => seats::cancel(&ctx, &id, Ended::Guest, None).await.unwrap(),
                    1 => drop(seats::choose(&ctx, &id, &other, false, None).await.unwrap()),
                    2 => drop(seats::choose(&ctx, &id, &other, true, None).await.unwrap()),
                    3 => drop(seats::accept(&ctx, &id).await.unwrap()),
                    4 => drop(seats::decline(&ctx, &id).await.unwrap()),
                    _ => {}
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap_or_else(|error| panic!("seed {first_seed}: {error}"));
    }
    let after = now(&app.ctx, &event.id).await;
    let rows = registration::Entity::find().all(app.ctx.read()).await.unwrap();
    whole(&after, &rows, capacities, guests as usize, &format!("seed {first_seed}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_happens_at_once_a_seat_is_given_once() {
    // `SEATS_SEEDS=1000` is what `make bench` plays.
    let seeds: u64 = std::env::var("SEATS_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    for seed in 0..seeds {
        race(seed).await;
    }
}
