//! The calls of desks. A page kept weeks ago must still be able to make them: paths and arguments stay, new arguments
//! are optional. Whose desk it is says a cookie.

use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::Json};
use rollcall::{
    desk::{Answer, Facts, News},
    operation::Name,
};
use serde::{Deserialize, Serialize};

/// The path of every call here, held by the test `questionnaires/api`.
pub const PATHS: &[&str] = &["/api/v1/operations", "/api/v1/roll"];

/// What became of a batch: an answer for each operation that could be told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// One for each operation.
    pub answers: Vec<Answer>,
}

/// What a desk is told of the guests and of other desks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What it did not know.
    pub news: News,
    /// What it is called and where it is.
    pub facts: Facts,
}

/// Takes in what a desk said. It may be repeated: each operation is held once and answered for itself, also one that
/// cannot be read. A desk that expired or was revoked is answered too: what it says then lies on a tray for a person.
#[server(prefix = "/api/v1", endpoint = "operations", input = Json, output = Json)]
pub async fn send_operations(
    /// The desk's id.
    desk: String,
    /// What the desk's clock says now, in Unix milliseconds.
    sent_at: i64,
    /// The last number that the desk has given.
    made: u64,
    /// What happened, at most 500, in the desk's order.
    operations: Vec<serde_json::Value>,
    /// Names of who walked in or was corrected.
    #[server(default)]
    names: Vec<Name>,
) -> Result<Answered, AppError> {
    use super::server::phone;
    use crate::{
        events::server::attendance::deliver,
        server::{Context, error::internal},
    };
    use rollcall::{Batch, Id, operation::MOST_OPERATIONS};

    let ctx = use_context::<Context>().ok_or_else(|| internal("a call without context"))?;
    if operations.len() > MOST_OPERATIONS || names.len() > operations.len() {
        return Err(AppError::Malformed);
    }
    let desk = phone::desk_of_call(&ctx, &desk).await?;
    let mut batch = Batch { sent_at, made, operations: Vec::new(), names };
    let mut unreadable = Vec::new();
    for said in operations {
        let id = said.get("id").and_then(|id| id.as_str()).and_then(Id::parse);
        let text = said.to_string();
        match (serde_json::from_value(said), id) {
            (Ok(said), _) => batch.operations.push(said),
            (Err(_), Some(id)) => unreadable.push((id, text)),
            // Nobody could be answered.
            (Err(_), None) => return Err(AppError::Malformed),
        }
    }
    let delivered = deliver(&ctx, &desk, &batch, &unreadable).await?;
    let answers = delivered.verdicts.into_iter().map(|(operation, verdict)| Answer { operation, verdict });
    Ok(Answered { answers: answers.collect() })
}

/// Tells a desk what it does not know yet. It works whatever became of what the desk said.
#[server(prefix = "/api/v1", endpoint = "roll", input = Json, output = Json)]
pub async fn read_roll(
    /// The desk's id.
    desk: String,
    /// The language in which places are named.
    language: String,
    /// The number up to which the desk knows operations.
    #[server(default)]
    after: u64,
    /// The state of the list of guests that it knows.
    #[server(default)]
    guests: String,
) -> Result<Told, AppError> {
    use super::server::phone;
    use crate::{
        events::server::attendance,
        server::{Context, error::internal},
        ui::{Reader, reader::locale_of},
    };

    let ctx = use_context::<Context>().ok_or_else(|| internal("a call without context"))?;
    let reader = Reader::new(locale_of(&language).ok_or(AppError::Malformed)?);
    let desk = phone::desk_of_call(&ctx, &desk).await?;
    let (news, facts) = attendance::news(&ctx, &desk, after, &guests, reader).await?;
    Ok(Told { news, facts })
}
