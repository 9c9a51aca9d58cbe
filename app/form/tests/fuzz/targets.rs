//! What must hold of any bytes.

use crate::corpus::{ANSWERS, DEFINITIONS, EXPRESSIONS, POSTS, changed, definition};
use form::{Answer, Answers, Day, Definition, Payload, Published, entry, flow, parse, validate, validate_all};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// How many inputs `cargo test` tries, unless `FUZZ_CASES` says another number.
const CASES: u32 = 5_000;
const TODAY: Day = Day::FIRST;

/// Tries the seeds, and seeds that arbitrary bytes change.
fn fuzz(seeds: &'static [&'static str], target: impl Fn(&[u8])) {
    seeds.iter().for_each(|seed| target(seed.as_bytes()));
    let cases = std::env::var("FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let input = prop::collection::vec(any::<u8>(), 0..64);
    let run = TestRunner::new(config).run(&input, |input| {
        target(&changed(seeds, &input));
        Ok(())
    });
    run.unwrap();
}

/// Everything that pages ask of a definition and answers.
fn walk(definition: &Definition, answers: &Answers) {
    let kept = flow::prune(definition, answers, TODAY);
    assert_eq!(flow::prune(definition, &kept, TODAY), kept);
    assert!(validate_all(definition, &kept, TODAY).len() <= definition.questions.len());
    for page in flow::pages(definition, answers, TODAY) {
        assert!(!page.questions.is_empty());
        flow::next_after(definition, answers, page.name, TODAY);
        flow::previous_before(definition, answers, page.name, TODAY);
    }
    for calculation in &definition.calculations {
        calculation.expression.value(definition, &kept, TODAY);
    }
}

fn check_definition(bytes: &[u8]) {
    let Ok(published) = Published::from_json(bytes) else { return };
    let again = Published::from_json(published.canonical_bytes()).unwrap();
    assert_eq!(again.canonical_bytes(), published.canonical_bytes());
    assert_eq!(again.hash(), published.hash());
    walk(published.definition(), &Answers::new());
}

fn check_expression(text: &str) {
    let Ok(expression) = parse::parse(text) else { return };
    let kept = expression.to_string();
    // Longer than what is read it may be: publishing refuses it then.
    if kept.len() <= parse::MAX_BYTES {
        assert_eq!(parse::parse(&kept).as_ref(), Ok(&expression), "{text} as {kept}");
    }
    let published = definition();
    let answers: Answers = serde_json::from_str(ANSWERS[0]).unwrap();
    expression.value(published.definition(), &answers, TODAY);
    let mut draft = published.definition().clone();
    draft.calculations[0].expression = expression;
    if let Ok(published) = Published::from_definition(draft) {
        check_definition(published.canonical_bytes());
    }
}

fn check_post(published: &Published, text: &str) {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let fields: entry::Fields = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    for question in &published.definition().questions {
        for prefix in [String::new(), entry::prefix(question, true)] {
            let own = entry::own_fields(&prefix, &fields);
            let Ok(answer) = entry::read(question, &own) else { continue };
            let again = entry::read(question, &entry::fields_of(question, answer.as_ref()));
            assert_eq!(again.as_ref(), Ok(&answer));
            let _ = validate(published.definition(), question, answer.as_ref(), &Answers::new(), TODAY);
            assert!(answer.is_none_or(|answer| !answer.is_blank()), "what is left empty is no answer");
        }
    }
}

fn check_answers(published: &Published, bytes: &[u8]) {
    if let Ok(payload) = Payload::parse(bytes) {
        assert_eq!(Payload::parse(&payload.canonical_bytes()).as_ref(), Ok(&payload));
        walk(published.definition(), &payload.answers);
    }
    let Ok(answers) = serde_json::from_slice::<Answers>(bytes) else { return };
    let written = serde_json::to_vec(&answers).unwrap();
    assert_eq!(serde_json::from_slice::<Answers>(&written).unwrap(), answers);
    walk(published.definition(), &answers);
    for (name, answer) in answers.iter() {
        if let Some(question) = published.definition().question(name) {
            let fields = entry::fields_of(question, Some(answer));
            let _: Result<Option<Answer>, _> = entry::read(question, &fields);
        }
    }
}

#[test]
fn any_definition_is_published_soundly_or_refused() {
    fuzz(DEFINITIONS, check_definition);
}

#[test]
fn any_expression_is_kept_as_it_is_read_or_refused() {
    fuzz(EXPRESSIONS, |bytes| check_expression(&String::from_utf8_lossy(bytes)));
}

#[test]
fn any_post_is_understood_alike_twice_or_refused() {
    let published = definition();
    fuzz(POSTS, |bytes| check_post(&published, &String::from_utf8_lossy(bytes)));
}

#[test]
fn any_answers_are_walked_with_or_refused() {
    let published = definition();
    fuzz(ANSWERS, |bytes| check_answers(&published, bytes));
}
