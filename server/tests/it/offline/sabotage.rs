//! What must not be missing: with each of these taken away the stories go wrong, and the simulator says so. It is taken
//! away here and never in what is shipped.

use super::{invariants::Broken, service::Ground, story, world::World};
use app::questionnaires::{intake::SealedSending, types::Sending};
use outbox::Row;

/// What is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// The server knows no id again: each arrival is a new row.
    NoKey,
    /// The client takes every success for a receipt.
    AnySuccess,
    /// The client writes and seals the answers anew for every request: the same answers, other bytes.
    Reserialised,
    /// Every tab believes that it has the lock.
    NoLock,
}

/// So many stories may pass before it is seen.
const MOST: u64 = 60;

/// The same answers in other bytes, under the digest of before.
pub fn reserialised(world: &mut World, row: &Row) -> String {
    let frozen = world.people.iter().flat_map(|person| &person.frozen).find(|frozen| frozen.row == *row);
    let sending = &frozen.expect("somebody froze it").sending;
    let answers: serde_json::Value = serde_json::from_str(&sending.payload).unwrap();
    let sending = Sending { payload: serde_json::to_string_pretty(&answers).unwrap(), ..sending.clone() };
    let sealed = SealedSending::seal(sending, &world.service.intake_key, world.chance.bytes());
    sealed.expect("the key is one").to_json()
}

/// What the first story that goes wrong breaks.
async fn broken_by(sabotage: Sabotage) -> Broken {
    let ground = Ground::new().await;
    for seed in 0..MOST {
        if let Err(violation) = story(seed, &ground, Some(sabotage), false).await {
            return violation.broken;
        }
    }
    panic!("{MOST} stories went well under {sabotage:?}");
}

#[tokio::test]
async fn without_a_unique_key_answers_are_doubled() {
    assert_eq!(broken_by(Sabotage::NoKey).await, Broken::Doubled);
}

#[tokio::test]
async fn who_deletes_on_any_success_deletes_too_early() {
    assert_eq!(broken_by(Sabotage::AnySuccess).await, Broken::TooEarly);
}

#[tokio::test]
async fn bytes_that_are_written_anew_never_arrive() {
    let broken = broken_by(Sabotage::Reserialised).await;
    assert!([Broken::Stuck, Broken::Lost].contains(&broken), "{broken:?}");
}

#[tokio::test]
async fn without_the_lock_two_post_at_once() {
    assert_eq!(broken_by(Sabotage::NoLock).await, Broken::TwoAtOnce);
}
