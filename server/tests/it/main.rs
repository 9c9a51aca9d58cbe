//! Services, pages and storage against a real database, in one binary so that the server is linked once.
//!
//! It runs on a migrated SQLite file per test, or, with `ENTAKU_TEST_DATABASE` set to the address of a PostgreSQL where
//! databases may be made (`.ci/postgres` starts one and sets it), on a PostgreSQL database per test. A folder per
//! domain, a file per thing that must stay true; [`support`] has what they share.
#![recursion_limit = "512"]
// All of it is a test; the lints' own exemption sees only the functions marked as one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod auth;
mod events;
mod home;
mod http;
mod invariants;
mod offline;
mod questionnaires;
mod storage;
mod support;
mod voices;
