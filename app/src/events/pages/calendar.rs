//! `…/calendar.ics`: calendar entries.
