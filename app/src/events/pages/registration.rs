//! `/{lang}/registrations/{link}`: somebody's own registration. The link is the key: what is wrong with one looks the
//! same, and after the name was deleted there is only a page that says so.

use super::parts::{go, guest_head};
use crate::{
    error::AppError,
    events::{
        components::{
            entered::{is_complete, place_of},
            notes,
            own::{Own, Said, title},
        },
        paths,
        server::{
            calendar::personal_entry,
            catalogue::Event,
            entities::guest,
            own,
            seats::{self, Choice, Ended, Refusal, Registration, State as Seat},
        },
        standing::Standing,
    },
    i18n::*,
    server::{Context, page::page},
    ui::{Button, ButtonLink, Checkboxes, ChoiceRow, Field, Reader, Weight},
};
use axum::{
    Form,
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the address says beside the link.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// What just happened.
    done: Option<String>,
    /// `cancel` or `delete`: asked once more.
    ask: Option<String>,
}

/// What a button of the page sends.
#[derive(Deserialize)]
pub struct Press {
    /// Which one.
    act: String,
    /// Which place.
    place: Option<String>,
    /// Whether a place on the waiting list will do instead of the seat they have.
    wait: Option<String>,
    /// Whether what they sent a second time is meant too.
    also: Option<String>,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for a link that nobody has.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let (event, registration) = seats::find_own(&ctx, &link).await?;
    let Some(guest) = &registration.guest else { return Ok(draw_gone(&ctx, reader, &event, &link)) };
    let is_ended = registration.row.state == Seat::Cancelled;
    match asked.ask.as_deref() {
        Some("cancel") if !is_ended => {
            let is_twice = !seats::repeats(&ctx, &registration.row.id, true).await?.is_empty();
            return Ok(draw_ask(&ctx, reader, &event, &link, Ask::Cancel, is_twice));
        }
        Some("delete") => {
            let is_twice = !seats::repeats(&ctx, &registration.row.id, false).await?.is_empty();
            return Ok(draw_ask(&ctx, reader, &event, &link, Ask::Delete, is_twice));
        }
        _ => {}
    }
    let said = match asked.done.as_deref() {
        Some("moved") => Some(Said::Moved),
        Some("corrected") => Some(Said::Corrected),
        Some("accepted") if registration.row.state == Seat::Registered => Some(Said::Accepted),
        _ => None,
    };
    draw(&ctx, reader, StatusCode::OK, &event, &registration, guest, said).await
}

/// Says yes or no to an offer, goes to a place, gives back, deletes.
///
/// # Errors
/// [`AppError::NotFound`] for a link that nobody has, [`AppError::Malformed`] for what no button sends.
pub async fn press(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
    Form(press): Form<Press>,
) -> Result<Response, AppError> {
    let (event, registration) = seats::find_own(&ctx, &link).await?;
    let Some(guest) = &registration.guest else { return Ok(draw_gone(&ctx, reader, &event, &link)) };
    let id = &registration.row.id;
    let path = paths::registration(reader, &link);
    let to = |done: &str| go(&[path.as_str(), "?done=", done].concat());
    let refusal = match press.act.as_str() {
        "accept" => match seats::accept(&ctx, id).await? {
            Ok(()) => return Ok(to("accepted")),
            Err(refusal) => refusal,
        },
        "decline" => match seats::decline(&ctx, id).await? {
            Ok(()) => return Ok(to("declined")),
            Err(refusal) => refusal,
        },
        // Whom organizers took out does not come back by themselves.
        "choose"
            if registration.row.state == Seat::Cancelled
                && !seats::may_come_back(registration.row.ended_by.as_deref()) =>
        {
            Refusal::Over
        }
        "choose" => {
            let place = place_of(&event, press.place.as_deref().unwrap_or_default()).ok_or(AppError::Malformed)?;
            let is_new = matches!(registration.row.state, Seat::Interested | Seat::Cancelled);
            if is_new && !is_complete(&event, &registration.row, guest, ctx.clock().today()) {
                return Ok(go(&[path.as_str(), "/correct"].concat()));
            }
            match seats::choose(&ctx, id, &place, press.wait.is_some(), None).await? {
                Ok(_) if is_new => return Ok(to("registered")),
                Ok(Choice::Seated | Choice::Waiting) => return Ok(to("moved")),
                Ok(Choice::Same) => return Ok(to("same")),
                Err(Refusal::Full) => {
                    let (event, registration) = seats::find_own(&ctx, &link).await?;
                    let (Some(guest), Some(there)) = (&registration.guest, event.place(&place)) else {
                        return Ok(draw_gone(&ctx, reader, &event, &link));
                    };
                    let said = Some(Said::Full(there));
                    return draw(&ctx, reader, StatusCode::CONFLICT, &event, &registration, guest, said).await;
                }
                Err(refusal) => refusal,
            }
        }
        // What is over is not given back: organizers know who had a seat.
        "cancel" if event.is_over(ctx.clock().now_ms()) => Refusal::Over,
        "cancel" => {
            // First what stands behind it, or the seat would go on to it.
            if press.also.is_some() {
                for other in seats::repeats(&ctx, id, true).await? {
                    match seats::cancel(&ctx, &other, Ended::Guest, None).await {
                        Ok(()) | Err(AppError::Conflict) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            match seats::cancel(&ctx, id, Ended::Guest, None).await {
                Ok(()) => return Ok(to("cancelled")),
                Err(AppError::Conflict) => Refusal::Over,
                Err(error) => return Err(error),
            }
        }
        "delete" => {
            if press.also.is_some() {
                for other in seats::repeats(&ctx, id, false).await? {
                    seats::delete_data(&ctx, &other, Ended::Guest, None).await?;
                }
            }
            seats::delete_data(&ctx, id, Ended::Guest, None).await?;
            return Ok(go(&path));
        }
        _ => return Err(AppError::Malformed),
    };
    debug_assert_ne!(refusal, Refusal::Full);
    let (event, registration) = seats::find_own(&ctx, &link).await?;
    let Some(guest) = &registration.guest else { return Ok(draw_gone(&ctx, reader, &event, &link)) };
    draw(&ctx, reader, StatusCode::CONFLICT, &event, &registration, guest, Some(Said::TooLate)).await
}

/// The calendar entry. Who had a seat and has none is given the entry that takes the old one away.
///
/// # Errors
/// [`AppError::NotFound`] for a link that nobody has and for who never had a seat, [`AppError::Expired`] once the name
/// was deleted.
pub async fn calendar(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let (event, registration) = seats::find_own(&ctx, &link).await?;
    if registration.guest.is_none() {
        return Err(AppError::Expired);
    }
    let row = &registration.row;
    if row.state == Seat::Interested || (row.state == Seat::Waiting && row.changes == 0) {
        return Err(AppError::NotFound);
    }
    let place = row.place_id.as_ref().and_then(|place| event.place(place));
    let is_cancelled = !matches!(row.state, Seat::Registered | Seat::Offered) || event.standing == Standing::Cancelled;
    let entry = personal_entry(&ctx, &event, place, row.changes, reader, is_cancelled);
    let mut response = Response::new(Body::from(entry));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"event.ics\""));
    Ok(response)
}

async fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    event: &Event,
    registration: &Registration,
    guest: &guest::Model,
    said: Option<Said<'_>>,
) -> Result<Response, AppError> {
    let following = own::own_following(ctx, event, &registration.row, guest).await?;
    let following = following.map(|link| paths::unfollow(reader, &link.reveal()));
    let following = following.as_deref();
    let path = ["/registrations/", &registration.link.reveal()].concat();
    let head = guest_head(reader, title(reader, event, registration), path);
    let is_complete = is_complete(event, &registration.row, guest, ctx.clock().today());
    let own = Own { ctx, reader, event, registration, guest, is_complete, said, following };
    Ok(page(ctx, status, head, || own.view().into_any()))
}

/// What is asked once more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    Cancel,
    Delete,
}

fn draw_ask(ctx: &Context, reader: Reader, event: &Event, link: &str, ask: Ask, is_twice: bool) -> Response {
    let locale = reader.locale;
    let (title, text, yes, act) = match ask {
        Ask::Cancel => (
            td_string!(locale, registrations.cancel_title),
            td_string!(locale, registrations.cancel_text),
            td_string!(locale, registrations.cancel_yes),
            "cancel",
        ),
        Ask::Delete => (
            td_string!(locale, registrations.delete_title),
            td_string!(locale, registrations.delete_text),
            td_string!(locale, registrations.delete_yes),
            "delete",
        ),
    };
    let head = guest_head(reader, title, ["/registrations/", link, "?ask=", act].concat());
    let action = paths::registration(reader, link);
    page(ctx, StatusCode::OK, head, || {
        let keep = action.clone();
        let also = is_twice.then(|| {
            let field = Field::new("also", td_string!(locale, registrations.also_title));
            let row = ChoiceRow {
                value: "yes".to_owned(),
                label: td_string!(locale, registrations.also).to_owned(),
                checked: true,
                ..ChoiceRow::default()
            };
            view! { <Checkboxes reader field name="also" choices=vec![row] /> }
        });
        view! {
            <form method="post" action=action>
                <h1 inner_html=reader.rich(title)></h1>
                {notes::heading(ctx, reader, event)}
                <p inner_html=reader.rich(text)></p>
                {also}
                <div class="c-actions">
                    <Button reader label=yes weight=Weight::Grave name="act" value=act />
                    <ButtonLink
                        reader
                        href=keep
                        label=td_string!(locale, registrations.keep)
                        weight=Weight::Quiet
                    />
                </div>
            </form>
        }
        .into_any()
    })
}

/// After the name was deleted, by whomever.
pub(super) fn draw_gone(ctx: &Context, reader: Reader, event: &Event, link: &str) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, registrations.gone_title);
    let head = guest_head(reader, title, ["/registrations/", link].concat());
    page(ctx, StatusCode::GONE, head, || {
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, registrations.gone_text))></p>
            {notes::ways(reader, &event.slug)}
        }
        .into_any()
    })
}
