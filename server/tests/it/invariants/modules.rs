//! Who may name whom inside `app`: `routes → console → domains → {ui, auth} → {error, ids}`. Everybody may name
//! `server` (the ground that the server's halves stand on) and `i18n`; `server` itself names no domain.

use super::{files_under, none};

/// The modules at the top of `app/src` and what each may name beside itself.
const ARROWS: [(&str, &[&str]); 13] = [
    ("error", &[]),
    ("ids", &[]),
    ("browser", &["error"]),
    ("ui", &["error", "ids", "i18n", "server"]),
    ("server", &["error", "ids", "i18n", "ui"]),
    ("auth", &["error", "ids", "i18n", "server", "ui", "console"]),
    ("questionnaires", &["error", "ids", "i18n", "server", "browser", "ui", "auth", "console"]),
    ("events", &["error", "ids", "i18n", "server", "ui", "auth", "console", "questionnaires"]),
    ("desk", &["error", "ids", "i18n", "server", "browser", "ui", "auth", "console", "events"]),
    ("voices", &["error", "ids", "i18n", "server", "browser", "ui", "auth", "console", "questionnaires"]),
    ("home", &["error", "ids", "i18n", "server", "ui", "auth", "questionnaires", "events", "voices"]),
    ("console", &["error", "ids", "i18n", "server", "ui", "auth", "questionnaires", "events", "home"]),
    (
        "routes",
        &[
            "error",
            "ids",
            "i18n",
            "server",
            "ui",
            "auth",
            "questionnaires",
            "events",
            "desk",
            "voices",
            "home",
            "console",
        ],
    ),
];

/// The organizers' screens of a domain stand in the console's frame; what they may name of it.
const CONSOLE_FRAME: [&str; 5] = ["Screen", "Section", "screen", "instant", "today"];

/// Every `crate::…` path of a file, with `use` trees written out, as segments.
fn paths(text: &str) -> Vec<Vec<String>> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let is_word_before =
            code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
        if !is_word_before {
            expand(&code[at + "crate::".len()..], &mut Vec::new(), &mut found);
        }
    }
    found
}

/// Reads one path or tree from the start of `text`; gives what is left.
fn expand<'t>(text: &'t str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'t str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(end) = rest.strip_prefix('}') {
                return end;
            }
            let left = expand(rest, before, found);
            if left.len() == rest.len() {
                return left;
            }
            rest = left.trim_start().strip_prefix(',').unwrap_or(left);
        }
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return text;
    }
    before.push(name.to_owned());
    let rest = match rest.strip_prefix("::") {
        Some(rest) if !rest.starts_with('<') => expand(rest, before, found),
        _ => {
            found.push(before.clone());
            let renamed = rest
                .trim_start()
                .strip_prefix("as ")
                .map(|new| new.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'));
            renamed.unwrap_or(rest)
        }
    };
    before.pop();
    rest
}

/// The module at the top that a file belongs to.
fn owner(path: &str) -> &str {
    let inside = path.strip_prefix("app/src/").expect("a file of app");
    inside.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn arrows_point_one_way() {
    let mut found = Vec::new();
    for (path, text) in files_under("app/src", ".rs") {
        let own = owner(&path);
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == own) else {
            assert_eq!(own, "lib", "{path} belongs to no module of the list");
            continue;
        };
        for named in paths(&text) {
            let first = named[0].as_str();
            let is_module = ARROWS.iter().any(|(name, _)| *name == first) || first == "i18n";
            if is_module && first != own && !may.contains(&first) {
                found.push(format!("{path} names {}", named.join("::")));
            }
        }
    }
    none("an arrow points the wrong way", &found);
}

#[test]
fn domains_keep_their_queries_and_tables_to_themselves() {
    let mut found = Vec::new();
    for (path, text) in files_under("app/src", ".rs") {
        let own = owner(&path);
        for named in paths(&text) {
            let is_hidden = named.iter().any(|part| part == "queries" || part == "entities");
            let is_another_domains = named[0] != own && named[0] != "server";
            if is_hidden && is_another_domains {
                found.push(format!("{path} names {}", named.join("::")));
            }
        }
    }
    none("another domain's queries or tables", &found);
}

#[test]
fn domains_take_only_the_frame_from_the_console() {
    let mut found = Vec::new();
    for (path, text) in files_under("app/src", ".rs") {
        if ["console", "routes", "lib"].contains(&owner(&path)) {
            continue;
        }
        for named in paths(&text).into_iter().filter(|named| named[0] == "console") {
            if !named.get(1).is_some_and(|part| CONSOLE_FRAME.contains(&part.as_str())) {
                found.push(format!("{path} names {}", named.join("::")));
            }
        }
    }
    none("more of the console than its frame", &found);
}

#[test]
fn app_does_not_depend_on_the_process() {
    let manifest = std::fs::read_to_string(super::root().join("app/Cargo.toml")).expect("app/Cargo.toml");
    let named = manifest.lines().any(|line| line.starts_with("server ") || line.starts_with("server="));
    assert!(!named, "app names the crate server");
}

#[test]
fn the_checks_can_fail() {
    let text =
        "use crate::{auth::{Role, server::queries::{a, b as c}}, ui::*};\nfn f() { crate::error::g(x) }\n// crate::z";
    let flat: Vec<_> = paths(text).into_iter().map(|path| path.join("::")).collect();
    assert_eq!(flat, ["auth::Role", "auth::server::queries::a", "auth::server::queries::b", "ui::*", "error::g"]);
}
