//! The laws of the crate, over arbitrary questionnaires and answers.

use crate::arbitrary::{LANGUAGES, answered, answered_map, any_of_kind, definition};
use crate::example::today;
use form::flow::{first, first_unanswered_required, next_after, page_name, pages, previous_before, prune, shown};
use form::{
    Answer, Answers, Definition, Expression, FaultKind, Kind, Payload, ProblemKey, Published, Text, digest, entry,
    publish, validate, validate_all,
};
use proptest::prelude::*;

/// Every text of a definition.
fn texts(definition: &mut Definition) -> Vec<&mut Text> {
    let mut texts = vec![&mut definition.title, &mut definition.purpose];
    for group in &mut definition.groups {
        texts.push(&mut group.label);
        texts.extend(&mut group.hint);
    }
    for question in &mut definition.questions {
        texts.push(&mut question.label);
        texts.extend(&mut question.hint);
        texts.extend(question.constraint.as_mut().map(|constraint| &mut constraint.message));
        match &mut question.kind {
            Kind::SelectOne { choices, .. } | Kind::SelectMultiple { choices } => {
                texts.extend(choices.iter_mut().map(|choice| &mut choice.label));
            }
            Kind::Integer { unit, .. } | Kind::Decimal { unit, .. } => texts.extend(unit),
            Kind::Text { .. } | Kind::Date { .. } | Kind::Time | Kind::Acknowledge | Kind::Note => {}
        }
    }
    texts.extend(definition.calculations.iter_mut().map(|calculation| &mut calculation.label));
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

/// Its parts, those of calculations as often as they are named: no part is evaluated more often than it stands here.
fn steps(definition: &Definition, expression: &Expression) -> usize {
    let all = |parts: &[Expression]| parts.iter().map(|part| steps(definition, part)).sum::<usize>();
    1 + match expression {
        Expression::Name(name) => {
            definition.calculation(name).map_or(0, |calculation| steps(definition, &calculation.expression))
        }
        Expression::All(parts) | Expression::Any(parts) | Expression::Call(_, parts) => all(parts),
        Expression::Compare(left, _, right) | Expression::Calculate(left, _, right) => {
            steps(definition, left) + steps(definition, right)
        }
        Expression::Negate(part) => steps(definition, part),
        Expression::Number(_) | Expression::Text(_) | Expression::This => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn publishing_is_a_fixed_point(definition in definition()) {
        let published = Published::from_definition(definition.clone()).unwrap();
        prop_assert_eq!(published.definition(), &definition);
        prop_assert_eq!(published.hash(), digest(published.canonical_bytes()));
        prop_assert_eq!(&Published::from_definition(definition.clone()).unwrap(), &published, "twice the same bytes");
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
    fn expressions_take_a_bounded_number_of_steps_and_calculations_have_values((definition, answers) in answered_map()) {
        let kept = prune(&definition, &answers, today());
        let conditions = definition.questions.iter().flat_map(|question| {
            question.relevant.iter().chain(question.constraint.as_ref().map(|constraint| &constraint.expression))
        });
        let calculations = definition.calculations.iter().map(|calculation| &calculation.expression);
        let groups = definition.groups.iter().filter_map(|group| group.relevant.as_ref());
        for expression in conditions.chain(calculations).chain(groups) {
            prop_assert!(steps(&definition, expression) <= publish::MAX_PARTS);
            // Whatever it is, it is the same twice.
            prop_assert_eq!(expression.value(&definition, &kept, today()), expression.value(&definition, &kept, today()));
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
        prop_assert_eq!(pages(published.definition(), &one_by_one, today()), pages(published.definition(), &in_order, today()));
        prop_assert_eq!(payload(&published, one_by_one).canonical_bytes(), payload(&published, in_order).canonical_bytes());
    }

    #[test]
    fn shown_agrees_with_the_rule_told_naively((definition, answers) in answered_map()) {
        let mut kept = Answers::new();
        let mut expected = Vec::new();
        for question in &definition.questions {
            let group = definition.groups.iter().find(|group| Some(&group.name) == question.group.as_ref());
            let conditions = group.and_then(|group| group.relevant.as_ref()).into_iter().chain(&question.relevant);
            if conditions.into_iter().all(|condition| condition.holds(&definition, &kept, today())) {
                expected.push(question);
                let is_said = |answer: &&Answer| !answer.is_blank() && question.kind != Kind::Note;
                if let Some(answer) = answers.get(&question.name).filter(is_said) {
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
        others in prop::collection::vec((any::<u64>(), -3_i64..4), 7),
    ) {
        let pruned = prune(&definition, &answers, today());
        prop_assert_eq!(&prune(&definition, &pruned, today()), &pruned);
        let visible = shown(&definition, &answers, today());
        let mut changed = answers.clone();
        changed.insert("not_there", Answer::Unknown);
        let hidden = definition.questions.iter().zip(others).filter(|(question, _)| !visible.contains(question));
        for (question, (bits, number)) in hidden {
            if let Some(answer) = any_of_kind(&question.kind, bits, number, "x".into()) {
                changed.insert(question.name.clone(), answer);
            }
        }
        prop_assert_eq!(shown(&definition, &changed, today()), visible.clone());
        prop_assert_eq!(shown(&definition, &pruned, today()), visible);
        prop_assert_eq!(prune(&definition, &changed, today()), pruned);
    }

    #[test]
    fn walking_forth_and_back_passes_exactly_the_pages_that_are_shown((definition, answers) in answered_map()) {
        let all = pages(&definition, &answers, today());
        let on_pages: Vec<_> = all.iter().flat_map(|page| page.questions.iter().copied()).collect();
        prop_assert_eq!(&on_pages, &shown(&definition, &answers, today()), "each shown question stands on one page");
        prop_assert_eq!(first(&definition), on_pages.first().copied());
        for pair in all.windows(2) {
            // From the page by its name, and by the names of its questions.
            for name in pair[0].questions.iter().map(|question| question.name.as_str()).chain([pair[0].name]) {
                let next = next_after(&definition, &answers, name, today());
                prop_assert_eq!(next.as_ref(), Some(&pair[1]));
            }
            for name in pair[1].questions.iter().map(|question| question.name.as_str()).chain([pair[1].name]) {
                let previous = previous_before(&definition, &answers, name, today());
                prop_assert_eq!(previous.as_ref(), Some(&pair[0]));
            }
        }
        prop_assert_eq!(previous_before(&definition, &answers, all[0].name, today()), None);
        prop_assert_eq!(next_after(&definition, &answers, all[all.len() - 1].name, today()), None);
        for question in &definition.questions {
            let name = page_name(&definition, question);
            let place = all.iter().position(|page| page.name == name);
            let next = next_after(&definition, &answers, &question.name, today());
            let previous = previous_before(&definition, &answers, &question.name, today());
            // From a hidden page both lead to shown ones, with nothing between them.
            let after = next.as_ref().map_or(all.len(), |next| all.iter().position(|page| page == next).unwrap());
            let before = previous.as_ref().map_or(0, |page| all.iter().position(|other| other == page).unwrap() + 1);
            prop_assert_eq!(after - before, usize::from(place.is_some()));
        }
    }

    #[test]
    fn prefilled_forms_are_read_as_they_were_answered((definition, answers) in answered(false)) {
        let answers: Answers = answers.into_iter().collect();
        for question in &definition.questions {
            let answer = answers.get(&question.name).filter(|answer| !answer.is_blank());
            let fields = entry::fields_of(question, answer);
            prop_assert_eq!(entry::read(question, &fields), Ok(answer.cloned()));
            // And the same among the fields of other questions of its page.
            let prefix = entry::prefix(question, true);
            let mut all: entry::Fields = fields.iter().map(|(name, value)| ([&prefix, name.as_str()].concat(), value.clone())).collect();
            all.extend([("answer".to_owned(), "x".to_owned()), ("other.answer".to_owned(), "y".to_owned())]);
            prop_assert_eq!(entry::own_fields(&prefix, &all), fields);
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
            .filter_map(|question| validate(&definition, question, pruned.get(&question.name), &pruned, today()).err())
            .collect();
        prop_assert_eq!(&problems, &one_by_one);
        prop_assert!(problems.iter().all(|problem| problem.key != ProblemKey::NoSuchQuestion));
        let gate = first_unanswered_required(&definition, &answers, today()).map(|question| question.name.as_str());
        let is_required = |name: &str| definition.question(name).is_some_and(|question| question.required);
        let expected = problems.iter().map(|problem| problem.question.as_str()).find(|name| is_required(name));
        prop_assert_eq!(gate, expected);
    }
}
