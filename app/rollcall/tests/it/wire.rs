//! What comes from outside: any bytes are read or refused, and what is read is written the same.

use proptest::prelude::*;
use rollcall::{
    Act, Batch, Entry, Id, Operation, Verdict,
    desk::{Answer, Numbered, Refused},
    log::{Clash, Reason},
    operation::{MOST_OPERATIONS, Name, NotABatch, Unreadable, is_name},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a desk posts, as the server takes it apart.
#[derive(Serialize, Deserialize)]
struct Posted {
    sent_at: i64,
    made: u64,
    operations: Vec<Value>,
    #[serde(default)]
    names: Vec<Name>,
}

/// Nothing if the body as a whole cannot be read.
fn read(bytes: &[u8]) -> Option<Result<(Batch, Vec<Unreadable>), NotABatch>> {
    let Posted { sent_at, made, operations, names } = serde_json::from_slice(bytes).ok()?;
    let count = operations.len();
    let read = Batch::of_wire(sent_at, made, operations, names);
    if let Ok((batch, unreadable)) = &read {
        assert_eq!(batch.operations.len() + unreadable.len(), count, "each can be answered");
    }
    Some(read)
}

fn json(batch: &Batch) -> Vec<u8> {
    serde_json::to_vec(batch).unwrap_or_default()
}

fn id() -> impl Strategy<Value = Id> {
    any::<u128>().prop_map(Id)
}

fn act() -> impl Strategy<Value = Act> {
    (0..6_u8, id(), id()).prop_map(|(kind, guest, place)| match kind {
        0 => Act::Arrive { guest, place },
        1 => Act::WalkIn { guest, place },
        2 => Act::Leave { guest },
        3 => Act::Move { guest, place },
        4 => Act::Correct { guest },
        _ => Act::Undo { operation: guest },
    })
}

fn batch() -> impl Strategy<Value = Batch> {
    let operation = (id(), any::<u64>(), any::<i64>(), any::<u64>(), act())
        .prop_map(|(id, sequence, at, known, act)| Operation { id, sequence, at, known, act });
    (any::<i64>(), any::<u64>(), prop::collection::vec((operation, prop::option::of(".{0,40}")), 0..8)).prop_map(
        |(sent_at, made, said)| Batch {
            sent_at,
            made,
            operations: said.iter().map(|(operation, _)| *operation).collect(),
            names: said
                .into_iter()
                .filter_map(|(operation, name)| Some(Name { operation: operation.id, name: name? }))
                .collect(),
        },
    )
}

fn cases(fewest: u32) -> ProptestConfig {
    let cases = std::env::var("FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(fewest);
    ProptestConfig { cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn what_is_written_is_read_again(batch in batch()) {
        prop_assert_eq!(read(&json(&batch)), Some(Ok((batch, Vec::new()))));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_batch_that_was_damaged_on_its_way_is_read_or_refused(
        batch in batch(), damages in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = json(&batch);
        for (at, byte) in damages {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(Ok((batch, _))) = read(&bytes) {
            let batch = Batch { names: Vec::new(), ..batch };
            prop_assert_eq!(read(&json(&batch)), Some(Ok((batch, Vec::new()))));
        }
    }
}

#[test]
fn the_wire_is_as_it_was() {
    let text = r#"{"sent_at":5,"made":2,"operations":[
        {"id":"0000000000000000000000000000000a","sequence":1,"at":3,"known":0,"act":"arrive",
         "guest":"0000000000000000000000000000000b","place":"0000000000000000000000000000000c"},
        {"id":"0000000000000000000000000000000d","sequence":2,"at":4,"known":7,"act":"undo",
         "operation":"0000000000000000000000000000000a"}]}"#;
    let (batch, _) = read(text.as_bytes()).expect("a body").expect("a batch");
    assert_eq!(batch.operations[0].act, Act::Arrive { guest: Id(11), place: Id(12) });
    assert_eq!(batch.operations[1].act, Act::Undo { operation: Id(10) });
    assert_eq!((batch.sent_at, batch.made, batch.operations[1].known), (5, 2, 7));
}

#[test]
fn what_is_no_batch_is_refused_whole() {
    let one = r#"{"id":"0000000000000000000000000000000a","sequence":1,"at":3,"known":0,"act":"leave","guest":"0000000000000000000000000000000b"}"#;
    let of = |operations: &str| format!(r#"{{"sent_at":5,"made":2,"operations":[{operations}]}}"#);
    assert!(read(of(one).as_bytes()).expect("a body").is_ok());
    for wrong in [String::new(), "null".to_owned(), "<html>A hotel</html>".to_owned(), "[".repeat(100_000)] {
        assert_eq!(read(wrong.as_bytes()), None, "{wrong:.80}");
    }
    for nameless in [one.replace("000a", "000A"), one.replace("000a", "0a"), "{}".to_owned(), "[]".to_owned()] {
        assert_eq!(read(of(&nameless).as_bytes()), Some(Err(NotABatch::Nameless)), "{nameless}");
    }
    let many = vec![one; MOST_OPERATIONS + 1].join(",");
    assert_eq!(read(of(&many).as_bytes()), Some(Err(NotABatch::TooMuch)));
    // One that cannot be read holds the other up as little as it is lost.
    for wrong in [
        one.replace("leave", "delete"),
        one.replace("\"at\":3", "\"at\":3.5"),
        one.replace("\"sequence\":1", "\"sequence\":-1"),
        one.replace("\"known\":0,", ""),
    ] {
        let (batch, unreadable) = read(of(&[wrong.as_str(), one].join(",")).as_bytes()).expect("a body").expect("it");
        assert_eq!((batch.operations.len(), unreadable.len()), (1, 1), "{wrong}");
        assert_eq!(unreadable[0].0, Id(10));
    }
}

#[test]
fn a_page_that_is_older_than_the_server_reads_on() {
    let told = r#"{"number":7,"desk":"0000000000000000000000000000000a","happened_at":1,
        "id":"0000000000000000000000000000000b","sequence":1,"at":3,"known":0,"act":"takes_a_headset"}"#;
    assert_eq!(serde_json::from_str::<Numbered>(told).expect("a number"), Numbered { number: 7, entry: None });
    let answer = r#"{"operation":"0000000000000000000000000000000b","verdict":"refused","why":"full_moon"}"#;
    let answer: Answer = serde_json::from_str(answer).expect("an answer");
    assert_eq!(answer.verdict, Verdict::Refused(Reason::Unreadable), "a refusal all the same");
}

#[test]
fn what_a_desk_is_told_is_read_as_it_was_written() {
    let (guest, place) = (Id(1), Id(2));
    let acts = [
        Act::Arrive { guest, place },
        Act::WalkIn { guest, place },
        Act::Leave { guest },
        Act::Move { guest, place },
        Act::Correct { guest },
        Act::Undo { operation: Id(3) },
    ];
    for (number, act) in (1..).zip(acts) {
        let operation = Operation { id: Id(9), sequence: number, at: 5, known: 6, act };
        let told = Numbered { number, entry: Some(Entry { desk: Id(4), at: 7, operation }) };
        let json = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<Numbered>(&json).unwrap(), told, "{json}");
        let keys: Vec<&str> = json.split('"').filter(|key| *key == "at" || *key == "happened_at").collect();
        assert_eq!(keys, ["happened_at", "at"], "each once");
    }
    let refused = Refused {
        operation: Operation { id: Id(9), sequence: 1, at: 5, known: 6, act: Act::Leave { guest } },
        verdict: Verdict::Refused(Reason::Revoked),
    };
    let json = serde_json::to_string(&refused).unwrap();
    assert_eq!(serde_json::from_str::<Refused>(&json).unwrap(), refused);
    let answer = Answer { operation: Id(9), verdict: Verdict::Conflict(Clash::SameSequence) };
    let json = serde_json::to_string(&answer).unwrap();
    assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), answer, "{json}");
}

#[test]
fn a_name_has_a_letter_and_nothing_that_nobody_sees() {
    for name in ["山田", "Nguyễn Thị Đào", "7", "O'Brien", "グエン・アン"] {
        assert!(is_name(name), "{name}");
    }
    let long = "あ".repeat(101);
    for other in ["", " ", "—", "?!", "😀", "a\u{202e}b", "a\u{0}", "a\u{feff}", &long] {
        assert!(!is_name(other), "{other:?}");
    }
}
