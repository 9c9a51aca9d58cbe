//! The sentence for each key of the core: what is wrong with an answer.

use crate::{i18n::*, ui::Reader};
use form::{ProblemKey, Question};

/// What to say beside the field. The questionnaire's own constraint has its own message.
#[must_use]
pub fn sentence(reader: Reader, question: &Question, key: ProblemKey) -> String {
    let locale = reader.locale;
    let fixed = match key {
        ProblemKey::TooSmall { min } => {
            return td_string!(locale, questionnaires.problem_too_small, min = String::from(min)).to_string();
        }
        ProblemKey::TooLarge { max } => {
            return td_string!(locale, questionnaires.problem_too_large, max = String::from(max)).to_string();
        }
        ProblemKey::Constraint => {
            return match &question.constraint {
                Some(constraint) => constraint.message.get(reader.tag()).to_owned(),
                None => td_string!(locale, questionnaires.problem_constraint).to_owned(),
            };
        }
        ProblemKey::Required => td_string!(locale, questionnaires.problem_required),
        ProblemKey::NotAChoice => td_string!(locale, questionnaires.problem_not_a_choice),
        ProblemKey::Exclusive => td_string!(locale, questionnaires.problem_exclusive),
        ProblemKey::NotANumber => td_string!(locale, questionnaires.problem_not_a_number),
        ProblemKey::NotADecimal => td_string!(locale, questionnaires.problem_not_a_decimal),
        ProblemKey::NotATime => td_string!(locale, questionnaires.problem_not_a_time),
        ProblemKey::NotADate => td_string!(locale, questionnaires.problem_not_a_date),
        ProblemKey::IncompleteDate => td_string!(locale, questionnaires.problem_incomplete_date),
        ProblemKey::TextTooLong { .. } => td_string!(locale, questionnaires.problem_text_too_long),
        ProblemKey::ControlCharacter => td_string!(locale, questionnaires.problem_control_character),
        ProblemKey::WrongType | ProblemKey::NoSuchQuestion => td_string!(locale, questionnaires.problem_wrong_type),
        ProblemKey::NotOffered => td_string!(locale, questionnaires.problem_not_offered),
        ProblemKey::BothAnswerAndNone => td_string!(locale, questionnaires.problem_both),
    };
    fixed.to_owned()
}
