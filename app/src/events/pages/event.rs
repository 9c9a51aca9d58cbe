//! `/{lang}/events/{slug}`: one event.
