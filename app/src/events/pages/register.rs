//! `/{lang}/events/{slug}/register`: the form for a seat, or for hearing of an event that nobody registers for yet.

use super::parts::{draw_closed, form_head, go, with_reading};
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
            link,
            seats::{self, Refusal, Registering, Source, Wish},
        },
    },
    i18n::*,
    questionnaires::{
        components::FORM_ID,
        pages::post::Post,
        server::effort::{self, Client},
    },
    server::{Context, page::page},
    ui::{Button, Reader},
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// What may be done here now; nothing when nobody registers.
#[must_use]
pub fn purpose(ctx: &Context, event: &Event) -> Option<Purpose> {
    let is_over = event.is_over(ctx.clock().now_ms());
    match event.standing {
        _ if is_over => None,
        standing if standing.takes_guests() && !event.places.is_empty() => Some(Purpose::Seat),
        standing if standing.takes_interest() => Some(Purpose::Interest),
        _ => None,
    }
}

/// The form, or why there is none.
///
/// # Errors
/// [`AppError::NotFound`] for an event that nobody may know of.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let event = catalogue::find(&ctx, &slug).await?;
    let Some(purpose) = purpose(&ctx, &event) else {
        return Ok(draw_closed(&ctx, reader, StatusCode::OK, &event, "/register"));
    };
    let entered = Entered { attempt: link::new_attempt()?, ..Entered::default() };
    Ok(draw(&ctx, reader, StatusCode::OK, &event, purpose, entered, Faults::default()))
}

/// Registers. A language button shows the same form in the other language, with what was typed.
///
/// # Errors
/// [`AppError::NotFound`] for an event that nobody may know of.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    client: Client,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let event = catalogue::find(&ctx, &slug).await?;
    let post = Post::new(pairs);
    let switched = post.switch(reader);
    let Some(purpose) = purpose(&ctx, &event) else {
        return Ok(draw_closed(&ctx, switched.unwrap_or(reader), StatusCode::CONFLICT, &event, "/register"));
    };
    let mut entered = Entered::of_post(&post);
    if !link::is_attempt(&entered.attempt) {
        entered.attempt = link::new_attempt()?;
    }
    if let Some(switched) = switched {
        let drawn = draw(&ctx, switched, StatusCode::OK, &event, purpose, entered, Faults::default());
        return Ok(with_reading(&ctx, switched, drawn));
    }
    match effort::admit_guest(&ctx, client).await {
        Err(AppError::TooManyRequests { retry_after }) => {
            let faults = Faults::one("name", Wrong::Busy(retry_after));
            let mut response = draw(&ctx, reader, StatusCode::TOO_MANY_REQUESTS, &event, purpose, entered, faults);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            return Ok(response);
        }
        admitted => admitted?,
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let read = match entered.read(&event, purpose, ctx.clock().today()) {
        Ok(read) => read,
        Err(faults) => return Ok(draw(&ctx, reader, refused, &event, purpose, entered, faults)),
    };
    let registering = Registering {
        event: &event.id,
        wish: read.wish.unwrap_or(Wish::Interest(None)),
        guest: &read.typed,
        attempt: &entered.attempt,
        language: reader.tag(),
        follows: read.follows,
        source: Source::Guest,
        import: None,
    };
    match seats::register(&ctx, &registering).await? {
        Ok(link) => {
            let path = [paths::registration(reader, &link.reveal()).as_str(), "?done=registered"].concat();
            Ok(go(&path))
        }
        Err(Refusal::NoPlace) => {
            let faults = Faults::one("place", Wrong::Typed(Fault::Missing));
            Ok(draw(&ctx, reader, refused, &event, purpose, entered, faults))
        }
        // It changed while they typed.
        Err(_) => {
            let event = catalogue::find(&ctx, &slug).await?;
            Ok(draw_closed(&ctx, reader, StatusCode::CONFLICT, &event, "/register"))
        }
    }
}

fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    event: &Event,
    purpose: Purpose,
    entered: Entered,
    faults: Faults,
) -> Response {
    let locale = reader.locale;
    let (title, send) = match purpose {
        Purpose::Interest => {
            (td_string!(locale, registrations.interest_title), td_string!(locale, registrations.interest_send))
        }
        _ => (td_string!(locale, registrations.form_title), td_string!(locale, registrations.send)),
    };
    let text = match purpose {
        Purpose::Interest => td_string!(locale, registrations.interest_text),
        _ => td_string!(locale, registrations.form_text),
    };
    let head = form_head(reader, title, !faults.is_empty());
    let drawn = Drawn { reader, event, purpose, entered: &entered, faults: &faults, today: ctx.clock().today() };
    page(ctx, status, head, || {
        view! {
            <form id=FORM_ID method="post" action=paths::register(reader, &event.slug) novalidate>
                <input type="hidden" name="attempt" value=entered.attempt.clone() />
                {drawn.summary()}
                <h1 inner_html=reader.rich(title)></h1>
                {notes::heading(ctx, reader, event)}
                <p inner_html=reader.rich(text)></p>
                {drawn.view()}
                <div class="c-actions">
                    <Button reader label=send name="go" value="next" />
                </div>
            </form>
            {notes::data(reader, event)}
        }
        .into_any()
    })
}
