//! The screens for planning: what they show, what they refuse, and that nothing typed is lost.

use super::planning::{event, made, place, plan, register};
use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role as Capability,
    events::{
        server::{
            access::{self, Role},
            catalogue, planning,
            seats::Wish,
        },
        standing::{Standing, State},
        words::Words,
    },
};
use axum::http::StatusCode;

const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];

/// A form with a title, a day and one place.
const GOOD: [(&str, &str); 14] = [
    ("slug", "talk-one"),
    ("title-ja", "円卓会議"),
    ("title-vi", "Bàn tròn"),
    ("day-year", "２０２６"),
    ("day-month", "12"),
    ("day-day", "20"),
    ("begins", "１３：３０"),
    ("ends", "16.00"),
    ("offset", "540"),
    ("speaks", "ja"),
    ("speaks", "vi"),
    ("places-0-name-ja", "東京"),
    ("places-0-capacity", "４０"),
    ("hours", "24"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.chain(more.iter().copied()).collect()
}

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
    assert!(answer.body.contains("id=\"errors\"") && answer.body.contains(words), "{words}");
}

#[tokio::test]
async fn a_form_makes_a_draft_and_what_it_says_is_there() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "a@example.org", Capability::Assistant).await;
    let more = [
        ("programme-0-at", "14時"),
        ("programme-0-title-en", "Trends"),
        ("programme-0-speakers", "Red One | 赤大学 | vi=Đại học Đỏ | invited"),
        ("hosts-0-role", "co_host"),
        ("hosts-0-name-en", "Green"),
        ("hosts-0-receives-en", "names"),
        ("materials-0-title-en", "Slides"),
        ("materials-0-url", "https://example.org/slides"),
    ];
    let done = browser.post("/console/events/new", &with(&more)).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console/events/talk-one?done=created"));
    let event = catalogue::find_any(&app.ctx, "talk-one").await.unwrap();
    assert_eq!((event.standing, event.begins), (Standing::Draft, form::Time::new(13, 30)));
    assert_eq!((event.title.get("vi"), event.places[0].taken.capacity), ("Bàn tròn", Some(40)));
    assert_eq!(event.details.languages, ["ja", "vi"]);
    let item = &event.details.programme[0];
    assert_eq!((item.at.as_str(), item.speakers[0].organisation.get("vi")), ("14:00", "Đại học Đỏ"));
    assert!(item.speakers[0].is_invited && event.details.hosts[0].receives.get("en") == "names");
    assert_eq!(event.details.materials[0].url, "https://example.org/slides");
    // The form of what is there, sent back as it is, changes nothing.
    let form = browser.get("/console/events/talk-one/edit").await.body;
    let sent = browser.post("/console/events/talk-one/edit", &fields(&form)).await;
    assert_eq!(sent.location(), "/console/events/talk-one?done=saved&mailed=0&to_call=0", "{}", sent.body);
    let after = catalogue::find_any(&app.ctx, "talk-one").await.unwrap();
    assert_eq!((after.details, after.places, after.sequence), (event.details, event.places, 0));
}

/// What a browser would send of a form that nobody touched, without buttons. Long texts are not read: they are empty
/// or one line here.
fn fields(page: &str) -> Vec<(&str, &str)> {
    let form = page.split("class=\"planning-form\"").nth(1).unwrap().split("</form>").next().unwrap();
    let attribute = |tag: &'_ str, name: &str| -> Option<(usize, usize)> {
        let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some((start, start + tag[start..].find('"')?))
    };
    let mut found = Vec::new();
    for tag in form.split("<input ").skip(1) {
        let tag = &tag[..tag.find('>').unwrap()];
        let padded = &form[form.find(tag).unwrap() - 1..form.find(tag).unwrap() + tag.len()];
        let is_choice = padded.contains("type=\"radio\"") || padded.contains("type=\"checkbox\"");
        if is_choice && !padded.contains(" checked") {
            continue;
        }
        let (from, to) = attribute(padded, "name").unwrap();
        let value = attribute(padded, "value").map_or("", |(from, to)| &padded[from..to]);
        found.push((&padded[from..to], value));
    }
    for tag in form.split("<textarea ").skip(1) {
        let (from, to) = attribute(&form[form.find(tag).unwrap() - 1..], "name").unwrap();
        let name = &form[form.find(tag).unwrap() - 1..][from..to];
        let text = tag.split(">\n").nth(1).unwrap().split("</textarea>").next().unwrap();
        found.push((name, text));
    }
    for tag in form.split("<select ").skip(1) {
        let (from, to) = attribute(&form[form.find(tag).unwrap() - 1..], "name").unwrap();
        let name = &form[form.find(tag).unwrap() - 1..][from..to];
        let options = tag.split("</select>").next().unwrap();
        let chosen = options.split("<option").find(|option| option.contains(" selected"));
        let value = chosen.and_then(|option| option.split("value=\"").nth(1)).and_then(|rest| rest.split('"').next());
        found.push((name, value.unwrap_or_default()));
    }
    found
}

#[tokio::test]
async fn what_is_refused_is_kept_and_told_beside_its_field() {
    let app = TestApp::new().await;
    made(&app, &plan("taken"), State::Draft).await;
    let mut browser = joined(&app, "a@example.org", Capability::Assistant).await;
    let wrong: [(&[(&str, &str)], &str); 12] = [
        (&[("slug", "Not A Slug")], "slug-error"),
        (&[("slug", "taken")], "This address is taken."),
        (&[("title-ja", ""), ("title-vi", "")], "title-ja-error"),
        (&[("day-day", "32")], "day-error"),
        (&[("day-year", ""), ("day-month", ""), ("day-day", "")], "Enter the date."),
        (&[("begins", "noon")], "begins-error"),
        (&[("ends", "9:00")], "ends-error"),
        (&[("until-year", "2026"), ("until-month", "12"), ("until-day", "21")], "until-error"),
        (&[("places-0-name-ja", ""), ("places-0-access-en", "Lift")], "places-0-name-ja-error"),
        (&[("places-0-capacity", "-1")], "places-0-capacity-error"),
        (&[("materials-0-title-en", "Slides"), ("materials-0-url", "javascript:x")], "materials-0-url-error"),
        (&[("hours", "200")], "hours-error"),
    ];
    for (more, words) in wrong {
        let typed = with(more);
        let answer = browser.post("/console/events/new", &typed).await;
        refused(&answer, words);
        for (name, value) in typed.iter().filter(|(name, value)| !value.is_empty() && *name != "offset") {
            let is_kept = [format!("value=\"{value}\""), format!("\n{value}</textarea>")];
            assert!(is_kept.iter().any(|kept| answer.body.contains(kept)), "{words} lost {name}={value}");
        }
    }
    let hostile = with(&[("questions", "{\"a\":\"</textarea><script>alert(1)</script>\"}"), ("slug", "fine")]);
    let answer = browser.post("/console/events/new", &hostile).await;
    refused(&answer, "questions-error");
    assert!(answer.body.contains("planning-faults") && !answer.body.contains("<script"));
    assert!(catalogue::find_any(&app.ctx, "fine").await.is_err());
}

#[tokio::test]
async fn more_rows_keep_everything() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "a@example.org", Capability::Assistant).await;
    for (list, count, field) in [
        ("places", "count-places", "places-1-capacity"),
        ("programme", "count-programme", "programme-3-at"),
        ("hosts", "count-hosts", "hosts-1-name-ja"),
        ("materials", "count-materials", "materials-1-url"),
    ] {
        let page =
            browser.post("/console/events/new", &with(&[("more", list), (count, "1"), ("about-en", "Long")])).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(&format!("id=\"{field}\"")) && page.body.contains("Long</textarea>"), "{list}");
        assert!(page.body.contains("value=\"talk-one\"") && page.body.contains("value=\"Bàn tròn\""), "{list}");
    }
    let most = browser.post("/console/events/new", &with(&[("more", "places"), ("count-places", "999999999")])).await;
    assert_eq!(most.body.matches("name=\"places-11-kind\"").count(), 2);
    assert!(!most.body.contains("places-12-") && !most.body.contains("value=\"places\""));
    assert!(catalogue::find_any(&app.ctx, "talk-one").await.is_err(), "nothing was made");
}

#[tokio::test]
async fn two_who_edit_at_once_are_told_and_a_used_place_stays() {
    let app = TestApp::new().await;
    let id = made(&app, &plan("one"), State::Open).await;
    let mut browser = joined(&app, "a@example.org", Capability::Assistant).await;
    let before = event(&app, &id).await;
    let tokyo = before.places[0].id.clone();
    register(&app, &id, Wish::Seat(tokyo.clone()), "ann").await;
    let seen = before.changed_at.to_string();
    let edit = |seen: &str, place: &str, hour: &str| -> Vec<(String, String)> {
        let mut typed: Vec<(String, String)> =
            with(&[("begins", "")]).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        for (name, value) in [("seen", seen), ("places-0-id", tokyo.as_str()), ("begins", hour), ("tell", "yes")] {
            typed.push((name.to_owned(), value.to_owned()));
        }
        typed.retain(|(name, value)| !(name == "begins" && value.is_empty() || name == "places-0-name-ja"));
        typed.push(("places-0-name-en".to_owned(), place.to_owned()));
        typed
    };
    let post = async |browser: &mut Browser, typed: Vec<(String, String)>| {
        let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post("/console/events/one/edit", &typed).await
    };
    refused(&post(&mut browser, edit(&seen, "", "14:00")).await, "places-0-name-ja-error");
    app.ctx.clock().advance(5_000);
    let saved = post(&mut browser, edit(&seen, "Tokyo", "14:00")).await;
    assert_eq!(saved.location(), "/console/events/one?done=saved&mailed=1&to_call=0", "{}", saved.body);
    let page = browser.get(saved.location()).await.body;
    assert!(page.contains("Told by e-mail: 1. To be called: 0."), "{page}");
    let late = post(&mut browser, edit(&seen, "Tokyo", "15:00")).await;
    refused(&late, "Somebody else changed this");
    assert!(late.body.contains("value=\"15:00\""));
    assert_eq!(event(&app, &id).await.begins, form::Time::new(14, 0));
    let now = event(&app, &id).await.changed_at.to_string();
    assert!(late.body.contains(&format!("name=\"seen\" value=\"{now}\"")), "sent again, it counts");
    let again = post(&mut browser, edit(&now, "Tokyo", "15:00")).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let no_form = browser.post("/console/events/one/edit", &with(&[])).await;
    assert_eq!(no_form.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_screen_is_drawn_in_every_language() {
    let app = TestApp::new().await;
    let mut full = plan("one");
    full.places.push(place("Osaka", None, None));
    let id = made(&app, &full, State::Open).await;
    let tokyo = event(&app, &id).await.places[0].id.clone();
    for name in ["ann", "ben"] {
        register(&app, &id, Wish::Seat(tokyo.clone()), name).await;
    }
    let series =
        planning::SeriesPlan { slug: "talks".into(), title: Words::new([("ja", "円卓")]), about: Words::default() };
    planning::create_series(&app.ctx, None, &series).await.unwrap().unwrap();
    let mut browser = joined(&app, "c@example.org", Capability::Coordinator).await;
    for language in LANGUAGES {
        browser.cookies.insert("reading".to_owned(), language.to_owned());
        for path in [
            "/console",
            "/console/events",
            "/console/events/new",
            "/console/events/one",
            "/console/events/one?ask=cancel",
            "/console/events/one/edit",
            "/console/events/one/roles",
            "/console/series/new",
            "/console/series/talks/edit",
        ] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{language} {path}");
            assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{language} {path}");
        }
        let page = browser.get("/console/events/one").await.body;
        let why = match language {
            "ja" => "すべての席が埋まっています",
            "ja-easy" => "<rt>せき</rt>",
            "en" => "Every seat is taken.",
            "zh-Hans" => "座位已满",
            _ => "Mọi chỗ đã có người",
        };
        assert!(page.contains(why), "{language}");
        let refused = browser.post("/console/series/new", &[("slug", "talks"), ("title-en", "Kept")]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("value=\"Kept\""));
    }
    // Two who write at once: who saves second is told, and what they typed stays.
    let edit = "/console/series/talks/edit";
    let seen = catalogue::find_series(&app.ctx, "talks").await.unwrap().changed_at.to_string();
    app.ctx.clock().advance(1_000);
    let first = browser.post(edit, &[("seen", &seen), ("title-ja", "First")]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let second = browser.post(edit, &[("seen", &seen), ("title-ja", "Second")]).await;
    assert!(second.status == StatusCode::UNPROCESSABLE_ENTITY && second.body.contains("value=\"Second\""));
    let now = catalogue::find_series(&app.ctx, "talks").await.unwrap();
    assert_eq!(now.title.get("ja"), "First");
    assert!(second.body.contains(&format!("name=\"seen\" value=\"{}\"", now.changed_at)), "sent again, it counts");
    for path in
        ["/console/events/none", "/console/events/none/edit", "/console/events/none/roles", "/console/series/none/edit"]
    {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn buttons_do_what_they_say_and_cancelling_asks_once_more() {
    let app = TestApp::new().await;
    let id = made(&app, &plan("one"), State::Draft).await;
    let mut browser = joined(&app, "a@example.org", Capability::Assistant).await;
    let state = "/console/events/one/state";
    for (word, standing) in [
        ("announced", Standing::PlaceFixed),
        ("draft", Standing::Draft),
        ("open", Standing::Open),
        ("closed", Standing::Closed),
    ] {
        let done = browser.post(state, &[("state", word)]).await;
        assert_eq!(done.location(), format!("/console/events/one?done={word}&mailed=0&to_call=0"));
        assert_eq!(event(&app, &id).await.standing, standing);
    }
    browser.post(state, &[("state", "open")]).await;
    let tokyo = event(&app, &id).await.places[0].id.clone();
    register(&app, &id, Wish::Seat(tokyo), "ann").await;
    assert_eq!(browser.post(state, &[("state", "draft")]).await.status, StatusCode::CONFLICT, "somebody has a seat");
    let asked = browser.post(state, &[("state", "cancelled")]).await;
    assert_eq!(asked.location(), "/console/events/one?ask=cancel");
    assert_eq!(event(&app, &id).await.standing, Standing::Full);
    assert!(browser.get(asked.location()).await.body.contains("name=\"sure\""));
    browser.post(state, &[("state", "cancelled"), ("sure", "yes")]).await;
    assert_eq!(event(&app, &id).await.standing, Standing::Cancelled);
    assert_eq!(browser.post(state, &[("state", "nonsense")]).await.status, StatusCode::BAD_REQUEST);
    // What is off is not opened by a made-up post; it takes place after all by its own button, and guests are told.
    assert_eq!(browser.post(state, &[("state", "open")]).await.status, StatusCode::CONFLICT);
    let after_all = browser.post(state, &[("state", "announced")]).await;
    assert!(after_all.location().ends_with("?done=announced&mailed=1&to_call=0"), "{}", after_all.location());
    let page = browser.get(after_all.location()).await.body;
    assert!(page.contains("Told by e-mail: 1."));
    let copied = browser.post("/console/events/one/copy", &[]).await;
    assert!(copied.status == StatusCode::SEE_OTHER && copied.location().ends_with("/edit?done=copied"));
    assert_eq!(browser.get(copied.location()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn roles_are_respected() {
    let app = TestApp::new().await;
    let mut two = plan("one");
    two.places.push(place("Osaka", Some("2-2"), Some(5)));
    let id = made(&app, &two, State::Open).await;
    let mut coordinator = joined(&app, "c@example.org", Capability::Coordinator).await;
    let mut desk = joined(&app, "d@example.org", Capability::Assistant).await;
    let mut stranger = joined(&app, "s@example.org", Capability::Assistant).await;
    let roles = "/console/events/one/roles";
    assert_eq!(stranger.get("/console/events/one/edit").await.status, StatusCode::OK, "everybody's");
    let desk_id = desk.organizer().await.id().0.clone();
    assert_eq!(stranger.post(roles, &[("organizer", &desk_id), ("role", "owner")]).await.status, StatusCode::FORBIDDEN);
    let empty = coordinator.post(roles, &[("organizer", "nobody"), ("role", "")]).await;
    refused(&empty, "Choose a person.");
    let osaka = event(&app, &id).await.places[1].id.0.clone();
    let given = coordinator.post(roles, &[("organizer", &desk_id), ("role", "desk"), ("place", &osaka)]).await;
    assert_eq!(given.location(), "/console/events/one/roles?done=given");
    for path in ["/console/events/one", "/console/events/one/edit", roles] {
        assert_eq!(stranger.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let list = stranger.get("/console/events").await.body;
    assert!(list.contains("Only for those who have a role") && !list.contains("href=\"/console/events/one\""));
    let page = desk.get("/console/events/one").await;
    assert!(page.status == StatusCode::OK && page.body.contains("Osaka") && !page.body.contains("Tokyo"));
    assert!(!page.body.contains("/state\"") && !page.body.contains("/one/edit"));
    assert_eq!(desk.get("/console/events/one/edit").await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.post("/console/events/one/edit", &with(&[("seen", "0")])).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.post("/console/events/one/state", &[("state", "closed")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.post("/console/events/one/copy", &[]).await.status, StatusCode::FORBIDDEN);
    assert!(!desk.get(roles).await.body.contains("name=\"take\""));
    let now = event(&app, &id).await;
    let organizer = coordinator.organizer().await;
    assert_eq!(access::of(&app.ctx, &organizer, &now).await.unwrap().role(), Role::Owner);
    let role = planning::list_roles(&app.ctx, &now).await.unwrap()[0].id.clone();
    let taken = coordinator.post(roles, &[("take", &role)]).await;
    assert_eq!(taken.location(), "/console/events/one/roles?done=taken");
    assert_eq!(stranger.get("/console/events/one").await.status, StatusCode::OK);
    assert!(coordinator.get("/console/audit").await.body.contains("Gave a role for an event"));
}
