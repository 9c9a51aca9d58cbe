//! The pages of a questionnaire's way, drawn from a [`Stage`] alike by the server and the island. They hold no
//! handler and no state: the forms work as they stand, and the island listens around them.

pub mod check;
pub mod problem;
pub mod question;
pub mod sent;

use crate::{
    questionnaires::stage::{Person, Stage},
    ui::Reader,
};
use form::Answers;
use leptos::prelude::*;

/// The id of the form of every stage. The language buttons of the page's frame belong to it (`form="question"`), so
/// that what was typed goes along.
pub const FORM_ID: &str = "question";

/// Draws a stage. `answers` is given by the island alone: it adds a field with everything answered so far, so that a
/// post without script, should the script die, loses nothing.
#[must_use]
pub fn stage_view(reader: Reader, person: &Person, stage: &Stage, answers: Option<&Answers>) -> AnyView {
    let carried = answers.and_then(|answers| serde_json::to_string(answers).ok());
    match stage {
        Stage::Question(asking) => question::view(reader, person, asking, carried).into_any(),
        Stage::Check(checking) => check::view(reader, person, checking, carried).into_any(),
        Stage::Sent(sent) => sent::view(reader, person, sent).into_any(),
    }
}

/// What every form of the way carries: whose answers these are and, from the island, the answers themselves.
fn carried_fields(person: &Person, carried: Option<String>) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="instance" value=person.instance_id.clone() />
        {carried.map(|answers| view! { <input type="hidden" name="answers" value=answers /> })}
    }
}

/// The name of a stage for the title of the page, plain.
#[must_use]
pub fn stage_title(reader: Reader, stage: &Stage) -> String {
    use crate::{i18n::*, ui::errors::error_prefix};
    match stage {
        Stage::Question(asking) => {
            let label = reader.plain(asking.question.label.get(reader.tag()));
            match asking.problem {
                Some(_) => [error_prefix(reader), label].concat(),
                None => label,
            }
        }
        Stage::Check(checking) => {
            let title = reader.plain(td_string!(reader.locale, questionnaires.check_title));
            match checking.trouble {
                Some(_) => [error_prefix(reader), title].concat(),
                None => title,
            }
        }
        Stage::Sent(_) => reader.plain(td_string!(reader.locale, questionnaires.sent_title)),
    }
}
