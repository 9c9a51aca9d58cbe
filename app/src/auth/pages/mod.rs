//! The door's pages: signing in, by a code too, and out, and the page behind an invitation's link. They work without script.
//!
//! Each form posts to its own address and is drawn again with 422 and what was typed, passphrases left out.

pub mod code;
pub mod join;
pub mod passphrase_fields;
pub mod problems;
pub mod sign_in;
pub mod sign_out;

use super::server::{
    cookies,
    guard::{in_address, same_site},
    service::Entered,
};
use crate::server::Context;
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};

/// Where to go after signing in: the console page that was asked for, or the first one.
fn after(to: &str) -> &str {
    same_site(to).unwrap_or("/console")
}

/// Lets somebody in whose passphrase was right: to the page that was asked for, or first to the page that asks for a code.
fn enter(ctx: &Context, headers: &HeaderMap, entered: &Entered, to: &str) -> Response {
    let (set, to) = match entered {
        Entered::Started(started) => (
            vec![cookies::set_session(ctx, &started.token), cookies::remember_device(ctx, headers, &started.account)],
            after(to).to_owned(),
        ),
        Entered::Half(half) => {
            let to = same_site(to).map_or_else(String::new, |to| ["?to=", &in_address(to)].concat());
            (vec![cookies::set_half_open(ctx, half)], [code::PATH, &to].concat())
        }
    };
    let mut response = Redirect::to(&to).into_response();
    cookies::put(response.headers_mut(), set);
    response
}
