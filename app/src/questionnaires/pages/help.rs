//! Who helps, on every page where the way ends, whatever was answered: the lines, the day they were checked, and the
//! way to the page where people tell more.
//!
//! It is drawn here alone; the island is given it as it stands, since words and numbers of all languages would weigh
//! more in its program than in one page. What must stay true: nothing of the person stands in it, and the link says
//! nothing of where it was pressed (test `questionnaires/last_page`).

use crate::{
    i18n::*,
    ui::{
        Reader,
        dates::long_day,
        html::{Html, some},
        lines::{self, LINES, Line, tel},
    },
};

/// The lines, the reader's own language first, and the other way.
#[must_use]
pub fn html(reader: Reader) -> String {
    let locale = reader.locale;
    let own = lines::own_line(reader);
    let mut html = Html::new();
    html.line(reader, "h2", &[], td_string!(locale, questionnaires.sent_help));
    html.line(reader, "p", &[], td_string!(locale, questionnaires.sent_help_text));
    html.open("p", &[some("class", "c-aid__own")])
        .open("a", &[some("class", "c-help__number"), some("href", &tel(own.number))])
        .text(own.number)
        .close("a");
    html.line(reader, "span", &[some("class", "c-help__when")], &lines::hours(reader, own));
    html.close("p");
    html.open("ul", &[some("class", "c-aid__others")]);
    for line in LINES.into_iter().filter(|line| line.lang != own.lang) {
        write_line(&mut html, line);
    }
    html.close("ul");
    if let Some(day) = lines::checked_on() {
        let checked = td_string!(locale, shell.checked_on, date = long_day(reader, day)).to_string();
        html.line(reader, "p", &[some("class", "c-hint")], &checked);
    }
    html.line(reader, "h2", &[], td_string!(locale, questionnaires.voice_title));
    html.line(reader, "p", &[], td_string!(locale, questionnaires.voice_text));
    let href = reader.href("/voice");
    // No referrer: that page is not even told that somebody comes from here.
    html.open("p", &[]);
    html.line(
        reader,
        "a",
        &[some("class", "c-aid__voice"), some("href", &href), some("rel", "noreferrer")],
        td_string!(locale, home.door_voice),
    );
    html.close("p");
    html.finish()
}

/// One line of another language, named in its own script.
fn write_line(html: &mut Html, line: Line) {
    html.open("li", &[]).open("span", &[some("lang", line.lang)]).text(line.endonym).close("span");
    html.open("a", &[some("class", "c-aid__number"), some("href", &tel(line.number))])
        .text(line.number)
        .close("a")
        .close("li");
}
