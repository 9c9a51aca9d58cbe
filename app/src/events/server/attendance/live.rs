//! What desks say, as it is said: server-sent events, each operation under its number, and after every change the
//! numbers of all places.
//!
//! One task an event reads, at most twenty times a second and only while somebody watches, and renders to bytes once
//! for everybody. What must stay true, held by the tests `events/live`: who comes back with the last number they heard
//! is told everything behind it, in order and once; who cannot keep up is cut off and comes back the same way; no name
//! stands in a stream.

use super::roll;
use crate::{
    error::AppError,
    events::server::{attendance::roll::numbered, catalogue, queries},
    ids::EventId,
    server::{Context, bus::Topic, clock::Clock},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures::{StreamExt as _, stream};
use rollcall::{Id, board::Board, desk::Numbered};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, sleep, timeout_at},
};

/// Between two readings.
const PACE: Duration = Duration::from_millis(50);
/// So often the list of guests is looked at while somebody watches: it changes without a desk.
const LOOK: Duration = Duration::from_secs(5);
/// A sign of life for proxies that cut silent connections, and by which a page knows that it is not cut off.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// After so long a listener has to come again and show that it still may.
const AT_MOST: Duration = Duration::from_secs(15 * 60);
/// How long a browser waits before it comes again, plus up to as much: after a restart not all come at once.
const RETRY_MS: u32 = 1_000;
/// Events that a slow listener may be behind before it is cut off.
const BEHIND: usize = 1_024;

/// Who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A desk: every operation behind this number, and the numbers of all places, as long as it is open.
    Operations(Id, u64),
    /// The numbers of all places alone.
    Numbers,
}

impl Wants {
    /// A desk that says in its address (or, when its browser comes back by itself, in the header) what it heard last.
    #[must_use]
    pub fn behind(desk: Id, headers: &HeaderMap, after: u64) -> Self {
        let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
        Self::Operations(desk, last.unwrap_or(after).max(after))
    }
}

/// Answers with the stream of an event.
///
/// # Errors
/// When the database fails at once.
pub async fn stream(ctx: &Context, event: &EventId, wants: Wants) -> Result<Response, AppError> {
    // Subscribed before the operations are read, so that nothing falls in between: what is read twice is told once.
    let before = queries::last_number(ctx.read(), event).await?;
    let heard = ctx.part::<Hub>().listen(ctx, event, before);
    let mut first = format!("retry: {}\n\n", RETRY_MS + jitter());
    let mut last = 0;
    if let Wants::Operations(_, after) = wants {
        last = after;
        let rows = queries::list_operations(ctx.read(), event, i64::try_from(after).unwrap_or(i64::MAX)).await?;
        for row in &rows {
            let told = numbered(row)?;
            last = told.number;
            first.push_str(&render_operation(&told));
        }
    }
    // Where there is none yet the first one is told to everybody in a moment; whatever changes from here on, too.
    if let Some(board) = ctx.part::<Hub>().board(event) {
        first.push_str(&board);
    }

    let listener = Listener {
        heard,
        clock: ctx.clock().clone(),
        wants,
        last,
        ends_at: Instant::now() + AT_MOST,
        next: VecDeque::new(),
        is_over: false,
    };
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
    heard: broadcast::Receiver<Event>,
    clock: Clock,
    wants: Wants,
    /// The number of the last operation that it was told.
    last: u64,
    ends_at: Instant,
    next: VecDeque<Bytes>,
    /// Whether nothing follows on what stands in `next`.
    is_over: bool,
}

impl Listener {
    async fn next(mut self) -> Option<(Bytes, Self)> {
        loop {
            if let Some(bytes) = self.next.pop_front() {
                return Some((bytes, self));
            }
            if self.is_over {
                return None;
            }
            let until = (Instant::now() + KEEP_ALIVE).min(self.ends_at);
            match timeout_at(until, self.heard.recv()).await {
                Ok(Ok(Event::Operation(number, bytes))) => match self.wants {
                    // Told when it came, before the task had read it.
                    Wants::Operations(..) if number <= self.last => {}
                    Wants::Operations(..) => {
                        self.last = number;
                        self.next.push_back(bytes);
                    }
                    Wants::Numbers => {}
                },
                Ok(Ok(Event::Board(bytes, closed))) => {
                    self.next.push_back(bytes);
                    // It reads there that it is closed, and hears nothing after that.
                    self.is_over = matches!(self.wants, Wants::Operations(desk, _) if closed.contains(&desk));
                }
                // It comes again and says what it heard last; at the end of the process too.
                Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => return None,
                Err(_) if until == self.ends_at => return None,
                // The numbers were looked at a moment ago: they are those of now.
                Err(_) => {
                    let alive = format!("event: alive\ndata: {}\n\n", self.clock.now_ms());
                    return Some((Bytes::from(alive), self));
                }
            }
        }
    }
}

/// What everybody is told, rendered.
#[derive(Clone, Debug)]
enum Event {
    Operation(u64, Bytes),
    /// And which desks are closed.
    Board(Bytes, Arc<[Id]>),
}

/// The events that somebody watches.
#[derive(Default)]
struct Hub(Mutex<HashMap<EventId, Watched>>);

struct Watched {
    sender: broadcast::Sender<Event>,
    /// The numbers as they were read last, rendered: a thousand screens that come at once read them once.
    board: Option<Arc<str>>,
}

impl Hub {
    /// `before` is a number up to which the caller will read by itself.
    fn listen(&self, ctx: &Context, event: &EventId, before: i64) -> broadcast::Receiver<Event> {
        let mut hub = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watched) = hub.get(event) {
            return watched.sender.subscribe();
        }
        let (sender, receiver) = broadcast::channel(BEHIND);
        hub.insert(event.clone(), Watched { sender: sender.clone(), board: None });
        let topics = ctx.bus().subscribe();
        tokio::spawn(watch(ctx.clone(), event.clone(), sender, topics, before));
        receiver
    }

    /// The numbers of an event that is watched. Who asks has subscribed before, so that what replaces them is heard.
    fn board(&self, event: &EventId) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(event)?.board.clone()
    }

    /// Keeps them for who comes next. Told to who listens only after this: nobody falls in between.
    fn keep(&self, event: &EventId, board: &str) {
        let mut hub = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watched) = hub.get_mut(event) {
            watched.board = Some(board.into());
        }
    }

    /// Whether nobody listens any more; then the event is watched no longer. Asked under the lock, so that nobody comes
    /// in between.
    fn is_over(&self, event: &EventId, sender: &broadcast::Sender<Event>) -> bool {
        let mut hub = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = sender.receiver_count() == 0;
        if is_over {
            hub.remove(event);
        }
        is_over
    }
}

/// Reads what is new whenever something was said, until nobody listens or the process ends.
async fn watch(
    ctx: Context,
    event: EventId,
    sender: broadcast::Sender<Event>,
    mut topics: broadcast::Receiver<Topic>,
    mut last: i64,
) {
    let closed = ctx.bus().closed();
    let reading = async {
        let mut shown: Option<Board> = None;
        let mut look_at = Instant::now();
        loop {
            let is_due = match timeout_at(look_at, topics.recv()).await {
                Ok(Ok(Topic::Attendance(of))) => of == event,
                Ok(Ok(Topic::Questionnaire(_))) => false,
                Ok(Ok(Topic::Everything) | Err(RecvError::Lagged(_))) | Err(_) => true,
                Ok(Err(RecvError::Closed)) => return,
            };
            if ctx.part::<Hub>().is_over(&event, &sender) {
                return;
            }
            if !is_due {
                continue;
            }
            look_at = Instant::now() + LOOK;
            // What comes from here on is heard in the next round.
            topics = topics.resubscribe();
            let _ = tell(&ctx, &event, &sender, &mut last, &mut shown).await;
            sleep(PACE).await;
        }
    };
    tokio::select! {
        () = closed => {}
        () = reading => {}
    }
}

async fn tell(
    ctx: &Context,
    event: &EventId,
    sender: &broadcast::Sender<Event>,
    last: &mut i64,
    shown: &mut Option<Board>,
) -> Result<(), AppError> {
    for row in queries::list_operations(ctx.read(), event, *last).await? {
        let told = numbered(&row)?;
        *last = row.number;
        let _ = sender.send(Event::Operation(told.number, Bytes::from(render_operation(&told))));
    }
    let now = catalogue::find_by_id(ctx, ctx.read(), event).await?;
    let board = roll::board(ctx, &now).await?;
    let is_new = shown.as_ref().is_none_or(|shown| Board { at: board.at, ..shown.clone() } != board);
    let rendered = render_board(&board);
    ctx.part::<Hub>().keep(event, &rendered);
    if is_new {
        let closed = board.desks.iter().filter(|desk| !desk.is_open).map(|desk| desk.id).collect();
        let _ = sender.send(Event::Board(Bytes::from(rendered), closed));
        *shown = Some(board);
    }
    Ok(())
}

fn render_operation(told: &Numbered) -> String {
    let data = serde_json::to_string(told).unwrap_or_default();
    format!("id: {}\nevent: operation\ndata: {data}\n\n", told.number)
}

fn render_board(board: &Board) -> String {
    let data = serde_json::to_string(board).unwrap_or_default();
    format!("event: board\ndata: {data}\n\n")
}

fn jitter() -> u32 {
    let mut bytes = [0; 4];
    let _ = getrandom::fill(&mut bytes);
    u32::from_le_bytes(bytes) % RETRY_MS
}
