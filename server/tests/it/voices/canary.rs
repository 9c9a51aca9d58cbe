//! A text that is sent by either door is found nowhere: not in the tables, not in the files of the database, not in a
//! backup, not in what the program prints, not in its folder or among its temporary files, in no encoding. What searches
//! is itself tried out: planted in each of these places and encodings, it is found.

use super::sample::{Desk, digits, hidden, root};
use crate::{
    http::process::{entaku, free_port, installation, request},
    storage::catalog,
    support::{NOW_MS, SECRET, TestApp},
};
use app::{
    server::entities::setting,
    voices::{
        door::{Arrived, Door},
        worker::Writer,
        written::Written,
    },
};
use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde_json::json;
use server::database::save_backup;
use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    process::Child,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Nothing else here looks like it; letters and digits only, so that no encoding of a form changes it.
const CANARY: &str = "Zq7canaryWx3flies9Kp5overTheRedFactory2Bd8";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Base 64 as it can stand in a longer text: by where it begins, without the ends that depend on the neighbours.
fn base64_cores(text: &[u8]) -> Vec<String> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = |bytes: &[u8]| -> String {
        let triples = bytes.as_chunks::<3>().0.iter();
        triples
            .flat_map(|[a, b, c]| {
                let all = u32::from(*a) << 16 | u32::from(*b) << 8 | u32::from(*c);
                [18, 12, 6, 0].map(|shift| char::from(SIGNS[usize::try_from(all >> shift & 63).unwrap()]))
            })
            .collect()
    };
    (0..3).map(|skip| groups(&text[skip..])).collect()
}

/// What is looked for, in all encodings; each with its name.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let mut forms = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16", utf16(u16::to_le_bytes)),
        ("UTF-16, big end first", utf16(u16::to_be_bytes)),
        ("hexadecimal", hex(text.as_bytes()).into_bytes()),
        ("hexadecimal, large", hex(text.as_bytes()).to_uppercase().into_bytes()),
    ];
    forms.extend(base64_cores(text.as_bytes()).into_iter().map(|core| ("base 64", core.into_bytes())));
    let of_hex = base64_cores(hex(text.as_bytes()).as_bytes());
    forms.extend(of_hex.into_iter().map(|core| ("base 64 of hexadecimal", core.into_bytes())));
    forms
}

/// In which forms the text stands in these bytes, unpacked too where they are packed.
fn found(bytes: &[u8], text: &str) -> Vec<&'static str> {
    let mut unpacked = Vec::new();
    for at in bytes.windows(3).enumerate().filter(|(_, head)| *head == [0x1f, 0x8b, 8]).map(|(at, _)| at) {
        let mut inside = Vec::new();
        // What breaks off was read as far as it goes.
        let _ = MultiGzDecoder::new(&bytes[at..]).take(64 << 20).read_to_end(&mut inside);
        unpacked.extend(inside);
    }
    let mut found = Vec::new();
    for (name, form) in forms(text) {
        if bytes.windows(form.len()).any(|window| window == form) {
            found.push(name);
        }
        if unpacked.windows(form.len()).any(|window| window == form) {
            found.push("gzip");
        }
    }
    found
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if let Ok(bytes) = fs::read(&path) {
            all.push((path.display().to_string(), bytes));
        }
    }
    all
}

/// Every row of every table, as text.
async fn rows(app: &TestApp) -> Vec<u8> {
    let mut all = Vec::new();
    let db = app.ctx.db();
    for table in catalog::tables(db).await {
        let columns = catalog::columns(db, &table).await;
        let parts: Vec<_> = columns.iter().map(|[name, ..]| format!("coalesce(CAST({name} AS TEXT), '')")).collect();
        let question = format!("SELECT {} AS a FROM {table}", parts.join(" || ' ' || "));
        for [row] in catalog::ask::<1>(db, &question).await {
            all.extend(row.into_bytes());
            all.push(b'\n');
        }
    }
    all
}

#[test]
fn search_finds_what_is_planted_in_each_form() {
    let around = |bytes: &[u8]| [b"before ".as_slice(), bytes, b" after"].concat();
    let packed = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    for (name, form) in forms(CANARY) {
        assert!(found(&around(&form), CANARY).contains(&name), "{name}");
        assert!(found(&around(&packed(&around(&form))), CANARY).contains(&"gzip"), "{name}, packed");
    }
    assert!(found(b"nothing of the kind", CANARY).is_empty());
}

/// The program, with what it prints in a file of its folder, and temporary files in another.
struct Program {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn start(app: &TestApp) -> Self {
        let folder = installation();
        let port = free_port();
        let temporary = folder.path().join("tmp");
        fs::create_dir_all(&temporary).unwrap();
        let printed = |name: &str| fs::File::create(folder.path().join(name)).unwrap();
        let child = entaku(folder.path(), &["serve"])
            .env("ENTAKU_DATABASE_URL", app.database_url())
            .env("ENTAKU_SECRET", hex(&SECRET))
            .env("ENTAKU_VOICES_ROOT", hex(&root()))
            .env("ENTAKU_LOG", "trace")
            .env("ENTAKU_LISTEN", format!("127.0.0.1:{port}"))
            .env("ENTAKU_BASE_URL", format!("http://127.0.0.1:{port}"))
            .env("TMPDIR", &temporary)
            .stdout(printed("stdout"))
            .stderr(printed("stderr"))
            .spawn()
            .unwrap();
        let program = Self { child, port, folder };
        let begin = Instant::now();
        while !program.ask("GET /readyz HTTP/1.0\r\n\r\n").contains("\"ready\":true") {
            assert!(begin.elapsed() < Duration::from_secs(30), "it does not get ready");
            thread::sleep(Duration::from_millis(50));
        }
        program
    }

    fn ask(&self, text: &str) -> String {
        request(self.port, text).unwrap_or_default()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port))
    }

    fn post(&self, path: &str, body: &str) -> String {
        self.post_as("application/x-www-form-urlencoded", path, body)
    }

    fn post_as(&self, kind: &str, path: &str, body: &str) -> String {
        self.ask(&format!(
            "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        ))
    }

    /// Calls as the program in a browser does.
    fn call<T: serde::de::DeserializeOwned>(&self, name: &str, body: &serde_json::Value) -> T {
        let answer = self.post_as("application/json", &format!("/api/v1/voices{name}"), &body.to_string());
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{name}: {error}: {answer}"))
    }
}

/// Writes with script, reads, writes more; the secrets of it.
fn by_door_a(program: &Program) -> Vec<String> {
    let door: Door = program.call("/door", &json!({}));
    let writer =
        Writer::begin(&door, &core::array::from_fn(|at| u8::try_from(at * 5).unwrap()), [61; 32]).ok().unwrap();
    let written = Written::of("other", CANARY, &format!("{CANARY} 2"));
    let sealed = writer.seal(&door, "vi", &written, [[62; 32], [63; 32], [64; 32]]).ok().unwrap();
    let arrived: Arrived = program.call("", &json!(sealed));
    assert!(matches!(arrived, Arrived::Stored(_)), "{arrived:?}");
    let returned = writer.returned();
    let auth = returned.auth();
    let thread = returned.open(&door, program.call("/letters", &json!({ "auth": auth }))).unwrap();
    assert!(thread.letters[0].message.text.starts_with(CANARY), "who has the receipt reads it");
    let (number, envelope) = returned.add(&door, &thread, "vi", &Written::of("", "", CANARY), [65; 32]).unwrap();
    let (): () = program.call("/add", &json!({ "auth": auth, "number": number, "envelope": envelope }));
    // What is no call, with a text in it.
    program.post_as("application/json", "/api/v1/voices", &format!("{{\"envelope\":\"{CANARY}\"}}"));
    program.post_as("application/json", "/api/v1/voices/add", &format!("{{\"auth\":\"{auth}\",\"text\":\"{CANARY}\""));
    vec![auth, writer.receipt().groups().concat(), writer.receipt().groups().join(" "), door.attempt]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_by_either_door_is_found_nowhere() {
    let app = TestApp::with_voices_root(root(), SECRET).await;
    let now_ms = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    app.ctx.clock().advance(now_ms - NOW_MS);
    let desk = Desk::on(app).await;
    let program = Program::start(&desk.app);
    let attempt = hidden(&program.get("/vi/voice/write"), "attempt");
    // It comes too soon, so it waits; refused first, in another language, and then taken in.
    let fields = format!("attempt={attempt}&topic=other&employer={CANARY}&text={CANARY}+1");
    let switched = program.post("/vi/voice/write", &format!("{fields}&language=ja"));
    assert!(switched.contains(CANARY), "the form comes back with what was typed: {switched}");
    program.post("/vi/voice/write", &fields.replace("topic=other", "topic=other&broken=%ff%00"));
    let arrived = program.post("/vi/voice/write", &fields);
    assert!(arrived.starts_with("HTTP/1.0 200") || arrived.starts_with("HTTP/1.1 200"), "{arrived}");
    let receipt = digits(&arrived);
    // Somebody whose connection breaks in the middle, and a body that is too long.
    program.ask(&format!("POST /vi/voice/write HTTP/1.0\r\nContent-Length: 9999\r\n\r\ntext={CANARY}"));
    program.post("/vi/voice/write", &format!("text={CANARY}{}", "a".repeat(80_000)));
    // Addresses that are none.
    program.get(&format!("/vi/voice/{CANARY}?{CANARY}"));
    program.post("/vi/voice/letters", &format!("act=add&text={CANARY}"));

    let opened = program.post("/vi/voice/back", &format!("digits={receipt}"));
    let cookie = opened.split("set-cookie: ").nth(1).and_then(|rest| rest.split(';').next()).unwrap().to_owned();
    let letters = program.ask(&format!(
        "GET /vi/voice/letters HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nCookie: {cookie}\r\n\r\n",
        program.port
    ));
    assert!(letters.contains(CANARY), "who has the receipt reads it: {letters}");

    let groups: Vec<&str> = (0..6).map(|at| &receipt[4 * at..4 * at + 4]).collect();
    let token = cookie.split_once('=').unwrap().1;
    let of_door_a = by_door_a(&program);
    let groups = groups.join(" ");
    let mut secrets = vec![CANARY, &receipt, &groups, &attempt, token];
    secrets.extend(of_door_a.iter().map(String::as_str));
    for (place, bytes) in &places(&program, &desk.app, "backup.gz").await {
        for secret in &secrets {
            let forms = found(bytes, secret);
            assert!(forms.is_empty(), "{place}: {forms:?}");
        }
    }
    assert_eq!(desk.voices().await.len(), 2);

    // The same search where something leaks on purpose: a row, and through it the files of the database and a backup, in
    // base 64; a line of the log; a temporary file.
    let leak = setting::Model { key: "leak".to_owned(), value: base64_cores(CANARY.as_bytes()).swap_remove(0) };
    let leak = setting::Entity::insert(leak.into_active_model());
    leak.exec_without_returning(desk.app.ctx.db().writer()).await.unwrap();
    fs::write(program.folder.path().join("tmp/left-behind"), CANARY.to_uppercase()).unwrap();
    fs::write(program.folder.path().join("tmp/left-behind-16"), forms(CANARY).swap_remove(1).1).unwrap();
    let mut printed = fs::OpenOptions::new().append(true).open(program.folder.path().join("stderr")).unwrap();
    writeln!(printed, "{}", hex(CANARY.as_bytes())).unwrap();
    let leaking: Vec<String> = places(&program, &desk.app, "later.gz")
        .await
        .into_iter()
        .filter(|(_, bytes)| !found(bytes, CANARY).is_empty())
        .map(|(place, _)| place)
        .collect();
    for place in ["the tables", "later.gz", "stderr", "left-behind-16"] {
        assert!(leaking.iter().any(|found| found.ends_with(place)), "{place}: {leaking:?}");
    }
    if desk.app.database_url().starts_with("sqlite://") {
        assert!(leaking.iter().any(|found| found.contains(".sqlite")), "the database's own files: {leaking:?}");
    }
    assert!(!leaking.iter().any(|found| found.ends_with("backup.gz")), "the earlier backup: {leaking:?}");
}

/// Everywhere: the program's folder with what it prints, its temporary files and a new backup, all rows of all tables, and
/// the files of the database.
async fn places(program: &Program, app: &TestApp, backup: &str) -> Vec<(String, Vec<u8>)> {
    save_backup(app.ctx.db(), &program.folder.path().join(backup)).await.unwrap();
    let mut places = files(program.folder.path());
    assert!(places.iter().any(|(path, bytes)| path.ends_with("stderr") && !bytes.is_empty()), "nothing was printed");
    places.push(("the tables".to_owned(), rows(app).await));
    if let Some(path) = app.database_url().strip_prefix("sqlite://") {
        let with_log = [path.to_owned(), format!("{path}-wal"), format!("{path}-shm")];
        let before = places.len();
        places.extend(with_log.into_iter().filter_map(|path| Some((path.clone(), fs::read(path).ok()?))));
        assert!(places.len() > before + 1, "the database's own files were not looked at");
    }
    assert!(places.iter().any(|(path, _)| path.ends_with(backup)));
    places
}
