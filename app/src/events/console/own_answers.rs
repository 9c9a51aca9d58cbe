//! Answers to an event's own questions, as organizers read them.

use crate::{
    events::server::{catalogue::Event, entities::guest, own::answers_of},
    questionnaires::{
        console::answer_lines,
        server::export::{Columns, Include},
    },
    ui::{Reader, reader::tag},
};
use std::slice;

/// The questions of one event, in the language of who reads.
pub struct OwnQuestions {
    reader: Reader,
    columns: Columns,
    language: String,
}

impl OwnQuestions {
    /// None if the event asks nothing of its own.
    #[must_use]
    pub fn of(reader: Reader, event: &Event) -> Self {
        let asked = event.questions.as_ref();
        let columns = Columns::of(asked.map(slice::from_ref).unwrap_or_default(), Include::Everything);
        // A question that is not asked in the reader's language is read in its first one.
        let languages = asked.map(|asked| asked.definition().languages.as_slice()).unwrap_or_default();
        let own = tag(reader.locale);
        let language = languages.iter().find(|language| *language == own).or(languages.first());
        Self { reader, columns, language: language.cloned().unwrap_or_default() }
    }

    /// What is asked, one line each.
    #[must_use]
    pub fn heads(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.label_in(&self.language)).collect()
    }

    /// What somebody answered, in the order of the heads; empty where they did not.
    #[must_use]
    pub fn cells(&self, guest: Option<&guest::Model>) -> Vec<String> {
        let answers = guest.map(answers_of).unwrap_or_default();
        let cell = |column| {
            let lines = answer_lines(self.reader, column, answers.get(&column.name), &self.language);
            lines.join("; ")
        };
        self.columns.iter().map(cell).collect()
    }
}
