//! Losing a passphrase loses nothing, nor does losing every one: played by the commands that people type, with the root and
//! the trustees in folders of their own. And a desk opens only when that is so.

use crate::{http::process, support::TestApp};
use app::{
    error::AppError,
    ids::{OrganizerId, VoiceId},
    server::Context,
    voices::server::{
        ceremony::{self, Holder, MemberKeys, Signed, enrol, new_id},
        demonstration,
        entities::{voice_epoch_wrap, voice_member, voice_message, voice_wrap},
        keys::open_desk,
    },
};
use ed25519_dalek::SigningKey;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use seal::{
    SecretKey,
    voice::{
        envelope::{CaseId, Envelope},
        passphrase::{Member, Stretched},
        receipt::Cost,
        wrap::{self, Seed},
    },
};
use std::{fs, path::PathBuf, process::Output};
use tempfile::TempDir;

/// Makes something else of what the root signed, with a key of somebody else.
type Change = fn(&mut Signed, &str);

/// Cheap: what is tried out here does not depend on it.
const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };
const SALT: [u8; 16] = [5; 16];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// An organizer who joined the desk: their passphrase locks a seed that the server never sees.
struct Joined {
    id: String,
    locked: Vec<u8>,
}

impl Joined {
    async fn new(ctx: &Context, site: &str, called: &str, passphrase: &str) -> Self {
        let seed: Seed = core::array::from_fn(|at| called.as_bytes()[at % called.len()] ^ u8::try_from(at).unwrap());
        let (id, member) = (new_id().unwrap(), Member::of(seed));
        let stretched = Stretched::of(passphrase, &SALT, CHEAP).unwrap();
        let locked = stretched.lock(site, &id, &seed, [9; 32]).unwrap();
        let keys = MemberKeys {
            id: id.clone(),
            called: called.to_owned(),
            sign_key: hex(member.signing().verifying_key().as_bytes()),
            seal_key: hex(member.kem().public().as_bytes()),
            since: String::from(ctx.clock().today()),
        };
        let organizer = OrganizerId(format!("o-{called}"));
        let locked_text = encoded(&locked);
        enrol(ctx, &organizer, &id, &keys, &hex(&SALT), &locked_text).await.unwrap();
        Self { id, locked }
    }

    /// The desk's key, by their passphrase.
    async fn desk_key(&self, ctx: &Context, signed: &Signed, passphrase: &str) -> Option<SecretKey> {
        let stretched = Stretched::of(passphrase, &SALT, CHEAP).unwrap();
        let member = Member::of(stretched.unlock(&signed.site, &self.id, &self.locked)?);
        let key = (i64::from(signed.number), self.id.clone());
        let row = voice_epoch_wrap::Entity::find_by_id(key).one(ctx.read()).await.unwrap()?;
        let holder = wrap::Holder::Member(&self.id);
        let wrapped = decoded(&row.wrapped);
        let seed = wrap::unwrap(&signed.site, &signed.number.to_be_bytes(), &holder, &member.kem(), &wrapped)?;
        Some(SecretKey::derive(&seed))
    }

    /// Opens it once, as unlocking does.
    async fn drill(&self, ctx: &Context, signed: &Signed, passphrase: &str) {
        let key = self.desk_key(ctx, signed, passphrase).await.unwrap();
        let holder = Holder::Member(&self.id);
        let challenge = ceremony::challenge(ctx, signed.number, &holder).await.unwrap();
        let answer = ceremony::proof(&key, &holder, &challenge).unwrap();
        ceremony::answer(ctx, signed.number, &holder, &answer).await.unwrap();
    }
}

/// Base 64 without padding, as tables and files hold it.
pub fn encoded(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|part| {
            let all = part.iter().enumerate().fold(0_u32, |all, (at, byte)| all | u32::from(*byte) << (16 - 8 * at));
            let signs = [18, 12, 6, 0].map(|shift| char::from(SIGNS[usize::try_from(all >> shift & 63).unwrap()]));
            signs.into_iter().take(part.len() + 1)
        })
        .collect()
}

pub fn decoded(text: &str) -> Vec<u8> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |sign: u8| u32::try_from(SIGNS.iter().position(|known| *known == sign).unwrap()).unwrap();
    text.as_bytes()
        .chunks(4)
        .flat_map(|part| {
            let all = part.iter().enumerate().fold(0_u32, |all, (at, sign)| all | value(*sign) << (18 - 6 * at));
            let bytes = [16, 8, 0].map(|shift| u8::try_from(all >> shift & 255).unwrap());
            bytes.into_iter().take(part.len() - 1)
        })
        .collect()
}

/// The machines of the play: each a folder, and the server.
struct Machines {
    app: TestApp,
    folder: TempDir,
    root: [u8; 32],
}

impl Machines {
    async fn new() -> Self {
        let folder = process::installation();
        let made = process::run(folder.path(), &["desk", "root", "new", "root.key"], &[]);
        let told = text(&made);
        let root = told.split('"').nth(1).unwrap();
        let root: [u8; 32] = core::array::from_fn(|at| u8::from_str_radix(&root[2 * at..2 * at + 2], 16).unwrap());
        assert!(told.contains("fingerprint: "), "{told}");
        let app = TestApp::with_voices_root(root, crate::support::SECRET).await;
        // What is typed on the server runs by the real clock.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
        app.ctx.clock().advance(i64::try_from(now).unwrap() - crate::support::NOW_MS);
        Self { app, folder, root }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command; on the server it knows the configuration.
    fn run(&self, words: &[&str]) -> Output {
        let settings = [
            ("ENTAKU_DATABASE_URL", self.app.database_url().to_owned()),
            ("ENTAKU_SECRET", hex(&crate::support::SECRET)),
            ("ENTAKU_VOICES_ROOT", hex(&self.root)),
            ("ENTAKU_VOICES_TRUSTEES", "chair@example.org".to_owned()),
        ];
        let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        process::run(self.folder.path(), words, &settings)
    }

    /// The same, with what it prints in a file.
    fn print_into(&self, words: &[&str], file: &str) -> String {
        let told = text(&self.run(words));
        fs::write(self.path(file), &told).unwrap();
        told
    }

    fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn trustees(&self) -> Vec<String> {
        let make = |called: &str| {
            let (secret, public) = (format!("{called}.key"), format!("{called}.json"));
            let told = self.print_into(&["desk", "trustee", "new", "--called", called, &secret], &public);
            told.split('"').nth(3).unwrap().to_owned()
        };
        ["red", "green", "white"].map(make).to_vec()
    }

    /// From what is in the server's tables to a key of the desk that the root signed.
    fn sign(&self, file: &str) -> Signed {
        self.print_into(&["desk", "requests", "red.json", "green.json", "white.json"], "requests.json");
        let told = self.print_into(&["desk", "root", "sign", "--yes", "--root", "root.key", "requests.json"], file);
        text(&self.run(&["desk", "install", file]));
        serde_json::from_str(&told).unwrap()
    }

    fn drill_trustees(&self, ids: &[String], file: &str, number: &str) {
        let names = ["red.key", "green.key", "white.key"];
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            let challenge = text(&self.run(&["desk", "challenge", number, &ids[one], &ids[other]]));
            let open = ["desk", "trustee", "answer", "--first", names[other], "--second", names[one], file, &challenge];
            let answer = text(&self.run(&open));
            text(&self.run(&["desk", "answer", number, &ids[one], &ids[other], &answer]));
        }
    }
}

/// What the desk reads of the only voice.
async fn read(ctx: &Context, signed: &Signed, desk: &SecretKey) -> String {
    let [message] = voice_message::Entity::find().all(ctx.read()).await.unwrap().try_into().unwrap();
    let VoiceId(id) = &message.voice_id;
    let case: [u8; 16] = core::array::from_fn(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).unwrap());
    let key = (message.voice_id.clone(), voice_wrap::Holder::Desk);
    let row = voice_wrap::Entity::find_by_id(key).one(ctx.read()).await.unwrap().unwrap();
    let holder = wrap::Holder::Epoch(signed.number);
    let seed = wrap::unwrap(&signed.site, &case, &holder, desk, &decoded(&row.wrapped)).unwrap();
    let bytes = decoded(&message.envelope);
    let envelope = Envelope::read(&bytes).unwrap();
    assert_eq!(envelope.case, CaseId(case));
    String::from_utf8_lossy(&envelope.open(&signed.site, &SecretKey::derive(&seed)).unwrap()).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn desk_opens_when_nothing_can_be_lost_and_every_loss_is_survived() {
    let machines = Machines::new().await;
    let ctx = &machines.app.ctx;
    let site = app::voices::server::keys::site(ctx).await.unwrap();
    let ids = machines.trustees();
    assert!(machines.refused(&["desk", "open", "--review", "Red, 2026"]).contains("no key of the desk"));

    // One member is not enough, and the root itself refuses.
    let blue = Joined::new(ctx, &site, "Blue", "blue passphrase").await;
    machines.print_into(&["desk", "requests", "red.json", "green.json", "white.json"], "requests.json");
    let told = machines.refused(&["desk", "root", "sign", "--yes", "--root", "root.key", "requests.json"]);
    assert!(told.contains("at least two members"), "{told}");
    let gray = Joined::new(ctx, &site, "Gray", "gray passphrase").await;
    let signed = machines.sign("signed.json");
    assert!(machines.refused(&["desk", "install", "signed.json"]).contains("there already"));

    // It opens when everybody has opened theirs once, and not before.
    let told = machines.refused(&["desk", "open", "--review", "Red, 2026"]);
    assert!(told.contains("0 of at least 2 members") && told.contains("0 of 3 pairs"), "{told}");
    blue.drill(ctx, &signed, "blue passphrase").await;
    gray.drill(ctx, &signed, "gray passphrase").await;
    let told = machines.refused(&["desk", "open", "--review", "Red, 2026"]);
    assert!(!told.contains("members") && told.contains("0 of 3 pairs"), "{told}");
    machines.drill_trustees(&ids, "signed.json", "1");
    assert!(machines.refused(&["desk", "open", "--review", " "]).contains("no outside review"));
    assert!(open_desk(ctx).await.unwrap().is_none());
    text(&machines.run(&["desk", "open", "--review", "Red, 2026"]));
    assert!(text(&machines.run(&["desk", "status"])).starts_with("open: key 1, fingerprint "));

    // Somebody writes.
    let desk = super::sample::Desk { app: machines.app };
    let mut worker = desk.worker();
    worker.write(&desk, "Ba tháng rồi.").await;
    let machines = Machines { app: desk.app, ..machines };
    let ctx = &machines.app.ctx;

    // One passphrase is lost: the other one reads.
    assert!(blue.desk_key(ctx, &signed, "not the passphrase").await.is_none());
    let key = gray.desk_key(ctx, &signed, "gray passphrase").await.unwrap();
    assert!(read(ctx, &signed, &key).await.contains("Ba tháng rồi."));
    // Who is the last but one is not let go.
    let told = machines.refused(&["desk", "remove", &blue.id]);
    assert!(told.contains("fewer than two"), "{told}");

    // All are lost, and one trustee with them: two new members join, the root signs, two trustees restore.
    let third = Joined::new(ctx, &site, "Brown", "brown passphrase").await;
    let fourth = Joined::new(ctx, &site, "Black", "black passphrase").await;
    fs::remove_file(machines.path("green.key")).unwrap();
    let next = machines.sign("next.json");
    assert_eq!(next.number, 2);
    for new in [&third, &fourth] {
        assert!(new.desk_key(ctx, &signed, "brown passphrase").await.is_none(), "the first key is not theirs yet");
    }
    let root = hex(&machines.root);
    let two = |first: &'static str, second: &'static str, requests: &'static str| {
        let keys = ["--root", root.as_str(), "--first", first, "--second", second];
        [&["desk", "trustee", "restore"][..], &keys, &["signed.json", requests, "next.json"]].concat()
    };
    // Whoever writes a file for the trustees is given nothing: the root did not vouch for that key.
    let stranger = hex(SecretKey::derive(&[77; 32]).public().as_bytes());
    let requests = fs::read_to_string(machines.path("requests.json")).unwrap();
    let brown = requests.split("\"Brown\"").nth(1).unwrap().split("\"seal_key\": \"").nth(1).unwrap();
    fs::write(machines.path("forged.json"), requests.replace(&brown[..64], &stranger)).unwrap();
    assert!(machines.refused(&two("red.key", "white.key", "forged.json")).contains("does not vouch"));
    let open = two("red.key", "white.key", "requests.json");
    machines.print_into(&open, "wraps.json");
    text(&machines.run(&["desk", "install-wraps", "wraps.json"]));
    for (new, passphrase) in [(&third, "brown passphrase"), (&fourth, "black passphrase")] {
        let key = new.desk_key(ctx, &signed, passphrase).await.unwrap();
        assert!(read(ctx, &signed, &key).await.contains("Ba tháng rồi."));
        new.drill(ctx, &signed, passphrase).await;
    }
    // One trustee alone, or somebody else's key, opens nothing.
    assert!(machines.refused(&two("red.key", "red.key", "requests.json")).contains("not two trustees"));
    // What they answer for themselves says nothing of another pair.
    let challenge = text(&machines.run(&["desk", "challenge", "2", &ids[0], &ids[1]]));
    let other = ["desk", "trustee", "answer", "--first", "red.key", "--second", "white.key", "next.json", &challenge];
    assert!(machines.refused(&other).contains("for other trustees"));
    // Now there are others, the lost ones can go, and what they had is deleted.
    text(&machines.run(&["desk", "remove", &blue.id]));
    assert!(blue.desk_key(ctx, &signed, "blue passphrase").await.is_none());
    text(&machines.run(&["desk", "close"]));
    assert!(open_desk(ctx).await.unwrap().is_none());
}

#[tokio::test]
async fn file_that_was_changed_is_not_installed() {
    let machines = Machines::new().await;
    let ctx = &machines.app.ctx;
    let site = app::voices::server::keys::site(ctx).await.unwrap();
    machines.trustees();
    Joined::new(ctx, &site, "Blue", "blue passphrase").await;
    Joined::new(ctx, &site, "Gray", "gray passphrase").await;
    machines.print_into(&["desk", "requests", "red.json", "green.json", "white.json"], "requests.json");
    let told =
        machines.print_into(&["desk", "root", "sign", "--yes", "--root", "root.key", "requests.json"], "signed.json");
    let signed: Signed = serde_json::from_str(&told).unwrap();
    let other = hex(SecretKey::derive(&[1; 32]).public().as_bytes());
    let changes: [(&str, Change); 8] = [
        ("a member more", |signed, _| {
            let mut more = signed.members[0].clone();
            more.id = "00".repeat(16);
            signed.members.push(more);
        }),
        ("a trustee's name on another's key", |signed, _| {
            signed.trustees[0].key.seal_key = signed.trustees[1].key.seal_key.clone();
        }),
        ("the desk's key", |signed, other| signed.public_key = other.to_owned()),
        ("a trustee's key", |signed, other| signed.trustees[0].key.seal_key = other.to_owned()),
        ("the last day", |signed, _| signed.until_day = "2099-01-01".to_owned()),
        ("another installation", |signed, _| signed.site = "00".repeat(16)),
        ("two members changed places", |signed, _| {
            let id = signed.members[0].id.clone();
            signed.members[0].id = std::mem::replace(&mut signed.members[1].id, id);
        }),
        ("another root", |signed, _| {
            signed.root = hex(SigningKey::from_bytes(&[2; 32]).verifying_key().as_bytes());
        }),
    ];
    for (what, change) in changes {
        let mut changed = signed.clone();
        change(&mut changed, &other);
        assert_eq!(ceremony::install(ctx, &changed).await, Err(AppError::Forbidden), "{what}");
    }
    let mut cut = signed.clone();
    cut.members[0].wrapped.truncate(100);
    assert_eq!(ceremony::install(ctx, &cut).await, Err(AppError::Malformed));
    // Secrets are written over nothing.
    assert!(machines.refused(&["desk", "root", "new", "root.key"]).contains("written over nothing"));
    ceremony::install(ctx, &signed).await.unwrap();
}

#[tokio::test]
async fn demonstration_opens_on_this_machine_alone_and_says_what_it_is() {
    let app = TestApp::new().await;
    demonstration::open(&app.ctx).await.unwrap();
    demonstration::open(&app.ctx).await.unwrap();
    let desk = super::sample::Desk { app };
    let mut worker = desk.worker();
    let form = worker.browser.get("/vi/voice/write").await;
    assert!(form.body.contains("Đây là bản mẫu"), "{}", form.body);
    worker.write(&desk, "Ba tháng rồi.").await;
    assert!(worker.back().await.body.contains("Đây là bản mẫu"));
    // A quarter later it has another key.
    desk.app.ctx.clock().advance(91 * 24 * 3_600_000);
    assert!(open_desk(&desk.app.ctx).await.unwrap().is_none());
    demonstration::open(&desk.app.ctx).await.unwrap();
    assert_eq!(open_desk(&desk.app.ctx).await.unwrap().unwrap().epoch(), 2);
    assert!(worker.back().await.body.contains("Ba tháng rồi."), "who wrote to the old one still reads");

    // Nobody of a demonstration is given a key of a real desk, whose passphrase everybody knows.
    let trustees = Vec::new();
    let real = super::sample::Desk::open().await;
    let blue = Joined::new(&real.app.ctx, "00", "Blue", "blue passphrase").await;
    let nobody = voice_member::ActiveModel {
        id: Set(blue.id),
        organizer_id: Set(OrganizerId([demonstration::NOBODY, "Blue"].concat())),
        ..Default::default()
    };
    nobody.update(real.app.ctx.db().writer()).await.unwrap();
    let asked = ceremony::requests(&real.app.ctx, trustees).await.unwrap();
    assert_eq!(asked.members.iter().map(|member| member.id.as_str()).collect::<Vec<_>>(), ["m1"]);

    let public = TestApp::with_base_url("https://entaku.example.org").await;
    assert_eq!(demonstration::open(&public.ctx).await, Err(AppError::Forbidden));
    assert_eq!(demonstration::open(&real.app.ctx).await, Err(AppError::Conflict));
}
