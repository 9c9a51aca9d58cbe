//! What needs a person: what could not be taken in, and who walked in and may be somebody who had registered.

use crate::{
    events::{
        guest::key,
        paths,
        server::{
            access::Access,
            attendance::{Rolled, by_hand::may_take_in, place_of},
            catalogue::Event,
        },
    },
    i18n::*,
    server::Context,
    ui::{Button, DataTable, Field, Reader, Select, Weight, choices::ChoiceRow},
};
use leptos::prelude::*;
use rollcall::{
    Act, Attendance, Id, Note, Operation,
    log::{Clash, Reason},
};
use std::collections::BTreeMap;

/// Who registered.
pub(super) struct Known {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) organisation: String,
    /// For which place, by its position.
    pub(super) place: Option<usize>,
}

/// Names that are known here, by id.
pub(super) struct Names {
    /// Who registered and has a name, in the order of kana.
    pub(super) guests: Vec<Known>,
    /// What desks told, by operation.
    pub(super) told: BTreeMap<Id, String>,
}

impl Names {
    fn of(&self, rolled: &Rolled, guest: &Id) -> Option<String> {
        let told = rolled.name_told(&self.told, guest).map(str::to_owned);
        told.or_else(|| self.guests.iter().find(|known| known.id == *guest).map(|known| known.name.clone()))
    }
}

/// Whether somebody came to a place of this organizer's.
fn is_reached(event: &Event, access: &Access, attendance: &Attendance) -> bool {
    access.reaches(place_of(event, attendance.came_to).map(|(_, place)| &place.id))
}

/// What lies on the tray and nobody has looked at.
pub(super) fn tray(
    ctx: &Context,
    reader: Reader,
    event: &Event,
    rolled: &Rolled,
    names: &Names,
) -> Option<impl IntoView + use<>> {
    let locale = reader.locale;
    let waiting: Vec<_> = rolled.tray.iter().filter(|row| row.settled_at.is_none()).collect();
    if waiting.is_empty() {
        return None;
    }
    let columns = [
        td_string!(locale, desk.col_what),
        td_string!(locale, desk.col_why),
        td_string!(locale, desk.col_desk),
        td_string!(locale, desk.col_when),
        td_string!(locale, desk.col_act),
    ];
    let action = paths::console(&event.slug, "/attendance");
    let rows = waiting.into_iter().map(|row| {
        let said: Option<Operation> = serde_json::from_str(&row.operation).ok();
        let what = said.map(|said| act_word(reader, &said.act)).unwrap_or_default();
        let who = row.name.clone().or_else(|| names.of(rolled, &said?.act.guest()?));
        let desk = rolled.desks.iter().find(|state| state.desk.id == row.desk_id).map(|state| state.desk.name.clone());
        let take_in = may_take_in(&row.why).then(|| {
            view! { <Button reader label=td_string!(locale, desk.take_in) weight=Weight::Quiet name="act" value="take-in" /> }
        });
        view! {
            <tr>
                <th scope="row">
                    <span inner_html=reader.rich(what)></span>
                    " "
                    <span translate="no">{who}</span>
                </th>
                <td inner_html=reader.rich(why_word(reader, &row.why))></td>
                <td translate="no">{desk}</td>
                <td>{ctx.clock().written(row.received_at)}</td>
                <td>
                    <form method="post" action=action.clone()>
                        <input type="hidden" name="id" value=row.id.clone() />
                        <div class="desk-more__acts">
                        {take_in}
                        <Button reader label=td_string!(locale, desk.settle) weight=Weight::Quiet name="act" value="settle" />
                        </div>
                    </form>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = columns.map(str::to_owned).to_vec();
    Some(view! {
        <section class="desk-cards" id="tray">
            <h2 inner_html=reader.rich(td_string!(locale, desk.tray_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.tray_text))></p>
            <DataTable reader id="tray-caption" caption=td_string!(locale, desk.tray_caption) columns>
                {rows}
            </DataTable>
        </section>
    })
}

/// Who is said to have come to two places: a person knows which it was.
pub(super) fn unsure(
    ctx: &Context,
    reader: Reader,
    event: &Event,
    rolled: &Rolled,
    names: &Names,
    access: &Access,
) -> Option<impl IntoView + use<>> {
    let locale = reader.locale;
    let place_name = |id: &Id| place_of(event, *id).map(|(_, place)| place.name.plain(reader)).unwrap_or_default();
    let also = |attendance: &Attendance| -> Vec<Id> {
        let other = |note: &Note| match note {
            Note::AlsoAt(place) => Some(*place),
            Note::SaidToBeAt(_) => None,
        };
        attendance.notes.iter().filter_map(other).collect()
    };
    let action = paths::console(&event.slug, "/attendance");
    let rows: Vec<_> = rolled
        .roll
        .attendances()
        .filter(|(_, attendance)| !also(attendance).is_empty())
        .filter(|(_, attendance)| is_reached(event, access, attendance))
        .map(|(id, attendance)| {
            let mut places = vec![attendance.came_to];
            places.extend(also(attendance));
            places.dedup();
            let buttons = places.into_iter().map(|place| {
                let name = place_name(&place);
                let label = td_string!(locale, desk.guest_arrive, place = name).to_string();
                view! {
                    <form method="post" action=action.clone()>
                        <input type="hidden" name="id" value=id.to_string() />
                        <input type="hidden" name="place" value=place.to_string() />
                        <Button reader label weight=Weight::Quiet name="act" value="came" />
                    </form>
                }
            });
            let came = [place_name(&attendance.came_to), ctx.clock().written(attendance.came_at)].join(" ");
            view! {
                <tr>
                    <th scope="row" translate="no">
                        {names.of(rolled, id)}
                    </th>
                    <td>{came}</td>
                    <td>
                        <div class="desk-more__acts">{buttons.collect_view()}</div>
                    </td>
                </tr>
            }
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns =
        [td_string!(locale, desk.col_guest), td_string!(locale, desk.col_came), td_string!(locale, desk.col_act)];
    let columns = columns.map(str::to_owned).to_vec();
    Some(view! {
        <section class="desk-cards" id="unsure">
            <h2 inner_html=reader.rich(td_string!(locale, desk.unsure_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.unsure_text))></p>
            <DataTable reader id="unsure-caption" caption=td_string!(locale, desk.unsure_title) columns>
                {rows.into_view()}
            </DataTable>
        </section>
    })
}

/// Who walked in and is nobody's second name yet.
pub(super) fn walk_ins(
    ctx: &Context,
    reader: Reader,
    event: &Event,
    rolled: &Rolled,
    names: &Names,
    access: &Access,
) -> Option<impl IntoView + use<>> {
    let locale = reader.locale;
    let may_change = access.require_organizer().is_ok();
    let registered: Vec<Id> = names.guests.iter().map(|known| known.id).collect();
    let walked_in: Vec<_> = rolled
        .roll
        .attendances()
        .filter(|(id, _)| rolled.roll.is_walk_in(id) && !registered.contains(id))
        .filter(|(_, attendance)| is_reached(event, access, attendance))
        .map(|(id, attendance)| (*id, attendance.came_to, attendance.came_at))
        .collect();
    if walked_in.is_empty() {
        return None;
    }
    // Who has come already is nobody's other self, unless an organizer knows better: they stand last.
    let (mut absent, come): (Vec<_>, Vec<_>) =
        names.guests.iter().partition(|known| rolled.roll.of_guest(&known.id).is_none());
    absent.extend(come);
    let choice = |known: &&Known| {
        let name = names.of(rolled, &known.id).unwrap_or_default();
        let place = known.place.and_then(|at| event.places.get(at)).map(|place| place.name.plain(reader));
        let parts = [Some(name), Some(known.organisation.clone()), place].into_iter().flatten();
        let label = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        ChoiceRow { value: known.id.to_string(), label, ..ChoiceRow::default() }
    };
    // Who is called the same stands first.
    let choices = |name: &str| -> Vec<ChoiceRow> {
        let (mut same, others): (Vec<_>, Vec<_>) =
            absent.iter().partition(|known| !name.is_empty() && key(&known.name) == key(name));
        same.extend(others);
        same.iter().map(choice).collect()
    };
    let mut columns = vec![td_string!(locale, desk.col_guest).to_owned(), td_string!(locale, desk.col_came).to_owned()];
    if may_change {
        columns.push(td_string!(locale, desk.same_as).to_owned());
    }
    let action = paths::console(&event.slug, "/attendance");
    let rows = walked_in.into_iter().enumerate().map(|(at, (id, place, came_at))| {
        let name = names.of(rolled, &id);
        let nameless = name.is_none().then(|| reader.rich(td_string!(locale, desk.nameless)));
        let place = place_of(event, place).map(|(_, place)| place.name.plain(reader)).unwrap_or_default();
        let field = Field::new(format!("guest-{at}"), td_string!(locale, desk.same_as));
        let form = may_change.then(|| {
            view! {
                <td>
                    <form class="desk-same" method="post" action=action.clone()>
                        <input type="hidden" name="id" value=id.to_string() />
                        <Select reader field name="guest" choices=choices(name.as_deref().unwrap_or_default()) />
                        <Button reader label=td_string!(locale, desk.same_button) weight=Weight::Quiet name="act" value="same" />
                    </form>
                </td>
            }
        });
        view! {
            <tr>
                <th scope="row" translate="no">
                    {name}
                    {nameless.map(|words| view! { <span inner_html=words></span> })}
                </th>
                <td>{place} " " {ctx.clock().written(came_at)}</td>
                {form}
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! {
        <section class="desk-cards" id="walk-ins">
            <h2 inner_html=reader.rich(td_string!(locale, desk.walk_ins_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.walk_ins_text))></p>
            <DataTable reader id="walk-ins-caption" caption=td_string!(locale, desk.walk_ins_caption) columns>
                {rows}
            </DataTable>
        </section>
    })
}

fn act_word(reader: Reader, act: &Act) -> &'static str {
    let locale = reader.locale;
    match act {
        Act::Arrive { .. } => td_string!(locale, desk.act_arrive),
        Act::WalkIn { .. } => td_string!(locale, desk.act_walk_in),
        Act::Leave { .. } => td_string!(locale, desk.act_leave),
        Act::Move { .. } => td_string!(locale, desk.act_move),
        Act::Correct { .. } => td_string!(locale, desk.act_correct),
        Act::Undo { .. } => td_string!(locale, desk.act_undo),
    }
}

fn why_word(reader: Reader, why: &str) -> &'static str {
    let locale = reader.locale;
    if why == Clash::SameId.as_str() {
        return td_string!(locale, desk.why_same_id);
    }
    if why == Clash::SameSequence.as_str() {
        return td_string!(locale, desk.why_same_sequence);
    }
    match Reason::ALL.into_iter().find(|reason| reason.as_str() == why).unwrap_or(Reason::Unreadable) {
        Reason::UnknownGuest => td_string!(locale, desk.why_unknown_guest),
        Reason::UnknownPlace => td_string!(locale, desk.why_unknown_place),
        Reason::GuestExists => td_string!(locale, desk.why_guest_exists),
        Reason::NoName => td_string!(locale, desk.why_no_name),
        Reason::OutOfBounds => td_string!(locale, desk.why_out_of_bounds),
        Reason::Revoked => td_string!(locale, desk.why_revoked),
        Reason::Unreadable => td_string!(locale, desk.why_unreadable),
    }
}
