//! Offline and exactly once: a network that does its worst, around the logic that is shipped.
//!
//! The client is `outbox` (uploader, shelf, drafts, lease), `questionnaires::delivery`, `intake` and `kept` as they run
//! in a browser; the service is the site's own router over a real database. Between them stands a simulator in which
//! everything follows from one number. `OFFLINE_SEED=7 cargo test --release -p server --test it
//! offline::nothing_is_lost -- --nocapture` tells one story aloud; `OFFLINE_DELIVERIES=1000000 …
//! offline::as_many_deliveries -- --nocapture` is the full proof.
//!
//! | File | What a reader finds there |
//! |---|---|
//! | `world.rs` | the queue of what happens next, and when all is well again |
//! | `plan.rs` | what a story brings |
//! | `person.rs` | people: answering, other languages, *Send* |
//! | `phone.rs`, `life.rs`, `storage.rs` | tabs that die at any moment, and what a phone keeps |
//! | `network.rs`, `service.rs` | the fates of a request, and the server that is killed over it |
//! | `invariants.rs` | what must hold |
//! | `sabotage.rs` | that each thing is needed: without it the stories go wrong |
//! | `known_failures.rs` | how others lost or doubled answers, and the tests that keep it from happening here |

mod chance;
mod invariants;
mod known_failures;
mod life;
mod network;
mod person;
mod phone;
mod plan;
mod sabotage;
mod service;
mod storage;
mod tally;
mod world;

use crate::support::database::postgres;
use invariants::{Broken, Violation};
use network::Fate;
use sabotage::Sabotage;
use service::Ground;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tally::Tally;
use world::World;

/// Stories of a run of the tests; each brings some thirty deliveries.
const STORIES: u64 = 400;
/// The same on PostgreSQL, which takes longer for each.
const STORIES_ON_POSTGRES: u64 = 40;
/// Stories on one database, so that counting its rows stays cheap.
const STORIES_PER_GROUND: u64 = 100;
/// Deliveries of the full proof where nobody asks for more.
const DELIVERIES: u64 = 200;

/// Tells one story.
async fn story(seed: u64, ground: &Ground, sabotage: Option<Sabotage>, is_told: bool) -> Result<Tally, Violation> {
    let mut world = World::planned(seed, ground, sabotage).await;
    world.is_told = is_told;
    world.run().await
}

/// What to say of a story that went wrong.
fn again(seed: u64, violation: &Violation) -> String {
    format!(
        "story {seed}: {violation}\nonce more: OFFLINE_SEED={seed} cargo test --release -p server --test it \
         offline::nothing_is_lost -- --nocapture"
    )
}

#[tokio::test]
async fn nothing_is_lost_doubled_or_mixed() {
    if let Ok(seed) = std::env::var("OFFLINE_SEED") {
        let seed = seed.parse().expect("OFFLINE_SEED is a number");
        let told = story(seed, &Ground::new().await, None, true).await;
        told.unwrap_or_else(|violation| panic!("{}", again(seed, &violation)));
        return;
    }
    let stories = if postgres().is_some() { STORIES_ON_POSTGRES } else { STORIES };
    let (mut tally, mut ground) = (Tally::default(), Ground::new().await);
    for seed in 0..stories {
        if seed > 0 && seed % STORIES_PER_GROUND == 0 {
            ground = Ground::new().await;
        }
        match story(seed, &ground, None, false).await {
            Ok(counts) => tally.merge(&counts),
            Err(violation) => panic!("{}", again(seed, &violation)),
        }
    }
    // A simulator in which nothing goes wrong proves nothing.
    for (_, fault) in Fate::FAULTS {
        assert!(tally.of(fault) > 0, "no {fault} in {stories} stories");
    }
    for fault in [
        "no signal",
        "phone died",
        "page closed",
        "server restarted",
        "storage refuses or works again",
        "calendar set",
        "drafts gone on with",
        "rows that only a page held",
        "nobody at the server's address",
        "answers kept aside",
        "judged busy",
    ] {
        assert!(tally.of(fault) > 0, "{fault}: never in {stories} stories\n{tally}");
    }
    assert!(tally.of("deliveries") >= stories * 10, "{tally}");
}

#[tokio::test]
async fn the_same_number_tells_the_same_story() {
    let (one, other) = (Ground::new().await, Ground::new().await);
    for seed in 0..6 {
        let first = story(seed, &one, None, false).await;
        let second = story(seed, &other, None, false).await;
        match (first, second) {
            (Ok(first), Ok(second)) => assert_eq!(first, second, "story {seed}"),
            (Err(violation), _) | (_, Err(violation)) => panic!("{}", again(seed, &violation)),
        }
    }
}

/// The full proof, as `make bench` asks for it: `OFFLINE_DELIVERIES=1000000`, on all cores.
#[test]
fn as_many_deliveries_as_are_asked_for_lose_nothing() {
    let wanted = std::env::var("OFFLINE_DELIVERIES").ok();
    let wanted = wanted.map_or(DELIVERIES, |number| number.parse().expect("OFFLINE_DELIVERIES is a number"));
    let (seeds, delivered) = (Arc::new(AtomicU64::new(1_000_000)), Arc::new(AtomicU64::new(0)));
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let workers: Vec<_> = (0..cores)
        .map(|_| {
            let (seeds, delivered) = (Arc::clone(&seeds), Arc::clone(&delivered));
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                runtime.block_on(tell_until(wanted, &seeds, &delivered))
            })
        })
        .collect();
    let (mut tally, mut violations) = (Tally::default(), Vec::new());
    for worker in workers {
        let (counts, broken) = worker.join().expect("a worker that ends");
        tally.merge(&counts);
        violations.extend(broken);
    }
    report(&tally, &violations);
    let told: Vec<String> = violations.iter().map(|(seed, violation)| again(*seed, violation)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Tells stories until so many deliveries were made by all who tell.
async fn tell_until(wanted: u64, seeds: &AtomicU64, delivered: &AtomicU64) -> (Tally, Vec<(u64, Violation)>) {
    let (mut tally, mut violations) = (Tally::default(), Vec::new());
    while delivered.load(Ordering::Relaxed) < wanted {
        let ground = Ground::new().await;
        for _ in 0..STORIES_PER_GROUND {
            if delivered.load(Ordering::Relaxed) >= wanted {
                break;
            }
            let seed = seeds.fetch_add(1, Ordering::Relaxed);
            match story(seed, &ground, None, false).await {
                Ok(counts) => {
                    delivered.fetch_add(counts.of("deliveries"), Ordering::Relaxed);
                    tally.merge(&counts);
                }
                Err(violation) => violations.push((seed, violation)),
            }
        }
    }
    (tally, violations)
}

#[allow(clippy::print_stdout, reason = "it is what `make bench` shows")]
fn report(tally: &Tally, violations: &[(u64, Violation)]) {
    let mut broken: BTreeMap<Broken, usize> = BTreeMap::new();
    violations.iter().for_each(|(_, violation)| *broken.entry(violation.broken).or_default() += 1);
    let times = |kind: Broken| broken.remove(&kind).unwrap_or_default();
    let [lost, doubled, mixed] = [Broken::Lost, Broken::Doubled, Broken::Mixed].map(times);
    println!("deliveries {}: lost {lost} doubled {doubled} mixed {mixed}", tally.of("deliveries"));
    println!("{tally}");
}
