//! `entaku questionnaires`: what it prints, and the status it ends with.

use super::process::{entaku, installation, run};
use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

const GOOD: &str = include_str!("../../../../app/src/questionnaires/server/seed/working-in-japan.json");

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("file");
    path.to_string_lossy().into_owned()
}

#[test]
fn check_tells_what_a_definition_is_and_needs_nothing_else() {
    let folder = installation();
    // A configuration that cannot be read is none of its business.
    fs::write(folder.path().join("entaku.toml"), "nonsense = [").expect("file");
    let file = written(folder.path(), "good.json", GOOD);
    let output = run(folder.path(), &["questionnaires", "check", &file], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = out(&output);
    assert!(told.starts_with("hash: ") && told.lines().next().is_some_and(|line| line.len() == 6 + 64), "{told}");
    for line in ["slug: working-in-japan", "version: 2026-12", "languages: ja, ja-easy, en, zh-Hans, vi", "questions: "]
    {
        assert!(told.contains(line), "{line} is not in {told}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn check_reads_standard_input() {
    let folder = installation();
    let mut child =
        entaku(folder.path(), &["questionnaires", "check", "-"]).stdin(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("its input").write_all(GOOD.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && out(&output).contains("slug: working-in-japan"), "{}", said(&output));
}

#[test]
fn check_tells_every_fault_by_its_place_in_a_sentence() {
    let folder = installation();
    let mut faulty: serde_json::Value = serde_json::from_str(GOOD).expect("JSON");
    faulty["title"]["vi"] = "".into();
    faulty["questions"][1]["name"] = "Bad Name".into();
    faulty["questions"][2]["sensitivity"] = 9.into();
    let deep = format!("{{\"questions\":[{{\"relevant\":{}", "{\"not\":".repeat(10_000));
    let long = format!("{GOOD}{}", " ".repeat(1024 * 1024));
    let cases = [
        (
            "faulty",
            faulty.to_string(),
            vec![
                "title/vi: There is no text in this language.",
                "A name has small letters",
                "The sensitivity is 0, 1, 2 or 3.",
            ],
        ),
        ("deep", deep, vec!["the file: This is "]),
        (
            "empty",
            String::new(),
            vec!["the file: This is not JSON, or a key stands there twice: see line 1, column 1."],
        ),
        ("other", "{\"format\": 2}".to_owned(), vec!["slug: This field has to be there."]),
        ("long", long, vec!["the file: A definition may have 1048576 bytes at most."]),
    ];
    for (name, text, lines) in cases {
        let file = written(folder.path(), name, &text);
        for command in ["check", "publish"] {
            let output = run(folder.path(), &["questionnaires", command, &file], &[]);
            assert_eq!(output.status.code(), Some(1), "{name}");
            let told = out(&output);
            for line in &lines {
                assert!(told.contains(line), "{line} is not in {told}");
            }
            assert!(told.lines().all(|line| line.contains(": ") && line.ends_with('.')), "{told}");
            assert!(said(&output).contains("fault") && said(&output).contains(&file), "{}", said(&output));
        }
    }
    assert!(!folder.path().join("data").exists(), "a faulty file opens no database");
    let output = run(folder.path(), &["questionnaires", "check", "/no/such/file"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("/no/such/file cannot be read"), "{}", said(&output));
}

#[test]
fn publish_stores_a_version_once_and_list_tells_it() {
    let folder = installation();
    let file = written(folder.path(), "one.json", GOOD);
    for _ in 0..2 {
        let output = run(folder.path(), &["questionnaires", "publish", &file], &[]);
        assert!(output.status.success(), "{}", said(&output));
        assert!(out(&output).contains("version: 2026-12") && out(&output).contains("published: "), "{}", out(&output));
    }
    let changed = written(folder.path(), "changed.json", &GOOD.replace("\"care\"", "\"kaigo\""));
    let output = run(folder.path(), &["questionnaires", "publish", &changed], &[]);
    assert_eq!(output.status.code(), Some(1));
    let why = said(&output);
    assert!(why.contains("\"2026-12\"") && why.contains("version of its own") && why.contains("changed.json"), "{why}");
    assert_eq!(out(&output), "");

    let list = run(folder.path(), &["questionnaires", "list"], &[]);
    let list = out(&list);
    let fields: Vec<_> = list.trim_end().split('\t').collect();
    assert_eq!(fields[..5], ["working-in-japan", "open", "version 2026-12", "answers 0", "kept aside 0"], "{list}");
    assert_eq!(fields[5].len(), 64);
}
