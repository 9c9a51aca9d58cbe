//! `/console/events/{slug}/guests/{id}`: one guest.
