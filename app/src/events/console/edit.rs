//! `/console/events/{slug}/edit` and `/console/events/new`: the form of an event.
