//! The check of a definition before it is published. Expressions are checked next door.

use crate::check_expression::Type;
use crate::decimal::Decimal;
use crate::definition::{Definition, Group, Question};
use crate::fault::{Fault, FaultKind};
use crate::kind::{Choice, Kind};
use crate::reach::{Known, Links, Reach};
use crate::text::{Text, has_control_character, has_direction_mark};
use crate::{DEFINITION_FORMAT, names, payload, publish, ruby};
use std::collections::BTreeMap;

/// Every fault, in the order of the definition; none if it can be published.
pub(crate) fn faults(definition: &Definition) -> Vec<Fault> {
    let mut check = begin(definition);
    check.all();
    check.faults
}

/// What calculations amount to, by name; none where one has a fault.
pub(crate) fn types_of_calculations(definition: &Definition) -> BTreeMap<&str, Option<Type>> {
    begin(definition).types
}

fn begin(definition: &Definition) -> Check<'_> {
    let mut check = Check {
        definition,
        reaches: Reach::of_calculations(definition),
        links: None,
        types: BTreeMap::new(),
        place: String::new(),
        faults: Vec::new(),
    };
    check.types_of_calculations();
    check
}

/// The definition, the place that is looked at, and what was found so far.
pub(crate) struct Check<'d> {
    pub(crate) definition: &'d Definition,
    pub(crate) reaches: Known<'d>,
    /// Found out when the first expression looks ahead.
    pub(crate) links: Option<Links>,
    /// Of calculations; none where one has a fault.
    pub(crate) types: BTreeMap<&'d str, Option<Type>>,
    place: String,
    pub(crate) faults: Vec<Fault>,
}

/// The most faults that are told: nobody mends more at once.
pub(crate) const MAX_FAULTS: usize = 200;

/// The most bytes of a text of one line, and of one that may have lines.
const MAX_TEXT_BYTES: [usize; 2] = [4_000, 20_000];
/// The largest bound of a number, and the smallest with a minus: both fit what is calculated with.
const MAX_BOUND: i64 = 1_000_000_000_000;

impl<'d> Check<'d> {
    /// Notes a fault at the present place unless the condition holds.
    pub(crate) fn demand(&mut self, holds: bool, kind: FaultKind) {
        if !holds && self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { place: self.place.clone(), kind });
        }
    }

    /// Looks at something one step further down.
    pub(crate) fn at<T>(&mut self, step: &str, look: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.place.len();
        if length > 0 {
            self.place.push('/');
        }
        self.place.push_str(step);
        let result = look(self);
        self.place.truncate(length);
        result
    }

    fn all(&mut self) {
        let definition = self.definition;
        let Definition { format, slug, version, languages, title, purpose, groups, questions, calculations } =
            definition;
        self.at("format", |check| check.demand(*format == DEFINITION_FORMAT, FaultKind::UnsupportedFormat));
        self.at("slug", |check| check.demand(names::is_slug(slug), FaultKind::BadSlug));
        self.at("version", |check| check.demand(names::is_version(version), FaultKind::BadVersion));
        self.at("languages", |check| check.languages(languages));
        self.at("title", |check| check.text(title, false));
        self.at("purpose", |check| check.text(purpose, true));
        self.items("groups", groups, |group| &group.name, Self::group);
        self.at("questions", |check| check.demand(!questions.is_empty(), FaultKind::Empty));
        self.items("questions", questions, |question| &question.name, Self::question);
        self.at("questions", |check| {
            let bytes = questions.iter().map(longest_answer).fold(ENVELOPE_BYTES, usize::saturating_add);
            check.demand(bytes <= payload::MAX_BYTES, FaultKind::AnswersTooLarge);
        });
        self.items(
            "calculations",
            calculations,
            |calculation| &calculation.name,
            |check, index, calculation| {
                check.at("label", |check| check.text(&calculation.label, false));
                check.at("expression", |check| check.calculation(index, &calculation.expression));
            },
        );
    }

    fn languages(&mut self, languages: &[String]) {
        self.demand(!languages.is_empty(), FaultKind::Empty);
        self.demand(languages.len() <= names::LANGUAGES.len(), FaultKind::TooMany);
        for (index, language) in languages.iter().enumerate().take(names::LANGUAGES.len()) {
            self.at(&index.to_string(), |check| {
                check.demand(names::LANGUAGES.contains(&language.as_str()), FaultKind::UnknownLanguage);
                let first = languages.iter().position(|other| other == language);
                check.demand(first == Some(index), FaultKind::Duplicate);
            });
        }
    }

    /// Items with names: groups, questions and calculations share them, because expressions and addresses do.
    fn items<T>(
        &mut self,
        list: &str,
        items: &'d [T],
        name: fn(&T) -> &String,
        look: impl Fn(&mut Self, usize, &'d T),
    ) {
        let definition = self.definition;
        let names_before = |name: &str| {
            let groups = definition.groups.iter().map(|group| &group.name).filter(|_| list != "groups");
            let questions = definition.questions.iter().map(|question| &question.name);
            groups.chain(questions.filter(|_| list == "calculations")).any(|other| other == name)
        };
        self.at(list, |check| {
            check.demand(items.len() <= publish::MAX_ITEMS, FaultKind::TooMany);
            // Past the limit nothing is looked at, which keeps a hostile definition cheap.
            for (index, item) in items.iter().enumerate().take(publish::MAX_ITEMS) {
                let own = name(item);
                let is_first = items.iter().position(|other| name(other) == own) == Some(index);
                check.at(&step(own, names::is_name, is_first, index), |check| {
                    check.demand(names::is_name(own), FaultKind::BadName);
                    check.demand(is_first && !names_before(own), FaultKind::Duplicate);
                    look(check, index, item);
                });
            }
        });
    }

    fn group(&mut self, _: usize, group: &'d Group) {
        self.at("label", |check| check.text(&group.label, false));
        if let Some(hint) = &group.hint {
            self.at("hint", |check| check.text(hint, true));
        }
        let questions = &self.definition.questions;
        let is_of = |question: &Question| question.group.as_deref() == Some(group.name.as_str());
        let Some(first) = questions.iter().position(is_of) else { return self.demand(false, FaultKind::Empty) };
        let count = questions.iter().filter(|question| is_of(question)).count();
        self.demand(
            questions.iter().skip(first).take_while(|question| is_of(question)).count() == count,
            FaultKind::GroupIsParted,
        );
        if let Some(relevant) = &group.relevant {
            self.at("relevant", |check| {
                check.demand(first > 0, FaultKind::FirstIsConditional);
                check.relevant(relevant, first, first);
            });
        }
    }

    fn question(&mut self, index: usize, question: &'d Question) {
        let definition = self.definition;
        let group = definition.group_of(question);
        self.at("group", |check| check.demand(group.is_some() || question.group.is_none(), FaultKind::UnknownGroup));
        self.at("label", |check| check.text(&question.label, true));
        if let Some(hint) = &question.hint {
            self.at("hint", |check| check.text(hint, true));
        }
        self.at("kind", |check| check.kind(&question.kind));
        if let Some(relevant) = &question.relevant {
            // What stands on one page is shown or hidden before any of it is answered.
            let first = match group {
                Some(group) if group.is_page => {
                    definition.questions.iter().position(|other| other.group == question.group).unwrap_or(index)
                }
                _ => index,
            };
            self.at("relevant", |check| {
                check.demand(index > 0, FaultKind::FirstIsConditional);
                check.relevant(relevant, first, index);
            });
        }
        if let Some(constraint) = &question.constraint {
            self.at("constraint", |check| {
                // One further than `relevant`: a constraint also looks at its own question.
                check.at("expression", |check| check.constraint(&constraint.expression, index, question));
                check.at("message", |check| check.text(&constraint.message, false));
            });
        }
        self.at("sensitivity", |check| check.demand(question.sensitivity <= 3, FaultKind::BadSensitivity));
        self.at("indicators", |check| {
            check.demand(question.indicators.len() <= names::LANGUAGES.len(), FaultKind::TooMany);
            for (index, indicator) in question.indicators.iter().enumerate() {
                check.at(&index.to_string(), |check| check.demand(names::is_name(indicator), FaultKind::BadName));
            }
        });
        let is_marked = question.required
            || question.may_decline
            || question.may_not_know
            || question.constraint.is_some()
            || question.sensitivity > 0
            || !question.indicators.is_empty();
        self.demand(question.kind.is_answered() || !is_marked, FaultKind::NoteIsAnswered);
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::SelectOne { choices, .. } | Kind::SelectMultiple { choices } => {
                self.at("choices", |check| check.choices(choices));
            }
            Kind::Integer { min, max, unit, is_scale } => {
                self.bounds(Decimal::whole(*min), Decimal::whole(*max), unit.as_ref());
                self.demand(!is_scale || max.saturating_sub(*min) <= 10, FaultKind::ScaleTooLong);
            }
            Kind::Decimal { min, max, unit } => self.bounds(Some(*min), Some(*max), unit.as_ref()),
            Kind::Text { max_bytes, .. } => {
                self.at("max_bytes", |check| check.demand((1..=2000).contains(max_bytes), FaultKind::BadMaxBytes));
            }
            Kind::Date { .. } | Kind::Time | Kind::Acknowledge | Kind::Note => {}
        }
    }

    fn bounds(&mut self, min: Option<Decimal>, max: Option<Decimal>, unit: Option<&Text>) {
        let limit = Decimal::whole(MAX_BOUND).unwrap_or(Decimal::MAX);
        let fits = |bound: Option<Decimal>| bound.is_some_and(|bound| bound <= limit && bound >= limit.negated());
        self.demand(fits(min) && fits(max), FaultKind::BoundTooLarge);
        self.demand(min.zip(max).is_none_or(|(min, max)| min <= max), FaultKind::RangeReversed);
        if let Some(unit) = unit {
            self.at("unit", |check| check.text(unit, false));
        }
    }

    fn choices(&mut self, choices: &[Choice]) {
        self.demand(!choices.is_empty(), FaultKind::Empty);
        self.demand(choices.len() <= publish::MAX_ITEMS, FaultKind::TooMany);
        for (index, choice) in choices.iter().enumerate().take(publish::MAX_ITEMS) {
            let is_first_of_code = choices.iter().position(|other| other.code == choice.code) == Some(index);
            self.at(&step(&choice.code, names::is_code, is_first_of_code, index), |check| {
                check.demand(names::is_code(&choice.code), FaultKind::BadCode);
                check.demand(is_first_of_code, FaultKind::Duplicate);
                check.at("label", |check| check.text(&choice.label, false));
                let days = choice.from.zip(choice.until);
                check.demand(days.is_none_or(|(from, until)| from <= until), FaultKind::RangeReversed);
            });
        }
    }

    /// A text must be there in every declared language, in no other, and well formed.
    fn text(&mut self, text: &Text, may_have_lines: bool) {
        let languages = &self.definition.languages;
        for language in languages.iter().filter(|language| text.get(language).trim().is_empty()) {
            self.at(language, |check| check.demand(false, FaultKind::MissingText));
        }
        for (language, text) in text.iter() {
            self.at(language, |check| {
                check.demand(languages.iter().any(|declared| declared == language), FaultKind::UndeclaredLanguage);
                check.demand(text.len() <= MAX_TEXT_BYTES[usize::from(may_have_lines)], FaultKind::TooLong);
                let is_plain = !has_control_character(text, may_have_lines) && !has_direction_mark(text);
                check.demand(is_plain, FaultKind::ControlCharacter);
                check.demand(ruby::is_well_formed(text), FaultKind::BadRuby);
                let needs_readings = language == names::EASY_JAPANESE;
                check.demand(!needs_readings || ruby::bare_kanji(text).is_none(), FaultKind::BareKanji);
            });
        }
    }
}

fn step(name: &str, has_form: fn(&str) -> bool, is_first: bool, index: usize) -> String {
    if is_first && has_form(name) { name.to_owned() } else { index.to_string() }
}

/// More than the fields of a payload beside the answers can take.
const ENVELOPE_BYTES: usize = 1024;

/// The most bytes that the question's entry can take in a payload: a published question whose
/// longest answer could not be sent would lose it.
fn longest_answer(question: &Question) -> usize {
    let answer = match &question.kind {
        Kind::SelectOne { choices, .. } => choices.iter().map(|choice| choice.code.len()).max().unwrap_or(0),
        Kind::SelectMultiple { choices } => choices.iter().map(|choice| choice.code.len() + 3).sum(),
        Kind::Integer { .. } | Kind::Decimal { .. } | Kind::Date { .. } | Kind::Time | Kind::Acknowledge => 24,
        Kind::Note => return 0,
        // Quotes, backslashes and line feeds take two bytes in JSON; nothing that holds takes more.
        Kind::Text { max_bytes, .. } => usize::try_from(*max_bytes).unwrap_or(usize::MAX).saturating_mul(2),
    };
    // The quoted name, a colon, a comma, and `{"choices":[]}` or shorter around the value.
    answer.saturating_add(question.name.len() + 24)
}
