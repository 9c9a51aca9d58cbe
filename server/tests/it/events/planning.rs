//! What organizers decide about events.
