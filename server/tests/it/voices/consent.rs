//! Nothing is passed on without a grant: not by the services, not by SQL, not while it is being taken back.

use super::sample::{Desk, Worker};
use crate::storage::catalog;
use app::{
    error::AppError,
    ids::{OrganizerId, VoiceId},
    server::Context,
    voices::server::{
        consent::{Granting, ShareText, authorize, grant, pass_on, recipient_hash, revoke, suspend_restored},
        entities::{
            disclosure,
            share_grant::{Path, RecipientKind, Scope},
        },
        keys::{self, open_desk},
        proposals::{Draft, facts, propose},
    },
    voices::sharing::COOLING_OFF_DAYS,
};
use ed25519_dalek::SigningKey;
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _};
use seal::voice::{
    consent::{Revocation, digest},
    envelope::CaseId,
    receipt::{COST, Receipt},
};

const WORDS: &str = "三か月分の残業代が払われていません。";
const OFFICE: &str = "Yellow labour office";
const SALT: [u8; 16] = [3; 16];

/// A worker with a voice, and words that may be passed on.
struct Told {
    desk: Desk,
    open: keys::Desk,
    voice: VoiceId,
    signing: SigningKey,
    /// How the grant names the office.
    office: String,
    text: ShareText,
    worker: Worker,
}

impl Told {
    async fn new() -> Self {
        let desk = Desk::open().await;
        let mut worker = desk.worker();
        worker.write(&desk, "Ba tháng rồi.").await;
        let voice = desk.voice().await;
        let open = open_desk(&desk.app.ctx).await.unwrap().unwrap();
        let receipt = Receipt::parse(&worker.receipt).unwrap();
        let signing = receipt.stretch(open.salt(), COST).unwrap().signing();
        let text = propose(&desk.app.ctx, &voice, &draft(&digest(WORDS), (2, 3)), &[]).await.unwrap();
        Self { desk, open, voice, signing, office: recipient_hash(&SALT, OFFICE), text, worker }
    }

    fn ctx(&self) -> &Context {
        &self.desk.app.ctx
    }

    /// To the labour office, once, for a month.
    fn granting<'g>(&'g self, id: &'g str) -> Granting<'g> {
        let today = self.ctx().clock().today();
        Granting {
            id,
            share_text: &self.text,
            recipient_kind: RecipientKind::LabourOffice,
            recipient_hash: &self.office,
            recipient_salt: &SALT,
            scope: Scope::Once,
            from_day: today,
            until_day: today.plus_days(30).unwrap(),
            language: "vi",
            path: Path::Server,
        }
    }

    fn signed(&self, granting: &Granting<'_>, by: &SigningKey) -> [u8; 64] {
        granting.to_sign(self.open.site()).unwrap().sign(by)
    }

    async fn grant(&self, granting: &Granting<'_>) -> Result<(), AppError> {
        grant(self.ctx(), &self.open, granting, &self.signed(granting, &self.signing)).await
    }

    async fn revoke(&self, id: &str) -> Result<(), AppError> {
        let case = CaseId(self.voice.as_str().as_bytes().chunks(2).map(byte).collect::<Vec<_>>().try_into().unwrap());
        let signature = Revocation { site: self.open.site(), case, grant: id }.sign(&self.signing);
        revoke(self.ctx(), self.open.site(), &self.voice, id, &signature).await
    }

    async fn pass_on(&self, id: &str, words: &str) -> Result<(), AppError> {
        let authorized = authorize(self.ctx(), &self.open, id).await?;
        pass_on(self.ctx(), authorized, words.to_owned(), OFFICE, (&by(), None)).await.map(drop)
    }

    async fn disclosures(&self) -> usize {
        disclosure::Entity::find().all(self.ctx().read()).await.unwrap().len()
    }
}

/// Words in Japanese, and the letters that hold them.
fn draft(words: &[u8; 32], numbers: (u32, u32)) -> Draft<'_> {
    Draft { words, shown: None, numbers, language: "ja", by: "m1" }
}

/// Who passes on.
fn by() -> OrganizerId {
    OrganizerId("o-1".to_owned())
}

fn byte(pair: &[u8]) -> u8 {
    u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()
}

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

#[tokio::test]
async fn exactly_these_words_go_once_to_exactly_this_recipient() {
    let told = Told::new().await;
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::NotFound), "nobody agreed");
    told.grant(&told.granting(A)).await.unwrap();
    told.grant(&told.granting(A)).await.unwrap();
    assert_eq!(told.pass_on(A, &format!("{WORDS} ")).await, Err(AppError::Forbidden), "one space more");
    let authorized = authorize(told.ctx(), &told.open, A).await.unwrap();
    let elsewhere = pass_on(told.ctx(), authorized, WORDS.to_owned(), "Red Factory", (&by(), None)).await;
    assert_eq!(elsewhere.err(), Some(AppError::Forbidden));
    assert_eq!(told.disclosures().await, 0);
    let authorized = authorize(told.ctx(), &told.open, A).await.unwrap();
    let passed = pass_on(told.ctx(), authorized, WORDS.to_owned(), OFFICE, (&by(), None)).await.unwrap();
    assert_eq!((passed.words(), format!("{passed:?}").as_str()), (WORDS, "PassedOn { .. }"));
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden), "once is once");
    assert_eq!(told.disclosures().await, 1);
}

#[tokio::test]
async fn only_who_has_the_receipt_agrees_and_takes_back() {
    let told = Told::new().await;
    let granting = told.granting(A);
    let forged = told.signed(&granting, &SigningKey::from_bytes(&[1; 32]));
    assert_eq!(grant(told.ctx(), &told.open, &granting, &forged).await, Err(AppError::Forbidden));
    // Signed for something else: wider, later, for others.
    let narrow = told.signed(&granting, &told.signing);
    let factory = recipient_hash(&SALT, "Red Factory");
    let wider: [(&str, Granting<'_>); 4] = [
        ("scope", Granting { scope: Scope::Repeatedly, ..granting.clone() }),
        ("days", Granting { until_day: granting.until_day.plus_days(1).unwrap(), ..granting.clone() }),
        ("recipient", Granting { recipient_hash: &factory, ..granting.clone() }),
        ("kind", Granting { recipient_kind: RecipientKind::Union, ..granting.clone() }),
    ];
    for (what, other) in &wider {
        assert_eq!(grant(told.ctx(), &told.open, other, &narrow).await, Err(AppError::Forbidden), "{what}");
    }
    told.grant(&granting).await.unwrap();
    let forged = [2; 64];
    assert_eq!(revoke(told.ctx(), told.open.site(), &told.voice, A, &forged).await, Err(AppError::Forbidden));
    let other = VoiceId("cc".repeat(16));
    assert_eq!(revoke(told.ctx(), told.open.site(), &other, A, &forged).await, Err(AppError::NotFound));
    told.revoke(A).await.unwrap();
    told.revoke(A).await.unwrap();
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden));
    assert_eq!(told.disclosures().await, 0);
}

#[tokio::test]
async fn employer_is_told_after_three_days_and_never_after_the_last() {
    let told = Told::new().await;
    let today = told.ctx().clock().today();
    for kind in [RecipientKind::Employer, RecipientKind::Supervisor] {
        let soon = Granting { recipient_kind: kind, from_day: today.plus_days(3).unwrap(), ..told.granting(A) };
        assert_eq!(told.grant(&soon).await, Err(AppError::Malformed));
    }
    let from_day = RecipientKind::Employer.first_day(today);
    let until_day = from_day.plus_days(1).unwrap();
    let granting = Granting { recipient_kind: RecipientKind::Employer, from_day, until_day, ..told.granting(A) };
    told.grant(&granting).await.unwrap();
    let day = 24 * 3_600_000;
    told.ctx().clock().advance(3 * day);
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden), "too early");
    told.ctx().clock().advance(3 * day);
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden), "too late");
    told.ctx().clock().advance(-day);
    assert_eq!(told.pass_on(A, WORDS).await, Ok(()));
}

#[tokio::test]
async fn yes_that_is_said_twice_is_one_and_taken_back_as_one() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    // The answer was lost, and the phone drew another id.
    told.grant(&told.granting(B)).await.unwrap();
    assert_eq!(told.pass_on(B, WORDS).await, Err(AppError::NotFound), "there is one row");
    told.revoke(A).await.unwrap();
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden));
    // Whoever changed their mind says yes anew.
    told.grant(&told.granting(B)).await.unwrap();
    assert_eq!(told.pass_on(B, WORDS).await, Ok(()));
}

#[tokio::test]
async fn letter_that_was_lost_is_had_again_and_counts_once() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    let id = "c".repeat(32);
    for _ in 0..2 {
        let authorized = authorize(told.ctx(), &told.open, A).await.unwrap();
        pass_on(told.ctx(), authorized, WORDS.to_owned(), OFFICE, (&by(), Some(&id))).await.unwrap();
    }
    assert_eq!(told.disclosures().await, 1);
    let authorized = authorize(told.ctx(), &told.open, A).await.unwrap();
    let other = pass_on(told.ctx(), authorized, WORDS.to_owned(), OFFICE, (&by(), Some(&"d".repeat(32)))).await;
    assert_eq!(other.map(drop), Err(AppError::Forbidden), "once was once");
    told.revoke(A).await.unwrap();
    assert_eq!(authorize(told.ctx(), &told.open, A).await.map(drop), Err(AppError::Forbidden), "taken back");
}

#[tokio::test]
async fn yes_out_of_a_backup_is_none_until_it_is_said_anew() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    suspend_restored(told.ctx().db().writer(), true).await.unwrap();
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden), "it may have been taken back since");
    let facts = facts(told.ctx(), &told.voice).await.unwrap();
    assert!(facts[0].grants[0].is_suspended, "its worker is asked anew");
    told.grant(&told.granting(B)).await.unwrap();
    assert_eq!(told.pass_on(B, WORDS).await, Ok(()));
}

#[tokio::test]
async fn voice_that_is_being_deleted_passes_on_nothing() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    let authorized = authorize(told.ctx(), &told.open, A).await.unwrap();
    // Its keys are gone, its row is not yet.
    let sql = "UPDATE voices SET kept_days = -1";
    told.ctx().db().writer().execute_unprepared(sql).await.unwrap();
    let passed = pass_on(told.ctx(), authorized, WORDS.to_owned(), OFFICE, (&by(), None)).await;
    assert_eq!(passed.map(drop), Err(AppError::Forbidden));
    assert_eq!(authorize(told.ctx(), &told.open, A).await.map(drop), Err(AppError::Forbidden));
}

#[tokio::test]
async fn grant_under_a_key_that_is_not_the_workers_is_none() {
    let told = Told::new().await;
    let other = SigningKey::from_bytes(&[9; 32]);
    let granting = told.granting(A);
    assert_eq!(
        grant(told.ctx(), &told.open, &granting, &told.signed(&granting, &other)).await,
        Err(AppError::Forbidden)
    );
}

#[tokio::test]
async fn grant_whose_key_is_not_the_voices_any_more_passes_on_nothing() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    assert!(authorize(told.ctx(), &told.open, A).await.is_ok());
    // Its row still fits its own signature; the voice knows no such worker.
    told.ctx().db().writer().execute_unprepared("UPDATE voices SET worker = 'AAAA'").await.unwrap();
    assert_eq!(authorize(told.ctx(), &told.open, A).await.map(drop), Err(AppError::Forbidden));
}

#[tokio::test]
async fn another_grant_under_the_same_id_is_told() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    let other = Granting { until_day: told.granting(A).from_day, ..told.granting(A) };
    assert_eq!(told.grant(&other).await, Err(AppError::Conflict));
}

#[tokio::test]
async fn database_itself_waits_three_days_for_an_employer() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    let db = told.ctx().db().writer();
    for from in ["2026-11-22", "2026-11-24", "0000-00-00", "2026-99-99"] {
        let copy = format!(
            "INSERT INTO share_grants SELECT 'x{from}', voice_id, share_text_id, words_hash, 'employer', recipient_hash, \
             recipient_salt, scope, '{from}', until_day, language, path, worker, signature, granted_on \
             FROM share_grants WHERE id = '{A}'"
        );
        db.execute_unprepared(&copy).await.expect_err(from);
    }
}

#[tokio::test]
async fn row_that_was_changed_is_no_consent() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    // Past the triggers, as who owns the database can.
    let db = told.ctx().db().writer();
    let backend = db.get_database_backend();
    let drop_rule = match backend {
        sea_orm::DbBackend::Postgres => "DROP TRIGGER share_grants_no_update ON share_grants",
        _ => "DROP TRIGGER share_grants_no_update",
    };
    db.execute_unprepared(drop_rule).await.unwrap();
    db.execute_unprepared("UPDATE share_grants SET until_day = '2030-01-01'").await.unwrap();
    assert_eq!(told.pass_on(A, WORDS).await, Err(AppError::Forbidden));
}

#[tokio::test]
async fn consent_stays_when_the_voice_is_deleted_and_no_word_of_it() {
    let mut told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    told.pass_on(A, WORDS).await.unwrap();
    told.grant(&Granting { scope: Scope::Repeatedly, ..told.granting(B) }).await.unwrap();
    let held = authorize(told.ctx(), &told.open, B).await.unwrap();
    told.worker.back().await;
    assert_eq!(told.worker.press(&[("act", "delete")]).await.status, 200);
    assert!(told.desk.voices().await.is_empty());
    assert_eq!(
        pass_on(told.ctx(), held, WORDS.to_owned(), OFFICE, (&by(), None)).await.err(),
        Some(AppError::Forbidden)
    );
    assert_eq!(told.disclosures().await, 1);
    // Nobody can take back any more, so everything is taken back: also what could have been passed on again.
    assert_eq!(told.revoke(B).await, Err(AppError::NotFound));
    assert_eq!(told.pass_on(B, WORDS).await, Err(AppError::Forbidden));
    assert_eq!(told.disclosures().await, 1);
}

/// A row as who writes SQL by hand would write it.
fn disclosing(told: &Told, id: &str, change: &[(&str, &str)]) -> String {
    let hash = &told.office;
    let today = String::from(told.ctx().clock().today());
    let mut values = vec![
        ("id", format!("'{id}'")),
        ("voice_id", format!("'{}'", told.voice)),
        ("share_text_id", format!("'{}'", told.text.id)),
        ("words_hash", format!("'{}'", told.text.words_hash)),
        ("basis", "'grant'".to_owned()),
        ("grant_id", format!("'{A}'")),
        ("approval_id", "NULL".to_owned()),
        ("recipient_hash", format!("'{hash}'")),
        ("disclosed_on", format!("'{today}'")),
    ];
    for (column, value) in change {
        values.iter_mut().find(|(name, _)| name == column).unwrap().1 = (*value).to_owned();
    }
    let (columns, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    format!("INSERT INTO disclosures ({}) VALUES ({})", columns.join(", "), values.join(", "))
}

#[tokio::test]
async fn database_refuses_what_no_grant_covers() {
    let told = Told::new().await;
    let db = told.ctx().db().writer();
    db.execute_unprepared(&disclosing(&told, "d0", &[])).await.expect_err("nobody agreed");
    told.grant(&told.granting(A)).await.unwrap();
    let other_text = propose(told.ctx(), &told.voice, &draft(&digest("other words"), (4, 5)), &[]).await.unwrap();
    let (text, words) = (format!("'{}'", other_text.id), format!("'{}'", other_text.words_hash));
    let hash = format!("'{}'", recipient_hash(&SALT, "Red Factory"));
    let refused: [(&str, Vec<(&str, &str)>); 10] = [
        ("another grant", vec![("grant_id", "'cc'")]),
        ("no grant", vec![("grant_id", "NULL")]),
        ("another voice", vec![("voice_id", "'cc'")]),
        ("other words", vec![("share_text_id", &text), ("words_hash", &words)]),
        ("a hash of other words", vec![("words_hash", &words)]),
        ("another recipient", vec![("recipient_hash", &hash)]),
        ("before the first day", vec![("disclosed_on", "'2026-11-21'")]),
        ("after the last one", vec![("disclosed_on", "'2026-12-23'")]),
        ("a court order that nobody signed", vec![("basis", "'court_order'"), ("grant_id", "NULL")]),
        ("an approval that is none", vec![("basis", "'court_order'"), ("grant_id", "NULL"), ("approval_id", "'cc'")]),
    ];
    for (what, change) in &refused {
        db.execute_unprepared(&disclosing(&told, "d1", change)).await.expect_err(what);
    }
    assert_eq!(told.disclosures().await, 0);
    db.execute_unprepared(&disclosing(&told, "d2", &[])).await.unwrap();
    db.execute_unprepared(&disclosing(&told, "d3", &[])).await.expect_err("once is once");

    // Two signatures of one person are none; of two, they carry exactly what they are for.
    let approve = |id: &str, second: &str| {
        format!(
            "INSERT INTO approvals VALUES ('{id}', '{}', 'danger_to_life', 2, 'm1', 'x', '{second}', 'y', '2026-11-22')",
            told.voice
        )
    };
    db.execute_unprepared(&approve("p0", "m1")).await.expect_err("one person");
    db.execute_unprepared(&approve("p1", "m2")).await.unwrap();
    let by = |basis: &'static str| [("basis", basis), ("grant_id", "NULL"), ("approval_id", "'p1'")];
    let danger = by("'danger_to_life'");
    db.execute_unprepared(&disclosing(&told, "d4", &danger)).await.expect_err("nobody said for which words");
    let order = format!(
        "INSERT INTO disclosure_orders VALUES ('p1', '{}', '{}', '{}', 'danger_to_life', '{}', 'x', 2, 'm1', 'x', \
         '2026-11-22', NULL, NULL)",
        told.voice, told.text.id, told.text.words_hash, told.office
    );
    db.execute_unprepared(&order).await.unwrap();
    db.execute_unprepared(&disclosing(&told, "d5", &by("'court_order'"))).await.expect_err("for something else");
    let [basis, grant, approval] = danger;
    let elsewhere = [basis, grant, approval, ("recipient_hash", hash.as_str())];
    db.execute_unprepared(&disclosing(&told, "d6", &elsewhere)).await.expect_err("to another recipient");
    db.execute_unprepared(&disclosing(&told, "d7", &danger)).await.unwrap();
    db.execute_unprepared(&disclosing(&told, "d8", &danger)).await.expect_err("once");
    db.execute_unprepared("UPDATE disclosure_orders SET recipient_hash = words_hash")
        .await
        .expect_err("what was signed");
    db.execute_unprepared("DELETE FROM disclosure_orders").await.expect_err("what was signed");
}

#[tokio::test]
async fn database_changes_nothing_that_was_agreed_to() {
    let told = Told::new().await;
    told.grant(&told.granting(A)).await.unwrap();
    told.grant(&Granting { scope: Scope::Repeatedly, ..told.granting(B) }).await.unwrap();
    told.pass_on(A, WORDS).await.unwrap();
    told.revoke(B).await.unwrap();
    let db = told.ctx().db().writer();
    let insert = format!(
        "INSERT INTO approvals VALUES ('p1', '{}', 'court_order', 2, 'm1', 'x', 'm2', 'y', '2026-11-22')",
        told.voice
    );
    db.execute_unprepared(&insert).await.unwrap();
    for (table, column) in [
        ("share_texts", "language"),
        ("share_grants", "until_day"),
        ("share_revocations", "revoked_on"),
        ("approvals", "second_signer"),
        ("disclosures", "recipient_hash"),
    ] {
        let question = format!("SELECT {column} AS a FROM {table} ORDER BY 1");
        let before = catalog::ask::<1>(told.ctx().db(), &question).await;
        assert!(!before.is_empty(), "{table}");
        db.execute_unprepared(&format!("UPDATE {table} SET {column} = '2099-01-01'")).await.expect_err(table);
        db.execute_unprepared(&format!("DELETE FROM {table}")).await.expect_err(table);
        match db.get_database_backend() {
            DbBackend::Postgres => {
                db.execute_unprepared(&format!("TRUNCATE {table} CASCADE")).await.expect_err(table);
            }
            // Replacing is deleting, and asks no trigger for deletions.
            _ => {
                let columns = catalog::columns(told.ctx().db(), table).await;
                let others = columns.iter().map(|[name, ..]| if name == column { "'2099-01-01'" } else { name });
                let others = others.collect::<Vec<_>>().join(", ");
                let replace = format!("INSERT OR REPLACE INTO {table} SELECT {others} FROM {table}");
                let _ = db.execute_unprepared(&replace).await;
                let _ = db.execute_unprepared(&format!("REPLACE INTO {table} SELECT {others} FROM {table}")).await;
            }
        }
        assert_eq!(catalog::ask::<1>(told.ctx().db(), &question).await, before, "{table}");
    }
}

/// Many times, both at once: whoever saw the grant taken back passes nothing on.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_taken_back_is_not_passed_on_a_moment_later() {
    let told = Told::new().await;
    let (mut both, mut only) = (0, 0);
    for round in 0..24 {
        let id = format!("{round:032x}");
        told.grant(&told.granting(&id)).await.unwrap();
        let authorized = authorize(told.ctx(), &told.open, &id).await.unwrap();
        // The revocation is answered first; a disclosure that begins then must fail, one that ran beside may be before it.
        let who = by();
        let beside = pass_on(told.ctx(), authorized, WORDS.to_owned(), OFFICE, (&who, None));
        let (revoked, passed) = tokio::join!(told.revoke(&id), beside);
        revoked.unwrap();
        if passed.is_ok() {
            both += 1
        } else {
            only += 1
        }
        assert_eq!(told.pass_on(&id, WORDS).await, Err(AppError::Forbidden));
        // Never behind it: the database itself refuses by now.
        let by_hand = disclosing(&told, &format!("h{round}"), &[("grant_id", &format!("'{id}'"))]);
        told.ctx().db().writer().execute_unprepared(&by_hand).await.expect_err("taken back");
    }
    assert_eq!((both + only, told.disclosures().await), (24, both));
}

#[test]
fn kinds_of_recipients_wait_as_they_should() {
    let today = form::Day::parse("2026-11-22").unwrap();
    assert_eq!(RecipientKind::Union.first_day(today), today);
    assert_eq!(COOLING_OFF_DAYS, 4);
}
