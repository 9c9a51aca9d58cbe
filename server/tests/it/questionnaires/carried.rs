//! Answers that somebody carries here from a phone, as a file or as squares: once, by the rules of all others.

use super::sample::{
    SLUG, around, choice, deeds, id, kept_aside, marks, seeded, sending, small, stored, text as words, yes,
};
use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    questionnaires::{
        console::take_in::PATH,
        intake::SealedSending,
        server::{
            arrival,
            carried::{self, Taken, Tally},
            entities::quarantined_response::Reason,
            intake,
            schedule::{self, Days},
        },
        types::{Outcome, Sending},
    },
    server::keys::Keys,
};
use axum::http::{Method, StatusCode, header};
use form::Answer as Given;
use outbox::{
    Row,
    carry::{squares, write_file},
};
use server::middleware::body::{FORM_BYTES, TAKEN_IN_BYTES};

/// As a phone keeps it.
fn row(keys: &Keys, sending: Sending) -> Row {
    let key = intake::public_key(keys, &sending.questionnaire);
    SealedSending::seal(sending, &key, [5; 32]).unwrap().into_row()
}

fn rows(app: &TestApp, sendings: impl IntoIterator<Item = Sending>) -> Vec<Row> {
    sendings.into_iter().map(|sending| row(app.ctx.keys(), sending)).collect()
}

/// What a form sends that has a file and a field.
async fn post(browser: &mut Browser, file: &str, text: &str) -> Answer {
    let field =
        |head: &str, value: &str| format!("--frontier\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n");
    let file = field("name=\"file\"; filename=\"answers.txt\"\r\nContent-Type: text/plain", file);
    let body = [file, field("name=\"text\"", text), "--frontier--\r\n".to_owned()].concat();
    let kind = (header::CONTENT_TYPE, "multipart/form-data; boundary=frontier");
    browser.send(Method::POST, PATH, body.into(), &[kind]).await
}

/// A number of the page's table.
fn number(page: &Answer, outcome: &str) -> u32 {
    let (_, rest) = page.body.split_once(&format!("data-outcome=\"{outcome}\"")).expect("a table");
    let (_, rest) = rest.split_once("<td>").unwrap();
    rest.split('<').next().unwrap().parse().unwrap()
}

/// What stands in the field for squares.
fn typed(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("<textarea").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split("</textarea>").next().unwrap().trim_start_matches('\n').to_owned()
}

async fn take(app: &TestApp, text: &str) -> Taken {
    let email = format!("{}@example.org", deeds(app).await.len());
    let organizer = joined(app, &email, Role::Assistant).await.organizer().await;
    carried::arrive_carried(&app.ctx, &organizer, text).await.unwrap()
}

#[tokio::test]
async fn file_is_taken_in_once_however_often_it_comes() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    // One of them reached the server by itself.
    arrival::arrive(&app.ctx, yes(&hash, 1)).await.unwrap();
    let file = write_file(SLUG, &rows(&app, (1..=3).map(|number| yes(&hash, number))));
    assert!(!file.contains("consent"), "an answer can be read");
    for (stored_now, known) in [(2, 1), (0, 3), (0, 3)] {
        let page = post(&mut assistant, &file.replace('\n', "\r\n"), "").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!((number(&page, "stored"), number(&page, "known")), (stored_now, known));
        assert!(page.body.contains(&format!("New answers taken in: {stored_now}")));
        assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (3, 0));
    }
    // And the phone, once it has a network.
    let receipt = arrival::arrive(&app.ctx, yes(&hash, 3)).await.unwrap();
    assert_eq!((receipt.outcome, stored(&app).await.len()), (Outcome::Stored, 3));
    // In the field and in the file at once: each counts for itself.
    let file = write_file(SLUG, &rows(&app, [yes(&hash, 4)]));
    let page = post(&mut assistant, &file, &file).await;
    assert_eq!((number(&page, "stored"), number(&page, "known"), typed(&page).as_str()), (1, 1, ""));
}

#[tokio::test]
async fn what_was_taken_in_leaves_numbers_and_nothing_else() {
    let (app, hash) = seeded().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let file = write_file(SLUG, &rows(&app, [yes(&hash, 1), yes(&hash, 2)]));
    post(&mut boss, &[&file, "12345678 {\"edited\":\"by hand\"}\n"].concat(), "").await;
    // What holds no answer is no deed.
    post(&mut boss, "hello", "").await;
    let detail = "stored=2 known=0 kept_aside=0 conflict=0 unreadable=0 elsewhere=0";
    assert_eq!(deeds(&app).await, [("answers.taken_in".to_owned(), String::new(), detail.to_owned())]);
    let audit = boss.get("/console/audit").await.body;
    assert!(audit.contains("Took in answers from a phone") && audit.contains("New: 2. Here before: 0."), "{audit}");
}

#[tokio::test]
async fn edited_and_cut_lines_are_named_and_the_others_are_taken_in() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let file = write_file(SLUG, &rows(&app, (1..=4).map(|number| yes(&hash, number))));
    let edited = file.replacen(&id(2), &id(9), 1);
    let cut = &edited[..edited.len() - 40];
    let page = post(&mut assistant, cut, "").await;
    assert_eq!((page.status, number(&page, "stored")), (StatusCode::OK, 2));
    assert!(page.body.contains("changed on the way and are not taken in: 3, 5."), "{}", page.body);
    assert!(page.body.contains("href=\"#file\"") && page.body.contains("id=\"file-error\""));
    assert!(!page.body.contains(&id(9)), "a part of an answer is shown");
    // The lines behind are gone altogether: the first line knows how many there were.
    let lines: Vec<&str> = file.lines().take(2).collect();
    let page = post(&mut assistant, &lines.join("\n"), "").await;
    assert_eq!((page.status, number(&page, "known")), (StatusCode::OK, 1));
    assert!(page.body.contains("Cut off on the way: 3 answers."), "{}", page.body);
    // The whole file after all.
    let page = post(&mut assistant, &file, "").await;
    assert_eq!((number(&page, "stored"), number(&page, "known")), (2, 2));
    assert_eq!(stored(&app).await.len(), 4);
}

#[tokio::test]
async fn answers_of_another_installation_are_told_from_damaged_ones() {
    let (app, hash) = seeded().await;
    let elsewhere = row(&Keys::derive(&[8; 32]), yes(&hash, 1));
    // Sealed to our key, and another envelope around it afterwards.
    let mut swapped = row(app.ctx.keys(), yes(&hash, 2));
    swapped.body = swapped.body.replacen(&id(2), &id(3), 1);
    let senseless = Row { body: "{\"payload\":\"{}\"}".to_owned(), ..swapped.clone() };
    let taken = take(&app, &write_file(SLUG, &[elsewhere, swapped, senseless])).await;
    assert_eq!(taken.tally, Tally { elsewhere: 1, unreadable: 2, ..Tally::default() });
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (0, 0));
}

#[tokio::test]
async fn five_hundred_waiting_answers_come_in_at_once() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let file = write_file(SLUG, &rows(&app, (1..=500).map(|number| yes(&hash, number))));
    assert!(file.len() > FORM_BYTES);
    let page = post(&mut assistant, &file, "").await;
    assert_eq!((page.status, number(&page, "stored")), (StatusCode::OK, 500), "nobody's network is slowed down");
    assert_eq!(stored(&app).await.len(), 500);
    let page = post(&mut assistant, "", &file).await;
    assert_eq!((number(&page, "stored"), number(&page, "known")), (0, 500));
}

#[tokio::test]
async fn only_organizers_take_in() {
    let (app, hash) = seeded().await;
    let file = write_file(SLUG, &rows(&app, [yes(&hash, 1)]));
    let mut stranger = Browser::new(&app);
    assert_eq!(post(&mut stranger, &file, "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(stranger.get(PATH).await.location(), format!("/console/sign-in?to={PATH}"));
    assert_eq!((stored(&app).await.len(), deeds(&app).await.len()), (0, 0));
    // Who is one finds the way.
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    for page in ["/console/questionnaires", "/console/questionnaires/working-in-japan"] {
        assert!(assistant.get(page).await.body.contains(&format!("href=\"{PATH}\"")), "{page}");
    }
    let page = assistant.get(PATH).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("enctype=\"multipart/form-data\"") && !page.body.contains("data-outcome"));
}

#[tokio::test]
async fn four_megabytes_are_read_and_no_more_and_only_here() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let file = write_file(SLUG, &rows(&app, [yes(&hash, 1)]));
    let padded = |bytes: usize| [file.as_str(), &"\n".repeat(bytes - file.len())].concat();
    let page = post(&mut assistant, &padded(TAKEN_IN_BYTES - 1_000), "").await;
    assert_eq!((page.status, number(&page, "stored")), (StatusCode::OK, 1));
    let page = post(&mut assistant, &padded(TAKEN_IN_BYTES + 1), "").await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = "x".repeat(FORM_BYTES);
    let elsewhere = assistant.post("/console/questionnaires/working-in-japan/sharing", &[("name", &long)]).await;
    assert_eq!(elsewhere.status, StatusCode::PAYLOAD_TOO_LARGE);
    // A form of another kind than the page's.
    assert_eq!(assistant.post(PATH, &[("text", &file)]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn squares_come_in_any_order_and_a_missing_one_is_named() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let squares = squares(&write_file(SLUG, &rows(&app, [yes(&hash, 1), yes(&hash, 2)])));
    assert!(squares.len() >= 4, "{}", squares.len());
    let count = squares.len();
    let misread = squares[1].replacen(' ', " Z", 3);
    let scanned: Vec<&str> = squares.iter().skip(2).rev().chain([&misread, &squares[3]]).map(String::as_str).collect();
    let scanned = scanned.join("\r\n");
    let page = post(&mut assistant, "", &scanned).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains(&format!("Of {count} codes, these are still missing: 1, 2.")), "{}", page.body);
    assert!(page.body.contains("Lines that cannot be read: 1."));
    assert!(page.body.contains("href=\"#text\"") && page.body.contains("<title>Error"));
    assert_eq!(typed(&page).replace('\r', ""), scanned.replace('\r', ""), "what was scanned stays");
    assert_eq!(stored(&app).await.len(), 0);
    // The missing ones behind it, one of them twice.
    let completed = [typed(&page).as_str(), &squares[1], &squares[0], &squares[1]].join("\n");
    let page = post(&mut assistant, "", &completed).await;
    assert_eq!((page.status, number(&page, "stored")), (StatusCode::OK, 2), "{}", page.body);
    let clean = post(&mut assistant, "", &squares.join("\n")).await;
    assert_eq!((number(&clean, "known"), typed(&clean).as_str()), (2, ""), "the field is free for the next phone");
}

#[tokio::test]
async fn nothing_to_read_is_said_beside_the_field() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let hostile = "</textarea><script>alert(1)</script>";
    for (file, text, place, words) in [
        ("", " \n", "file-error", "Choose a file, or scan codes into the field."),
        ("%PDF-1.7\n\u{0}", "", "file-error", "There are no answers from a phone in this file."),
        ("", hostile, "text-error", "There are no answers from a phone in this text."),
    ] {
        let page = post(&mut assistant, file, text).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(page.body.contains(&format!("id=\"{place}\"")) && page.body.contains(words), "{words}");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("data-outcome"));
    }
    let page = post(&mut assistant, "", hostile).await;
    assert!(page.body.contains("&lt;/textarea&gt;"), "what was typed stays");
    assert!(deeds(&app).await.is_empty());
}

#[tokio::test]
async fn deleted_answers_do_not_come_back_and_nobody_is_told() {
    let (app, hash) = seeded().await;
    let receipt = arrival::arrive(&app.ctx, yes(&hash, 1)).await.unwrap();
    let path = "/en/questionnaires/working-in-japan/delete";
    let gone = Browser::new(&app).post(path, &[("code", &receipt.code), ("step", "confirm"), ("go", "delete")]).await;
    assert_eq!((gone.status, marks(&app).await.len()), (StatusCode::SEE_OTHER, 1));
    let taken = take(&app, &write_file(SLUG, &rows(&app, [yes(&hash, 1), yes(&hash, 2)]))).await;
    assert_eq!(taken.tally, Tally { stored: 1, known: 1, ..Tally::default() });
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 0));
}

#[tokio::test]
async fn what_cannot_be_placed_is_kept_aside_once() {
    let (app, hash) = small().await;
    let first = sending("small", &hash, 1, [("job", choice("farm"))]);
    arrival::arrive(&app.ctx, first).await.unwrap();
    let text = write_file(
        "small",
        &rows(
            &app,
            [
                // Other bytes under an id that is here; a phone whose calendar was wrong; an edition of nobody's.
                sending("small", &hash, 1, [("job", choice("care"))]),
                sending("small", &hash, 2, [("hours", Given::Integer(9_999))]),
                sending("small", &"0".repeat(64), 3, [("words", words("xin chào"))]),
                around("small", &hash, &id(4), r#"{"format":7,"sealed":"AAAA"}"#.to_owned()),
            ],
        ),
    );
    assert_eq!(take(&app, &text).await.tally, Tally { conflict: 1, kept_aside: 3, ..Tally::default() });
    assert_eq!(take(&app, &text).await.tally, Tally { conflict: 1, known: 3, ..Tally::default() });
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 4));
}

#[tokio::test]
async fn closed_questionnaire_keeps_it_aside_for_an_organizer_to_count() {
    let (app, hash) = seeded().await;
    let organizer = joined(&app, "assistant@example.org", Role::Assistant).await.organizer().await;
    let days = Days::new(None, "2026-11-21".parse().ok()).unwrap();
    schedule::set_days(&app.ctx, &organizer, SLUG, days).await.unwrap();
    let text = write_file(SLUG, &rows(&app, [yes(&hash, 1)]));
    let taken = carried::arrive_carried(&app.ctx, &organizer, &text).await.unwrap();
    assert_eq!(taken.tally, Tally { kept_aside: 1, ..Tally::default() });
    let aside = kept_aside(&app).await;
    assert_eq!((aside.len(), aside[0].reason, stored(&app).await.len()), (1, Reason::Closed, 0));
}
