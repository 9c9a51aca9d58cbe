//! When something happened, told by a clock that is wrong.
//!
//! A desk's clock may be minutes off, stand in 1970 or jump. Each time it sends, it says what it shows; the server knows
//! what time it is then. The difference corrects what the desk noted before, as long as the clock ran on evenly.

use crate::operation::MOST_MS;

/// A desk speaks to the server: both clocks at the same moment, but for the way of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The desk's clock, in Unix milliseconds.
    pub desk_ms: i64,
    /// The server's, when the message came.
    pub server_ms: i64,
    /// The server's, when the desk was opened: nothing happened at it before.
    pub opened_ms: i64,
}

/// A time by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Unix milliseconds; never later than the contact.
    pub at_ms: i64,
    /// Whether it cannot be true: kept, and flagged.
    pub is_doubtful: bool,
}

/// By how much a clock may go wrong while something waits: phones are set right by the network, a little at a time.
const DRIFT_MS: i64 = 60 * 60 * 1000;

impl Contact {
    /// When something happened that the desk's clock noted at `noted_ms`.
    ///
    /// What the desk noted after the moment of sending, or before it was opened, was noted before its clock was set:
    /// nothing is known but that it had happened by now.
    #[must_use]
    pub fn correct(self, noted_ms: i64) -> Corrected {
        let waited = i128::from(self.desk_ms) - i128::from(noted_ms);
        let longest = i128::from(self.server_ms) - i128::from(self.opened_ms) + i128::from(DRIFT_MS);
        if (0..=longest).contains(&waited) {
            let at = i128::from(self.server_ms) - waited;
            let at = i64::try_from(at).unwrap_or(0).clamp(0, MOST_MS);
            return Corrected { at_ms: at, is_doubtful: false };
        }
        Corrected { at_ms: self.server_ms, is_doubtful: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_316_400_000;
    const HOUR: i64 = 60 * 60 * 1000;

    fn at(desk_ms: i64, noted_ms: i64) -> (i64, bool) {
        let corrected = Contact { desk_ms, server_ms: NOW, opened_ms: NOW - 8 * HOUR }.correct(noted_ms);
        (corrected.at_ms - NOW, corrected.is_doubtful)
    }

    #[test]
    fn a_clock_that_runs_evenly_is_right_whatever_it_shows() {
        for desk in [NOW, NOW + 600_000, NOW - 600_000, 5_000, 4_070_908_800_000, -62_000_000_000] {
            assert_eq!(at(desk, desk - 90_000), (-90_000, false), "{desk}");
            assert_eq!(at(desk, desk), (0, false), "{desk}");
        }
    }

    #[test]
    fn what_waited_for_weeks_happened_when_it_did() {
        let opened_ms = NOW - 30 * 24 * HOUR;
        let contact = Contact { desk_ms: NOW + HOUR, server_ms: NOW, opened_ms };
        let noted = opened_ms + 2 * HOUR;
        assert_eq!(contact.correct(noted), Corrected { at_ms: opened_ms + HOUR, is_doubtful: false });
    }

    #[test]
    fn what_a_clock_noted_before_it_was_set_is_known_to_be_past_and_flagged() {
        assert_eq!(at(NOW, 0), (0, true), "noted in 1970, then set");
        assert_eq!(at(NOW, 4_070_908_800_000), (0, true), "noted in 2099, then set");
        assert_eq!(at(NOW, NOW - 10 * HOUR), (0, true), "before there was a desk");
        assert_eq!(at(i64::MAX, i64::MIN), (0, true));
        assert_eq!(at(i64::MIN, i64::MAX), (0, true));
    }
}
