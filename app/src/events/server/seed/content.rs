//! The demonstration content as its files hold it, and the plans that it becomes.

use crate::{
    error::AppError,
    events::{
        details::{Details, Host},
        server::{
            entities::{event::Promotion, place::Kind},
            planning::{EventPlan, PlacePlan},
        },
        words::Words,
    },
    ids::SeriesId,
    server::error::internal,
};
use form::{Day, Time};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// All that is seeded.
#[derive(Clone, Debug)]
pub struct Content {
    /// The series.
    pub series: Vec<SeriesText>,
    /// What was held in 2018.
    pub past: Vec<EventText>,
    /// What is dated from the day of seeding.
    pub dated: Dated,
    /// Who holds events, by the name that [`EventText::hosts`] uses.
    pub hosts: BTreeMap<String, Host>,
    /// Who comes to the rehearsal.
    pub guests: Guests,
}

/// A series.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesText {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: Words,
    /// What it is for.
    pub about: Words,
}

/// The events that are made anew when their day is past.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// Today's.
    pub rehearsal: EventText,
    /// Next month's.
    pub next: EventText,
}

/// An event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventText {
    /// Its name in addresses.
    pub slug: String,
    /// The slug of its series.
    #[serde(default)]
    pub series: Option<String>,
    /// Which of its series it is.
    #[serde(default)]
    pub number: Option<u32>,
    /// The theme.
    pub title: Words,
    /// Its day, unless it is dated from the day of seeding.
    #[serde(default)]
    pub held_on: Option<Day>,
    /// When it begins.
    #[serde(default)]
    pub begins: Option<Time>,
    /// When it ends.
    #[serde(default)]
    pub ends: Option<Time>,
    /// How far the clocks there are ahead of UTC.
    #[serde(default = "tokyo")]
    pub utc_offset_minutes: i64,
    /// The last day on which people registered.
    #[serde(default)]
    pub register_until: Option<Day>,
    /// What a page tells, but for the hosts.
    pub details: Details,
    /// Names of [`Content::hosts`].
    pub hosts: Vec<String>,
    /// Where, in their order.
    pub places: Vec<PlaceText>,
}

/// A place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceText {
    /// Whether people come there or call in.
    pub kind: KindText,
    /// The city or what it is called.
    pub name: Words,
    /// Where exactly.
    #[serde(default)]
    pub address: Option<Words>,
    /// How to get there.
    #[serde(default)]
    pub access: Words,
    /// Seats.
    #[serde(default)]
    pub capacity: Option<u32>,
}

/// [`Kind`] as a file writes it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindText {
    /// A room.
    Venue,
    /// A call.
    Online,
}

/// Who comes: each colour with each number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guests {
    /// The colours.
    pub colours: Vec<Colour>,
    /// How the numbers from 1 are read, by [`Colour::counts_in`].
    pub numbers: BTreeMap<String, Vec<String>>,
}

/// A colour, and what its guests have in common.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colour {
    /// In mail addresses.
    pub key: String,
    /// What guests are called, before their number.
    pub name: String,
    /// How that is read.
    pub reading: String,
    /// A key of [`Guests::numbers`].
    pub counts_in: String,
    /// Where they come from; nothing if they come for themselves.
    #[serde(default)]
    pub organisation: String,
    /// In which language they read.
    pub language: String,
    /// A kind of organisation, one of `guest::KINDS`.
    pub kind: String,
    /// What the first of them needs.
    #[serde(default)]
    pub needs: String,
}

const fn tokyo() -> i64 {
    540
}

impl Content {
    /// Reads the files that are part of the program.
    ///
    /// # Errors
    /// [`AppError::Internal`] if one cannot be read; a test reads them all.
    pub fn read() -> Result<Self, AppError> {
        Ok(Self {
            series: of_json(include_str!("series.json"))?,
            past: of_json(include_str!("past.json"))?,
            dated: of_json(include_str!("dated.json"))?,
            hosts: of_json(include_str!("hosts.json"))?,
            guests: of_json(include_str!("guests.json"))?,
        })
    }

    /// The plan of an event on a day; `number` unless the file names one.
    ///
    /// # Errors
    /// [`AppError::Internal`] if a host is none of the file's.
    pub fn plan(
        &self,
        event: &EventText,
        series: Option<SeriesId>,
        number: Option<u32>,
        held_on: Day,
    ) -> Result<EventPlan, AppError> {
        let host = |name: &String| self.hosts.get(name).cloned().ok_or_else(|| internal("an unknown host in the seed"));
        let hosts = event.hosts.iter().map(host).collect::<Result<_, _>>()?;
        Ok(EventPlan {
            slug: event.slug.clone(),
            series,
            number: event.number.or(number),
            title: event.title.clone(),
            details: Details { hosts, is_demonstration: true, ..event.details.clone() },
            held_on,
            begins: event.begins,
            ends: event.ends,
            utc_offset_minutes: event.utc_offset_minutes,
            register_until: event.register_until,
            report: None,
            questions: None,
            promotion: Promotion::AtOnce,
            offer_hours: 24,
            keep_days: 30,
            places: event.places.iter().map(place_plan).collect(),
        })
    }
}

fn place_plan(place: &PlaceText) -> PlacePlan {
    PlacePlan {
        id: None,
        kind: match place.kind {
            KindText::Venue => Kind::Venue,
            KindText::Online => Kind::Online,
        },
        name: place.name.clone(),
        address: place.address.clone(),
        access: place.access.clone(),
        link: None,
        capacity: place.capacity,
    }
}

fn of_json<T: DeserializeOwned>(json: &'static str) -> Result<T, AppError> {
    serde_json::from_str(json).map_err(|_| internal("a file of the seed cannot be read"))
}
