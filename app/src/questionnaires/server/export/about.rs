//! What a workbook says of itself: whose answers, which of them, when they were taken out, and what is not in it.

use super::{
    cell::Cell,
    cells::Labels,
    columns::{Columns, Include},
    filter::{Channel, Filter},
};
use crate::i18n::*;
use form::{Day, Published};
use std::sync::Arc;

/// What is told of a file.
pub struct About<'r> {
    /// In what its words are written.
    pub labels: &'r Labels,
    /// The questionnaire's slug.
    pub slug: &'r str,
    /// Its editions, the current one first.
    pub editions: &'r [Arc<Published>],
    /// Which answers.
    pub filter: &'r Filter,
    /// How much of them.
    pub include: Include,
    /// The day on which they were taken out.
    pub day: Day,
    /// How many they are.
    pub answers: u64,
    /// How many texts are longer than a cell can be.
    pub shortened: u64,
}

impl About<'_> {
    /// Its lines: what, then the value and what belongs to it.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<Cell>> {
        let mut lines = vec![self.line(
            self.say("questionnaire", |locale| td_string!(locale, answers.col_questionnaire)),
            [Cell::text(self.slug), Cell::Text(self.title())],
        )];
        for edition in self.editions {
            let what = self.say("edition", |locale| td_string!(locale, answers.col_edition));
            lines.push(self.line(what, [Cell::text(&edition.definition().version), Cell::text(edition.hash())]));
        }
        lines.extend(self.chosen());
        let what = self.say("exported", |locale| td_string!(locale, answers.about_day));
        lines.push(self.line(what, [Cell::Day(self.day)]));
        let what = self.say("answers", |locale| td_string!(locale, answers.about_answers));
        lines.push(self.line(what, [number(self.answers)]));
        lines.extend(self.left_out());
        if self.shortened > 0 {
            let what = self.say("shortened", |locale| td_string!(locale, answers.about_shortened));
            lines.push(self.line(what, [number(self.shortened)]));
        }
        let what = self.say("cells", |locale| td_string!(locale, answers.codebook_title));
        // A sentence cannot be a code: where everything else is one, it is English as they are.
        let how = td_string!(self.labels.locale().unwrap_or(Locale::en), answers.about_cells);
        lines.push(self.line(what, [Cell::Text(form::ruby::plain(how))]));
        lines
    }

    /// Which of all answers.
    fn chosen(&self) -> Vec<Vec<Cell>> {
        let Filter { version, language, channel, answer } = self.filter;
        let all = || self.say("all", |locale| td_string!(locale, answers.filter_all));
        let line = |what, value: Option<String>| self.line(what, [Cell::Text(value.unwrap_or_else(all))]);
        let channel = channel.as_ref().map(|channel| match channel {
            Channel::None => self.say("no_channel", |locale| td_string!(locale, answers.no_channel)),
            Channel::Code(code) => code.clone(),
        });
        let answer = answer.as_ref().map(|(name, code)| [name, "=", code].concat());
        vec![
            line(self.say("only_edition", |locale| td_string!(locale, answers.about_only_edition)), version.clone()),
            line(self.say("only_language", |locale| td_string!(locale, answers.about_only_language)), language.clone()),
            line(self.say("only_channel", |locale| td_string!(locale, answers.about_only_channel)), channel),
            line(self.say("only_answer", |locale| td_string!(locale, answers.about_only_answer)), answer),
        ]
    }

    /// The questions whose answers are not in the file.
    fn left_out(&self) -> Vec<Vec<Cell>> {
        let all = Columns::of(self.editions, Include::Everything);
        let shown = Columns::of(self.editions, self.include);
        let what = || self.say("left_out", |locale| td_string!(locale, answers.about_left_out));
        let mut lines = Vec::new();
        for column in all.iter().filter(|column| shown.find(&column.name).is_none()) {
            lines.push(self.line(what(), [Cell::text(&column.name), Cell::Text(self.labels.question(column))]));
        }
        if lines.is_empty() {
            let nothing = self.say("nothing", |locale| td_string!(locale, answers.about_nothing));
            lines.push(self.line(what(), [Cell::Text(nothing)]));
        }
        lines
    }

    fn title(&self) -> String {
        let Some(current) = self.editions.first().map(|edition| edition.definition()) else { return String::new() };
        let language = match self.labels {
            Labels::In(language) => Some(language),
            Labels::Codes => current.languages.first(),
        };
        language.map(|language| form::ruby::plain(current.title.get(language))).unwrap_or_default()
    }

    fn line<const N: usize>(&self, what: String, values: [Cell; N]) -> Vec<Cell> {
        std::iter::once(Cell::Text(what)).chain(values).collect()
    }

    /// A code, or its words in the language of the labels.
    fn say(&self, code: &str, words: fn(Locale) -> &'static str) -> String {
        self.labels.locale().map_or_else(|| code.to_owned(), |locale| form::ruby::plain(words(locale)))
    }
}

fn number(count: u64) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}
