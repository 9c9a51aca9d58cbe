//! What one server says, the others that share its database hear; with SQLite there are no others.

use crate::support::database::TestDatabase;
use app::{
    ids::EventId,
    server::{
        bus::{Bus, Topic},
        db::{Db, DbOptions},
    },
};
use std::time::Duration;
use tokio::{sync::broadcast::Receiver, time::timeout};

/// Waits for a topic, whatever comes before it.
async fn hears(listener: &mut Receiver<Topic>, wanted: &Topic) -> bool {
    let waiting = async { while listener.recv().await.as_ref() != Ok(wanted) {} };
    timeout(Duration::from_secs(10), waiting).await.is_ok()
}

#[tokio::test]
async fn servers_that_share_a_database_hear_each_other() {
    let test = TestDatabase::migrated().await;
    if !test.db.is_shared() {
        // Over at once, and nothing is lost within the one server.
        let bus = Bus::default();
        timeout(Duration::from_secs(1), bus.relay(&test.db)).await.expect("nobody to relay to");
        let mut listener = bus.subscribe();
        bus.publish(Topic::Everything);
        assert!(hears(&mut listener, &Topic::Everything).await);
        return;
    }
    let second = Db::connect(test.url(), DbOptions { readers: 2, writers: 1, ..DbOptions::default() }).await.unwrap();
    let (here, there) = (Bus::default(), Bus::default());
    let (mut listens_here, mut listens_there) = (here.subscribe(), there.subscribe());
    let (bus, db) = (here.clone(), test.db.clone());
    let first = tokio::spawn(async move { bus.relay(&db).await });
    let (bus, db) = (there.clone(), second.clone());
    let other = tokio::spawn(async move { bus.relay(&db).await });
    // As soon as they listen they say that they may have missed something.
    assert!(hears(&mut listens_here, &Topic::Everything).await);
    assert!(hears(&mut listens_there, &Topic::Everything).await);
    let topic = Topic::Attendance(EventId("an event".to_owned()));
    here.publish(topic.clone());
    assert!(hears(&mut listens_there, &topic).await);
    let topic = Topic::Attendance(EventId("another".to_owned()));
    there.publish(topic.clone());
    assert!(hears(&mut listens_here, &topic).await);

    // The connection of one of them is cut: it says so, and hears again.
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE query LIKE 'LISTEN%' AND datname = current_database() AND pid <> pg_backend_pid()";
    let (backend, cut) = (test.db.backend(), sea_orm::ConnectionTrait::execute_unprepared(test.db.writer(), sql));
    cut.await.unwrap();
    assert_eq!(backend, sea_orm::DbBackend::Postgres);
    assert!(hears(&mut listens_there, &Topic::Everything).await, "something may have been missed");
    let again = async {
        loop {
            here.publish(topic.clone());
            let heard = timeout(Duration::from_millis(200), async {
                while listens_there.recv().await.as_ref() != Ok(&topic) {}
            });
            if heard.await.is_ok() {
                return;
            }
        }
    };
    timeout(Duration::from_secs(20), again).await.expect("it listens again");
    here.close();
    there.close();
    for relay in [first, other] {
        timeout(Duration::from_secs(5), relay).await.expect("it ends with the process").unwrap();
    }
    second.close().await.unwrap();
}
