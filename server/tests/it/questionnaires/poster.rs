//! Sheets to print: the square on them holds the address to the letter, and all languages stand on one page.

use super::sample::seeded;
use crate::{
    auth::browser::{Browser, joined},
    support::{NOW_MS, TestApp},
};
use app::{
    auth::Role,
    server::{Context, Site, assets::Assets, clock::Clock},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use server::router::{RouterOptions, router};
use tower::ServiceExt as _;

const SHARING: &str = "/console/questionnaires/working-in-japan/sharing";
const POSTER: &str = "/console/questionnaires/working-in-japan/poster";

async fn organizer(app: &TestApp) -> Browser {
    let mut organizer = joined(app, "assistant@example.org", Role::Assistant).await;
    organizer.post(SHARING, &[("name", "Poster of the union"), ("code", "union-1")]).await;
    organizer
}

/// The squares of a page as a camera sees them: every path of dark modules drawn in grey, eight pixels a module, and
/// read by a program that knows nothing of ours.
fn read_squares(page: &str) -> Vec<String> {
    const PIXELS: usize = 8;
    let squares = page.split("<svg class=\"c-qr\"").skip(1);
    squares
        .map(|svg| {
            let svg = svg.split("</svg>").next().unwrap();
            let size: usize = attribute(svg, "viewBox").rsplit(' ').next().unwrap().parse().unwrap();
            let path = svg.split("fill=\"#000\"").nth(1).expect("dark modules");
            let dark = modules(&attribute(path, "d"));
            let is_dark = |x: usize, y: usize| dark.contains(&(x / PIXELS, y / PIXELS));
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * PIXELS, size * PIXELS, |x, y| {
                if is_dark(x, y) { 0 } else { 255 }
            });
            let grids = image.detect_grids();
            assert_eq!(grids.len(), 1, "one square");
            let (meta, text) = grids[0].decode().expect("readable");
            assert_eq!(meta.ecc_level, 3, "a quarter may be lost: level Q");
            text
        })
        .collect()
}

fn attribute(text: &str, name: &str) -> String {
    text.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// `M4 4h7v1h-7z…` as the set of its squares.
fn modules(path: &str) -> std::collections::HashSet<(usize, usize)> {
    let mut dark = std::collections::HashSet::new();
    for run in path.split('M').skip(1) {
        let (place, rest) = run.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (length, rest) = rest.split_once('v').unwrap();
        assert_eq!(rest, format!("1h-{length}z"));
        let (x, y, length): (usize, usize, usize) = (x.parse().unwrap(), y.parse().unwrap(), length.parse().unwrap());
        dark.extend((x..x + length).map(|x| (x, y)));
    }
    dark
}

#[tokio::test]
async fn the_square_holds_the_address_and_nothing_else() {
    let (app, _) = seeded().await;
    let mut organizer = organizer(&app).await;
    let base = "http://127.0.0.1:3000/q/working-in-japan";
    for (query, address, squares) in [
        ("", base.to_owned(), 1),
        ("?channel=union-1", format!("{base}/union-1"), 1),
        ("?channel=union-1&sheet=cards&minutes=12", format!("{base}/union-1"), 8),
    ] {
        let page = organizer.get(&format!("{POSTER}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert_eq!(read_squares(&page.body), vec![address.clone(); squares], "{query}");
        let whole = page.body.replace("<wbr>", "");
        assert_eq!(whole.matches(&format!(">{address}</p>")).count(), squares, "the address stands beneath");
        // It leads where it says.
        let path = address.strip_prefix("http://127.0.0.1:3000").unwrap();
        assert_eq!(Browser::new(&app).get(path).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn all_languages_stand_on_the_sheet_whoever_prints_it() {
    let (app, _) = seeded().await;
    let mut organizer = organizer(&app).await;
    let mut sheets = Vec::new();
    for language in ["ja", "ja-easy.f0", "vi"] {
        organizer.cookies.insert("reading".to_owned(), language.to_owned());
        for sheet in ["poster", "cards"] {
            let page = organizer.get(&format!("{POSTER}?sheet={sheet}")).await.body;
            let from = page.find("<div class=\"sheet sheet--").unwrap();
            let body = &page[from..page.find("</main>").unwrap()];
            for words in [
                "日本で働くことについてのアンケート",
                "<ruby>働<rp>",
                "Questionnaire on working in Japan",
                "关于在日本工作的问卷",
                "Khảo sát về việc làm ở Nhật Bản",
                "3分ほど",
                "<rt>ぷん</rt>",
                "About 3 minutes",
                "No name asked",
                "lang=\"zh-Hans\"",
            ] {
                assert!(body.contains(words), "{sheet}: {words}");
            }
            assert!(!page.contains(" style=") && !page.contains("<script"), "{sheet}");
            assert_eq!(page.matches("<h1").count(), 1);
            // All but the words for who cannot see the square.
            sheets.push((
                sheet,
                body.split("aria-label").map(|part| part.split_once('>').map_or(part, |p| p.1)).collect::<String>(),
            ));
        }
    }
    for (sheet, body) in &sheets {
        let first = sheets.iter().find(|(other, _)| other == sheet).unwrap();
        assert!(*body == first.1, "{sheet} depends on who prints it");
    }
    assert_eq!(sheets[1].1.matches("class=\"card\"").count(), 8);
}

#[tokio::test]
async fn minutes_can_be_corrected_and_what_is_no_number_is_shown_again() {
    let (app, _) = seeded().await;
    let mut organizer = organizer(&app).await;
    let page = organizer.get(&format!("{POSTER}?minutes=12")).await;
    assert!(page.body.contains("About 12 minutes") && page.body.contains("name=\"minutes\" value=\"12\""));
    for wrong in ["many", "0", "100", "-3"] {
        let refused = organizer.get(&format!("{POSTER}?minutes={wrong}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(refused.body.contains("href=\"#minutes\"") && refused.body.contains(&format!("value=\"{wrong}\"")));
    }
    for (query, status) in [
        ("?channel=no-such", StatusCode::NOT_FOUND),
        ("?sheet=flag", StatusCode::BAD_REQUEST),
        ("?channel=a&channel=b", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(organizer.get(&format!("{POSTER}{query}")).await.status, status, "{query}");
    }
    assert_eq!(organizer.get("/console/questionnaires/none/poster").await.status, StatusCode::NOT_FOUND);
    assert!(Browser::new(&app).get(POSTER).await.location().starts_with("/console/sign-in"));
}

#[tokio::test]
async fn the_address_is_the_sites_own_and_the_contact_is_printed() {
    let (app, _) = seeded().await;
    let mut organizer = organizer(&app).await;
    assert!(organizer.get(POSTER).await.body.contains("is not https"), "nobody prints a laptop's address unwarned");
    let site = Site {
        base_url: "https://entaku.example.org".to_owned(),
        contact: Some("Entaku <office@example.org>".to_owned()),
        ..Site::default()
    };
    let (db, keys) = (app.ctx.db().clone(), app.ctx.keys().clone());
    let ctx = Context::new(db, keys, Clock::fixed(NOW_MS), Assets::default(), site);
    let router = router(ctx, &RouterOptions::new(std::env::temp_dir()));
    // The same sessions, under the names that cookies have with https.
    let cookies = organizer.cookies.iter().map(|(name, value)| format!("__Host-{name}={value}")).collect::<Vec<_>>();
    let request = Request::get(POSTER).header(header::COOKIE, cookies.join("; ")).body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let page = String::from_utf8(body.to_vec()).unwrap();
    assert_eq!(read_squares(&page), ["https://entaku.example.org/q/working-in-japan"]);
    assert!(page.contains("Entaku &lt;office@example.org&gt;") && !page.contains("is not https"));
}
