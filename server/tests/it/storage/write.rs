//! The only way to write: nothing is lost, nothing is stored by half, and it can be called from a handler.

use super::sample;
use crate::support::{NOW_MS, TestApp};
use app::{
    error::AppError,
    questionnaires::server::entities::{quarantined_response, response},
    server::{
        Context, audit,
        db::{Transaction, insert_or_nothing},
        entities::{audit_entry, setting},
    },
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Set};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::Barrier;

async fn set<C: ConnectionTrait>(conn: &C, key: &str, value: &str) -> Result<(), AppError> {
    sample::setting(key, value).into_active_model().reset_all().update(conn).await?;
    Ok(())
}

async fn get<C: ConnectionTrait>(conn: &C, key: &str) -> Result<String, AppError> {
    Ok(setting::Entity::find_by_id(key).one(conn).await?.ok_or(AppError::NotFound)?.value)
}

async fn add<C: ConnectionTrait>(conn: &C, key: &str) -> Result<(), AppError> {
    setting::Entity::insert(sample::setting(key, "").into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

async fn keys(ctx: &Context) -> Vec<String> {
    let mut keys: Vec<_> =
        setting::Entity::find().all(ctx.read()).await.unwrap().into_iter().map(|row| row.key).collect();
    keys.sort();
    keys
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_who_count_lose_nothing() {
    let app = TestApp::new().await;
    sample::store(app.ctx.db(), sample::setting("counter", "0")).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let ctx = app.ctx.clone();
            // Reads, then writes what it read and one: an update in between would be lost.
            tokio::spawn(async move {
                ctx.write(|tx| async move {
                    let count: u32 = get(&tx, "counter").await?.parse().map_err(|_| AppError::Malformed)?;
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    set(&tx, "counter", &(count + 1).to_string()).await
                })
                .await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(get(app.ctx.read(), "counter").await.unwrap(), "20");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixteen_with_one_key_exactly_one_is_inserted() {
    let app = TestApp::new().await;
    let together = Arc::new(Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let (ctx, together) = (app.ctx.clone(), Arc::clone(&together));
            tokio::spawn(async move {
                together.wait().await;
                ctx.write(|tx| async move {
                    let row = sample::setting("key", &number.to_string()).into_active_model();
                    Ok(insert_or_nothing(setting::Entity::insert(row), &tx).await?)
                })
                .await
                .map(|inserted| (number, inserted))
            })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        let (number, inserted) = task.await.unwrap().unwrap();
        if inserted {
            winners.push(number.to_string());
        }
    }
    assert_eq!(winners, [get(app.ctx.read(), "key").await.unwrap()]);
}

#[tokio::test]
async fn every_unique_key_counts_not_only_the_first() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let keep = async |id: u64| {
        let row = quarantined_response::Model { id: sample::id(id), ..sample::quarantined(1) };
        let row = &row;
        ctx.write(|tx| async move {
            let insert = quarantined_response::Entity::insert(row.clone().into_active_model());
            Ok(insert_or_nothing(insert, &tx).await?)
        })
        .await
    };
    assert_eq!(keep(1).await, Ok(true));
    assert_eq!(keep(2).await, Ok(false), "the same id and digest under another random key");
    assert_eq!(quarantined_response::Entity::find().all(ctx.read()).await.unwrap(), [sample::quarantined(1)]);
}

#[tokio::test]
async fn a_missing_parent_is_an_error_and_no_nothing() {
    let app = TestApp::new().await;
    let orphan = sample::response(1).into_active_model();
    let insert = response::Entity::insert(orphan);
    insert_or_nothing(insert, app.ctx.db().writer()).await.expect_err("a response to nothing");
}

#[tokio::test]
async fn an_error_stores_nothing() {
    let app = TestApp::new().await;
    let result: Result<(), _> = app
        .ctx
        .write(|tx| async move {
            add(&tx, "a").await?;
            audit::record(&tx, None, "setting.add", "a", "").await?;
            Err(AppError::Forbidden)
        })
        .await;
    assert_eq!(result, Err(AppError::Forbidden));
    assert!(keys(&app.ctx).await.is_empty());
    assert!(audit_entry::Entity::find().all(app.ctx.read()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_failed_statement_cannot_be_passed_over() {
    let app = TestApp::new().await;
    sample::store(app.ctx.db(), sample::setting("a", "")).await;
    let result = app
        .ctx
        .write(|tx| async move {
            add(&tx, "b").await?;
            // The key is there already; PostgreSQL would answer the commit after this with a silent rollback.
            let _ = add(&tx, "a").await;
            Ok(())
        })
        .await;
    assert!(matches!(result, Err(AppError::Internal { .. })), "{result:?}");
    assert_eq!(keys(&app.ctx).await, ["a"]);
}

#[tokio::test]
async fn a_transaction_ends_with_its_work() {
    let app = TestApp::new().await;
    let kept: Mutex<Vec<Transaction>> = Mutex::default();
    let result = {
        let kept = &kept;
        app.ctx
            .write(|tx| async move {
                add(&tx, "a").await?;
                kept.lock().unwrap().push(tx.clone());
                Ok(())
            })
            .await
    };
    assert!(matches!(result, Err(AppError::Internal { .. })), "{result:?}");
    kept.lock().unwrap().clear();
    // The connection is free again and what was written is gone.
    app.ctx.write(|tx| async move { add(&tx, "b").await }).await.unwrap();
    assert_eq!(keys(&app.ctx).await, ["b"]);
}

#[tokio::test]
async fn a_request_that_is_given_up_stores_nothing() {
    let app = TestApp::new().await;
    let forever = app.ctx.write(|tx| async move {
        add(&tx, "a").await?;
        std::future::pending::<Result<(), AppError>>().await
    });
    tokio::time::timeout(Duration::from_millis(300), forever).await.expect_err("it went on");
    app.ctx.write(|tx| async move { add(&tx, "b").await }).await.unwrap();
    assert_eq!(keys(&app.ctx).await, ["b"]);
}

#[tokio::test]
async fn writing_inside_of_writing_is_refused_at_once() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let work = ctx.write(|tx| async move {
        add(&tx, "a").await?;
        ctx.write(|tx| async move { add(&tx, "b").await }).await
    });
    let result = tokio::time::timeout(Duration::from_secs(5), work).await.expect("it waits for itself");
    assert!(matches!(result, Err(AppError::Internal { .. })), "{result:?}");
    assert!(keys(ctx).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_that_cross_both_finish() {
    let app = TestApp::new().await;
    for key in ["a", "b"] {
        sample::store(app.ctx.db(), sample::setting(key, "")).await;
    }
    let runs = Arc::new(AtomicU32::new(0));
    let both = Arc::new(Barrier::new(2));
    let crossing = |first: &'static str, second: &'static str, value: &'static str| {
        let (ctx, runs, both) = (app.ctx.clone(), Arc::clone(&runs), Arc::clone(&both));
        tokio::spawn(async move {
            let (runs, both) = (&runs, &both);
            ctx.write(|tx| async move {
                runs.fetch_add(1, Ordering::SeqCst);
                set(&tx, first, value).await?;
                // Each holds one row and wants the other's: a deadlock, if the database lets two write at all.
                let _ = tokio::time::timeout(Duration::from_millis(200), both.wait()).await;
                set(&tx, second, value).await
            })
            .await
        })
    };
    let (one, other) = (crossing("a", "b", "one"), crossing("b", "a", "other"));
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(get(app.ctx.read(), "a").await.unwrap(), get(app.ctx.read(), "b").await.unwrap());
    let expected = if crate::support::database::postgres().is_some() { 3.. } else { 2.. };
    assert!(expected.contains(&runs.load(Ordering::SeqCst)), "the two did not meet");
}

#[tokio::test]
async fn the_rows_of_a_transaction_share_one_instant_by_the_site_clock() {
    let app = TestApp::new().await;
    app.ctx.clock().advance(5);
    app.ctx
        .write(|tx| async move {
            audit::record(&tx, None, "setting.add", "a", "").await?;
            audit::record(&tx, Some(&sample::organizer().id), "setting.add", "b", "x").await
        })
        .await
        .unwrap();
    let entries = audit_entry::Entity::find().all(app.ctx.read()).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.at).collect::<Vec<_>>(), [NOW_MS + 5; 2]);
    assert_ne!(entries[0].id, entries[1].id);
    assert!(entries.iter().any(|entry| entry.organizer_id == Some(sample::organizer().id) && entry.detail == "x"));
}

/// What a service looks like: borrowed and owned things, a loop, a query that takes any connection.
async fn service(ctx: &Context, name: &str, keys: &[String]) -> Result<usize, AppError> {
    let owned = format!("{name}-owned");
    let owned = &owned;
    ctx.write(|tx| async move {
        for key in keys {
            add(&tx, key).await?;
        }
        let row = setting::ActiveModel { key: Set(owned.clone()), value: Set(name.to_owned()) };
        insert_or_nothing(setting::Entity::insert(row), &tx).await?;
        Ok(keys.len() + 1)
    })
    .await
}

#[tokio::test]
async fn a_service_that_writes_can_be_called_from_handlers_and_server_functions() {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    // What axum asks of a handler, and what leptos makes of a server function's body.
    async fn handler(axum::extract::State(ctx): axum::extract::State<Context>) -> Result<String, AppError> {
        service(&ctx, "n", &["a".to_owned()]).await.map(|count| count.to_string())
    }
    fn boxed(ctx: Context) -> Pin<Box<dyn Future<Output = Result<usize, AppError>> + Send>> {
        Box::pin(async move { service(&ctx, "m", &["b".to_owned()]).await })
    }
    let app = TestApp::new().await;
    let _router: axum::Router<Context> = axum::Router::new().route("/", axum::routing::post(handler));
    assert_eq!(assert_send(service(&app.ctx, "x", &["c".to_owned()])).await, Ok(2));
    assert_eq!(tokio::spawn(boxed(app.ctx.clone())).await.unwrap(), Ok(2));
    assert_eq!(keys(&app.ctx).await, ["b", "c", "m-owned", "x-owned"]);
}
