//! The entities fit the tables, and the tables refuse what must not be in them.

use super::{catalog, event_sample, sample, voice_sample};
use crate::support::database::TestDatabase;
use app::{
    auth::server::entities::{invitation, organizer, recovery_code, second_factor, session},
    events::server::entities::{
        call, desk, event, event_role, follower, guest, import, mail, mailing, merged_guest, operation, operation_name,
        place, refused_operation, registration, series,
    },
    questionnaires::server::entities::{
        answer_count, channel, day_count, definition, deleted_response, quarantined_response, questionnaire, response,
        response_count, step_count,
    },
    server::{
        db::Db,
        entities::{audit_entry, setting},
    },
    voices::server::entities::{
        approval, deleted_voice, disclosure, disclosure_order, published_voice, share_grant, share_revocation,
        share_text, voice, voice_epoch, voice_epoch_wrap, voice_member, voice_message, voice_recovery, voice_trustee,
        voice_wrap,
    },
};
use sea_orm::{ConnectionTrait, EntityTrait, IdenStatic, IntoActiveModel, Iterable};
use std::{collections::BTreeSet, fmt::Debug};

/// Selects from the empty table and compares its columns with the entity's.
async fn fits<E: EntityTrait>(db: &Db) -> String {
    let name = E::default().table_name();
    assert!(E::find().all(db.reader()).await.unwrap().is_empty(), "{name}");
    let entity: BTreeSet<String> = E::Column::iter().map(|column| column.as_str().to_owned()).collect();
    let table: BTreeSet<String> = catalog::columns(db, name).await.into_iter().map(|[column, ..]| column).collect();
    assert_eq!(entity, table, "{name}");
    name.to_owned()
}

#[tokio::test]
async fn every_table_has_an_entity_with_its_columns() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    let mut names = vec![
        fits::<questionnaire::Entity>(db).await,
        fits::<definition::Entity>(db).await,
        fits::<channel::Entity>(db).await,
        fits::<response::Entity>(db).await,
        fits::<quarantined_response::Entity>(db).await,
        fits::<deleted_response::Entity>(db).await,
        fits::<response_count::Entity>(db).await,
        fits::<day_count::Entity>(db).await,
        fits::<answer_count::Entity>(db).await,
        fits::<step_count::Entity>(db).await,
        fits::<organizer::Entity>(db).await,
        fits::<invitation::Entity>(db).await,
        fits::<session::Entity>(db).await,
        fits::<second_factor::Entity>(db).await,
        fits::<recovery_code::Entity>(db).await,
        fits::<audit_entry::Entity>(db).await,
        fits::<setting::Entity>(db).await,
        fits::<series::Entity>(db).await,
        fits::<event::Entity>(db).await,
        fits::<place::Entity>(db).await,
        fits::<event_role::Entity>(db).await,
        fits::<import::Entity>(db).await,
        fits::<registration::Entity>(db).await,
        fits::<guest::Entity>(db).await,
        fits::<follower::Entity>(db).await,
        fits::<mailing::Entity>(db).await,
        fits::<mail::Entity>(db).await,
        fits::<call::Entity>(db).await,
        fits::<desk::Entity>(db).await,
        fits::<merged_guest::Entity>(db).await,
        fits::<operation::Entity>(db).await,
        fits::<operation_name::Entity>(db).await,
        fits::<refused_operation::Entity>(db).await,
        fits::<voice_epoch::Entity>(db).await,
        fits::<voice_member::Entity>(db).await,
        fits::<voice_trustee::Entity>(db).await,
        fits::<voice_epoch_wrap::Entity>(db).await,
        fits::<voice_recovery::Entity>(db).await,
        fits::<voice::Entity>(db).await,
        fits::<voice_message::Entity>(db).await,
        fits::<voice_wrap::Entity>(db).await,
        fits::<deleted_voice::Entity>(db).await,
        fits::<share_text::Entity>(db).await,
        fits::<share_grant::Entity>(db).await,
        fits::<approval::Entity>(db).await,
        fits::<disclosure::Entity>(db).await,
        fits::<disclosure_order::Entity>(db).await,
        fits::<published_voice::Entity>(db).await,
        fits::<share_revocation::Entity>(db).await,
    ];
    names.sort();
    assert_eq!(names, catalog::tables(db).await);
}

/// The only row of a table is the one that was stored.
async fn holds<E>(db: &Db, expected: E::Model)
where
    E: EntityTrait,
    E::Model: PartialEq + Debug,
{
    assert_eq!(E::find().all(db.reader()).await.unwrap(), [expected]);
}

/// One row of a table is the one that was stored.
async fn has<E>(db: &Db, expected: E::Model)
where
    E: EntityTrait,
    E::Model: PartialEq + Debug,
{
    let rows = E::find().all(db.reader()).await.unwrap();
    assert!(rows.contains(&expected), "{rows:?}");
}

#[tokio::test]
async fn every_row_comes_back_as_it_was_stored() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::fill(db, 1).await;
    holds::<questionnaire::Entity>(db, sample::questionnaire()).await;
    holds::<definition::Entity>(db, sample::definition()).await;
    holds::<channel::Entity>(db, sample::channel()).await;
    holds::<response::Entity>(db, sample::response(0)).await;
    holds::<quarantined_response::Entity>(db, sample::quarantined(1)).await;
    holds::<deleted_response::Entity>(db, sample::deleted(1)).await;
    holds::<response_count::Entity>(db, sample::response_count()).await;
    holds::<day_count::Entity>(db, sample::day_count()).await;
    holds::<answer_count::Entity>(db, sample::answer_count(0)).await;
    holds::<step_count::Entity>(db, sample::step_count()).await;
    holds::<organizer::Entity>(db, sample::organizer()).await;
    holds::<invitation::Entity>(db, sample::invitation()).await;
    holds::<session::Entity>(db, sample::session()).await;
    holds::<second_factor::Entity>(db, sample::second_factor()).await;
    holds::<recovery_code::Entity>(db, sample::recovery_code()).await;
    holds::<audit_entry::Entity>(db, sample::audit_entry()).await;
    holds::<setting::Entity>(db, sample::setting("site.seeded", "yes")).await;
    holds::<series::Entity>(db, event_sample::series()).await;
    holds::<event::Entity>(db, event_sample::event()).await;
    holds::<place::Entity>(db, event_sample::place()).await;
    holds::<event_role::Entity>(db, event_sample::event_role()).await;
    holds::<import::Entity>(db, event_sample::import()).await;
    holds::<registration::Entity>(db, event_sample::registration()).await;
    holds::<guest::Entity>(db, event_sample::guest()).await;
    holds::<follower::Entity>(db, event_sample::follower()).await;
    holds::<mailing::Entity>(db, event_sample::mailing()).await;
    holds::<mail::Entity>(db, event_sample::mail()).await;
    holds::<call::Entity>(db, event_sample::call()).await;
    holds::<desk::Entity>(db, event_sample::desk()).await;
    holds::<merged_guest::Entity>(db, event_sample::merged_guest()).await;
    holds::<operation::Entity>(db, event_sample::operation()).await;
    holds::<operation_name::Entity>(db, event_sample::operation_name()).await;
    holds::<refused_operation::Entity>(db, event_sample::refused_operation()).await;
    holds::<voice_epoch::Entity>(db, voice_sample::voice_epoch()).await;
    holds::<voice_member::Entity>(db, voice_sample::voice_member()).await;
    holds::<voice_epoch_wrap::Entity>(db, voice_sample::voice_epoch_wrap()).await;
    holds::<voice_recovery::Entity>(db, voice_sample::voice_recovery()).await;
    holds::<voice::Entity>(db, voice_sample::voice()).await;
    holds::<voice_message::Entity>(db, voice_sample::voice_message()).await;
    holds::<voice_wrap::Entity>(db, voice_sample::voice_wrap()).await;
    holds::<deleted_voice::Entity>(db, voice_sample::deleted_voice()).await;
    holds::<share_text::Entity>(db, voice_sample::share_text()).await;
    has::<share_grant::Entity>(db, voice_sample::share_grant()).await;
    holds::<disclosure_order::Entity>(db, voice_sample::disclosure_order()).await;
    holds::<published_voice::Entity>(db, voice_sample::published_voice()).await;
    holds::<approval::Entity>(db, voice_sample::approval()).await;
    has::<disclosure::Entity>(db, voice_sample::disclosure()).await;
    holds::<share_revocation::Entity>(db, voice_sample::share_revocation()).await;
}

#[tokio::test]
async fn entities_find_by_their_typed_keys() {
    let test = TestDatabase::migrated().await;
    sample::fill(&test.db, 2).await;
    let found = response::Entity::find_by_id(sample::response(1).instance_id).one(test.db.reader()).await.unwrap();
    assert_eq!(found, Some(sample::response(1)));
    let joined =
        definition::Entity::find().find_also_related(questionnaire::Entity).all(test.db.reader()).await.unwrap();
    assert_eq!(joined, [(sample::definition(), Some(sample::questionnaire()))]);
}

/// Whether the database takes a row.
async fn takes<E, M>(db: &Db, row: M) -> bool
where
    E: EntityTrait,
    M: IntoActiveModel<E::ActiveModel>,
{
    E::insert(row.into_active_model()).exec_without_returning(db.writer()).await.is_ok()
}

#[tokio::test]
async fn keys_that_must_be_unique_are() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::fill(db, 1).await;

    let same_code = response::Model { code_hash: sample::response(0).code_hash, ..sample::response(1) };
    assert!(!takes::<response::Entity, _>(db, same_code).await);
    assert!(takes::<response::Entity, _>(db, sample::response(1)).await);

    let same_slug = questionnaire::Model { id: app::ids::QuestionnaireId("q-2".to_owned()), ..sample::questionnaire() };
    assert!(!takes::<questionnaire::Entity, _>(db, same_slug.clone()).await);
    let other_slug = questionnaire::Model { slug: "other".to_owned(), ..same_slug };
    assert!(takes::<questionnaire::Entity, _>(db, other_slug).await);

    let same_version = definition::Model { hash: sample::hash(2), ..sample::definition() };
    assert!(!takes::<definition::Entity, _>(db, same_version.clone()).await);
    assert!(takes::<definition::Entity, _>(db, definition::Model { version: "2".to_owned(), ..same_version }).await);

    let same_channel = channel::Model { id: sample::id(9), ..sample::channel() };
    assert!(!takes::<channel::Entity, _>(db, same_channel.clone()).await);
    assert!(takes::<channel::Entity, _>(db, channel::Model { code: "other".to_owned(), ..same_channel }).await);

    let same_bytes = quarantined_response::Model { id: sample::id(9), ..sample::quarantined(1) };
    assert!(!takes::<quarantined_response::Entity, _>(db, same_bytes.clone()).await);
    let other_bytes = quarantined_response::Model { digest: sample::hash(9), ..same_bytes };
    assert!(takes::<quarantined_response::Entity, _>(db, other_bytes).await);

    assert!(!takes::<deleted_response::Entity, _>(db, sample::deleted(1)).await);
    assert!(takes::<deleted_response::Entity, _>(db, sample::deleted(2)).await);
    assert!(!takes::<answer_count::Entity, _>(db, answer_count::Model { n: 5, ..sample::answer_count(0) }).await);
    assert!(takes::<answer_count::Entity, _>(db, sample::answer_count(1)).await);

    let same_email = organizer::Model { id: app::ids::OrganizerId("o-2".to_owned()), ..sample::organizer() };
    assert!(!takes::<organizer::Entity, _>(db, same_email).await);
}

#[tokio::test]
async fn rows_name_rows_that_are_there() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::fill(db, 1).await;

    let of_nothing = response::Model { definition: sample::hash(7), ..sample::response(1) };
    assert!(!takes::<response::Entity, _>(db, of_nothing).await);
    let leads_nowhere = channel::Model {
        id: sample::id(9),
        questionnaire_id: app::ids::QuestionnaireId("q-9".to_owned()),
        ..sample::channel()
    };
    assert!(!takes::<channel::Entity, _>(db, leads_nowhere).await);
    let names_nothing = "UPDATE questionnaires SET current_definition = 'no-such'";
    db.writer().execute_unprepared(names_nothing).await.expect_err("a questionnaire with no definition");
    db.writer().execute_unprepared("DELETE FROM definitions").await.expect_err("an answered definition was deleted");

    db.writer().execute_unprepared("DELETE FROM organizers").await.unwrap();
    let sessions = session::Entity::find().all(db.reader()).await.unwrap();
    assert!(sessions.is_empty(), "a session outlived its organizer");
    let factors = second_factor::Entity::find().all(db.reader()).await.unwrap();
    let codes = recovery_code::Entity::find().all(db.reader()).await.unwrap();
    assert!(factors.is_empty() && codes.is_empty(), "a second factor outlived its organizer");
    assert_eq!(invitation::Entity::find().all(db.reader()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn words_days_and_hashes_have_their_form() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::fill(db, 1).await;
    for sql in [
        "UPDATE questionnaires SET state = 'paused'",
        "UPDATE channels SET state = 'deleted'",
        "UPDATE channels SET created_on = 'today'",
        "UPDATE organizers SET role = 'root'",
        "UPDATE invitations SET role = ''",
        "UPDATE quarantined_responses SET reason = 'other'",
        "UPDATE responses SET received_on = '2026-11-22T03:00:00'",
        "UPDATE quarantined_responses SET received_on = '1795316400000'",
        "UPDATE responses SET digest = 'abc'",
        "UPDATE quarantined_responses SET digest = ''",
        "UPDATE settings SET value = NULL",
        "UPDATE questionnaires SET opens_on = 'tomorrow'",
        "UPDATE questionnaires SET closes_on = ''",
        "UPDATE questionnaires SET results_through = '2026-11-22T03:00:00'",
        "UPDATE deleted_responses SET code_hash = 'abc'",
        "UPDATE day_counts SET day = '2026-11'",
        "UPDATE answer_counts SET channel = NULL",
    ] {
        assert!(db.writer().execute_unprepared(sql).await.is_err(), "{sql}");
    }
}
