//! `/{lang}/registrations/{link}/correct`: what a guest told, to be told anew. Seats stay as they are.

use super::{
    parts::{form_head, go, with_reading},
    registration::draw_gone,
};
use crate::{
    error::AppError,
    events::{
        components::{
            entered::{Entered, Faults, Purpose, Wrong},
            fields::Drawn,
            notes,
        },
        paths,
        server::{
            catalogue::Event,
            own,
            seats::{self, Registration, State as Seat},
        },
    },
    i18n::*,
    questionnaires::{
        components::FORM_ID,
        pages::post::Post,
        server::effort::{self, Client},
    },
    server::{Context, page::page},
    ui::{BackLink, Button, Reader},
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// Who only wants to hear of it tells little, until people register.
fn purpose(event: &Event, registration: &Registration) -> Purpose {
    let is_interest = registration.row.state == Seat::Interested && !event.standing.takes_guests();
    if is_interest { Purpose::CorrectInterest } else { Purpose::CorrectSeat }
}

/// The form, with what they told.
///
/// # Errors
/// [`AppError::NotFound`] for a link that nobody has.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let (event, registration) = seats::find_own(&ctx, &link).await?;
    let Some(guest) = &registration.guest else { return Ok(draw_gone(&ctx, reader, &event, &link)) };
    let follows = own::own_following(&ctx, &event, &registration.row, guest).await?.is_some();
    let entered = Entered { follows, ..Entered::of_guest(&event, &registration.row, guest) };
    let purpose = purpose(&event, &registration);
    Ok(draw(&ctx, reader, StatusCode::OK, &event, &link, purpose, entered, Faults::default()))
}

/// Stores it.
///
/// # Errors
/// [`AppError::NotFound`] for a link that nobody has.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
    client: Client,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (event, registration) = seats::find_own(&ctx, &link).await?;
    if registration.guest.is_none() {
        return Ok(draw_gone(&ctx, reader, &event, &link));
    }
    let post = Post::new(pairs);
    let (entered, purpose) = (Entered::of_post(&post), purpose(&event, &registration));
    if let Some(switched) = post.switch(reader) {
        let drawn = draw(&ctx, switched, StatusCode::OK, &event, &link, purpose, entered, Faults::default());
        return Ok(with_reading(&ctx, switched, drawn));
    }
    match effort::admit_guest(&ctx, client).await {
        Err(AppError::TooManyRequests { retry_after }) => {
            let faults = Faults::one("name", Wrong::Busy(retry_after));
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = draw(&ctx, reader, status, &event, &link, purpose, entered, faults);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            return Ok(response);
        }
        admitted => admitted?,
    }
    match entered.read(&event, purpose, ctx.clock().today()) {
        Ok(read) => {
            own::correct(&ctx, &registration.row.id, &read.typed, read.follows).await?;
            Ok(go(&[paths::registration(reader, &link).as_str(), "?done=corrected"].concat()))
        }
        Err(faults) => {
            Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, &event, &link, purpose, entered, faults))
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    event: &Event,
    link: &str,
    purpose: Purpose,
    entered: Entered,
    faults: Faults,
) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, registrations.correct_title);
    let head = form_head(reader, title, !faults.is_empty());
    let own = paths::registration(reader, link);
    let action = [own.as_str(), "/correct"].concat();
    let drawn = Drawn { reader, event, purpose, entered: &entered, faults: &faults, today: ctx.clock().today() };
    page(ctx, status, head, || {
        view! {
            <BackLink reader href=own />
            <form id=FORM_ID method="post" action=action novalidate>
                {drawn.summary()}
                <h1 inner_html=reader.rich(title)></h1>
                {notes::heading(ctx, reader, event)}
                {drawn.view()}
                <div class="c-actions">
                    <Button reader label=td_string!(locale, registrations.correct_send) name="go" value="next" />
                </div>
            </form>
        }
        .into_any()
    })
}
