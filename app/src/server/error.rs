//! How failures become answers: database errors are logged once under a reference and never shown.

use super::db::is_conflict;
use crate::error::AppError;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sea_orm::{ConnAcquireErr, DbErr};

/// Who found no free connection to the database asks again after so many seconds.
const BUSY_S: u32 = 20;

impl From<DbErr> for AppError {
    /// Logs the kind of failure under a reference. The text of the error is left out on purpose where it could
    /// hold a bound value.
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) = &error {
            // Everybody waits for one long piece of work, the nightly tidying of very many answers perhaps. Nothing is
            // broken, and who asks again soon gets an answer.
            tracing::warn!("no database connection became free in time");
            return Self::TooManyRequests { retry_after: BUSY_S };
        }
        let reference = reference();
        let kind = match &error {
            DbErr::Conn(_) => "connection",
            DbErr::ConnectionAcquire(_) => "pool",
            DbErr::Exec(_) => "statement",
            DbErr::Query(_) => "query",
            DbErr::Type(_) | DbErr::Json(_) => "type",
            DbErr::Migration(_) => "migration",
            _ => "other",
        };
        let code = error_code(&error);
        if is_conflict(&error) {
            // `Db::write` runs the transaction again, and says so itself if that never ends.
            tracing::debug!(reference, kind, code, "two transactions met");
        } else {
            tracing::error!(reference, kind, code, "database");
        }
        Self::Internal { reference }
    }
}

/// The database's own short code ("23505", "5"), which holds no text of anybody's.
fn error_code(error: &DbErr) -> String {
    use sea_orm::RuntimeErr;
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e))
        | DbErr::Conn(RuntimeErr::SqlxError(e)) => {
            e.as_database_error().and_then(|e| e.code().map(|c| c.into_owned())).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// An internal error with a reference that stands in the log beside `what`.
#[must_use]
pub fn internal(what: &'static str) -> AppError {
    let reference = reference();
    tracing::error!(reference, what, "internal");
    AppError::Internal { reference }
}

/// Eight random letters.
fn reference() -> String {
    let mut bytes = [0_u8; 5];
    let _ = getrandom::fill(&mut bytes);
    data_encoding::BASE32_NOPAD.encode(&bytes)
}

/// The error as an empty answer with its status; the layer `error_pages` turns it into a page in the person's
/// language, or into JSON under `/api`.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Self::TooManyRequests { retry_after } = &self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waited_for_a_connection_is_asked_to_come_again() {
        let late = AppError::from(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        assert_eq!(late, AppError::TooManyRequests { retry_after: BUSY_S });
        let closed = AppError::from(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed));
        assert!(matches!(closed, AppError::Internal { .. }), "{closed:?}");
    }
}
