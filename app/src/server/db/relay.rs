//! What servers that share one database tell each other, by LISTEN and NOTIFY of PostgreSQL. SQLite has one server.

use super::Db;
use sea_orm::{
    ConnectionTrait as _, DbBackend, DbErr, Statement,
    sqlx::{Error, postgres::PgListener},
};
use std::time::Duration;
use tokio::{sync::mpsc::UnboundedReceiver, time::sleep};

/// The name under which they speak.
const CHANNEL: &str = "entaku";
/// Between two tries to be heard again.
const PAUSE: Duration = Duration::from_secs(1);

/// What another server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message.
    Said(String),
    /// The connection was lost for a while: whatever was said meanwhile was not heard.
    Lost,
}

impl Db {
    /// Whether other servers may share this database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.backend == DbBackend::Postgres
    }

    /// Tells the other servers what comes out of `told`, and hands on what they say, own words included, for ever.
    /// Returns at once where nobody shares the database.
    pub async fn relay(&self, mut told: UnboundedReceiver<String>, heard: impl Fn(Heard)) {
        if !self.is_shared() {
            return;
        }
        let tell = async {
            while let Some(message) = told.recv().await {
                // Lost with the connection: who comes back reads everything again.
                let _ = self.notify(&message).await;
            }
        };
        let listen = async {
            loop {
                let _ = self.listen(&heard).await;
                heard(Heard::Lost);
                sleep(PAUSE).await;
            }
        };
        tokio::join!(tell, listen);
    }

    async fn notify(&self, message: &str) -> Result<(), DbErr> {
        let sql = "SELECT pg_notify($1, $2)";
        let statement = Statement::from_sql_and_values(self.backend, sql, [CHANNEL.into(), message.into()]);
        self.writer.execute_raw(statement).await.map(drop)
    }

    async fn listen(&self, heard: &impl Fn(Heard)) -> Result<(), Error> {
        let mut listener = PgListener::connect_with(self.reader.get_postgres_connection_pool()).await?;
        listener.listen(CHANNEL).await?;
        // What was said before somebody listened.
        heard(Heard::Lost);
        loop {
            match listener.try_recv().await? {
                Some(message) => heard(Heard::Said(message.payload().to_owned())),
                None => heard(Heard::Lost),
            }
        }
    }
}
