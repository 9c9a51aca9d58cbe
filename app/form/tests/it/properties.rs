//! The laws of the crate, over arbitrary questionnaires and answers.

use crate::arbitrary::{LANGUAGES, answered, answered_map, day, definition};
use crate::example::today;
use form::flow::{first, first_unanswered_required, next_after, previous_before, prune, shown};
use form::{
    Answer, Answers, Definition, FaultKind, Kind, Payload, ProblemKey, Published, Text, digest, entry, validate,
    validate_all,
};
use proptest::prelude::*;

/// Every text of a definition.
fn texts(definition: &mut Definition) -> Vec<&mut Text> {
    let mut texts = vec![&mut definition.title, &mut definition.purpose];
    for question in &mut definition.questions {
        texts.push(&mut question.label);
        texts.extend(&mut question.hint);
        texts.extend(question.constraint.as_mut().map(|constraint| &mut constraint.message));
        match &mut question.kind {
            Kind::SelectOne { choices } | Kind::SelectMultiple { choices } => {
                texts.extend(choices.iter_mut().map(|choice| &mut choice.label));
            }
            Kind::Integer { unit, .. } => texts.extend(unit),
            Kind::Text { .. } | Kind::Date => {}
        }
    }
    texts
}

fn payload(definition: &Published, answers: Answers) -> Payload {
    Payload {
        format: 1,
        questionnaire: definition.definition().slug.clone(),
        definition: definition.hash().to_owned(),
        instance_id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
        language: "vi".into(),
        channel: None,
        answers,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn publishing_is_a_fixed_point(definition in definition()) {
        let published = Published::from_definition(definition.clone()).unwrap();
        prop_assert_eq!(published.definition(), &definition);
        prop_assert_eq!(published.hash(), digest(published.canonical_bytes()));
        prop_assert_eq!(&Published::from_json(published.canonical_bytes()).unwrap(), &published);
        let pretty = serde_json::to_vec_pretty(&definition).unwrap();
        prop_assert_eq!(&Published::from_json(&pretty).unwrap(), &published);
    }

    #[test]
    fn what_is_published_has_every_text_in_every_language(
        mut definition in definition(),
        spoil in prop::option::of((any::<prop::sample::Index>(), 0_usize..3, prop_oneof!["", " \u{3000}"])),
    ) {
        if let Some((index, language, nothing)) = &spoil {
            index.get_mut(&mut texts(&mut definition)).set(LANGUAGES[*language], nothing);
        }
        match Published::from_definition(definition) {
            Ok(published) => {
                prop_assert!(spoil.is_none());
                let mut definition = published.definition().clone();
                for text in texts(&mut definition) {
                    prop_assert!(LANGUAGES.iter().all(|language| !text.get(language).trim().is_empty()));
                }
            }
            Err(faults) => {
                prop_assert!(spoil.is_some());
                prop_assert!(faults.iter().all(|fault| fault.kind == FaultKind::MissingText));
            }
        }
    }

    #[test]
    fn payload_is_a_fixed_point((definition, answers) in answered(true)) {
        let published = Published::from_definition(definition).unwrap();
        let payload = payload(&published, answers.into_iter().collect());
        let bytes = payload.canonical_bytes();
        let again = Payload::parse(&bytes).unwrap();
        prop_assert_eq!(&again, &payload);
        prop_assert_eq!(again.canonical_bytes(), bytes);
    }

    #[test]
    fn order_of_answering_leaves_no_trace(
        ((definition, answers), shuffled) in answered(true).prop_flat_map(|(definition, answers)| {
            (Just((definition, answers.clone())), Just(answers).prop_shuffle())
        }),
    ) {
        let published = Published::from_definition(definition).unwrap();
        let mut one_by_one = Answers::new();
        for (name, answer) in shuffled {
            // Answered twice: what was said first leaves no trace either.
            one_by_one.insert(name.clone(), Answer::Declined);
            one_by_one.insert(name, answer);
        }
        let in_order: Answers = answers.into_iter().collect();
        let pruned = prune(published.definition(), &one_by_one, today());
        prop_assert_eq!(&pruned, &prune(published.definition(), &in_order, today()));
        prop_assert_eq!(payload(&published, one_by_one).canonical_bytes(), payload(&published, in_order).canonical_bytes());
    }

    #[test]
    fn shown_agrees_with_the_rule_told_naively((definition, answers) in answered_map()) {
        let mut kept = Answers::new();
        let mut expected = Vec::new();
        for question in &definition.questions {
            if question.relevant.as_ref().is_none_or(|relevant| relevant.holds(&kept, today())) {
                expected.push(question);
                if let Some(answer) = answers.get(&question.name).filter(|answer| !answer.is_blank()) {
                    kept.insert(question.name.clone(), answer.clone());
                }
            }
        }
        prop_assert_eq!(shown(&definition, &answers, today()), expected);
        prop_assert_eq!(prune(&definition, &answers, today()), kept);
    }

    #[test]
    fn pruning_twice_changes_nothing_and_hidden_answers_have_no_effect(
        (definition, answers) in answered_map(),
        others in prop::collection::vec(-3_i64..4, 7),
    ) {
        let pruned = prune(&definition, &answers, today());
        prop_assert_eq!(&prune(&definition, &pruned, today()), &pruned);
        let visible = shown(&definition, &answers, today());
        let mut changed = answers.clone();
        changed.insert("not_there", Answer::Unknown);
        for (question, number) in definition.questions.iter().zip(others).filter(|(question, _)| !visible.contains(question)) {
            let answer = match question.kind {
                Kind::SelectOne { .. } => Answer::Choice("c0".into()),
                Kind::SelectMultiple { .. } => Answer::Choices(vec!["c0".into()]),
                Kind::Integer { .. } => Answer::Integer(number),
                Kind::Text { .. } => Answer::Text("x".into()),
                Kind::Date => Answer::Date(day(number)),
            };
            changed.insert(question.name.clone(), answer);
        }
        prop_assert_eq!(shown(&definition, &changed, today()), visible.clone());
        prop_assert_eq!(shown(&definition, &pruned, today()), visible);
        prop_assert_eq!(prune(&definition, &changed, today()), pruned);
    }

    #[test]
    fn walking_forth_and_back_passes_exactly_what_is_shown((definition, answers) in answered_map()) {
        let visible = shown(&definition, &answers, today());
        prop_assert_eq!(first(&definition), visible.first().copied());
        for pair in visible.windows(2) {
            prop_assert_eq!(next_after(&definition, &answers, &pair[0].name, today()), Some(pair[1]));
            prop_assert_eq!(previous_before(&definition, &answers, &pair[1].name, today()), Some(pair[0]));
        }
        let last = visible.last().unwrap();
        prop_assert_eq!(next_after(&definition, &answers, &last.name, today()), None);
        prop_assert_eq!(previous_before(&definition, &answers, &visible[0].name, today()), None);
        for hidden in definition.questions.iter().filter(|question| !visible.contains(question)) {
            let next = next_after(&definition, &answers, &hidden.name, today());
            let previous = previous_before(&definition, &answers, &hidden.name, today());
            prop_assert!(next.is_none_or(|next| visible.contains(&next)));
            prop_assert_eq!(visible.iter().position(|question| Some(*question) == previous).map(|at| visible.get(at + 1).copied()), Some(next));
        }
    }

    #[test]
    fn prefilled_forms_are_read_as_they_were_answered((definition, answers) in answered(false)) {
        let answers: Answers = answers.into_iter().collect();
        for question in &definition.questions {
            let answer = answers.get(&question.name).filter(|answer| !answer.is_blank());
            prop_assert_eq!(entry::read(question, &entry::fields_of(question, answer)), Ok(answer.cloned()));
        }
    }

    #[test]
    fn hidden_answers_raise_no_problems_and_gates_are_problems((definition, answers) in answered_map()) {
        let pruned = prune(&definition, &answers, today());
        let problems = validate_all(&definition, &answers, today());
        prop_assert_eq!(&problems, &validate_all(&definition, &pruned, today()));
        let visible = shown(&definition, &answers, today());
        let one_by_one: Vec<_> = visible
            .iter()
            .filter_map(|question| validate(question, answers.get(&question.name), &pruned, today()).err())
            .collect();
        prop_assert_eq!(&problems, &one_by_one);
        prop_assert!(problems.iter().all(|problem| problem.key != ProblemKey::NoSuchQuestion));
        let gate = first_unanswered_required(&definition, &answers, today()).map(|question| question.name.as_str());
        let is_required = |name: &str| definition.question(name).is_some_and(|question| question.required);
        let expected = problems.iter().map(|problem| problem.question.as_str()).find(|name| is_required(name));
        prop_assert_eq!(gate, expected);
    }
}
