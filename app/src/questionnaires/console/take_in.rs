//! `/console/take-in`: unsent answers that somebody carried here from a phone, in a file or as squares (QR codes).

use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::carried::{self, Taken, Tally},
    server::Context,
    ui::{
        Button, DataTable, Field, LongTextField, Notice, Reader, Tone,
        field::{self, group_class},
        html::{Html, some},
    },
};
use axum::{
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
    routing::{MethodRouter, get},
};
use leptos::prelude::*;
use outbox::carry::{Fault, Found};

/// The page's address. The server lets more bytes pass here than elsewhere.
pub const PATH: &str = "/console/take-in";

/// The fields, by the names under which they are sent; also their ids.
const FILE: &str = "file";
const TEXT: &str = "text";

/// So many numbers are named; whoever has more of them begins anew rather than reads them.
const MOST_SPANS: usize = 40;

/// Both methods. How long a body may be is the server's to say.
pub fn routes() -> MethodRouter<Context> {
    get(show).post(take).layer(DefaultBodyLimit::disable())
}

/// The page.
async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Response {
    draw(&ctx, &organizer, reader, StatusCode::OK, Shown::default())
}

/// What was chosen and typed. It has no `Debug`: it is people's answers, though sealed.
#[derive(Default)]
struct Typed {
    file: String,
    text: String,
}

/// What the page shows beside its form.
#[derive(Default)]
struct Shown {
    /// What became of the answers, if there were any.
    tally: Option<Tally>,
    problems: Problems,
    /// What stays in the field for squares.
    text: String,
}

/// Takes in what is in the file and in the field: the page with numbers, and with what is damaged or missing; 422 if
/// there was no answer at all.
async fn take(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let typed = read(multipart.map_err(|_| AppError::Malformed)?).await?;
    let mut shown = Shown::default();
    if typed.file.trim().is_empty() && typed.text.trim().is_empty() {
        shown.problems.add(FILE, td_string!(reader.locale, taken.nothing_given));
    }
    for (field, text) in [(FILE, &typed.file), (TEXT, &typed.text)] {
        if text.trim().is_empty() {
            continue;
        }
        let Taken { tally, found } = carried::arrive_carried(&ctx, &organizer, text).await?;
        if tally != Tally::default() {
            shown.tally = Some(tally.and(shown.tally.unwrap_or_default()));
        }
        if let Some(words) = problem(reader, field, &found, tally != Tally::default()) {
            shown.problems.add(field, words);
        }
    }
    // What still lacks something stays, so that it can be completed.
    if shown.problems.of(TEXT).is_some() {
        shown.text = typed.text;
    }
    let status = if shown.tally.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(draw(&ctx, &organizer, reader, status, shown))
}

/// Reads the form. A file in another writing than ours becomes a text in which no answer is found.
async fn read(mut multipart: Multipart) -> Result<Typed, AppError> {
    let mut typed = Typed::default();
    while let Some(field) = multipart.next_field().await.map_err(|_| AppError::Malformed)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| AppError::Malformed)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            FILE => typed.file = text,
            TEXT => typed.text = text,
            _ => {}
        }
    }
    Ok(typed)
}

/// What could not be read of a field, and what helps; `None` if all could.
fn problem(reader: Reader, field: &str, found: &Found, has_answers: bool) -> Option<String> {
    let locale = reader.locale;
    let mut words = Vec::new();
    for missing in &found.missing {
        let numbers = spans(&missing.numbers);
        words.push(td_string!(locale, taken.squares_missing, numbers = numbers, of = missing.of).to_string());
    }
    if !found.faults.is_empty() {
        let numbers = spans(&found.faults.iter().map(|Fault { line, .. }| *line).collect::<Vec<_>>());
        words.push(td_string!(locale, taken.damaged, numbers = numbers).to_string());
    }
    if found.lost > 0 {
        words.push(td_string!(locale, taken.lost, count = found.lost).to_string());
    }
    if words.is_empty() && !has_answers {
        let none = match field {
            FILE => td_string!(locale, taken.file_unreadable),
            _ => td_string!(locale, taken.text_unreadable),
        };
        words.push(none.to_owned());
    } else if found.unknown > 0 {
        words.push(td_string!(locale, taken.unknown, count = found.unknown).to_string());
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// Ascending numbers as people write them: `2, 5–7`.
fn spans(numbers: &[usize]) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => spans.push((*number, *number)),
        }
    }
    let more = if spans.len() > MOST_SPANS { ", …" } else { "" };
    let named = spans.iter().take(MOST_SPANS).map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    named.collect::<Vec<_>>().join(", ") + more
}

fn draw(ctx: &Context, organizer: &Organizer, reader: Reader, status: StatusCode, shown: Shown) -> Response {
    let about =
        Screen::new(Section::Questionnaires, td_string!(reader.locale, taken.title)).problems(shown.problems.clone());
    screen(ctx, organizer, reader, status, about, move || {
        let Shown { tally, problems, text } = shown;
        view! {
            {tally.map(|tally| numbers(reader, tally))}
            <p inner_html=reader.rich(td_string!(reader.locale, taken.lead))></p>
            <p inner_html=reader.rich(td_string!(reader.locale, taken.once))></p>
            {form(reader, text, &problems)}
        }
        .into_any()
    })
}

/// What became of the answers.
fn numbers(reader: Reader, tally: Tally) -> impl IntoView {
    let locale = reader.locale;
    let Tally { stored, known, kept_aside, conflict, unreadable, elsewhere } = tally;
    let tone = if unreadable + elsewhere + conflict + kept_aside > 0 { Tone::Waiting } else { Tone::Done };
    let done = td_string!(locale, taken.done, count = stored).to_string();
    let columns = vec![td_string!(locale, taken.col_what).to_owned(), td_string!(locale, taken.col_number).to_owned()];
    let rows = [
        ("stored", td_string!(locale, taken.row_stored), stored),
        ("known", td_string!(locale, taken.row_known), known),
        ("kept-aside", td_string!(locale, taken.row_kept_aside), kept_aside),
        ("conflict", td_string!(locale, taken.row_conflict), conflict),
        ("unreadable", td_string!(locale, taken.row_unreadable), unreadable),
        ("elsewhere", td_string!(locale, taken.row_elsewhere), elsewhere),
    ];
    let rows = rows.into_iter().map(|(outcome, words, number)| {
        view! {
            <tr data-outcome=outcome>
                <th scope="row" inner_html=reader.rich(words)></th>
                <td>{number}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Notice tone>
            <p role="status" inner_html=reader.rich(&done)></p>
        </Notice>
        <DataTable reader id="taken" caption=td_string!(locale, taken.result_caption) columns>
            {rows}
        </DataTable>
    }
}

fn form(reader: Reader, text: String, problems: &Problems) -> impl IntoView + use<> {
    let locale = reader.locale;
    let file = Field::new(FILE, td_string!(locale, taken.file_label))
        .hint(td_string!(locale, taken.file_hint))
        .error(problems.of(FILE));
    let squares = Field::new(TEXT, td_string!(locale, taken.text_label))
        .hint(td_string!(locale, taken.text_hint))
        .error(problems.of(TEXT));
    view! {
        <form class="answers-form" method="post" action=PATH enctype="multipart/form-data" novalidate>
            {file_field(reader, &file)}
            <LongTextField reader field=squares name=TEXT value=text />
            <Button reader label=td_string!(locale, taken.take_in) />
        </form>
    }
}

/// A file to choose. No kind of file is asked for: mail programs and phones give them all sorts of names.
fn file_field(reader: Reader, file: &Field) -> impl IntoView + use<> {
    let mut html = Html::new();
    html.open("div", &[some("class", group_class(file.error.is_some()))]);
    field::label(&mut html, reader, file);
    field::notes(&mut html, reader, file);
    html.open("div", &[some("class", "c-line")]);
    let described_by = file.described_by();
    html.open(
        "input",
        &[
            some("class", "c-field"),
            some("type", "file"),
            some("id", &file.id),
            some("name", FILE),
            ("aria-describedby", described_by.as_deref()),
            ("aria-invalid", file.invalid()),
        ],
    );
    html.close("div").close("div");
    html.into_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_named_in_few_words() {
        assert_eq!(spans(&[]), "");
        assert_eq!(spans(&[2]), "2");
        assert_eq!(spans(&[1, 2, 5, 6, 7, 9]), "1, 2, 5–7, 9");
        let odd: Vec<usize> = (0..1_000).map(|number| number * 2).collect();
        assert!(spans(&odd).ends_with("76, 78, …"));
    }
}
