//! What stands below a list that was pasted: its columns, its rows with what is doubtful, and the lists before it.

use super::{
    guest_parts::{fault_word, hidden, instant, menu, place_name, place_rows, tick},
    import::{Fields, Reading, begin, pasted},
};
use crate::{
    auth::pages::problems::Problems,
    events::{
        paste::{Column, Doubt, Read},
        paths,
        server::{catalogue::Event, imports::Import},
    },
    i18n::*,
    server::Context,
    ui::{
        Reader, Weight, button,
        html::{Html, some},
        reader::{LOCALES, endonym, tag},
    },
};

/// Rows that the preview shows; doubtful ones come first.
const SHOWN: usize = 200;

fn column_word(reader: Reader, column: Column) -> &'static str {
    let locale = reader.locale;
    match column {
        Column::Nothing => td_string!(locale, guests.column_nothing),
        Column::Name => td_string!(locale, guests.col_name),
        Column::Reading => td_string!(locale, guests.col_reading),
        Column::Organisation => td_string!(locale, guests.col_organisation),
        Column::Phone => td_string!(locale, guests.col_phone),
        Column::Email => td_string!(locale, guests.col_email),
        Column::Place => td_string!(locale, guests.col_place),
        Column::Kind => td_string!(locale, guests.col_kind),
        Column::Language => td_string!(locale, guests.col_language),
        Column::Needs => td_string!(locale, guests.col_needs),
    }
}

fn doubt_words(reader: Reader, doubt: Doubt) -> String {
    let locale = reader.locale;
    match doubt {
        Doubt::Wrong(column, fault) => [column_word(reader, column), fault_word(reader, fault)].join(": "),
        Doubt::NoPlace => td_string!(locale, guests.doubt_no_place).to_owned(),
        Doubt::Repeated(line) => {
            td_string!(locale, guests.doubt_repeated, line = u32::try_from(line).unwrap_or(u32::MAX)).to_string()
        }
        Doubt::Registered => td_string!(locale, guests.doubt_registered).to_owned(),
        Doubt::SameName => td_string!(locale, guests.doubt_same_name).to_owned(),
        Doubt::NoContact => td_string!(locale, guests.doubt_no_contact).to_owned(),
        Doubt::Unknown(column) => [column_word(reader, column), td_string!(locale, guests.doubt_unknown)].join(": "),
    }
}

/// The columns, the choices, the buttons, the rows.
pub(super) fn preview(
    html: &mut Html,
    reader: Reader,
    event: &Event,
    fields: &Fields,
    reading: &Reading,
    rows: &[Read],
    problems: &Problems,
) {
    let locale = reader.locale;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let good = rows.iter().filter(|row| row.is_good(reading.also)).count();
    begin(html, reader, event);
    hidden(html, "attempt", &reading.attempt);
    let words =
        td_string!(locale, guests.import_count, good = number(good), bad = number(rows.len() - good)).to_string();
    html.line(reader, "p", &[some("id", "count"), some("role", "status")], &words);
    if let Some(error) = problems.of("column-0") {
        html.line(reader, "p", &[some("class", "c-error")], &error);
    }
    let columns: Vec<_> = Column::ALL
        .into_iter()
        .map(|column| (column.as_str().to_owned(), reader.plain(column_word(reader, column))))
        .collect();
    for (index, column) in reading.columns.iter().enumerate() {
        let label = td_string!(locale, guests.column_n, n = number(index + 1)).to_string();
        menu(html, reader, &["column-", &index.to_string()].concat(), &label, &columns, column.as_str());
    }
    tick(html, reader, "head", td_string!(locale, guests.import_head), reading.has_head);
    let none = (String::new(), reader.plain(td_string!(locale, shell.choose)));
    let places: Vec<_> = std::iter::once(none).chain(place_rows(reader, event)).collect();
    let chosen = reading.place.map(|place| (place + 1).to_string()).unwrap_or_default();
    menu(html, reader, "place", td_string!(locale, guests.import_place), &places, &chosen);
    tick(html, reader, "also", td_string!(locale, guests.import_also), reading.also);
    tick(html, reader, "tells", td_string!(locale, guests.import_tells), reading.tells);
    let languages: Vec<_> =
        LOCALES.into_iter().map(|locale| (tag(locale).to_owned(), endonym(locale).to_owned())).collect();
    menu(html, reader, "language", td_string!(locale, guests.col_language), &languages, reading.language);
    pasted(html, reader, fields, problems);
    button::write(html, reader, td_string!(locale, guests.import_recheck), Weight::Quiet, Some(("act", "check")), None);
    if good > 0 {
        let words = td_string!(locale, guests.import_take, n = number(good)).to_string();
        button::write(html, reader, &words, Weight::Primary, Some(("act", "take")), None);
    }
    html.close("form");
    table(html, reader, event, reading, rows);
}

fn table(html: &mut Html, reader: Reader, event: &Event, reading: &Reading, rows: &[Read]) {
    let locale = reader.locale;
    let (doubtful, clear): (Vec<&Read>, Vec<&Read>) = rows.iter().partition(|row| !row.doubts.is_empty());
    html.open(
        "div",
        &[some("class", "c-table"), some("role", "region"), some("tabindex", "0"), some("aria-labelledby", "preview")],
    );
    html.open("table", &[some("class", "c-table__table")]);
    let caption = td_string!(locale, guests.preview_caption);
    html.line(reader, "caption", &[some("class", "c-table__caption"), some("id", "preview")], caption);
    html.open("thead", &[]).open("tr", &[]);
    // A column that is not wanted is told by its number, as in the menus above.
    let heads = reading.columns.iter().enumerate().map(|(index, column)| match column {
        Column::Nothing => {
            td_string!(locale, guests.column_n, n = u32::try_from(index + 1).unwrap_or(u32::MAX)).to_string()
        }
        column => column_word(reader, *column).to_owned(),
    });
    let first = [
        td_string!(locale, guests.col_line),
        td_string!(locale, guests.col_doubt),
        td_string!(locale, guests.col_place),
    ];
    for words in first.into_iter().map(str::to_owned).chain(heads) {
        html.line(reader, "th", &[some("scope", "col")], &words);
    }
    html.close("tr").close("thead").open("tbody", &[]);
    for row in doubtful.into_iter().chain(clear).take(SHOWN) {
        html.open("tr", &[]).open("th", &[some("scope", "row")]).text(&row.line.to_string()).close("th");
        html.open("td", &[]);
        let verdict = if row.is_good(reading.also) {
            td_string!(locale, guests.row_good)
        } else {
            td_string!(locale, guests.row_left_out)
        };
        html.line(reader, "div", &[], verdict);
        for doubt in &row.doubts {
            html.line(reader, "div", &[some("class", "c-hint")], &doubt_words(reader, *doubt));
        }
        html.close("td").open("td", &[]).text(&place_name(reader, event, row.place)).close("td");
        for index in 0..reading.columns.len() {
            let cell = row.cells.get(index).map(String::as_str).unwrap_or_default();
            html.open("td", &[some("translate", "no")]).text(cell).close("td");
        }
        html.close("tr");
    }
    html.close("tbody").close("table").close("div");
    if rows.len() > SHOWN {
        let more = u32::try_from(rows.len() - SHOWN).unwrap_or(u32::MAX);
        html.line(reader, "p", &[], &td_string!(locale, guests.preview_more, n = more).to_string());
    }
}

/// Lists that were taken in, each with the way back.
pub(super) fn lists(html: &mut Html, ctx: &Context, reader: Reader, event: &Event, lists: &[Import]) {
    if lists.is_empty() {
        return;
    }
    let locale = reader.locale;
    html.line(reader, "h2", &[], td_string!(locale, guests.imports_title));
    html.line(reader, "p", &[], td_string!(locale, guests.undo_text)).open("ul", &[]);
    for list in lists {
        let number = u32::try_from(list.guests).unwrap_or(u32::MAX);
        html.open("li", &[]).text(&instant(ctx, list.at)).text(" ");
        html.rich(reader, &td_string!(locale, guests.import_done, n = number).to_string());
        if list.undone_at.is_some() {
            html.text(" ").rich(reader, td_string!(locale, guests.undone));
        } else {
            let action = paths::console(&event.slug, "/import/undo");
            html.open("form", &[some("method", "post"), some("action", &action)]);
            hidden(html, "import", &list.id);
            button::write(html, reader, td_string!(locale, guests.undo), Weight::Grave, None, None);
            html.close("form");
        }
        html.close("li");
    }
    html.close("ul");
}
