//! The table of guests: a row for each, sorted by a link in its head.

use super::guest_parts::{instant, kind_word, place_name, status_word};
use crate::{
    events::{
        paths,
        server::{
            catalogue::Event,
            guest_list::{Filter, Row},
            link,
        },
    },
    i18n::*,
    server::Context,
    ui::{
        Reader,
        html::{Html, some},
    },
};

#[allow(clippy::too_many_arguments, reason = "what a table is made of")]
/// Draws it; who may change guests has a box before each row.
pub(super) fn table(
    html: &mut Html,
    ctx: &Context,
    reader: Reader,
    event: &Event,
    filter: &Filter,
    rows: &[Row],
    may_change: bool,
) {
    let locale = reader.locale;
    let (order, is_backwards) = filter.order();
    html.open(
        "div",
        &[some("class", "c-table"), some("role", "region"), some("tabindex", "0"), some("aria-labelledby", "guests")],
    );
    html.open("table", &[some("class", "c-table__table")]);
    let caption = td_string!(locale, guests.table_caption);
    html.line(reader, "caption", &[some("class", "c-table__caption"), some("id", "guests")], caption);
    html.open("thead", &[]).open("tr", &[]);
    if may_change {
        html.line(reader, "th", &[some("scope", "col")], td_string!(locale, guests.col_choose));
    }
    for (sort, words) in [
        (Some("name"), td_string!(locale, guests.col_name)),
        (Some("organisation"), td_string!(locale, guests.col_organisation)),
        (Some("place"), td_string!(locale, guests.col_place)),
        (Some("state"), td_string!(locale, guests.col_state)),
        (Some("came"), td_string!(locale, guests.col_came)),
        (None, td_string!(locale, guests.col_code)),
        (None, td_string!(locale, guests.col_phone)),
        (None, td_string!(locale, guests.col_email)),
        (None, td_string!(locale, guests.col_kind)),
        (None, td_string!(locale, guests.col_needs)),
    ] {
        let Some(sort) = sort else {
            html.line(reader, "th", &[some("scope", "col")], words);
            continue;
        };
        let is_own = order == sort;
        let now = is_own.then_some(if is_backwards { "descending" } else { "ascending" });
        let next = if is_own && !is_backwards { ["-", sort].concat() } else { sort.to_owned() };
        html.open("th", &[some("scope", "col"), ("aria-sort", now)]);
        html.line(reader, "a", &[some("href", &filter.query(Some(&next)))], words).close("th");
    }
    html.close("tr").close("thead").open("tbody", &[]);
    for row in rows {
        html.open("tr", &[]);
        if may_change {
            let label = reader.plain(&td_string!(locale, guests.select_row, code = row.row.code.as_str()).to_string());
            html.open("td", &[]).open(
                "input",
                &[
                    some("type", "checkbox"),
                    some("name", "id"),
                    some("value", row.row.id.as_str()),
                    some("aria-label", &label),
                ],
            );
            html.close("td");
        }
        let href = paths::console(&event.slug, &["/guests/", row.row.id.as_str()].concat());
        html.open("th", &[some("scope", "row")]);
        match &row.guest {
            Some(guest) => {
                html.open("a", &[some("href", &href), some("translate", "no")]).text(&guest.name).close("a");
                if let Some(reading) = &guest.reading {
                    html.open("div", &[some("class", "c-hint"), some("translate", "no")]).text(reading).close("div");
                }
            }
            None => {
                html.line(reader, "a", &[some("href", &href)], td_string!(locale, guests.name_deleted));
            }
        }
        html.close("th");
        let typed = |html: &mut Html, text: &str| {
            html.open("td", &[some("translate", "no")]).text(text).close("td");
        };
        typed(html, row.told(|guest| Some(&guest.organisation)));
        html.open("td", &[]).text(&place_name(reader, event, row.place)).close("td");
        html.open("td", &[]).rich(reader, status_word(reader, row.status()));
        if let Some(same) = &row.same {
            html.open("div", &[some("class", "c-hint"), some("translate", "no")]).text(same).close("div");
        }
        html.close("td");
        html.open("td", &[]).text(&instant(ctx, row.row.created_at)).close("td");
        typed(html, &link::spaced(&row.row.code));
        typed(html, row.told(|guest| Some(&guest.phone)));
        typed(html, row.told(|guest| guest.email.as_deref()));
        html.line(reader, "td", &[], kind_word(reader, row.row.kind.as_deref().unwrap_or_default()));
        typed(html, row.told(|guest| guest.needs.as_deref()));
        html.close("tr");
    }
    html.close("tbody").close("table").close("div");
}
