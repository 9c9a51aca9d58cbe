//! `/{lang}/events/{slug}/again/{link}`: the next date with what somebody told an earlier one. The page changes
//! nothing, for mail programs open links by themselves; the button registers, and pressing it twice is once.

use super::{
    parts::{draw_closed, form_head, go, with_reading},
    register::purpose,
};
use crate::{
    error::AppError,
    events::{
        components::{
            entered::{Entered, Faults, Purpose, Wrong},
            fields::Drawn,
            notes,
        },
        guest::Fault,
        paths,
        server::{
            catalogue::{self, Event},
            own,
            seats::{self, Refusal, Registering, Registration, Source},
        },
    },
    i18n::*,
    questionnaires::{
        components::FORM_ID,
        pages::post::Post,
        server::effort::{self, Client},
    },
    server::{Context, page::page},
    ui::{Button, Reader, Shown, SummaryList, SummaryRow},
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// What the page is about.
enum Found {
    /// The event, what they had, and what they told.
    Ready(Box<(Event, Registration, Entered)>),
    /// Another page.
    Elsewhere(Response),
}

/// The page with the button.
///
/// # Errors
/// [`AppError::NotFound`] for an event that nobody may know of and for a link that nobody has.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug, link)): Path<(String, String, String)>,
) -> Result<Response, AppError> {
    let (event, registration, entered) = match find(&ctx, reader, &slug, &link).await? {
        Found::Ready(found) => *found,
        Found::Elsewhere(response) => return Ok(response),
    };
    let Some(purpose) = purpose(&ctx, &event) else {
        return Ok(closed(&ctx, reader, StatusCode::OK, &event, &link));
    };
    Ok(draw(&ctx, reader, StatusCode::OK, &event, &registration, purpose, &entered, Faults::default()))
}

/// Registers.
///
/// # Errors
/// As [`show`]; [`AppError::TooManyRequests`] too.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug, link)): Path<(String, String, String)>,
    client: Client,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (event, registration, told) = match find(&ctx, reader, &slug, &link).await? {
        Found::Ready(found) => *found,
        Found::Elsewhere(response) => return Ok(response),
    };
    let Some(purpose) = purpose(&ctx, &event) else {
        return Ok(closed(&ctx, reader, StatusCode::CONFLICT, &event, &link));
    };
    let post = Post::new(pairs);
    let sent = Entered::of_post(&post);
    let entered = Entered { place: sent.place, questions: sent.questions, ..told };
    if let Some(switched) = post.switch(reader) {
        let ok = StatusCode::OK;
        let drawn = draw(&ctx, switched, ok, &event, &registration, purpose, &entered, Faults::default());
        return Ok(with_reading(&ctx, switched, drawn));
    }
    effort::admit_guest(&ctx, client).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let read = match entered.read(&event, purpose, ctx.clock().today()) {
        Ok(read) => read,
        // What they told then does not do for this one: the whole form says what is missing.
        Err(faults) if faults.fields.iter().any(|(field, _)| *field != "place") => {
            return Ok(go(&paths::register(reader, &slug)));
        }
        Err(faults) => return Ok(draw(&ctx, reader, refused, &event, &registration, purpose, &entered, faults)),
    };
    let Some(wish) = read.wish else { return Err(AppError::Malformed) };
    let attempt = own::attempt_again(&ctx, &event, registration.link);
    let registering = Registering {
        event: &event.id,
        wish,
        guest: &read.typed,
        attempt: &attempt,
        language: reader.tag(),
        follows: false,
        source: Source::Guest,
        import: None,
    };
    match seats::register(&ctx, &registering).await? {
        Ok(link) => Ok(go(&[paths::registration(reader, &link.reveal()).as_str(), "?done=registered"].concat())),
        Err(Refusal::NoPlace) => {
            let faults = Faults::one("place", Wrong::Typed(Fault::Missing));
            Ok(draw(&ctx, reader, refused, &event, &registration, purpose, &entered, faults))
        }
        Err(_) => {
            let event = catalogue::find(&ctx, &slug).await?;
            Ok(closed(&ctx, reader, StatusCode::CONFLICT, &event, &link))
        }
    }
}

/// What they told; the plain form if it is gone, and their own page if it was this very event.
async fn find(ctx: &Context, reader: Reader, slug: &str, link: &str) -> Result<Found, AppError> {
    let event = catalogue::find(ctx, slug).await?;
    let (earlier, registration) = seats::find_own(ctx, link).await?;
    if earlier.id == event.id {
        return Ok(Found::Elsewhere(go(&paths::registration(reader, link))));
    }
    let Some(guest) = &registration.guest else {
        return Ok(Found::Elsewhere(go(&paths::register(reader, slug))));
    };
    // Answers to the questions of another event are no answers to these, and its places are other places.
    let told = Entered::of_guest(&event, &registration.row, guest);
    let told = Entered { questions: Vec::new(), place: String::new(), ..told };
    Ok(Found::Ready(Box::new((event, registration, told))))
}

fn closed(ctx: &Context, reader: Reader, status: StatusCode, event: &Event, link: &str) -> Response {
    draw_closed(ctx, reader, status, event, &["/again/", link].concat())
}

#[allow(clippy::too_many_arguments)]
fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    event: &Event,
    earlier: &Registration,
    purpose: Purpose,
    entered: &Entered,
    faults: Faults,
) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, registrations.once_title);
    let head = form_head(reader, title, !faults.is_empty());
    let action = paths::register_again(reader, &event.slug, &earlier.link.reveal());
    let whole = paths::register(reader, &event.slug);
    let row = |key: &str, text: &str| SummaryRow {
        key: key.to_owned(),
        japanese: None,
        value: Shown::Typed(text.to_owned()),
        change: None,
    };
    let mut rows = vec![row(td_string!(locale, registrations.name), &entered.name)];
    if !entered.organisation.is_empty() {
        rows.push(row(td_string!(locale, registrations.organisation), &entered.organisation));
    }
    let send = match purpose {
        Purpose::Interest => td_string!(locale, registrations.interest_send),
        _ => td_string!(locale, registrations.send),
    };
    let drawn = Drawn { reader, event, purpose, entered, faults: &faults, today: ctx.clock().today() };
    page(ctx, status, head, || {
        view! {
            <form id=FORM_ID method="post" action=action novalidate>
                {drawn.summary()}
                <h1 inner_html=reader.rich(title)></h1>
                {notes::heading(ctx, reader, event)}
                <p inner_html=reader.rich(td_string!(locale, registrations.once_text))></p>
                <SummaryList reader rows />
                {drawn.place()}
                {(!purpose.is_interest()).then(|| drawn.questions().into_any())}
                <div class="c-actions">
                    <Button reader label=send name="go" value="next" />
                </div>
            </form>
            <p>
                <a href=whole inner_html=reader.rich(td_string!(locale, registrations.once_other))></a>
            </p>
            {notes::data(reader, event)}
        }
        .into_any()
    })
}
