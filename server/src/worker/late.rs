//! Tells the voice desk's trustees that workers say that it is late: how many, and nothing by which a voice could be found.

use crate::mailer::Mailer;
use app::{
    events::server::mails::{Letter, sending::Outgoing},
    server::Context,
    voices::server::late,
};

/// Writes to all trustees, once for what is new. What is noted as told was taken by a mail server for one of them at least;
/// otherwise it is tried again in an hour.
pub async fn tell_trustees(ctx: &Context, mailer: &Mailer) {
    let trustees = &ctx.site().voices_trustees;
    let voices = match late::untold(ctx).await {
        Ok(voices) => voices,
        Err(_) => return tracing::warn!("it could not be read whether the voice desk is late"),
    };
    if trustees.is_empty() || voices.is_empty() {
        return;
    }
    let (subject, text) = late::words(ctx, voices.len());
    let mut is_told = false;
    let mut session = mailer.session();
    let now_ms = ctx.clock().now_ms();
    for (at, recipient) in trustees.iter().enumerate() {
        let letter = Letter { subject: subject.clone(), text: text.clone(), ..Letter::default() };
        let mail = Outgoing { id: format!("late-{now_ms}-{at}"), recipient: recipient.clone(), letter };
        match session.send(&mail, now_ms).await {
            Ok(()) => is_told = true,
            Err(fault) => tracing::warn!(fault = fault.as_str(), "a trustee could not be told"),
        }
    }
    session.end().await;
    if is_told && late::told(ctx, &voices).await.is_err() {
        tracing::warn!("trustees were told and will be told again");
    }
}
