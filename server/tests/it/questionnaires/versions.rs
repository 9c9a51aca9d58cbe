//! A version beside another: who began on the old one ends on it, and the console tells them apart.

use super::{
    sample::{SHORT, SLUG, SMALL, call, choice, seeded, sending, small, stored, yes},
    way::{START, answer, begun, question},
};
use crate::auth::browser::joined;
use app::{
    auth::Role,
    questionnaires::server::{catalogue, publish},
};
use axum::http::StatusCode;

/// The demonstration questionnaire in another version, with a question that people on the old one do not know.
fn newer() -> String {
    let seed = String::from_utf8(SHORT.to_vec()).unwrap();
    let changed = seed.replace("\"version\": \"2026-11\"", "\"version\": \"2026-12\"").replace("\"care\"", "\"kaigo\"");
    assert_ne!(changed, seed);
    changed
}

#[tokio::test]
async fn a_draft_that_began_on_the_old_version_ends_on_it() {
    let (app, old) = seeded().await;
    for (carries, is_sent_by_island) in [(false, false), (true, false), (false, true)] {
        let (mut browser, id) = begun(&app).await;
        answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
        let new = publish::publish(&app.ctx, None, newer().as_bytes()).await.unwrap().hash().to_owned();
        assert_ne!(new, old);
        let page = browser.get(&question("sector")).await;
        assert!(
            page.body.contains("value=\"care\"") && !page.body.contains("value=\"kaigo\""),
            "the old choices are offered"
        );
        let carried = r#"{"consent":{"choice":"yes"},"nationality":{"choice":"nepal"}}"#;
        let mut fields = vec![("answer", "care")];
        if carries {
            fields.push(("answers", carried));
        }
        let moved = answer(&mut browser, &id, "sector", &fields).await;
        assert_eq!(moved.location(), question("started_on"), "{}", moved.body);
        let unknown = answer(&mut browser, &id, "sector", &[("answer", "kaigo")]).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "a choice of the new version is none here");

        if is_sent_by_island {
            let mut sending = sending(SLUG, &old, 1, [("consent", choice("yes")), ("sector", choice("care"))]);
            sending.payload = sending.payload.replace(&sending.instance_id, &id);
            let sending = super::sample::around(SLUG, &old, &id, sending.payload);
            assert_eq!(call(app.router(), &sending).await.0, StatusCode::OK);
        } else {
            let sent = browser.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
            assert_eq!(sent.location(), format!("{START}/sent"));
        }
        let row = stored(&app).await.into_iter().find(|row| row.instance_id.as_str() == id).unwrap();
        assert_eq!(row.definition, old);
        assert_eq!(row.payload.contains("nepal"), carries, "what the island carried is there");

        // Who begins now begins on the new one; then the old one again, for the next round.
        let (mut next, id) = begun(&app).await;
        answer(&mut next, &id, "consent", &[("answer", "yes")]).await;
        assert!(next.get(&question("sector")).await.body.contains("value=\"kaigo\""));
        assert_eq!(publish::publish(&app.ctx, None, SHORT).await.unwrap().hash(), old);
    }
}

#[tokio::test]
async fn an_open_draft_goes_on_with_its_version_from_the_start_page() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
    publish::publish(&app.ctx, None, newer().as_bytes()).await.unwrap();
    let on = browser.post(START, &[]).await;
    assert_eq!(on.location(), question("nationality"));
    assert!(browser.get(&question("sector")).await.body.contains("value=\"care\""));
}

#[tokio::test]
async fn the_console_tells_the_versions_apart() {
    let (app, first) = small().await;
    for number in 0..3 {
        let answer = sending("small", &first, number, [("job", choice("farm"))]);
        assert_eq!(call(app.router(), &answer).await.0, StatusCode::OK);
    }
    let mut hashes = vec![first];
    let mut definition = SMALL.to_owned();
    for (version, from, to) in [
        (2, "\"code\": \"farm\"", "\"code\": \"field\""),
        (3, "\"vi\": \"Giờ\"", "\"vi\": \"Số giờ\""),
        (4, "\"max\": 200", "\"max\": 168"),
        (5, "\"name\": \"since\"", "\"name\": \"start\""),
        (6, "\"ja\"", "\"ja\""),
    ] {
        let before = format!("\"version\": \"{}\"", version - 1);
        definition = definition.replace(&before, &format!("\"version\": \"{version}\"")).replace(from, to);
        hashes.push(publish::publish(&app.ctx, None, definition.as_bytes()).await.unwrap().hash().to_owned());
    }
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let path = "/console/questionnaires/small/versions";
    let page = assistant.get(path).await;
    assert_eq!(page.status, StatusCode::OK);
    // The newest first, though all are of one day; each against the one before.
    let sections: Vec<_> = page.body.split("<h2").skip(1).collect();
    assert_eq!(sections.len(), 6);
    for (section, hash) in sections.iter().zip(hashes.iter().rev()) {
        assert!(section.contains(hash.as_str()) && section.contains(&format!("href=\"/definitions/{hash}\"")));
        assert!(section.contains("22 November 2026"));
    }
    let expected: [&[&str]; 5] = [
        &["Nothing but the name of the edition."],
        &["Questions added: start", "Questions removed: since"],
        &["Conditions, limits or kinds changed in: hours"],
        &["Texts changed in Tiếng Việt: hours"],
        &["Choices added: job/field", "Choices removed: job/farm"],
    ];
    for (section, expected) in sections.iter().zip(expected) {
        for words in expected {
            assert!(section.contains(words), "{words} is not in {section}");
        }
    }
    assert!(sections[0].contains("Asked now") && !sections[1].contains("Asked now"));
    assert!(sections[5].contains("The first edition.") && sections[5].contains(">3<"));
    for language in ["ja", "ja-easy", "zh-Hans", "vi"] {
        assistant.cookies.insert("reading".to_owned(), language.to_owned());
        let page = assistant.get(path).await;
        assert!(page.status == StatusCode::OK && page.body.contains("job/field"), "{language}");
        assert!(!page.body.contains("<script") && !page.body.contains(" style="));
    }
    assert_eq!(assistant.get("/console/questionnaires/none/versions").await.status, StatusCode::NOT_FOUND);
    let file = assistant.get(&format!("/definitions/{}", hashes[0])).await;
    assert_eq!(form::digest(file.body.as_bytes()), hashes[0]);
}

#[tokio::test]
async fn versions_are_numbered_as_they_were_published() {
    let (app, first) = small().await;
    let version = |name: &str| SMALL.replace("\"version\": \"1\"", &format!("\"version\": \"{name}\""));
    let mut hashes = vec![first];
    for name in ["b", "a", "c"] {
        hashes.push(publish::publish(&app.ctx, None, version(name).as_bytes()).await.unwrap().hash().to_owned());
    }
    // An earlier one again is current, and keeps its place.
    publish::publish(&app.ctx, None, version("b").as_bytes()).await.unwrap();
    let questionnaire = catalogue::find_by_slug(&app.ctx, "small").await.unwrap();
    assert_eq!(questionnaire.current.definition().version, "b");
    let editions = catalogue::editions(&app.ctx, &questionnaire).await.unwrap();
    let order: Vec<_> = editions.iter().map(|edition| edition.hash().to_owned()).collect();
    assert_eq!(order, [hashes[1].clone(), hashes[3].clone(), hashes[2].clone(), hashes[0].clone()]);
    assert_eq!(call(app.router(), &yes(&hashes[0], 1)).await.0, StatusCode::ACCEPTED, "of another questionnaire");
}
