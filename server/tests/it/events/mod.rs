//! Events: seats, guests, mails, screens.

mod attendance;
mod calendar;
mod console;
mod desk;
mod guests;
mod imports;
mod killed;
mod live;
mod mails;
mod pages;
mod planning;
mod races;
mod registration;
mod retention;
mod sample;
mod seats;
mod seeded;
mod sending;
