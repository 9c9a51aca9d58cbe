//! What the process does by itself: sends mails, ends offers, reminds, thanks, deletes names; tells trustees (`late.rs`).
//!
//! Beside `maintenance`, until the process ends. Several servers over one database share the mails; the rest may be done
//! by each of them, since doing it twice changes nothing. The rules are in `app`.

mod late;

pub use late::tell_trustees;

use crate::mailer::Mailer;
use app::{
    error::AppError,
    events::server::{
        mails::{self, sending},
        retention, seats,
    },
    server::Context,
};
use futures::FutureExt as _;
use std::{pin::pin, time::Duration};

/// Mails that one server takes at a time: few, so that several servers share a mailing.
const BATCH: u64 = 10;
/// How often the outbox is looked into.
const LOOK: Duration = Duration::from_secs(3);
const MINUTE: Duration = Duration::from_secs(60);
const MINUTES_OF_HOUR: u32 = 60;
/// How often it is tried to note that a mail was sent: if that fails, it would be sent again.
const NOTES: u32 = 5;

/// Works until the process ends. A mail that is being handed over is finished first.
pub async fn run(ctx: Context, mailer: Mailer) {
    if !mailer.has_server() {
        tracing::warn!(
            "mails leave this machine only when ENTAKU_SMTP_URL is set; until then they are files in the data folder"
        );
    }
    tokio::join!(outbox(&ctx, &mailer), jobs(&ctx, &mailer));
}

async fn outbox(ctx: &Context, mailer: &Mailer) {
    let mut closed = pin!(ctx.bus().closed());
    loop {
        match send_due(ctx, mailer).await {
            // More may wait.
            Ok(handled) if handled as u64 == BATCH => {}
            Ok(_) => {
                tokio::select! {
                    () = &mut closed => return,
                    () = tokio::time::sleep(LOOK) => continue,
                }
            }
            Err(_) => {
                tracing::warn!("the outbox could not be read or written");
                tokio::select! {
                    () = &mut closed => return,
                    () = tokio::time::sleep(MINUTE) => continue,
                }
            }
        }
        if closed.as_mut().now_or_never().is_some() {
            return;
        }
    }
}

/// Sends mails that are due, at most a batch; how many were handled.
///
/// # Errors
/// When the database fails.
pub async fn send_due(ctx: &Context, mailer: &Mailer) -> Result<usize, AppError> {
    let batch = sending::claim(ctx, BATCH).await?;
    let mut closed = pin!(ctx.bus().closed());
    let mut session = mailer.session();
    let mut met = None;
    for (at, mail) in batch.iter().enumerate() {
        if closed.as_mut().now_or_never().is_some() {
            let rest: Vec<String> = batch.iter().skip(at).map(|mail| mail.id.clone()).collect();
            sending::release(ctx, &rest).await?;
            break;
        }
        let sent = match met {
            // The others would meet the same: they are not even tried.
            Some(fault) => Err(fault),
            None => session.send(mail, ctx.clock().now_ms()).await,
        };
        match sent {
            Ok(()) => note_sent(ctx, &mail.id).await?,
            Err(fault) => {
                tracing::warn!(fault = fault.as_str(), "a mail was not sent");
                met = met.or(fault.is_of_server().then_some(fault));
                sending::failed(ctx, &mail.id, fault).await?;
            }
        }
    }
    session.end().await;
    Ok(batch.len())
}

/// Notes it, with patience: the mail is out.
async fn note_sent(ctx: &Context, id: &str) -> Result<(), AppError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match sending::sent(ctx, id).await {
            Err(_) if tries < NOTES => tokio::time::sleep(Duration::from_millis(200) * tries).await,
            result => return result,
        }
    }
}

async fn jobs(ctx: &Context, mailer: &Mailer) {
    let closed = ctx.bus().closed();
    let minutes = async {
        let mut ticks = tokio::time::interval(MINUTE);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut minute = 0;
        loop {
            ticks.tick().await;
            each_minute(ctx).await;
            if minute == 0 {
                each_hour(ctx).await;
                tell_trustees(ctx, mailer).await;
                mailer.tidy();
            }
            minute = (minute + 1) % MINUTES_OF_HOUR;
        }
    };
    tokio::select! {
        () = closed => {}
        () = minutes => {}
    }
}

/// Ends offers that nobody answered. A failure is tried again the next minute.
pub async fn each_minute(ctx: &Context) {
    if seats::lapse(ctx).await.is_err() {
        tracing::warn!("offers could not be ended");
    }
}

/// Reminds, thanks, and deletes names whose time is over: in the night's first hour, or as soon as the server runs.
pub async fn each_hour(ctx: &Context) {
    if mails::remind(ctx).await.is_err() {
        tracing::warn!("guests could not be reminded");
    }
    if mails::thank(ctx).await.is_err() {
        tracing::warn!("guests could not be thanked");
    }
    match retention::anonymise_due(ctx).await {
        Ok(0) => {}
        Ok(events) => tracing::info!(events, "names deleted"),
        Err(_) => tracing::warn!("names could not be deleted"),
    }
}
