//! `/console/events/{slug}/attendance`: who is there, the desks, and what has to be looked at.

use super::{
    parts::Numbers,
    tray::{self, Names},
};
use crate::{
    auth::{Organizer, pages::problems::Problems, server::token::Token},
    console::{Screen, Section, screen},
    desk,
    error::AppError,
    events::{
        console::parts::home,
        guest::Line,
        paths,
        server::{
            access::{self, Access},
            attendance::{
                self, DeskState, Rolled,
                by_hand::{self, Decision},
                desks,
            },
            catalogue::{self, Event},
            guest_list,
        },
    },
    i18n::*,
    ids::PlaceId,
    server::{Context, assets::Bundle},
    ui::{Button, DataTable, Field, Reader, Select, TextField, Tone, Weight, choices::ChoiceRow, qr},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use rollcall::Id;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    /// What has just been done.
    done: String,
}

/// What is sent: a desk to open or to close, or a decision on something that waits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AttendanceForm {
    act: String,
    id: String,
    guest: String,
    name: String,
    place: String,
    hours: String,
}

/// So long a desk is open unless somebody says otherwise.
const HOURS: &str = "12";

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] if it is others' alone.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    let locale = reader.locale;
    let notice = match done.done.as_str() {
        "revoked" => Some((Tone::Done, td_string!(locale, desk.done_revoked).to_owned())),
        "settled" => Some((Tone::Done, td_string!(locale, desk.done_settled).to_owned())),
        "taken-in" => Some((Tone::Done, td_string!(locale, desk.done_taken_in).to_owned())),
        "merged" => Some((Tone::Done, td_string!(locale, desk.done_merged).to_owned())),
        "conflict" => Some((Tone::Wrong, td_string!(locale, desk.done_conflict).to_owned())),
        _ => None,
    };
    let typed = AttendanceForm { hours: HOURS.to_owned(), ..AttendanceForm::default() };
    draw(&ctx, &organizer, reader, &event, StatusCode::OK, Drawn { typed, notice, ..Drawn::default() }).await
}

/// Opens or closes a desk, or decides.
///
/// # Errors
/// As [`show`]; [`AppError::Forbidden`] for roles that may not, [`AppError::Malformed`] for what is no form.
pub async fn act(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<AttendanceForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(typed) = form.map_err(|_| AppError::Malformed)?;
    let event = catalogue::find_any(&ctx, &slug).await?;
    let access = access::of(&ctx, &organizer, &event).await?;
    let id = || Id::parse(&typed.id).ok_or(AppError::NotFound);
    let done = match typed.act.as_str() {
        "open" => return open(&ctx, &organizer, reader, &event, &access, typed).await,
        "revoke" => desks::revoke(&ctx, &access, &event, id()?).await.map(|()| "revoked"),
        "settle" => by_hand::decide(&ctx, &access, &event, &typed.id, Decision::Settle).await.map(|()| "settled"),
        "take-in" => by_hand::decide(&ctx, &access, &event, &typed.id, Decision::TakeIn).await.map(|()| "taken-in"),
        // Nobody was chosen: nothing to do.
        "same" if typed.guest.is_empty() => Ok(""),
        "same" => {
            let guest = Id::parse(&typed.guest).ok_or(AppError::NotFound)?;
            by_hand::is_same(&ctx, &access, &event, id()?, guest).await.map(|()| "merged")
        }
        _ => return Err(AppError::Malformed),
    };
    let done = match done {
        Err(AppError::Conflict) => "conflict",
        other => other?,
    };
    Ok(Redirect::to(&paths::console(&slug, &["/attendance?done=", done].concat())).into_response())
}

async fn open(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    access: &Access,
    typed: AttendanceForm,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let mut problems = Problems::default();
    let name = Line::required(&typed.name).ok();
    let place = PlaceId(typed.place.clone());
    let hours: Option<i64> = typed.hours.nfkc().collect::<String>().trim().parse().ok();
    let hours = hours.filter(|hours| (1..=desks::MOST_HOURS).contains(hours));
    if name.is_none() {
        problems.add("name", td_string!(locale, desk.fault_name));
    }
    if event.place(&place).is_none() {
        problems.add("place", td_string!(locale, desk.fault_place));
    }
    if hours.is_none() {
        problems.add("hours", td_string!(locale, desk.fault_hours));
    }
    let (Some(name), Some(hours), true) = (name, hours, problems.is_empty()) else {
        let drawn = Drawn { typed, problems, ..Drawn::default() };
        return draw(ctx, organizer, reader, event, StatusCode::UNPROCESSABLE_ENTITY, drawn).await;
    };
    let (_, invitation) = desks::open(ctx, access, event, &place, &name, hours).await?;
    // Shown once, here: it stands in no address that this browser would remember.
    let drawn = Drawn { typed: AttendanceForm { name: String::new(), ..typed }, invitation: Some(invitation), ..Drawn::default() };
    draw(ctx, organizer, reader, event, StatusCode::OK, drawn).await
}

#[derive(Default)]
struct Drawn {
    typed: AttendanceForm,
    problems: Problems,
    notice: Option<(Tone, String)>,
    invitation: Option<Token>,
}

async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    status: StatusCode,
    drawn: Drawn,
) -> Result<Response, AppError> {
    let access = access::of(ctx, organizer, event).await?;
    let numbers = Numbers::read(ctx, reader, event).await?;
    let rolled = attendance::roll(ctx, event).await?;
    let names = match access.sees_guests() {
        true => Some(names(ctx, &access, event).await?),
        false => None,
    };
    let locale = reader.locale;
    let Drawn { typed, problems, notice, invitation } = drawn;
    let about = Screen::new(Section::Events, td_string!(locale, desk.attendance_title))
        .problems(problems.clone())
        .notice(notice)
        .with_bundle(Bundle::Console);
    let (ctx, event) = (ctx.clone(), event.clone());
    let address = invitation.map(|token| [&ctx.site().base_url, &*desk::paths::open(reader.tag(), token.reveal())].concat());
    Ok(screen(&ctx.clone(), organizer, reader, status, about, move || {
        let may_change = access.require_organizer().is_ok();
        let display = paths::console(&event.slug, "/display");
        view! {
            {home(reader, &event)}
            {address.map(|address| square(reader, &address))}
            {numbers.draw(reader, false)}
            <p>
                <a href=display inner_html=reader.rich(td_string!(locale, desk.to_display))></a>
            </p>
            {names
                .as_ref()
                .filter(|_| may_change)
                .map(|names| tray::tray(&ctx, reader, &event, &rolled, names))}
            {desk_table(&ctx, reader, &event, &access, &rolled)}
            {access.sees_guests().then(|| form(reader, &event, &access, &typed, &problems))}
            {names
                .as_ref()
                .map(|names| tray::walk_ins(&ctx, reader, &event, &rolled, names, may_change))}
        }
        .into_any()
    }))
}

/// Who registered, and what desks told.
async fn names(ctx: &Context, access: &Access, event: &Event) -> Result<Names, AppError> {
    let mut rows = guest_list::load(ctx, access, event).await?;
    rows.retain(|row| row.guest.is_some());
    rows.sort_by_cached_key(guest_list::Row::kana);
    let guests = rows.iter().filter_map(|row| Some((attendance::wire_id(row.row.id.as_str())?, row.name().to_owned())));
    Ok(Names { guests: guests.collect(), told: attendance::names(ctx, event).await? })
}

/// The square that a phone enters by, once.
fn square(reader: Reader, address: &str) -> impl IntoView + use<> {
    let locale = reader.locale;
    let label = reader.plain(td_string!(locale, desk.opened_desk));
    let svg = qr::svg_on_screen(address, &label).unwrap_or_default();
    view! {
        <section class="desk-square" id="square">
            <p inner_html=reader.rich(td_string!(locale, desk.opened_desk))></p>
            <div class="desk-square__code" inner_html=svg></div>
            <p>
                <span inner_html=reader.rich(td_string!(locale, desk.opened_link))></span>
                " "
                <a id="desk-link" href=address.to_owned() translate="no">
                    {address.to_owned()}
                </a>
            </p>
        </section>
    }
}

fn desk_table(
    ctx: &Context,
    reader: Reader,
    event: &Event,
    access: &Access,
    rolled: &Rolled,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let heading = view! { <h2 inner_html=reader.rich(td_string!(locale, desk.desks_title))></h2> };
    if rolled.desks.is_empty() {
        let none = reader.rich(td_string!(locale, desk.attendance_none));
        return view! {
            {heading}
            <p inner_html=none></p>
        }
        .into_any();
    }
    let columns = [
        td_string!(locale, desk.col_desk),
        td_string!(locale, desk.place),
        td_string!(locale, desk.col_state),
        td_string!(locale, desk.col_made),
        td_string!(locale, desk.col_missing),
        td_string!(locale, desk.col_heard),
        td_string!(locale, desk.col_act),
    ];
    let rows = rolled.desks.iter().map(|state| desk_row(ctx, reader, event, access, state)).collect_view();
    let columns = columns.map(str::to_owned).to_vec();
    view! {
        {heading}
        <DataTable reader id="desks" caption=td_string!(locale, desk.desks_caption) columns>
            {rows}
        </DataTable>
        <p class="c-hint" inner_html=reader.rich(td_string!(locale, desk.revoke_hint))></p>
    }
    .into_any()
}

fn desk_row(
    ctx: &Context,
    reader: Reader,
    event: &Event,
    access: &Access,
    DeskState { desk, held }: &DeskState,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let is_over = ctx.clock().now_ms() >= desk.expires_at;
    let is_organizers = by_hand::own_desk(&event.id).is_some_and(|own| own.to_string() == desk.id);
    let state = match (desk.revoked_at, desk.entered_at) {
        _ if is_organizers => "",
        (Some(_), _) => td_string!(locale, desk.state_revoked),
        (None, _) if is_over => td_string!(locale, desk.state_over),
        (None, None) => td_string!(locale, desk.state_invited),
        (None, Some(_)) => td_string!(locale, desk.state_open),
    };
    let name = if is_organizers {
        let words = reader.rich(td_string!(locale, desk.by_organizers));
        view! { <span inner_html=words></span> }.into_any()
    } else {
        view! { <span translate="no">{desk.name.clone()}</span> }.into_any()
    };
    let place = event.place(&desk.place_id).filter(|_| !is_organizers).map(|place| place.name.plain(reader));
    let gaps = held.gaps();
    let gaps = (!gaps.is_empty()).then(|| {
        let numbers = gaps.into_iter().map(|(from, to)| match from == to {
            true => from.to_string(),
            false => format!("{from}–{to}"),
        });
        let numbers = numbers.collect::<Vec<_>>().join(", ");
        reader.rich(&td_string!(locale, desk.gaps, numbers = numbers).to_string())
    });
    let heard = match desk.seen_at {
        Some(seen_at) => ctx.clock().written(seen_at),
        None => reader.plain(td_string!(locale, desk.never_heard)),
    };
    let may_revoke = desk.revoked_at.is_none() && !is_over && access.sees_guests() && access.reaches(Some(&desk.place_id));
    let act = may_revoke.then(|| {
        view! {
            <form method="post" action=paths::console(&event.slug, "/attendance")>
                <input type="hidden" name="id" value=desk.id.clone() />
                <Button reader label=td_string!(locale, desk.revoke) weight=Weight::Quiet name="act" value="revoke" />
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{place}</td>
            <td inner_html=reader.rich(state)></td>
            <td class="is-number">{held.made()}</td>
            <td class="is-number">
                {held.missing()} {gaps.map(|gaps| view! { <small class="desk-gaps" inner_html=gaps></small> })}
            </td>
            <td>{heard}</td>
            <td>{act}</td>
        </tr>
    }
}

fn form(
    reader: Reader,
    event: &Event,
    access: &Access,
    typed: &AttendanceForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let places = event.places.iter().filter(|place| access.reaches(Some(&place.id))).map(|place| ChoiceRow {
        value: place.id.as_str().to_owned(),
        label: place.name.plain(reader),
        checked: place.id.as_str() == typed.place,
        ..ChoiceRow::default()
    });
    let places = places.collect();
    let name = Field::new("name", td_string!(locale, desk.open_name))
        .hint(td_string!(locale, desk.open_name_hint))
        .error(problems.of("name"))
        .required();
    let place = Field::new("place", td_string!(locale, desk.open_place)).error(problems.of("place")).required();
    let hours = Field::new("hours", td_string!(locale, desk.open_hours))
        .hint(td_string!(locale, desk.open_hours_hint))
        .error(problems.of("hours"))
        .required();
    let (typed_name, typed_hours) = (typed.name.clone(), typed.hours.clone());
    view! {
        <form class="answers-form" method="post" action=paths::console(&event.slug, "/attendance") novalidate>
            <h2 inner_html=reader.rich(td_string!(locale, desk.open_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.open_text))></p>
            <p inner_html=reader.rich(td_string!(locale, desk.rehearsal))></p>
            <TextField reader field=name name="name" value=typed_name autocomplete="off" />
            <Select reader field=place name="place" choices=places />
            <TextField reader field=hours name="hours" value=typed_hours autocomplete="off" inputmode="numeric" />
            <Button reader label=td_string!(locale, desk.open_button) name="act" value="open" />
        </form>
    }
}
