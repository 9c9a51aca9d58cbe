//! A page that was loaded in November 2026 and is used much later: what it sent then, to the byte, is still taken.
//!
//! `old_client_2026_11.json` holds its requests, made under the tests' secret and clock for the definition `short.json`.
//! It never changes: whoever makes one of these tests fail has forgotten the phones that still hold that page. A new
//! page gets a file of its own beside it; `freeze` prints one.

use super::sample::{SHORT, SLUG, choice, choices, kept_aside, seeded, sending, stored, text};
use crate::support::TestApp;
use app::questionnaires::{
    intake::SealedSending,
    server::{intake, receipt},
    types::{Outcome, Receipt, Sending},
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use form::{Answer, Published};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use tower::ServiceExt as _;

const KEPT: &str = include_str!("old_client_2026_11.json");
const START: &str = "/vi/questionnaires/working-in-japan";

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What the page believes receipts by.
    receipt_key: String,
    /// To what it seals.
    intake_key: String,
    requests: Vec<Frozen>,
}

/// One request, as it went over the wire.
#[derive(Serialize, Deserialize)]
struct Frozen {
    what: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// The draft's cookie as it is sent back, `name=value`.
    fn cookie(&self) -> String {
        let mut cookies = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let cookie = cookies.find(|cookie| cookie.starts_with("draft=")).expect("the draft's cookie");
        cookie.split(';').next().unwrap().to_owned()
    }

    fn receipt(&self) -> Receipt {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{} {text}", self.status))
    }
}

fn kept() -> Kept {
    serde_json::from_str(KEPT).expect("the frozen requests")
}

impl Kept {
    fn request(&self, what: &str) -> &Frozen {
        self.requests.iter().find(|request| request.what == what).unwrap_or_else(|| panic!("{what} is not frozen"))
    }
}

async fn send(app: &TestApp, frozen: &Frozen) -> Reply {
    let method: Method = frozen.method.parse().unwrap();
    let mut request = Request::builder().method(method).uri(&frozen.path);
    for (name, value) in &frozen.headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(frozen.body.clone())).unwrap();
    let (parts, body) = app.router().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap().to_vec();
    Reply { status: parts.status, headers: parts.headers, body }
}

/// The id that a request's body names, in JSON or as a field.
fn instance_of(frozen: &Frozen) -> String {
    let mark = if frozen.body.starts_with('{') { "\"instance_id\":\"" } else { "instance=" };
    frozen.body.split_once(mark).expect("an id").1.chars().take(36).collect()
}

#[tokio::test]
async fn sealed_and_plain_answers_of_an_old_page_get_their_receipt() {
    let (app, _) = seeded().await;
    let kept = kept();
    for (what, rows) in [("sealed answers", 1), ("plain answers", 2)] {
        let frozen = kept.request(what);
        let reply = send(&app, frozen).await;
        assert_eq!(reply.status, StatusCode::OK, "{what}");
        let sent: serde_json::Value = serde_json::from_str(&frozen.body).unwrap();
        let field = |name: &str| sent[name].as_str().unwrap().to_owned();
        let receipt = reply.receipt();
        // The page believes no other key than the one it was loaded with.
        assert!(receipt.is_for(&kept.receipt_key, &field("instance_id"), &field("digest")), "{what}: {receipt:?}");
        assert_eq!((receipt.outcome, stored(&app).await.len()), (Outcome::Stored, rows), "{what}");
        // It never heard, and sends again.
        let again = send(&app, frozen).await;
        assert_eq!((again.receipt(), stored(&app).await.len()), (receipt, rows), "{what}");
    }
    assert!(kept_aside(&app).await.is_empty());
    assert_eq!(kept.intake_key, intake::public_key(app.ctx.keys(), SLUG), "what was sealed then can be opened");
}

#[tokio::test]
async fn definition_of_an_old_page_is_where_it_looks_for_it() {
    let (app, hash) = seeded().await;
    let kept = kept();
    let frozen = kept.request("definition");
    let reply = send(&app, frozen).await;
    assert_eq!((reply.status, form::digest(&reply.body)), (StatusCode::OK, hash.clone()));
    assert_eq!(frozen.path, format!("/definitions/{hash}"));
    assert!(Published::from_json(&reply.body).is_ok());
}

#[tokio::test]
async fn forms_of_an_old_page_lead_on_to_a_code() {
    let (app, hash) = seeded().await;
    let kept = kept();
    let begun = send(&app, kept.request("begin")).await;
    assert_eq!(
        (begun.status, begun.location()),
        (StatusCode::SEE_OTHER, format!("{START}/questions/consent").as_str())
    );
    begun.cookie();
    // The drafts of these are as old as the page: their cookies too can still be read.
    let step = send(&app, kept.request("step")).await;
    assert_eq!(
        (step.status, step.location()),
        (StatusCode::SEE_OTHER, format!("{START}/questions/nationality").as_str())
    );
    let told = send(&app, kept.request("step of the island")).await;
    assert_eq!(told.status, StatusCode::NO_CONTENT);
    told.cookie();
    assert!(stored(&app).await.is_empty(), "nothing is stored before it is sent");

    let frozen = kept.request("send");
    let sent = send(&app, frozen).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, format!("{START}/sent").as_str()));
    let mut headers = frozen.headers.clone();
    headers.retain(|(name, _)| name != "cookie" && name != "content-type");
    headers.push(("cookie".to_owned(), sent.cookie()));
    let (what, method) = ("the code".to_owned(), "GET".to_owned());
    let page = Frozen { what, method, path: sent.location().to_owned(), headers, body: String::new() };
    let page = send(&app, &page).await;
    let id = instance_of(frozen);
    let code = receipt::code(app.ctx.keys(), &id);
    assert!(String::from_utf8_lossy(&page.body).contains(&code), "{}", page.status);
    let rows = stored(&app).await;
    assert_eq!(
        (rows.len(), rows[0].instance_id.as_str(), rows[0].definition.as_str()),
        (1, id.as_str(), hash.as_str())
    );
    assert!(kept_aside(&app).await.is_empty());
}

#[tokio::test]
async fn ways_out_of_an_old_page_forget_the_draft() {
    let (app, _) = seeded().await;
    let kept = kept();
    for (what, leads) in [("exit", "http"), ("new person", START)] {
        let reply = send(&app, kept.request(what)).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{what}");
        assert!(reply.location().starts_with(leads), "{what}: {}", reply.location());
        let cookies = reply.headers.get_all(header::SET_COOKIE);
        let gone = cookies.iter().any(|cookie| cookie.to_str().unwrap().starts_with("draft=;"));
        assert!(gone, "{what}: {cookies:?}");
    }
}

/// Prints the requests of the page as it is now:
/// `cargo test --release -p server --test it old_client::freeze -- --ignored --nocapture`
#[tokio::test]
#[ignore = "makes a file anew; the tests above hold the one that is there"]
async fn freeze() {
    let (app, hash) = seeded().await;
    let receipt_key = app.ctx.keys().receipt_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let intake_key = intake::public_key(app.ctx.keys(), SLUG);
    let call = [("accept", "application/json"), ("content-type", "application/json")];
    let sealed = SealedSending::seal(everything(&hash, 2), &intake_key, [5; 32]).unwrap();
    let mut requests = vec![
        frozen("definition", Method::GET, &format!("/definitions/{hash}"), &[("accept", "*/*")], String::new()),
        frozen("plain answers", Method::POST, "/api/v1/responses", &call, everything(&hash, 1).to_json()),
        frozen("sealed answers", Method::POST, "/api/v1/responses", &call, sealed.to_json()),
    ];

    let form = |what, path: &str, cookie: &str, body: String| {
        let mut headers = PAGE.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        if !cookie.is_empty() {
            headers.push(("cookie", cookie));
        }
        frozen(what, Method::POST, path, &headers, body)
    };
    let begin = form("begin", START, "", "phone=shared&count-steps=yes".to_owned());
    let begun = send(&app, &begin).await;
    let (first, begun) = (begun.location().to_owned(), begun.cookie());
    let page = frozen("page", Method::GET, &first, &[&PAGE[..], &[("cookie", begun.as_str())]].concat(), String::new());
    let page = String::from_utf8(send(&app, &page).await.body).unwrap();
    let (_, id) = page.split_once(r#"name="instance" value=""#).unwrap();
    let id = id.split('"').next().unwrap();
    let step = form("step", &first, &begun, format!("instance={id}&answer=yes&go=next"));
    let stepped = send(&app, &step).await.cookie();
    let answers =
        "%7B%22consent%22%3A%7B%22choice%22%3A%22yes%22%7D%2C%22nationality%22%3A%7B%22choice%22%3A%22vietnam%22%7D%7D";
    let mut told = form(
        "step of the island",
        &format!("{START}/questions/nationality"),
        &stepped,
        format!("answer=vietnam&instance={id}&answers={answers}"),
    );
    told.headers.retain(|(name, _)| name != "accept");
    told.headers.push(("accept".to_owned(), "application/json".to_owned()));
    let answered = send(&app, &told).await.cookie();
    let check = form("send", &format!("{START}/check"), &answered, format!("instance={id}&go=send"));
    let exit = form("exit", "/exit", &answered, String::new());
    let next = form("new person", &format!("{START}/new-person"), &answered, String::new());
    requests.extend([begin, step, told, check, exit, next]);

    let kept = Kept { receipt_key, intake_key, requests };
    let mut out = std::io::stdout();
    writeln!(out, "{}", serde_json::to_string_pretty(&kept).unwrap()).unwrap();
}

/// What a phone's browser says with a page, as far as anybody here looks at it.
const PAGE: [(&str, &str); 4] = [
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-language", "vi-VN,vi;q=0.9"),
    ("referer", "http://127.0.0.1:3000/vi/questionnaires/working-in-japan"),
    ("sec-fetch-mode", "navigate"),
];

fn frozen(what: &str, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Frozen {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut headers: Vec<_> = headers.iter().map(own).collect();
    headers.push(("host".to_owned(), "127.0.0.1:3000".to_owned()));
    if method == Method::POST {
        headers.push(("origin".to_owned(), "http://127.0.0.1:3000".to_owned()));
        headers.push(("sec-fetch-site".to_owned(), "same-origin".to_owned()));
    }
    Frozen { what: what.to_owned(), method: method.to_string(), path: path.to_owned(), headers, body }
}

/// Answers of each kind.
fn everything(hash: &str, number: u32) -> Sending {
    assert_eq!(Published::from_json(SHORT).unwrap().hash(), hash);
    let answers = [
        ("consent", choice("yes")),
        ("nationality", choice("vietnam")),
        ("sector", choice("care")),
        ("started_on", Answer::Date("2024-04-01".parse().unwrap())),
        ("paid_any", choice("yes")),
        ("paid_amount", Answer::Unknown),
        ("deductions", choices(&["rent", "food"])),
        ("hours_week", Answer::Integer(45)),
        ("treatment", Answer::Declined),
        ("message", text("Xin chào \"円卓\"")),
    ];
    sending(SLUG, hash, number, answers)
}
