use crate::table::{self, NewTable};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What must be there before words are shown to everybody: that they were passed on, to the public, and exactly these; 72
/// hours after the yes, because an employer reads them too.
fn is_public(backend: DbBackend) -> String {
    let three_days = match backend {
        DbBackend::Postgres => "to_date(g.from_day, 'YYYY-MM-DD') - to_date(g.granted_on, 'YYYY-MM-DD') >= 3",
        _ => "coalesce(julianday(g.from_day) - julianday(g.granted_on) >= 3, 0)",
    };
    format!(
        "SELECT 1 FROM disclosures AS d JOIN share_grants AS g ON g.id = d.grant_id \
         WHERE d.id = NEW.id AND d.words_hash = NEW.words_hash AND g.recipient_kind = 'public' AND {three_days} \
         AND NOT EXISTS (SELECT 1 FROM share_revocations AS r WHERE r.grant_id = g.id)"
    )
}

/// What must be there before something is passed on without a grant: an order for exactly these words and this recipient,
/// which nobody refused, which is answered for by two, and by which nothing went yet.
const IS_ORDERED: &str = "SELECT 1 FROM disclosure_orders AS o JOIN approvals AS a ON a.id = o.id \
     WHERE o.id = NEW.approval_id AND o.voice_id = NEW.voice_id AND o.basis = NEW.basis \
     AND o.share_text_id = NEW.share_text_id AND o.recipient_hash = NEW.recipient_hash AND o.refused_on IS NULL \
     AND a.first_signer = o.first_signer AND a.first_signature = o.first_signature \
     AND a.reason_number = o.reason_number \
     AND NOT EXISTS (SELECT 1 FROM disclosures AS d WHERE d.approval_id = NEW.approval_id)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::add_text(manager, "share_texts", "shown_hash", "SHA-256 of their translation, which is signed too")
            .await?;
        table::add_text(manager, "share_texts", "drafted_by", "Which member drafted them; another one publishes")
            .await?;
        NewTable::new(
            "published_voices",
            "Words that everybody may read, as their worker agreed; gone when they say so",
        )
        .key("id", "The disclosure by which they went")
        .hash("words_hash", "SHA-256 of the words")
        .text("language", "Their language")
        .text("words", "The exact words: the only ones of a voice that stand in clear")
        .optional_text("shown_language", "The language of their translation")
        .optional_text("shown", "The translation, which the worker agreed to with them")
        .text("quarter", "When, as YYYY-Qn; no day is told")
        .optional_text("outcome", "What was done about it, by language; JSON")
        .check("quarter", "quarter LIKE '____-Q_'")
        .index(&["quarter"])
        .references("id", "disclosures", "id")
        .without_rowid()
        .create(manager)
        .await?;
        NewTable::new("disclosure_orders", "That one member asks to pass something on without the worker's yes")
            .key("id", "Random; 32 hexadecimal digits. The approval has the same")
            .text("voice_id", "Of which voice. No foreign key: the row outlives it")
            .text("share_text_id", "Which words")
            .hash("words_hash", "SHA-256 of them")
            .one_of("basis", &["court_order", "danger_to_life"], "Why")
            .hash("recipient_hash", "SHA-256 of the salt and who would be told")
            .text("recipient_salt", "The salt, sealed under the installation's secret; base 64")
            .number("reason_number", "The message that tells the worker what happened")
            .text("first_signer", "Which member asks")
            .text("first_signature", "128 hexadecimal digits")
            .day("ordered_on", "When")
            .optional_text("refused_by", "Which other member said no")
            .optional_day("refused_on", "When")
            .index(&["voice_id"])
            .references_by(
                &["share_text_id", "voice_id", "words_hash"],
                "share_texts",
                &["id", "voice_id", "words_hash"],
            )
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
        let connection = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        for (trigger, on) in
            [("disclosures_need_an_order", "disclosures"), ("share_revocations_unpublish", "share_revocations")]
        {
            let on = if is_postgres { format!(" ON {on}") } else { String::new() };
            connection.execute_unprepared(&format!("DROP TRIGGER {trigger}{on}")).await?;
        }
        for name in ["disclosure_orders", "published_voices"] {
            table::drop(manager, name).await?;
        }
        if is_postgres {
            for function in [
                "disclosures_need_an_order",
                "share_revocations_unpublish",
                "published_voices_need_a_yes",
                "disclosure_orders_are_lasting",
            ] {
                connection.execute_unprepared(&format!("DROP FUNCTION {function}()")).await?;
            }
        }
        table::drop_column(manager, "share_texts", "drafted_by").await?;
        table::drop_column(manager, "share_texts", "shown_hash").await
    }
}

/// What of published words never changes: only what was done about them does.
const SAME_WORDS: [&str; 7] = ["id", "words_hash", "language", "words", "shown_language", "shown", "quarter"];

/// What of an order never changes: only that it was refused may be added, once.
const SAME_ORDER: [&str; 11] = [
    "id",
    "voice_id",
    "share_text_id",
    "words_hash",
    "basis",
    "recipient_hash",
    "recipient_salt",
    "reason_number",
    "first_signer",
    "first_signature",
    "ordered_on",
];

fn sqlite() -> Vec<String> {
    let is_public = is_public(DbBackend::Sqlite);
    let changed = SAME_ORDER.map(|column| format!("OLD.{column} IS NOT NEW.{column}")).join(" OR ");
    let other_words = SAME_WORDS.map(|column| format!("OLD.{column} IS NOT NEW.{column}")).join(" OR ");
    let lasting = "BEGIN SELECT RAISE(ABORT, 'consent is lasting'); END";
    vec![
        format!(
            "CREATE TRIGGER disclosures_need_an_order BEFORE INSERT ON disclosures \
             WHEN NEW.basis <> 'grant' AND NOT EXISTS ({IS_ORDERED}) \
             BEGIN SELECT RAISE(ABORT, 'no order for this disclosure'); END"
        ),
        format!(
            "CREATE TRIGGER published_voices_need_a_yes BEFORE INSERT ON published_voices WHEN NOT EXISTS ({is_public}) \
             BEGIN SELECT RAISE(ABORT, 'nobody agreed to publish this'); END"
        ),
        format!(
            "CREATE TRIGGER published_voices_same_words BEFORE UPDATE ON published_voices WHEN {other_words} {lasting}"
        ),
        "CREATE TRIGGER share_revocations_unpublish AFTER INSERT ON share_revocations \
         BEGIN DELETE FROM published_voices WHERE id IN (SELECT id FROM disclosures WHERE grant_id = NEW.grant_id); END"
            .to_owned(),
        format!(
            "CREATE TRIGGER disclosure_orders_no_update BEFORE UPDATE ON disclosure_orders \
             WHEN OLD.refused_on IS NOT NULL OR {changed} {lasting}"
        ),
        format!("CREATE TRIGGER disclosure_orders_no_delete BEFORE DELETE ON disclosure_orders {lasting}"),
        format!(
            "CREATE TRIGGER disclosure_orders_no_replace BEFORE INSERT ON disclosure_orders \
             WHEN EXISTS (SELECT 1 FROM disclosure_orders WHERE id = NEW.id) {lasting}"
        ),
    ]
}

/// The same. What is published and what is ordered writes the row it stands on anew, as it was: of two that meet, the later
/// one sees the earlier or fails, whatever the isolation.
fn postgres() -> Vec<String> {
    let is_public = is_public(DbBackend::Postgres);
    let function = |name: &str, body: &str| {
        format!("CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    };
    let fail = |words: &str| format!("RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';");
    let ordered = format!(
        "UPDATE disclosure_orders SET id = id WHERE id = NEW.approval_id; \
         IF NEW.basis <> 'grant' AND NOT EXISTS ({IS_ORDERED}) THEN {} END IF; RETURN NEW;",
        fail("no order for this disclosure")
    );
    let public = format!(
        "UPDATE share_grants SET id = id WHERE id = (SELECT grant_id FROM disclosures WHERE id = NEW.id); \
         IF NOT EXISTS ({is_public}) THEN {} END IF; RETURN NEW;",
        fail("nobody agreed to publish this")
    );
    let unpublish = "DELETE FROM published_voices WHERE id IN \
         (SELECT id FROM disclosures WHERE grant_id = NEW.grant_id); RETURN NEW;";
    let other_words = SAME_WORDS.map(|column| format!("OLD.{column} IS DISTINCT FROM NEW.{column}")).join(" OR ");
    let same = SAME_ORDER.map(|column| format!("OLD.{column} IS DISTINCT FROM NEW.{column}")).join(" OR ");
    // An order that is touched by the trigger above is written as it was.
    let lasting = format!(
        "IF TG_OP = 'UPDATE' THEN IF NOT (({same}) OR (OLD.refused_on IS NOT NULL AND OLD.* IS DISTINCT FROM NEW.*)) \
         THEN RETURN NEW; END IF; END IF; {}",
        fail("consent is lasting")
    );
    let each = |name: &str, when: &str, function: &str| {
        format!("CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {function}()")
    };
    vec![
        function("disclosures_need_an_order", &ordered),
        function("published_voices_need_a_yes", &public),
        function("share_revocations_unpublish", unpublish),
        function("disclosure_orders_are_lasting", &lasting),
        each("disclosures_need_an_order", "BEFORE INSERT ON disclosures", "disclosures_need_an_order"),
        each("published_voices_need_a_yes", "BEFORE INSERT ON published_voices", "published_voices_need_a_yes"),
        format!(
            "CREATE TRIGGER published_voices_same_words BEFORE UPDATE ON published_voices FOR EACH ROW \
             WHEN ({other_words}) EXECUTE FUNCTION consent_is_lasting()"
        ),
        each("share_revocations_unpublish", "AFTER INSERT ON share_revocations", "share_revocations_unpublish"),
        each("disclosure_orders_no_update", "BEFORE UPDATE ON disclosure_orders", "disclosure_orders_are_lasting"),
        each("disclosure_orders_no_delete", "BEFORE DELETE ON disclosure_orders", "disclosure_orders_are_lasting"),
        "CREATE TRIGGER disclosure_orders_no_truncate BEFORE TRUNCATE ON disclosure_orders \
         FOR EACH STATEMENT EXECUTE FUNCTION consent_is_lasting()"
            .to_owned(),
    ]
}
