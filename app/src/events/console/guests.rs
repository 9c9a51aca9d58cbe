//! `/console/events/{slug}/guests`: the table of guests.

use super::{
    guest_parts::{hidden, kind_rows, menu, open, place_name, place_rows, status_word, tick, ways},
    guests_table::table,
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            access::Access,
            catalogue::Event,
            guest_list::{self, Filter, Row, Status},
            seats::{self, Bulk},
        },
    },
    i18n::*,
    ids::RegistrationId,
    server::Context,
    ui::{
        Field, Pagination, Reader, Tone, Weight, button,
        html::{Html, some},
        text_field,
    },
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use data_encoding::HEXLOWER;
use leptos::prelude::*;
use serde::Deserialize;

/// Names that are read out before something is done to many.
const NAMED: usize = 20;
/// Rows of a page.
const ROWS: usize = 100;

/// What the address says beside the filter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    /// To how many guests something has just been done.
    done: String,
}

/// The page; who sees no names is shown numbers.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for whom it is no matter of.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(filter): Query<Filter>,
    Query(done): Query<Done>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    let done = done.done.parse::<u32>().ok();
    draw(&ctx, &organizer, reader, event, &access, filter, done, None).await
}

/// Does something to those that were ticked: asks once more, then does it.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form; as [`show`].
pub async fn change(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(filter): Query<Filter>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(fields) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_organizer()?;
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let locale = reader.locale;
    // Those that were ticked, or everybody whom the filter shows.
    let is_all = value("all") == "yes";
    let mut chosen = guest_list::load(&ctx, &access, &event).await?;
    if is_all {
        chosen = filter.apply(chosen);
        chosen.retain(|row| row.guest.is_some());
    } else {
        chosen.retain(|row| fields.iter().any(|(name, id)| name == "id" && id == row.row.id.as_str()));
    }
    let ids: Vec<RegistrationId> = chosen.iter().map(|row| row.row.id.clone()).collect();
    let place = value("to").parse::<usize>().ok().and_then(|to| event.places.get(to.checked_sub(1)?));
    let what = match value("what") {
        "cancel" => Ok(Bulk::Cancel),
        "delete" => Ok(Bulk::Delete),
        "move" => match place {
            Some(place) => Ok(Bulk::Move(place.id.clone())),
            None => Err(("to", td_string!(locale, guests.place_missing))),
        },
        _ => Err(("what", td_string!(locale, guests.bulk_what_missing))),
    };
    let what = match what {
        Ok(what) if !ids.is_empty() => what,
        Ok(_) => {
            let problem = ("what", td_string!(locale, guests.bulk_none));
            return draw(&ctx, &organizer, reader, event, &access, filter, None, Some(problem)).await;
        }
        Err(problem) => {
            return draw(&ctx, &organizer, reader, event, &access, filter, None, Some(problem)).await;
        }
    };
    // Whoever is not the same as was shown (somebody came, somebody went) is shown before anything happens.
    if value("sure") != seal(&ctx, &ids) {
        let asked = Asked { what: value("what"), to: value("to"), all: is_all.then(|| filter.query(None)) };
        return Ok(ask(&ctx, &organizer, reader, &event, &asked, &chosen));
    }
    let number = seats::do_to_all(&ctx, &access, &event, &ids, &what).await?;
    Ok(Redirect::to(&paths::console(&slug, &format!("/guests?done={number}"))).into_response())
}

/// Who was shown, in a word: the same people give the same, however many they are.
fn seal(ctx: &Context, ids: &[RegistrationId]) -> String {
    let mut ids: Vec<&str> = ids.iter().map(RegistrationId::as_str).collect();
    ids.sort_unstable();
    HEXLOWER.encode(&ctx.keys().keyed_hash("bulk", ids.join(" ").as_bytes())[..16])
}

/// What is to be done to many.
struct Asked<'a> {
    /// `cancel`, `move`, `delete`.
    what: &'a str,
    /// Where to, as its position from 1.
    to: &'a str,
    /// The filter in the address, if it is for everybody whom it shows.
    all: Option<String>,
}

/// Asks once more, with who it is.
fn ask(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    asked: &Asked<'_>,
    chosen: &[Row],
) -> Response {
    let locale = reader.locale;
    let Asked { what, to, all } = asked;
    let number = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
    let place = to.parse::<usize>().ok().and_then(|to| to.checked_sub(1));
    let (title, text) = match *what {
        "cancel" => (td_string!(locale, guests.bulk_cancel), td_string!(locale, guests.cancel_text)),
        "delete" => (td_string!(locale, guests.bulk_delete), td_string!(locale, guests.delete_text)),
        _ => (td_string!(locale, guests.bulk_move), td_string!(locale, guests.move_text)),
    };
    let mut html = Html::new();
    html.line(reader, "p", &[], &td_string!(locale, guests.bulk_sure, n = number).to_string());
    html.line(reader, "p", &[], text);
    html.open("ul", &[]);
    for row in chosen.iter().take(NAMED) {
        html.open("li", &[some("translate", "no")])
            .text(row.name())
            .text(" ")
            .text(&place_name(reader, event, row.place));
        html.close("li");
    }
    if chosen.len() > NAMED {
        let more = u32::try_from(chosen.len() - NAMED).unwrap_or(u32::MAX);
        html.line(reader, "li", &[], &td_string!(locale, guests.bulk_more, n = more).to_string());
    }
    html.close("ul");
    if *what == "move" {
        html.open("p", &[]).text(&place_name(reader, event, place)).close("p");
    }
    let action = [paths::console(&event.slug, "/guests").as_str(), all.as_deref().unwrap_or_default()].concat();
    html.open("form", &[some("method", "post"), some("action", &action)]);
    let ids: Vec<RegistrationId> = chosen.iter().map(|row| row.row.id.clone()).collect();
    let sure = seal(ctx, &ids);
    for (name, value) in [("what", *what), ("to", *to), ("sure", &sure)] {
        hidden(&mut html, name, value);
    }
    if all.is_some() {
        hidden(&mut html, "all", "yes");
    } else {
        for row in chosen {
            hidden(&mut html, "id", row.row.id.as_str());
        }
    }
    let weight = if *what == "move" { Weight::Primary } else { Weight::Grave };
    button::write(&mut html, reader, title, weight, None, None);
    html.close("form").open("p", &[]);
    let back = paths::console(&event.slug, "/guests");
    html.line(reader, "a", &[some("href", &back)], td_string!(locale, guests.bulk_back)).close("p");
    let about = Screen::new(Section::Events, title);
    screen(ctx, organizer, reader, StatusCode::OK, about, move || html.into_view().into_any())
}

#[allow(clippy::too_many_arguments, reason = "what a table's page is made of")]
async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: Event,
    access: &Access,
    filter: Filter,
    done: Option<u32>,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let mut problems = Problems::default();
    if let Some((field, words)) = problem {
        problems.add(field, words);
    }
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let done = done.map(|n| (Tone::Done, td_string!(locale, guests.bulk_done, n = n).to_string()));
    let about = Screen::new(Section::Events, td_string!(locale, guests.title)).notice(done).problems(problems.clone());
    let mut html = Html::new();
    ways(&mut html, reader, &event, access, "/guests");
    numbers(&mut html, reader, &event, access);
    if !access.sees_guests() {
        html.line(reader, "p", &[], td_string!(locale, guests.auditor_text));
        return Ok(screen(ctx, organizer, reader, status, about, move || html.into_view().into_any()));
    }
    let all = guest_list::load(ctx, access, &event).await?;
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let rows = filter.apply(all);
    let pages = rows.len().div_ceil(ROWS).max(1);
    let page = filter.page.parse::<usize>().unwrap_or(1).clamp(1, pages);
    filters(&mut html, reader, &event, &filter);
    let shown = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let count = td_string!(locale, guests.count, shown = shown, all = total).to_string();
    html.line(reader, "p", &[some("role", "status"), some("id", "count")], &count);
    let may_change = access.require_organizer().is_ok();
    if may_change && !rows.is_empty() {
        html.open("ul", &[some("class", "answers-links")]);
        for (file, words) in
            [("/guests.csv", td_string!(locale, guests.to_csv)), ("/guests.xlsx", td_string!(locale, guests.to_xlsx))]
        {
            let href = [&paths::console(&event.slug, file), filter.query(None).as_str()].concat();
            html.open("li", &[]).line(reader, "a", &[some("href", &href)], words).close("li");
        }
        html.close("ul");
    }
    if may_change {
        let action = [paths::console(&event.slug, "/guests").as_str(), &filter.query(None)].concat();
        html.open("form", &[some("method", "post"), some("action", &action)]);
    }
    if rows.is_empty() {
        html.line(reader, "p", &[], td_string!(locale, guests.empty));
    } else {
        table(
            &mut html,
            ctx,
            reader,
            &event,
            &filter,
            &rows[(page - 1) * ROWS..(page * ROWS).min(rows.len())],
            may_change,
        );
    }
    if may_change {
        if !rows.is_empty() {
            bulk(&mut html, reader, &event, &problems, shown);
        }
        html.close("form");
    }
    let mut base = filter.query(None);
    base.push_str(if base.is_empty() { "?page=" } else { "&page=" });
    let (page, pages) = (u32::try_from(page).unwrap_or(1), u32::try_from(pages).unwrap_or(1));
    Ok(screen(ctx, organizer, reader, status, about, move || {
        view! {
            {html.into_view()}
            <Pagination reader page pages base />
        }
        .into_any()
    }))
}

/// The numbers of each place, as the event's page counts them.
fn numbers(html: &mut Html, reader: Reader, event: &Event, access: &Access) {
    let locale = reader.locale;
    html.open("ul", &[]);
    for place in event.places.iter().filter(|place| access.reaches(Some(&place.id))) {
        let taken = place.taken;
        html.open("li", &[]).text(&place.name.plain(reader)).text(": ");
        let words = match taken.capacity {
            Some(seats) => {
                td_string!(locale, guests.seats_of, n = taken.registered, seats = seats, waiting = taken.waiting)
                    .to_string()
            }
            None => td_string!(locale, guests.seats, n = taken.registered, waiting = taken.waiting).to_string(),
        };
        html.rich(reader, &words).close("li");
    }
    html.close("ul");
}

fn filters(html: &mut Html, reader: Reader, event: &Event, filter: &Filter) {
    let locale = reader.locale;
    let all = reader.plain(td_string!(locale, guests.filter_all));
    let with_all = |rows: Vec<(String, String)>| -> Vec<(String, String)> {
        std::iter::once((String::new(), all.clone())).chain(rows).collect()
    };
    html.open("form", &[some("class", "answers-form answers-form--row"), some("method", "get")]);
    let field = Field::new("q", td_string!(locale, guests.filter_q));
    let line = text_field::Line {
        name: "q",
        value: &filter.q,
        kind: "text",
        inputmode: None,
        autocomplete: "off",
        unit: None,
        short: false,
    };
    text_field::write_line(html, reader, &field, &line);
    let states =
        Status::ALL.iter().map(|status| (status.as_str().to_owned(), reader.plain(status_word(reader, *status))));
    menu(html, reader, "state", td_string!(locale, guests.col_state), &with_all(states.collect()), &filter.state);
    if event.places.len() > 1 {
        let rows = with_all(place_rows(reader, event));
        menu(html, reader, "place", td_string!(locale, guests.col_place), &rows, &filter.place);
    }
    let kinds = kind_rows(reader, td_string!(locale, guests.filter_all));
    menu(html, reader, "kind", td_string!(locale, guests.col_kind), &kinds, &filter.kind);
    let mails = vec![("none".to_owned(), reader.plain(td_string!(locale, guests.filter_mail_none)))];
    menu(html, reader, "mail", td_string!(locale, guests.col_email), &with_all(mails), &filter.mail);
    if !filter.sort.is_empty() {
        hidden(html, "sort", &filter.sort);
    }
    button::write(html, reader, td_string!(locale, guests.filter_show), Weight::Quiet, None, None);
    html.close("form");
}

fn bulk(html: &mut Html, reader: Reader, event: &Event, problems: &Problems, shown: u32) {
    let locale = reader.locale;
    html.open("div", &[some("class", "answers-form answers-form--row")]);
    html.line(reader, "h2", &[], td_string!(locale, guests.bulk_title));
    let plain = |words: &str| reader.plain(words);
    let acts = vec![
        (String::new(), plain(td_string!(locale, shell.choose))),
        ("cancel".to_owned(), plain(td_string!(locale, guests.bulk_cancel))),
        ("move".to_owned(), plain(td_string!(locale, guests.bulk_move))),
        ("delete".to_owned(), plain(td_string!(locale, guests.bulk_delete))),
    ];
    for id in ["what", "to"] {
        if let Some(error) = problems.of(id) {
            html.line(reader, "p", &[some("class", "c-error")], &error);
        }
    }
    menu(html, reader, "what", td_string!(locale, guests.bulk_what), &acts, "");
    let places: Vec<_> = std::iter::once((String::new(), plain(td_string!(locale, shell.choose))))
        .chain(place_rows(reader, event))
        .collect();
    menu(html, reader, "to", td_string!(locale, guests.move_to), &places, "");
    tick(html, reader, "all", &td_string!(locale, guests.bulk_all, n = shown).to_string(), false);
    button::write(html, reader, td_string!(locale, guests.bulk_go), Weight::Quiet, None, None);
    html.close("div");
}
