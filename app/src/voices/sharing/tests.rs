use super::*;
use crate::voices::letters::Letter;
use ::seal::voice::envelope::{CaseId, Path, Role};
use ed25519_dalek::SigningKey;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn proposal(kind: RecipientKind, shown: Option<&str>) -> Proposal {
    Proposal {
        kind,
        recipient: "Rōdō Kijun".to_owned(),
        scope: Scope::Once,
        until: day("2027-01-31"),
        language: "ja".to_owned(),
        words: "残業代が払われていません。".to_owned(),
        shown: shown.map(|text| ("vi".to_owned(), text.to_owned())),
        order: None,
    }
}

fn letters(proposal: &Proposal) -> Vec<Letter> {
    let letter = |(number, message)| Letter {
        number,
        role: Role::Share,
        path: Path::Phone,
        day: day("2026-11-30"),
        by: Some("Sato".to_owned()),
        message,
    };
    (2..).zip(proposal.messages()).map(letter).collect()
}

fn facts(shown_number: u32, grants: Vec<GrantFacts>) -> ShareFacts {
    let id = "00".repeat(16);
    ShareFacts {
        id,
        words_number: 2,
        shown_number,
        drafted_on: "2026-11-30".to_owned(),
        grants,
        order: None,
        signs_shown: true,
    }
}

fn given(id: &str, until_day: &str, revoked_on: Option<&str>, disclosed_on: &[&str]) -> GrantFacts {
    GrantFacts {
        id: id.to_owned(),
        from_day: "2026-11-30".to_owned(),
        until_day: until_day.to_owned(),
        scope: Scope::Once,
        revoked_on: revoked_on.map(str::to_owned),
        disclosed_on: disclosed_on.iter().map(|day| (*day).to_owned()).collect(),
        is_suspended: false,
    }
}

#[test]
fn proposal_comes_back_out_of_its_letters() {
    for (shown, number) in [(None, 2), (Some("Tôi chưa được trả tiền làm thêm."), 3)] {
        let proposal = proposal(RecipientKind::LabourOffice, shown);
        let read = shared(&letters(&proposal), &[facts(number, Vec::new())]);
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].proposal, proposal);
        assert_eq!(read[0].proposal.read_in(), if shown.is_some() { "vi" } else { "ja" });
    }
}

#[test]
fn other_words_than_the_letter_says_are_none() {
    let mut letters = letters(&proposal(RecipientKind::Union, Some("x")));
    letters[0].message.text.push(' ');
    assert!(shared(&letters, &[facts(3, Vec::new())]).is_empty());
}

#[test]
fn translation_of_other_words_is_none() {
    let mut letters = letters(&proposal(RecipientKind::Union, Some("x")));
    letters[1].message.about = digest("others").to_vec();
    assert!(shared(&letters, &[facts(3, Vec::new())]).is_empty());
}

#[test]
fn signs_that_mislead_the_eye_propose_nothing() {
    for text in ["a\u{202e}b", "a\u{2067}b", "a\u{200b}b", "a\u{e0041}b", "a\tb"] {
        let mut proposal = proposal(RecipientKind::Union, None);
        proposal.words = text.to_owned();
        assert!(shared(&letters(&proposal), &[facts(2, Vec::new())]).is_empty(), "{text:?}");
        proposal.words = "a".to_owned();
        proposal.recipient = text.to_owned();
        assert!(shared(&letters(&proposal), &[facts(2, Vec::new())]).is_empty(), "{text:?}");
    }
}

#[test]
fn translation_that_does_not_follow_its_words_is_none() {
    let (one, other) = (proposal(RecipientKind::Union, Some("x")), proposal(RecipientKind::Union, Some("y")));
    let mut letters = [letters(&one), letters(&other)].concat();
    for (number, letter) in (2..).zip(&mut letters) {
        letter.number = number;
    }
    assert!(shared(&letters, &[facts(5, Vec::new())]).is_empty(), "another one's translation");
    letters[1].by = Some("Suzuki".to_owned());
    assert!(shared(&letters, &[facts(3, Vec::new())]).is_empty(), "of two members");
}

#[test]
fn letter_of_another_kind_proposes_nothing() {
    let mut letters = letters(&proposal(RecipientKind::Union, None));
    letters[0].role = Role::Desk;
    assert!(shared(&letters, &[facts(2, Vec::new())]).is_empty());
}

#[test]
fn yes_signs_what_was_proposed_and_keeps_the_employer_waiting() {
    let worker = SigningKey::from_bytes(&[7; 32]);
    let today = day("2026-11-30");
    for (kind, from) in [(RecipientKind::Lawyer, "2026-11-30"), (RecipientKind::Employer, "2026-12-04")] {
        let own = shared(&letters(&proposal(kind, None)), &[facts(2, Vec::new())]).remove(0);
        let yes = Yes::sign(("site", CaseId([1; 16]), Path::Phone), &own, today, [[2; 16], [3; 16]], &worker);
        let yes = yes.unwrap();
        assert_eq!((yes.from_day.as_str(), yes.until_day.as_str()), (from, "2027-01-31"));
        assert_eq!(yes.recipient_hash, recipient_hash(&[3; 16], "Rōdō Kijun"));
    }
}

#[test]
fn nothing_is_agreed_to_that_would_be_over_before_it_begins() {
    let own = shared(&letters(&proposal(RecipientKind::Employer, None)), &[facts(2, Vec::new())]).remove(0);
    let worker = SigningKey::from_bytes(&[7; 32]);
    let late = day("2027-01-30");
    assert_eq!(own.standing(late), Asked::Over);
    assert!(Yes::sign(("site", CaseId([1; 16]), Path::Phone), &own, late, [[2; 16], [3; 16]], &worker).is_none());
}

#[test]
fn standing_follows_the_grants() {
    let today = day("2026-12-01");
    let of = |grants: Vec<GrantFacts>| {
        shared(&letters(&proposal(RecipientKind::Union, None)), &[facts(2, grants)]).remove(0)
    };
    let revoked = given("a", "2027-01-31", Some("2026-12-01"), &[]);
    let live = given("b", "2027-01-31", None, &[]);
    let over = given("c", "2026-11-30", None, &[]);
    assert_eq!(of(Vec::new()).standing(today), Asked::Open { revoked_on: None });
    assert_eq!(of(vec![revoked.clone()]).standing(today), Asked::Open { revoked_on: Some("2026-12-01") });
    // Agreed, taken back and agreed again on one day: whichever row comes first.
    for grants in [vec![revoked.clone(), live.clone()], vec![live.clone(), revoked.clone()]] {
        assert_eq!(of(grants).standing(today), Asked::Agreed(&live));
    }
    assert_eq!(of(vec![over]).standing(today), Asked::Over);
    assert!(live.is_due(today));
    assert!(!given("d", "2027-01-31", None, &["2026-12-01"]).is_due(today), "once was once");
    assert!(!revoked.is_due(today));
    // What went once is told as that, and not as something that may still go.
    let used = given("d", "2027-01-31", None, &["2026-12-01"]);
    assert_eq!(of(vec![used.clone()]).standing(today), Asked::Passed);
    assert_eq!(of(vec![used, live.clone()]).standing(today), Asked::Agreed(&live));
    assert_ne!(live.disclosure_id(0), live.disclosure_id(1));
}

#[test]
fn order_comes_back_out_of_its_letters_and_is_no_question() {
    for basis in Basis::ALL {
        let proposal = Proposal { order: Some(basis), ..proposal(RecipientKind::Ministry, Some("x")) };
        let own = shared(&letters(&proposal), &[facts(3, Vec::new())]).remove(0);
        assert_eq!(own.proposal, proposal);
        assert_eq!(own.standing(day("2026-12-01")), Asked::Ordered(None));
        let worker = SigningKey::from_bytes(&[7; 32]);
        let at = ("site", CaseId([1; 16]), Path::Phone);
        assert!(Yes::sign(at, &own, day("2026-12-01"), [[2; 16], [3; 16]], &worker).is_none(), "nobody says yes to it");
    }
    let mut letters = letters(&proposal(RecipientKind::Ministry, None));
    letters[0].message.topic.push_str(" because");
    assert!(shared(&letters, &[facts(2, Vec::new())]).is_empty(), "asked for in a way that nobody knows");
}

#[test]
fn order_is_signed_for_exactly_what_stands_there() {
    let at = ("site", CaseId([1; 16]));
    let proposal = Proposal { order: Some(Basis::CourtOrder), ..proposal(RecipientKind::Ministry, None) };
    let (first, second) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
    let order = SignedOrder::sign(at, &proposal, 4, [[2; 16], [3; 16]], ("m1", &first)).unwrap();
    assert!(order.is_signed(at, &proposal, &first.verifying_key()));
    assert!(!order.is_signed(at, &proposal, &second.verifying_key()));
    for other in [
        Proposal { words: "others".to_owned(), ..proposal.clone() },
        Proposal { recipient: "others".to_owned(), ..proposal.clone() },
        Proposal { order: Some(Basis::DangerToLife), ..proposal.clone() },
        Proposal { order: None, ..proposal.clone() },
    ] {
        assert!(!order.is_signed(at, &other, &first.verifying_key()));
    }
    let countersigned =
        SignedOrder { signature: order.signed_by(at, &proposal, &second).unwrap(), signer: "m2".to_owned(), ..order };
    assert!(countersigned.is_signed(at, &proposal, &second.verifying_key()));
    let asks = Proposal { order: None, ..proposal };
    assert!(SignedOrder::sign(at, &asks, 4, [[2; 16], [3; 16]], ("m1", &first)).is_none(), "a yes is asked for");
}

#[test]
fn yes_is_true_only_for_what_the_worker_read() {
    let at = ("site", CaseId([1; 16]));
    let worker = SigningKey::from_bytes(&[7; 32]);
    let keys = [worker.verifying_key()];
    let own = shared(&letters(&proposal(RecipientKind::Union, Some("x"))), &[facts(3, Vec::new())]).remove(0);
    let today = day("2026-11-30");
    let yes = Yes::sign((at.0, at.1, Path::Phone), &own, today, [[2; 16], [3; 16]], &worker).unwrap();
    let told = given(&yes.id, &yes.until_day, None, &[]);
    let of = |proposal: &Proposal| shared(&letters(proposal), &[facts(3, vec![told.clone()])]).remove(0);
    let signed = SignedYes { yes, is_on_phone: true };
    assert!(signed.is_true(at, &of(&own.proposal), &keys));
    assert!(!signed.is_true(at, &own, &keys), "the server tells of no such yes");
    let other = of(&Proposal { shown: Some(("vi".to_owned(), "another meaning".to_owned())), ..own.proposal.clone() });
    assert!(!signed.is_true(at, &other, &keys), "the worker read something else");
    let stranger = [SigningKey::from_bytes(&[9; 32]).verifying_key()];
    assert!(!signed.is_true(at, &of(&own.proposal), &stranger));
}

#[test]
fn everybody_waits_like_an_employer_and_a_quarter_has_no_day() {
    let today = day("2026-11-30");
    assert_eq!(RecipientKind::Public.first_day(today), RecipientKind::Employer.first_day(today));
    for (day_text, quarter) in
        [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-04-01", "2026-Q2"), ("2026-12-31", "2026-Q4")]
    {
        assert_eq!(quarter_of(day(day_text)), quarter);
    }
}

#[test]
fn days_are_seen_however_they_are_written() {
    for text in ["2026-11-03", "2026年11月3日に", "3/11/2026", "vào ngày 03.11.2026", "２０２６年１１月", "11/2026"]
    {
        assert!(names_a_day(text), "{text}");
    }
    for text in ["60時間の残業", "12 người, 3 phòng", "20 of 60 hours", "in 2026 we were 40", "0120-811-610", ""]
    {
        assert!(!names_a_day(text), "{text}");
    }
}
