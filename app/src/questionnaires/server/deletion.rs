//! People take their answers back by the code they kept.
//!
//! The row goes, and with it whatever was kept aside under the same code. A mark stays (`deleted_responses`), so that
//! a phone which sends the answers once more does not bring them back: [`super::arrival`] answers it with a receipt
//! that says so. No audit row tells of it, since such rows have an instant. What must stay true, held by the tests
//! `questionnaires/deletion`: what stands in published results stays, a code that fits nothing tells nothing, and
//! deleting twice is deleting once.
//!
//! Copies in backups vanish when these are overwritten. Whoever restores an earlier backup brings back what was deleted
//! since, with codes that fit again.

use super::{
    catalogue::Questionnaire,
    entities::response,
    queries,
    receipt::{self, CODE_LENGTH, CODE_LETTERS},
};
use crate::{
    error::AppError,
    server::{Context, bus::Topic, keys::Keys},
};
use form::Day;
use sea_orm::ConnectionTrait;
use unicode_normalization::UnicodeNormalization;

/// Longer than a code in any way of writing it.
const MAX_TYPED: usize = 200;

/// A code in its one form. It cannot be printed or written.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// Why what was typed is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing was typed.
    Missing,
    /// Not twelve letters and digits of the kind that codes are made of.
    Misspelled,
}

impl Code {
    /// Reads a code as somebody typed it: wide letters, hyphens, spaces and small letters make no difference.
    ///
    /// # Errors
    /// What is wrong with it; whether somebody holds such a code is not asked.
    pub fn parse(typed: &str) -> Result<Self, CodeFault> {
        if typed.trim().is_empty() {
            return Err(CodeFault::Missing);
        }
        if typed.len() > MAX_TYPED {
            return Err(CodeFault::Misspelled);
        }
        let plain = receipt::plain_code(&typed.nfkc().collect::<String>());
        let is_code = plain.len() == CODE_LENGTH && plain.bytes().all(|letter| CODE_LETTERS.contains(&letter));
        if is_code { Ok(Self(plain)) } else { Err(CodeFault::Misspelled) }
    }

    fn hash(&self, keys: &Keys) -> String {
        receipt::code_hash(keys, &self.0)
    }
}

/// What a code leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing in this questionnaire.
    Nothing,
    /// Answers that can be deleted.
    Deletable,
    /// Answers that are deleted.
    Deleted,
    /// Answers that stand in published results.
    InResults {
        /// The last day of these results.
        through: Day,
    },
}

/// What a code leads to in a questionnaire. Nothing of the answers is told.
///
/// # Errors
/// When the database fails.
pub async fn find(ctx: &Context, questionnaire: &Questionnaire, code: &Code) -> Result<Found, AppError> {
    Ok(look(ctx.read(), ctx.keys(), questionnaire, &code.hash(ctx.keys())).await?.found())
}

/// Deletes what [`find`] calls deletable, for good; anything else stays as it is.
///
/// # Errors
/// When the database fails; then everything is as before.
pub async fn delete(ctx: &Context, questionnaire: &Questionnaire, code: &Code) -> Result<Found, AppError> {
    let code_hash = &code.hash(ctx.keys());
    let found = ctx
        .write(|tx| async move {
            let traces = look(&tx, ctx.keys(), questionnaire, code_hash).await?;
            if traces.found() != Found::Deletable {
                return Ok(traces.found());
            }
            if let Some(row) = &traces.response {
                queries::delete_response(&tx, row).await?;
                super::counts::remove(&tx, row).await?;
            }
            queries::delete_quarantined(&tx, traces.kept_aside).await?;
            queries::insert_deleted(&tx, code_hash, &questionnaire.id).await?;
            Ok(Found::Deleted)
        })
        .await?;
    ctx.bus().publish(Topic::Questionnaire(questionnaire.id.clone()));
    Ok(found)
}

/// Everything that lies under one code.
struct Traces {
    response: Option<response::Model>,
    /// The last day of published results, if the response stands in them.
    in_results: Option<Day>,
    /// The ids of what was kept aside, for whatever questionnaire.
    kept_aside: Vec<String>,
    /// Whether some of that was sent to this questionnaire.
    has_own_kept_aside: bool,
    is_deleted: bool,
}

impl Traces {
    fn found(&self) -> Found {
        match (self.in_results, &self.response) {
            (Some(through), _) => Found::InResults { through },
            (None, Some(_)) => Found::Deletable,
            (None, None) if self.has_own_kept_aside => Found::Deletable,
            (None, None) if self.is_deleted => Found::Deleted,
            (None, None) => Found::Nothing,
        }
    }
}

async fn look(
    conn: &impl ConnectionTrait,
    keys: &Keys,
    questionnaire: &Questionnaire,
    code_hash: &str,
) -> Result<Traces, AppError> {
    let response = queries::find_response_by_code(conn, &questionnaire.id, code_hash).await?;
    // Read here and not taken from the questionnaire, which may have been read before results were published.
    let results_through =
        queries::find_questionnaire(conn, &questionnaire.slug).await?.and_then(|row| row.results_through);
    let in_results =
        response.as_ref().and_then(|row| results_through.filter(|through| row.received_on <= *through)).map(Day::from);
    let mut kept_aside = queries::list_quarantined_by_code(conn, code_hash).await?;
    for (id, slug, instance_id) in queries::list_quarantined_without_code(conn).await? {
        if receipt::code_hash_of(keys, &instance_id) == code_hash {
            kept_aside.push((id, slug));
        }
    }
    Ok(Traces {
        response,
        in_results,
        has_own_kept_aside: kept_aside.iter().any(|(_, slug)| *slug == questionnaire.slug),
        kept_aside: kept_aside.into_iter().map(|(id, _)| id).collect(),
        is_deleted: queries::is_deleted(conn, code_hash).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_read_however_it_is_typed() {
        let code = Code::parse("01AB-CDEF-0123").map(|code| code.0);
        assert_eq!(code.as_deref(), Ok("01ABCDEF0123"));
        for typed in
            ["01abcdef0123", " oIab cdef ol23 ", "０１ＡＢ－ＣＤＥＦ－０１２３", "01AB\u{2013}CDEF\u{2013}0123"]
        {
            assert_eq!(Code::parse(typed).map(|code| code.0), code, "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_told_apart_from_nothing() {
        for typed in ["", " ", "\u{3000}"] {
            assert_eq!(Code::parse(typed).err(), Some(CodeFault::Missing), "{typed:?}");
        }
        let long = "0".repeat(1_000_000);
        for typed in ["01AB-CDEF-012", "01AB-CDEF-01234", "01AB-CDEF-012U", "-", "あいうえおかきくけこさし", &long]
        {
            assert_eq!(Code::parse(typed).err(), Some(CodeFault::Misspelled), "{typed:.20}");
        }
    }
}
