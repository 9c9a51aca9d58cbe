//! `/console/events/{slug}/mailings`: what guests were told, and whom to call.
