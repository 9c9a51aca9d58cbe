//! What islands ask of the browser: forms, focus, history, fetch, storage, locks, the service worker. Thin, without a
//! rule of its own.
//!
//! It compiles for the server too, because an island's handlers do, and is never called there: handlers and effects
//! run in browsers only.

mod by_name;
pub mod camera;
pub mod device;
pub mod file;
pub mod http;
pub mod idle;
pub mod keys;
pub mod live;
pub mod locks;
pub mod page;
pub mod press;
pub mod sound;
pub mod storage;
pub mod text;
pub mod vault;
mod waiting;
pub mod worker;
