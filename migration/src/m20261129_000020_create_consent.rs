use crate::table::{self, NewTable};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What may never be changed: a row says what was agreed to, and when.
const LASTING: [&str; 5] = ["share_texts", "share_grants", "share_revocations", "approvals", "disclosures"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let three_days = match manager.get_database_backend() {
            DbBackend::Postgres => "to_date(from_day, 'YYYY-MM-DD') - to_date(granted_on, 'YYYY-MM-DD') >= 3",
            // What is no day has no number; without one nothing is far enough apart.
            _ => "coalesce(julianday(from_day) - julianday(granted_on) >= 3, 0)",
        };
        // None of them goes with its voice: that somebody agreed, and to whom it went, stays; the words do not.
        NewTable::new(
            "share_texts",
            "Words that may be passed on if the worker agrees; what they are stands in messages",
        )
        .key("id", "Random; 32 hexadecimal digits")
        .text("voice_id", "From which voice. No foreign key: the row outlives it")
        .hash("words_hash", "SHA-256 of the exact words")
        .number("words_number", "The message that holds them, in the language in which they would be sent")
        .number("shown_number", "The message that holds them in the worker's language")
        .text("language", "In which they would be sent")
        .day("drafted_on", "When")
        .unique(&["id", "voice_id", "words_hash"])
        .index(&["voice_id"])
        .without_rowid()
        .create(manager)
        .await?;
        NewTable::new("share_grants", "That a worker agreed to exactly these words, for one recipient, until a day")
            .key("id", "Random; 32 hexadecimal digits")
            .text("voice_id", "Of which voice. No foreign key: the row outlives it")
            .text("share_text_id", "To which words")
            .hash("words_hash", "SHA-256 of them")
            .one_of(
                "recipient_kind",
                &["labour_office", "union", "lawyer", "embassy", "ministry", "employer", "supervisor", "public"],
                "What kind of recipient",
            )
            .hash("recipient_hash", "SHA-256 of the salt and who it is: the name would tell who is told about")
            .text(
                "recipient_salt",
                "The salt, sealed under the installation's secret: names could be tried out; base 64",
            )
            .one_of("scope", &["once", "repeatedly"], "How often it may be passed on to them")
            .day("from_day", "The first day on which it may be")
            .day("until_day", "The last one")
            .text("language", "In which language the worker read them")
            .one_of("path", &["phone", "server"], "Where it was signed")
            .text("worker", "The key that checks it, sealed under the installation's secret; base 64")
            .text("signature", "By the key that follows from the receipt, sealed likewise; base 64")
            .day("granted_on", "When")
            .check("days", "from_day <= until_day")
            .check("cooling_off", &format!("recipient_kind NOT IN ('employer', 'supervisor') OR {three_days}"))
            .unique(&["id", "voice_id"])
            .index(&["voice_id"])
            .references_by(
                &["share_text_id", "voice_id", "words_hash"],
                "share_texts",
                &["id", "voice_id", "words_hash"],
            )
            .without_rowid()
            .create(manager)
            .await?;
        NewTable::new(
            "approvals",
            "Why something is passed on without a grant: signed by two, known to all beforehand",
        )
        .key("id", "Random; 32 hexadecimal digits")
        .text("voice_id", "Of which voice. No foreign key: the row outlives it")
        .one_of("basis", &["court_order", "danger_to_life"], "Why")
        .number("reason_number", "The message that tells the worker what happened")
        .text("first_signer", "Which member of the desk")
        .text("first_signature", "128 hexadecimal digits")
        .text("second_signer", "Which other")
        .text("second_signature", "128 hexadecimal digits")
        .day("approved_on", "When")
        .check("signers", "first_signer <> second_signer")
        .unique(&["id", "voice_id", "basis"])
        .index(&["voice_id"])
        .without_rowid()
        .create(manager)
        .await?;
        NewTable::new("disclosures", "What was passed on, to whom, and by which right; without one there is no row")
            .key("id", "Random; 32 hexadecimal digits")
            .text("voice_id", "Of which voice. No foreign key: the row outlives it")
            .text("share_text_id", "Which words")
            .hash("words_hash", "SHA-256 of them")
            .one_of("basis", &["grant", "court_order", "danger_to_life"], "By which right")
            .optional_text("grant_id", "The worker's grant")
            .optional_text("approval_id", "Or the approval of two")
            .hash("recipient_hash", "Who was told, as the grant names them")
            .day("disclosed_on", "When")
            .check(
                "right",
                "(basis = 'grant' AND grant_id IS NOT NULL AND approval_id IS NULL) \
                 OR (basis <> 'grant' AND grant_id IS NULL AND approval_id IS NOT NULL)",
            )
            .index(&["voice_id"])
            .references_by(&["grant_id", "voice_id"], "share_grants", &["id", "voice_id"])
            .references_by(&["approval_id", "voice_id", "basis"], "approvals", &["id", "voice_id", "basis"])
            .references_by(
                &["share_text_id", "voice_id", "words_hash"],
                "share_texts",
                &["id", "voice_id", "words_hash"],
            )
            .without_rowid()
            .create(manager)
            .await?;
        // After the disclosures: a backup is put back in this order, and what was passed on before is no wrong.
        NewTable::new("share_revocations", "That a grant was taken back; what was passed on before it was")
            .key("grant_id", "Which grant")
            .text("voice_id", "Of which voice")
            .text("signature", "By the key that follows from the receipt, sealed under the installation's secret")
            .day("revoked_on", "When")
            .references_by(&["grant_id", "voice_id"], "share_grants", &["id", "voice_id"])
            .without_rowid()
            .create(manager)
            .await?;
        let connection = manager.get_connection();
        let rules = match manager.get_database_backend() {
            DbBackend::Postgres => postgres(),
            _ => sqlite(),
        };
        for rule in rules {
            connection.execute_unprepared(&rule).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Triggers go with their tables.
        for name in ["share_revocations", "disclosures", "approvals", "share_grants", "share_texts"] {
            table::drop(manager, name).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            for function in ["disclosures_need_a_grant", "share_revocations_in_turn", "consent_is_lasting"] {
                manager.get_connection().execute_unprepared(&format!("DROP FUNCTION {function}()")).await?;
            }
        }
        Ok(())
    }
}

/// What the grant beside a disclosure must be like; nothing is a right that does not fit in all of it.
const FITS: &str = "SELECT 1 FROM share_grants AS g WHERE g.id = NEW.grant_id \
     AND g.voice_id = NEW.voice_id AND g.share_text_id = NEW.share_text_id AND g.words_hash = NEW.words_hash \
     AND g.recipient_hash = NEW.recipient_hash \
     AND NEW.disclosed_on >= g.from_day AND NEW.disclosed_on <= g.until_day \
     AND NOT EXISTS (SELECT 1 FROM share_revocations AS r WHERE r.grant_id = g.id) \
     AND (g.scope = 'repeatedly' OR NOT EXISTS (SELECT 1 FROM disclosures AS d WHERE d.grant_id = g.id))";

fn sqlite() -> Vec<String> {
    let mut rules = vec![format!(
        "CREATE TRIGGER disclosures_need_a_grant BEFORE INSERT ON disclosures \
         WHEN NEW.basis = 'grant' AND NOT EXISTS ({FITS}) \
         BEGIN SELECT RAISE(ABORT, 'no grant for this disclosure'); END"
    )];
    // `INSERT OR REPLACE` deletes without asking a trigger for deletions: what is there stays as it is. What is granted or
    // taken back twice is there once, silently; anything else twice is a mistake.
    for (table, key, verdict) in [
        ("share_texts", "id", "ABORT, 'consent is lasting'"),
        ("share_grants", "id", "IGNORE"),
        ("share_revocations", "grant_id", "IGNORE"),
        ("approvals", "id", "ABORT, 'consent is lasting'"),
        ("disclosures", "id", "ABORT, 'consent is lasting'"),
    ] {
        rules.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} \
             WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN SELECT RAISE({verdict}); END"
        ));
    }
    for table in LASTING {
        for act in ["UPDATE", "DELETE"] {
            let name = act.to_lowercase();
            rules.push(format!(
                "CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} \
                 BEGIN SELECT RAISE(ABORT, 'consent is lasting'); END"
            ));
        }
    }
    rules
}

/// The same. Revocations and disclosures write the row of their grant anew, as it was: of two that meet, the later one sees
/// the earlier or fails, whatever the isolation.
fn postgres() -> Vec<String> {
    let function = |name: &str, body: &str| {
        format!("CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    };
    let need = format!(
        "UPDATE share_grants SET id = id WHERE id = NEW.grant_id; \
         IF NEW.basis = 'grant' AND NOT EXISTS ({FITS}) THEN \
         RAISE EXCEPTION 'no grant for this disclosure' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    );
    let turn = "UPDATE share_grants SET id = id WHERE id = NEW.grant_id; RETURN NEW;";
    let lasting = "RAISE EXCEPTION 'consent is lasting' USING ERRCODE = 'check_violation';";
    let mut rules = vec![
        function("disclosures_need_a_grant", &need),
        function("share_revocations_in_turn", turn),
        function("consent_is_lasting", lasting),
    ];
    for (name, on) in [("disclosures_need_a_grant", "disclosures"), ("share_revocations_in_turn", "share_revocations")]
    {
        rules.push(format!("CREATE TRIGGER {name} BEFORE INSERT ON {on} FOR EACH ROW EXECUTE FUNCTION {name}()"));
    }
    for table in LASTING {
        let go = "EXECUTE FUNCTION consent_is_lasting()";
        rules.push(format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} \
             FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) {go}"
        ));
        rules.push(format!("CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {go}"));
        rules.push(format!("CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {go}"));
    }
    rules
}
