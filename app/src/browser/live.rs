//! Events that the server sends while a page is open: one stream a page, however many islands listen, because a
//! browser has six connections only.

use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

thread_local! {
    /// The page's streams by their address; they end with the page.
    static STREAMS: RefCell<Vec<(&'static str, EventSource)>> = const { RefCell::new(Vec::new()) };
}

/// Calls `heard` with the data of every event of this name, and `open` whenever the stream begins or breaks. The
/// browser itself tries again after a break.
pub fn listen(
    path: &'static str,
    name: &str,
    mut heard: impl FnMut(String) + 'static,
    mut open: impl FnMut(bool) + 'static,
) {
    let Some(stream) = stream(path) else { return };
    if stream.ready_state() == EventSource::OPEN {
        open(true);
    }
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(data) = event.data().as_string() {
            heard(data);
        }
    });
    let changed = Closure::<dyn FnMut(Event)>::new(move |event: Event| open(event.type_() == "open"));
    let _ = stream.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    for kind in ["open", "error"] {
        let _ = stream.add_event_listener_with_callback(kind, changed.as_ref().unchecked_ref());
    }
    // They live as long as the page.
    heard.forget();
    changed.forget();
}

fn stream(path: &'static str) -> Option<EventSource> {
    STREAMS.with_borrow_mut(|streams| {
        if let Some((_, stream)) = streams.iter().find(|(known, _)| *known == path) {
            return Some(stream.clone());
        }
        let stream = EventSource::new(path).ok()?;
        streams.push((path, stream.clone()));
        Some(stream)
    })
}

/// What happens to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is open.
    Open,
    /// It broke; the browser tries again.
    Lost,
    /// The server refused it, and nobody tries again.
    Refused,
}

/// A stream of one's own, which ends when this is dropped.
#[must_use]
pub struct Stream {
    source: EventSource,
    // What it calls lives as long as it does.
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _turned: Closure<dyn FnMut(Event)>,
}

impl Stream {
    /// Listens at an address; `heard` gets the name and data of each event of these names.
    #[must_use]
    pub fn open(
        path: &str,
        names: &[&str],
        mut heard: impl FnMut(&str, String) + 'static,
        mut turned: impl FnMut(Turn) + 'static,
    ) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            heard(&event.type_(), event.data().as_string().unwrap_or_default());
        });
        let state = source.clone();
        let turned = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            turned(match (event.type_() == "open", state.ready_state() == EventSource::CLOSED) {
                (true, _) => Turn::Open,
                (false, true) => Turn::Refused,
                (false, false) => Turn::Lost,
            });
        });
        for name in names {
            let _ = source.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        }
        for kind in ["open", "error"] {
            let _ = source.add_event_listener_with_callback(kind, turned.as_ref().unchecked_ref());
        }
        Some(Self { source, _heard: heard, _turned: turned })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
