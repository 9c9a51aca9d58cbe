//! `/console/events/{slug}/print`: the list for the desk, on paper.
