//! `/console/events/{slug}/guests`: the table of guests.
