//! `/{lang}/events/feed.xml`: news for feed readers.
