//! *Exit this page*, with script: away at once. First the screen and what is under way, then what is kept and the cookie;
//! what waits in the outbox is locked and stays.

use super::outbox::Outbox;
use crate::{
    browser::{device, http, page},
    ui::EXIT_ORIGIN,
};
use std::{cell::Cell, rc::Rc};

/// The form of *Exit this page*.
pub const FORM: &str = ".c-exit";

/// How long storage and server may take before the page is left all the same, in steps of [`STEP_MS`].
const STEPS: u32 = 14;
const STEP_MS: u32 = 50;

/// Leaves the pages of a questionnaire.
pub fn leave(outbox: Option<Rc<Outbox>>, slug: &str) {
    page::clear();
    device::forget_tab_note(slug);
    // A reply that came later would bring the cookie back. What was being sent stays where it is, and goes again.
    http::break_off();
    let left = Rc::new(Cell::new(2));
    let (told, erased) = (Rc::clone(&left), Rc::clone(&left));
    http::spawn(async move {
        http::post_beyond("/exit").await;
        told.set(told.get() - 1);
    });
    http::spawn(async move {
        if let Some(outbox) = outbox {
            outbox.delete_unfinished().await;
        }
        erased.set(erased.get() - 1);
    });
    http::spawn(async move {
        for _ in 0..STEPS {
            if left.get() == 0 {
                break;
            }
            device::sleep(STEP_MS).await;
        }
        page::leave_and_forget(EXIT_ORIGIN);
    });
}
