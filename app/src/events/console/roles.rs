//! `/console/events/{slug}/roles`: who may do what.
