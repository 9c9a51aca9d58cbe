//! The one error of the program, as it travels to the browser: a key and numbers, never a sentence, never
//! anybody's text, never a word of the database.

use form::json::Tree;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What went wrong, for a person (who reads a translation of it) or a program (which reads the variant).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// There is no such page or row, or the asker may not know of it.
    #[error("not found")]
    NotFound,
    /// The page is for organizers and nobody is signed in.
    #[error("sign-in required")]
    SignInRequired,
    /// Signed in, but without the role that this asks for.
    #[error("forbidden")]
    Forbidden,
    /// What was sent cannot be read at all: wrong type, truncated, over the limit.
    #[error("malformed")]
    Malformed,
    /// Readable, but fields are wrong: each with its place and key.
    #[error("invalid")]
    Invalid(Vec<form::Problem>),
    /// The same id came before with other bytes; the second is kept aside for a person.
    #[error("conflict")]
    Conflict,
    /// A link, session or draft that was good once.
    #[error("expired")]
    Expired,
    /// Slow down; seconds until another try is welcome.
    #[error("too many requests")]
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The page's program is older than the server understands.
    #[error("client outdated")]
    Outdated,
    /// Something of ours failed; the reference is in the log.
    #[error("internal error {reference}")]
    Internal {
        /// Eight letters that an organizer can look up in the log.
        reference: String,
    },
    /// The call did not arrive or the answer could not be read.
    #[error("transport")]
    Transport,
}

impl AppError {
    /// Reads what serde writes of an error; what is not understood is [`AppError::Transport`].
    #[must_use]
    pub fn read(tree: &Tree) -> Self {
        if let Some(Tree::List(problems)) = tree.field("invalid") {
            return Self::Invalid(problems.iter().filter_map(form::Problem::read).collect());
        }
        let seconds = tree.field("too_many_requests").and_then(|error| error.field("retry_after"));
        if let Some(retry_after) = seconds.and_then(Tree::number).and_then(|seconds| u32::try_from(seconds).ok()) {
            return Self::TooManyRequests { retry_after };
        }
        match tree.text() {
            Some("conflict") => Self::Conflict,
            Some("outdated") => Self::Outdated,
            Some("not_found") => Self::NotFound,
            Some("malformed") => Self::Malformed,
            Some("expired") => Self::Expired,
            _ => Self::Transport,
        }
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignInRequired => 401,
            Self::Forbidden => 403,
            Self::Malformed => 400,
            Self::Invalid(_) => 422,
            Self::Conflict => 409,
            Self::Expired | Self::Outdated => 410,
            Self::TooManyRequests { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Transport => 502,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // The inner text may hold what a person typed: it is dropped here, on purpose.
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Malformed
            }
            _ => Self::Transport,
        }
    }
}
