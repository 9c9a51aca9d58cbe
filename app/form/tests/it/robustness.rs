//! Nothing panics, whatever comes: hostile posts, forged payloads, drafts that make no sense.

use crate::arbitrary::{answered_map, definition};
use crate::arbitrary_expression::tree;
use crate::example::today;
use form::{
    Answer, Answers, Day, Decimal, Definition, Expression, Payload, Published, Question, Time, entry, flow, ruby,
    validate, validate_all,
};
use proptest::prelude::*;
use proptest::sample::Index;

/// Values as browsers and others send them, near what is read and far from it.
fn value() -> impl Strategy<Value = String> {
    let words = vec![
        "c0",
        "c1",
        "c2",
        "_declined",
        "_unknown",
        "declined",
        "unknown",
        "",
        "2024",
        "2",
        "29",
        "08:30",
        "8時30分",
        "yes",
        "7,5",
    ];
    prop_oneof![
        3 => "[-－−ー+]?[0-9０-９၀-၉,，.・: ]{0,24}",
        2 => prop::sample::select(words).prop_map(String::from),
        2 => "(.|[\\x00-\\x1f]){0,12}",
    ]
}

fn fields() -> impl Strategy<Value = Vec<(String, String)>> {
    let names = vec!["answer", "answer", "answer-year", "answer-month", "answer-day", "no-answer", "other"];
    prop::collection::vec((prop::sample::select(names).prop_map(String::from), value()), 0..5)
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        value().prop_map(Answer::Choice),
        prop::collection::vec(value(), 0..4).prop_map(Answer::Choices),
        any::<i64>().prop_map(Answer::Integer),
        "-?[0-9]{1,13}(\\.[0-9]{1,6})?".prop_map(|text| Answer::Decimal(Decimal::parse(&text).unwrap_or(Decimal::MAX))),
        value().prop_map(Answer::Text),
        (0_i64..109_000).prop_map(|days| Answer::Date(Day::FIRST.plus_days(days).unwrap())),
        (0_u8..24, 0_u8..60).prop_map(|(hour, minute)| Answer::Time(Time::new(hour, minute).unwrap())),
        Just(Answer::Acknowledged),
        Just(Answer::Declined),
        Just(Answer::Unknown),
    ]
}

/// Every function over a definition and answers, for its panics alone.
fn exercise(definition: &Definition, answers: &Answers) {
    for question in &definition.questions {
        let _ = validate(definition, question, answers.get(&question.name), answers, today());
        flow::next_after(definition, answers, &question.name, today());
        flow::previous_before(definition, answers, &question.name, today());
    }
    for calculation in &definition.calculations {
        calculation.expression.value(definition, answers, today());
    }
    validate_all(definition, answers, today());
    flow::pages(definition, answers, today());
    flow::first_unanswered_required(definition, answers, today());
    let pruned = flow::prune(definition, answers, today());
    assert!(pruned.len() <= answers.len());
}

/// A draft that cannot be published: references run forwards, names stand twice, bounds are absurd.
fn spoil(definition: &mut Definition, how: u8) {
    let questions = &mut definition.questions;
    match how % 5 {
        0 => questions.reverse(),
        1 => questions.extend_from_within(..),
        2 => questions.iter_mut().for_each(|question| {
            let itself = Expression::Name(question.name.clone());
            question.relevant = Some((0..100).fold(itself, |inner, _| Expression::Negate(Box::new(inner))));
        }),
        // Calculations that name themselves and each other.
        3 => {
            let names: Vec<String> =
                definition.calculations.iter().map(|calculation| calculation.name.clone()).collect();
            for (calculation, name) in definition.calculations.iter_mut().zip(names.iter().rev()) {
                calculation.expression = Expression::Negate(Box::new(Expression::Name(name.clone())));
            }
        }
        _ => questions.iter_mut().for_each(|question| match &mut question.kind {
            form::Kind::SelectOne { choices, .. } | form::Kind::SelectMultiple { choices } => choices.clear(),
            form::Kind::Integer { min, max, .. } => (*min, *max) = (i64::MAX, i64::MIN),
            form::Kind::Decimal { min, max, .. } => std::mem::swap(min, max),
            form::Kind::Text { max_bytes, .. } => *max_bytes = u32::MAX,
            _ => question.name.clear(),
        }),
    }
}

/// Bytes with some of them cut out, doubled or replaced.
fn damage(bytes: &[u8], from: Index, to: Index, with: &[u8]) -> Vec<u8> {
    let (a, b) = (from.index(bytes.len()), to.index(bytes.len()));
    [&bytes[..a.min(b)], with, &bytes[a.max(b)..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn any_post_is_read_or_refused(definition in definition(), fields in fields()) {
        for question in &definition.questions {
            let Ok(answer) = entry::read(question, &fields) else { continue };
            let _ = validate(&definition, question, answer.as_ref(), &Answers::new(), today());
            // What was understood can be shown again and is understood the same way.
            prop_assert_eq!(entry::read(question, &entry::fields_of(question, answer.as_ref())), Ok(answer));
        }
    }

    #[test]
    fn any_answers_are_judged_even_in_a_broken_draft(
        mut definition in definition(),
        answers in prop::collection::vec(("q[0-7]|.{0,5}", any_answer()), 0..10),
        how in any::<u8>(),
    ) {
        let answers: Answers = answers.into_iter().collect();
        exercise(&definition, &answers);
        spoil(&mut definition, how);
        exercise(&definition, &answers);
        let _ = Published::from_definition(definition);
    }

    #[test]
    fn any_tree_is_evaluated_and_published_only_if_it_can_be_read_again(
        (mut definition, answers) in answered_map(), tree in tree(), at in any::<Index>(),
    ) {
        tree.value(&definition, &answers, today());
        tree.holds(&definition, &answers, today());
        let question = at.get_mut(&mut definition.questions);
        question.relevant = Some(tree);
        exercise(&definition, &answers);
        if let Ok(published) = Published::from_definition(definition) {
            let again = Published::from_json(published.canonical_bytes()).unwrap();
            prop_assert_eq!(again, published);
        }
    }

    #[test]
    fn read_answers_that_hold_can_be_sent((definition, answers) in answered_map()) {
        let kept = flow::prune(&definition, &answers, today());
        let holds = |question: &&Question| validate(&definition, question, kept.get(&question.name), &kept, today()).is_ok();
        for question in definition.questions.iter().filter(holds) {
            let answer = kept.get(&question.name).cloned();
            let _ = entry::fields_of(question, answer.as_ref());
            let json = serde_json::to_string(&answer).unwrap();
            prop_assert_eq!(serde_json::from_str::<Option<Answer>>(&json).unwrap(), answer);
        }
    }

    #[test]
    fn damaged_definitions_are_published_soundly_or_refused(
        definition in definition(), from in any::<Index>(), to in any::<Index>(), with in "[\\{\\}\\[\\]\",:0-9a-z$()]{0,3}",
    ) {
        let bytes = serde_json::to_vec(&definition).unwrap();
        if let Ok(published) = Published::from_json(&damage(&bytes, from, to, with.as_bytes())) {
            let again = Published::from_json(published.canonical_bytes()).unwrap();
            prop_assert_eq!(again.canonical_bytes(), published.canonical_bytes());
            exercise(published.definition(), &Answers::new());
        }
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Published::from_json(&bytes).is_err());
        prop_assert!(Payload::parse(&bytes).is_err());
    }

    #[test]
    fn text_is_the_sum_of_its_segments(text in "[{}|漢字かa々\\PC]{0,30}") {
        let mut sum = String::new();
        for segment in ruby::segments(&text) {
            match segment {
                ruby::Segment::Plain(plain) => sum.push_str(plain),
                ruby::Segment::Ruby { base, reading } => sum.extend(["{", base, "|", reading, "}"]),
            }
        }
        prop_assert_eq!(&sum, &text);
        if ruby::is_well_formed(&text) {
            let has_braces = ruby::plain(&text).contains(['{', '}']);
            prop_assert!(!has_braces);
        }
        let _ = ruby::bare_kanji(&text);
    }

    #[test]
    fn days_and_their_numbers_agree(days in any::<i64>(), near in -30_000_i64..90_000, text in "[0-9０-９-]{9,11}") {
        let _ = (Day::from_unix_days(days), Day::FIRST.plus_days(days), Day::LAST.plus_days(days));
        if let Some(day) = Day::from_unix_days(near) {
            prop_assert_eq!(day.unix_days(), near);
            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
        } else {
            prop_assert!(near < Day::FIRST.unix_days() || near > Day::LAST.unix_days());
        }
        if let Some(day) = Day::parse(&text) {
            prop_assert_eq!(day.to_string(), text);
        }
    }
}
