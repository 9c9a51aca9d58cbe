//! Streams: what was said is told once, in order, to who came early, late or back; and without a name.

use super::{
    desk::{Opened, arrive},
    sample::guest,
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use futures::StreamExt as _;
use std::time::Duration;
use tower::ServiceExt as _;

/// An open stream.
struct Stream {
    chunks: axum::body::BodyDataStream,
    text: String,
}

impl Stream {
    async fn open(opened: &Opened, after: u64, last_event: Option<u64>) -> Self {
        let mut request = Request::get(format!("/console/desk/en/{}/live?after={after}", opened.id))
            .header(header::COOKIE, opened.phone.cookie_header());
        if let Some(last) = last_event {
            request = request.header("last-event-id", last.to_string());
        }
        let answer = opened.app.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
        Self { chunks: answer.into_body().into_data_stream(), text: String::new() }
    }

    /// Reads until so many operations were told and a board came after them; their numbers.
    async fn numbers(&mut self, count: usize) -> Vec<u64> {
        let reading = async {
            loop {
                let numbers = self.told();
                if numbers.len() >= count
                    && self.boards().last().is_some_and(|last| *last >= numbers.last().copied().unwrap_or(0))
                {
                    return numbers;
                }
                let chunk = self.chunks.next().await.unwrap().unwrap();
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        tokio::time::timeout(Duration::from_secs(20), reading).await.expect("told in time")
    }

    fn told(&self) -> Vec<u64> {
        self.text.lines().filter_map(|line| line.strip_prefix("id: ")).map(|id| id.parse().unwrap()).collect()
    }

    fn boards(&self) -> Vec<u64> {
        let boards = self.text.split("event: board\ndata: ").skip(1);
        boards
            .map(|data| {
                serde_json::from_str::<serde_json::Value>(data.lines().next().unwrap()).unwrap()["last"]
                    .as_u64()
                    .unwrap()
            })
            .collect()
    }
}

#[tokio::test]
async fn whoever_listens_is_told_everything_once_and_in_order() {
    let mut opened = Opened::new(6).await;
    let mut early = Stream::open(&opened, 0, None).await;
    assert_eq!(early.numbers(0).await, [0; 0]);
    for number in 1..=3 {
        opened.say(number, arrive(opened.guests[number as usize - 1], opened.place)).await;
    }
    assert_eq!(early.numbers(3).await, [1, 2, 3]);
    let mut late = Stream::open(&opened, 0, None).await;
    assert_eq!(late.numbers(3).await, [1, 2, 3]);
    // Its browser comes back by itself: the address says what was known first, the header what came since.
    let mut back = Stream::open(&opened, 0, Some(2)).await;
    assert_eq!(back.numbers(1).await, [3]);
    let mut knowing = Stream::open(&opened, 3, None).await;
    assert_eq!(knowing.numbers(0).await, [0; 0]);
    for number in 4..=6 {
        opened.say(number, arrive(opened.guests[number as usize - 1], opened.place)).await;
    }
    assert_eq!(early.numbers(6).await, [1, 2, 3, 4, 5, 6]);
    assert_eq!(late.numbers(6).await, [1, 2, 3, 4, 5, 6]);
    assert_eq!(back.numbers(4).await, [3, 4, 5, 6]);
    assert_eq!(knowing.numbers(3).await, [4, 5, 6]);
    let name = guest(0).name.as_str().to_owned();
    for stream in [&early, &late, &back, &knowing] {
        assert!(!stream.text.contains(&name), "no name stands in a stream");
    }
}

#[tokio::test]
async fn a_desk_that_is_revoked_reads_that_it_is_closed_and_nothing_more() {
    let mut opened = Opened::new(1).await;
    let mut stream = Stream::open(&opened, 0, None).await;
    stream.numbers(0).await;
    let path = format!("/console/events/{}/attendance", opened.event.slug);
    opened.organizer.post(&path, &[("act", "revoke"), ("id", &opened.id.clone())]).await;
    let reading = async {
        let mut rest = String::new();
        while let Some(chunk) = stream.chunks.next().await {
            rest.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
        rest
    };
    let rest = tokio::time::timeout(Duration::from_secs(10), reading).await.expect("it ends");
    assert!(rest.contains("\"is_open\":false"), "{rest}");
}

#[tokio::test]
async fn a_stream_ends_with_the_process_and_is_for_nobody_else() {
    let opened = Opened::new(1).await;
    let mut stream = Stream::open(&opened, 0, None).await;
    stream.numbers(0).await;
    opened.app.ctx.bus().close();
    let rest = tokio::time::timeout(Duration::from_secs(5), stream.chunks.collect::<Vec<_>>()).await;
    assert!(rest.is_ok(), "it holds nothing up");
    let opened = Opened::new(1).await;
    let without = Request::get(format!("/console/desk/en/{}/live", opened.id)).body(Body::empty()).unwrap();
    assert_eq!(opened.app.router().oneshot(without).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}
