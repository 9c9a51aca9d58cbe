//! Channels: made and retired by organizers, carried from the address to the answers, and nothing of a person in them.

use super::sample::{SLUG, around, seeded, stored};
use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    questionnaires::{
        beginning::Beginning,
        server::{arrival, channels::MAX_CHANNELS, entities::channel},
        stage::Person,
        types::Sending,
    },
    server::entities::audit_entry,
};
use axum::http::{StatusCode, header};
use form::{Answers, Payload};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

const SHARING: &str = "/console/questionnaires/working-in-japan/sharing";
const START: &str = "/vi/questionnaires/working-in-japan";

/// An organizer who has made these channels.
async fn sharing(app: &TestApp, codes: &[&str]) -> Browser {
    let mut organizer = joined(app, "assistant@example.org", Role::Assistant).await;
    for code in codes {
        let made = organizer.post(SHARING, &[("name", &format!("Poster {code}")), ("code", code)]).await;
        assert_eq!((made.status, made.location()), (StatusCode::SEE_OTHER, SHARING), "{}", made.body);
    }
    organizer
}

async fn made(app: &TestApp) -> Vec<channel::Model> {
    channel::Entity::find().all(app.ctx.read()).await.unwrap()
}

/// What was noted of channels: action and code.
async fn noted(app: &TestApp) -> Vec<(String, String)> {
    let mut noted: Vec<_> = audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.starts_with("channel."))
        .filter(audit_entry::Column::Subject.eq(SLUG))
        .filter(audit_entry::Column::OrganizerId.is_not_null())
        .all(app.ctx.read())
        .await
        .unwrap()
        .into_iter()
        .map(|entry| (entry.action, entry.detail))
        .collect();
    noted.sort();
    noted
}

/// The value of a hidden field of a page.
fn hidden(page: &Answer, name: &str) -> Option<String> {
    let (_, rest) = page.body.split_once(&format!(r#"name="{name}" value=""#))?;
    rest.split('"').next().map(str::to_owned)
}

/// Presses *Begin* on the page of an address, as a browser does, and says yes. Gives the instance id.
async fn begin(browser: &mut Browser, address: &str) -> String {
    let page = browser.get(address).await;
    assert_eq!(page.status, StatusCode::OK);
    let via = hidden(&page, "via");
    let mut fields = vec![("phone", "own")];
    fields.extend(via.iter().map(|code| ("via", code.as_str())));
    let begun = browser.post(START, &fields).await;
    assert_eq!(begun.location(), format!("{START}/questions/consent"));
    let page = browser.get(begun.location()).await;
    let id = hidden(&page, "instance").unwrap();
    let fields = [("instance", id.as_str()), ("answer", "yes"), ("go", "next")];
    assert_eq!(browser.post(&format!("{START}/questions/consent"), &fields).await.status, StatusCode::SEE_OTHER);
    id
}

async fn send(browser: &mut Browser, id: &str) -> Answer {
    browser.post(&format!("{START}/check"), &[("instance", id), ("go", "send")]).await
}

/// The person whom the island is given with a page.
fn person_of(page: &Answer) -> Person {
    let (_, rest) = page.body.split_once("data-beginning=\"").unwrap();
    let json = rest.split('"').next().unwrap().replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    Beginning::read(&json.replace("&#39;", "'").replace("&amp;", "&")).unwrap().person
}

#[tokio::test]
async fn a_channel_is_made_with_a_code_or_gets_one() {
    let (app, _) = seeded().await;
    let mut organizer = sharing(&app, &["union-1"]).await;
    let made_up = organizer.post(SHARING, &[("name", "  レッスン\tA "), ("code", "")]).await;
    assert_eq!(made_up.status, StatusCode::SEE_OTHER);
    let rows = made(&app).await;
    let own = rows.iter().find(|row| row.name == "レッスン A").expect("on one line");
    assert!(own.code.len() == 5 && own.code.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{}", own.code);
    assert!(rows.iter().all(|row| row.state == channel::State::Active && row.created_on.to_string() == "2026-11-22"));
    let page = organizer.get(SHARING).await;
    for there in ["http://127.0.0.1:3000/q/working-in-japan/union-1", "Poster union-1", &own.code, "at least 20 people"]
    {
        assert!(page.body.contains(there), "{there}");
    }
    assert_eq!(noted(&app).await.len(), 2);
    assert_eq!(organizer.get("/console/questionnaires/none/sharing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        organizer.post("/console/questionnaires/none/sharing", &[("name", "x")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(Browser::new(&app).post(SHARING, &[("name", "x")]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_cannot_be_a_channel_is_shown_again() {
    let (app, _) = seeded().await;
    let mut organizer = sharing(&app, &["union-1"]).await;
    let long = "x".repeat(61);
    for (name, code, field) in [
        ("", "leaflet", "#name"),
        (long.as_str(), "leaflet", "#name"),
        ("Poster union-1", "leaflet", "#name"),
        ("Leaflet", "a b", "#code"),
        ("Leaflet", "ポスター", "#code"),
        ("Leaflet", "-x", "#code"),
        ("Leaflet", "union-1", "#code"),
        ("Leaflet", "UNION-1", "#code"),
    ] {
        let refused = organizer.post(SHARING, &[("name", name), ("code", code)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {code}");
        assert!(refused.body.contains(&format!("href=\"{field}\"")), "{name} {code}");
        assert!(refused.body.contains(&format!("name=\"code\" value=\"{code}\"")), "{code} was typed");
    }
    let both = organizer.post(SHARING, &[("name", ""), ("code", "?")]).await;
    assert!(both.body.contains("href=\"#name\"") && both.body.contains("href=\"#code\""), "all at once");
    assert_eq!((made(&app).await.len(), noted(&app).await.len()), (1, 1));
}

#[tokio::test]
async fn there_is_an_end_to_channels() {
    let (app, _) = seeded().await;
    let mut organizer = sharing(&app, &["c-0"]).await;
    let id = made(&app).await.remove(0).questionnaire_id;
    let id = &id;
    app.ctx
        .write(|tx| async move {
            for number in 1..MAX_CHANNELS {
                let row = channel::ActiveModel {
                    id: sea_orm::Set(number.to_string()),
                    questionnaire_id: sea_orm::Set(id.clone()),
                    code: sea_orm::Set(format!("c-{number}")),
                    name: sea_orm::Set(number.to_string()),
                    state: sea_orm::Set(channel::State::Retired),
                    created_on: sea_orm::Set("2026-11-22".parse().unwrap()),
                };
                channel::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
            }
            Ok(())
        })
        .await
        .unwrap();
    let refused = organizer.post(SHARING, &[("name", "One more"), ("code", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(made(&app).await.len(), MAX_CHANNELS);
}

#[tokio::test]
async fn retiring_is_noted_once_and_the_link_goes_on_being_counted() {
    let (app, _) = seeded().await;
    let mut organizer = sharing(&app, &["union-1"]).await;
    let path = format!("{SHARING}/union-1");
    for _ in 0..2 {
        let retired = organizer.post(&path, &[("state", "retired")]).await;
        assert_eq!((retired.status, retired.location()), (StatusCode::SEE_OTHER, SHARING));
    }
    assert!(organizer.get(SHARING).await.body.contains("union-1"), "it is not gone");
    let mut worker = Browser::new(&app);
    let id = begin(&mut worker, &format!("{START}?via=union-1")).await;
    send(&mut worker, &id).await;
    assert_eq!(stored(&app).await[0].channel.as_deref(), Some("union-1"));
    organizer.post(&path, &[("state", "active")]).await;
    let noted = noted(&app).await;
    let actions: Vec<_> = noted.iter().map(|(action, code)| (action.as_str(), code.as_str())).collect();
    assert_eq!(actions, ["channel.added", "channel.restored", "channel.retired"].map(|action| (action, "union-1")));
    assert_eq!(organizer.post(&path, &[("state", "deleted")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        organizer.post(&format!("{SHARING}/other"), &[("state", "retired")]).await.status,
        StatusCode::NOT_FOUND
    );
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    assert!(boss.get("/console/audit").await.body.contains("Retired a channel"));
}

#[tokio::test]
async fn the_channel_goes_from_the_address_to_the_answers() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1"]).await;
    let mut worker = Browser::new(&app);
    let id = begin(&mut worker, &format!("{START}?via=union-1")).await;
    assert_eq!(send(&mut worker, &id).await.location(), format!("{START}/sent"));
    let row = stored(&app).await.remove(0);
    assert_eq!(row.channel.as_deref(), Some("union-1"));
    assert_eq!(Payload::parse(row.payload.as_bytes()).unwrap().channel.as_deref(), Some("union-1"));
    // The next person at the same telephone stands at the same poster.
    let next = worker.post(&format!("{START}/sent"), &[("instance", &id), ("go", "new-person")]).await;
    assert_eq!(next.location(), format!("{START}?via=union-1"));
    assert!(!worker.cookies.contains_key("draft"));
    let second = begin(&mut worker, &format!("{START}?via=union-1")).await;
    let page = worker.get(&format!("{START}?via=union-1")).await;
    let code = hidden(&page, "via").unwrap();
    let next = worker.post(&format!("{START}/new-person"), &[("via", &code)]).await;
    assert_eq!(next.location(), format!("{START}?via=union-1"));
    assert_ne!(id, second);
}

#[tokio::test]
async fn island_and_form_post_send_the_same_bytes() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1"]).await;
    for (address, channel) in [(format!("{START}?via=union-1"), Some("union-1")), (START.to_owned(), None)] {
        let mut worker = Browser::new(&app);
        let id = begin(&mut worker, &address).await;
        let person = person_of(&worker.get(&format!("{START}/check")).await);
        assert_eq!((person.channel.as_deref(), person.instance_id.as_str()), (channel, id.as_str()));
        // What the island makes of its props and of the answers that it holds.
        let answers: Answers = [("consent", super::sample::choice("yes"))].into_iter().collect();
        let of_island = Sending::of(person.payload(answers));
        send(&mut worker, &id).await;
        let row = stored(&app).await.into_iter().find(|row| row.instance_id.as_str() == id).unwrap();
        assert_eq!((row.digest, row.payload), (of_island.digest.clone(), of_island.payload.clone()));
        // Sent by both, it is one answer.
        arrival::arrive(&app.ctx, of_island).await.unwrap();
    }
    assert_eq!(stored(&app).await.len(), 2);
}

#[tokio::test]
async fn codes_that_nobody_made_are_as_good_as_none() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1"]).await;
    for query in
        ["?via=nguyen-van-a", "?via=", "?via=UNION-1", "?via=%ff", "?via=union-1&via=union-1", "?via=<b>", "?x"]
    {
        let page = Browser::new(&app).get(&format!("{START}{}", query.replace('<', "%3C").replace('>', "%3E"))).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(hidden(&page, "via").is_none() && !page.body.contains("?via="), "{query}");
    }
    // Nor can a form or a program invent one.
    let mut worker = Browser::new(&app);
    worker.post(START, &[("phone", "own"), ("via", "nguyen-van-a")]).await;
    let page = worker.get(&format!("{START}/questions/consent")).await;
    assert_eq!(person_of(&page).channel, None);
    let (_, hash) = (SLUG, person_of(&page).definition);
    let mut payload = person_of(&page).payload([("consent", super::sample::choice("yes"))].into_iter().collect());
    payload.channel = Some("nguyen-van-a".to_owned());
    let bytes = String::from_utf8(payload.canonical_bytes()).unwrap();
    arrival::arrive(&app.ctx, around(SLUG, &hash, &payload.instance_id, bytes)).await.unwrap();
    assert_eq!(stored(&app).await[0].channel, None);
}

#[tokio::test]
async fn a_channel_is_of_one_questionnaire() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1"]).await;
    app::questionnaires::server::publish::publish(&app.ctx, None, super::sample::SMALL.as_bytes()).await.unwrap();
    let page = Browser::new(&app).get("/vi/questionnaires/small?via=union-1").await;
    assert!(page.status == StatusCode::OK && hidden(&page, "via").is_none());
}

#[tokio::test]
async fn another_language_keeps_the_channel_and_search_engines_are_not_told() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1"]).await;
    let page = Browser::new(&app).get(&format!("{START}?via=union-1")).await;
    assert!(page.body.contains("href=\"/ja-easy/questionnaires/working-in-japan?via=union-1\""), "{}", page.body);
    for line in
        page.body.split("<link ").skip(1).filter(|line| line.contains("canonical") || line.contains("alternate"))
    {
        assert!(!line.split('>').next().unwrap().contains("via"), "{line}");
    }
    assert!(page.body.contains("Nó không cho biết bạn là ai"), "it says what the address tells");
    assert!(!Browser::new(&app).get(START).await.body.contains("Nó không cho biết bạn là ai"));
}

#[tokio::test]
async fn who_has_begun_keeps_the_channel_they_came_by() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1", "class-a"]).await;
    let mut worker = Browser::new(&app);
    let id = begin(&mut worker, &format!("{START}?via=class-a")).await;
    // They see the other poster and go on: the bytes may have been sent already and must stay the same.
    worker.post(START, &[("via", "union-1")]).await;
    send(&mut worker, &id).await;
    assert_eq!(stored(&app).await[0].channel.as_deref(), Some("class-a"));
}

#[tokio::test]
async fn the_short_address_lists_the_languages_and_keeps_nothing() {
    let (app, _) = seeded().await;
    sharing(&app, &["union-1"]).await;
    for (path, query) in [
        ("/q/working-in-japan/union-1", "?via=union-1"),
        ("/q/working-in-japan", ""),
        ("/q/working-in-japan/no-such", ""),
        ("/q/working-in-japan/%3Cb%3E", ""),
    ] {
        let mut browser = Browser::new(&app);
        browser.language = "vi-VN,vi;q=0.9";
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for language in ["ja", "ja-easy", "vi", "zh-Hans", "en"] {
            let link = format!("href=\"/{language}/questionnaires/working-in-japan{query}\"");
            assert!(page.body.contains(&link), "{path}: {link}");
        }
        assert!(page.body.contains("Tiếp tục bằng tiếng Việt") && page.body.contains("Khảo sát về việc làm"), "{path}");
        assert!(!page.body.contains("<script") && page.set_cookies().is_empty(), "{path}");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(page.headers["x-robots-tag"], "noindex");
    }
    // Nothing is kept on the first page either, only when somebody begins.
    assert!(Browser::new(&app).get(&format!("{START}?via=union-1")).await.set_cookies().is_empty());
    for path in ["/q/none", "/q/none/union-1", "/q/Working"] {
        assert_eq!(Browser::new(&app).get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_short_address_offers_only_languages_that_are_there() {
    let app = TestApp::new().await;
    app::questionnaires::server::publish::publish(&app.ctx, None, super::sample::SMALL.as_bytes()).await.unwrap();
    let mut browser = Browser::new(&app);
    browser.language = "en";
    let page = browser.get("/q/small").await;
    assert!(page.body.contains("/vi/questionnaires/small") && page.body.contains("/ja/questionnaires/small"));
    assert!(!page.body.contains("/en/questionnaires/small") && page.body.contains("小さいアンケート"));
}
