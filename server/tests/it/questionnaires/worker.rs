//! The service worker as the server writes it, and the header by which it tells our answers from those of others. What
//! it does in a browser is tested there (`end2end/`).

use super::sample::{SHORT, SLUG, seeded, small};
use crate::support::{NOW_MS, TestApp};
use app::{
    auth::Role,
    questionnaires::server::{
        publish,
        schedule::{self, Days},
    },
    server::{
        Context, Site,
        assets::Assets,
        clock::Clock,
        keys::{Keys, SECRET_BYTES},
    },
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use server::router::{RouterOptions, router};
use tower::ServiceExt as _;

const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "vi", "zh-Hans", "en"];
const BUILD: &str = "entaku-build";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A site over the same database whose files were built with other names.
fn built(app: &TestApp, name: &str) -> Context {
    let folder = tempfile::tempdir().unwrap();
    for bundle in ["worker", "phone", "console", "desk", "members", "voice"] {
        let names = format!("js: {name}\nwasm: {name}\ncss: {name}\n");
        std::fs::write(folder.path().join(format!("{bundle}.txt")), names).unwrap();
    }
    Context::new(
        app.ctx.db().clone(),
        Keys::derive(&[7; SECRET_BYTES]),
        Clock::fixed(NOW_MS),
        Assets::read(folder.path()).unwrap(),
        Site { base_url: "http://127.0.0.1:3000".to_owned(), ..Site::default() },
    )
}

/// A whole answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What the script knows under a name.
    fn fact(&self, name: &str) -> Value {
        let begin = format!("const {name} = ");
        let line = self.body.lines().find_map(|line| line.strip_prefix(&begin));
        let literal = line.and_then(|line| line.strip_suffix(';')).unwrap_or_else(|| panic!("no {name}"));
        serde_json::from_str(literal).unwrap()
    }
}

async fn ask(ctx: &Context, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let site = router(ctx.clone(), &RouterOptions::new(std::env::temp_dir()));
    let response = site.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(ctx: &Context, path: &str) -> Answer {
    ask(ctx, Method::GET, path, &[], "").await
}

fn path(language: &str) -> String {
    format!("/{language}/questionnaires/{SLUG}/worker.js")
}

async fn script(ctx: &Context) -> Answer {
    let answer = get(ctx, &path("vi")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer
}

#[tokio::test]
async fn every_language_has_a_script_for_its_own_pages() {
    let (app, hash) = seeded().await;
    let ctx = built(&app, "HASH");
    for language in LANGUAGES {
        let answer = get(&ctx, &path(language)).await;
        let scope = format!("/{language}/questionnaires/{SLUG}");
        assert_eq!(answer.status, StatusCode::OK, "{language}");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("service-worker-allowed"), scope);
        assert!(answer.header("content-security-policy").contains("connect-src 'self'"), "it may fetch its files");
        for (name, value) in [
            ("SCOPE", json!(scope)),
            ("LANGUAGE", json!(language)),
            ("SLUG", json!(SLUG)),
            ("BUILD", json!(ctx.assets().build())),
            ("PAGES", json!([scope, format!("{scope}/phone")])),
            ("DEFINITION", json!(format!("/definitions/{hash}"))),
        ] {
            assert_eq!(answer.fact(name), value, "{language}");
        }
        let set = answer.fact("SET");
        assert!(set.as_str().unwrap().starts_with(&format!("{}-{}-", ctx.assets().build(), &hash[..8])), "{set}");
        assert!(!answer.body.contains("//"), "comments stay at home");
        assert!(!answer.body.contains("voice") && !answer.body.contains("console"), "other pages are none of its own");
    }
}

#[tokio::test]
async fn what_nobody_published_has_no_script() {
    let (app, _) = seeded().await;
    for path in [
        "/vi/questionnaires/nothing/worker.js",
        "/xx/questionnaires/working-in-japan/worker.js",
        "/vi/questionnaires/working-in-japan%22;fetch(1);%22/worker.js",
        "/vi/questionnaires/%3C%2Fscript%3E/worker.js",
        "/vi/questionnaires/working-in-japan%E2%80%A8/worker.js",
        "/vi/questionnaires/working-in-japan%2F..%2Fx/worker.js",
        "/vi/questionnaires/WORKING-IN-JAPAN/worker.js",
        "/vi/worker.js",
        "/worker.js",
    ] {
        let answer = get(&app.ctx, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.header("content-type").contains("javascript") && !answer.body.contains("fetch(1)"), "{path}");
    }
}

#[tokio::test]
async fn what_a_script_keeps_is_there() {
    let (app, _) = seeded().await;
    let ctx = built(&app, "HASH");
    let script = script(&ctx).await;
    assert_eq!(
        script.fact("FILES"),
        json!([
            "/pkg/worker.HASH.js",
            "/pkg/worker.HASH.wasm",
            "/pkg/worker.HASH.css",
            "/pkg/phone.HASH.js",
            "/pkg/phone.HASH.wasm"
        ])
    );
    let of = |name: &str, kind: &'static str| {
        let value = script.fact(name);
        let paths = if value.is_string() { vec![value] } else { value.as_array().unwrap().clone() };
        paths.into_iter().map(move |path| (path.as_str().unwrap().to_owned(), kind))
    };
    let kept = of("PAGES", "text/html").chain(of("DEFINITION", "application/json")).chain(of("ICONS", "image/"));
    for (path, kind) in kept {
        let answer = get(&ctx, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: one that is missing, and no set is ever whole");
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
        if kind == "text/html" {
            assert_eq!(answer.header(BUILD), ctx.assets().build(), "{path}");
            let names = script.fact("FILES");
            let loaded = |part: &&str| part.starts_with("/pkg/");
            for file in answer.body.split(['"', '\'']).filter(loaded) {
                assert!(names.as_array().unwrap().contains(&json!(file)), "{path} loads {file}");
            }
        }
    }
}

#[tokio::test]
async fn no_value_ends_its_own_literal() {
    let (app, _) = seeded().await;
    let name = "\";fetch('https://evil.test');//</script>\u{2028}\\";
    let script = script(&built(&app, name)).await;
    let files = script.fact("FILES");
    assert_eq!(files[0], json!(format!("/pkg/worker.{name}.js")));
    assert!(!script.body.contains("worker.\";"), "the quote is escaped");
    let facts =
        script.body.lines().take_while(|line| !line.starts_with("const FAMILY")).filter(|line| !line.is_empty());
    assert_eq!(facts.count(), 9, "one line each");
}

#[tokio::test]
async fn script_stays_the_same_as_long_as_what_it_keeps_does() {
    let (app, _) = seeded().await;
    let ctx = built(&app, "HASH");
    let first = script(&ctx).await;
    ctx.clock().advance(DAY_MS);
    let cookie = ("cookie", "reading=vi.f0.j1; draft=x");
    let later = ask(&ctx, Method::GET, &path("vi"), &[cookie], "").await;
    assert_eq!(first.body, later.body, "neither the next day nor who asks makes it another");
    assert_eq!(script(&built(&app, "HASH")).await.body, first.body, "nor a server that was started anew");

    let tag = first.header("etag");
    for (asked, status) in [
        (tag, StatusCode::NOT_MODIFIED),
        (&format!("\"a\", {tag}"), StatusCode::NOT_MODIFIED),
        ("W/\"another\"", StatusCode::OK),
        ("", StatusCode::OK),
    ] {
        let again = ask(&ctx, Method::GET, &path("vi"), &[("if-none-match", asked)], "").await;
        assert_eq!(again.status, status, "{asked}");
        assert_eq!(again.body.is_empty(), status == StatusCode::NOT_MODIFIED);
        for name in ["content-security-policy", "service-worker-allowed", "cache-control", "etag", BUILD] {
            assert_eq!(again.header(name), first.header(name), "a browser remembers what the last answer said");
        }
    }
}

#[tokio::test]
async fn set_has_another_name_as_soon_as_anything_changes() {
    let (app, _) = seeded().await;
    let ctx = built(&app, "HASH");
    let set = async |ctx: &Context| script(ctx).await.fact("SET").as_str().unwrap().to_owned();
    let mut seen = vec![set(&ctx).await, set(&built(&app, "OTHER")).await];
    assert_ne!(ctx.assets().build(), built(&app, "OTHER").assets().build());

    let organizer = crate::auth::browser::joined(&app, "lead@example.org", Role::Coordinator).await.organizer().await;
    let days = Days::new(None, Some("2026-12-31".parse().unwrap())).unwrap();
    schedule::set_days(&app.ctx, &organizer, SLUG, days).await.unwrap();
    seen.push(set(&ctx).await);

    let next =
        String::from_utf8(SHORT.to_vec()).unwrap().replace("\"version\": \"2026-11\"", "\"version\": \"2026-12\"");
    publish::publish(&app.ctx, None, next.as_bytes()).await.unwrap();
    seen.push(set(&ctx).await);

    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), count), (4, 4), "build, day and definition each make another set: {seen:?}");
}

#[tokio::test]
async fn build_is_said_on_everything_of_the_questionnaires() {
    let (app, _) = small().await;
    let ctx = built(&app, "HASH");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let json = ("content-type", "application/json");
    let evil = ("origin", "https://evil.test");
    let long = "x".repeat(200_000);
    for (method, path, headers, body, status) in [
        (Method::GET, "/vi/questionnaires/small", [form, form], "", StatusCode::OK),
        (Method::GET, "/vi/questionnaires/small/questions/job", [form, form], "", StatusCode::SEE_OTHER),
        (Method::GET, "/vi/questionnaires/small/worker.js", [form, form], "", StatusCode::OK),
        (Method::GET, "/vi/questionnaires/nothing", [form, form], "", StatusCode::NOT_FOUND),
        (Method::GET, "/vi/questionnaires/small/nothing", [form, form], "", StatusCode::NOT_FOUND),
        (Method::DELETE, "/vi/questionnaires/small", [form, form], "", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "/vi/questionnaires/small", [form, evil], "", StatusCode::FORBIDDEN),
        (Method::POST, "/vi/questionnaires/small", [form, form], &long, StatusCode::PAYLOAD_TOO_LARGE),
        (Method::POST, "/api/v1/responses", [json, json], "{}", StatusCode::BAD_REQUEST),
        (Method::POST, "/api/v1/responses", [json, evil], "{}", StatusCode::FORBIDDEN),
        (Method::GET, "/api/v1/responses", [json, json], "", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "/api/v1/nothing", [json, json], "{}", StatusCode::GONE),
    ] {
        let answer = ask(&ctx, method.clone(), path, &headers, body).await;
        assert_eq!(answer.status, status, "{method} {path}");
        let said: Vec<_> = answer.headers.get_all(BUILD).iter().collect();
        assert_eq!(said, [ctx.assets().build()], "{method} {path}");
    }
    let build = ctx.assets().build();
    assert!(build.len() == 16 && build.bytes().all(|byte| byte.is_ascii_hexdigit()), "{build}");
}

#[tokio::test]
async fn build_and_worker_are_no_matter_of_other_pages() {
    let (app, hash) = seeded().await;
    let ctx = built(&app, "HASH");
    let definition = format!("/definitions/{hash}");
    for path in [
        "/",
        "/vi",
        "/vi/voice",
        "/vi/privacy",
        "/vi/accessibility",
        "/q/working-in-japan",
        "/console/sign-in",
        "/console",
        "/console/questionnaires",
        "/console/questionnaires/working-in-japan",
        "/vi/nowhere",
        "/vi/voice/nowhere",
        "/healthz",
        "/pkg/worker.HASH.js",
        "/favicon.svg",
        "/robots.txt",
        &definition,
    ] {
        let answer = get(&ctx, path).await;
        assert_eq!(answer.header(BUILD), "", "{path}");
        assert!(!answer.header("content-security-policy").contains("worker-src 'self'"), "{path}");
    }
    let start = get(&ctx, "/vi/questionnaires/working-in-japan").await;
    assert!(start.header("content-security-policy").contains("worker-src 'self'"));
}
