//! The calls of desks. A page kept weeks ago must still be able to make them: paths and arguments stay, new arguments
//! are optional. Whose desk it is says a cookie.

use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::Json};
use rollcall::{
    Id,
    desk::{Answer, Facts, News},
    operation::Name,
};
use serde::{Deserialize, Serialize};

/// The path of every call here, held by the test `questionnaires/api`.
pub const PATHS: &[&str] = &["/api/v1/end-desk", "/api/v1/operations", "/api/v1/roll"];

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
    use rollcall::Batch;

    let ctx = use_context::<Context>().ok_or_else(|| internal("a call without context"))?;
    let (batch, unreadable) = Batch::of_wire(sent_at, made, operations, names).map_err(|_| AppError::Malformed)?;
    let desk = phone::desk_of_call(&ctx, &desk).await?;
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
    /// The operation under that number.
    #[server(default)]
    last: Option<Id>,
    /// The state of the list of guests that it knows.
    #[server(default)]
    guests: String,
    /// The last number that the desk has given, sent or not.
    #[server(default)]
    made: u64,
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
    let knows = attendance::Knows { after, last, guests, made };
    let (news, facts) = attendance::news(&ctx, &desk, &knows, reader).await?;
    Ok(Told { news, facts })
}

/// Closes a desk, as the phone that is this desk asks for it. It may be repeated.
#[server(prefix = "/api/v1", endpoint = "end-desk", input = Json, output = Json)]
pub async fn end_desk(
    /// The desk's id.
    desk: String,
) -> Result<(), AppError> {
    use super::server::phone;
    use crate::{
        events::server::attendance::desks,
        server::{Context, error::internal},
    };

    let ctx = use_context::<Context>().ok_or_else(|| internal("a call without context"))?;
    let desk = phone::desk_of_call(&ctx, &desk).await?;
    desks::end(&ctx, &desk).await
}
