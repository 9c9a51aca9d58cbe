use super::*;

type Machine = Uploader<&'static str>;

fn row(id: &str) -> Row {
    Row { id: id.into(), digest: format!("digest of {id}"), body: format!("body of {id}") }
}

/// Steps and leaves out what is only shown.
fn step(machine: &mut Machine, input: Input<&'static str>) -> Vec<Effect<&'static str>> {
    machine.step(input).into_iter().filter(|effect| !matches!(effect, Effect::Show(_))).collect()
}

/// A machine that has read these rows, and what it does then.
fn loaded(rows: &[&str]) -> (Machine, Vec<Effect<&'static str>>) {
    let mut machine = Machine::new(1);
    assert_eq!(step(&mut machine, Input::Wake), [Effect::Lock]);
    assert_eq!(step(&mut machine, Input::Locked(true)), [Effect::Load]);
    let effects = step(&mut machine, Input::Loaded(Some(rows.iter().map(|id| row(id)).collect())));
    (machine, effects)
}

fn settle(id: &str) -> Effect<&'static str> {
    Effect::Settle { id: id.into(), digest: format!("digest of {id}"), receipt: "code" }
}

#[test]
fn rows_go_one_after_the_other_and_only_receipts_delete() {
    let (mut machine, effects) = loaded(&["a", "b"]);
    assert_eq!(effects, [Effect::Post(row("a"))]);
    assert!(machine.status().is_sending);
    let received = Effect::Received { id: "a".into(), receipt: "code" };
    assert_eq!(step(&mut machine, Input::Replied(Verdict::Receipt("code"))), [received, settle("a")]);
    assert_eq!(step(&mut machine, Input::Settled(true)), [Effect::Post(row("b"))]);
    step(&mut machine, Input::Replied(Verdict::Receipt("code")));
    assert_eq!(step(&mut machine, Input::Settled(true)), [Effect::Unlock]);
    assert_eq!(machine.status(), Status { received: 2, ..Status::default() });
}

#[test]
fn silence_ends_the_round_and_waits_longer_each_time() {
    let (mut machine, _) = loaded(&["a", "b"]);
    let mut waits = Vec::new();
    for _ in 0..4 {
        let effects = step(&mut machine, Input::Replied(Verdict::Nothing));
        let [Effect::Unlock, Effect::Timer(wait)] = effects[..] else { panic!("{effects:?}") };
        waits.push(wait);
        assert!(machine.status().is_unreachable && machine.status().waiting == 2);
        step(&mut machine, Input::Wake);
        step(&mut machine, Input::Locked(true));
        let effects = step(&mut machine, Input::Loaded(Some(vec![row("a"), row("b")])));
        assert_eq!(effects, [Effect::Post(row("a"))], "the same row, the same bytes");
    }
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1] * 2 && pair[1] > 1_000), "{waits:?}");
    assert!(waits[3] >= 8_000);
}

#[test]
fn busy_server_says_when() {
    let (mut machine, _) = loaded(&["a", "b"]);
    assert_eq!(step(&mut machine, Input::Replied(Verdict::Busy(12))), [Effect::Unlock, Effect::Timer(12_000)]);
    assert!(!machine.status().is_unreachable);
}

#[test]
fn refused_row_stays_and_holds_nobody_up() {
    let (mut machine, _) = loaded(&["a", "b"]);
    let effects = step(&mut machine, Input::Replied(Verdict::Refused(Refusal::Unreadable)));
    assert_eq!(effects, [Effect::Post(row("b"))]);
    step(&mut machine, Input::Replied(Verdict::Receipt("code")));
    let effects = step(&mut machine, Input::Settled(true));
    assert!(matches!(effects[..], [Effect::Unlock, Effect::Timer(_)]), "{effects:?}");
    assert_eq!((machine.status().refused, machine.status().has_conflict), (1, false));
    assert_eq!(machine.status().waiting, 1);
    // In the next round it stands behind what came later, and is tried again.
    step(&mut machine, Input::Wake);
    step(&mut machine, Input::Locked(true));
    let effects = step(&mut machine, Input::Loaded(Some(vec![row("a"), row("c")])));
    assert_eq!(effects, [Effect::Post(row("c"))]);
}

#[test]
fn another_tab_has_the_lock() {
    let mut machine = Machine::new(1);
    step(&mut machine, Input::Wake);
    let effects = step(&mut machine, Input::Locked(false));
    assert!(matches!(effects[..], [Effect::Timer(_)]), "{effects:?}");
    assert_eq!(step(&mut machine, Input::Wake), [Effect::Lock]);
}

#[test]
fn what_wakes_it_during_a_round_begins_another() {
    let mut machine = Machine::new(1);
    step(&mut machine, Input::Wake);
    assert_eq!(step(&mut machine, Input::Wake), []);
    assert_eq!(step(&mut machine, Input::Locked(true)), [Effect::Load]);
    // Stored while the outbox was being read: perhaps not in what was read.
    assert_eq!(step(&mut machine, Input::Kept), []);
    assert_eq!(step(&mut machine, Input::Loaded(Some(vec![]))), [Effect::Unlock, Effect::Lock]);
    assert_eq!(step(&mut machine, Input::Locked(true)), [Effect::Load]);
    assert_eq!(step(&mut machine, Input::Loaded(Some(vec![row("a")]))), [Effect::Post(row("a"))]);
}

#[test]
fn storage_that_refuses_loses_nothing_and_sends_nothing_twice() {
    let mut machine = Machine::new(1);
    assert_eq!(step(&mut machine, Input::Unkept(row("a"))), [Effect::Lock]);
    assert_eq!(machine.status().unkept, 1);
    step(&mut machine, Input::Locked(true));
    assert_eq!(step(&mut machine, Input::Loaded(None)), [Effect::Post(row("a"))]);
    step(&mut machine, Input::Replied(Verdict::Receipt("code")));
    // No storage, no row in it: nothing is left to do but to look again.
    let effects = step(&mut machine, Input::Settled(false));
    assert!(matches!(effects[..], [Effect::Unlock, Effect::Timer(_)]), "{effects:?}");
    assert_eq!((machine.status().unkept, machine.status().waiting), (0, 0));
}

#[test]
fn row_that_could_not_be_taken_away_comes_again() {
    let (mut machine, _) = loaded(&["a"]);
    step(&mut machine, Input::Replied(Verdict::Receipt("code")));
    let effects = step(&mut machine, Input::Settled(false));
    assert!(matches!(effects[..], [Effect::Unlock, Effect::Timer(_)]), "{effects:?}");
    step(&mut machine, Input::Wake);
    step(&mut machine, Input::Locked(true));
    assert_eq!(step(&mut machine, Input::Loaded(Some(vec![row("a")]))), [Effect::Post(row("a"))]);
    step(&mut machine, Input::Replied(Verdict::Receipt("code")));
    assert_eq!(step(&mut machine, Input::Settled(true)), [Effect::Unlock]);
}

#[test]
fn storage_that_cannot_be_read_once_does_not_stop_the_queue() {
    let mut machine = Machine::new(1);
    step(&mut machine, Input::Kept);
    step(&mut machine, Input::Locked(true));
    let effects = step(&mut machine, Input::Loaded(None));
    assert!(matches!(effects[..], [Effect::Unlock, Effect::Timer(_)]), "{effects:?}");
    assert_eq!(machine.status().waiting, 1);
}

#[test]
fn two_versions_that_only_this_page_holds_are_both_sent() {
    let mut machine = Machine::new(1);
    let other = Row { digest: "other digest".into(), ..row("a") };
    step(&mut machine, Input::Unkept(row("a")));
    step(&mut machine, Input::Unkept(other.clone()));
    step(&mut machine, Input::Unkept(row("a")));
    assert_eq!(machine.status().unkept, 2);
    step(&mut machine, Input::Locked(true));
    assert_eq!(step(&mut machine, Input::Loaded(None)), [Effect::Post(row("a"))]);
    assert_eq!(step(&mut machine, Input::Replied(Verdict::Refused(Refusal::Conflict))), [Effect::Post(other)]);
}

#[test]
fn answers_to_nothing_are_ignored() {
    let mut machine = Machine::new(1);
    for input in [
        Input::Locked(true),
        Input::Loaded(Some(vec![row("a")])),
        Input::Replied(Verdict::Receipt("code")),
        Input::Settled(true),
    ] {
        assert_eq!(machine.step(input), []);
    }
    assert_eq!(machine.status(), Status::default());
}

#[test]
fn five_hundred_go_through() {
    let ids: Vec<String> = (0..500).map(|number| format!("{number:03}")).collect();
    let (mut machine, mut effects) = loaded(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let mut posted = Vec::new();
    while let [Effect::Post(row)] = &effects[..] {
        posted.push(row.id.clone());
        step(&mut machine, Input::Replied(Verdict::Receipt("code")));
        effects = step(&mut machine, Input::Settled(true));
    }
    assert_eq!(posted, ids);
    assert_eq!(machine.status().received, 500);
}
