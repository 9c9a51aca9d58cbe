//! How offline questionnaires elsewhere have lost or doubled answers, and which test keeps it from happening here.
//! Where it takes a browser, the test stands in `end2end/tests/offline/`.

use std::{collections::BTreeSet, fs, path::Path};

/// One way in which it went wrong.
struct Failure {
    number: u32,
    /// Whose it was, and what happened.
    what: &'static str,
    /// The tests that hold it, `path::name`.
    tests: &'static [&'static str],
}

const STORIES: &str = "server/tests/it/offline/mod.rs::nothing_is_lost_doubled_or_mixed";
const ROWS_IN_TURN: &str = "app/outbox/src/uploader/tests.rs::rows_go_one_after_the_other_and_only_receipts_delete";
const REFUSING_STORAGE: &str =
    "app/outbox/src/uploader/tests.rs::storage_that_refuses_loses_nothing_and_sends_nothing_twice";
const SENT_IS_SENT: &str = "app/outbox/src/shelf.rs::sent_is_sent";
const NO_KEY: &str = "server/tests/it/offline/sabotage.rs::without_a_unique_key_answers_are_doubled";
const NO_LOCK: &str = "server/tests/it/offline/sabotage.rs::without_the_lock_two_post_at_once";
const OTHER_BYTES: &str = concat!(
    "server/tests/it/questionnaires/arrival.rs::",
    "other_bytes_under_the_same_id_change_nothing_and_are_kept_aside"
);
const CLOSED: &str = concat!(
    "server/tests/it/questionnaires/arrival.rs::",
    "what_comes_after_closing_is_kept_aside_and_what_came_before_stays_stored"
);

const fn failure(number: u32, what: &'static str, tests: &'static [&'static str]) -> Failure {
    Failure { number, what, tests }
}

/// All of them, with the numbers of the research.
const FAILURES: [Failure; 25] = [
    failure(
        1,
        "Enketo: the service worker sent posts again, at times with empty bodies",
        &[
            "server/tests/it/questionnaires/arrival.rs::damaged_or_senseless_sendings_are_refused_and_leave_nothing",
            "end2end/tests/offline/worker.script.spec.ts::a post never passes the service worker",
        ],
    ),
    failure(2, "Enketo: images of an offline form were stored apart from it and got lost", &[STORIES, SENT_IS_SENT]),
    failure(
        3,
        "Enketo: invisible control characters broke the answers, late and silently",
        &[
            "app/form/src/text.rs::control_characters_are_found",
            "server/tests/it/questionnaires/arrival.rs::answers_that_do_not_hold_are_refused_with_their_places",
        ],
    ),
    failure(
        4,
        "Enketo: changed after half of it had arrived, and sent under the same id",
        &[SENT_IS_SENT, OTHER_BYTES, "server/tests/it/offline/sabotage.rs::bytes_that_are_written_anew_never_arrive"],
    ),
    failure(
        5,
        "Enketo: saving and sending failed now and then on iOS",
        &[
            STORIES,
            REFUSING_STORAGE,
            "end2end/tests/offline/storage.script.spec.ts::a database that the browser closed is opened anew",
        ],
    ),
    failure(
        6,
        "Enketo: after the server was away the queue stood still until the page was loaded anew",
        &[
            STORIES,
            "app/outbox/src/uploader/tests.rs::silence_ends_the_round_and_waits_longer_each_time",
            "app/outbox/src/uploader/tests.rs::storage_that_cannot_be_read_once_does_not_stop_the_queue",
        ],
    ),
    failure(
        7,
        "Enketo: a new version of the form stranded the drafts",
        &[
            "server/tests/it/questionnaires/versions.rs::a_draft_that_began_on_the_old_version_ends_on_it",
            "server/tests/it/questionnaires/arrival.rs::answers_to_an_earlier_edition_are_stored",
            "end2end/tests/offline/versions.script.spec.ts::a draft on a phone goes on with its own definition",
        ],
    ),
    failure(
        8,
        "Enketo: what did not fit the new form opened as a blank one",
        &[
            "app/src/questionnaires/kept.rs::what_somebody_changed_is_not_read",
            "end2end/tests/offline/versions.script.spec.ts::without its definition a draft stays as it is",
        ],
    ),
    failure(
        9,
        "Enketo: the phone's database could not be opened any more after a rollback",
        &["end2end/tests/offline/storage.script.spec.ts::an older page opens the database of a newer one"],
    ),
    failure(
        10,
        "Enketo: an unsaved record was offered right after it had been sent",
        &[
            SENT_IS_SENT,
            STORIES,
            "end2end/tests/offline/storage.script.spec.ts::nothing is offered once the receipt is here",
        ],
    ),
    failure(
        11,
        "Kobo: without its language's file the page did not load offline",
        &["end2end/tests/offline/worker.script.spec.ts::a browser that asks for vi-VN or zh-TW"],
    ),
    failure(
        12,
        "Kobo: looked first and stored then, so that the same answers were stored five times",
        &["server/tests/it/questionnaires/arrival.rs::sixteen_at_once_are_one_row_and_one_receipt", NO_KEY, STORIES],
    ),
    failure(13, "formhub: a slow server and an impatient client stored one answer ten times", &[STORIES, NO_KEY]),
    failure(
        14,
        "Enketo: stored after the client had given up, and queued for ever; batches at once lost data",
        &[STORIES, ROWS_IN_TURN, NO_LOCK],
    ),
    failure(
        15,
        "ODK Central: a header of the proxy's cache kept pages from loading offline",
        &["end2end/tests/offline/worker.script.spec.ts::the same behind a proxy"],
    ),
    failure(
        16,
        "ODK Central: publishing a form threw away what had been sent to its draft",
        &[
            "server/tests/it/questionnaires/arrival.rs::edition_of_an_earlier_release_gets_the_present_one_beside_it",
            "server/tests/it/questionnaires/arrival.rs::seeding_again_takes_nothing_back",
        ],
    ),
    failure(
        17,
        "ODK Central: two that were alike in content were taken for a conflict",
        &["server/tests/it/questionnaires/arrival.rs::dormitory_is_let_in_and_flood_is_slowed_refused_and_flagged"],
    ),
    failure(
        18,
        "ODK Collect: values with spaces vanished from saved drafts",
        &[
            "app/form/src/names.rs::codes_may_start_with_a_digit_but_not_with_an_underscore",
            "app/form/tests/it/publishing.rs::each_fault_is_found_alone_and_at_its_place",
        ],
    ),
    failure(
        19,
        "ODK Collect: what was kept of one form was offered in another",
        &["app/outbox/src/draft.rs::own_drafts_of_this_questionnaire_are_offered_latest_first", STORIES],
    ),
    failure(
        20,
        "ODK Collect: the form was deleted on the server, and what was filled in could not be kept",
        &[
            "server/tests/it/questionnaires/arrival.rs::answers_to_an_edition_that_nobody_published_are_kept_aside",
            CLOSED,
            STORIES,
        ],
    ),
    failure(
        21,
        "Formbricks: a write that the browser refused was never looked at, and never sent",
        &[
            REFUSING_STORAGE,
            STORIES,
            "end2end/tests/offline/storage.script.spec.ts::the page says that it keeps nothing",
        ],
    ),
    failure(
        22,
        "Formbricks: two loops sent at once, and answers were made twice or refused",
        &["app/outbox/src/uploader/tests.rs::another_tab_has_the_lock", NO_LOCK],
    ),
    failure(
        23,
        "Formbricks: after two more tries the answers were given up",
        &[
            "app/outbox/src/backoff.rs::waits_grow_and_stop_growing",
            "app/outbox/src/uploader/tests.rs::silence_ends_the_round_and_waits_longer_each_time",
            STORIES,
        ],
    ),
    failure(
        24,
        "Kobo: who cleared the browser's data destroyed what was unsent, and nothing could be saved before",
        &["end2end/tests/offline/file.script.spec.ts::what waits is saved as a file and taken in once"],
    ),
    failure(
        25,
        "LimeSurvey: another language made an empty answer",
        &[
            "server/tests/it/questionnaires/way.rs::another_language_before_sending_again_is_the_same_answer",
            "server/tests/it/questionnaires/way.rs::a_language_button_keeps_place_answers_and_what_was_typed",
        ],
    ),
];

/// Whether a file has a test of that name: a function in Rust, a title in the browser suite.
fn has_test(path: &str, name: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join(path)).unwrap_or_default();
    let is_rust = Path::new(path).extension().is_some_and(|ending| ending == "rs");
    text.contains(&if is_rust { format!("fn {name}()") } else { format!("test(\"{name}\"") })
}

#[test]
fn every_known_failure_has_its_tests() {
    let numbers: BTreeSet<u32> = FAILURES.iter().map(|failure| failure.number).collect();
    assert_eq!(numbers, (1..=25).collect::<BTreeSet<u32>>());
    for Failure { number, what, tests } in &FAILURES {
        assert!(!tests.is_empty(), "{number}, {what}: nothing holds it");
        for test in *tests {
            let (path, name) = test.split_once("::").expect("a path and a name");
            assert!(has_test(path, name), "{number}, {what}: there is no {test}");
        }
    }
}

#[test]
fn the_check_can_fail() {
    assert!(has_test("app/outbox/src/shelf.rs", "sent_is_sent"));
    assert!(!has_test("app/outbox/src/shelf.rs", "sent_is_lost") && !has_test("app/outbox/none.rs", "sent_is_sent"));
}
