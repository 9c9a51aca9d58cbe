//! Vectors, which run natively and in WebAssembly, and properties, which run natively.

use super::{
    consent::{Grant, Order, Revocation, digest},
    envelope::{CaseId, Envelope, Frame, HEAD, NotAnEnvelope, Path, Role, SIZES, TAG, seal},
    message::Message,
    note::{NOTE_BYTES, is_note, open_note, seal_note},
    passphrase::Stretched,
    receipt::{COST, Cost, DIGITS, Fault, Receipt, Worker, tag},
    root::{Certificate, Subject, fingerprint},
    wrap::{Holder, nest, unnest_inner, unnest_outer, unwrap, wrap},
};
use crate::{KEY_BYTES, SecretKey};
use ed25519_dalek::SigningKey;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SITE: &str = "https://voice.example.org";
/// Cheap: what is tested here does not depend on it.
const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };
const CASE: CaseId = CaseId([5; 16]);

fn frame(number: u32, role: Role) -> Frame<'static> {
    Frame { site: SITE, case: CASE, number, role, path: Path::Phone }
}

fn message(text: &str) -> Message {
    Message {
        language: "vi".to_owned(),
        topic: "wages".to_owned(),
        employer: String::new(),
        text: text.to_owned(),
        about: Vec::new(),
    }
}

fn worker(entropy: u8) -> Worker {
    Receipt::draw(&[entropy; 48]).unwrap().stretch(&[1; 16], CHEAP).unwrap()
}

/// FNV-1a, to name bytes in a line.
fn name(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, step))
}

/// What suite 1 made of one voice when it was introduced. It must be read for ever.
#[test]
fn what_was_made_once_is_made_and_read_alike() {
    let receipt = Receipt::draw(&core::array::from_fn(|at| u8::try_from(at * 5).unwrap())).unwrap();
    assert_eq!(receipt.groups().join(" "), "0505 0505 0505 0505 0505 0502");
    let worker = receipt.stretch(&[1; 16], COST).unwrap();
    let case = SecretKey::derive(&[7; KEY_BYTES]);
    let frame = frame(1, Role::Worker);
    let signed = message("残業代が払われない。").signed(&frame, &worker.signing());
    let sealed = seal(&frame, &case.public(), &signed, [3; KEY_BYTES]).unwrap();
    let wrapped = wrap(SITE, &CASE.0, &Holder::Worker, &worker.kem().public(), &[7; 32], [9; KEY_BYTES]).unwrap();
    let root = SigningKey::from_bytes(&[11; 32]);
    let made = [name(&worker.auth()), name(&sealed), name(&wrapped), name(&tag(&[2; 32], &worker.auth()))];
    assert_eq!(made, FROZEN);
    assert_eq!(fingerprint(&root.verifying_key()), "ZQVJ-M24F-33VK-K7MC");
    let envelope = Envelope::read(&sealed).unwrap();
    let opened = envelope.open(SITE, &case).unwrap();
    let (read, by) = Message::read(&opened, &frame, &[worker.signing().verifying_key()]).unwrap();
    assert_eq!((read.text.as_str(), by), ("残業代が払われない。", 0));
}

/// Auth, envelope, wrap, tag. A program in another language, with other libraries, makes the same bytes.
const FROZEN: [&str; 4] = ["648b3964a658fcf7", "271e202446ab8c54", "2254fe24f50f4a86", "9490d6cac62fb0ae"];

#[test]
fn note_opens_for_its_case_and_its_key_alone() {
    let desk = SecretKey::derive(&[7; KEY_BYTES]);
    let sealed = seal_note(SITE, CASE, (3, &desk.public()), "残業 · urgent", [9; KEY_BYTES]).unwrap();
    assert_eq!(name(&sealed), "4479c3d43b79c6be");
    assert_eq!(open_note(SITE, CASE, (3, &desk), &sealed).as_deref(), Some("残業 · urgent"));
    assert_eq!(open_note(SITE, CaseId([6; 16]), (3, &desk), &sealed), None);
    assert_eq!(open_note(SITE, CASE, (4, &desk), &sealed), None);
    assert_eq!(open_note("https://other.example.org", CASE, (3, &desk), &sealed), None);
    assert_eq!(open_note(SITE, CASE, (3, &SecretKey::derive(&[8; KEY_BYTES])), &sealed), None);
    let most = "a".repeat(NOTE_BYTES);
    let longest = seal_note(SITE, CASE, (3, &desk.public()), &most, [9; KEY_BYTES]).unwrap();
    assert!(is_note(&sealed) && is_note(&longest));
    assert!(seal_note(SITE, CASE, (3, &desk.public()), &[&most, "a"].concat(), [9; KEY_BYTES]).is_none());
    let another_suite = [&[2], &sealed[1..]].concat();
    let longer = [&longest[..], &[0; 256]].concat();
    for wrong in [&[][..], &sealed[..1], &sealed[..sealed.len() - 1], &sealed[..49], &another_suite, &longer] {
        assert!(!is_note(wrong));
    }
}

#[test]
fn a_receipt_is_read_as_people_type_it() {
    let receipt = Receipt::draw(&[42; 48]).unwrap();
    let plain = receipt.groups().concat();
    assert_eq!(plain.len(), DIGITS);
    let full: String = plain.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap()).collect();
    let burmese: String = plain.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0x1040).unwrap()).collect();
    for typed in [plain.clone(), receipt.groups().join(" "), receipt.groups().join(" - "), full, burmese] {
        assert!(Receipt::parse(&typed) == Ok(receipt.clone()), "{typed}");
    }
    for (typed, fault) in [
        ("", Fault::Missing),
        (" - ", Fault::Missing),
        ("12a4", Fault::NotDigits),
        (&plain[1..], Fault::TooFew(23)),
        (&[plain.as_str(), "00"].concat(), Fault::TooMany(26)),
    ] {
        assert!(Receipt::parse(typed) == Err(fault), "{typed}");
    }
}

#[test]
fn one_wrong_digit_and_two_that_changed_places_are_found() {
    let plain: Vec<u8> = Receipt::draw(&core::array::from_fn(|at| u8::try_from(at * 5).unwrap()))
        .unwrap()
        .groups()
        .concat()
        .bytes()
        .collect();
    let is_receipt = |digits: &[u8]| Receipt::parse(core::str::from_utf8(digits).unwrap()).is_ok();
    assert!(is_receipt(&plain));
    for at in 0..DIGITS {
        for other in (b'0'..=b'9').filter(|other| *other != plain[at]) {
            let mut wrong = plain.clone();
            wrong[at] = other;
            assert!(!is_receipt(&wrong), "digit {at}");
        }
        if at > 0 && plain[at] != plain[at - 1] {
            let mut wrong = plain.clone();
            wrong.swap(at, at - 1);
            assert!(!is_receipt(&wrong), "digits {at}");
        }
    }
}

#[test]
fn digits_that_would_favour_some_are_passed_over() {
    assert!(Receipt::draw(&[255; 48]).is_none());
    let mut entropy = [255; 48];
    entropy[25..].fill(9);
    assert!(Receipt::draw(&entropy).unwrap().groups().concat().starts_with("99999999999999999999999"));
}

#[test]
fn everything_of_a_worker_follows_from_the_receipt_and_is_apart() {
    let (one, other) = (worker(1), worker(2));
    assert_eq!(one.auth(), worker(1).auth());
    assert_ne!(one.auth(), other.auth());
    assert_ne!(one.auth(), one.signing().to_bytes());
    assert_ne!(one.auth(), *one.kem().public().as_bytes());
    let elsewhere = Receipt::draw(&[1; 48]).unwrap().stretch(&[2; 16], CHEAP).unwrap();
    assert_ne!(one.auth(), elsewhere.auth(), "another site's salt");
    assert_ne!(tag(&[1; 32], &one.auth()), tag(&[2; 32], &one.auth()), "another pepper");
}

#[test]
fn a_message_of_each_size_comes_back_and_no_longer_one_is_taken() {
    let key = SecretKey::derive(&[7; KEY_BYTES]);
    let frame = frame(1, Role::Worker);
    for (size, before) in SIZES.into_iter().zip([0, SIZES[0], SIZES[1], SIZES[2]]) {
        for length in [before, before + 1, size - 1] {
            for last in [0, 0x80, 1] {
                let mut plain = vec![0x80; length];
                if let Some(end) = plain.last_mut() {
                    *end = last;
                }
                let sealed = seal(&frame, &key.public(), &plain, [3; KEY_BYTES]).unwrap();
                let envelope = Envelope::read(&sealed).unwrap();
                assert_eq!((envelope.size(), sealed.len()), (size, HEAD + size + TAG), "{length}");
                assert_eq!(envelope.open(SITE, &key).unwrap(), plain, "{length}");
            }
        }
    }
    assert_eq!(seal(&frame, &key.public(), &vec![1; SIZES[3]], [3; KEY_BYTES]), None);
}

#[test]
fn what_is_no_envelope_is_refused_before_anybody_decrypts() {
    let key = SecretKey::derive(&[7; KEY_BYTES]);
    let sealed = seal(&frame(1, Role::Worker), &key.public(), b"text", [3; KEY_BYTES]).unwrap();
    let with = |at: usize, byte: u8| {
        let mut changed = sealed.clone();
        changed[at] = byte;
        changed
    };
    assert_eq!(Envelope::read(&[]), Err(NotAnEnvelope::Suite));
    assert_eq!(Envelope::read(&with(0, 2)), Err(NotAnEnvelope::Suite));
    assert_eq!(Envelope::read(&sealed[..sealed.len() - 1]), Err(NotAnEnvelope::Size));
    assert_eq!(Envelope::read(&[&sealed[..], &[0]].concat()), Err(NotAnEnvelope::Size));
    assert_eq!(Envelope::read(&sealed[..HEAD]), Err(NotAnEnvelope::Size));
    assert_eq!(Envelope::read(&with(20, 0)), Err(NotAnEnvelope::Frame), "number 0");
    assert_eq!(Envelope::read(&with(21, 0)), Err(NotAnEnvelope::Frame), "no such role");
    assert_eq!(Envelope::read(&with(22, 9)), Err(NotAnEnvelope::Frame), "no such path");
    assert_eq!(Envelope::read(&with(54, 0xff)), Err(NotAnEnvelope::Key));
    let plain = [&sealed[..HEAD], &[b' '; 1024 + TAG][..]].concat();
    assert_eq!(Envelope::read(&plain).unwrap().open(SITE, &key), None, "a text that nobody sealed");
}

#[test]
fn a_message_opens_for_its_own_case_number_role_path_and_site_alone() {
    let key = SecretKey::derive(&[7; KEY_BYTES]);
    let frame = frame(4, Role::Desk);
    let sealed = seal(&frame, &key.public(), b"text", [3; KEY_BYTES]).unwrap();
    let read = |bytes: &[u8], site| Envelope::read(bytes).ok().and_then(|envelope| envelope.open(site, &key));
    assert_eq!(read(&sealed, SITE).unwrap(), b"text");
    assert_eq!(read(&sealed, "https://other.example.org"), None);
    for (at, byte) in [(1, 6), (20, 5), (21, 1), (22, 2)] {
        let mut moved = sealed.clone();
        moved[at] = byte;
        assert_eq!(read(&moved, SITE), None, "byte {at}");
    }
    let other = SecretKey::derive(&[8; KEY_BYTES]);
    assert_eq!(Envelope::read(&sealed).unwrap().open(SITE, &other), None);
}

#[test]
fn who_wrote_a_message_cannot_be_made_up() {
    let (worker, desk) = (worker(1).signing(), SigningKey::from_bytes(&[4; 32]));
    let (ours, theirs) = (frame(2, Role::Desk), frame(3, Role::Desk));
    let signed = message("We have read it.").signed(&ours, &desk);
    let keys = [worker.verifying_key(), desk.verifying_key()];
    let (read, by) = Message::read(&signed, &ours, &keys).unwrap();
    assert!(read == message("We have read it.") && by == 1);
    assert!(Message::read(&signed, &theirs, &keys).is_none(), "another number");
    assert!(Message::read(&signed, &ours, &keys[..1]).is_none(), "not by this key");
    for at in 0..signed.len() {
        let mut changed = signed.clone();
        changed[at] ^= 1;
        assert!(Message::read(&changed, &ours, &keys).is_none(), "byte {at}");
        assert!(Message::read(&signed[..at], &ours, &keys).is_none(), "cut at {at}");
    }
    assert_eq!(format!("{read:?}"), "Message { .. }", "no word of it comes into a log");
}

#[test]
fn a_wrap_opens_for_its_holder_and_its_case_alone() {
    let (key, other) = (SecretKey::derive(&[7; KEY_BYTES]), SecretKey::derive(&[8; KEY_BYTES]));
    let seed = [9; 32];
    let holder = Holder::Epoch(3);
    let wrapped = wrap(SITE, &CASE.0, &holder, &key.public(), &seed, [3; KEY_BYTES]).unwrap();
    assert_eq!(unwrap(SITE, &CASE.0, &holder, &key, &wrapped), Some(seed));
    assert_eq!(unwrap(SITE, &[6; 16], &holder, &key, &wrapped), None);
    for holder in [Holder::Epoch(4), Holder::Worker, Holder::Member("ann"), Holder::Trustees("a", "b")] {
        assert_eq!(unwrap(SITE, &CASE.0, &holder, &key, &wrapped), None, "{holder:?}");
    }
    assert_eq!(unwrap(SITE, &CASE.0, &holder, &other, &wrapped), None);
}

#[test]
fn any_two_trustees_restore_a_key_and_one_never_does() {
    let keys: Vec<SecretKey> = (1..=3).map(|seed| SecretKey::derive(&[seed; KEY_BYTES])).collect();
    let ids = ["chair", "lawyer", "partner"];
    let seed = [9; 32];
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
        let who = (ids[first], ids[second]);
        let to = (&keys[first].public(), &keys[second].public());
        let nested = nest(SITE, b"epoch 3", who, to, &seed, [[3; 32], [4; 32]]).unwrap();
        let inner = unnest_outer(SITE, b"epoch 3", who, &keys[second], &nested).unwrap();
        assert_eq!(unnest_inner(SITE, b"epoch 3", who, &keys[first], &inner), Some(seed));
        for alone in &keys {
            assert_eq!(unnest_inner(SITE, b"epoch 3", who, alone, &nested), None);
            let opened = unnest_outer(SITE, b"epoch 3", who, alone, &nested);
            assert_eq!(opened.and_then(|inner| unnest_inner(SITE, b"epoch 3", who, alone, &inner)), None);
        }
        assert_eq!(unnest_outer(SITE, b"epoch 4", who, &keys[second], &nested), None);
    }
}

#[test]
fn a_root_vouches_for_one_key_one_subject_and_some_days() {
    let root = SigningKey::from_bytes(&[11; 32]);
    let certificate =
        Certificate { site: SITE, subject: Subject::Epoch(3), key: [1; 32], from_day: 20_000, until_day: 20_091 };
    let signature = certificate.sign(&root);
    let by = root.verifying_key();
    assert!(certificate.holds(&by, &signature, 20_000) && certificate.holds(&by, &signature, 20_091));
    assert!(!certificate.holds(&by, &signature, 19_999) && !certificate.holds(&by, &signature, 20_092));
    for other in [
        Certificate { site: "https://other.example.org", ..certificate },
        Certificate { subject: Subject::Epoch(4), ..certificate },
        Certificate { subject: Subject::Member("3", "Blue"), ..certificate },
        Certificate { subject: Subject::Trustee("3"), ..certificate },
        Certificate { key: [2; 32], ..certificate },
        Certificate { until_day: 30_000, ..certificate },
    ] {
        assert!(!other.holds(&by, &signature, 20_000), "{other:?}");
    }
    assert!(!certificate.holds(&SigningKey::from_bytes(&[12; 32]).verifying_key(), &signature, 20_000));
    let print = fingerprint(&by);
    assert!(print.len() == 19 && print.split('-').all(|group| group.len() == 4), "{print}");
}

#[test]
fn a_members_key_opens_by_their_passphrase_and_what_the_server_sees_opens_nothing() {
    let right = Stretched::of("quiet harbour seven lanterns", &[1; 16], CHEAP).unwrap();
    let wrong = Stretched::of("quiet harbour seven lantern", &[1; 16], CHEAP).unwrap();
    let locked = right.lock(SITE, "ann", &[9; 32], [3; KEY_BYTES]).unwrap();
    assert_eq!(right.unlock(SITE, "ann", &locked), Some([9; 32]));
    assert_eq!(right.unlock(SITE, "ben", &locked), None);
    assert_eq!(wrong.unlock(SITE, "ann", &locked), None);
    assert_ne!(right.auth(), wrong.auth());
    let by_auth = SecretKey::derive(&right.auth());
    assert!(crate::open(&by_auth, super::label::MEMBER, b"", &locked).is_err());
}

#[test]
fn consent_is_to_these_words_this_recipient_and_these_days() {
    let worker = worker(1).signing();
    let grant = Grant {
        site: SITE,
        id: "g1",
        case: CASE,
        words: digest("They hold the passports of five people."),
        recipient_kind: "authority",
        recipient: "Labour Standards Inspection Office",
        scope: "read",
        from_day: 20_003,
        until_day: 20_030,
        language: "vi",
        path: Path::Phone,
        shown: Some(digest("Họ giữ hộ chiếu của năm người.")),
    };
    let signature = grant.sign(&worker);
    let by = worker.verifying_key();
    assert!(grant.is_signed(&by, &signature));
    for other in [
        Grant { words: digest("They hold the passports of five people. "), ..grant },
        Grant { recipient: "Labour Standards Inspection Offic", ..grant },
        Grant { recipient_kind: "authorityL", recipient: "abour Standards Inspection Office", ..grant },
        Grant { case: CaseId([6; 16]), ..grant },
        Grant { scope: "publish", ..grant },
        Grant { until_day: 20_031, ..grant },
        Grant { path: Path::Server, ..grant },
        Grant { id: "g2", ..grant },
        Grant { shown: None, ..grant },
        Grant { shown: Some(digest("Họ giữ hộ chiếu.")), ..grant },
    ] {
        assert!(!other.is_signed(&by, &signature), "{other:?}");
    }
    let taken_back = Revocation { site: SITE, case: CASE, grant: "g1" };
    let signature = taken_back.sign(&worker);
    assert!(taken_back.is_signed(&by, &signature));
    assert!(!Revocation { grant: "g2", ..taken_back }.is_signed(&by, &signature));
}

#[test]
fn grant_without_translation_is_signed_as_ever() {
    let grant = Grant {
        site: SITE,
        id: "g1",
        case: CASE,
        words: digest("words"),
        recipient_kind: "union",
        recipient: "r",
        scope: "once",
        from_day: 1,
        until_day: 2,
        language: "ja",
        path: Path::Server,
        shown: None,
    };
    // What was signed before translations were signed too still holds.
    let before = "643fc9d6ef6ddb2d6ead6510598db250d81823a37c6c8bd7f2d89c24fa48f913\
                  87a2afcb252f8d77ed94dc1577d3cf518a8b886d8134f755fbc05eea07badc0c";
    let signed = grant.sign(&SigningKey::from_bytes(&[7; 32]));
    assert_eq!(signed.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), before);
}

#[test]
fn order_is_for_these_words_this_recipient_and_this_reason() {
    let (first, second) = (worker(1).signing(), worker(2).signing());
    let order = Order {
        site: SITE,
        id: "o1",
        case: CASE,
        basis: "court_order",
        words: digest("They hold the passports of five people."),
        recipient: "District Court",
        reason: 7,
    };
    let signature = order.sign(&first);
    assert!(order.is_signed(&first.verifying_key(), &signature));
    assert!(!order.is_signed(&second.verifying_key(), &signature), "nobody signs for another one");
    for other in [
        Order { site: "https://other.example.org", ..order },
        Order { id: "o2", ..order },
        Order { case: CaseId([6; 16]), ..order },
        Order { basis: "danger_to_life", ..order },
        Order { words: digest("They hold the passports of six people."), ..order },
        Order { recipient: "District Cour", ..order },
        Order { reason: 8, ..order },
    ] {
        assert!(!other.is_signed(&first.verifying_key(), &signature), "{other:?}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    fn cases(fewest: u32) -> ProptestConfig {
        let cases = std::env::var("FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(fewest);
        ProptestConfig { cases, ..ProptestConfig::default() }
    }

    proptest! {
        #![proptest_config(cases(60))]

        #[test]
        fn any_message_comes_back_and_no_flipped_bit_passes(
            text in ".{0,3000}", employer in ".{0,40}", number in 1..u32::MAX, at in any::<prop::sample::Index>(), bit in 0..8_u8
        ) {
            let key = SecretKey::derive(&[7; KEY_BYTES]);
            let by = SigningKey::from_bytes(&[4; 32]);
            let frame = frame(number, Role::Worker);
            let mut written = message(&text);
            written.employer = employer;
            let sealed = seal(&frame, &key.public(), &written.signed(&frame, &by), [3; KEY_BYTES]).unwrap();
            let read = |bytes: &[u8]| {
                let envelope = Envelope::read(bytes).ok()?;
                let opened = envelope.open(SITE, &key)?;
                Message::read(&opened, &envelope.frame(SITE), &[by.verifying_key()])
            };
            prop_assert!(read(&sealed) == Some((written, 0)));
            let mut changed = sealed;
            let at = at.index(changed.len());
            changed[at] ^= 1 << bit;
            prop_assert!(read(&changed).is_none());
        }

        #[test]
        fn any_bytes_are_an_envelope_or_none(bytes in prop::collection::vec(any::<u8>(), 0..1_200), head in any::<bool>()) {
            let mut bytes = bytes;
            if head {
                bytes.resize(HEAD + 1024 + TAG, 0);
                bytes[0] = 1;
            }
            if let Ok(envelope) = Envelope::read(&bytes) {
                prop_assert_eq!(envelope.as_bytes(), &bytes[..]);
                prop_assert_eq!(envelope.open(SITE, &SecretKey::derive(&[7; KEY_BYTES])), None);
            }
        }

        #[test]
        fn any_text_is_a_receipt_or_none(text in "\\PC{0,60}", digits in "[0-9０-９ -]{20,40}") {
            for typed in [text, digits] {
                if let Ok(receipt) = Receipt::parse(&typed) {
                    prop_assert!(Receipt::parse(&receipt.groups().join("-")) == Ok(receipt));
                }
            }
        }

        #[test]
        fn any_bytes_are_a_message_or_none(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let by = SigningKey::from_bytes(&[4; 32]).verifying_key();
            prop_assert!(Message::read(&bytes, &frame(1, Role::Worker), &[by]).is_none());
        }
    }
}
