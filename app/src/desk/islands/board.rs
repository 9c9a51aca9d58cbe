//! The numbers of all places on an organizer's screen or a wall, as they move.

use crate::{
    browser::{device, live, text},
    i18n::*,
    ui::{Reader, reader::NAME},
};
use leptos::prelude::*;
use rollcall::{Id, board::Board};
use std::{cell::RefCell, rc::Rc};

/// After so long without a word from the server nobody is there, in milliseconds; it gives one each ten seconds.
const SILENCE_MS: i64 = 25_000;
/// Between two looks.
const BEAT_MS: u32 = 5_000;

/// The numbers that the server drew, and where there is script its events move them.
#[island]
pub fn LiveBoard(
    /// Who reads.
    reader: Reader,
    /// What it listens to.
    stream: String,
    /// The numbers when the page was drawn.
    board: Board,
    /// The places' names.
    places: Vec<(Id, String)>,
    /// Whether it is for a wall: figures instead of a table.
    is_large: bool,
) -> impl IntoView {
    let shown = RwSignal::new(board);
    let is_live = RwSignal::new(false);
    Effect::new(move |_| listen(&stream, shown, is_live));
    let rows = move || {
        let board = shown.get();
        let mut rows: Vec<_> = board
            .places
            .iter()
            .map(|place| {
                let name = places.iter().find(|(id, _)| *id == place.id).map(|(_, name)| name.clone());
                (name.unwrap_or_default(), place.is_online, place.clone())
            })
            .collect();
        if rows.len() > 1 {
            rows.push((reader.plain(td_string!(reader.locale, desk.total)), false, board.total()));
        }
        rows
    };
    let numbers = move || match is_large {
        true => rows().into_iter().map(|(name, _, place)| figure(reader, name, &place)).collect_view().into_any(),
        false => table(reader, rows()).into_any(),
    };
    let age = move || {
        if is_live.get() {
            let time = text::clock(shown.get().at);
            reader.rich(&td_string!(reader.locale, desk.as_of, time = time).to_string())
        } else {
            reader.rich(td_string!(reader.locale, desk.not_live))
        }
    };
    let late = move || {
        let board = shown.get();
        let late = board.desks.into_iter().filter(|desk| desk.missing() > 0);
        late.map(|desk| {
            let words = td_string!(reader.locale, desk.desk_unsent, name = NAME, count = desk.missing()).to_string();
            view! { <li inner_html=reader.rich_about(&words, &desk.name)></li> }
        })
        .collect_view()
    };
    view! {
        <div class=if is_large { "board is-large" } else { "board" }>{numbers}</div>
        <p class="c-hint" role="status" inner_html=age></p>
        <ul class="desk-others">{late}</ul>
    }
}

fn listen(stream: &str, shown: RwSignal<Board>, is_live: RwSignal<bool>) {
    let heard_at = Rc::new(RefCell::new(device::now_ms()));
    let open = {
        let (path, heard_at) = (stream.to_owned(), Rc::clone(&heard_at));
        move || {
            let (at, again) = (Rc::clone(&heard_at), Rc::clone(&heard_at));
            live::Stream::open(
                &path,
                &["board", "alive"],
                move |name, data| {
                    *at.borrow_mut() = device::now_ms();
                    is_live.set(true);
                    if name == "board" {
                        if let Ok(board) = serde_json::from_str(&data) {
                            shown.set(board);
                        }
                    } else if let Ok(now) = data.trim().parse() {
                        shown.update(|board| board.at = now);
                    }
                },
                move |turn| {
                    is_live.set(turn == live::Turn::Open);
                    if turn == live::Turn::Refused {
                        // Opened anew at the next look.
                        *again.borrow_mut() = i64::MIN;
                    }
                },
            )
        }
    };
    crate::browser::http::spawn(async move {
        let mut current = open();
        loop {
            device::sleep(BEAT_MS).await;
            if device::now_ms().saturating_sub(*heard_at.borrow()) > SILENCE_MS {
                is_live.set(false);
                // The old one ends before the new one begins.
                drop(current.take());
                current = open();
                *heard_at.borrow_mut() = device::now_ms();
            }
        }
    });
}

fn figure(reader: Reader, name: String, place: &rollcall::board::Place) -> impl IntoView + use<> {
    let locale = reader.locale;
    let words = if place.is_online { td_string!(locale, desk.online) } else { td_string!(locale, desk.here_now) };
    let registered = td_string!(locale, desk.of_registered, count = place.registered).to_string();
    let walk_ins = td_string!(locale, desk.walk_ins, count = place.walk_ins).to_string();
    let waiting = td_string!(locale, desk.waiting, count = place.waiting).to_string();
    view! {
        <section class="board__place">
            <h2 translate="no">{name}</h2>
            <p class="board__number">{place.here}</p>
            <p inner_html=reader.rich(words)></p>
            <p class="board__rest" inner_html=reader.rich(&registered)></p>
            <p class="board__rest" inner_html=reader.rich(&walk_ins)></p>
            <p class="board__rest" inner_html=reader.rich(&waiting)></p>
        </section>
    }
}

fn table(reader: Reader, rows: Vec<(String, bool, rollcall::board::Place)>) -> impl IntoView {
    let locale = reader.locale;
    let heads = [
        td_string!(locale, desk.place),
        td_string!(locale, desk.registered),
        td_string!(locale, desk.waiting_short),
        td_string!(locale, desk.came_total),
        td_string!(locale, desk.here),
        td_string!(locale, desk.walk_ins_short),
        td_string!(locale, desk.elsewhere_short),
        td_string!(locale, desk.unsure),
    ];
    let heads = heads.map(|head| view! { <th scope="col" inner_html=reader.rich(head)></th> }).collect_view();
    let rows = rows.into_iter().map(|(name, is_online, place)| {
        let online = is_online.then(|| reader.rich(td_string!(locale, desk.online)));
        let cells = [
            place.registered,
            place.waiting,
            place.came,
            place.here,
            place.walk_ins,
            place.from_elsewhere,
            place.unsure,
        ];
        view! {
            <tr>
                <th scope="row">
                    <span translate="no">{name}</span>
                    " "
                    {online.map(|words| view! { <small inner_html=words></small> })}
                </th>
                {cells.map(|cell| view! { <td class="is-number">{cell}</td> }).collect_view()}
            </tr>
        }
    });
    view! {
        <div class="c-table" role="region" tabindex="0" aria-label=reader.plain(td_string!(locale, desk.all_places))>
            <table class="c-table__table">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
