//! The workbook as a spreadsheet opens it: kinds of cells, texts that are made to upset it, its codebook, what it
//! says of itself, and what is left out.

use super::{
    opened::{self, Opened, shown},
    sample::{SMALL, choice, choices, id, sending, small, stored, text},
};
use crate::{auth::browser::joined, support::TestApp};
use app::{
    auth::Role,
    questionnaires::server::{
        arrival, catalogue,
        entities::response,
        export::{self, ExportOptions, Filter, FilterText, Format, Labels},
        publish,
        scope::{Reason, Scope},
    },
    server::{db::Transaction, entities::StoredDay},
};
use axum::http::header;
use calamine::Data;
use form::{Answer, FORMAT, Payload};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};

const ANSWERS: &str = "/console/questionnaires/small/answers";
const REASON: &str = "figures for the session in December";

async fn workbook(app: &TestApp, labels: Labels, everything: bool, filter: Filter) -> Opened {
    Opened::of(&file(app, Format::Xlsx, labels, everything, filter).await)
}

async fn file(app: &TestApp, format: Format, labels: Labels, everything: bool, filter: Filter) -> Vec<u8> {
    let scope = match everything {
        true => {
            let reason = Reason::parse(REASON).unwrap_or_else(|fault| panic!("{fault:?}"));
            Scope::everything_by_command(&app.ctx, &reason, "small").await.unwrap()
        }
        false => Scope::ordinary_by_command(),
    };
    let mut bytes = Vec::new();
    export::write(&app.ctx, "small", ExportOptions { format, labels, filter, scope }, &mut bytes).await.unwrap();
    bytes
}

/// Stores answers as they are, also such as no page would take.
async fn store(app: &TestApp, hash: &str, number: u32, answers: &[(&str, Answer)]) {
    let payload = Payload {
        format: FORMAT,
        questionnaire: "small".to_owned(),
        definition: hash.to_owned(),
        instance_id: id(number),
        language: "vi".to_owned(),
        channel: Some("osaka".to_owned()),
        answers: answers.iter().cloned().collect(),
    };
    let questionnaire = catalogue::find_by_slug(&app.ctx, "small").await.unwrap();
    let payload = String::from_utf8(payload.canonical_bytes()).unwrap();
    let row = response::Model {
        instance_id: app::ids::InstanceId(id(number)),
        questionnaire_id: questionnaire.id,
        definition: hash.to_owned(),
        digest: form::digest(payload.as_bytes()),
        payload,
        language: "vi".to_owned(),
        channel: Some("osaka".to_owned()),
        received_on: StoredDay("2026-11-22".parse().unwrap()),
        code_hash: number.to_string(),
    };
    let row = row.into_active_model();
    let insert = |tx: Transaction| {
        let row = row.clone();
        async move {
            response::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        }
    };
    app.ctx.write(insert).await.unwrap();
}

#[tokio::test]
async fn numbers_are_numbers_and_days_are_days() {
    let (app, hash) = small().await;
    let answers = [
        ("hours", Answer::Integer(-5)),
        ("since", Answer::Date("2024-04-01".parse().unwrap())),
        ("paid", choices(&["food"])),
        ("job", choice("care")),
    ];
    arrival::arrive(&app.ctx, sending("small", &hash, 1, answers)).await.unwrap();
    store(&app, &hash, 2, &[("hours", Answer::Integer(999_999_999_999_999)), ("since", day("1900-03-01"))]).await;
    store(&app, &hash, 3, &[("hours", Answer::Integer(i64::MIN)), ("since", day("1900-02-28"))]).await;
    let mut book = workbook(&app, Labels::Codes, false, Filter::default()).await;
    assert_eq!(book.names(), ["answers", "codebook", "about"]);
    let cells = book.cells("answers");
    let heads: Vec<String> = cells[0].iter().map(shown).collect();
    let cell = |row: usize, head: &str| &cells[row][heads.iter().position(|other| other == head).unwrap()];
    assert!(
        matches!(cell(1, "_day"), Data::DateTime(day) if day.is_datetime()) && shown(cell(1, "_day")) == "2026-11-22"
    );
    assert!(matches!(cell(1, "since"), Data::DateTime(_)) && shown(cell(1, "since")) == "2024-04-01");
    assert_eq!(
        (cell(1, "hours"), cell(1, "paid/food"), cell(1, "paid/rent")),
        (&Data::Float(-5.0), &Data::Float(1.0), &Data::Float(0.0))
    );
    assert_eq!((cell(1, "job"), cell(1, "_channel")), (&Data::String("care".into()), &Data::Empty));
    assert_eq!(cell(2, "hours"), &Data::Float(999_999_999_999_999.0));
    assert_eq!(shown(cell(2, "since")), "1900-03-01");
    // What spreadsheets would change is a text.
    assert_eq!(cell(3, "hours"), &Data::String(i64::MIN.to_string()));
    assert_eq!(
        (cell(3, "since"), cell(3, "_channel")),
        (&Data::String("1900-02-28".into()), &Data::String("osaka".into()))
    );
}

fn day(text: &str) -> Answer {
    Answer::Date(text.parse().unwrap())
}

#[tokio::test]
async fn texts_stay_texts_whatever_they_are_made_of() {
    let (app, hash) = small().await;
    let words: Vec<String> = [
        "=1+1",
        "+81",
        "-1",
        "@SUM(A1)",
        "\ttab",
        "\rreturn",
        "\nfeed",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "=HYPERLINK(\"https://example.org\",\"x\")",
        "😀 🇻🇳 👩‍👩‍👧 \u{1f1ef}\u{1f1f5}",
        "\u{202e}olleh\u{202c} \u{200f}مرحبا",
        "_x0041_ _x000D_",
        "<b>&amp;]]></t>",
        "\u{1}\u{b}",
        "trailing space ",
        "2026-11-22",
        "007",
        "TRUE",
        "#N/A",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["a".repeat(32_767), "あ".repeat(20_000), "😀".repeat(16_000)])
    .collect();
    for (number, words) in (1..).zip(&words) {
        store(&app, &hash, number, &[("words", text(words))]).await;
    }
    let cells = workbook(&app, Labels::Codes, true, Filter::default()).await.cells("answers");
    let found: Vec<&Data> = cells[1..].iter().map(|row| row.last().unwrap()).collect();
    let expected: Vec<Data> = words.iter().cloned().map(Data::String).collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.into_iter().zip(&expected) {
        assert!(found == expected, "{:.80?} became {:.80?}", expected, found);
    }
    // CSV has the same words, behind an apostrophe where they would run.
    let csv = String::from_utf8(file(&app, Format::Csv, Labels::Codes, true, Filter::default()).await).unwrap();
    let csv = opened::csv(&csv);
    assert_eq!(csv[1..].iter().map(|row| row.last().unwrap().clone()).collect::<Vec<_>>(), words);
}

#[tokio::test]
async fn texts_longer_than_a_cell_are_cut_and_counted() {
    let (app, hash) = small().await;
    // 33,000 units of UTF-16 in 23,000 letters.
    let mixed = ["😀".repeat(10_000), "a".repeat(13_000)].concat();
    let long = "a".repeat(40_000);
    store(&app, &hash, 1, &[("words", text(&mixed))]).await;
    store(&app, &hash, 2, &[("words", text(&long))]).await;
    store(&app, &hash, 3, &[("words", text("short"))]).await;
    let mut book = workbook(&app, Labels::Codes, true, Filter::default()).await;
    let cells = book.texts("answers");
    let words = |row: usize| cells[row].last().unwrap();
    assert_eq!(words(2), &["a".repeat(32_766), "…".to_owned()].concat());
    assert_eq!(words(1).encode_utf16().count(), 32_767);
    assert!(words(1).starts_with("😀😀") && words(1).ends_with("a…") && words(3) == "short");
    let about = book.texts("about");
    assert!(about.iter().any(|line| line[0] == "shortened" && line[1] == "2"), "{about:?}");
    let csv = String::from_utf8(file(&app, Format::Csv, Labels::Codes, true, Filter::default()).await).unwrap();
    assert!(csv.contains(&mixed) && csv.contains(&long), "CSV has them whole");
}

/// The next edition of [`SMALL`]: one choice more, one question less, and a mark on another.
fn second_edition() -> String {
    let more = r#"{"code": "build", "label": {"ja": "建設", "vi": "Xây dựng"}}, {"code": "care""#;
    SMALL
        .replace(r#""version": "1""#, r#""version": "2""#)
        .replace(r#"{"code": "care""#, more)
        .replace(r#""may_not_know": true,"#, r#""may_not_know": true, "indicators": ["debt"],"#)
        .replace(r#"{"name": "since", "label": {"ja": "いつから", "vi": "Từ khi nào"}, "kind": {"type": "date"}},"#, "")
}

#[tokio::test]
async fn codebook_tells_every_code_in_every_language_and_the_editions_that_have_it() {
    let (app, _) = small().await;
    publish::publish(&app.ctx, None, second_edition().as_bytes()).await.unwrap();
    let lines = workbook(&app, Labels::Codes, false, Filter::default()).await.texts("codebook");
    let line = |question: &str, code: &str| {
        let found = lines.iter().find(|line| line[0] == question && line[3] == code);
        found.unwrap_or_else(|| panic!("{question} {code}")).join("|")
    };
    assert_eq!(
        lines[0].join("|"),
        "question|column|kind|code|versions|sensitivity|ordinary|indicators|question/ja|question/vi|choice/ja|choice/vi"
    );
    assert_eq!(line("job", ""), "job|job|select_one||2 1|0|yes||仕事は？|Việc \"gì\"?||");
    assert_eq!(line("job", "care"), "job|job|select_one|care|2 1|0|yes||仕事は？|Việc \"gì\"?|=介護|Chăm sóc, kaigo");
    assert_eq!(line("job", "build"), "job|job|select_one|build|2|0|yes||仕事は？|Việc \"gì\"?|建設|Xây dựng");
    assert_eq!(
        line("job", "_declined"),
        "job|job|select_one|_declined|2 1|0|yes||仕事は？|Việc \"gì\"?|答えたくない|Không muốn trả lời"
    );
    assert!(line("paid", "rent").starts_with("paid|paid/rent|select_multiple|rent|2 1|0|yes|debt|"));
    assert!(line("since", "").starts_with("since|since|date||1|0|yes||"));
    assert!(line("harm", "yes").starts_with("harm|harm|select_one|yes|2 1|3|no||"));
    assert!(line("words", "").starts_with("words|words|text||2 1|0|no||"));
    assert!(line("_channel", "").starts_with("_channel|_channel|code||"));

    // The same as a file of its own, for whom JSON or CSV is enough.
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let csv = assistant.get("/console/questionnaires/small/codebook.csv").await;
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(csv.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"small-codebook-2026-11-22.csv\"");
    assert!(csv.body.contains("'=介護"), "no cell of it is a formula");
    assert_eq!(opened::csv(&csv.body), lines);
    assert!(assistant.get("/console/questionnaires/small/codebook").await.body.contains("/small/codebook.csv"));
    assert_eq!(assistant.get("/console/questionnaires/none/codebook.csv").await.status, 404);
}

#[tokio::test]
async fn about_tells_which_answers_when_and_what_is_left_out() {
    let (app, hash) = small().await;
    let newer = publish::publish(&app.ctx, None, second_edition().as_bytes()).await.unwrap().hash().to_owned();
    arrival::arrive(&app.ctx, sending("small", &hash, 1, [("job", choice("care"))])).await.unwrap();
    arrival::arrive(&app.ctx, sending("small", &newer, 2, [("job", choice("care"))])).await.unwrap();
    store(&app, &hash, 3, &[("job", choice("farm"))]).await;
    let lines = |lines: Vec<Vec<String>>| lines.into_iter().map(|line| line.join("|")).collect::<Vec<_>>();
    let about = lines(workbook(&app, Labels::Codes, false, Filter::default()).await.texts("about"));
    let expected = [
        "questionnaire|small|小さいアンケート".to_owned(),
        format!("edition|2|{newer}"),
        format!("edition|1|{hash}"),
        "only_edition|all|".to_owned(),
        "only_language|all|".to_owned(),
        "only_channel|all|".to_owned(),
        "only_answer|all|".to_owned(),
        "exported|2026-11-22|".to_owned(),
        "answers|3|".to_owned(),
        "left_out|harm|harm".to_owned(),
        "left_out|words|words".to_owned(),
    ];
    assert_eq!(about[..expected.len()], expected);
    assert!(about.last().unwrap().starts_with("cells|An empty cell means"), "{about:?}");

    let text = FilterText { version: "1", language: "vi", channel: "_none", answer: "job=care" };
    let filter = Filter::parse(text).unwrap();
    let about = lines(workbook(&app, Labels::In("ja".to_owned()), true, filter).await.texts("about"));
    for expected in [
        "アンケート|small|小さいアンケート",
        "版による絞り込み|1|",
        "言語による絞り込み|vi|",
        "経路による絞り込み|経路なし|",
        "回答の内容による絞り込み|job=care|",
        "書き出した日|2026-11-22|",
        "回答の件数|1|",
        "入っていない質問|なし|",
    ] {
        assert!(about.iter().any(|line| line == expected), "{expected}: {about:?}");
    }
}

#[tokio::test]
async fn workbook_follows_the_same_rules_as_every_file() {
    let (app, hash) = small().await;
    let answers = [("job", choice("care")), ("harm", choice("yes")), ("words", text("=Sếp đánh tôi"))];
    arrival::arrive(&app.ctx, sending("small", &hash, 1, answers)).await.unwrap();
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let path = format!("{ANSWERS}.xlsx?labels=ja");
    let ordinary = assistant.get(&path).await;
    assert_eq!(ordinary.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"small-2026-11-22.xlsx\"");
    assert_eq!(ordinary.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(
        ordinary.headers[header::CONTENT_TYPE],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    let sheet = Opened::of(&ordinary.bytes).texts("answers");
    assert!(sheet[0].contains(&"仕事は？".to_owned()) && sheet[1].contains(&"=介護".to_owned()), "{sheet:?}");
    let said = sheet.concat().concat();
    assert!(!said.contains("Sếp") && !said.contains("暴力") && !said.contains("はい"), "{said}");
    assert!(assistant.get(ANSWERS).await.body.contains("/console/questionnaires/small/answers.xlsx"));

    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let whole = boss.post(ANSWERS, &[("as", "xlsx"), ("reason", REASON), ("labels", "ja")]).await;
    assert_eq!(whole.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"small-everything-2026-11-22.xlsx\"");
    let sheet = Opened::of(&whole.bytes).texts("answers");
    assert!(sheet[1].contains(&"=Sếp đánh tôi".to_owned()) && sheet[0].contains(&"暴力".to_owned()));
    for id in stored(&app).await.into_iter().map(|row| row.instance_id.0) {
        assert!(!sheet.concat().concat().contains(&id), "no id goes out");
    }
    assert_eq!(boss.get(&format!("{ANSWERS}.xlsx?labels=my")).await.status, 400);
    assert_eq!(boss.get("/console/questionnaires/none/answers.xlsx").await.status, 404);
}

#[tokio::test]
async fn workbook_without_answers_opens_too() {
    let (app, _) = small().await;
    let mut book = workbook(&app, Labels::Codes, false, Filter::default()).await;
    assert_eq!(book.texts("answers").len(), 1);
    assert!(book.texts("about").iter().any(|line| line[0] == "answers" && line[1] == "0"));
}
