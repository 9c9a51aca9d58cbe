//! The rules of the outbox: which mail goes next, when one is tried again, when it is given up. Who carries the bytes
//! knows none of them.
//!
//! Several servers may share the work: a mail that one has claimed is left alone by the others until the claim ends, so
//! that none goes twice unless a server dies between sending and noting it. (Tests: `events/sending`.)

use super::{Letter, own_mailing, to_call};
use crate::{
    error::AppError,
    events::server::{
        entities::{
            mail::{self, State},
            mailing::MailKind,
        },
        queries,
    },
    server::{Context, db::Transaction},
};
use sea_orm::Set;

/// How long a claim lasts: far longer than a batch takes, even if each of its mails hangs.
pub const CLAIM_MS: i64 = 20 * MINUTE_MS;
/// How long after it was written a mail is given up.
const PATIENCE_MS: i64 = 3 * 24 * 60 * MINUTE_MS;
/// Minutes until a mail is tried again, after the first try, the second and so on; then each hour.
const PAUSES: [i64; 4] = [1, 5, 15, 60];
const MINUTE_MS: i64 = 60_000;

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id; names it for ever, so that who gets it twice sees it once.
    pub id: String,
    /// Where to.
    pub recipient: String,
    /// What it says.
    pub letter: Letter,
}

/// Why a mail was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The mail server cannot be reached, or does not answer in time before a mail is handed over.
    Unreachable,
    /// It does not let us in, or does not let this sender send.
    NotAllowed,
    /// It stopped answering while a mail was handed over.
    TimedOut,
    /// It says: later.
    Deferred,
    /// It says: never.
    Refused,
    /// Address or text is none that can be sent.
    Unreadable,
}

impl Fault {
    /// As the table holds it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NotAllowed => "not_allowed",
            Self::TimedOut => "timed_out",
            Self::Deferred => "deferred",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether trying again is of no use.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Unreadable)
    }

    /// Whether every other mail would meet the same now.
    #[must_use]
    pub const fn is_of_server(self) -> bool {
        matches!(self, Self::Unreachable | Self::NotAllowed)
    }
}

/// Takes mails that are due, at most so many, for this server alone. What cannot be read is given up at once.
///
/// # Errors
/// When the database fails.
pub async fn claim(ctx: &Context, most: u64) -> Result<Vec<Outgoing>, AppError> {
    // Most of the time there is nothing to do, and then nothing is written.
    if queries::due_mails(ctx.read(), ctx.clock().now_ms(), 1).await?.is_empty() {
        return Ok(Vec::new());
    }
    ctx.write(|tx| async move {
        let mut claimed = Vec::new();
        for row in queries::due_mails(&tx, tx.now_ms(), most).await? {
            let letter = row.message.as_deref().and_then(Letter::of_json);
            let (Some(recipient), Some(letter)) = (row.recipient.clone(), letter) else {
                give_up(&tx, &row, Fault::Unreadable).await?;
                continue;
            };
            let claim =
                mail::ActiveModel { claimed_until: Set(Some(tx.now_ms() + CLAIM_MS)), ..mail::ActiveModel::default() };
            queries::settle_mail(&tx, &row.id, claim).await?;
            claimed.push(Outgoing { id: row.id, recipient, letter });
        }
        Ok(claimed)
    })
    .await
}

/// Notes that a server has taken the mail. Its text is deleted; the address stays until the guest's name is deleted, but
/// for those who only follow a series.
///
/// # Errors
/// When the database fails.
pub async fn sent(ctx: &Context, id: &str) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        let Some(row) = queries::find_mail(&tx, id).await? else { return Ok(()) };
        let mut settled = mail::ActiveModel {
            state: Set(State::Sent),
            message: Set(None),
            tries: Set(row.tries + 1),
            claimed_until: Set(None),
            fault: Set(None),
            sent_at: Set(Some(tx.now_ms())),
            ..mail::ActiveModel::default()
        };
        if row.registration_id.is_none() {
            settled.recipient = Set(None);
        }
        queries::settle_mail(&tx, id, settled).await?;
        Ok(())
    })
    .await
}

/// Notes that it was not sent: it is tried again later, or given up. A guest whom a given-up mail would have told
/// something is put on the list of people to call.
///
/// # Errors
/// When the database fails.
pub async fn failed(ctx: &Context, id: &str, fault: Fault) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        let Some(row) = queries::find_mail(&tx, id).await?.filter(|row| row.state == State::Waiting) else {
            return Ok(());
        };
        if fault.is_final() || tx.now_ms() - row.created_at >= PATIENCE_MS {
            return give_up(&tx, &row, fault).await;
        }
        let later = mail::ActiveModel {
            tries: Set(row.tries + 1),
            due_at: Set(tx.now_ms() + pause_ms(row.tries)),
            claimed_until: Set(None),
            fault: Set(Some(fault.as_str().to_owned())),
            ..mail::ActiveModel::default()
        };
        queries::settle_mail(&tx, id, later).await?;
        Ok(())
    })
    .await
}

/// Gives claimed mails back untried: the process is about to end.
///
/// # Errors
/// When the database fails.
pub async fn release(ctx: &Context, ids: &[String]) -> Result<(), AppError> {
    if ids.is_empty() {
        return Ok(());
    }
    ctx.write(|tx| async move {
        for id in ids {
            let free = mail::ActiveModel { claimed_until: Set(None), ..mail::ActiveModel::default() };
            queries::settle_mail(&tx, id, free).await?;
        }
        Ok(())
    })
    .await
}

async fn give_up(tx: &Transaction, row: &mail::Model, fault: Fault) -> Result<(), AppError> {
    let mut settled = mail::ActiveModel {
        state: Set(State::Failed),
        message: Set(None),
        tries: Set(row.tries + 1),
        claimed_until: Set(None),
        fault: Set(Some(fault.as_str().to_owned())),
        ..mail::ActiveModel::default()
    };
    if row.registration_id.is_none() {
        settled.recipient = Set(None);
    }
    queries::settle_mail(tx, &row.id, settled).await?;
    let Some(registration) = &row.registration_id else { return Ok(()) };
    match (&row.mailing_id, &row.event_id) {
        (Some(mailing), _) => to_call(tx, mailing, registration).await,
        // They moved up and do not know it.
        (None, Some(event)) if matches!(row.kind, MailKind::Promoted | MailKind::Offered) => {
            let mailing = own_mailing(tx, event, row.kind).await?;
            to_call(tx, &mailing, registration).await
        }
        _ => Ok(()),
    }
}

/// How long a mail waits that was tried so often before this time.
fn pause_ms(tries: i64) -> i64 {
    let pause = usize::try_from(tries).ok().and_then(|tries| PAUSES.get(tries)).or(PAUSES.last());
    pause.copied().unwrap_or(60) * MINUTE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let minutes: Vec<i64> = (0..7).map(|tries| pause_ms(tries) / MINUTE_MS).collect();
        assert_eq!(minutes, [1, 5, 15, 60, 60, 60, 60]);
    }
}
