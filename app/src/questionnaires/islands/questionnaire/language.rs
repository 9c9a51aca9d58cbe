//! Another language, furigana, Japanese beside: in place, with or without a network. It writes no answer; what was
//! typed stays in its fields. The frame around the page comes from the first page in the other language, where that can
//! be had.

use super::{Here, Way, keeping::Note};
use crate::{
    browser::{http, page, press},
    questionnaires::{paths, stage::Stage, walk::Place},
    ui::{
        Reader,
        html::Html,
        reader::{lang, locale_of, tag},
        switch,
    },
};
use std::rc::Rc;

/// The buttons or links of the languages.
const ENTRIES: &str = ".c-languages__entry";

/// What of the frame is in a language.
const FRAME: [&str; 4] = [".c-footer", ".c-exit__button", "a.c-skip", "button.c-skip"];

impl Way {
    /// Languages of the first page are links: once somebody answers, they must not lead away.
    pub(super) fn listen_to_frame(self: &Rc<Self>) {
        let way = Rc::clone(self);
        page::on("body", "click", move |event: &page::MouseEvent| {
            let is_start = matches!(*way.here.borrow(), Here::Start);
            if is_start && let Some(locale) = press::button_within(event, ENTRIES).and_then(|tag| locale_of(&tag)) {
                // The frame is that of a page of the way, and its form is not here.
                return page::leave_for(&paths::start(Reader { locale, ..way.reader.get() }, &way.slug()));
            }
            if !way.is_awake() || is_start || matches!(*way.here.borrow(), Here::Gone) {
                return;
            }
            let Some((path, _)) = press::link_of(event) else { return };
            let slug = way.slug();
            let found = path.split('/').nth(1).and_then(locale_of);
            if let Some(locale) = found.filter(|locale| path == paths::start(Reader::new(*locale), &slug))
                && press::is_within(event, ENTRIES)
            {
                event.prevent_default();
                way.switch("language", tag(locale));
            }
        });
    }

    /// A button of the frame: how the person reads from now on.
    pub(super) fn switch(self: &Rc<Self>, name: &str, value: &str) {
        let mut reader = self.reader.get();
        match name {
            "language" => match locale_of(value) {
                Some(locale) => reader.locale = locale,
                None => return,
            },
            "furigana" => reader.furigana = value == "on",
            "japanese" => reader.with_japanese = value == "on",
            _ => return,
        }
        let typed = self.typed();
        let here = self.here.borrow().clone();
        let stage = match (&here, typed) {
            (Here::Page { place: Place::Question(name), change }, Some(typed)) => {
                let problems = self.problems_of(name, &typed);
                self.reader.set(reader);
                match self.stage_of(&Place::Question(name.clone()), *change, Some(&typed)) {
                    Some(Stage::Question(asking)) => Some(Stage::Question(Box::new(asking.refused(&problems)))),
                    other => other,
                }
            }
            (Here::Page { place, change }, _) => {
                self.reader.set(reader);
                self.stage_of(place, *change, None)
            }
            (Here::Waiting(waiting), _) => {
                self.reader.set(reader);
                Some(Stage::Waiting(*waiting))
            }
            (Here::Sent(sent), _) => {
                self.reader.set(reader);
                Some(Stage::Sent(sent.clone()))
            }
            (Here::Start | Here::Gone, _) => return,
        };
        let Some(stage) = stage else { return };
        page::set_language(lang(reader.locale), reader.class().unwrap_or_default());
        page::replace(&self.path_of(&stage));
        self.draw(stage);
        self.draw_switches();
        match name {
            "furigana" => {
                if reader.furigana {
                    let way = Rc::clone(self);
                    http::spawn(async move { way.fetch_frame().await });
                } else {
                    page::strip_readings();
                }
                self.remember("furigana", reader.furigana);
            }
            "japanese" => self.remember("japanese", reader.with_japanese),
            _ => {
                let way = Rc::clone(self);
                http::spawn(async move { way.fetch_frame().await });
            }
        }
    }

    /// The next page from the server is read in the same way; the focus stays on the switch.
    fn remember(self: &Rc<Self>, name: &'static str, is_on: bool) {
        page::focus(".c-switch");
        self.note(Note::Reading(name, is_on));
    }

    /// Which language is the current one, and the switch that has a meaning in it.
    pub(super) fn draw_switches(&self) {
        let reader = self.reader.get();
        page::mark_current(ENTRIES, tag(reader.locale));
        let mut html = Html::new();
        switch::write(&mut html, reader);
        page::replace_last(".c-header__tools", ".c-switches, .c-switch", &html.finish());
    }

    /// The frame in the language of the window. Whatever is not to be had stays as it is: only words around the page.
    async fn fetch_frame(self: &Rc<Self>) {
        let reader = self.reader.get();
        let Some(frame) = http::page(&paths::start(reader, &self.slug())).await else { return };
        // The person may have gone on to a third one.
        if self.reader.get().locale == reader.locale {
            page::swap_from(&frame, &FRAME);
            self.take_start(&frame);
        }
    }
}
