//! What the server takes for sealed is sealed: it looks at the form, to the last byte, and stores nothing else.

use super::sample::{Desk, ROOT};
use app::{
    error::AppError,
    ids::VoiceId,
    voices::server::{
        keys::open_desk,
        store::{self, NewVoice, WorkerKeys},
    },
};
use seal::{
    SecretKey,
    voice::{
        envelope::{CaseId, Frame, Path, Role, seal},
        message::Message,
        receipt::{Cost, Receipt, Worker},
        wrap::{Holder, wrap},
    },
};

const CASE: CaseId = CaseId([9; 16]);

/// Makes something else of what was sealed.
type Spoil = fn(&mut Sealed);

/// A voice as a phone would send it.
struct Sealed {
    auth: [u8; 32],
    worker: WorkerKeys,
    for_desk: Vec<u8>,
    for_worker: Vec<u8>,
    envelope: Vec<u8>,
}

impl Sealed {
    fn of(desk: &app::voices::server::keys::Desk, path: Path) -> Self {
        let receipt = Receipt::draw(&[5; 48]).unwrap();
        let worker: Worker = receipt.stretch(desk.salt(), Cost { memory_kib: 64, passes: 1 }).unwrap();
        let frame = Frame { site: desk.site(), case: CASE, number: 1, role: Role::Worker, path };
        let mut message = Message::default();
        message.text.push_str("Red");
        let case = SecretKey::derive(&[3; 32]).public();
        Self {
            auth: worker.auth(),
            worker: WorkerKeys::of(&worker),
            for_desk: wrap(desk.site(), &CASE.0, &Holder::Epoch(1), desk.key(), &[3; 32], [4; 32]).unwrap(),
            for_worker: wrap(desk.site(), &CASE.0, &Holder::Worker, &worker.kem().public(), &[3; 32], [5; 32]).unwrap(),
            envelope: seal(&frame, &case, &message.signed(&frame, &worker.signing()), [6; 32]).unwrap(),
        }
    }

    fn with<'n>(&'n self, id: &'n VoiceId) -> NewVoice<'n> {
        NewVoice {
            id,
            auth: &self.auth,
            worker: self.worker.clone(),
            for_desk: &self.for_desk,
            for_worker: &self.for_worker,
            envelope: &self.envelope,
            language: "vi",
            is_aside: false,
        }
    }
}

#[tokio::test]
async fn what_is_not_exactly_sealed_is_refused() {
    let desk = Desk::open().await;
    let ctx = &desk.app.ctx;
    let open = open_desk(ctx).await.unwrap().unwrap();
    assert_eq!(open.root().as_bytes(), ed25519_dalek::SigningKey::from_bytes(&ROOT).verifying_key().as_bytes());
    let id = VoiceId("09".repeat(16));
    let good = Sealed::of(&open, Path::Phone);
    let bad: [(&str, Spoil); 9] = [
        ("text instead of an envelope", |sealed| sealed.envelope = b"in clear".repeat(200)),
        ("one byte more", |sealed| sealed.envelope.push(0)),
        ("another suite", |sealed| sealed.envelope[0] = 2),
        ("another case", |sealed| sealed.envelope[1] ^= 1),
        ("a later number", |sealed| sealed.envelope[20] = 2),
        ("said to be the desk's", |sealed| sealed.envelope[21] = 2),
        ("said to be sealed on the server", |sealed| sealed.envelope[22] = 2),
        ("a wrap that is cut", |sealed| sealed.for_desk.truncate(304)),
        ("a key that is none", |sealed| sealed.worker.signing = vec![[0; 32]]),
    ];
    for (what, spoil) in &bad {
        let mut sealed = Sealed::of(&open, Path::Phone);
        spoil(&mut sealed);
        let refused = store::insert(ctx, &open, &sealed.with(&id), Path::Phone).await;
        assert_eq!(refused, Err(AppError::Malformed), "{what}");
    }
    assert!(desk.voices().await.is_empty());
    assert_eq!(store::insert(ctx, &open, &good.with(&id), Path::Phone).await, Ok(true));
    assert_eq!(store::insert(ctx, &open, &good.with(&id), Path::Phone).await, Ok(false), "the same id");
    assert_eq!(desk.voices().await.len(), 1);
}

#[tokio::test]
async fn messages_follow_one_another() {
    let desk = Desk::open().await;
    let ctx = &desk.app.ctx;
    let open = open_desk(ctx).await.unwrap().unwrap();
    let id = VoiceId("09".repeat(16));
    let first = Sealed::of(&open, Path::Phone);
    store::insert(ctx, &open, &first.with(&id), Path::Phone).await.unwrap();
    let case = SecretKey::derive(&[3; 32]).public();
    let more = |number| {
        let frame = Frame { site: open.site(), case: CASE, number, role: Role::Worker, path: Path::Phone };
        seal(&frame, &case, b"more", [7; 32]).unwrap()
    };
    let add = |number, envelope: Vec<u8>| async move {
        let addition =
            store::Addition { number, role: Role::Worker, path: Path::Phone, envelope: &envelope, state: None };
        store::append(ctx, &VoiceId("09".repeat(16)), &addition).await
    };
    assert_eq!(add(3, more(3)).await, Err(AppError::Conflict), "a gap");
    assert_eq!(add(2, more(3)).await, Err(AppError::Malformed), "two numbers");
    assert_eq!(add(2, more(2)).await, Ok(()));
    assert_eq!(add(2, more(2)).await, Err(AppError::Conflict), "that number is taken");
    assert_eq!(desk.voices().await[0].messages, 2);
}
