//! The keys of a desk. A hand scanner is a keyboard that types fast and presses Enter.

use super::screen::{Desk, Opened};
use crate::browser::page;
use leptos::{ev, prelude::*};
use rollcall::search;

/// Listens as long as the page lives.
pub(super) fn listen(desk: Desk) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| pressed(desk, &event));
        // The desk ends with its page.
        std::mem::forget(handle);
    });
}

fn pressed(desk: Desk, event: &ev::KeyboardEvent) {
    let screen = desk.screen;
    // A character that is still being composed belongs to the input method.
    if event.is_composing() || event.key_code() == 229 || event.alt_key() {
        return;
    }
    let in_search = page::is_focused("#search");
    let in_field = page::is_focused("input");
    let is_empty = screen.typed.with_untracked(|typed| typed.trim().is_empty());
    let is_control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Enter" if in_search => {
            event.prevent_default();
            enter(desk);
        }
        "ArrowDown" if in_search => {
            event.prevent_default();
            let last = screen.found().len().saturating_sub(1);
            screen.marked.update(|marked| *marked = (*marked + 1).min(last));
        }
        "ArrowUp" if in_search => {
            event.prevent_default();
            screen.marked.update(|marked| *marked = marked.saturating_sub(1));
        }
        // In a field that holds something it takes back what was typed.
        "z" | "Z" if is_control && (!in_field || (in_search && is_empty)) => {
            event.prevent_default();
            desk.with(|session| session.undo_last());
        }
        "F2" => {
            event.prevent_default();
            screen.opened.set(Some(Opened::WalkIn));
        }
        "Escape" => desk.with(|session| session.clear()),
        "?" if !in_field || (in_search && is_empty) => {
            event.prevent_default();
            screen.opened.set(Some(Opened::Keys));
        }
        key if !in_field && !is_control && key.chars().count() == 1 && key != " " => page::focus("#search"),
        _ => {}
    }
}

/// The marked guest comes; or whoever has the ticket that was just read.
fn enter(desk: Desk) {
    let screen = desk.screen;
    let typed = screen.typed.get_untracked();
    if search::scanned(&typed).is_some() {
        return desk.with(|session| session.scan(&typed));
    }
    if typed.trim().is_empty() {
        return;
    }
    let found = screen.found();
    let marked = found.get(screen.marked.get_untracked()).or(found.first());
    let guest = marked.and_then(|at| screen.shown.with_untracked(|shown| shown.people.get(*at).map(|guest| guest.id)));
    match guest {
        Some(guest) => desk.with(|session| session.check_in(guest)),
        None => screen.opened.set(Some(Opened::WalkIn)),
    }
}
