//! An event for machines that read pages: schema.org's `Event` as JSON-LD. A block of data, never a script: browsers
//! run nothing of it, and no policy has to allow it.

use super::{
    calendar::{full_title, where_it_is},
    catalogue::{Event, Place},
    entities::place::Kind,
};
use crate::{
    events::{details::HostRole, paths, standing::Standing, telling::offset_in_words},
    server::Context,
    ui::{Reader, shell::SITE_NAME},
};
use serde_json::{Map, Value, json};

/// The block's content, safe inside `<script>`: no `<` stands in it.
#[must_use]
pub fn linked_data(ctx: &Context, event: &Event, reader: Reader) -> String {
    object(ctx, event, reader).to_string().replace('<', "\\u003c")
}

fn object(ctx: &Context, event: &Event, reader: Reader) -> Value {
    let base = ctx.site().base_url.as_str();
    let page = [base, &paths::event(reader, &event.slug)].concat();
    let at = |time: Option<form::Time>| {
        let time = time.map(|time| format!("T{time}:00{}", offset_in_words(event.utc_offset_minutes)));
        [event.held_on.to_string(), time.unwrap_or_default()].concat()
    };
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!("Event"));
    put("@id", json!(page));
    put("url", json!(page));
    put("name", json!(full_title(event, reader)));
    put("startDate", json!(at(event.begins)));
    if event.ends.is_some() {
        put("endDate", json!(at(event.ends)));
    }
    put("eventStatus", json!(["https://schema.org/", status(event.standing)].concat()));
    put("eventAttendanceMode", json!(["https://schema.org/", mode(event)].concat()));
    put("location", locations(event, reader, &page));
    put("organizer", organizers(event, reader, base));
    let about = event.details.about.plain(reader);
    if !about.is_empty() {
        put("description", json!(about));
    }
    if !event.details.languages.is_empty() {
        put("inLanguage", json!(event.details.languages));
    }
    if let (_, Some(seats)) = event.seats() {
        put("maximumAttendeeCapacity", json!(seats));
    }
    if let Some(series) = &event.series {
        let address = [base, &paths::series(reader, &series.slug)].concat();
        put("superEvent", json!({"@type": "EventSeries", "name": series.title.plain(reader), "url": address}));
    }
    Value::Object(object)
}

const fn status(standing: Standing) -> &'static str {
    match standing {
        Standing::Cancelled => "EventCancelled",
        _ => "EventScheduled",
    }
}

fn mode(event: &Event) -> &'static str {
    let is_online = |place: &Place| place.kind == Kind::Online;
    match (event.places.iter().any(is_online), event.places.iter().all(is_online)) {
        (true, true) => "OnlineEventAttendanceMode",
        (true, false) => "MixedEventAttendanceMode",
        (false, _) => "OfflineEventAttendanceMode",
    }
}

fn locations(event: &Event, reader: Reader, page: &str) -> Value {
    if event.places.is_empty() && !event.standing.is_ahead() {
        return Value::Array(Vec::new());
    }
    if event.places.is_empty() {
        return json!({"@type": "Place", "name": where_it_is(event, None, reader)});
    }
    let places = event.places.iter().map(|place| match place.kind {
        // The address to call in is for guests: the page says how to become one.
        Kind::Online => json!({"@type": "VirtualLocation", "name": place.name.plain(reader), "url": page}),
        Kind::Venue => match &place.address {
            Some(address) => {
                json!({"@type": "Place", "name": place.name.plain(reader), "address": address.plain(reader)})
            }
            None => json!({"@type": "Place", "name": where_it_is(event, Some(place), reader)}),
        },
    });
    Value::Array(places.collect())
}

fn organizers(event: &Event, reader: Reader, base: &str) -> Value {
    let holds = event.details.hosts.iter().filter(|host| host.role != HostRole::Supporter);
    let named: Vec<Value> =
        holds.map(|host| json!({"@type": "Organization", "name": host.name.plain(reader)})).collect();
    if named.is_empty() { json!([{"@type": "Organization", "name": SITE_NAME, "url": base}]) } else { named.into() }
}
