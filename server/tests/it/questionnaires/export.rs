//! The files: every byte of them, what is left out, and who may have it all.

use super::sample::{choice, choices, sending, small, text};
use crate::{
    auth::browser::{Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    error::AppError,
    questionnaires::server::{
        arrival,
        export::{self, ExportOptions, Filter, Format, Labels},
        scope::{Reason, Scope},
    },
    server::entities::audit_entry,
};
use axum::http::{StatusCode, header};
use form::Answer;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

/// Where the answers are.
const ANSWERS: &str = "/console/questionnaires/small/answers";
/// A reason that holds.
const REASON: &str = "figures for the session in December";

/// Three people's answers, in the order of their ids.
async fn answered() -> (TestApp, String) {
    let (app, hash) = small().await;
    let full = [
        ("job", choice("care")),
        ("paid", choices(&["food"])),
        ("hours", Answer::Integer(-5)),
        ("since", Answer::Date("2024-04-01".parse().unwrap())),
        ("harm", choice("yes")),
        ("words", text("=SUM(A1)\n\"Lương\", 給料")),
    ];
    let declined =
        [("job", Answer::Declined), ("paid", Answer::Unknown), ("harm", Answer::Declined), ("words", text("@em"))];
    // They arrive in another order than that of their ids.
    for sending in
        [sending("small", &hash, 3, []), sending("small", &hash, 1, full), sending("small", &hash, 2, declined)]
    {
        arrival::arrive(&app.ctx, sending).await.unwrap();
    }
    (app, hash)
}

async fn file(app: &TestApp, format: Format, labels: Labels, everything: bool, filter: Filter) -> (String, u64) {
    let scope = match everything {
        true => {
            let reason = Reason::parse(REASON).unwrap_or_else(|fault| panic!("{fault:?}"));
            Scope::everything_by_command(&app.ctx, &reason, "small").await.unwrap()
        }
        false => Scope::ordinary_by_command(),
    };
    let mut bytes = Vec::new();
    let options = ExportOptions { format, labels, filter, scope };
    let rows = export::write(&app.ctx, "small", options, &mut bytes).await.unwrap();
    (String::from_utf8(bytes).unwrap(), rows)
}

#[tokio::test]
async fn ordinary_csv_is_these_bytes() {
    let (app, hash) = answered().await;
    let (csv, rows) = file(&app, Format::Csv, Labels::Codes, false, Filter::default()).await;
    assert_eq!(rows, 3);
    let expected = [
        "\u{feff}_day,_language,_definition,_channel,job,paid/rent,paid/food,paid/_unknown,hours,since\r\n".to_owned(),
        format!("2026-11-22,vi,{hash},,care,0,1,0,-5,2024-04-01\r\n"),
        format!("2026-11-22,vi,{hash},,_declined,,,1,,\r\n"),
        format!("2026-11-22,vi,{hash},,,,,,,\r\n"),
    ];
    assert_eq!(csv, expected.concat());
}

#[tokio::test]
async fn whole_csv_with_labels_is_these_bytes() {
    let (app, hash) = answered().await;
    let (csv, _) = file(&app, Format::Csv, Labels::In("ja".to_owned()), true, Filter::default()).await;
    let expected = [
        "\u{feff}日,言語,版,経路,仕事は？,何に払いましたか: 家賃,何に払いましたか: 食費,何に払いましたか: 分からない,時間,いつから,暴力,ひとこと\r\n".to_owned(),
        format!("2026-11-22,vi,{hash},,'=介護,0,1,0,-5,2024-04-01,はい,\"'=SUM(A1)\n\"\"Lương\"\", 給料\"\r\n"),
        format!("2026-11-22,vi,{hash},,答えたくない,,,1,,,答えたくない,'@em\r\n"),
        format!("2026-11-22,vi,{hash},,,,,,,,,\r\n"),
    ];
    assert_eq!(csv, expected.concat());
    let (csv, _) = file(&app, Format::Csv, Labels::In("vi".to_owned()), false, Filter::default()).await;
    let head = csv.lines().next().unwrap();
    assert!(head.contains("\"Việc \"\"gì\"\"?\"") && head.contains("Trả tiền gì?: Không biết"), "{head}");
    assert!(csv.contains("\"Chăm sóc, kaigo\""));
}

#[tokio::test]
async fn json_is_an_array_with_or_without_the_rest() {
    let (app, hash) = answered().await;
    let (file_text, rows) = file(&app, Format::Json, Labels::Codes, false, Filter::default()).await;
    let values: Vec<Value> = serde_json::from_str(&file_text).unwrap();
    assert_eq!(rows, values.len() as u64);
    assert_eq!(
        values[0],
        json!({"definition": hash, "day": "2026-11-22", "language": "vi", "answers": {
            "job": {"choice": "care"}, "paid": {"choices": ["food"]}, "hours": {"integer": -5}, "since": {"date": "2024-04-01"}
        }})
    );
    assert_eq!(values[2]["answers"], json!({}));
    let (whole, _) = file(&app, Format::Json, Labels::Codes, true, Filter::default()).await;
    let values: Vec<Value> = serde_json::from_str(&whole).unwrap();
    assert_eq!(values[1]["answers"]["words"], json!({"text": "@em"}));
    assert!(!whole.contains("instance") && !whole.contains("00000001-0000"), "no id goes out");

    let none = Filter { language: Some("ja".to_owned()), ..Filter::default() };
    let (empty, rows) = file(&app, Format::Json, Labels::Codes, false, none).await;
    assert_eq!((serde_json::from_str::<Value>(&empty).unwrap(), rows), (json!([]), 0));
}

#[tokio::test]
async fn filter_by_what_may_not_be_seen_is_refused() {
    let (app, _) = answered().await;
    let options = |answer: (&str, &str)| ExportOptions {
        format: Format::Csv,
        labels: Labels::Codes,
        filter: Filter { answer: Some((answer.0.to_owned(), answer.1.to_owned())), ..Filter::default() },
        scope: Scope::ordinary_by_command(),
    };
    let refused = export::write(&app.ctx, "small", options(("harm", "yes")), Vec::new()).await;
    assert_eq!(refused, Err(AppError::Malformed));
    assert_eq!(export::write(&app.ctx, "small", options(("job", "care")), Vec::new()).await, Ok(1));
    assert_eq!(export::write(&app.ctx, "small", options(("job", "_declined")), Vec::new()).await, Ok(1));
    assert_eq!(export::write(&app.ctx, "small", options(("paid", "food")), Vec::new()).await, Ok(1));
    assert_eq!(export::write(&app.ctx, "none", options(("job", "care")), Vec::new()).await, Err(AppError::NotFound));
}

#[tokio::test]
async fn screen_counts_what_the_file_holds() {
    let (app, hash) = small().await;
    for number in 0..123 {
        let job = choice(if number % 3 == 0 { "farm" } else { "care" });
        arrival::arrive(&app.ctx, sending("small", &hash, number, [("job", job)])).await.unwrap();
    }
    let mut boss = joined(&app, "boss@example.org", Role::Assistant).await;
    for (query, rows, pages) in
        [("", 123, 3), ("answer=job%3Dfarm&", 41, 1), ("answer=job%3Dcare&language=vi&", 82, 2), ("language=ja&", 0, 1)]
    {
        let csv = boss.get(&format!("{ANSWERS}.csv?{query}")).await;
        assert_eq!(csv.status, StatusCode::OK);
        assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert_eq!(csv.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"small-2026-11-22.csv\"");
        assert_eq!(csv.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(csv.body.matches("\r\n").count(), rows + 1, "{query}");

        let mut seen = 0;
        for page in 1..=pages {
            let screen = boss.get(&format!("{ANSWERS}?{query}page={page}")).await;
            assert_eq!(screen.status, StatusCode::OK);
            if rows > 0 {
                assert!(screen.body.contains(&format!("{rows} answers")), "{query}: {}", screen.body);
            }
            seen += screen.body.matches("<tr><td>2026-11-22").count();
            assert_eq!(screen.body.contains("rel=\"next\""), page < pages, "{query} {page}");
        }
        assert_eq!(seen, rows, "{query}");
    }
    let last = boss.get(&format!("{ANSWERS}?page=99")).await;
    assert_eq!(last.body.matches("<tr><td>2026-11-22").count(), 23, "a page too far is the last one");
    for wrong in ["language=%3Cb%3E", "answer=job", "answer=nobody%3Dx", "answer=harm%3Dyes"] {
        assert_eq!(boss.get(&format!("{ANSWERS}?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert_eq!(boss.get(&format!("{ANSWERS}.csv?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert_eq!(boss.get(&format!("{ANSWERS}.csv?labels=my")).await.status, StatusCode::BAD_REQUEST);
}

/// What nobody may read without a reason.
const SENSITIVE: [&str; 5] = ["SUM(A1)", "Lương", "@em", "Bạo lực", "暴力"];

#[tokio::test]
async fn assistants_see_neither_own_words_nor_grave_questions_anywhere() {
    let (app, _) = answered().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    assistant.cookies.insert("reading".to_owned(), "vi".to_owned());
    for path in [ANSWERS, &format!("{ANSWERS}.csv"), &format!("{ANSWERS}.csv?labels=ja"), &format!("{ANSWERS}.json")] {
        let page = assistant.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("2024-04-01"), "{path}: {}", page.body);
        for sensitive in SENSITIVE.into_iter().chain(["harm", "words"]) {
            assert!(!page.body.contains(sensitive), "{path} holds {sensitive}");
        }
    }
    assert!(!assistant.get(ANSWERS).await.body.contains("name=\"reason\""), "no form that would be refused");
    for form in ["screen", "csv", "json", "xlsx"] {
        let answer = assistant.post(ANSWERS, &[("as", form), ("reason", REASON)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(SENSITIVE.iter().all(|sensitive| !answer.body.contains(sensitive)));
    }
    assert_eq!(uses(&app).await, []);
}

#[tokio::test]
async fn coordinators_see_everything_for_a_reason_that_is_noted() {
    let (app, _) = answered().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let ordinary = boss.get(ANSWERS).await;
    assert!(ordinary.body.contains("name=\"reason\"") && !ordinary.body.contains("SUM(A1)"));
    for reason in ["", "because", &"x".repeat(301)] {
        let refused = boss.post(ANSWERS, &[("as", "csv"), ("reason", reason)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("id=\"reason-error\"") && !refused.body.contains("SUM(A1)"));
        assert!(refused.body.contains(&format!("value=\"{reason}\"")) || reason.is_empty(), "what was typed stays");
    }
    assert_eq!(boss.post(ANSWERS, &[("as", "pdf"), ("reason", REASON)]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(uses(&app).await, []);

    let screen = boss.post(ANSWERS, &[("as", "screen"), ("reason", REASON)]).await;
    assert_eq!(screen.status, StatusCode::OK);
    assert!(screen.body.contains("=SUM(A1)") && screen.body.contains("@em"), "{}", screen.body);
    let csv = boss.post(ANSWERS, &[("as", "csv"), ("reason", REASON), ("labels", "ja")]).await;
    assert_eq!(csv.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"small-everything-2026-11-22.csv\"");
    assert!(csv.body.contains("'=SUM(A1)") && csv.body.contains("暴力"));
    let json = boss.post(ANSWERS, &[("as", "json"), ("reason", REASON), ("answer", "harm=yes")]).await;
    assert_eq!(serde_json::from_str::<Vec<Value>>(&json.body).unwrap().len(), 1);
    let expected = ["answers.read", "answers.exported", "answers.exported"]
        .map(|action| (action.to_owned(), "small".to_owned(), REASON.to_owned()));
    assert_eq!(sorted(uses(&app).await), sorted(expected.to_vec()));
}

#[tokio::test]
async fn nobody_without_a_session_gets_a_file() {
    let (app, _) = answered().await;
    let mut stranger = Browser::new(&app);
    for path in [
        ANSWERS,
        &format!("{ANSWERS}.csv"),
        &format!("{ANSWERS}.json"),
        &format!("{ANSWERS}.xlsx"),
        &format!("{ANSWERS}/{}", "0".repeat(32)),
        "/console/questionnaires/small/codebook.csv",
        "/console/questionnaires",
        "/console/live",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/console/sign-in"));
    }
    assert_eq!(stranger.post(ANSWERS, &[("as", "csv"), ("reason", REASON)]).await.status, StatusCode::UNAUTHORIZED);
}

/// What was noted of the use of sensitive answers: action, subject, reason.
async fn uses(app: &TestApp) -> Vec<(String, String, String)> {
    let entries = audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.starts_with("answers."))
        .all(app.ctx.read())
        .await
        .unwrap();
    entries
        .into_iter()
        .inspect(|entry| assert!(entry.organizer_id.is_some()))
        .map(|entry| (entry.action, entry.subject, entry.detail))
        .collect()
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort();
    values
}
