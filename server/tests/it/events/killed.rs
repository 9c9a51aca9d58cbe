//! A desk sends while the program is killed and started again: what had a verdict is held, what had none is sent again,
//! and everything is there once.

use super::{desk::Opened, races::serve, sample::below};
use crate::{
    http::process::{free_port, request},
    support::{NOW_MS, TestApp},
};
use app::events::server::attendance;
use rollcall::{Act, Id, Operation};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// How often the program is killed.
const DEATHS: usize = 6;
/// Operations of a batch.
const BATCH: usize = 40;

/// Sends a batch; the verdicts, if an answer came whole.
fn deliver(port: u16, cookie: &str, batch: &Value) -> Option<Vec<(Id, String)>> {
    let body = batch.to_string();
    let answer = request(
        port,
        &format!(
            "POST /api/v1/operations HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    let answer = answer.ok()?;
    let told: Value = serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()?;
    let answers = told["answers"].as_array()?.iter();
    answers.map(|told| Some((Id::parse(told["operation"].as_str()?)?, told["verdict"].as_str()?.to_owned()))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_is_killed_in_mid_batch_loses_nothing_and_doubles_nothing() {
    let app = TestApp::beside_programs().await;
    let now_ms = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    app.ctx.clock().advance(now_ms - NOW_MS);
    let opened = Opened::of(app, 1).await;
    let (desk, place) = (opened.id.clone(), opened.place);
    let name = format!("desk-{desk}");
    let cookie = format!("{name}={}", opened.phone.cookies[&name]);
    let port = free_port();
    let (mut unsent, mut made, mut seed) = (BTreeMap::new(), 0_u64, 5);
    let (mut answered, mut unanswered) = (0, 0);
    for life in 0..=DEATHS {
        let mut running = Some(serve(&opened.app, &[port]));
        // The last one lives until everything is sent.
        let is_last = life == DEATHS;
        let killer = (!is_last).then(|| {
            let (running, wait) = (running.take(), Duration::from_millis(5 + below(&mut seed, 120) as u64));
            thread::spawn(move || {
                thread::sleep(wait);
                drop(running);
            })
        });
        // It is killed while it is being sent to: until then there is always something to send.
        let mut goes_on = true;
        while goes_on {
            if !is_last && unsent.len() < BATCH {
                for _ in 0..BATCH {
                    made += 1;
                    let act = Act::WalkIn { guest: Id(u128::from(made) << 64 | 2), place };
                    let id = Id(u128::from(made) << 64 | 1);
                    unsent.insert(id, Operation { id, sequence: made, at: now_ms, known: 0, act });
                }
            }
            let operations: Vec<Operation> = unsent.values().copied().take(BATCH).collect();
            let names: Vec<_> =
                operations.iter().map(|said| json!({ "operation": said.id, "name": "Blue 7" })).collect();
            let batch = json!({
                "desk": desk, "sent_at": now_ms, "made": made, "operations": operations, "names": names,
            });
            let Some(answers) = deliver(port, &cookie, &batch) else {
                unanswered += 1;
                break;
            };
            assert_eq!(answers.len(), operations.len());
            for (id, verdict) in answers {
                assert!(verdict == "applied" || verdict == "known", "{verdict}");
                assert!(unsent.remove(&id).is_some());
                answered += 1;
            }
            goes_on = !(is_last && unsent.is_empty());
        }
        assert!(!is_last || unsent.is_empty(), "the last one answers everything");
        if let Some(killer) = killer {
            killer.join().unwrap();
        }
    }
    assert_eq!((answered, unanswered), (made, DEATHS), "each death left a batch without an answer");
    let rolled = attendance::roll(&opened.app.ctx, &opened.event).await.unwrap();
    assert_eq!(u64::try_from(rolled.last).unwrap(), made, "numbers without a gap, each once");
    assert_eq!(u64::from(rolled.counts.total().came), made);
    assert!(rolled.tray.is_empty());
    let held = &rolled.desks[0].held;
    assert_eq!((held.made(), held.held()), (made, made));
}
