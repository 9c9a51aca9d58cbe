//! What must not be seen: in the log, in debug output, in the database.

use super::{
    browser::{Browser, OTHER_PASSPHRASE, PASSPHRASE},
    phone::{self, set_up, type_code},
};
use crate::support::TestApp;
use app::{
    auth::{
        Role,
        server::{
            entities::{invitation, organizer, recovery_code, second_factor, session},
            service,
        },
    },
    server::entities::audit_entry,
};
use axum::http::StatusCode;
use sea_orm::EntityTrait as _;
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;

/// Everything that is logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_secret_is_logged_or_printed() {
    let log = Log::default();
    let subscriber = server::telemetry::lines("trace", log.clone(), false).unwrap();
    let guard = tracing::subscriber::set_default(subscriber);
    let app = TestApp::new().await;
    let link = service::invite(&app.ctx, "hanako@example.org", Role::Coordinator, None).await.unwrap();
    let mut browser = Browser::new(&app);
    browser.get(&link).await;
    assert_eq!(browser.join(&link, "Hanako Yamada", PASSPHRASE).await.status, StatusCode::SEE_OTHER);
    let session = browser.cookies["session"].clone();
    let device = browser.cookies["device"].clone();
    // Whether a line is wanted is remembered by where it is written, and a test that runs beside this one may have
    // answered "no" just before the log was opened.
    tracing::callsite::rebuild_interest_cache();
    browser.get("/console/account").await;
    browser.get(&link).await;
    let (phone, codes) = set_up(&app, &mut browser).await;
    let mut half = phone::half_in(&app, "hanako@example.org").await;
    let sealed = half.cookies["half-open"].clone();
    let (wrong, right) = (phone.wrong(&app), phone.next(&app));
    type_code(&mut half, &wrong).await;
    type_code(&mut half, &right).await;
    type_code(&mut phone::half_in(&app, "hanako@example.org").await, &codes[1]).await;
    // The six digits themselves are not looked for: an instant in a line may end in the same ones.
    let (entry, secret) = (phone.0.uri("Entaku", "hanako@example.org"), phone.0.groups());
    let change =
        [("passphrase", PASSPHRASE), ("new_passphrase", OTHER_PASSPHRASE), ("new_passphrase_again", OTHER_PASSPHRASE)];
    browser.post("/console/account", &change).await;
    browser.sign_in("hanako@example.org", "wrong wrong wrong").await;
    let organizer = browser.organizer().await;
    tracing::info!(?organizer, reader = ?organizer.sensitive_reader(), "printed");
    browser.post("/console/sign-out", &[]).await;
    drop(guard);

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains("route=\"/console/account\"") && text.contains("Organizer {"),
        "the log was not captured: {text}"
    );
    let token = link.rsplit('/').next().unwrap();
    for secret in [
        PASSPHRASE,
        OTHER_PASSPHRASE,
        "umbrellas",
        "wrong wrong wrong",
        token,
        &session,
        &device,
        "hanako",
        "Hanako",
        "$argon2id",
        &sealed,
        &codes[0],
        &codes[1].replace('-', ""),
        &secret,
        phone::between(&entry, "secret=", "&"),
    ] {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} was logged");
    }
}

#[tokio::test]
async fn secrets_are_stored_as_hashes_only() {
    let app = TestApp::new().await;
    let link = service::invite(&app.ctx, "hanako@example.org", Role::Coordinator, None).await.unwrap();
    let unused = service::invite(&app.ctx, "taro@example.org", Role::Coordinator, None).await.unwrap();
    let mut browser = Browser::new(&app);
    browser.join(&link, "Hanako", PASSPHRASE).await;
    let (phone, codes) = set_up(&app, &mut browser).await;
    let read = app.ctx.read();
    let dump = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        organizer::Entity::find().all(read).await.unwrap(),
        invitation::Entity::find().all(read).await.unwrap(),
        session::Entity::find().all(read).await.unwrap(),
        second_factor::Entity::find().all(read).await.unwrap(),
        recovery_code::Entity::find().all(read).await.unwrap(),
        audit_entry::Entity::find().all(read).await.unwrap(),
    );
    assert!(dump.contains("hanako@example.org") && dump.contains("$argon2id$v=19$"), "{dump}");
    for secret in [link.rsplit('/').next().unwrap(), unused.rsplit('/').next().unwrap(), &browser.cookies["session"]] {
        assert!(!dump.contains(secret), "a token stands in the database");
    }
    assert!(!dump.contains(PASSPHRASE));
    let entry = phone.0.uri("Entaku", "hanako@example.org");
    for secret in codes.iter().flat_map(|code| [code.clone(), code.replace('-', "")]) {
        assert!(!dump.contains(&secret), "a recovery code stands in the database");
    }
    assert!(!dump.contains(phone::between(&entry, "secret=", "&")));
}
