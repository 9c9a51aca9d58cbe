//! The form of an event, section by section.

mod lists;

use super::{Rows, Typed, questions};
use crate::{
    auth::pages::problems::Problems,
    events::{
        console::parts::{AskedWords, write_words},
        server::catalogue::{Event, Series},
    },
    i18n::*,
    ui::{
        Field, Reader, Weight, button,
        choices::{self, ChoiceRow},
        date_fields,
        html::{Html, some},
        select,
        text_field::{self, Line},
    },
};
use leptos::prelude::*;

/// Distances from UTC in minutes that people meet in, Japan's first.
const OFFSETS: [i64; 27] = [
    540, 480, 420, 390, 360, 345, 330, 300, 240, 210, 180, 120, 60, 0, 570, 600, 660, 720, 780, -180, -240, -300, -360,
    -420, -480, -540, -600,
];

/// Languages that are spoken at such events, each by its own name.
const SPOKEN: [(&str, &str); 12] = [
    ("ja", "日本語"),
    ("en", "English"),
    ("vi", "Tiếng Việt"),
    ("zh-Hans", "中文"),
    ("ko", "한국어"),
    ("id", "Bahasa Indonesia"),
    ("fil", "Filipino"),
    ("ne", "नेपाली"),
    ("my", "မြန်မာဘာသာ"),
    ("th", "ไทย"),
    ("pt", "Português"),
    ("es", "Español"),
];

/// A definition with one question, to begin with.
pub const JSON_EXAMPLE: &str = r#"{"format":2,"slug":"own-questions","version":"1","languages":["ja","en"],
"title":{"ja":"質問","en":"Questions"},"purpose":{"ja":"準備のため","en":"To prepare"},
"questions":[{"name":"topic","label":{"ja":"話したいこと","en":"What would you like to talk about?"},
"kind":{"type":"text","max_bytes":1000}}]}"#;

/// All of it.
pub fn form(
    reader: Reader,
    event: Option<&Event>,
    series: &[Series],
    typed: &Typed,
    problems: &Problems,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let action = event
        .map_or_else(|| "/console/events/new".to_owned(), |event| crate::events::paths::console(&event.slug, "/edit"));
    let mut drawing = Drawing { html: Html::new(), reader, typed, problems };
    drawing.html.open(
        "form",
        &[some("class", "planning-form"), some("method", "post"), some("action", &action), ("novalidate", Some(""))],
    );
    // First, so that the return key saves and adds no rows; and the form is long.
    drawing.save_button();
    for hidden in [Some("seen").filter(|_| event.is_some())].into_iter().flatten().chain(Rows::ALL.map(Rows::count)) {
        let value = if hidden == "seen" {
            typed.get(hidden).to_owned()
        } else {
            let rows = Rows::ALL.into_iter().find(|rows| rows.count() == hidden);
            rows.map_or(1, |rows| typed.rows(rows)).to_string()
        };
        drawing.hidden(hidden, &value);
    }
    drawing.section(td_string!(locale, planning.part_what), |drawing| drawing.what(event, series));
    drawing.section(td_string!(locale, planning.part_when), Drawing::when);
    drawing.section(td_string!(locale, planning.part_where), Drawing::places);
    drawing.section(td_string!(locale, planning.part_programme), Drawing::programme);
    drawing.section(td_string!(locale, planning.part_hosts), Drawing::hosts);
    drawing.section(td_string!(locale, planning.part_languages), Drawing::languages);
    drawing.section(td_string!(locale, planning.part_materials), Drawing::materials);
    drawing.section(td_string!(locale, planning.part_registering), Drawing::registering);
    if event.is_some() {
        drawing.section(td_string!(locale, planning.part_telling), Drawing::telling);
    }
    if let Some(error) = problems.of("save") {
        drawing.html.line(reader, "p", &[some("class", "c-error"), some("id", "save")], &error);
    }
    drawing.save_button();
    drawing.html.close("form");
    drawing.html.into_view()
}

struct Drawing<'a> {
    html: Html,
    reader: Reader,
    typed: &'a Typed,
    problems: &'a Problems,
}

impl Drawing<'_> {
    fn save_button(&mut self) {
        let label = td_string!(self.reader.locale, planning.save);
        button::write(&mut self.html, self.reader, label, Weight::Primary, None, None);
    }

    fn hidden(&mut self, name: &str, value: &str) {
        self.html.open("input", &[some("type", "hidden"), some("name", name), some("value", value)]);
    }

    fn section(&mut self, title: &str, draw: impl FnOnce(&mut Self)) {
        self.html.open("section", &[some("class", "planning-part")]);
        self.html.line(self.reader, "h2", &[], title);
        draw(self);
        self.html.close("section");
    }

    fn field(&self, id: &str, label: &str, hint: Option<&str>) -> Field {
        let field = Field::new(id, label).error(self.problems.of(id));
        match hint {
            Some(hint) => field.hint(hint),
            None => field,
        }
    }

    fn line(&mut self, field: &Field, short: bool) {
        let line = Line {
            name: &field.id,
            value: self.typed.get(&field.id),
            kind: "text",
            inputmode: None,
            autocomplete: "off",
            unit: None,
            short,
        };
        text_field::write_line(&mut self.html, self.reader, field, &line);
    }

    fn words(&mut self, asked: &AskedWords<'_>) {
        let typed = self.typed;
        let error = self.problems.of(&[asked.key, "-ja"].concat());
        let value = |tag: &str| typed.get(&[asked.key, "-", tag].concat()).to_owned();
        write_words(&mut self.html, self.reader, asked, value, error);
    }

    fn day(&mut self, id: &str, label: &str, hint: Option<&str>, required: bool) {
        let field = Field { required, ..self.field(id, label, hint) };
        let names = ["year", "month", "day"].map(|part| [id, "-", part].concat());
        let values = names.each_ref().map(|name| self.typed.get(name));
        let names = names.each_ref().map(String::as_str);
        date_fields::write(&mut self.html, self.reader, &field, &names, &values);
    }

    fn what(&mut self, event: Option<&Event>, series: &[Series]) {
        let (reader, locale) = (self.reader, self.reader.locale);
        match event {
            Some(event) => {
                self.html.open("p", &[]).rich(reader, td_string!(locale, planning.slug_label)).text(": ");
                self.html.open("code", &[some("translate", "no")]).text(&event.slug).close("code").close("p");
            }
            None => {
                let hint = td_string!(locale, planning.slug_hint);
                let field = self.field("slug", td_string!(locale, planning.slug_label), Some(hint)).required();
                self.line(&field, false);
            }
        }
        let rows = series.iter().map(|series| ChoiceRow {
            value: series.slug.clone(),
            label: series.title.said(reader).text.to_owned(),
            checked: series.slug == self.typed.get("series"),
            ..ChoiceRow::default()
        });
        let rows: Vec<_> = rows.collect();
        let field = self.field(
            "series",
            td_string!(locale, planning.series_label),
            Some(td_string!(locale, planning.series_hint)),
        );
        select::write(&mut self.html, reader, &field, "series", &rows);
        let field = self.field("number", td_string!(locale, planning.number_label), None);
        self.line(&field, true);
        self.words(&AskedWords {
            key: "title",
            label: td_string!(locale, planning.title_label),
            hint: Some(td_string!(locale, planning.title_hint)),
            long: false,
            required: true,
            open: 5,
        });
        self.words(&AskedWords {
            key: "about",
            label: td_string!(locale, planning.about_label),
            hint: Some(td_string!(locale, planning.about_hint)),
            long: true,
            required: false,
            open: 2,
        });
    }

    fn when(&mut self) {
        let (reader, locale) = (self.reader, self.reader.locale);
        self.day("day", td_string!(locale, planning.day_label), None, true);
        let hint = Some(td_string!(locale, planning.time_hint));
        let field = self.field("begins", td_string!(locale, planning.begins_label), hint);
        self.line(&field, true);
        let field = self.field("ends", td_string!(locale, planning.ends_label), None);
        self.line(&field, true);
        let chosen = self.typed.get("offset");
        let known = OFFSETS.iter().any(|offset| offset.to_string() == chosen);
        let own = chosen.parse::<i64>().ok().filter(|_| !known);
        let rows = own.into_iter().chain(OFFSETS).map(|offset| {
            let hours = [if offset < 0 { "UTC−" } else { "UTC+" }, &clock(offset.abs())].concat();
            let label = match offset {
                540 => td_string!(locale, planning.offset_japan, hours = hours).to_string(),
                _ => hours,
            };
            let value = offset.to_string();
            ChoiceRow { checked: value == chosen, value, label, ..ChoiceRow::default() }
        });
        let rows: Vec<_> = rows.collect();
        let field = self.field("offset", td_string!(locale, planning.offset_label), None);
        select::write(&mut self.html, reader, &field, "offset", &rows);
        self.day(
            "until",
            td_string!(locale, planning.until_label),
            Some(td_string!(locale, planning.until_hint)),
            false,
        );
    }

    fn languages(&mut self) {
        let (reader, locale) = (self.reader, self.reader.locale);
        let chosen = self.typed.all("speaks");
        let others = chosen.iter().filter(|tag| SPOKEN.iter().all(|(known, _)| known != tag));
        let others = others.map(|tag| (tag.as_str(), tag.as_str()));
        let rows = SPOKEN.into_iter().chain(others).map(|(tag, name)| ChoiceRow {
            value: tag.to_owned(),
            label: name.to_owned(),
            checked: chosen.iter().any(|chosen| chosen == tag),
            ..ChoiceRow::default()
        });
        let rows: Vec<_> = rows.collect();
        let field = self.field("speaks", td_string!(locale, planning.languages_label), None);
        choices::write(&mut self.html, reader, &field, "speaks", &rows, choices::Rows::Boxes);
        self.words(&AskedWords {
            key: "interpretation",
            label: td_string!(locale, planning.interpretation_label),
            hint: Some(td_string!(locale, planning.interpretation_hint)),
            long: false,
            required: false,
            open: 2,
        });
    }

    fn registering(&mut self) {
        let (reader, locale) = (self.reader, self.reader.locale);
        let is_offered = self.typed.get("promotion") == "offered";
        let rows = [
            ("at_once", td_string!(locale, planning.promotion_at_once), !is_offered),
            ("offered", td_string!(locale, planning.promotion_offered), is_offered),
        ];
        let rows = rows.map(|(value, label, checked)| ChoiceRow {
            value: value.to_owned(),
            label: label.to_owned(),
            checked,
            ..ChoiceRow::default()
        });
        let hint = Some(td_string!(locale, planning.promotion_hint));
        let field = self.field("promotion", td_string!(locale, planning.promotion_label), hint);
        choices::write(&mut self.html, reader, &field, "promotion", &rows, choices::Rows::Radios);
        let hint = Some(td_string!(locale, planning.hours_hint));
        let field = self.field("hours", td_string!(locale, planning.hours_label), hint);
        self.line(&field, true);
        let hint = Some(td_string!(locale, planning.keep_hint));
        let field = self.field("keep", td_string!(locale, planning.keep_label), hint);
        self.line(&field, true);
        let hint = Some(td_string!(locale, planning.questions_hint));
        let field = self.field("questions", td_string!(locale, planning.questions_label), hint);
        let value = self.typed.get("questions");
        text_field::write_lines(&mut self.html, reader, &field, "questions", value);
        // Where and what, as the definition's own words have it: text of whoever typed it, never marked up.
        if let Some(faults) =
            questions::to_json(value).and_then(|json| form::Published::from_json(json.as_bytes()).err())
        {
            self.html.open("ul", &[some("class", "planning-faults"), some("translate", "no")]);
            for fault in faults {
                self.html.open("li", &[]).open("code", &[]).text(&fault.place).close("code").text(" ");
                self.html.text(fault.kind.as_str()).close("li");
            }
            self.html.close("ul");
        }
        self.html.open("details", &[some("class", "planning-more")]);
        self.html.line(reader, "summary", &[], td_string!(locale, planning.questions_example));
        self.html.open("pre", &[some("translate", "no"), some("class", "answers-payload")]);
        self.html.text(questions::EXAMPLE).close("pre");
        self.html.open("pre", &[some("translate", "no"), some("class", "answers-payload")]);
        self.html.text(JSON_EXAMPLE).close("pre").close("details");
    }

    fn telling(&mut self) {
        let (reader, locale) = (self.reader, self.reader.locale);
        self.html.line(reader, "p", &[], td_string!(locale, planning.tell_text));
        let row = ChoiceRow {
            value: "yes".to_owned(),
            label: td_string!(locale, planning.tell_yes).to_owned(),
            checked: self.typed.get("tell") == "yes",
            ..ChoiceRow::default()
        };
        let field = self.field("tell", td_string!(locale, planning.tell_label), None);
        choices::write(&mut self.html, reader, &field, "tell", &[row], choices::Rows::Boxes);
    }
}

/// Minutes as `09:00`.
fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_can_be_asked() {
        let read = form::Published::from_json(super::JSON_EXAMPLE.as_bytes());
        assert!(read.is_ok(), "{:?}", read.err());
    }
}
