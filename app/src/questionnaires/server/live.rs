//! `GET /console/live`: the counts of all questionnaires as they move, as server-sent events.
//!
//! One task a process reads the counts, at most twice a second and only while somebody watches, and renders them to
//! bytes once for everybody. What must stay true, held by the test `questionnaires/console`: a listener is told the
//! counts when it comes and after every change, and streams end when the process ends.

use super::queries;
use crate::{auth::Organizer, error::AppError, questionnaires::types::Count, server::Context};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use futures::{StreamExt as _, stream};
use std::{
    fmt::Write as _,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    time::{Instant, sleep, timeout_at},
};

/// Between two readings of the counts.
const PACE: Duration = Duration::from_millis(500);
/// A sign of life for proxies that cut silent connections.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After so long a listener has to come again and show that its session still lives.
const AT_MOST: Duration = Duration::from_secs(15 * 60);
/// How long a browser waits before it comes again, plus up to as much: after a restart not all come at once.
const RETRY_MS: u32 = 2_000;

/// Answers with the stream.
///
/// # Errors
/// When the database fails at once.
pub async fn show(State(ctx): State<Context>, _: Organizer) -> Result<Response, AppError> {
    // Subscribed before the first reading, so that nothing falls in between.
    let counts = ctx.part::<Hub>().listen(&ctx);
    let mut first = format!("retry: {}\n\n", RETRY_MS + jitter());
    first.push_str(&render(&queries::counts::count_all(ctx.read()).await?));

    let listener = Listener { counts, ends_at: Instant::now() + AT_MOST };
    let changes = stream::unfold(listener, Listener::next);
    let events = stream::once(async move { Bytes::from(first) }).chain(changes).take_until(ctx.bus().closed());
    let mut response = Response::new(Body::from_stream(events.map(Ok::<_, std::convert::Infallible>)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would hold the events back until it has a bufferful.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// One open page.
struct Listener {
    counts: watch::Receiver<Bytes>,
    ends_at: Instant,
}

impl Listener {
    async fn next(mut self) -> Option<(Bytes, Self)> {
        let until = (Instant::now() + KEEP_ALIVE).min(self.ends_at);
        match timeout_at(until, self.counts.changed()).await {
            Ok(Ok(())) => {
                let counts = self.counts.borrow_and_update().clone();
                Some((counts, self))
            }
            Ok(Err(_)) => None,
            Err(_) if until == self.ends_at => None,
            Err(_) => Some((Bytes::from_static(b":\n\n"), self)),
        }
    }
}

/// The counts of now, rendered, for everybody who listens.
#[derive(Default)]
struct Hub(Mutex<Option<watch::Sender<Bytes>>>);

impl Hub {
    fn listen(&self, ctx: &Context) -> watch::Receiver<Bytes> {
        let mut hub = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = hub.as_ref() {
            return sender.subscribe();
        }
        let (sender, receiver) = watch::channel(Bytes::new());
        tokio::spawn(watch_counts(ctx.clone(), sender.clone()));
        *hub = Some(sender);
        receiver
    }
}

/// Reads the counts whenever something has changed and somebody listens, until the process ends.
async fn watch_counts(ctx: Context, counts: watch::Sender<Bytes>) {
    let mut topics = ctx.bus().subscribe();
    let closed = ctx.bus().closed();
    let reading = async {
        loop {
            match topics.recv().await {
                // Having missed some is having heard that something changed.
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
            // What comes from here on is heard in the next round.
            topics = topics.resubscribe();
            if counts.receiver_count() > 0
                && let Ok(read) = queries::counts::count_all(ctx.read()).await
            {
                counts.send_replace(Bytes::from(render(&read)));
            }
            sleep(PACE).await;
        }
    };
    tokio::select! {
        () = closed => {}
        () = reading => {}
    }
}

fn render(counts: &[(String, u64)]) -> String {
    let mut events = String::new();
    for (slug, count) in counts {
        let data = serde_json::to_string(&Count { slug: slug.clone(), count: *count }).unwrap_or_default();
        let _ = write!(events, "event: count\ndata: {data}\n\n");
    }
    events
}

fn jitter() -> u32 {
    let mut bytes = [0; 4];
    let _ = getrandom::fill(&mut bytes);
    u32::from_le_bytes(bytes) % RETRY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_one_event_each() {
        let events = render(&[("a".to_owned(), 1), ("b-2".to_owned(), 20)]);
        assert_eq!(
            events,
            "event: count\ndata: {\"slug\":\"a\",\"count\":1}\n\nevent: count\ndata: {\"slug\":\"b-2\",\"count\":20}\n\n"
        );
    }
}
