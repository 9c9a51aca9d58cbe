//! A browser without script: keeps cookies, sends forms from the site's own pages, follows nothing by itself.

use crate::support::TestApp;
use app::{
    auth::{Organizer, Role, server::service},
    server::Context,
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
};
use std::collections::BTreeMap;
use tower::ServiceExt as _;

/// A passphrase that holds.
pub const PASSPHRASE: &str = "seven green umbrellas";
/// Another one.
pub const OTHER_PASSPHRASE: &str = "eight yellow bicycles";

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came, for files.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The whole of one `Set-Cookie`.
    pub fn set_cookie(&self, name: &str) -> Option<&str> {
        self.set_cookies().into_iter().find(|cookie| cookie.split('=').next() == Some(name))
    }
}

/// One browser.
#[derive(Clone)]
pub struct Browser {
    ctx: Context,
    router: axum::Router,
    pub cookies: BTreeMap<String, String>,
    pub language: &'static str,
}

impl Browser {
    pub fn new(app: &TestApp) -> Self {
        Self { ctx: app.ctx.clone(), router: app.router(), cookies: BTreeMap::new(), language: "en" }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), &[(header::ACCEPT, "text/html")]).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let kind = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(Method::POST, path, Body::from(body), &[kind]).await
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Body,
        headers: &[(header::HeaderName, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).body(body).unwrap();
        let head = request.headers_mut();
        head.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        head.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(self.language));
        for (name, value) in headers {
            head.insert(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        if !self.cookies.is_empty() {
            head.insert(header::COOKIE, HeaderValue::from_str(&self.cookie_header()).unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 10_000_000).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer { status: parts.status, headers: parts.headers, body, bytes };
        let set: Vec<String> = answer.set_cookies().into_iter().map(str::to_owned).collect();
        for cookie in set {
            let (pair, attributes) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    pub fn cookie_header(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The capability that this browser's cookies are worth.
    pub async fn organizer(&self) -> Organizer {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(&self.cookie_header()).unwrap());
        Organizer::of_headers(&self.ctx, &headers).await.unwrap()
    }

    pub async fn sign_in(&mut self, email: &str, passphrase: &str) -> Answer {
        self.post("/console/sign-in", &[("email", email), ("passphrase", passphrase)]).await
    }

    /// Whether the console opens.
    pub async fn is_in(&mut self) -> bool {
        self.get("/console").await.status == StatusCode::OK
    }

    /// Uses an invitation's link.
    pub async fn join(&mut self, link: &str, name: &str, passphrase: &str) -> Answer {
        let fields = [("name", name), ("new_passphrase", passphrase), ("new_passphrase_again", passphrase)];
        self.post(link, &fields).await
    }
}

/// A signed-in browser of somebody new, by the way of an invitation and with [`PASSPHRASE`].
pub async fn joined(app: &TestApp, email: &str, role: Role) -> Browser {
    let link = service::invite(&app.ctx, email, role, None).await.unwrap();
    let mut browser = Browser::new(app);
    let answer = browser.join(&link, "Hanako", PASSPHRASE).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console"), "{}", answer.body);
    browser
}

/// As a form sends it.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
