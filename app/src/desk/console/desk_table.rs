//! The desks of an event: which are open, what they have sent, and how to close them.

use crate::{
    events::{
        paths,
        server::{
            access::Access,
            attendance::{DeskState, Rolled, by_hand},
            catalogue::Event,
        },
    },
    i18n::*,
    server::Context,
    ui::{Button, DataTable, Reader, Weight, reader::NAME},
};
use leptos::prelude::*;

/// The table; a sentence if there is none yet.
pub(super) fn draw(
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
        <div class="desk-cards">
            <DataTable reader id="desks" caption=td_string!(locale, desk.desks_caption) columns>
                {rows}
            </DataTable>
        </div>
        <p class="c-hint" inner_html=reader.rich(td_string!(locale, desk.revoke_hint))></p>
    }
    .into_any()
}

fn desk_row(
    ctx: &Context,
    reader: Reader,
    event: &Event,
    access: &Access,
    DeskState { desk, held, doubtful }: &DeskState,
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
    let doubtful = u32::try_from(*doubtful).ok().filter(|count| *count > 0);
    let doubtful = doubtful.map(|count| reader.rich(&td_string!(locale, desk.doubtful, count = count).to_string()));
    let heard = match desk.seen_at {
        Some(seen_at) => ctx.clock().written(seen_at),
        None => reader.plain(td_string!(locale, desk.never_heard)),
    };
    let may_revoke =
        desk.revoked_at.is_none() && !is_over && access.sees_guests() && access.reaches(Some(&desk.place_id));
    let act = may_revoke.then(|| {
        let ask = td_string!(locale, desk.revoke_ask, name = NAME).to_string();
        // Asked before it is done: what has not been sent by then needs a person.
        view! {
            <details class="desk-more">
                <summary inner_html=reader.rich(td_string!(locale, desk.revoke))></summary>
                <form method="post" action=paths::console(&event.slug, "/attendance")>
                    <p inner_html=reader.rich_about(&ask, &desk.name)></p>
                    <input type="hidden" name="id" value=desk.id.clone() />
                    <Button reader label=td_string!(locale, desk.revoke) weight=Weight::Grave name="act" value="revoke" />
                </form>
            </details>
        }
    });
    let label = |words: &str| reader.plain(words);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{place}</td>
            <td inner_html=reader.rich(state)></td>
            <td class="is-number" data-label=label(td_string!(locale, desk.col_made))>
                {held.made()}
            </td>
            <td class="is-number" data-label=label(td_string!(locale, desk.col_missing))>
                {held.missing()} {gaps.map(|gaps| view! { <small class="desk-gaps" inner_html=gaps></small> })}
            </td>
            <td data-label=label(td_string!(locale, desk.col_heard))>
                {heard} {doubtful.map(|words| view! { <small class="desk-gaps" inner_html=words></small> })}</td>
            <td>{act}</td>
        </tr>
    }
}
