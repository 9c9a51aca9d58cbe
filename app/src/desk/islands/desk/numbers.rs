//! The numbers: of this place in large figures, of all places in a table, and what other desks have not sent.

use super::screen::Desk;
use crate::{browser::text, i18n::*};
use leptos::prelude::*;
use rollcall::{Tally, board::Board};

/// How many are here, large enough to be read at arm's length.
#[component]
pub(super) fn Figures(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let tally = move || {
        let place = screen.facts.with(|facts| facts.place);
        place.map(|place| screen.shown.with(|shown| shown.counts.at(&place))).unwrap_or_default()
    };
    let rest = move || {
        let Tally { registered, came, walk_ins, from_elsewhere, .. } = tally();
        let texts = [
            td_string!(locale, desk.of_registered, count = registered).to_string(),
            td_string!(locale, desk.came_in_all, count = came).to_string(),
            td_string!(locale, desk.walk_ins, count = walk_ins).to_string(),
            td_string!(locale, desk.from_elsewhere, count = from_elsewhere).to_string(),
        ];
        texts.map(|text| view! { <li inner_html=reader.rich(&text)></li> }).collect_view()
    };
    view! {
        <div class="desk-figures">
            <p class="desk-figures__here">
                <span class="desk-figures__number" id="here">
                    {move || tally().here}
                </span>
                " "
                <span inner_html=reader.rich(td_string!(locale, desk.here_now))></span>
            </p>
            <ul class="desk-figures__rest">{rest}</ul>
        </div>
    }
}

/// All places, as this desk knows them, and what it knows of the other desks.
#[component]
pub(super) fn AllPlaces(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let heads = [
        td_string!(locale, desk.place),
        td_string!(locale, desk.registered),
        td_string!(locale, desk.came_total),
        td_string!(locale, desk.here),
        td_string!(locale, desk.walk_ins_short),
        td_string!(locale, desk.elsewhere_short),
    ];
    let rows = move || {
        let places = screen.facts.with(|facts| facts.places.clone());
        let counts = screen.shown.with(|shown| shown.counts.clone());
        let mut rows: Vec<(String, bool, Tally)> =
            places.into_iter().map(|(id, name)| (name, true, counts.at(&id))).collect();
        if rows.len() > 1 {
            rows.push((reader.rich(td_string!(locale, desk.total)), false, counts.total()));
        }
        rows.into_iter().map(|(name, is_name, tally)| row(name, is_name, tally)).collect_view()
    };
    let age = move || match screen.heard_at.get() {
        Some(at) => {
            let time = text::clock(at);
            reader.rich(&td_string!(locale, desk.as_of, time = time).to_string())
        }
        None => reader.rich(td_string!(locale, desk.age_unknown)),
    };
    let others = move || {
        let own = screen.board.with(|board| board.as_ref().map(others_unsent)).unwrap_or_default();
        own.into_iter()
            .map(|(name, missing, seen_at)| {
                let mut html = desk.words.desk_unsent(&name, missing);
                if let Some(seen_at) = seen_at {
                    let time = text::clock(seen_at);
                    html.push_str(" · ");
                    html.push_str(&reader.rich(&td_string!(locale, desk.heard, time = time).to_string()));
                }
                view! { <li inner_html=html></li> }
            })
            .collect_view()
    };
    view! {
        <details class="desk-part" id="all-places" open>
            <summary inner_html=reader.rich(td_string!(locale, desk.all_places))></summary>
            <div class="c-table" role="region" tabindex="0" aria-label=reader.plain(td_string!(locale, desk.all_places))>
                <table class="c-table__table">
                    <thead>
                        <tr>
                            {heads
                                .map(|head| view! { <th scope="col" inner_html=reader.rich(head)></th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="c-hint" inner_html=age></p>
            <ul class="desk-others">{others}</ul>
        </details>
    }
}

fn row(name: String, is_name: bool, tally: Tally) -> impl IntoView {
    let head = if is_name {
        view! {
            <th scope="row" translate="no">
                {name}
            </th>
        }
        .into_any()
    } else {
        view! { <th scope="row" inner_html=name></th> }.into_any()
    };
    view! {
        <tr>
            {head} <td>{tally.registered}</td> <td>{tally.came}</td> <td>{tally.here}</td> <td>{tally.walk_ins}</td>
            <td>{tally.from_elsewhere}</td>
        </tr>
    }
}

/// Desks that have said that they made more than the server holds.
fn others_unsent(board: &Board) -> Vec<(String, u64, Option<i64>)> {
    let late = board.desks.iter().filter(|desk| desk.missing() > 0);
    late.map(|desk| (desk.name.clone(), desk.missing(), desk.seen_at)).collect()
}
