//! `/console/events/{slug}`: one event: where it stands, what can be done.

use super::parts::{link, of_series, said, standing_chip};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        seating::Stuck,
        server::{
            access::{self, Access},
            catalogue::{self, Event, Place},
            mails::Reached,
            planning::{self, ToDo},
        },
        standing::{self, Standing},
    },
    i18n::*,
    server::Context,
    ui::{Button, ButtonLink, DataTable, Reader, Tone, Weight, dates::long_day},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OverviewQuery {
    /// What has just been done.
    done: String,
    /// How many were told by mail.
    mailed: String,
    /// How many are to be called.
    to_call: String,
    /// `yes` if what guests know is no longer right, and nobody has told them.
    untold: String,
    /// `cancel` where somebody is to be asked once more.
    ask: String,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] if it is others' alone.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(query): Query<OverviewQuery>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    let access = access::of(&ctx, &organizer, &event).await?;
    let to_do = planning::to_do(&ctx).await?;
    let is_over = event.is_over(ctx.clock().now_ms());
    let is_past = event.held_on < ctx.clock().today();
    let asks = query.ask == "cancel";
    let about = Screen::new(Section::Events, event.title.said(reader).text).notice(notice(reader, &query));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || {
        body(reader, &event, &access, &to_do, Now { is_over, is_past, asks }).into_any()
    }))
}

/// What a button sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StateForm {
    /// `draft`, `announced`, `open`, `closed`, `cancelled`.
    state: String,
    /// `yes` where it was asked once more.
    sure: String,
}

/// Announces, opens, closes or cancels an event, and leads back. Cancelling asks once more.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that may not, [`AppError::Conflict`] where it cannot be: taking back what people
/// registered for, or opening what is over; [`AppError::Malformed`] for what is no state.
pub async fn set_state(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
    form: Result<Form<StateForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let event = catalogue::find_any(&ctx, &slug).await?;
    let access = access::of(&ctx, &organizer, &event).await?;
    access.require_organizer()?;
    let state = match form.state.as_str() {
        "draft" => standing::State::Draft,
        "announced" => standing::State::Announced,
        "open" => standing::State::Open,
        "closed" => standing::State::Closed,
        "cancelled" => standing::State::Cancelled,
        _ => return Err(AppError::Malformed),
    };
    if state == standing::State::Cancelled && form.sure != "yes" {
        return Ok(Redirect::to(&paths::console(&slug, "?ask=cancel")).into_response());
    }
    let is_used =
        event.interested > 0 || event.seats().0 > 0 || event.places.iter().any(|place| place.taken.waiting > 0);
    let is_past = event.held_on < ctx.clock().today();
    if is_past || event.state != state && !standing::may_become(event.state, state, is_used) {
        return Err(AppError::Conflict);
    }
    let Reached { mailed, to_call, .. } = planning::set_state(&ctx, &access, state).await?;
    let to = format!("?done={}&mailed={mailed}&to_call={to_call}", form.state);
    Ok(Redirect::to(&paths::console(&slug, &to)).into_response())
}

fn notice(reader: Reader, query: &OverviewQuery) -> Option<(Tone, String)> {
    let locale = reader.locale;
    let count = |typed: &str| typed.parse::<u32>().unwrap_or(0);
    let done = match query.done.as_str() {
        "created" => td_string!(locale, planning.done_created),
        "saved" => td_string!(locale, planning.done_saved),
        "draft" => td_string!(locale, planning.done_withdrawn),
        "announced" => td_string!(locale, planning.done_announced),
        "open" => td_string!(locale, planning.done_opened),
        "closed" => td_string!(locale, planning.done_closed),
        "cancelled" => td_string!(locale, planning.done_cancelled),
        _ => return None,
    };
    let told = match (count(&query.mailed), count(&query.to_call)) {
        (0, 0) => String::new(),
        (mailed, to_call) => td_string!(locale, planning.done_told, mailed = mailed, to_call = to_call).to_string(),
    };
    let untold = match query.untold.as_str() {
        "yes" => td_string!(locale, planning.done_untold),
        _ => "",
    };
    let words = [done, told.as_str(), untold].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
    Some((if untold.is_empty() { Tone::Done } else { Tone::Waiting }, words.join(" ")))
}

/// What the moment adds.
#[derive(Clone, Copy, Debug)]
struct Now {
    /// Nobody is given a seat any more.
    is_over: bool,
    /// Its day has gone by.
    is_past: bool,
    /// Whether cancelling is asked about.
    asks: bool,
}

fn body(reader: Reader, event: &Event, access: &Access, to_do: &ToDo, now: Now) -> impl IntoView + use<> {
    let locale = reader.locale;
    let slug = &event.slug;
    let may_change = access.require_organizer().is_ok();
    let hours = match (event.begins, event.ends) {
        (Some(begins), Some(ends)) => [begins.to_string(), ends.to_string()].join("–"),
        (Some(time), None) | (None, Some(time)) => time.to_string(),
        (None, None) => String::new(),
    };
    let day = long_day(reader, event.held_on);
    view! {
        <p>{of_series(reader, event)}</p>
        <p>
            <span inner_html=reader.rich(&day)></span>
            " "
            {hours}
            " "
            {standing_chip(reader, event.standing)}
        </p>
        {numbers(reader, event, access, to_do)}
        {places(reader, event, access, now.is_over)}
        {(may_change && !now.is_past).then(|| steps(reader, event, now.asks))}
        {links(reader, event, access)}
        {may_change
            .then(|| {
                view! {
                    <section>
                        <h2 inner_html=reader.rich(td_string!(locale, planning.copy_title))></h2>
                        <p inner_html=reader.rich(td_string!(locale, planning.copy_text))></p>
                        <form method="post" action=paths::console(slug, "/copy")>
                            <Button reader label=td_string!(locale, planning.copy_button) weight=Weight::Quiet />
                        </form>
                    </section>
                }
            })}
    }
}

/// How many there are of whom, as far as their place is this organizer's.
fn numbers(reader: Reader, event: &Event, access: &Access, to_do: &ToDo) -> impl IntoView + use<> {
    let locale = reader.locale;
    let sum = |of: fn(&Place) -> u32| -> u32 {
        event.places.iter().filter(|place| access.reaches(Some(&place.id))).map(of).sum()
    };
    let mut rows = vec![
        (td_string!(locale, planning.count_registered), sum(|place| place.taken.registered)),
        (td_string!(locale, planning.count_offered), sum(|place| place.taken.offered)),
        (td_string!(locale, planning.count_waiting), sum(|place| place.taken.waiting)),
    ];
    if access.reaches(None) {
        rows.push((td_string!(locale, planning.count_interested), event.interested));
    }
    rows.push((td_string!(locale, planning.count_repeats), to_do.repeats(access)));
    rows.push((td_string!(locale, planning.count_calls), to_do.calls(access)));
    let rows = rows.into_iter().map(|(words, count)| {
        view! {
            <div class="planning-number">
                <dt inner_html=reader.rich(words)></dt>
                <dd>{count}</dd>
            </div>
        }
    });
    view! { <dl class="planning-numbers">{rows.collect_view()}</dl> }
}

fn places(reader: Reader, event: &Event, access: &Access, is_over: bool) -> impl IntoView + use<> {
    let locale = reader.locale;
    if event.places.is_empty() {
        let words = reader.rich(td_string!(locale, planning.no_places));
        return view! { <p inner_html=words></p> }.into_any();
    }
    let columns = [
        td_string!(locale, planning.col_place),
        td_string!(locale, planning.count_registered),
        td_string!(locale, planning.count_offered),
        td_string!(locale, planning.col_waiting),
        td_string!(locale, planning.col_free),
        td_string!(locale, planning.col_stuck),
    ];
    let columns = columns.map(str::to_owned).to_vec();
    let rows = event.places.iter().filter(|place| access.reaches(Some(&place.id))).map(|place| {
        let taken = place.taken;
        let free = match taken.capacity {
            Some(all) => td_string!(locale, planning.free_of, free = taken.free(), all = all).to_string(),
            None => td_string!(locale, planning.no_limit).to_owned(),
        };
        let why = taken.stuck(is_over).map(|stuck| stuck_words(reader, stuck)).unwrap_or_default();
        let unfixed = (!place.is_fixed()).then(|| {
            let words = reader.rich(td_string!(locale, planning.address_unknown));
            view! { <span class="planning-of" inner_html=words></span> }
        });
        view! {
            <tr>
                <th scope="row">{said(reader, &place.name)} {unfixed}</th>
                <td>{taken.registered}</td>
                <td>{taken.offered}</td>
                <td>{taken.waiting}</td>
                <td inner_html=reader.rich(&free)></td>
                <td class="planning-why" inner_html=reader.rich(why)></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <DataTable reader id="places" caption=td_string!(locale, planning.places_caption) columns>
            {rows}
        </DataTable>
    }
    .into_any()
}

/// Why nobody moves up though somebody waits.
fn stuck_words(reader: Reader, stuck: Stuck) -> &'static str {
    match stuck {
        Stuck::Full => td_string!(reader.locale, planning.stuck_full),
        Stuck::Offered => td_string!(reader.locale, planning.stuck_offered),
        Stuck::Over => td_string!(reader.locale, planning.stuck_over),
    }
}

/// What can be decided next.
fn steps(reader: Reader, event: &Event, asks: bool) -> Option<impl IntoView + use<>> {
    let locale = reader.locale;
    let announce = (td_string!(locale, planning.do_announce), "announced");
    let open = (td_string!(locale, planning.do_open), "open");
    let close = (td_string!(locale, planning.do_close), "closed");
    let reopen = (td_string!(locale, planning.do_reopen), "open");
    let withdraw = (td_string!(locale, planning.do_withdraw), "draft");
    let after_all = (td_string!(locale, planning.do_after_all), "announced");
    let is_unused = event.interested == 0
        && event.places.iter().all(|place| place.taken.registered + place.taken.offered + place.taken.waiting == 0);
    let (words, mut buttons) = match (event.standing, event.state) {
        (Standing::Held | Standing::Reported, _) => return None,
        (Standing::Cancelled, _) => (td_string!(locale, planning.step_cancelled), vec![after_all]),
        (_, standing::State::Draft) => (td_string!(locale, planning.step_draft), vec![announce, open]),
        (_, standing::State::Announced) => (td_string!(locale, planning.step_announced), vec![open]),
        (_, standing::State::Open) => (td_string!(locale, planning.step_open), vec![close]),
        (_, _) => (td_string!(locale, planning.step_closed), vec![reopen]),
    };
    if is_unused && event.standing.is_ahead() {
        buttons.push(withdraw);
    }
    let buttons = buttons.into_iter().enumerate().map(|(index, (label, value))| {
        let weight = if index == 0 { Weight::Primary } else { Weight::Quiet };
        view! { <Button reader label weight name="state" value=value /> }
    });
    let buttons = buttons.collect_view();
    let action = paths::console(&event.slug, "/state");
    // Opened first, so that one touch too many cancels nothing.
    let cancel = event.standing.is_ahead().then(|| {
        let action = action.clone();
        view! {
            <details class="c-console__more" open=asks>
                <summary inner_html=reader.rich(td_string!(locale, planning.do_cancel))></summary>
                <p inner_html=reader.rich(td_string!(locale, planning.cancel_question))></p>
                <form method="post" action=action>
                    <input type="hidden" name="sure" value="yes" />
                    <Button
                        reader
                        label=td_string!(locale, planning.cancel_button)
                        weight=Weight::Grave
                        name="state"
                        value="cancelled"
                    />
                </form>
            </details>
        }
    });
    Some(view! {
        <section>
            <h2 inner_html=reader.rich(td_string!(locale, planning.steps_title))></h2>
            <p inner_html=reader.rich(words)></p>
            <form class="c-actions" method="post" action=action>
                {buttons}
            </form>
            {cancel}
        </section>
    })
}

fn links(reader: Reader, event: &Event, access: &Access) -> impl IntoView + use<> {
    let locale = reader.locale;
    let slug = &event.slug;
    let may_change = access.require_organizer().is_ok();
    let edit = may_change.then(|| {
        view! {
            <ButtonLink reader href=paths::console(slug, "/edit") label=td_string!(locale, planning.to_edit) weight=Weight::Quiet />
        }
    });
    let guests = access.sees_guests().then(|| {
        view! {
            <ButtonLink
                reader
                href=paths::console(slug, "/guests")
                label=td_string!(locale, planning.to_guests)
                weight=Weight::Quiet
            />
        }
    });
    let mut rows = vec![(paths::console(slug, "/attendance"), td_string!(locale, desk.attendance_title))];
    if access.sees_guests() {
        rows.push((paths::console(slug, "/mailings"), td_string!(locale, planning.to_mailings)));
        rows.push((paths::console(slug, "/print"), td_string!(locale, planning.to_print)));
    }
    rows.push((paths::console(slug, "/roles"), td_string!(locale, planning.roles_title)));
    if event.standing.is_public() {
        rows.push((paths::event(reader, slug), td_string!(locale, planning.to_public)));
    }
    let rows = rows.into_iter().map(|(href, words)| link(reader, href, words)).collect_view();
    view! {
        <div class="c-actions">{edit} {guests}</div>
        <ul class="answers-links">{rows}</ul>
    }
}
