//! Cases that have a name, most of them from the records of systems that lost or doubled people.

use rollcall::{
    Act, Counts, Entry, Id, Log, Note, Operation, Roll, Verdict,
    log::{Clash, Reason},
};
use std::collections::BTreeMap;

const TOKYO: Id = Id(0x10);
const OSAKA: Id = Id(0x20);
const ANN: Id = Id(0xa);
const DESK: Id = Id(1);
const OTHER: Id = Id(2);

fn entry(desk: Id, sequence: u64, at: i64, act: Act) -> Entry {
    let id = Id(desk.0 << 64 | u128::from(sequence));
    Entry { desk, at, operation: Operation { id, sequence, at, known: 0, act } }
}

fn log(entries: &[Entry]) -> Log {
    let mut log = Log::default();
    for entry in entries {
        assert_eq!(log.append(*entry), Verdict::Applied);
    }
    log
}

fn counts(log: &Log) -> Counts {
    Counts::of(&Roll::of(log.entries()), &BTreeMap::from([(ANN, TOKYO)]))
}

#[test]
fn undo_then_late_replay_does_not_revive() {
    let arrive = entry(DESK, 1, 100, Act::Arrive { guest: ANN, place: TOKYO });
    let undo = entry(DESK, 2, 200, Act::Undo { operation: arrive.operation.id });
    for order in [[arrive, undo, arrive], [undo, arrive, arrive]] {
        let mut log = Log::default();
        for entry in order {
            log.append(entry);
        }
        assert_eq!(counts(&log).total().came, 0);
        assert_eq!(log.append(arrive), Verdict::Known, "replayed for ever");
        assert_eq!(counts(&log).total().came, 0);
    }
}

#[test]
fn who_was_taken_back_comes_again_by_arriving_anew() {
    let arrive = entry(DESK, 1, 100, Act::Arrive { guest: ANN, place: TOKYO });
    let undo = entry(DESK, 2, 200, Act::Undo { operation: arrive.operation.id });
    let undo_of_undo = entry(OTHER, 1, 300, Act::Undo { operation: undo.operation.id });
    assert_eq!(counts(&log(&[arrive, undo, undo_of_undo])).total().came, 0, "an undo cannot be undone");
    let again = entry(OTHER, 2, 400, Act::Arrive { guest: ANN, place: TOKYO });
    assert_eq!(counts(&log(&[arrive, undo, undo_of_undo, again])).total().came, 1);
}

#[test]
fn one_guest_at_two_entrances_is_counted_once_where_they_came_first() {
    let tokyo = entry(DESK, 1, 100, Act::Arrive { guest: ANN, place: TOKYO });
    let osaka = entry(OTHER, 1, 200, Act::Arrive { guest: ANN, place: OSAKA });
    for order in [[tokyo, osaka], [osaka, tokyo]] {
        let log = log(&order);
        let counts = counts(&log);
        assert_eq!((counts.at(&TOKYO).came, counts.at(&OSAKA).came, counts.total().came), (1, 0, 1));
        assert_eq!(counts.total().unsure, 1, "and a person is asked");
        let roll = Roll::of(log.entries());
        assert_eq!(roll.of_guest(&ANN).map(|ann| ann.notes.clone()), Some(vec![Note::AlsoAt(OSAKA)]));
    }
    // Who looks moves them; then nothing is unsure any more.
    let moved = entry(DESK, 2, 300, Act::Move { guest: ANN, place: OSAKA });
    let counts = counts(&log(&[tokyo, osaka, moved]));
    assert_eq!((counts.at(&TOKYO).came, counts.at(&OSAKA).came, counts.total().unsure), (0, 1, 0));
    assert_eq!((counts.at(&OSAKA).here, counts.at(&OSAKA).from_elsewhere), (1, 1));
}

#[test]
fn who_goes_and_comes_back_elsewhere_is_there_now_and_counted_where_they_came_first() {
    let log = log(&[
        entry(DESK, 1, 100, Act::Arrive { guest: ANN, place: TOKYO }),
        entry(DESK, 2, 200, Act::Leave { guest: ANN }),
        entry(OTHER, 1, 300, Act::Arrive { guest: ANN, place: OSAKA }),
    ]);
    let counts = counts(&log);
    assert_eq!((counts.at(&TOKYO).came, counts.at(&TOKYO).here), (1, 0));
    assert_eq!((counts.at(&OSAKA).came, counts.at(&OSAKA).here), (0, 1));
    assert_eq!((counts.total().came, counts.total().here, counts.total().unsure), (1, 1, 0));
}

#[test]
fn a_desk_whose_clock_jumped_keeps_its_own_order() {
    // Noted in this order, while the clock went back by an hour between the two.
    let log = log(&[
        entry(DESK, 1, 3_700_000, Act::Arrive { guest: ANN, place: TOKYO }),
        entry(DESK, 2, 100_000, Act::Leave { guest: ANN }),
    ]);
    assert_eq!(counts(&log).total().here, 0, "they went after they came");
}

#[test]
fn the_same_id_with_other_content_and_the_same_number_twice_are_kept_apart() {
    let arrive = entry(DESK, 1, 100, Act::Arrive { guest: ANN, place: TOKYO });
    let mut held = log(&[arrive]);
    let other_place = Act::Arrive { guest: ANN, place: OSAKA };
    let forged = Entry { operation: Operation { act: other_place, ..arrive.operation }, ..arrive };
    assert_eq!(held.append(forged), Verdict::Conflict(Clash::SameId));
    let from_elsewhere = Entry { desk: OTHER, ..arrive };
    assert_eq!(held.append(from_elsewhere), Verdict::Conflict(Clash::SameId));
    let copied = Entry { operation: Operation { id: Id(99), ..arrive.operation }, ..arrive };
    assert_eq!(held.append(copied), Verdict::Conflict(Clash::SameSequence));
    for (sequence, at) in [(0, 0), (u64::MAX, 0), (2, i64::MAX), (2, i64::MIN)] {
        let act = Act::Leave { guest: ANN };
        let wrong = Entry { desk: DESK, at: 0, operation: Operation { id: Id(7), sequence, at, known: 0, act } };
        assert_eq!(held.append(wrong), Verdict::Refused(Reason::OutOfBounds), "{sequence} {at}");
    }
    assert_eq!(held, log(&[arrive]), "nothing of it is held");
}

#[test]
fn names_are_told_by_the_latest_that_stands() {
    let walk_in = entry(DESK, 1, 100, Act::WalkIn { guest: ANN, place: TOKYO });
    let correct = entry(OTHER, 1, 200, Act::Correct { guest: ANN });
    let undo = entry(DESK, 2, 300, Act::Undo { operation: correct.operation.id });
    let told = |entries: &[Entry]| Roll::of(entries).name_told_by(&ANN).copied();
    assert_eq!(told(&[walk_in]), Some(walk_in.operation.id));
    assert_eq!(told(&[correct, walk_in]), Some(correct.operation.id));
    assert_eq!(told(&[undo, correct, walk_in]), Some(walk_in.operation.id));
    let roll = Roll::of(&[walk_in, entry(DESK, 2, 300, Act::Undo { operation: walk_in.operation.id })]);
    assert!(roll.is_walk_in(&ANN) && roll.of_guest(&ANN).is_none(), "somebody who was none");
}
