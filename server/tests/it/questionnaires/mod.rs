//! Answers: how they arrive, what organizers see of them, and the files they take away.

mod answer;
mod api;
mod arrival;
mod carried;
mod channels;
mod console;
mod counts;
mod deletion;
mod export;
mod filters;
mod kept_aside;
mod last_page;
mod old_client;
mod opened;
mod phone_page;
mod poster;
mod results;
pub mod sample;
mod schedule;
mod sealed;
mod several;
mod steps;
mod versions;
mod way;
mod workbook;
mod worker;
