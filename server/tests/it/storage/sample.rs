//! Rows to store, one of each table and more of some.

use app::{
    auth::server::entities::{invitation, organizer, recovery_code, second_factor, session},
    ids::{InstanceId, OrganizerId, QuestionnaireId},
    questionnaires::server::entities::{
        answer_count, channel, day_count, definition, deleted_response, quarantined_response, questionnaire, response,
        response_count, step_count,
    },
    server::{
        db::Db,
        entities::{StoredDay, audit_entry, setting},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue, EntityTrait, IntoActiveModel, TransactionTrait};

/// What makes trouble when it is quoted, escaped, split or folded wrongly.
pub const HARD_TEXT: &str = "給料が\u{3000}「少ない」。\n'; DROP TABLE responses; --\t\"\\ 😀 e\u{301} \u{7f} \u{2028}";

/// 64 hex digits that stand for a number.
pub fn hash(number: u64) -> String {
    format!("{number:064x}")
}

/// A random-looking id that stands for a number: the ids of two numbers are in another order than the numbers.
pub fn id(number: u64) -> String {
    // Multiplying by an odd number visits every value once; the high digits come first.
    let mixed = u128::from(number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    let hex = format!("{mixed:032x}");
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}

pub fn day() -> StoredDay {
    super::super::support::TODAY.parse().unwrap()
}

pub fn questionnaire() -> questionnaire::Model {
    questionnaire::Model {
        id: QuestionnaireId("q-1".to_owned()),
        slug: "working-in-japan".to_owned(),
        state: questionnaire::State::Open,
        current_definition: Some(hash(1)),
        opens_on: Some(day()),
        closes_on: None,
        results_through: Some(day()),
    }
}

pub fn definition() -> definition::Model {
    definition::Model {
        hash: hash(1),
        questionnaire_id: QuestionnaireId("q-1".to_owned()),
        version: "1".to_owned(),
        body: format!("{{\"title\":\"{}\"}}", "仕事".repeat(3000)),
        published_on: day(),
        number: 7,
    }
}

pub fn channel() -> channel::Model {
    channel::Model {
        id: id(3),
        questionnaire_id: QuestionnaireId("q-1".to_owned()),
        code: "poster".to_owned(),
        name: HARD_TEXT.to_owned(),
        state: channel::State::Retired,
        created_on: day(),
    }
}

pub fn response(number: u64) -> response::Model {
    response::Model {
        instance_id: InstanceId(id(number)),
        questionnaire_id: QuestionnaireId("q-1".to_owned()),
        definition: hash(1),
        digest: hash(number),
        payload: format!("{{\"n\":{number},\"text\":\"{HARD_TEXT}\"}}"),
        language: "vi".to_owned(),
        channel: number.is_multiple_of(2).then(|| "poster".to_owned()),
        received_on: day(),
        code_hash: format!("code-{}", id(number)),
    }
}

pub fn quarantined(number: u64) -> quarantined_response::Model {
    quarantined_response::Model {
        id: id(number),
        reason: quarantined_response::Reason::UnknownDefinition,
        questionnaire: "no-such".to_owned(),
        definition: String::new(),
        instance_id: id(number + 1),
        digest: hash(number),
        payload: HARD_TEXT.to_owned(),
        received_on: day(),
        code_hash: number.is_multiple_of(2).then(|| hash(number + 1)),
    }
}

pub fn deleted(number: u64) -> deleted_response::Model {
    deleted_response::Model { code_hash: hash(number), questionnaire_id: QuestionnaireId("q-1".to_owned()) }
}

pub fn response_count() -> response_count::Model {
    response_count::Model {
        questionnaire_id: QuestionnaireId("q-1".to_owned()),
        definition: hash(1),
        language: "vi".to_owned(),
        channel: String::new(),
        lane: 3,
        n: -1,
    }
}

pub fn day_count() -> day_count::Model {
    day_count::Model { questionnaire_id: QuestionnaireId("q-1".to_owned()), day: day(), lane: 0, n: i64::MAX }
}

pub fn answer_count(lane: i64) -> answer_count::Model {
    answer_count::Model {
        questionnaire_id: QuestionnaireId("q-1".to_owned()),
        definition: hash(1),
        question: "sector".to_owned(),
        value: "_declined".to_owned(),
        language: "vi".to_owned(),
        channel: "poster".to_owned(),
        lane,
        n: 1,
    }
}

pub fn step_count() -> step_count::Model {
    step_count::Model {
        questionnaire_id: QuestionnaireId("q-1".to_owned()),
        definition: hash(1),
        question: "_check".to_owned(),
        lane: 0,
        n: 7,
    }
}

pub fn organizer() -> organizer::Model {
    organizer::Model {
        id: OrganizerId("o-1".to_owned()),
        email: "akiko@example.org".to_owned(),
        name: "Akiko 明子".to_owned(),
        role: organizer::Role::Coordinator,
        passphrase_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned(),
        created_at: i64::MAX,
        disabled_at: None,
    }
}

pub fn invitation() -> invitation::Model {
    invitation::Model {
        token_hash: "token-hash-of-the-invitation".to_owned(),
        email: "binh@example.org".to_owned(),
        role: organizer::Role::Assistant,
        invited_by: Some(OrganizerId("o-1".to_owned())),
        created_at: 0,
        expires_at: -1,
        accepted_at: None,
    }
}

pub fn session() -> session::Model {
    session::Model {
        id_hash: "token-hash-of-the-session".to_owned(),
        organizer_id: OrganizerId("o-1".to_owned()),
        created_at: 1,
        last_seen_at: 2,
        expires_at: 3,
        proven_at: Some(2),
    }
}

pub fn second_factor() -> second_factor::Model {
    second_factor::Model {
        organizer_id: OrganizerId("o-1".to_owned()),
        sealed: "sealed-secret-of-the-second-factor".to_owned(),
        last_step: 59_843_880,
        added_at: 4,
    }
}

pub fn recovery_code() -> recovery_code::Model {
    recovery_code::Model {
        code_hash: "hash-of-the-recovery-code".to_owned(),
        organizer_id: OrganizerId("o-1".to_owned()),
    }
}

pub fn audit_entry() -> audit_entry::Model {
    audit_entry::Model {
        id: id(0),
        at: 1_795_316_400_000,
        organizer_id: None,
        action: "questionnaire.close".to_owned(),
        subject: "working-in-japan".to_owned(),
        detail: HARD_TEXT.to_owned(),
    }
}

pub fn setting(key: &str, value: &str) -> setting::Model {
    setting::Model { key: key.to_owned(), value: value.to_owned() }
}

/// Stores a row as it is.
pub async fn store<M, A>(db: &Db, row: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    <A::Entity as EntityTrait>::insert(row.into_active_model()).exec_without_returning(db.writer()).await.unwrap();
}

/// A questionnaire with its definition, which name each other.
pub async fn store_questionnaire(db: &Db) {
    let tx = db.writer().begin().await.unwrap();
    let mut first = questionnaire().into_active_model();
    first.current_definition = ActiveValue::Set(None);
    questionnaire::Entity::insert(first).exec_without_returning(&tx).await.unwrap();
    definition::Entity::insert(definition().into_active_model()).exec_without_returning(&tx).await.unwrap();
    questionnaire().into_active_model().reset_all().update(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// One row of every table, and so many responses.
pub async fn fill(db: &Db, responses: u64) {
    store_questionnaire(db).await;
    let tx = db.writer().begin().await.unwrap();
    for number in 0..responses {
        let row = response(number).into_active_model();
        response::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    store(db, channel()).await;
    store(db, quarantined(1)).await;
    store(db, deleted(1)).await;
    store(db, response_count()).await;
    store(db, day_count()).await;
    store(db, answer_count(0)).await;
    store(db, step_count()).await;
    store(db, organizer()).await;
    store(db, invitation()).await;
    store(db, session()).await;
    store(db, second_factor()).await;
    store(db, recovery_code()).await;
    store(db, audit_entry()).await;
    store(db, setting("site.seeded", "yes")).await;
    super::event_sample::fill(db).await;
    super::voice_sample::fill(db).await;
}
