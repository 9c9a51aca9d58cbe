//! The program itself: how it starts, refuses to start, and ends.

use app::routes::TABLE;
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A folder with built files and room for data.
pub fn installation() -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let dist = folder.path().join("dist");
    super::built_files(&dist.join("site"));
    for bundle in ["worker", "phone", "console", "desk", "members", "voice"] {
        fs::write(dist.join(format!("{bundle}.txt")), "js: HASH\nwasm: HASH\ncss: HASH\n").expect("file");
    }
    folder
}

/// The program with nothing of this process's own settings.
pub fn entaku(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entaku"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ENTAKU_")) {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .current_dir(folder)
        .env("ENTAKU_DIST", folder.join("dist"))
        .env("ENTAKU_LISTEN", "127.0.0.1:0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    entaku(folder, arguments).envs(settings.iter().copied()).output().expect("it runs")
}

fn refusal(folder: &Path, settings: &[(&str, &str)]) -> String {
    let output = run(folder, &["serve"], settings);
    assert_ne!(output.status.code(), Some(0));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A free port, free again when this returns.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// A running server, ended with the test.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path, port: u16) -> Running {
    start_with(folder, port, &[])
}

/// Starts a server and waits until it answers.
pub fn start_with(folder: &Path, port: u16, settings: &[(&str, &str)]) -> Running {
    let listen = format!("127.0.0.1:{port}");
    let mut command = entaku(folder, &["serve"]);
    command.envs(settings.iter().copied()).env("ENTAKU_LISTEN", &listen).stderr(Stdio::null());
    let child = command.spawn().expect("it starts");
    let running = Running(child);
    let begin = Instant::now();
    while !request(port, "GET /readyz HTTP/1.0\r\n\r\n").is_ok_and(|answer| answer.contains("\"ready\":true")) {
        assert!(begin.elapsed() < Duration::from_secs(30), "it does not get ready");
        std::thread::sleep(Duration::from_millis(20));
    }
    running
}

/// Sends a whole request and reads until the server closes.
pub fn request(port: u16, text: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(text.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn it_says_why_it_does_not_start() {
    let folder = installation();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let said = refusal(folder.path(), &[("ENTAKU_LISTEN", &address)]);
    assert!(said.contains(&address) && said.contains("another server"), "{said}");

    let nowhere = folder.path().join("nowhere").to_string_lossy().into_owned();
    let said = refusal(folder.path(), &[("ENTAKU_DIST", &nowhere)]);
    assert!(said.contains("make build") && said.contains(&nowhere), "{said}");

    fs::remove_file(folder.path().join("dist/console.txt")).expect("removed");
    let said = refusal(folder.path(), &[]);
    assert!(said.contains("make build"), "{said}");
}

#[test]
fn an_unreachable_database_is_told_without_its_password() {
    let folder = installation();
    let url = format!("postgres://entaku:hunter2@127.0.0.1:{}/entaku", free_port());
    let said = refusal(folder.path(), &[("ENTAKU_DATABASE_URL", &url)]);
    assert!(said.contains("PostgreSQL") && !said.contains("hunter2"), "{said}");
    let said = refusal(folder.path(), &[("ENTAKU_DATABASE_URL", "sqlite:///proc/none/entaku.sqlite")]);
    assert!(said.contains("SQLite"), "{said}");
}

#[test]
fn wrong_settings_are_named() {
    let folder = installation();
    assert!(refusal(folder.path(), &[("ENTAKU_LISTNE", "x")]).contains("ENTAKU_LISTNE"));
    assert!(refusal(folder.path(), &[("ENTAKU_SECRET", "short")]).contains("ENTAKU_SECRET"));
    fs::write(folder.path().join("entaku.toml"), "[server]\nlisten_on = \"127.0.0.1:1\"\n").expect("file");
    assert!(refusal(folder.path(), &[]).contains("listen_on"));
}

#[test]
fn it_prints_settings_and_addresses() {
    let folder = installation();
    let output = run(folder.path(), &["config"], &[("ENTAKU_SECRET", &"0f".repeat(32))]);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && shown.contains("base_url = \"http://127.0.0.1:3000\""), "{shown}");
    assert!(!shown.contains("0f0f"), "{shown}");

    let output = run(folder.path(), &["routes"], &[]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let paths: Vec<_> = rows.iter().map(|row| row["path"].as_str().expect("a path")).collect();
    assert_eq!(paths, TABLE.iter().map(|route| route.path).collect::<Vec<_>>());
}

#[test]
fn it_ends_in_order_when_told_to() {
    let folder = installation();
    let port = free_port();
    let mut running = start(folder.path(), port);
    // A connection that rests must not hold it.
    let mut resting = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    resting.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    let mut start_of_answer = [0_u8; 12];
    resting.read_exact(&mut start_of_answer).expect("answered");
    assert_eq!(&start_of_answer, b"HTTP/1.1 200");

    let begin = Instant::now();
    let told = Command::new("kill").args(["-TERM", &running.0.id().to_string()]).status().expect("kill");
    assert!(told.success());
    let status = running.0.wait().expect("ended");
    assert!(status.success(), "{status}");
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    assert!(folder.path().join("data/secret").is_file() && folder.path().join("data/entaku.sqlite").is_file());
}

#[test]
fn who_sends_too_much_still_hears_why() {
    let folder = installation();
    let port = free_port();
    let _running = start(folder.path(), port);
    let length = 10 * 1024 * 1024;
    let head = format!(
        "POST /vi/questionnaires/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    );
    let answer = request(port, &(head + &"x".repeat(length))).expect("an answer, not a broken connection");
    assert!(answer.starts_with("HTTP/1.1 413"), "{:.100}", answer);
    assert!(answer.contains("lang=\"vi\""), "{:.600}", answer);
}
