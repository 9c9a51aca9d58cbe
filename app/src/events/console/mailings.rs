//! `/console/events/{slug}/mailings`: what guests were told, and whom to call.

use super::guest_parts::{hidden, instant, mail_word, menu, open, ways};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            access::Access,
            catalogue::Event,
            entities::mailing::MailKind,
            mailing_list::{self, BY_HAND, Told},
            mails::{Letter, Reached},
        },
        words::Words,
    },
    i18n::*,
    server::Context,
    ui::{
        Field, Reader, Tone, Weight, button,
        html::{Html, some},
        reader::{LOCALES, endonym, locale_of, tag},
        text_field,
    },
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    /// `sent`, if something has just been sent.
    done: String,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for whom it is no matter of.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    let notice = (done.done == "sent").then(|| (Tone::Done, td_string!(reader.locale, guests.send_done).to_owned()));
    draw(&ctx, &organizer, reader, &event, &access, &HashMap::new(), Problems::default(), notice).await
}

/// Shows whom it reaches, then sends.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form, [`AppError::Forbidden`] for roles that send nothing.
pub async fn send(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<HashMap<String, String>>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_organizer()?;
    let locale = reader.locale;
    let chosen = form.get("what").map(String::as_str).unwrap_or_default();
    let kind = BY_HAND.into_iter().find(|(_, name)| *name == chosen);
    let words = Words::new(LOCALES.into_iter().map(|locale| {
        (tag(locale), form.get(&["words-", tag(locale)].concat()).map(String::as_str).unwrap_or_default())
    }));
    let mut problems = Problems::default();
    if kind.is_none() {
        problems.add("what", td_string!(locale, guests.bulk_what_missing));
    }
    // A change without a word of what has changed tells nobody anything.
    if kind.is_some_and(|(kind, _)| kind == MailKind::Changed) && words.is_empty() {
        problems.add("words-ja", td_string!(locale, guests.send_words_missing));
    }
    if words.iter().any(|(_, text)| text.chars().count() > 4_000) {
        problems.add("words-ja", td_string!(locale, guests.fault_too_long));
    }
    let (Some((kind, _)), true) = (kind, problems.is_empty()) else {
        return draw(&ctx, &organizer, reader, &event, &access, &form, problems, None).await;
    };
    let reached = mailing_list::reach(&ctx, &access, &event, kind).await?;
    let shown = [reached.mailed.to_string(), reached.to_call.to_string()].join("-");
    // Who came in between is counted anew and shown before anything goes.
    if form.get("sure") != Some(&shown) {
        let examples = mailing_list::examples(&ctx, &access, &event, kind, &words).await?;
        return Ok(ask(&ctx, &organizer, reader, &event, kind, &words, reached, &shown, &examples));
    }
    mailing_list::send(&ctx, &access, &event, kind, &words).await?;
    Ok(Redirect::to(&paths::console(&slug, "/mailings?done=sent")).into_response())
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[allow(clippy::too_many_arguments, reason = "what a page is made of")]
fn ask(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    kind: MailKind,
    words: &Words,
    reached: Reached,
    shown: &str,
    examples: &[(String, Letter)],
) -> Response {
    let locale = reader.locale;
    let mut html = Html::new();
    html.line(reader, "h2", &[], mail_word(reader, kind));
    let (mailed, to_call) = (number(reached.mailed), number(reached.to_call));
    let reach = td_string!(locale, guests.send_reach, mailed = mailed, to_call = to_call).to_string();
    html.line(reader, "p", &[some("id", "reach")], &reach);
    for (language, letter) in examples {
        let name = locale_of(language).map_or_else(|| language.clone(), |locale| endonym(locale).to_owned());
        let title = td_string!(locale, guests.send_example, language = name).to_string();
        html.open("details", &[some("class", "planning-more")]).line(reader, "summary", &[], &title);
        html.open("p", &[some("lang", language), some("translate", "no")]).text(&letter.subject).close("p");
        html.open("pre", &[some("lang", language), some("translate", "no"), some("class", "answers-payload")]);
        html.text(&letter.text).close("pre").close("details");
    }
    html.open("form", &[some("method", "post"), some("action", &paths::console(&event.slug, "/mailings"))]);
    let name = BY_HAND.into_iter().find(|(by_hand, _)| *by_hand == kind).map_or("", |(_, name)| name);
    hidden(&mut html, "what", name);
    hidden(&mut html, "sure", shown);
    for (language, text) in words.iter() {
        hidden(&mut html, &["words-", language].concat(), text);
    }
    button::write(&mut html, reader, td_string!(locale, guests.send_go), Weight::Primary, None, None);
    html.close("form").open("p", &[]);
    let back = paths::console(&event.slug, "/mailings");
    html.line(reader, "a", &[some("href", &back)], td_string!(locale, guests.send_back)).close("p");
    let about = Screen::new(Section::Events, td_string!(locale, guests.send_title));
    screen(ctx, organizer, reader, StatusCode::OK, about, move || html.into_view().into_any())
}

#[allow(clippy::too_many_arguments, reason = "what a page is made of")]
async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    access: &Access,
    typed: &HashMap<String, String>,
    problems: Problems,
    notice: Option<(Tone, String)>,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let about = Screen::new(Section::Events, td_string!(locale, guests.mailings_title))
        .problems(problems.clone())
        .notice(notice);
    let mut html = Html::new();
    ways(&mut html, reader, event, access, "/mailings");
    let told = mailing_list::list(ctx, event).await?;
    if told.is_empty() {
        html.line(reader, "p", &[], td_string!(locale, guests.mailings_empty));
    } else {
        table(&mut html, ctx, reader, event, access, &told);
    }
    if access.require_organizer().is_ok() {
        form(&mut html, reader, event, typed, &problems);
    }
    Ok(screen(ctx, organizer, reader, status, about, move || html.into_view().into_any()))
}

fn table(html: &mut Html, ctx: &Context, reader: Reader, event: &Event, access: &Access, told: &[Told]) {
    let locale = reader.locale;
    html.open(
        "div",
        &[some("class", "c-table"), some("role", "region"), some("tabindex", "0"), some("aria-labelledby", "told")],
    );
    html.open("table", &[some("class", "c-table__table")]);
    let caption = td_string!(locale, guests.mailings_caption);
    html.line(reader, "caption", &[some("class", "c-table__caption"), some("id", "told")], caption);
    html.open("thead", &[]).open("tr", &[]);
    for words in [
        td_string!(locale, guests.col_mailing),
        td_string!(locale, guests.col_when),
        td_string!(locale, guests.col_mailed),
        td_string!(locale, guests.col_sent),
        td_string!(locale, guests.col_failed),
        td_string!(locale, guests.col_to_call),
        td_string!(locale, guests.col_called),
    ] {
        html.line(reader, "th", &[some("scope", "col")], words);
    }
    html.close("tr").close("thead").open("tbody", &[]);
    for told in told {
        html.open("tr", &[]).open("th", &[some("scope", "row")]);
        let words = mail_word(reader, told.kind);
        if access.sees_guests() {
            let href = paths::console(&event.slug, &["/mailings/", &told.id].concat());
            html.line(reader, "a", &[some("href", &href)], words);
        } else {
            html.rich(reader, words);
        }
        html.close("th").open("td", &[]).text(&instant(ctx, told.at)).close("td");
        for n in [told.mailed, told.sent, told.failed, told.to_call, told.called] {
            html.open("td", &[some("class", "c-table__number")]).text(&n.to_string()).close("td");
        }
        html.close("tr");
    }
    html.close("tbody").close("table").close("div");
}

fn form(html: &mut Html, reader: Reader, event: &Event, typed: &HashMap<String, String>, problems: &Problems) {
    let locale = reader.locale;
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let action = paths::console(&event.slug, "/mailings");
    html.open("form", &[some("class", "answers-form"), some("method", "post"), some("action", &action)]);
    html.line(reader, "h2", &[], td_string!(locale, guests.send_title));
    html.line(reader, "p", &[], td_string!(locale, guests.send_hint));
    let none = (String::new(), reader.plain(td_string!(locale, shell.choose)));
    let kinds = BY_HAND.into_iter().map(|(kind, name)| (name.to_owned(), reader.plain(mail_word(reader, kind))));
    let rows: Vec<_> = std::iter::once(none).chain(kinds).collect();
    if let Some(error) = problems.of("what") {
        html.line(reader, "p", &[some("class", "c-error")], &error);
    }
    menu(html, reader, "what", td_string!(locale, guests.bulk_what), &rows, value("what"));
    for language in LOCALES {
        let id = ["words-", tag(language)].concat();
        let label = td_string!(locale, guests.send_words, language = endonym(language)).to_string();
        let field = Field::new(id.clone(), label).error(problems.of(&id));
        text_field::write_lines(html, reader, &field, &id, value(&id));
    }
    button::write(html, reader, td_string!(locale, guests.send_preview), Weight::Primary, None, None);
    html.close("form");
}
