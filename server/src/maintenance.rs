//! What has to be done from time to time, whoever comes: nothing is kept longer than it is good for.

use app::server::Context;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Does it now and then once a day, until the process ends. With several servers each of them does it; doing it twice
/// changes nothing.
pub async fn run(ctx: Context) {
    let closed = ctx.bus().closed();
    let days = async {
        loop {
            once(&ctx).await;
            tokio::time::sleep(DAY).await;
        }
    };
    tokio::select! {
        () = closed => {}
        () = days => {}
    }
}

/// One round. A failure is logged where it arises and tried again the next day.
async fn once(ctx: &Context) {
    if app::auth::server::service::forget_ended(ctx).await.is_err() {
        tracing::warn!("ended sessions and invitations could not be deleted");
    }
    if app::questionnaires::server::counts::tidy(ctx).await.is_err() {
        tracing::warn!("the counts of answers could not be tidied");
    }
    if let Err(error) = ctx.db().forget_order().await {
        // Logs the kind of failure under a reference.
        let _ = app::error::AppError::from(error);
        tracing::warn!("the order of the answers could not be forgotten");
    }
}
