//! The check of a definition before it is published. Expressions are checked next door.

use crate::definition::{Choice, Definition, Kind, Question};
use crate::fault::{Fault, FaultKind};
use crate::text::{Text, has_control_character};
use crate::{FORMAT, names, payload, publish, ruby};

/// Every fault, in the order of the definition; none if it can be published.
pub(crate) fn faults(definition: &Definition) -> Vec<Fault> {
    let mut check = Check { definition, place: String::new(), faults: Vec::new() };
    check.all();
    check.faults
}

/// The definition, the place that is looked at, and what was found so far.
pub(crate) struct Check<'d> {
    pub(crate) definition: &'d Definition,
    place: String,
    faults: Vec<Fault>,
}

impl<'d> Check<'d> {
    /// Notes a fault at the present place unless the condition holds.
    pub(crate) fn demand(&mut self, holds: bool, kind: FaultKind) {
        if !holds {
            self.faults.push(Fault { place: self.place.clone(), kind });
        }
    }

    /// Looks at something one step further down.
    pub(crate) fn at(&mut self, step: &str, look: impl FnOnce(&mut Self)) {
        let length = self.place.len();
        if length > 0 {
            self.place.push('/');
        }
        self.place.push_str(step);
        look(self);
        self.place.truncate(length);
    }

    fn all(&mut self) {
        let Definition { format, slug, version, languages, title, purpose, questions } = self.definition;
        self.at("format", |check| check.demand(*format == FORMAT, FaultKind::UnsupportedFormat));
        self.at("slug", |check| check.demand(names::is_slug(slug), FaultKind::BadSlug));
        self.at("version", |check| check.demand(names::is_version(version), FaultKind::BadVersion));
        self.at("languages", |check| {
            check.demand(!languages.is_empty(), FaultKind::Empty);
            for (index, language) in languages.iter().enumerate() {
                check.at(&index.to_string(), |check| {
                    check.demand(names::LANGUAGES.contains(&language.as_str()), FaultKind::UnknownLanguage);
                    check.demand(
                        languages.iter().position(|other| other == language) == Some(index),
                        FaultKind::Duplicate,
                    );
                });
            }
        });
        self.at("title", |check| check.text(title, false));
        self.at("purpose", |check| check.text(purpose, true));
        self.at("questions", |check| {
            check.demand(!questions.is_empty(), FaultKind::Empty);
            check.demand(questions.len() <= publish::MAX_ITEMS, FaultKind::TooMany);
            // Past the limit nothing is looked at, which keeps a hostile definition cheap.
            for (index, question) in questions.iter().enumerate().take(publish::MAX_ITEMS) {
                let is_first_of_name = check.definition.index_of(&question.name) == Some(index);
                check.at(&step(&question.name, names::is_name, is_first_of_name, index), |check| {
                    check.demand(names::is_name(&question.name), FaultKind::BadName);
                    check.demand(is_first_of_name, FaultKind::Duplicate);
                    check.question(index, question);
                });
            }
            let bytes = questions.iter().map(longest_answer).fold(ENVELOPE_BYTES, usize::saturating_add);
            check.demand(bytes <= payload::MAX_BYTES, FaultKind::AnswersTooLarge);
        });
    }

    fn question(&mut self, index: usize, question: &'d Question) {
        self.at("label", |check| check.text(&question.label, true));
        if let Some(hint) = &question.hint {
            self.at("hint", |check| check.text(hint, true));
        }
        self.at("kind", |check| check.kind(&question.kind));
        if let Some(relevant) = &question.relevant {
            self.at("relevant", |check| {
                check.demand(index > 0, FaultKind::FirstIsConditional);
                check.expression(relevant, index);
            });
        }
        if let Some(constraint) = &question.constraint {
            self.at("constraint", |check| {
                // One further than `relevant`: a constraint also looks at its own question.
                check.at("expression", |check| check.expression(&constraint.expression, index + 1));
                check.at("message", |check| check.text(&constraint.message, false));
            });
        }
        self.at("sensitivity", |check| check.demand(question.sensitivity <= 3, FaultKind::BadSensitivity));
        let indicator = question.indicator.as_deref();
        self.at("indicator", |check| check.demand(indicator.is_none_or(names::is_name), FaultKind::BadName));
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::SelectOne { choices } | Kind::SelectMultiple { choices } => {
                self.at("choices", |check| check.choices(choices));
            }
            Kind::Integer { min, max, unit } => {
                self.demand(min <= max, FaultKind::RangeReversed);
                if let Some(unit) = unit {
                    self.at("unit", |check| check.text(unit, false));
                }
            }
            Kind::Text { max_bytes, .. } => {
                self.at("max_bytes", |check| check.demand((1..=2000).contains(max_bytes), FaultKind::BadMaxBytes));
            }
            Kind::Date => {}
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
                check.demand(!has_control_character(text, may_have_lines), FaultKind::ControlCharacter);
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
        Kind::SelectOne { choices } => choices.iter().map(|choice| choice.code.len()).max().unwrap_or(0),
        Kind::SelectMultiple { choices } => choices.iter().map(|choice| choice.code.len() + 3).sum(),
        Kind::Integer { .. } | Kind::Date => 20,
        // Quotes, backslashes and line feeds take two bytes in JSON; nothing that holds takes more.
        Kind::Text { max_bytes, .. } => usize::try_from(*max_bytes).unwrap_or(usize::MAX).saturating_mul(2),
    };
    // The quoted name, a colon, a comma, and `{"choices":[]}` or shorter around the value.
    answer.saturating_add(question.name.len() + 24)
}
