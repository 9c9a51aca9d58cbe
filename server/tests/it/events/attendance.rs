//! Desks: what they say is held once, answered one by one, and means the same in whatever order it came.

use super::{
    planning::again,
    sample::{guest, make, now, plan, register, room},
};
use crate::{auth::browser::joined, support::TestApp};
use app::{
    auth::{Role, server::token::Token},
    error::AppError,
    events::{
        guest::Line,
        server::{
            access,
            attendance::{
                self, Desk, Knows, Rolled,
                by_hand::{self, Decision},
                deliver,
                desks::{self, Opening},
                wire_id,
            },
            catalogue::Event,
            planning, seats,
        },
        standing::State,
    },
    ids::RegistrationId,
    ui::Reader,
};
use rollcall::{
    Act, Batch, Id, Operation, Verdict,
    log::{Clash, Reason},
    operation::Name,
};

struct Stage {
    app: TestApp,
    event: Event,
    guests: Vec<Id>,
}

impl Stage {
    /// Two places, three guests who registered for the first.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let event = make(&app, plan("desks", vec![room("A", None), room("B", None)]), State::Open).await;
        let mut guests = Vec::new();
        for number in 0..3 {
            let id = register(&app.ctx, &event.id, &event.places[0].id, &guest(number)).await;
            guests.push(wire(&id));
        }
        let event = now(&app.ctx, &event.id).await;
        Self { app, event, guests }
    }

    fn place(&self, at: usize) -> Id {
        wire_id(self.event.places[at].id.as_str()).unwrap()
    }

    async fn desk(&self, at: usize) -> Desk {
        let email = format!("desk-{}@example.org", uuid());
        let organizer = joined(&self.app, &email, Role::Coordinator).await.organizer().await;
        let access = access::of(&self.app.ctx, &organizer, &self.event).await.unwrap();
        let name = Line::required("Desk").unwrap();
        let place = &self.event.places[at].id;
        let opening = Opening { id: desks::new_id(), place, name: &name, hours: 12 };
        let invitation = desks::open(&self.app.ctx, &access, &self.event, &opening).await.unwrap();
        let secret = Token::random().unwrap();
        desks::enter(&self.app.ctx, &invitation, &secret).await.unwrap();
        desks::of_token(&self.app.ctx, &secret).await.unwrap()
    }

    async fn rolled(&self) -> Rolled {
        attendance::roll(&self.app.ctx, &self.event).await.unwrap()
    }

    async fn send(&self, desk: &Desk, operations: &[Operation]) -> Vec<Verdict> {
        let batch = self.batch(operations);
        let delivered = deliver(&self.app.ctx, desk, &batch, &[]).await.unwrap();
        assert_eq!(delivered.verdicts.len(), operations.len(), "each is answered for itself");
        delivered.verdicts.into_iter().map(|(_, verdict)| verdict).collect()
    }

    fn batch(&self, operations: &[Operation]) -> Batch {
        let names = operations.iter().filter(|said| said.act.brings_name());
        Batch {
            sent_at: self.app.ctx.clock().now_ms(),
            made: operations.iter().map(|said| said.sequence).max().unwrap_or(0),
            operations: operations.to_vec(),
            names: names.map(|said| Name { operation: said.id, name: "Yellow 9".to_owned() }).collect(),
        }
    }

    fn said(&self, sequence: u64, act: Act) -> Operation {
        let at = self.app.ctx.clock().now_ms() - 60_000 + sequence as i64;
        Operation { id: Id(uuid()), sequence, at, known: 0, act }
    }
}

fn wire(id: &RegistrationId) -> Id {
    wire_id(id.as_str()).unwrap()
}

/// A number that no other test has.
fn uuid() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    u128::from(NEXT.fetch_add(1, Ordering::Relaxed)) << 64 | u128::from(std::process::id())
}

#[tokio::test]
async fn what_two_desks_say_is_one_roll_and_saying_it_again_changes_nothing() {
    let stage = Stage::new().await;
    let (a, b) = (stage.desk(0).await, stage.desk(1).await);
    let (here, there) = (stage.place(0), stage.place(1));
    let walk_in = Id(uuid());
    let at_a = [
        stage.said(1, Act::Arrive { guest: stage.guests[0], place: here }),
        stage.said(2, Act::WalkIn { guest: walk_in, place: here }),
        stage.said(3, Act::Leave { guest: stage.guests[0] }),
    ];
    let at_b = [stage.said(1, Act::Arrive { guest: stage.guests[1], place: there })];
    assert_eq!(stage.send(&a, &at_a).await, [Verdict::Applied; 3]);
    assert_eq!(stage.send(&b, &at_b).await, [Verdict::Applied]);
    assert_eq!(stage.send(&a, &at_a).await, [Verdict::Known; 3], "the answer was lost, so it is said again");
    let rolled = stage.rolled().await;
    let (first, second, all) = (rolled.counts.at(&here), rolled.counts.at(&there), rolled.counts.total());
    assert_eq!((first.registered, first.came, first.here, first.walk_ins), (3, 2, 1, 1));
    assert_eq!((second.registered, second.came, second.here, second.from_elsewhere), (0, 1, 1, 1));
    assert_eq!((all.registered, all.came, all.here, all.walk_ins), (3, 3, 2, 1));
    assert_eq!(rolled.last, 4, "numbers without a gap");

    // Another desk takes back what the first said; late repetition does not revive it.
    let undo = [stage.said(2, Act::Undo { operation: at_b[0].id })];
    assert_eq!(stage.send(&a, &[Operation { sequence: 4, ..undo[0] }]).await, [Verdict::Applied]);
    assert_eq!(stage.send(&b, &at_b).await, [Verdict::Known]);
    assert_eq!(stage.rolled().await.counts.total().came, 2);
}

#[tokio::test]
async fn one_bad_operation_blocks_no_other_and_lies_on_the_tray() {
    let stage = Stage::new().await;
    let desk = stage.desk(0).await;
    let place = stage.place(0);
    let guest = stage.guests[0];
    let arrive = stage.said(1, Act::Arrive { guest, place });
    let nobody = stage.said(2, Act::Arrive { guest: Id(uuid()), place });
    let nowhere = stage.said(3, Act::Arrive { guest, place: Id(uuid()) });
    let taken = stage.said(4, Act::WalkIn { guest, place });
    let never = Operation { at: i64::MAX, ..stage.said(5, Act::Leave { guest }) };
    let forged = Operation { act: Act::Leave { guest }, ..arrive };
    let twice = stage.said(1, Act::Leave { guest });
    let good = stage.said(6, Act::Arrive { guest: stage.guests[1], place });
    let said = [arrive, nobody, nowhere, taken, never, forged, twice, good];
    let wanted = [
        Verdict::Applied,
        Verdict::Refused(Reason::UnknownGuest),
        Verdict::Refused(Reason::UnknownPlace),
        Verdict::Refused(Reason::GuestExists),
        Verdict::Refused(Reason::OutOfBounds),
        Verdict::Conflict(Clash::SameId),
        Verdict::Conflict(Clash::SameSequence),
        Verdict::Applied,
    ];
    assert_eq!(stage.send(&desk, &said).await, wanted);
    let again = stage.send(&desk, &said).await;
    assert_eq!((again[0], again[7]), (Verdict::Known, Verdict::Known));
    assert_eq!(again[1..7], wanted[1..7], "and the others are what they were");
    let rolled = stage.rolled().await;
    assert_eq!(rolled.counts.total().came, 2);
    assert_eq!(rolled.desks[0].held.missing(), 0, "what lies on the tray is not missing");
    assert_eq!(rolled.tray.len(), 6, "each once, however often it is said");
    let later = stage.said(9, Act::Arrive { guest: stage.guests[2], place });
    assert_eq!(stage.send(&desk, &[later]).await, [Verdict::Applied]);
    let rolled = stage.rolled().await;
    assert_eq!(
        (rolled.desks[0].held.gaps(), rolled.desks[0].held.missing()),
        (vec![(7, 8)], 2),
        "what is missing is seen"
    );
    let nameless =
        Batch { names: Vec::new(), ..stage.batch(&[stage.said(10, Act::WalkIn { guest: Id(uuid()), place })]) };
    let delivered = deliver(&stage.app.ctx, &desk, &nameless, &[]).await.unwrap();
    assert_eq!(delivered.verdicts[0].1, Verdict::Refused(Reason::NoName));
}

#[tokio::test]
async fn what_a_desk_said_while_it_was_open_counts_and_after_that_a_person_looks() {
    let stage = Stage::new().await;
    let desk = stage.desk(0).await;
    let place = stage.place(0);
    let in_time = stage.said(1, Act::Arrive { guest: stage.guests[0], place });
    // Thirteen hours without a signal, while the desk was open for twelve.
    stage.app.ctx.clock().advance(13 * 3_600_000);
    let late = stage.said(2, Act::Arrive { guest: stage.guests[1], place });
    let verdicts = stage.send(&desk, &[in_time, late]).await;
    assert_eq!(verdicts, [Verdict::Applied, Verdict::Refused(Reason::Revoked)]);

    let other = stage.desk(0).await;
    let organizer = joined(&stage.app, "boss@example.org", Role::Coordinator).await.organizer().await;
    let access = access::of(&stage.app.ctx, &organizer, &stage.event).await.unwrap();
    desks::revoke(&stage.app.ctx, &access, &stage.event, other.id()).await.unwrap();
    let said = stage.said(1, Act::Arrive { guest: stage.guests[2], place });
    let rows = attendance::roll(&stage.app.ctx, &stage.event).await.unwrap();
    assert!(rows.desks.iter().any(|state| state.desk.revoked_at.is_some()));
    // What a desk may is asked anew with every request.
    assert_eq!(stage.send(&other, &[said]).await, [Verdict::Refused(Reason::Revoked)]);
    assert_eq!(stage.rolled().await.counts.total().came, 1);
}

#[tokio::test]
async fn names_that_desks_told_go_with_the_names_of_the_guests() {
    let stage = Stage::new().await;
    let desk = stage.desk(0).await;
    let place = stage.place(0);
    let said = [
        stage.said(1, Act::WalkIn { guest: Id(uuid()), place }),
        stage.said(2, Act::Correct { guest: stage.guests[0] }),
    ];
    assert_eq!(stage.send(&desk, &said).await, [Verdict::Applied; 2]);
    // On the tray too: the same number once more, about the guest who will go.
    let aside = stage.said(1, Act::Correct { guest: stage.guests[0] });
    assert_eq!(stage.send(&desk, &[aside]).await, [Verdict::Conflict(Clash::SameSequence)]);
    let tray = async || stage.rolled().await.tray;
    assert!(tray().await[0].name.is_some());
    let names = async || attendance::names(&stage.app.ctx, &stage.event).await.unwrap().len();
    assert_eq!(names().await, 2);
    let told = async || {
        attendance::news(&stage.app.ctx, &desk, &Knows::default(), Reader::new(app::i18n::Locale::ja)).await.unwrap().0
    };
    assert!(told().await.guests.unwrap().nameless.is_empty());
    // A guest who deletes their data takes along what a desk told of them.
    let id = RegistrationId(attendance::table_id(stage.guests[0]));
    app::events::server::seats::delete_data(&stage.app.ctx, &id, app::events::server::seats::Ended::Guest, None)
        .await
        .unwrap();
    assert_eq!(names().await, 1);
    assert_eq!(told().await.guests.unwrap().nameless, [said[1].id], "and desks are told to forget it");
    assert!(tray().await[0].name.is_none() && tray().await.len() == 1, "what was said stays, without the name");
    // A desk that was offline meanwhile brings the name once more.
    let late = [stage.said(3, Act::Correct { guest: stage.guests[0] })];
    assert_eq!(stage.send(&desk, &late).await, [Verdict::Applied]);
    let aside = stage.said(3, Act::Correct { guest: stage.guests[0] });
    assert_eq!(stage.send(&desk, &[aside]).await, [Verdict::Conflict(Clash::SameSequence)]);
    assert!(names().await == 1 && tray().await.iter().all(|row| row.name.is_none()), "deleted is deleted");
    assert_eq!(stage.rolled().await.last, 3, "the operations stay");
}

#[tokio::test]
async fn one_phone_enters_and_it_may_ask_twice() {
    let stage = Stage::new().await;
    let ctx = &stage.app.ctx;
    let organizer = joined(&stage.app, "entering@example.org", Role::Coordinator).await.organizer().await;
    let access = access::of(ctx, &organizer, &stage.event).await.unwrap();
    let (place, name) = (&stage.event.places[0].id, Line::required("Desk").unwrap());
    let opening = Opening { id: desks::new_id(), place, name: &name, hours: 1 };
    let (id, invitation) = (opening.id, desks::open(ctx, &access, &stage.event, &opening).await.unwrap());
    assert!(!desks::invited(ctx, &invitation).await.unwrap().is_used);
    assert_eq!(desks::of_token(ctx, &invitation).await, Err(AppError::SignInRequired), "the square is no secret");
    let (ours, others) = (Token::random().unwrap(), Token::random().unwrap());
    assert_eq!(desks::enter(ctx, &invitation, &ours).await, Ok(id));
    assert_eq!(desks::enter(ctx, &invitation, &ours).await, Ok(id), "the answer was lost");
    assert_eq!(desks::enter(ctx, &invitation, &others).await, Err(AppError::Conflict));
    assert!(desks::of_token(ctx, &others).await.is_err());
    ctx.clock().advance(2 * 3_600_000);
    assert_eq!(desks::enter(ctx, &invitation, &ours).await, Err(AppError::Expired));
    assert_eq!(desks::invited(ctx, &invitation).await, Err(AppError::Expired));
}

#[tokio::test]
async fn what_lies_on_the_tray_is_counted_if_an_organizer_says_so() {
    let stage = Stage::new().await;
    let ctx = &stage.app.ctx;
    let desk = stage.desk(0).await;
    let (place, guest) = (stage.place(0), stage.guests[0]);
    let organizer = joined(&stage.app, "tray@example.org", Role::Coordinator).await.organizer().await;
    let access = access::of(ctx, &organizer, &stage.event).await.unwrap();
    desks::revoke(ctx, &access, &stage.event, desk.id()).await.unwrap();
    let said = [
        stage.said(1, Act::Arrive { guest, place }),
        stage.said(2, Act::WalkIn { guest: Id(uuid()), place }),
        stage.said(3, Act::Arrive { guest: Id(uuid()), place }),
    ];
    assert_eq!(stage.send(&desk, &said).await, [Verdict::Refused(Reason::Revoked); 3]);
    let tray = stage.rolled().await.tray;
    let id_of = |said: &Operation| tray.iter().find(|row| row.operation_id == said.id.to_string()).unwrap().id.clone();
    let decide =
        async |said: &Operation, decision| by_hand::decide(ctx, &access, &stage.event, &id_of(said), decision).await;
    decide(&said[0], Decision::TakeIn).await.unwrap();
    decide(&said[0], Decision::TakeIn).await.unwrap();
    decide(&said[1], Decision::TakeIn).await.unwrap();
    assert_eq!(decide(&said[2], Decision::TakeIn).await, Err(AppError::Conflict), "nobody knows this guest");
    decide(&said[2], Decision::Settle).await.unwrap();
    let rolled = stage.rolled().await;
    assert_eq!((rolled.counts.total().came, rolled.counts.total().walk_ins, rolled.last), (2, 1, 2));
    assert!(rolled.tray.iter().all(|row| row.settled_at.is_some()));
    assert_eq!(attendance::names(ctx, &stage.event).await.unwrap().len(), 1, "the walk-in's name came along");
    assert!(rolled.desks.iter().all(|state| state.held.missing() == 0));

    // By hand, without any desk; and taken back.
    by_hand::say(ctx, &access, &stage.event, Act::Arrive { guest: stage.guests[1], place }).await.unwrap();
    let undo = Act::Undo { operation: said[0].id };
    by_hand::say(ctx, &access, &stage.event, undo).await.unwrap();
    let nobody = by_hand::say(ctx, &access, &stage.event, Act::Arrive { guest: Id(uuid()), place }).await;
    assert_eq!(nobody, Err(AppError::Conflict));
    assert_eq!(stage.rolled().await.counts.total().came, 2);
}

#[tokio::test]
async fn what_a_closed_desk_said_keeps_its_order_and_its_times() {
    let stage = Stage::new().await;
    let ctx = &stage.app.ctx;
    let desk = stage.desk(0).await;
    let (place, guest) = (stage.place(0), stage.guests[0]);
    let organizer = joined(&stage.app, "order@example.org", Role::Coordinator).await.organizer().await;
    let access = access::of(ctx, &organizer, &stage.event).await.unwrap();
    let said = [stage.said(1, Act::Arrive { guest, place }), stage.said(2, Act::Leave { guest })];
    desks::revoke(ctx, &access, &stage.event, desk.id()).await.unwrap();
    ctx.clock().advance(3_600_000);
    let batch = Batch { sent_at: stage.app.ctx.clock().now_ms(), ..stage.batch(&said) };
    deliver(ctx, &desk, &batch, &[]).await.unwrap();
    // In between somebody else is checked in by hand; then the last is taken in before the first.
    by_hand::say(ctx, &access, &stage.event, Act::Arrive { guest: stage.guests[1], place }).await.unwrap();
    let tray = stage.rolled().await.tray;
    assert_eq!(tray.iter().map(|row| row.operation_id.clone()).collect::<Vec<_>>(), said.map(|it| it.id.to_string()));
    for row in tray.iter().rev() {
        by_hand::decide(ctx, &access, &stage.event, &row.id, Decision::TakeIn).await.unwrap();
    }
    let rolled = stage.rolled().await;
    let attendance = rolled.roll.of_guest(&guest).unwrap();
    assert_eq!((attendance.here, attendance.came_at), (None, said[0].at), "came, and went later");
    assert_eq!(stage.send(&desk, &said).await, [Verdict::Known; 2], "sent once more it is known");
}

#[tokio::test]
async fn a_number_that_is_none_lies_on_the_tray_and_breaks_nothing() {
    let stage = Stage::new().await;
    let desk = stage.desk(0).await;
    let said = stage.said(u64::MAX, Act::Leave { guest: stage.guests[0] });
    assert_eq!(stage.send(&desk, &[said]).await, [Verdict::Refused(Reason::OutOfBounds)]);
    let rolled = stage.rolled().await;
    let held = &rolled.desks[0].held;
    assert!(rolled.tray.len() == 1 && held.gaps().is_empty() && held.held() == 0);
}

#[tokio::test]
async fn a_desk_that_knows_more_than_the_server_is_told_to_begin_anew() {
    let stage = Stage::new().await;
    let desk = stage.desk(0).await;
    let place = stage.place(0);
    let said = [stage.said(1, Act::Arrive { guest: stage.guests[0], place })];
    stage.send(&desk, &said).await;
    let went_back = async |after: u64, last: Option<Id>| {
        let knows = Knows { after, last, ..Knows::default() };
        let reader = Reader::new(app::i18n::Locale::en);
        attendance::news(&stage.app.ctx, &desk, &knows, reader).await.unwrap().0.went_back
    };
    assert!(!went_back(0, None).await && !went_back(1, None).await && !went_back(1, Some(said[0].id)).await);
    assert!(went_back(2, None).await, "this was lost");
    assert!(went_back(1, Some(Id(7))).await, "this number is another operation's now");
}

#[tokio::test]
async fn a_place_where_somebody_came_stays() {
    let stage = Stage::new().await;
    let ctx = &stage.app.ctx;
    let organizer = joined(&stage.app, "place@example.org", Role::Coordinator).await.organizer().await;
    let access = access::of(ctx, &organizer, &stage.event).await.unwrap();
    let desk = stage.desk(0).await;
    stage.send(&desk, &[stage.said(1, Act::WalkIn { guest: Id(uuid()), place: stage.place(1) })]).await;
    let mut without = again(&stage.event, &plan("desks", vec![room("A", None), room("B", None)]));
    without.places.truncate(1);
    let refused = planning::change(ctx, &access, &without, false).await.unwrap();
    assert_eq!(refused, Err(vec![planning::Fault::PlaceInUse]));
}

#[tokio::test]
async fn who_is_two_guests_is_counted_once() {
    let stage = Stage::new().await;
    let ctx = &stage.app.ctx;
    let desk = stage.desk(0).await;
    let place = stage.place(0);
    let organizer = joined(&stage.app, "same@example.org", Role::Coordinator).await.organizer().await;
    let access = access::of(ctx, &organizer, &stage.event).await.unwrap();
    // Walked in, but had registered.
    let walk_in = Id(uuid());
    stage.send(&desk, &[stage.said(1, Act::WalkIn { guest: walk_in, place })]).await;
    let nobody = by_hand::is_same(ctx, &access, &stage.event, Id(uuid()), stage.guests[0]).await;
    assert_eq!(nobody, Err(AppError::NotFound));
    by_hand::is_same(ctx, &access, &stage.event, walk_in, stage.guests[0]).await.unwrap();
    let total = stage.rolled().await.counts.total();
    assert_eq!((total.came, total.walk_ins, total.registered), (1, 0, 3));

    // Registered twice, which the organizers see later than the desk.
    let again = register(ctx, &stage.event.id, &stage.event.places[0].id, &guest(1)).await;
    stage.send(&desk, &[stage.said(2, Act::Arrive { guest: wire(&again), place })]).await;
    seats::merge(ctx, &access, &again, false).await.unwrap();
    let total = stage.rolled().await.counts.total();
    assert_eq!((total.came, total.walk_ins), (2, 0));
    // A desk that has not heard of it yet says something of the other id.
    let said = stage.said(3, Act::Leave { guest: wire(&again) });
    assert_eq!(stage.send(&desk, &[said]).await, [Verdict::Applied]);
    assert_eq!(stage.rolled().await.counts.total().here, 1);
    let (news, _) = attendance::news(ctx, &desk, &Knows::default(), Reader::new(app::i18n::Locale::en)).await.unwrap();
    let guests = news.guests.unwrap();
    assert_eq!(guests.merged.len(), 2);
    let mut phone = rollcall::Desk::new(desk.id(), place);
    let (news, _) = attendance::news(ctx, &desk, &Knows::default(), Reader::new(app::i18n::Locale::en)).await.unwrap();
    phone.learn(news, 0);
    assert_eq!(phone.counts(&phone.roll()), stage.rolled().await.counts, "a phone counts the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn desks_that_send_at_once_leave_no_gap_and_lose_nothing() {
    let stage = std::sync::Arc::new(Stage::new().await);
    let mut sending = Vec::new();
    for at in 0..4 {
        let desk = stage.desk(at % 2).await;
        let stage = std::sync::Arc::clone(&stage);
        sending.push(tokio::spawn(async move {
            let place = stage.place(at % 2);
            for round in 0..5_u64 {
                let guest = stage.guests[(at + round as usize) % 3];
                let said: Vec<_> = (1..=4).map(|n| stage.said(round * 4 + n, Act::Arrive { guest, place })).collect();
                stage.send(&desk, &said).await;
                assert_eq!(stage.send(&desk, &said).await, [Verdict::Known; 4]);
            }
        }));
    }
    for task in sending {
        task.await.unwrap();
    }
    let rolled = stage.rolled().await;
    assert_eq!((rolled.last, rolled.counts.total().came), (80, 3));
    assert!(rolled.desks.iter().all(|state| state.held.missing() == 0 && state.held.gaps().is_empty()));
}
