//! The pages of a questionnaire's way, drawn from a [`Stage`] alike by the server and the island: [`stage_html`] is
//! the only renderer. It holds no handler and no state: the forms work as they stand, and the island listens around
//! them. (Tests: `questionnaires/way`, and `same-html` in the browser.)

pub mod check;
pub mod foot;
#[cfg(feature = "outbox")]
pub mod phone;
pub mod problem;
pub mod question;
pub mod sent;
#[cfg(feature = "outbox")]
pub mod start;
pub mod waiting;

use crate::{
    i18n::*,
    questionnaires::stage::{Person, Stage},
    ui::{
        Reader,
        errors::error_prefix,
        html::{Html, some},
    },
};
use form::Answers;

/// The id of the form of every stage. The language buttons of the page's frame belong to it (`form="question"`), so
/// that what was typed goes along.
pub const FORM_ID: &str = "question";

/// Draws a stage. `answers` is given by the island alone: it adds a field with everything answered so far, so that a
/// post without script, should the script die, loses nothing.
#[must_use]
pub fn stage_html(reader: Reader, person: &Person, stage: &Stage, answers: Option<&Answers>) -> String {
    let mut html = Html::new();
    match stage {
        Stage::Question(asking) => question::write(&mut html, reader, person, asking, answers),
        Stage::Check(checking) => check::write(&mut html, reader, person, checking, answers),
        Stage::Sent(sent) => sent::write(&mut html, reader, person, sent),
        Stage::Waiting(waiting) => waiting::write(&mut html, reader, person, *waiting),
    }
    html.finish()
}

/// Opens the form of a stage, with what each carries: whose answers these are and, from the island, the answers.
fn open_form(html: &mut Html, person: &Person, action: &str, answers: Option<&Answers>) {
    html.open(
        "form",
        &[
            some("id", FORM_ID),
            some("method", "post"),
            some("action", action),
            some("autocomplete", "off"),
            some("novalidate", ""),
        ],
    );
    hidden(html, "instance", &person.instance_id);
    if let Some(answers) = answers {
        let mut json = String::new();
        answers.write(&mut json);
        hidden(html, "answers", &json);
    }
}

/// A field that nobody sees.
fn hidden(html: &mut Html, name: &str, value: &str) {
    html.open("input", &[some("type", "hidden"), some("name", name), some("value", value)]);
}

/// The name of a stage for the title of the page, plain.
#[must_use]
pub fn stage_title(reader: Reader, stage: &Stage) -> String {
    let (title, is_refused) = match stage {
        Stage::Question(asking) => {
            let group = asking.group.as_ref().filter(|_| asking.is_list).map(|group| &group.label);
            let label = group.or(asking.items.first().map(|item| &item.question.label));
            (label.map_or("", |label| label.get(reader.tag())), asking.is_refused())
        }
        Stage::Check(checking) => (td_string!(reader.locale, questionnaires.check_title), checking.trouble.is_some()),
        Stage::Sent(sent) => (sent::title(reader, sent), false),
        Stage::Waiting(waiting) => (waiting::title(reader, *waiting), false),
    };
    let mut whole = if is_refused { error_prefix(reader) } else { String::new() };
    whole.push_str(&reader.plain(title));
    whole
}
