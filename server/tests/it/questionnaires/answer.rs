//! One person's answers on the console: which address they have, what stands there for whom, and the way from one to
//! the next.

use super::sample::{choice, choices, id, sending, small, stored, text};
use crate::{
    auth::browser::{Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    ids::InstanceId,
    questionnaires::server::{answer_key::AnswerKey, arrival},
    server::entities::audit_entry,
};
use axum::http::StatusCode;
use form::Answer;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use std::collections::BTreeSet;

const ANSWERS: &str = "/console/questionnaires/small/answers";
const REASON: &str = "figures for the session in December";

fn address(app: &TestApp, number: u32) -> String {
    let key = AnswerKey::of(app.ctx.keys(), &InstanceId(id(number))).unwrap();
    format!("{ANSWERS}/{}", key.as_str())
}

/// One that says everything, and others that say what they farm.
async fn answered() -> TestApp {
    let (app, hash) = small().await;
    let full = [
        ("job", choice("care")),
        ("paid", choices(&["rent", "food"])),
        ("hours", Answer::Integer(-5)),
        ("harm", choice("yes")),
        ("words", text("=Sếp <b>đánh</b>\ntôi")),
    ];
    arrival::arrive(&app.ctx, sending("small", &hash, 3, full)).await.unwrap();
    for number in [5, 1, 4, 2] {
        let job = choice(if number % 2 == 0 { "farm" } else { "care" });
        arrival::arrive(&app.ctx, sending("small", &hash, number, [("job", job)])).await.unwrap();
    }
    app
}

/// The addresses of one person's answers that a page links to, with what stands behind them.
fn links(body: &str) -> Vec<String> {
    let start = format!("href=\"{ANSWERS}/");
    body.match_indices(&start).map(|(at, _)| body[at + 6..].split('"').next().unwrap().replace("&amp;", "&")).collect()
}

/// The link of a kind.
fn link(body: &str, rel: &str) -> Option<String> {
    let tag = body.split("<a ").find(|tag| tag.contains(&format!("rel=\"{rel}\"")))?;
    Some(tag.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test]
async fn table_leads_to_each_person_and_from_one_to_the_next_in_its_order() {
    let app = answered().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let table = assistant.get(ANSWERS).await.body;
    let found = links(&table);
    let expected: Vec<String> = (1..=5).map(|number| format!("{}?page=1", address(&app, number))).collect();
    assert_eq!(found, expected, "in the order of the table");
    assert!(table.contains(">Answer 1<") && table.contains(">Answer 5<"));

    let mut way = vec![found[0].clone()];
    while let Some(next) = link(&assistant.get(way.last().unwrap()).await.body, "next") {
        way.push(next);
    }
    assert_eq!(way, expected);
    let mut back = vec![way[4].clone()];
    while let Some(before) = link(&assistant.get(back.last().unwrap()).await.body, "prev") {
        back.push(before);
    }
    back.reverse();
    assert_eq!(back, expected);

    // Among fewer rows the way is shorter, and what was chosen stays in the addresses.
    let chosen = "language=vi&answer=job%3Dfarm&";
    let farming = links(&assistant.get(&format!("{ANSWERS}?{chosen}")).await.body);
    let expected: Vec<String> = [2, 4].map(|number| format!("{}?{chosen}page=1", address(&app, number))).to_vec();
    assert_eq!(farming, expected);
    let first = assistant.get(&farming[0]).await.body;
    assert_eq!((link(&first, "prev"), link(&first, "next").as_ref()), (None, Some(&expected[1])));
    assert!(first.contains(&format!("{ANSWERS}?{}page=1", chosen.replace('&', "&amp;"))), "{first}");
    assert_eq!(link(&assistant.get(&farming[1]).await.body, "next"), None);
}

#[tokio::test]
async fn addresses_tell_neither_id_nor_order() {
    let app = answered().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let pages = [boss.get(ANSWERS).await.body, boss.get(&address(&app, 3)).await.body];
    let whole = boss.post(&address(&app, 3), &[("reason", REASON)]).await.body;
    for row in stored(&app).await {
        let bare = row.instance_id.0.replace('-', "");
        for page in pages.iter().chain([&whole]) {
            for secret in [&row.instance_id.0, &bare, &row.code_hash, &row.digest] {
                assert!(!page.contains(secret.as_str()), "{secret}");
            }
        }
    }
    let keys: Vec<String> = (0..100).map(|number| address(&app, number)).collect();
    assert!(!keys.is_sorted() && keys.iter().collect::<BTreeSet<_>>().len() == 100);
}

#[tokio::test]
async fn answers_stand_in_the_organizers_language_with_japanese_beside() {
    let app = answered().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    assistant.cookies.insert("reading".to_owned(), "vi".to_owned());
    let page = assistant.get(&address(&app, 3)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("<h1").count(), 1);
    assert!(!page.body.contains("<script") && !page.body.contains(" style="));
    for expected in [
        "<span>Việc &quot;gì&quot;?</span><span class=\"c-beside\" lang=\"ja\"><ruby>仕事",
        ">Chăm sóc, kaigo</span><span class=\"c-beside\" lang=\"ja\">=介護</span>",
        ">Tiền nhà</span>",
        ">-5</span></dd>",
        "Tiếng Việt",
    ] {
        assert!(page.body.contains(expected), "{expected}: {}", page.body);
    }
    // Whether a question was not shown or not answered is not told apart.
    assert!(page.body.contains("Không hiện ra, hoặc không trả lời"));
    assistant.cookies.insert("reading".to_owned(), "ja".to_owned());
    let page = assistant.get(&address(&app, 3)).await.body;
    assert!(page.contains("=介護") && !page.contains("c-beside"), "{page}");
}

#[tokio::test]
async fn own_words_and_grave_questions_take_a_right_and_a_reason() {
    let app = answered().await;
    let path = address(&app, 3);
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let page = assistant.get(&path).await.body;
    assert!(!page.contains("Sếp") && !page.contains("Bạo lực") && !page.contains("暴力") && !page.contains("Lời nhắn"));
    assert!(!page.contains("name=\"reason\""), "no form that would be refused");
    assert_eq!(assistant.post(&path, &[("reason", REASON)]).await.status, StatusCode::FORBIDDEN);

    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    for reason in ["", "because"] {
        let refused = boss.post(&path, &[("reason", reason), ("language", "vi")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("id=\"reason-error\"") && !refused.body.contains("Sếp"));
        assert!(refused.body.contains("name=\"language\" value=\"vi\""), "what was chosen stays");
    }
    assert_eq!(uses(&app).await, []);
    let whole = boss.post(&path, &[("reason", REASON), ("language", "vi")]).await.body;
    assert!(whole.contains(" dir=\"auto\">=Sếp &lt;b&gt;đánh&lt;/b&gt;</span>"), "{whole}");
    assert!(whole.contains("暴力") && whole.contains("recorded with your reason"));
    // The next is asked for with the same reason, by a button, and noted again.
    let next = address(&app, 4);
    assert!(whole.contains(&format!("formaction=\"{next}\"")) && link(&whole, "next").is_none(), "{whole}");
    assert!(whole.contains(&format!("name=\"reason\" value=\"{REASON}\"")));
    assert_eq!(boss.post(&next, &[("reason", REASON)]).await.status, StatusCode::OK);
    let noted = ("answers.read".to_owned(), "small".to_owned(), REASON.to_owned());
    assert_eq!(uses(&app).await, [noted.clone(), noted]);
}

#[tokio::test]
async fn no_address_repeats_what_somebody_answered_to_a_grave_question() {
    let app = answered().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let table = boss.post(ANSWERS, &[("as", "screen"), ("reason", REASON), ("answer", "harm=yes")]).await.body;
    assert_eq!(links(&table), [format!("{}?page=1", address(&app, 3))]);
    assert_eq!(boss.get(&format!("{}?answer=harm%3Dyes", address(&app, 3))).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_no_key_of_these_answers_is_not_found() {
    let app = answered().await;
    let (other, _) = super::sample::seeded().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let real = address(&app, 3);
    let key = real.rsplit('/').next().unwrap();
    let unknown = address(&app, 99);
    for path in [
        unknown.clone(),
        format!("{ANSWERS}/{}", id(3)),
        format!("{ANSWERS}/{}", key.to_uppercase()),
        format!("{ANSWERS}/{}", &key[1..]),
        format!("/console/questionnaires/none/answers/{key}"),
    ] {
        assert_eq!(boss.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(boss.post(&path, &[("reason", REASON)]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(uses(&app).await, [], "nothing is noted of what was not there");
    let mut elsewhere: Browser = joined(&other, "boss@example.org", Role::Coordinator).await;
    let path = format!("/console/questionnaires/working-in-japan/answers/{key}");
    assert_eq!(elsewhere.get(&path).await.status, StatusCode::NOT_FOUND);
}

/// What was noted of the use of sensitive answers: action, subject, reason.
async fn uses(app: &TestApp) -> Vec<(String, String, String)> {
    let entries = audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.starts_with("answers."))
        .all(app.ctx.read())
        .await
        .unwrap();
    entries.into_iter().map(|entry| (entry.action, entry.subject, entry.detail)).collect()
}
