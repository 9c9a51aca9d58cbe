//! A desk's phone: nothing that it said is lost, doubled or forgotten without a verdict.

use rollcall::{
    Act, Desk, Entry, Guest, Id, Log, Verdict,
    desk::{Answer, Guests, News, Numbered, Standing},
    log::{Clash, Reason},
};

use std::collections::BTreeSet;

const NOW: i64 = 1_795_316_400_000;
const HERE: Id = Id(100);
const THERE: Id = Id(200);

fn guest(id: u128, place: Id) -> Guest {
    Guest {
        id: Id(id),
        place: Some(place),
        standing: Standing::Registered,
        name: format!("Guest {id}"),
        reading: None,
        organisation: String::new(),
        digits: String::new(),
        code: String::new(),
    }
}

/// A server that holds a log, and a desk.
struct World {
    log: Log,
    order: Vec<Id>,
    desk: Desk,
    next: u128,
}

impl World {
    fn new() -> Self {
        let mut world = Self { log: Log::default(), order: Vec::new(), desk: Desk::new(Id(7), HERE), next: 1_000 };
        let guests = Guests {
            version: "1".to_owned(),
            guests: (1..=3).map(|id| guest(id, HERE)).collect(),
            ..Guests::default()
        };
        world.desk.learn(News { guests: Some(guests), server_ms: NOW, ..News::default() }, NOW);
        world
    }

    fn say(&mut self, act: Act, name: Option<&str>) -> Id {
        self.next += 1;
        self.desk.say(Id(self.next), act, name.map(str::to_owned), NOW).operation.id
    }

    /// The server takes in what the desk would send, and answers.
    fn deliver(&mut self) -> Vec<Answer> {
        let Some(batch) = self.desk.batch(NOW, 500, &BTreeSet::new()) else { return Vec::new() };
        let answer = |said: &rollcall::Operation| {
            let verdict = self.log.append(Entry { desk: Id(7), at: said.at, operation: *said });
            if verdict == Verdict::Applied {
                self.order.push(said.id);
            }
            Answer { operation: said.id, verdict }
        };
        batch.operations.iter().map(answer).collect()
    }

    fn counts(&self) -> rollcall::Counts {
        self.desk.counts(&self.desk.roll())
    }

    fn news(&self) -> News {
        let numbered = self.order.iter().zip(1..).filter(|(_, number)| *number > self.desk.known());
        let entries = numbered.map(|(id, number)| Numbered { number, entry: self.log.get(id).copied() });
        News { entries: entries.collect(), server_ms: NOW, ..News::default() }
    }
}

#[test]
fn what_was_said_is_counted_at_once_and_forgotten_only_on_a_verdict() {
    let mut world = World::new();
    let came = world.say(Act::Arrive { guest: Id(1), place: HERE }, None);
    assert_eq!(world.counts().at(&HERE).came, 1, "before anybody else knows");
    let lost = world.deliver();
    assert_eq!(world.desk.unsent().len(), 1, "the answer was lost");
    assert_eq!(world.desk.settle(&[Answer { operation: Id(5), ..lost[0] }]), [0; 0], "an answer for something else");
    let again = world.deliver();
    assert_eq!(again[0].verdict, Verdict::Known);
    assert_eq!(world.desk.settle(&again), [1]);
    assert_eq!((world.desk.unsent().len(), world.counts().at(&HERE).came), (0, 1), "it stays counted");
    assert!(world.desk.learn(world.news(), NOW));
    assert_eq!((world.desk.known(), world.counts().at(&HERE).came), (1, 1), "and comes back once");
    assert_eq!(world.desk.last_of(&Id(1)).unwrap().operation.id, came);
    assert!(world.desk.settle(&again).is_empty(), "a late answer changes nothing");
}

#[test]
fn what_is_refused_goes_to_a_person_and_holds_nothing_up() {
    let mut world = World::new();
    let wrong = world.say(Act::Arrive { guest: Id(99), place: HERE }, None);
    world.say(Act::Arrive { guest: Id(2), place: HERE }, None);
    let mut answers = world.deliver();
    answers[0].verdict = Verdict::Refused(Reason::UnknownGuest);
    assert_eq!(world.desk.settle(&answers), [1, 2]);
    assert_eq!(world.desk.unsent().len(), 0);
    let refused: Vec<Id> = world.desk.refused().iter().map(|refused| refused.operation.id).collect();
    assert_eq!(refused, [wrong]);
    assert_eq!(world.counts().total().came, 1, "what was refused is not counted");
    let answers = [Answer { operation: wrong, verdict: Verdict::Conflict(Clash::SameId) }];
    assert!(world.desk.settle(&answers).is_empty(), "told once");
}

#[test]
fn a_phone_that_died_goes_on_with_what_it_kept_and_never_gives_a_number_twice() {
    let mut world = World::new();
    world.say(Act::Arrive { guest: Id(1), place: HERE }, None);
    world.say(Act::WalkIn { guest: Id(50), place: HERE }, Some("山田"));
    let kept = serde_json::to_string(&world.desk).unwrap();
    let unsent: Vec<_> = world.desk.unsent().cloned().collect();
    let unsent: Vec<rollcall::desk::Unsent> = serde_json::from_str(&serde_json::to_string(&unsent).unwrap()).unwrap();
    world.desk = serde_json::from_str::<Desk>(&kept).unwrap().restore(unsent, 0);
    assert_eq!((world.desk.made(), world.desk.unsent().len()), (2, 2));
    let roll = world.desk.roll();
    assert_eq!(world.desk.name_of(&roll, &Id(50)), Some("山田"));
    assert!(world.desk.people(&roll).iter().any(|guest| guest.name == "山田"), "and is found");
    world.deliver();
    // The storage was lost as well: the server knows what was given.
    let mut fresh = Desk::new(Id(7), HERE);
    fresh.learn(News { made: 2, server_ms: NOW, ..World::new().news() }, NOW);
    assert_eq!(fresh.say(Id(9), Act::Leave { guest: Id(1) }, None, NOW).operation.sequence, 3);
}

#[test]
fn a_name_that_was_deleted_is_forgotten_and_the_person_still_counts() {
    let mut world = World::new();
    let walked_in = world.say(Act::WalkIn { guest: Id(50), place: HERE }, Some("山田"));
    let answers = world.deliver();
    world.desk.settle(&answers);
    assert!(world.desk.learn(world.news(), NOW));
    assert_eq!(world.desk.name_of(&world.desk.roll(), &Id(50)), Some("山田"));
    let guests = Guests { nameless: vec![walked_in], ..world.desk.guests().clone() };
    assert!(world.desk.learn(News { guests: Some(guests), ..world.news() }, NOW));
    assert_eq!(world.desk.name_of(&world.desk.roll(), &Id(50)), None);
    assert!(!serde_json::to_string(&world.desk).unwrap().contains("山田"), "nor is it kept");
    assert_eq!(world.counts().total().came, 1);
}

#[test]
fn one_that_cannot_be_sent_holds_up_no_other_and_its_number_stays_used() {
    let mut world = World::new();
    for guest in 1..=3 {
        world.say(Act::Arrive { guest: Id(guest), place: HERE }, None);
    }
    let numbers = |batch: rollcall::Batch| batch.operations.iter().map(|said| said.sequence).collect::<Vec<_>>();
    assert_eq!(numbers(world.desk.batch(NOW, 2, &BTreeSet::new()).unwrap()), [1, 2]);
    assert_eq!(numbers(world.desk.batch(NOW, 500, &BTreeSet::from([1])).unwrap()), [2, 3]);
    assert!(world.desk.batch(NOW, 500, &BTreeSet::from([1, 2, 3])).is_none());
    // A row that nobody can read any more: number 9 was given.
    let mut desk = Desk::new(Id(7), HERE).restore([], 9);
    assert_eq!(desk.say(Id(1), Act::Leave { guest: Id(1) }, None, NOW).operation.sequence, 10);
}

#[test]
fn a_server_that_went_back_to_a_backup_is_learnt_anew_and_nothing_of_this_desk_is_forgotten() {
    let mut world = World::new();
    let said = world.say(Act::Arrive { guest: Id(1), place: HERE }, None);
    let answers = world.deliver();
    world.desk.settle(&answers);
    world.desk.learn(world.news(), NOW);
    let act = Act::Arrive { guest: Id(2), place: THERE };
    let operation = rollcall::Operation { id: Id(400), sequence: 1, at: NOW, known: 0, act };
    let other = Numbered { number: 2, entry: Some(Entry { desk: Id(8), at: NOW, operation }) };
    assert!(world.desk.hear(other));
    assert_eq!((world.desk.known(), world.desk.last()), (2, Some(Id(400))));
    assert!(
        !world.desk.learn(News { went_back: true, server_ms: NOW, ..News::default() }, NOW),
        "there is more to ask"
    );
    assert_eq!((world.desk.known(), world.desk.last(), world.counts().total().came), (0, None, 1));
    let again: Vec<Id> = world.desk.unsent().map(|row| row.operation.id).collect();
    assert_eq!(again, [said], "only this desk may know it");
    assert!(world.desk.hear(Numbered { number: 1, ..other }), "another order than before");
    let answers = world.deliver();
    assert_eq!((answers[0].verdict, world.desk.settle(&answers)), (Verdict::Known, vec![1]));
    assert_eq!((world.desk.known(), world.counts().total().came), (1, 2));
}

#[test]
fn what_an_older_page_could_not_read_is_asked_for_again() {
    let mut world = World::new();
    assert!(world.desk.hear(Numbered { number: 1, entry: None }));
    assert_eq!((world.desk.known(), world.desk.last()), (1, None), "it goes on");
    let kept: Desk = serde_json::from_str(&serde_json::to_string(&world.desk).unwrap()).unwrap();
    assert_eq!(kept.restore([], 0).known(), 0);
}

#[test]
fn what_others_said_is_taken_in_without_a_gap_and_a_gap_is_told() {
    let mut world = World::new();
    let said = |number: u64, id: u128| {
        let act = Act::Arrive { guest: Id(1), place: THERE };
        let operation = rollcall::Operation { id: Id(id), sequence: number, at: NOW, known: 0, act };
        Numbered { number, entry: Some(Entry { desk: Id(8), at: NOW, operation }) }
    };
    assert!(world.desk.hear(said(1, 301)));
    assert!(world.desk.hear(said(1, 301)), "the same once more");
    assert!(!world.desk.hear(said(3, 303)), "the second is missing");
    assert_eq!(world.desk.known(), 1);
    let news = News { entries: vec![said(1, 301), said(2, 302), said(3, 303)], server_ms: NOW, ..News::default() };
    assert!(world.desk.learn(news, NOW));
    assert_eq!(world.desk.known(), 3);
    let news = News { entries: vec![said(9, 309)], server_ms: NOW, ..News::default() };
    assert!(!world.desk.learn(news, NOW));
    // A guest of this place who came to the other one.
    let counts = world.counts();
    assert_eq!((counts.at(&HERE).came, counts.at(&THERE).came, counts.at(&THERE).from_elsewhere), (0, 1, 1));
}

#[test]
fn who_was_merged_is_one_guest_on_every_roll() {
    let mut world = World::new();
    world.say(Act::Arrive { guest: Id(2), place: HERE }, None);
    world.say(Act::WalkIn { guest: Id(51), place: HERE }, Some("Guest one"));
    assert_eq!(world.counts().total().came, 2);
    let mut guests = world.desk.guests().clone();
    guests.version = "2".to_owned();
    // Walked in, but is the first guest; the second was merged into the third, and that one into the first: a chain.
    guests.merged = vec![(Id(51), Id(1)), (Id(2), Id(3)), (Id(3), Id(1))];
    guests.guests.retain(|guest| guest.id == Id(1));
    world.desk.learn(News { guests: Some(guests.clone()), server_ms: NOW, ..News::default() }, NOW);
    let counts = world.counts();
    assert_eq!((counts.total().came, counts.total().walk_ins, counts.total().registered), (1, 0, 1));
    // A ring, which nobody should be able to make, ends.
    guests.merged = vec![(Id(1), Id(2)), (Id(2), Id(1))];
    world.desk.learn(News { guests: Some(guests), server_ms: NOW, ..News::default() }, NOW);
    let _ = world.counts();
}

#[test]
fn times_are_told_by_the_servers_clock() {
    let mut world = World::new();
    world.desk.learn(News { server_ms: NOW, ..News::default() }, 1_000);
    world.next += 1;
    world.desk.say(Id(world.next), Act::Arrive { guest: Id(1), place: HERE }, None, 61_000);
    assert_eq!(world.desk.roll().of_guest(&Id(1)).unwrap().came_at, NOW + 60_000, "its own clock stands in 1970");
}
