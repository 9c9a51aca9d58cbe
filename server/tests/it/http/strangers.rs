use super::Site;
use app::routes::{Access, TABLE};
use axum::http::{Method, StatusCode};

/// A path of the table with something in its parameters.
fn filled(pattern: &str) -> String {
    pattern
        .split('/')
        .map(|part| match part {
            "{lang}" => "ja",
            part if part.starts_with('{') => "x",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn no_page_of_the_organizers_opens_for_a_stranger() {
    let site = Site::new().await;
    let mut seen = 0;
    for route in TABLE.iter().filter(|route| route.access == Access::Organizer) {
        for method in [Method::GET, Method::POST] {
            let form = [("content-type", "application/x-www-form-urlencoded")];
            let answer = site.ask(method.clone(), &filled(route.path), &form, "").await;
            let is_closed = answer.status == StatusCode::UNAUTHORIZED
                || answer.status == StatusCode::METHOD_NOT_ALLOWED
                || (answer.status == StatusCode::SEE_OTHER
                    && answer.header("location").starts_with("/console/sign-in"));
            assert!(is_closed, "{method} {} answers {}", route.path, answer.status);
        }
        seen += 1;
    }
    assert!(seen > 3, "the console has lost its pages");
}

#[tokio::test]
async fn no_address_of_the_table_fails_on_strange_parameters() {
    let site = Site::new().await;
    for route in TABLE {
        for strange in ["x", "%00", "%ff", "..", "a%2fb", &"y".repeat(3000)] {
            let path: String = route
                .path
                .split('/')
                .map(|part| if part.starts_with('{') && part != "{lang}" { strange } else { part })
                .map(|part| if part == "{lang}" { "vi" } else { part })
                .collect::<Vec<_>>()
                .join("/");
            for method in [Method::GET, Method::POST] {
                let answer = site.ask(method.clone(), &path, &[], "").await;
                assert!(
                    !answer.status.is_server_error(),
                    "{method} {} with {strange:.8}: {}",
                    route.path,
                    answer.status
                );
            }
        }
    }
}
