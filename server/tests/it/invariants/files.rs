//! Names and lengths of files.

use super::{files_under, none};

/// Lines at which a file is split; tests tell one story after another and may be longer.
const MOST: usize = 400;
const MOST_OF_TESTS: usize = 600;

const SOURCES: [&str; 5] = ["app", "server", "frontend", "migration", "end2end"];

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    let mut found = Vec::new();
    for folder in ["app", "server", "frontend", "migration"] {
        for (path, _) in files_under(folder, ".rs") {
            let is_drawer = |part: &str| {
                ["utils", "util", "common", "helpers", "helper", "misc", "consts"]
                    .contains(&part.trim_end_matches(".rs"))
            };
            if path.split('/').any(is_drawer) {
                found.push(path);
            }
        }
    }
    none("a name that says nothing", &found);
}

#[test]
fn files_are_short_enough_to_be_read() {
    let mut found = Vec::new();
    for folder in SOURCES {
        for ending in [".rs", ".ts"] {
            if folder == "end2end" && ending == ".rs" || folder != "end2end" && ending == ".ts" {
                continue;
            }
            for (path, text) in files_under(folder, ending) {
                let is_test = path.contains("/tests/") || path.ends_with("tests.rs") || path.starts_with("end2end/");
                let lines = text.lines().count();
                if lines > if is_test { MOST_OF_TESTS } else { MOST } {
                    found.push(format!("{path}: {lines} lines"));
                }
            }
        }
    }
    none("too long", &found);
}

#[test]
fn every_folder_of_code_says_what_it_is() {
    let mut found = Vec::new();
    for folder in ["app", "server", "frontend", "migration"] {
        for (path, text) in files_under(folder, ".rs") {
            let opens = path.ends_with("/mod.rs") || path.ends_with("/lib.rs") || path.ends_with("/main.rs");
            if opens && !text.starts_with("//!") {
                found.push(path);
            }
        }
    }
    none("a module without a word on what it is", &found);
}
