//! Where an event stands: what organizers decided, together with the calendar and the seats. The rule is pure.
//!
//! announced → place fixed → open → full → closed → held → reported, or cancelled. Only draft, announced, open,
//! closed and cancelled are ever stored: the rest follows, so that no page can say *open* of yesterday's event.

use form::Day;

/// What organizers decided.
pub use super::server::entities::event::State;

/// Whether organizers may decide so. `is_used` tells that somebody registered or asked to hear of it: then it is not
/// taken back any more, only cancelled.
#[must_use]
pub const fn may_become(from: State, to: State, is_used: bool) -> bool {
    match (from, to) {
        (State::Draft, State::Announced)
        | (State::Draft | State::Announced | State::Closed, State::Open)
        | (State::Open, State::Closed)
        // It takes place after all; registration is opened by a second decision.
        | (State::Cancelled, State::Announced)
        | (State::Draft | State::Announced | State::Open | State::Closed, State::Cancelled) => true,
        (State::Announced | State::Open | State::Closed, State::Draft) => !is_used,
        _ => false,
    }
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Only organizers see it.
    Draft,
    /// The date is known.
    Announced,
    /// The date and every place is known; nobody registers yet.
    PlaceFixed,
    /// People register.
    Open,
    /// People register for waiting lists.
    Full,
    /// Nobody registers any more.
    Closed,
    /// It is over.
    Held,
    /// It is over and its report is out.
    Reported,
    /// It does not take place.
    Cancelled,
}

/// What the standing follows from.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// What organizers decided.
    pub state: State,
    /// The day, where it is held.
    pub held_on: Day,
    /// The last day on which people register, if there is one.
    pub register_until: Option<Day>,
    /// Whether each place has an address or a link.
    pub has_places: bool,
    /// Whether no place has a seat left.
    pub is_full: bool,
    /// Whether its report is out.
    pub has_report: bool,
}

impl Facts {
    /// The standing on the site's day.
    #[must_use]
    pub fn on(self, today: Day) -> Standing {
        match self.state {
            State::Draft => Standing::Draft,
            State::Cancelled => Standing::Cancelled,
            _ if self.held_on < today && self.has_report => Standing::Reported,
            _ if self.held_on < today => Standing::Held,
            State::Announced if self.has_places => Standing::PlaceFixed,
            State::Announced => Standing::Announced,
            State::Closed => Standing::Closed,
            State::Open if self.register_until.is_some_and(|last| last < today) => Standing::Closed,
            State::Open if self.is_full => Standing::Full,
            State::Open => Standing::Open,
        }
    }
}

impl Standing {
    /// Whether a guest may register, if only for a waiting list.
    #[must_use]
    pub const fn takes_guests(self) -> bool {
        matches!(self, Self::Open | Self::Full)
    }

    /// Whether somebody may leave word that they want to hear of it.
    #[must_use]
    pub const fn takes_interest(self) -> bool {
        matches!(self, Self::Announced | Self::PlaceFixed)
    }

    /// Whether it lies ahead.
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Announced | Self::PlaceFixed | Self::Open | Self::Full | Self::Closed)
    }

    /// Whether everybody may know of it.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: u8) -> Day {
        Day::new(2026, 12, date).unwrap()
    }

    fn facts(state: State) -> Facts {
        Facts {
            state,
            held_on: day(10),
            register_until: Some(day(8)),
            has_places: false,
            is_full: false,
            has_report: false,
        }
    }

    #[test]
    fn an_event_goes_its_way() {
        let announced = facts(State::Announced);
        let placed = Facts { has_places: true, ..announced };
        let open = Facts { state: State::Open, ..placed };
        let full = Facts { is_full: true, ..open };
        for (facts, today, expected) in [
            (facts(State::Draft), 11, Standing::Draft),
            (announced, 1, Standing::Announced),
            (placed, 1, Standing::PlaceFixed),
            (open, 8, Standing::Open),
            (full, 8, Standing::Full),
            (full, 9, Standing::Closed),
            (Facts { register_until: None, ..open }, 10, Standing::Open),
            (Facts { state: State::Closed, ..open }, 8, Standing::Closed),
            (open, 11, Standing::Held),
            (announced, 11, Standing::Held),
            (Facts { has_report: true, ..open }, 10, Standing::Closed),
            (Facts { has_report: true, ..open }, 11, Standing::Reported),
            (Facts { state: State::Cancelled, has_report: true, ..open }, 11, Standing::Cancelled),
        ] {
            assert_eq!(facts.on(day(today)), expected, "{facts:?} on {today}");
        }
    }
}
