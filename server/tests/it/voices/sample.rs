//! A desk that is open, and somebody without script who writes to it.

use crate::{
    auth::browser::{Answer, Browser},
    support::TestApp,
};
use app::{
    ids::{OrganizerId, VoiceId},
    server::entities::{StoredDay, setting},
    voices::server::{
        entities::{voice, voice_epoch, voice_member},
        keys::{self, OPENED},
    },
};
use ed25519_dalek::SigningKey;
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use seal::{
    SecretKey,
    voice::{
        passphrase::Member,
        root::{Certificate, Subject},
    },
};

/// The seed of the root; it signs for this test alone.
pub const ROOT: [u8; 32] = [11; 32];
/// The seed of the desk's key.
pub const EPOCH: [u8; 32] = [21; 32];
/// The seed of the one member.
pub const MEMBER: [u8; 32] = [31; 32];

/// A desk that is open.
pub struct Desk {
    pub app: TestApp,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn days(day: StoredDay) -> u32 {
    u32::try_from(day.0.unix_days()).unwrap()
}

/// The root's public key.
pub fn root() -> [u8; 32] {
    SigningKey::from_bytes(&ROOT).verifying_key().to_bytes()
}

impl Desk {
    /// Open since today, for a quarter.
    pub async fn open() -> Self {
        Self::on(TestApp::with_voices_root(root(), [7; 32]).await).await
    }

    /// The same on a site of the test's own.
    pub async fn on(app: TestApp) -> Self {
        let ctx = app.ctx.clone();
        let site = keys::site(&ctx).await.unwrap();
        let root = SigningKey::from_bytes(&ROOT);
        let from: StoredDay = ctx.clock().today().into();
        let until: StoredDay = from.0.plus_days(90).unwrap().into();
        let certify = |subject, key: [u8; 32]| {
            let certificate = Certificate { site: &site, subject, key, from_day: days(from), until_day: days(until) };
            hex(&certificate.sign(&root))
        };
        let key = *SecretKey::derive(&EPOCH).public().as_bytes();
        let epoch = voice_epoch::Model {
            number: 1,
            public_key: hex(&key),
            certificate: certify(Subject::Epoch(1), key),
            from_day: from,
            until_day: until,
            activated_on: Some(from),
        };
        voice_epoch::Entity::insert(epoch.into_active_model()).exec_without_returning(ctx.db().writer()).await.unwrap();
        let member = Member::of(MEMBER);
        let (sign, kem) = (member.signing().verifying_key().to_bytes(), *member.kem().public().as_bytes());
        let row = voice_member::Model {
            id: "m1".to_owned(),
            organizer_id: OrganizerId("o-1".to_owned()),
            called: "Blue".to_owned(),
            sign_key: hex(&sign),
            sign_certificate: certify(Subject::Member("m1", "Blue"), sign),
            seal_key: hex(&kem),
            seal_certificate: certify(Subject::MemberSeal("m1"), kem),
            salt: "00".repeat(16),
            locked: String::new(),
            joined_on: from,
            until_day: until,
            left_on: None,
        };
        voice_member::Entity::insert(row.into_active_model()).exec_without_returning(ctx.db().writer()).await.unwrap();
        let opened = setting::Model { key: OPENED.to_owned(), value: "2026-11-22".to_owned() };
        setting::Entity::insert(opened.into_active_model()).exec_without_returning(ctx.db().writer()).await.unwrap();
        Self { app }
    }

    /// Somebody who reads Vietnamese, without script.
    pub fn worker(&self) -> Worker {
        Worker { browser: Browser::new(&self.app), receipt: String::new() }
    }

    /// All voices that are stored.
    pub async fn voices(&self) -> Vec<voice::Model> {
        voice::Entity::find().all(self.app.ctx.read()).await.unwrap()
    }

    /// The only one.
    pub async fn voice(&self) -> VoiceId {
        let [voice] = self.voices().await.try_into().unwrap();
        voice.id
    }
}

/// Somebody who writes.
pub struct Worker {
    pub browser: Browser,
    /// The digits, once they have some.
    pub receipt: String,
}

impl Worker {
    /// Opens the form; what it carries.
    pub async fn attempt(&mut self, desk: &Desk) -> String {
        let form = self.browser.get("/vi/voice/write").await;
        assert_eq!(form.status, 200);
        desk.app.ctx.clock().advance(5_000);
        hidden(&form.body, "attempt")
    }

    /// Writes, and keeps the digits.
    pub async fn write(&mut self, desk: &Desk, text: &str) -> Answer {
        let attempt = self.attempt(desk).await;
        let fields = [("attempt", attempt.as_str()), ("topic", "wages"), ("employer", "Red Factory"), ("text", text)];
        let answer = self.browser.post("/vi/voice/write", &fields).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.receipt = digits(&answer.body);
        answer
    }

    /// Comes back with the digits; the letters.
    pub async fn back(&mut self) -> Answer {
        let receipt = self.receipt.clone();
        let answer = self.browser.post("/vi/voice/back", &[("digits", &receipt)]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/vi/voice/letters"), "{}", answer.body);
        self.letters().await
    }

    pub async fn letters(&mut self) -> Answer {
        self.browser.get("/vi/voice/letters").await
    }

    pub async fn press(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.browser.post("/vi/voice/letters", fields).await
    }
}

/// What a hidden field of a page holds.
pub fn hidden(body: &str, name: &str) -> String {
    let (_, rest) =
        body.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}: {body}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The digits that a page shows.
pub fn digits(body: &str) -> String {
    let groups = body.split("voice-digits__group\">").skip(1).map(|rest| rest.split('<').next().unwrap());
    let digits: String = groups.collect();
    assert_eq!(digits.len(), 24, "{body}");
    digits
}
