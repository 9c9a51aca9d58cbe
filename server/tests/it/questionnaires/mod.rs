//! Answers: how they arrive, what organizers see of them, and the files they take away.

mod api;
mod arrival;
mod console;
mod counts;
mod export;
mod sample;
mod steps;
mod way;
