//! The time. Instants are Unix milliseconds; days are the site's own.

use form::Day;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use time::{OffsetDateTime, UtcOffset};

/// A clock that runs, or one that a test sets.
#[derive(Clone, Debug)]
pub struct Clock {
    offset: UtcOffset,
    fixed: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock, with the site's distance from UTC in minutes (Asia/Tokyo: 540).
    #[must_use]
    pub fn system(offset_minutes: i16) -> Self {
        let offset = UtcOffset::from_whole_seconds(i32::from(offset_minutes) * 60).unwrap_or(UtcOffset::UTC);
        Self { offset, fixed: None }
    }

    /// A clock that stands at `now_ms` until [`Clock::advance`]; Asia/Tokyo.
    #[must_use]
    pub fn fixed(now_ms: i64) -> Self {
        Self { fixed: Some(Arc::new(AtomicI64::new(now_ms))), ..Self::system(540) }
    }

    /// Moves a fixed clock; a running one stays as it is.
    pub fn advance(&self, milliseconds: i64) {
        if let Some(fixed) = &self.fixed {
            fixed.fetch_add(milliseconds, Ordering::Relaxed);
        }
    }

    /// Unix milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        match &self.fixed {
            Some(fixed) => fixed.load(Ordering::Relaxed),
            None => i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX),
        }
    }

    /// How far the site's clocks are ahead of UTC, in minutes.
    #[must_use]
    pub fn offset_minutes(&self) -> i16 {
        self.offset.whole_minutes()
    }

    /// The site's calendar day.
    #[must_use]
    pub fn today(&self) -> Day {
        self.day_of(self.now_ms())
    }

    /// The site's time of day at an instant: hour and minute. For acts of organizers; answers have a day only.
    #[must_use]
    pub fn time_of(&self, unix_ms: i64) -> (u8, u8) {
        let time = self.local(unix_ms).time();
        (time.hour(), time.minute())
    }

    /// An instant as the clock on the wall shows it: `2026-11-22 15:04`.
    #[must_use]
    pub fn written(&self, unix_ms: i64) -> String {
        let (hour, minute) = self.time_of(unix_ms);
        format!("{} {hour:02}:{minute:02}", self.day_of(unix_ms))
    }

    /// The site's calendar day at an instant.
    #[must_use]
    pub fn day_of(&self, unix_ms: i64) -> Day {
        let date = self.local(unix_ms).date();
        Day::new(date.year(), date.month() as u8, date.day()).unwrap_or(Day::FIRST)
    }

    fn local(&self, unix_ms: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(unix_ms.div_euclid(1000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(self.offset)
    }
}
