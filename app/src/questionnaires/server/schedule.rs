//! When a questionnaire takes answers: a switch that organizers turn, and the first and the last day on which answers
//! are counted. The rule is pure; the day comes in.
//!
//! There are no days of grace. A server that keeps no minute cannot know when somebody began, and need not: what
//! comes on another day is kept aside with a receipt that says so, like everything that cannot be placed, and an
//! organizer counts it with one press. So nothing is lost, and a number that was read on the last day stays.

use super::{catalogue, entities::questionnaire, queries};
use crate::{
    auth::Organizer,
    error::AppError,
    server::{Context, audit, bus::Topic, entities::StoredDay},
};
use form::Day;

/// What was decided about a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The switch.
    pub is_on: bool,
    /// The days.
    pub days: Days,
}

/// The first and the last of the site's days on which answers are counted; each may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    opens_on: Option<Day>,
    closes_on: Option<Day>,
}

/// The last day lies before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndBeforeBegin;

/// Where a questionnaire stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Answers are counted.
    Open {
        /// Up to and with this day, if there is a last one.
        through: Option<Day>,
    },
    /// Not yet.
    Before {
        /// The first day.
        opens_on: Day,
    },
    /// No more.
    After {
        /// The last day.
        closed_on: Day,
    },
    /// Somebody turned the switch off.
    Closed,
}

impl Days {
    /// Both days count.
    ///
    /// # Errors
    /// [`EndBeforeBegin`].
    pub fn new(opens_on: Option<Day>, closes_on: Option<Day>) -> Result<Self, EndBeforeBegin> {
        match (opens_on, closes_on) {
            (Some(first), Some(last)) if last < first => Err(EndBeforeBegin),
            _ => Ok(Self { opens_on, closes_on }),
        }
    }

    /// The first day.
    #[must_use]
    pub const fn opens_on(self) -> Option<Day> {
        self.opens_on
    }

    /// The last day.
    #[must_use]
    pub const fn closes_on(self) -> Option<Day> {
        self.closes_on
    }
}

impl Schedule {
    /// What a row says.
    pub(super) fn of(row: &questionnaire::Model) -> Self {
        let day = |day: Option<StoredDay>| day.map(Day::from);
        let days = Days { opens_on: day(row.opens_on), closes_on: day(row.closes_on) };
        Self { is_on: row.state == questionnaire::State::Open, days }
    }

    /// Where the questionnaire stands on this day.
    #[must_use]
    pub fn on(self, today: Day) -> Standing {
        let Days { opens_on, closes_on } = self.days;
        match (opens_on, closes_on) {
            _ if !self.is_on => Standing::Closed,
            (Some(opens_on), _) if today < opens_on => Standing::Before { opens_on },
            (_, Some(closed_on)) if closed_on < today => Standing::After { closed_on },
            (_, through) => Standing::Open { through },
        }
    }
}

impl Standing {
    /// Whether answers are counted.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// Decides on which days answers are counted; what came before stays as it is. Doing it twice changes nothing and
/// leaves one audit row.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn set_days(ctx: &Context, organizer: &Organizer, slug: &str, days: Days) -> Result<(), AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let id = &questionnaire.id;
    let (opens_on, closes_on) = (days.opens_on.map(StoredDay), days.closes_on.map(StoredDay));
    let written = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let detail = &[written(days.opens_on), written(days.closes_on)].join("/");
    ctx.write(|tx| async move {
        if queries::set_days(&tx, id, opens_on, closes_on).await? {
            audit::record(&tx, Some(organizer.id()), "questionnaire.scheduled", slug, detail).await?;
        }
        Ok(())
    })
    .await?;
    ctx.bus().publish(Topic::Questionnaire(questionnaire.id));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: u8) -> Day {
        Day::new(2026, 12, date).unwrap()
    }

    fn standing(is_on: bool, opens_on: Option<u8>, closes_on: Option<u8>, today: u8) -> Standing {
        Schedule { is_on, days: Days::new(opens_on.map(day), closes_on.map(day)).unwrap() }.on(day(today))
    }

    #[test]
    fn both_days_count() {
        let through = Some(day(20));
        for (today, expected) in [
            (9, Standing::Before { opens_on: day(10) }),
            (10, Standing::Open { through }),
            (20, Standing::Open { through }),
            (21, Standing::After { closed_on: day(20) }),
        ] {
            assert_eq!(standing(true, Some(10), Some(20), today), expected, "{today}");
            assert_eq!(standing(false, Some(10), Some(20), today), Standing::Closed, "{today}");
        }
    }

    #[test]
    fn either_day_may_be_left_out() {
        assert_eq!(standing(true, None, None, 1), Standing::Open { through: None });
        assert_eq!(standing(true, Some(10), None, 31), Standing::Open { through: None });
        assert_eq!(standing(true, None, Some(20), 1), Standing::Open { through: Some(day(20)) });
        assert_eq!(standing(true, Some(10), Some(10), 10), Standing::Open { through: Some(day(10)) });
        assert_eq!(Days::new(Some(day(11)), Some(day(10))), Err(EndBeforeBegin));
    }
}
