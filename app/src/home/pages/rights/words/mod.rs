//! The sentences of the library, each with what it rests on.

mod laws;
mod steps;

use crate::{
    home::rights::{Topic, law::Cited},
    i18n::*,
};
pub(super) use laws::laws;
pub(super) use steps::{cares, steps};

/// A sentence, and the law, the office or the phrase that is shown below it.
pub(super) type Said = (&'static str, &'static [Cited]);

const fn said(sentence: &'static str, rests_on: &'static [Cited]) -> Said {
    (sentence, rests_on)
}

/// What a topic is called: a heading, and a link of the index.
pub(super) fn title(locale: Locale, topic: Topic) -> &'static str {
    match topic {
        Topic::Pay => td_string!(locale, rights.pay_title),
        Topic::Time => td_string!(locale, rights.time_title),
        Topic::Health => td_string!(locale, rights.health_title),
        Topic::Respect => td_string!(locale, rights.respect_title),
        Topic::Change => td_string!(locale, rights.change_title),
        Topic::Papers => td_string!(locale, rights.papers_title),
        Topic::Home => td_string!(locale, rights.home_title),
        Topic::Family => td_string!(locale, rights.family_title),
        Topic::Together => td_string!(locale, rights.together_title),
    }
}
