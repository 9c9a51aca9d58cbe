//! Answers: how they arrive, what organizers see of them, and the files they take away.

mod api;
mod arrival;
mod channels;
mod console;
mod deletion;
mod export;
mod kept_aside;
mod last_page;
mod poster;
mod results;
mod sample;
mod schedule;
mod versions;
mod way;
