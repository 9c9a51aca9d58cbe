//! *Exit this page*, with script: away at once. First the screen, then what is kept, then the cookie; what waits in the
//! outbox is locked and stays.

use super::outbox::Outbox;
use crate::browser::{device, http, page};
use std::rc::Rc;

/// The form of *Exit this page*.
pub const FORM: &str = ".c-exit";

/// Where it leads; the same as without script (`server/page.rs`).
const ORIGIN: &str = "https://www.jma.go.jp";

/// How long the server may take to hear of it before the page is left all the same.
const HEARD_MS: u32 = 700;

/// Leaves the pages of a questionnaire.
pub fn leave(outbox: Option<Rc<Outbox>>, slug: &str) {
    page::clear_body();
    device::forget_tab_note(slug);
    http::spawn(async move {
        if let Some(outbox) = outbox {
            outbox.delete_unfinished().await;
        }
        http::post_form_within("/exit", &[], HEARD_MS).await;
        page::leave_and_forget(ORIGIN);
    });
}
