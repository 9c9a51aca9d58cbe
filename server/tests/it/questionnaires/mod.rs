//! Answers: how they arrive, what organizers see of them, and the files they take away.

mod api;
mod arrival;
mod channels;
mod console;
mod export;
mod last_page;
mod poster;
mod sample;
mod way;
