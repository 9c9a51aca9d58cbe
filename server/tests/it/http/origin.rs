use super::Site;
use axum::http::{Method, StatusCode};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// What is sent, its headers, and whether it may pass.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let site = Site::new().await;
    let base = site.app.ctx.site().base_url.clone();
    let cookie = ("cookie", "session=abc");
    let cases: &[Case<'_>] = &[
        ("our own form", &[("origin", "http://entaku.test"), ("sec-fetch-site", "same-origin"), cookie], true),
        ("an address typed in", &[("sec-fetch-site", "none"), cookie], true),
        ("our own form in an older browser", &[("origin", "http://entaku.test"), cookie], true),
        ("behind a proxy that changes the host", &[("origin", base.as_str()), cookie], true),
        ("another site", &[("origin", "https://evil.test"), ("sec-fetch-site", "cross-site"), cookie], false),
        ("a neighbour", &[("origin", "http://x.entaku.test"), ("sec-fetch-site", "same-site"), cookie], false),
        ("another site in an older browser", &[("origin", "https://evil.test"), cookie], false),
        ("another site without a cookie", &[("origin", "https://evil.test")], false),
        ("another port", &[("origin", "http://entaku.test:8080"), cookie], false),
        ("an origin that hides", &[("origin", "null"), cookie], false),
        ("says nothing, carries nothing", &[], true),
        ("says nothing, carries a cookie", &[cookie], false),
        ("an old browser on our page", &[("referer", "http://entaku.test/vi/questions"), cookie], true),
        ("an old browser on another page", &[("referer", "https://evil.test/entaku.test"), cookie], false),
        ("a page before that looks like ours", &[("referer", "http://entaku.test.evil.test/"), cookie], false),
    ];
    for (case, headers, may) in cases {
        let mut headers = headers.to_vec();
        headers.push(FORM);
        let answer = site.ask(Method::POST, "/own/form", &headers, "a=1").await;
        let expected = if *may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(answer.status, expected, "{case}");
    }
}

#[tokio::test]
async fn links_from_anywhere_are_welcome() {
    let site = Site::new().await;
    let headers = [("sec-fetch-site", "cross-site"), ("referer", "https://news.test/"), ("cookie", "session=abc")];
    assert_eq!(site.ask(Method::GET, "/own/long", &headers, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_call_of_another_site_is_refused_in_json() {
    let site = Site::new().await;
    let headers = [("content-type", "application/json"), ("origin", "https://evil.test")];
    let answer = site.ask(Method::POST, "/api/v1/responses", &headers, "{}").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::FORBIDDEN, "\"forbidden\""));
}
