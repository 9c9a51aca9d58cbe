//! A phone with an authenticator app, and a second factor set up with it.

use super::browser::{Answer, Browser, PASSPHRASE};
use crate::support::TestApp;
use app::auth::second_factor::{STEP_MS, Secret};
use axum::http::StatusCode;

/// Where a second factor is set up.
pub const PAGE: &str = "/console/account/second-factor";

/// What the app keeps.
#[derive(Clone)]
pub struct Phone(pub Secret);

impl Phone {
    /// Types what the page shows beside the square into the app.
    pub fn typed(page: &str) -> Self {
        let groups = between(between(page, "id=\"secret\"", "/p>"), ">", "<");
        let letters: Vec<u8> = groups.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        assert_eq!(letters.len(), 32, "{groups}");
        let bits = letters.iter().flat_map(|letter| {
            let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| known == letter).unwrap();
            (0..5).rev().map(move |at| value >> at & 1)
        });
        let bits: Vec<_> = bits.collect();
        let bytes: Vec<u8> =
            bits.chunks(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit == 1))).collect();
        Self(Secret::of(&bytes).unwrap())
    }

    /// What it shows now.
    pub fn code(&self, app: &TestApp) -> String {
        self.code_at(app, 0)
    }

    /// What it shows so many steps later.
    pub fn code_at(&self, app: &TestApp, later: i64) -> String {
        format!("{:06}", self.0.code(app.ctx.clock().now_ms() / STEP_MS + later).unwrap())
    }

    /// Waits for the next code.
    pub fn next(&self, app: &TestApp) -> String {
        app.ctx.clock().advance(STEP_MS);
        self.code(app)
    }

    /// A code that is wrong now.
    pub fn wrong(&self, app: &TestApp) -> String {
        let near: Vec<_> = (-1..=1).map(|later| self.code_at(app, later)).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

/// The text between two others.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let start = text.find(before).unwrap_or_else(|| panic!("no {before} in {text}")) + before.len();
    let rest = &text[start..];
    &rest[..rest.find(after).unwrap()]
}

/// The recovery codes that a page shows.
pub fn codes(page: &str) -> Vec<String> {
    let list = between(page, "id=\"codes\"", "</ol>");
    list.split("<li>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// What the form for setting up sends.
pub async fn add(browser: &mut Browser, offer: &str, passphrase: &str, code: &str) -> Answer {
    let fields = [("act", "add"), ("offer", offer), ("passphrase", passphrase), ("code", code)];
    browser.post(PAGE, &fields).await
}

/// Sets a second factor up; the recovery codes beside the phone.
pub async fn set_up(app: &TestApp, browser: &mut Browser) -> (Phone, Vec<String>) {
    let page = browser.get(PAGE).await.body;
    let phone = Phone::typed(&page);
    let answer = add(browser, between(&page, "name=\"offer\" value=\"", "\""), PASSPHRASE, &phone.code(app)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let codes = codes(&answer.body);
    assert_eq!(codes.len(), 10);
    (phone, codes)
}

/// Types a code at the second step of signing in.
pub async fn type_code(browser: &mut Browser, code: &str) -> Answer {
    browser.post("/console/sign-in/code", &[("code", code)]).await
}

/// A browser in which the passphrase was typed and the code was not.
pub async fn half_in(app: &TestApp, email: &str) -> Browser {
    let mut browser = Browser::new(app);
    let answer = browser.sign_in(email, PASSPHRASE).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console/sign-in/code"));
    browser
}
