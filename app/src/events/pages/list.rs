//! `/{lang}/events`: what is ahead, what was.
