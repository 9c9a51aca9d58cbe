//! Who has a seat: the rule for one place, and until when an offer stands. Pure: numbers and instants come in.
//!
//! Called inside the one transaction that holds the place (`server/seats`). What must stay true: nobody is given a
//! seat past somebody who waits, and the seats that are given away are never more than there are.

/// What a place has given away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Seats, if there is a limit.
    pub capacity: Option<u32>,
    /// Seats that guests have.
    pub registered: u32,
    /// Seats that are kept for guests who were offered one.
    pub offered: u32,
    /// Guests who wait.
    pub waiting: u32,
}

/// What a guest gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// A seat.
    Held,
    /// A place on the waiting list.
    Waiting,
}

/// Why nobody moves up though somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// Every seat is taken.
    Full,
    /// The seats that are free are kept for guests who were offered them.
    Offered,
    /// The event does not take place, or is over.
    Over,
}

impl Taken {
    /// Whether anybody has a seat here, was offered one or waits.
    #[must_use]
    pub const fn is_used(self) -> bool {
        self.registered > 0 || self.offered > 0 || self.waiting > 0
    }

    /// Seats that nobody has and nobody was offered; `u32::MAX` without a limit. Seats given away before a room became
    /// smaller stay given: then there are none.
    #[must_use]
    pub const fn free(self) -> u32 {
        match self.capacity {
            Some(capacity) => capacity.saturating_sub(self.registered.saturating_add(self.offered)),
            None => u32::MAX,
        }
    }

    /// What the next guest gets.
    #[must_use]
    pub const fn next(self) -> Seat {
        if self.free() > 0 && self.waiting == 0 { Seat::Held } else { Seat::Waiting }
    }

    /// How many of those who wait move up.
    #[must_use]
    pub const fn moving_up(self) -> u32 {
        let free = self.free();
        if free < self.waiting { free } else { self.waiting }
    }

    /// Why nobody moves up; nothing if nobody waits.
    #[must_use]
    pub const fn stuck(self, is_over: bool) -> Option<Stuck> {
        match self.waiting {
            0 => None,
            _ if is_over => Some(Stuck::Over),
            _ if self.offered > 0 => Some(Stuck::Offered),
            _ => Some(Stuck::Full),
        }
    }
}

/// When the night begins in which no offer ends, as an hour of the site's clock.
const NIGHT_FROM: i64 = 21;
/// When it is over.
const NIGHT_TO: i64 = 9;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Until when an offer made now stands: after so many hours, but never in the night, when nobody reads mail, and never
/// past the beginning of the event. All in Unix milliseconds; `offset_minutes` is the site's distance from UTC.
///
/// It is an instant: summer time, or a clock that somebody sets, moves no deadline that was promised.
#[must_use]
pub const fn offer_until(now_ms: i64, hours: i64, begins_ms: i64, offset_minutes: i64) -> i64 {
    let hours = if hours < 1 { 1 } else { hours };
    let end = now_ms.saturating_add(hours.saturating_mul(HOUR_MS));
    let local = end.saturating_add(offset_minutes.saturating_mul(MINUTE_MS));
    let of_day = local.rem_euclid(DAY_MS);
    let end = if of_day >= NIGHT_FROM * HOUR_MS {
        end.saturating_add(DAY_MS - of_day + NIGHT_TO * HOUR_MS)
    } else if of_day < NIGHT_TO * HOUR_MS {
        end.saturating_add(NIGHT_TO * HOUR_MS - of_day)
    } else {
        end
    };
    if end > begins_ms { begins_ms } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(capacity: u32, registered: u32, offered: u32, waiting: u32) -> Taken {
        Taken { capacity: Some(capacity), registered, offered, waiting }
    }

    #[test]
    fn seats_are_given_in_the_order_in_which_people_came() {
        assert_eq!(taken(2, 1, 0, 0).next(), Seat::Held);
        assert_eq!(taken(2, 1, 1, 0).next(), Seat::Waiting, "an offered seat is not free");
        assert_eq!(taken(2, 1, 0, 1).next(), Seat::Waiting, "nobody passes who waits");
        assert_eq!(taken(0, 0, 0, 0).next(), Seat::Waiting);
        assert_eq!(Taken::default().next(), Seat::Held, "no limit");
    }

    #[test]
    fn as_many_move_up_as_there_are_seats() {
        assert_eq!(taken(5, 3, 1, 4).moving_up(), 1);
        assert_eq!(taken(5, 1, 0, 2).moving_up(), 2);
        assert_eq!(taken(2, 5, 0, 2).moving_up(), 0, "a room that became smaller takes nobody's seat");
        assert_eq!(Taken { waiting: 3, ..Taken::default() }.moving_up(), 3);
    }

    #[test]
    fn it_is_said_why_nobody_moves_up() {
        assert_eq!(taken(2, 2, 0, 0).stuck(false), None);
        assert_eq!(taken(2, 2, 0, 1).stuck(false), Some(Stuck::Full));
        assert_eq!(taken(2, 1, 1, 1).stuck(false), Some(Stuck::Offered));
        assert_eq!(taken(2, 1, 0, 1).stuck(true), Some(Stuck::Over));
    }

    /// 2026-12-01T00:00 in Tokyo.
    const MIDNIGHT: i64 = 1_796_050_800_000;

    #[test]
    fn no_offer_ends_in_the_night() {
        let until = |hour: i64, hours: i64| {
            let end = offer_until(MIDNIGHT + hour * HOUR_MS, hours, i64::MAX, 540);
            ((end - MIDNIGHT) / DAY_MS, (end - MIDNIGHT) % DAY_MS / HOUR_MS)
        };
        assert_eq!(until(10, 4), (0, 14));
        assert_eq!(until(10, 11), (1, 9), "21:00 is night");
        assert_eq!(until(20, 12), (1, 9));
        assert_eq!(until(10, 24), (1, 10));
        assert_eq!(until(3, 1), (0, 9));
        assert_eq!(until(10, 0), (0, 11), "an hour at least");
        for hour in 0..48 {
            for hours in 1..72 {
                let (_, of_day) = until(hour, hours);
                assert!((9..21).contains(&of_day), "{hour} {hours}");
            }
        }
    }

    #[test]
    fn no_offer_outlasts_the_beginning() {
        let begins = MIDNIGHT + 12 * HOUR_MS;
        assert_eq!(offer_until(MIDNIGHT + 10 * HOUR_MS, 24, begins, 540), begins);
        assert_eq!(offer_until(i64::MAX - 1, i64::MAX, i64::MAX, 540), i64::MAX);
    }
}
