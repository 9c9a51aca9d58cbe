//! Maps that do not lie: every path that the documents name exists.

use super::{none, root};
use std::fs;

const DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// What a path of the repository begins with.
const TOPS: [&str; 9] =
    ["app/", "server/", "frontend/", "migration/", "style/", "locales/", "end2end/", ".ci/", ".github/"];

/// The paths between backticks and in the round brackets of links. Patterns (`<name>`, `*`, `{a,b}`) are none.
fn named(text: &str) -> Vec<String> {
    let ticked = text.split('`').skip(1).step_by(2);
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    ticked
        .chain(linked)
        .map(|path| path.split(['#', ':']).next().unwrap_or_default().trim())
        .filter(|path| TOPS.iter().any(|top| path.starts_with(top)))
        .filter(|path| !path.contains(['<', '*', '{', ' ', '…', '\n']))
        .map(|path| path.trim_end_matches('/').to_owned())
        .collect()
}

#[test]
fn documents_name_what_exists() {
    let mut found = Vec::new();
    for document in DOCUMENTS {
        let Ok(text) = fs::read_to_string(root().join(document)) else {
            found.push(format!("{document} is missing"));
            continue;
        };
        for path in named(&text) {
            if !root().join(&path).exists() {
                found.push(format!("{document} names {path}"));
            }
        }
    }
    none("documents", &found);
}

#[test]
fn the_check_can_fail() {
    let text =
        "See `app/src/lib.rs`, [tests](server/tests/it/main.rs#top) and `locales/<lang>/shell.json`; not `make run`.";
    assert_eq!(named(text), ["app/src/lib.rs", "server/tests/it/main.rs"]);
}
