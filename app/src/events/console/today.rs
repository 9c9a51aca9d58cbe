//! What events have to say on the console's first page.

use super::parts::{said, seats, standing_chip};
use crate::{
    auth::Organizer,
    console::today::Draw,
    error::AppError,
    events::{
        paths,
        server::{
            access::{self, Access},
            catalogue::{self, Event},
            planning,
        },
    },
    i18n::*,
    server::Context,
    ui::{Notice, Reader, Tone, dates::long_day},
};
use futures::{FutureExt as _, future::BoxFuture};
use leptos::prelude::*;

/// So many of the events ahead are named.
const MOST: usize = 5;

/// One event and what waits there.
struct Row {
    event: Event,
    seats: String,
    repeats: u32,
    calls: u32,
}

/// The next events with their seats, and what waits for somebody: of those that are theirs.
pub fn part(ctx: Context, organizer: Organizer, reader: Reader) -> BoxFuture<'static, Result<Option<Draw>, AppError>> {
    async move {
        let events = catalogue::list_any(&ctx).await?;
        let access = access::of_all(&ctx, &organizer, &events).await?;
        let to_do = planning::to_do(&ctx).await?;
        let today = ctx.clock().today();
        let mut rows: Vec<Row> = events
            .into_iter()
            .filter_map(|event| {
                let access = access.get(&event.id)?;
                let seats = seats_of(reader, &event, access);
                Some(Row { seats, repeats: to_do.repeats(access), calls: to_do.calls(access), event })
            })
            .filter(|row| row.event.held_on >= today || row.calls > 0)
            .filter(|row| row.event.standing.is_ahead() || row.calls > 0)
            .collect();
        rows.sort_by_key(|row| (row.event.held_on, row.event.begins));
        // What waits is named however far away it is.
        let mut ahead = 0;
        rows.retain(|row| {
            ahead += usize::from(row.event.held_on >= today);
            ahead <= MOST || row.repeats > 0 || row.calls > 0
        });
        if rows.is_empty() {
            return Ok(None);
        }
        let draw: Draw = Box::new(move || {
            let rows = rows.into_iter().map(|row| item(reader, &row)).collect_view();
            view! {
                <section>
                    <h2 inner_html=reader.rich(td_string!(reader.locale, planning.today_title))></h2>
                    <ul>{rows}</ul>
                </section>
            }
            .into_any()
        });
        Ok(Some(draw))
    }
    .boxed()
}

fn seats_of(reader: Reader, event: &Event, access: &Access) -> String {
    let mine = event.places.iter().filter(|place| access.reaches(Some(&place.id))).map(|place| place.taken);
    let taken = mine.clone().map(|taken| taken.registered + taken.offered).sum();
    seats(reader, taken, mine.map(|taken| taken.capacity).sum())
}

fn item(reader: Reader, row: &Row) -> impl IntoView + use<> {
    let locale = reader.locale;
    let slug = &row.event.slug;
    let repeats = (row.repeats > 0).then(|| {
        let words = td_string!(locale, planning.repeats_waiting, count = row.repeats).to_string();
        waits(reader, paths::console(slug, "/guests"), &words)
    });
    let calls = (row.calls > 0).then(|| {
        let words = td_string!(locale, planning.calls_waiting, count = row.calls).to_string();
        waits(reader, paths::console(slug, "/mailings"), &words)
    });
    view! {
        <li>
            <a href=paths::console(slug, "")>{said(reader, &row.event.title)}</a>
            ": "
            <span inner_html=reader.rich(&long_day(reader, row.event.held_on))></span>
            " "
            {standing_chip(reader, row.event.standing)}
            " "
            <span inner_html=reader.rich(&row.seats)></span>
            {repeats}
            {calls}
        </li>
    }
}

fn waits(reader: Reader, href: String, words: &str) -> impl IntoView + use<> {
    let words = reader.rich(words);
    view! {
        <Notice tone=Tone::Waiting>
            <p>
                <a href=href inner_html=words></a>
            </p>
        </Notice>
    }
}
