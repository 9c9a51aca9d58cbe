//! Answers that somebody carried here: a phone's unsent rows, from a file or from squares.
//!
//! They arrive by the rules of all others ([`arrival`]), so it makes no difference how often they are taken in, or
//! whether the phone sends them as well. What must stay true, held by the tests `questionnaires/carried`: no answer is
//! counted twice, none that its sender deleted comes back, and of what was taken in nothing but numbers is said.

use super::arrival;
use crate::{
    auth::Organizer,
    error::AppError,
    questionnaires::{intake::SealedSending, types::Outcome},
    server::{Context, audit, error::internal},
};
use outbox::carry::{self, Found};
use std::fmt;

/// What became of the answers, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New, and counted.
    pub stored: u32,
    /// Here before, whatever became of them then. Those that their senders deleted are among them: nobody is told
    /// whose answers were taken back.
    pub known: u32,
    /// New, and kept aside: they came too late, or do not fit.
    pub kept_aside: u32,
    /// Other answers came before under the same id; these are kept aside.
    pub conflict: u32,
    /// No sealed answers, or damaged ones. They leave nothing.
    pub unreadable: u32,
    /// Sealed for another installation, or for a secret of before. They leave nothing.
    pub elsewhere: u32,
}

/// What was taken in, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What became of the answers that could be read.
    pub tally: Tally,
    /// What was found, without the answers.
    pub found: Found,
}

/// Takes in whatever answers are in a text. It is finished also when the organizer goes away meanwhile, and leaves one
/// audit row if there was an answer at all.
///
/// # Errors
/// When the database fails; what was taken in until then stays, and may be taken in once more.
pub async fn arrive_carried(ctx: &Context, organizer: &Organizer, text: &str) -> Result<Taken, AppError> {
    let mut found = carry::read(text);
    let bodies = std::mem::take(&mut found.bodies);
    if bodies.is_empty() {
        return Ok(Taken { found, ..Taken::default() });
    }
    let (ctx, organizer) = (ctx.clone(), organizer.clone());
    let taking = tokio::spawn(async move { take_all(&ctx, &organizer, &bodies).await });
    let tally = taking.await.map_err(|_| internal("taking in broke off"))??;
    Ok(Taken { tally, found })
}

/// One after the other, each in a transaction of its own, as if phones sent them.
async fn take_all(ctx: &Context, organizer: &Organizer, bodies: &[String]) -> Result<Tally, AppError> {
    let mut tally = Tally::default();
    let mut failure = None;
    for body in bodies {
        match take(ctx, body, &mut tally).await {
            Ok(()) => {}
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    let detail = &tally.to_string();
    if tally != Tally::default() {
        ctx.write(|tx| async move { audit::record(&tx, Some(organizer.id()), "answers.taken_in", "", detail).await })
            .await?;
    }
    failure.map_or(Ok(tally), Err)
}

async fn take(ctx: &Context, body: &str, tally: &mut Tally) -> Result<(), AppError> {
    let Ok(sealed) = serde_json::from_str::<SealedSending>(body) else {
        tally.unreadable += 1;
        return Ok(());
    };
    let counted = match arrival::tell_sealed(ctx, sealed).await {
        Ok((receipt, true)) if receipt.outcome == Outcome::Stored => &mut tally.stored,
        Ok((_, true)) => &mut tally.kept_aside,
        Ok((_, false)) => &mut tally.known,
        Err(AppError::Conflict) => &mut tally.conflict,
        Err(AppError::Expired) => &mut tally.elsewhere,
        Err(AppError::Malformed | AppError::Invalid(_)) => &mut tally.unreadable,
        Err(error) => return Err(error),
    };
    *counted += 1;
    Ok(())
}

impl Tally {
    /// All numbers together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            stored: self.stored + other.stored,
            known: self.known + other.known,
            kept_aside: self.kept_aside + other.kept_aside,
            conflict: self.conflict + other.conflict,
            unreadable: self.unreadable + other.unreadable,
            elsewhere: self.elsewhere + other.elsewhere,
        }
    }
}

impl fmt::Display for Tally {
    /// As the audit row has it: keys and numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stored, known, kept_aside, conflict, unreadable, elsewhere } = self;
        write!(f, "stored={stored} known={known} kept_aside={kept_aside} conflict={conflict} ")?;
        write!(f, "unreadable={unreadable} elsewhere={elsewhere}")
    }
}
