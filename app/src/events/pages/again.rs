//! `/{lang}/events/{slug}/again/{link}`: the form with what somebody told an earlier event.
