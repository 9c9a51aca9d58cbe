//! `/console/events/{slug}`: one event: where it stands, what can be done.
