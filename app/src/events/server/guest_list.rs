//! The guests of an event as rows: filtered, sorted, and only those that the reader may see. The table, the paper list
//! and the files are made of the same rows, so that none of them tells another number.

use super::{
    access::Access,
    catalogue::Event,
    entities::{guest, registration},
    queries,
};
use crate::{
    error::AppError,
    events::guest::{KINDS, key},
    ids::RegistrationId,
    server::{Context, query::in_query},
};
use registration::State;
use serde::Deserialize;
use std::collections::HashMap;

/// One guest of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// What they have.
    pub row: registration::Model,
    /// Who it is, unless the name was deleted.
    pub guest: Option<guest::Model>,
    /// The name of who it may be already.
    pub same: Option<String>,
    /// The place's position in the event, from 0.
    pub place: Option<usize>,
}

/// What a row counts as: a registration that may be a repeat counts as nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// As the table holds it.
    Is(State),
    /// It may be somebody who is registered already.
    Repeat,
}

impl Status {
    /// All, in the order in which a page names them.
    pub const ALL: [Self; 6] = [
        Self::Is(State::Registered),
        Self::Is(State::Offered),
        Self::Is(State::Waiting),
        Self::Repeat,
        Self::Is(State::Interested),
        Self::Is(State::Cancelled),
    ];

    /// As addresses write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is(State::Registered) => "registered",
            Self::Is(State::Offered) => "offered",
            Self::Is(State::Waiting) => "waiting",
            Self::Is(State::Interested) => "interested",
            Self::Is(State::Cancelled) => "cancelled",
            Self::Repeat => "repeat",
        }
    }

    /// What a registration counts as.
    #[must_use]
    pub fn of(row: &registration::Model) -> Self {
        if row.repeat_of.is_some() && row.state != State::Cancelled { Self::Repeat } else { Self::Is(row.state) }
    }
}

impl Row {
    /// What it counts as.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(&self.row)
    }

    /// The name, or nothing when it was deleted.
    #[must_use]
    pub fn name(&self) -> &str {
        self.guest.as_ref().map_or("", |guest| guest.name.as_str())
    }

    /// A field of the guest as a text; empty without one.
    #[must_use]
    pub fn told(&self, field: impl Fn(&guest::Model) -> Option<&str>) -> &str {
        self.guest.as_ref().and_then(field).unwrap_or_default()
    }

    /// What puts names into the order of kana: the reading, or the name itself.
    #[must_use]
    pub fn kana(&self) -> String {
        self.guest.as_ref().map_or_else(String::new, |guest| key(guest.reading.as_deref().unwrap_or(&guest.name)))
    }
}

/// Which rows, and in which order; as addresses say it. What is unknown filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Part of a name, reading, organisation, code or phone number.
    pub q: String,
    /// One of [`Status::ALL`].
    pub state: String,
    /// A place's position, from 1.
    pub place: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// `none`: only those without an address.
    pub mail: String,
    /// One of [`SORTS`]; a dash in front turns it round.
    pub sort: String,
    /// The page, from 1.
    pub page: String,
}

/// What the list is sorted by; the first is the usual one.
pub const SORTS: [&str; 5] = ["came", "name", "organisation", "place", "state"];

impl Filter {
    /// The place's position, from 0.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        self.place.parse::<usize>().ok().and_then(|number| number.checked_sub(1))
    }

    /// What it is sorted by, and whether backwards.
    #[must_use]
    pub fn order(&self) -> (&'static str, bool) {
        let (name, is_backwards) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |name| (name, true));
        let known = SORTS.into_iter().find(|sort| *sort == name);
        known.map_or((SORTS[0], false), |sort| (sort, is_backwards))
    }

    /// As it stands in an address, without the page: `?q=…&state=…`; `sort` replaces the order.
    #[must_use]
    pub fn query(&self, sort: Option<&str>) -> String {
        let sort = sort.unwrap_or(&self.sort);
        let fields = [
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("place", &self.place),
            ("kind", &self.kind),
            ("mail", &self.mail),
            ("sort", sort),
        ];
        let mut query = String::from("?");
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.push_str(name);
            query.push('=');
            query.push_str(&in_query(value));
            query.push('&');
        }
        query.pop();
        query
    }

    fn takes(&self, row: &Row, wanted: &str, digits: &str) -> bool {
        let state = Status::ALL.iter().find(|state| state.as_str() == self.state);
        let kind = KINDS.iter().find(|kind| **kind == self.kind);
        state.is_none_or(|state| *state == row.status())
            && self.position().is_none_or(|place| row.place == Some(place))
            && kind.is_none_or(|kind| row.row.kind.as_deref() == Some(kind))
            && (self.mail != "none" || row.guest.as_ref().is_some_and(|guest| guest.email.is_none()))
            && (wanted.is_empty() || mentions(row, wanted, digits))
    }

    /// The rows that pass, in their order.
    #[must_use]
    pub fn apply(&self, rows: Vec<Row>) -> Vec<Row> {
        let wanted = key(&self.q);
        let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
        let digits =
            if wanted.chars().all(|c| c.is_ascii_digit() || "+()".contains(c)) { digits } else { String::new() };
        let mut rows: Vec<Row> = rows.into_iter().filter(|row| self.takes(row, &wanted, &digits)).collect();
        let (order, is_backwards) = self.order();
        // Each order goes on with the time of coming, so that it is one order.
        match order {
            "name" => rows.sort_by_cached_key(|row| (row.guest.is_none(), row.kana(), row.row.turn)),
            "organisation" => rows.sort_by_cached_key(|row| {
                let organisation = key(row.told(|guest| Some(&guest.organisation)));
                (organisation.is_empty(), organisation, row.kana(), row.row.turn)
            }),
            "place" => rows.sort_by_key(|row| (row.place.is_none(), row.place, row.row.turn)),
            "state" => {
                rows.sort_by_key(|row| (Status::ALL.iter().position(|status| *status == row.status()), row.row.turn))
            }
            _ => rows.sort_by_key(|row| (row.row.created_at, row.row.turn)),
        }
        if is_backwards {
            rows.reverse();
        }
        rows
    }
}

fn mentions(row: &Row, wanted: &str, digits: &str) -> bool {
    let holds = |text: &str| key(text).contains(wanted);
    if row.row.code.to_lowercase().contains(wanted) {
        return true;
    }
    row.guest.as_ref().is_some_and(|guest| {
        guest.name_key.contains(wanted)
            || guest.reading.as_deref().is_some_and(holds)
            || holds(&guest.organisation)
            || (digits.len() >= 3 && guest.phone_key.contains(digits))
    })
}

/// All guests that this organizer may see, in the order in which they came.
///
/// # Errors
/// [`AppError::Forbidden`] for who sees no names.
pub async fn load(ctx: &Context, access: &Access, event: &Event) -> Result<Vec<Row>, AppError> {
    access.require_guests()?;
    let rows = queries::list_registrations(ctx.read(), &event.id).await?;
    let mut guests: HashMap<RegistrationId, guest::Model> = queries::list_guests(ctx.read(), &event.id)
        .await?
        .into_iter()
        .map(|guest| (guest.registration_id.clone(), guest))
        .collect();
    let firsts: HashMap<RegistrationId, String> = rows
        .iter()
        .filter_map(|row| row.repeat_of.as_ref())
        .filter_map(|first| guests.get(first).map(|guest| (first.clone(), guest.name.clone())))
        .collect();
    let seen = rows.into_iter().filter(|row| access.reaches(row.place_id.as_ref()));
    let whole = seen.map(|row| Row {
        guest: guests.remove(&row.id),
        same: row.repeat_of.as_ref().and_then(|first| firsts.get(first).cloned()),
        place: event.places.iter().position(|place| Some(&place.id) == row.place_id.as_ref()),
        row,
    });
    Ok(whole.collect())
}
