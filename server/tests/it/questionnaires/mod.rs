//! Answers: how they arrive, what organizers see of them, and the files they take away.

mod answer;
mod api;
mod arrival;
mod console;
mod counts;
mod export;
mod opened;
mod sample;
mod several;
mod way;
mod workbook;
