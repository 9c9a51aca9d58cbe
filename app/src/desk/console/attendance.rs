//! `/console/events/{slug}/attendance`: who is there, the desks, and what has to be looked at.

use super::{
    desk_table,
    parts::Numbers,
    tray::{self, Known, Names},
};
use crate::{
    auth::{Organizer, pages::problems::Problems, server::token::Token},
    console::{Screen, Section, screen},
    desk,
    error::AppError,
    events::{
        console::{guest_parts::fault_word, parts::home},
        guest::{Fault, Line, key},
        paths,
        server::{
            access::{self, Access},
            attendance::{
                self,
                by_hand::{self, Decision},
                desks::{self, Opening},
            },
            catalogue::{self, Event},
            guest_list,
        },
    },
    i18n::*,
    ids::PlaceId,
    server::{Context, assets::Bundle},
    ui::{Button, Field, Reader, Select, TextField, Tone, choices::ChoiceRow, qr},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use rollcall::{Act, Id};
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
        "nobody" => Some((Tone::Wrong, td_string!(locale, desk.done_nobody).to_owned())),
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
        "came" => {
            let place = Id::parse(&typed.place).ok_or(AppError::NotFound)?;
            by_hand::say(&ctx, &access, &event, Act::Move { guest: id()?, place }).await.map(|()| "settled")
        }
        "settle" => by_hand::decide(&ctx, &access, &event, &typed.id, Decision::Settle).await.map(|()| "settled"),
        "take-in" => by_hand::decide(&ctx, &access, &event, &typed.id, Decision::TakeIn).await.map(|()| "taken-in"),
        "same" if typed.guest.is_empty() => Ok("nobody"),
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
    let name = Line::required(&typed.name);
    let place = PlaceId(typed.place.clone());
    // Before anything is said of what is there.
    access.require_guests()?;
    if event.place(&place).is_some() && !access.reaches(Some(&place)) {
        return Err(AppError::Forbidden);
    }
    let hours: Option<i64> = typed.hours.nfkc().collect::<String>().trim().parse().ok();
    let hours = hours.filter(|hours| (1..=desks::MOST_HOURS).contains(hours));
    // The form brings its own id, so that a page that is loaded anew opens no second desk.
    let id = Id::parse(&typed.id).unwrap_or_else(desks::new_id);
    let fault = match &name {
        Err(Fault::Missing) => Some(td_string!(locale, desk.fault_name)),
        Err(fault) => Some(fault_word(reader, *fault)),
        Ok(name) if is_named(ctx, event, name, id).await? => Some(td_string!(locale, desk.fault_name_taken)),
        Ok(_) => None,
    };
    if let Some(fault) = fault {
        problems.add("name", fault);
    }
    if event.place(&place).is_none() {
        problems.add("place", td_string!(locale, desk.fault_place));
    }
    if hours.is_none() {
        problems.add("hours", td_string!(locale, desk.fault_hours));
    }
    let (Ok(name), Some(hours), true) = (name, hours, problems.is_empty()) else {
        let drawn = Drawn { typed, problems, ..Drawn::default() };
        return draw(ctx, organizer, reader, event, StatusCode::UNPROCESSABLE_ENTITY, drawn).await;
    };
    let invitation = match desks::open(ctx, access, event, &Opening { id, place: &place, name: &name, hours }).await {
        Ok(invitation) => Some(invitation),
        // The page was loaded anew after a phone had entered: that desk is in the list.
        Err(AppError::Conflict) => None,
        Err(error) => return Err(error),
    };
    // Shown once, here: it stands in no address that this browser would remember.
    let drawn = Drawn { typed: AttendanceForm { name: String::new(), ..typed }, invitation, ..Drawn::default() };
    draw(ctx, organizer, reader, event, StatusCode::OK, drawn).await
}

/// Whether another desk that is open is called so: nobody could tell which one to close.
async fn is_named(ctx: &Context, event: &Event, name: &Line, id: Id) -> Result<bool, AppError> {
    let now = ctx.clock().now_ms();
    let open = attendance::open_desks(ctx, &event.id, now).await?;
    Ok(open.iter().any(|(other, called)| *other != id && key(called) == key(name.as_str())))
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
    let address =
        invitation.map(|token| [&ctx.site().base_url, &*desk::paths::open(reader.tag(), token.reveal())].concat());
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
            {may_change.then(|| files(reader, &event))}
            {names
                .as_ref()
                .filter(|_| may_change)
                .map(|names| tray::tray(&ctx, reader, &event, &rolled, names))}
            {names.as_ref().map(|names| tray::unsure(&ctx, reader, &event, &rolled, names, &access))}
            {desk_table::draw(&ctx, reader, &event, &access, &rolled)}
            {access.sees_guests().then(|| form(reader, &event, &access, &typed, &problems))}
            {names
                .as_ref()
                .map(|names| tray::walk_ins(&ctx, reader, &event, &rolled, names, &access))}
        }
        .into_any()
    }))
}

/// Who registered, and what desks told.
async fn names(ctx: &Context, access: &Access, event: &Event) -> Result<Names, AppError> {
    let mut rows = guest_list::load(ctx, access, event).await?;
    rows.retain(|row| row.guest.is_some());
    rows.sort_by_cached_key(guest_list::Row::kana);
    let guests = rows.iter().filter_map(|row| {
        Some(Known {
            id: attendance::wire_id(row.row.id.as_str())?,
            name: row.name().to_owned(),
            organisation: row.told(|guest| Some(&guest.organisation)).to_owned(),
            place: row.place,
        })
    });
    Ok(Names { guests: guests.collect(), told: attendance::names(ctx, event).await? })
}

/// The list as files.
fn files(reader: Reader, event: &Event) -> impl IntoView + use<> {
    let [csv, xlsx] = ["/attendance.csv", "/attendance.xlsx"].map(|rest| paths::console(&event.slug, rest));
    view! {
        <p>
            <span inner_html=reader.rich(td_string!(reader.locale, desk.to_files))></span>
            " "
            <a href=csv>"CSV"</a>
            " "
            <a href=xlsx>"Excel"</a>
        </p>
    }
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
            <input type="hidden" name="id" value=desks::new_id().to_string() />
            <TextField reader field=name name="name" value=typed_name autocomplete="off" />
            <Select reader field=place name="place" choices=places />
            <TextField reader field=hours name="hours" value=typed_hours autocomplete="off" inputmode="numeric" />
            <Button reader label=td_string!(locale, desk.open_button) name="act" value="open" />
        </form>
    }
}
