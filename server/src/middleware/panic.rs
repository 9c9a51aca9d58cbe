//! A panic ends one answer, not the process, and its message goes nowhere: it can hold what somebody typed.

use app::server::error::internal;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use std::any::Any;

/// What is answered instead. The place in the source stands in the log, written by the hook of [`hook`].
pub fn answer(_message: Box<dyn Any + Send>) -> Response<Body> {
    internal("panic").into_response()
}

/// Replaces the standard report of a panic, which prints its message, by its place.
pub fn hook() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
