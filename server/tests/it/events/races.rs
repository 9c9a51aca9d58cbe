//! Races for the last seats as guests run them: by forms over HTTP, against the program itself; on PostgreSQL two
//! programs serve one database.

use super::sample::{Promotion, below, make, now, plan, room, whole};
use crate::{
    http::process::{Running, free_port, installation, request, start_with},
    support::{SECRET, TestApp, database::postgres},
};
use app::events::{
    server::{entities::registration, planning::EventPlan},
    standing::State,
};
use form::Day;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use std::{
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

const GUESTS: usize = 24;

/// Sends a form as a browser does; the address that the answer leads to, or nothing if it leads nowhere.
fn send(port: u16, path: &str, network: &str, form: &str) -> (u16, Option<String>) {
    let answer = request(
        port,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nX-Forwarded-For: {network}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        ),
    )
    .expect("an answer");
    let status = answer.get(9..12).and_then(|status| status.parse().ok()).expect("a status");
    let location = answer.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("location: "));
    (status, location.map(str::to_owned))
}

/// What one guest does: registers, perhaps twice at once, and then changes their mind.
struct Guest {
    number: usize,
    attempt: u64,
    port: u16,
    event: String,
    place: String,
    other: String,
    deed: usize,
}

impl Guest {
    fn play(&self) {
        let Self { number, attempt, port, event, place, other, .. } = self;
        let network = format!("10.9.{}.{}", number / 250, number % 250);
        let form = format!(
            "place={place}&attempt={attempt:032x}&name=Red+{number}&organisation=Colour&phone=03-0000-{number:04}\
             &email=red{number}%40example.org"
        );
        let path = format!("/en/events/{event}/register");
        let register = || {
            let (status, location) = send(*port, &path, &network, &form);
            assert_eq!(status, 303, "guest {number}");
            location.expect("a personal page")
        };
        // Who presses twice has two requests on their way.
        let own = if self.deed == 0 {
            thread::scope(|scope| {
                let twice = [scope.spawn(register), scope.spawn(register)];
                let [first, second] = twice.map(|sent| sent.join().expect("sent"));
                assert_eq!(first, second, "guest {number}: both lead to one page");
                first
            })
        } else {
            register()
        };
        let own = own.split('?').next().expect("a path");
        let form = match self.deed {
            1 => "act=cancel".to_owned(),
            2 => format!("act=choose&place={other}"),
            3 => format!("act=choose&place={other}&wait=yes"),
            4 => "act=accept".to_owned(),
            5 => "act=decline".to_owned(),
            6 => "act=delete".to_owned(),
            _ => return,
        };
        let (status, _) = send(*port, own, &network, &form);
        // 409: the place is full, there is no offer, the waiting list is where they are.
        assert!(matches!(status, 303 | 409), "guest {number}, deed {}: {status}", self.deed);
    }
}

async fn race(app: &TestApp, ports: &[u16], first_seed: u64) {
    let mut seed = first_seed;
    let promotion = if below(&mut seed, 2) == 0 { Promotion::AtOnce } else { Promotion::Offered };
    let capacities = [1 + below(&mut seed, 5) as u32, 1 + below(&mut seed, 5) as u32];
    let rooms = vec![room("A", Some(capacities[0])), room("B", Some(capacities[1]))];
    let slug = format!("race-{first_seed}");
    let now_s = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let held_on = Day::from_unix_days((now_s / 86_400) as i64 + 30).unwrap();
    let event = make(app, EventPlan { promotion, held_on, ..plan(&slug, rooms) }, State::Open).await;
    let places = [event.places[0].id.0.clone(), event.places[1].id.0.clone()];
    let guests: Vec<Guest> = (0..GUESTS)
        .map(|number| Guest {
            number,
            attempt: first_seed * 1000 + number as u64,
            port: ports[below(&mut seed, ports.len())],
            event: slug.clone(),
            place: places[below(&mut seed, 2)].clone(),
            other: places[below(&mut seed, 2)].clone(),
            deed: below(&mut seed, 9),
        })
        .collect();
    let played = tokio::task::spawn_blocking(move || {
        thread::scope(|scope| {
            let running: Vec<_> = guests.iter().map(|guest| scope.spawn(|| guest.play())).collect();
            // All are waited for, whoever failed.
            let ended: Vec<bool> = running.into_iter().map(|guest| guest.join().is_ok()).collect();
            ended.into_iter().all(|is_ok| is_ok)
        })
    });
    assert!(played.await.unwrap(), "seed {first_seed}");
    let after = now(&app.ctx, &event.id).await;
    let of_event = registration::Column::EventId.eq(event.id.clone());
    let rows = registration::Entity::find().filter(of_event).all(app.ctx.read()).await.unwrap();
    whole(&after, &rows, capacities, GUESTS, &format!("seed {first_seed}"));
}

/// The programs that serve the database of a [`TestApp::beside_programs`].
pub fn serve(app: &TestApp, ports: &[u16]) -> Vec<(tempfile::TempDir, Running)> {
    let secret: String = SECRET.iter().map(|byte| format!("{byte:02x}")).collect();
    let settings = [
        ("ENTAKU_DATABASE_URL", app.database_url()),
        ("ENTAKU_SECRET", &secret),
        ("ENTAKU_TRUSTED_PROXIES", "127.0.0.1"),
    ];
    ports
        .iter()
        .map(|port| {
            let folder = installation();
            let running = start_with(folder.path(), *port, &settings);
            (folder, running)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http_a_seat_is_given_once() {
    // `SEATS_SEEDS=1000` is what `make bench` plays.
    let seeds: u64 = std::env::var("SEATS_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(8);
    let app = TestApp::beside_programs().await;
    // SQLite belongs to one process that writes.
    let ports: Vec<u16> = (0..if postgres().is_some() { 2 } else { 1 }).map(|_| free_port()).collect();
    let _running = serve(&app, &ports);
    for seed in 0..seeds {
        race(&app, &ports, seed).await;
    }
}
