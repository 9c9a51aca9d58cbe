//! What has to be done from time to time, whoever comes: nothing is kept longer than it is good for.

use app::server::Context;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The hour of the site's clock at which the order of the answers is forgotten: with very many answers nobody can send
/// for some seconds, so it is done when hardly anybody does.
const NIGHT_HOUR: u8 = 3;

/// The file in the data folder that holds the day on which it was done last.
const DONE: &str = "order-forgotten";

/// Does it now and then once a day, until the process ends. With several servers each of them does it; doing it twice
/// changes nothing.
pub async fn run(ctx: Context, data: PathBuf) {
    let closed = ctx.bus().closed();
    let days = async {
        loop {
            once(&ctx).await;
            tokio::time::sleep(DAY).await;
        }
    };
    let nights = async {
        if is_overdue(&ctx, &data) {
            forget_order(&ctx, &data).await;
        }
        loop {
            tokio::time::sleep(until_night(ctx.clock().time_of(ctx.clock().now_ms()))).await;
            forget_order(&ctx, &data).await;
        }
    };
    tokio::select! {
        () = closed => {}
        () = days => {}
        () = nights => {}
    }
}

/// One round. A failure is logged where it arises and tried again the next day.
async fn once(ctx: &Context) {
    if app::auth::server::service::forget_ended(ctx).await.is_err() {
        tracing::warn!("ended sessions and invitations could not be deleted");
    }
    if app::voices::server::deletion::shred_old(ctx).await.is_err() {
        tracing::warn!("voices that were concluded long ago could not be shredded");
    }
    if app::questionnaires::server::counts::tidy(ctx).await.is_err() {
        tracing::warn!("the counts of answers could not be tidied");
    }
}

/// Whether it was done neither today nor the day before: a server that starts again at noon does not do at noon what
/// it did at night, and one that never runs at night does it all the same.
fn is_overdue(ctx: &Context, data: &Path) -> bool {
    let clock = ctx.clock();
    let recent = [clock.today(), clock.day_of(clock.now_ms() - 24 * 60 * 60 * 1000)].map(String::from);
    !std::fs::read_to_string(data.join(DONE)).is_ok_and(|day| is_one_of(&day, &recent))
}

/// Whether a file's text is one of these days.
fn is_one_of(text: &str, days: &[String]) -> bool {
    days.iter().any(|day| day == text.trim())
}

async fn forget_order(ctx: &Context, data: &Path) {
    if let Err(error) = ctx.db().forget_order().await {
        // Logs the kind of failure under a reference.
        let _ = app::error::AppError::from(error);
        tracing::warn!("the order of the answers could not be forgotten");
        return;
    }
    if std::fs::write(data.join(DONE), String::from(ctx.clock().today())).is_err() {
        tracing::warn!("the data folder cannot be written");
    }
}

/// How long it is until the next night's hour, from a time of the day.
fn until_night((hour, minute): (u8, u8)) -> Duration {
    let day = 24 * 60;
    let minutes = (day + u64::from(NIGHT_HOUR) * 60 - u64::from(hour) * 60 - u64::from(minute)) % day;
    Duration::from_secs(if minutes == 0 { day } else { minutes } * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_recent_day_spares_a_start() {
        let recent = ["2026-11-25".to_owned(), "2026-11-24".to_owned()];
        for (text, spares) in
            [("2026-11-25", true), ("2026-11-24\n", true), ("2026-11-23", false), ("2099-01-01", false), ("", false)]
        {
            assert_eq!(is_one_of(text, &recent), spares, "{text}");
        }
    }

    #[test]
    fn night_comes_once_a_day() {
        for (time, minutes) in
            [((2, 59), 1), ((3, 0), 24 * 60), ((3, 1), 24 * 60 - 1), ((12, 0), 15 * 60), ((0, 0), 180)]
        {
            assert_eq!(until_night(time), Duration::from_secs(minutes * 60), "{time:?}");
        }
    }
}
