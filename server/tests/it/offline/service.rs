//! The real service under the story: the site's own router over a real database. Its clock is the story's. It can be
//! killed while it works and comes back on the same database with the same secret.

use super::chance::Chance;
use crate::support::{NOW_MS, database::TestDatabase};
use app::{
    questionnaires::{
        api::PATHS,
        server::{
            effort::{self, Client},
            entities::{quarantined_response as quarantined, response},
            intake, publish,
        },
    },
    server::{
        Context, Site,
        assets::Assets,
        clock::Clock,
        db::Db,
        keys::{Keys, SECRET_BYTES},
    },
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, header},
};
use form::Day;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, sea_query::Expr};
use server::router::{RouterOptions, router};
use std::{
    future::poll_fn,
    net::{Ipv4Addr, SocketAddr},
    pin::pin,
    task::Poll,
};
use tower::ServiceExt as _;

/// The questionnaire of all stories.
pub const SLUG: &str = "working-in-japan";
const SHORT: &[u8] = include_bytes!("../questionnaires/short.json");
const SECRET: [u8; SECRET_BYTES] = [7; SECRET_BYTES];
/// More answers at once from one network than are ever let in.
const FLOOD: usize = 300;

/// Whether a reply's status is one of success, and its body.
pub type Reply = (bool, String);

/// A database on which stories are told one after another.
pub struct Ground {
    database: TestDatabase,
    definition: String,
}

impl Ground {
    /// Migrated, with one questionnaire.
    pub async fn new() -> Self {
        let database = TestDatabase::migrated().await;
        let ctx = context(&database.db, &Clock::fixed(NOW_MS));
        let definition = publish::publish(&ctx, None, SHORT).await.unwrap().hash().to_owned();
        Self { database, definition }
    }
}

fn context(db: &Db, clock: &Clock) -> Context {
    let site = Site { base_url: "http://127.0.0.1:3000".to_owned(), ..Site::default() };
    Context::new(db.clone(), Keys::derive(&SECRET), clock.clone(), Assets::default(), site)
}

/// A server that runs.
pub struct Service {
    /// The public key of its receipts.
    pub receipt_key: String,
    /// What answers are sealed to.
    pub intake_key: String,
    /// The definition that is asked.
    pub definition: String,
    /// Whether every network sends more than is let in.
    pub is_flooded: bool,
    db: Db,
    clock: Clock,
    ctx: Context,
    router: Router,
}

impl Service {
    /// Starts on a database, at the hour at which every story begins.
    pub fn new(ground: &Ground) -> Self {
        let (db, clock) = (ground.database.db.clone(), Clock::fixed(NOW_MS));
        let ctx = context(&db, &clock);
        let receipt_key = ctx.keys().receipt_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Self {
            receipt_key,
            intake_key: intake::public_key(ctx.keys(), SLUG),
            definition: ground.definition.clone(),
            is_flooded: false,
            router: routes(&ctx),
            db,
            clock,
            ctx,
        }
    }

    /// Ends and comes back: what stood in memory alone is gone.
    pub fn restart(&mut self) {
        self.ctx = context(&self.db, &self.clock);
        self.router = routes(&self.ctx);
    }

    /// Takes a call, to the byte, from a network of its own.
    pub async fn call(&self, address: Ipv4Addr, body: &str) -> Reply {
        let request = Request::post(PATHS[0])
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin")
            .extension(ConnectInfo(SocketAddr::from((address, 4_000))))
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1_000_000).await.unwrap();
        (parts.status.is_success(), String::from_utf8(body.to_vec()).unwrap())
    }

    /// Takes a call and is killed after it has waited so often for the database, wherever it is then.
    pub async fn die_over(&mut self, address: Ipv4Addr, body: &str, waits: u32) {
        {
            let mut call = pin!(self.call(address, body));
            let mut left = waits;
            poll_fn(|cx| match call.as_mut().poll(cx) {
                Poll::Ready(_) => Poll::Ready(()),
                Poll::Pending if left == 0 => Poll::Ready(()),
                Poll::Pending => {
                    left -= 1;
                    Poll::Pending
                }
            })
            .await;
        }
        self.restart();
    }

    /// Lets this network send until it is refused. What is slowed down is counted by the meter when it asks, so nobody
    /// waits here.
    pub async fn flood(&self, address: Ipv4Addr) {
        let mut request = Request::new(());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 4_000))));
        let client = Client::of(&request.into_parts().0);
        for _ in 0..FLOOD {
            if self.refuses(client).await {
                return;
            }
        }
        panic!("a flood of {FLOOD} was let in");
    }

    async fn refuses(&self, client: Client) -> bool {
        let mut asking = pin!(effort::admit(&self.ctx, client, SLUG));
        poll_fn(|cx| match asking.as_mut().poll(cx) {
            Poll::Ready(admitted) => Poll::Ready(admitted.is_err()),
            // It waits for the database, to raise the flag; after that, for time to pass.
            Poll::Pending if effort::flags(&self.ctx, SLUG).is_empty() => Poll::Pending,
            Poll::Pending => Poll::Ready(false),
        })
        .await
    }

    /// The keys of the installation.
    pub fn keys(&self) -> &Keys {
        self.ctx.keys()
    }

    /// Time passes.
    pub fn advance(&self, ms: u64) {
        self.clock.advance(i64::try_from(ms).unwrap());
    }

    /// The site's day.
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// The instant.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The answers with these ids.
    pub async fn rows(&self, ids: &[&str]) -> Vec<response::Model> {
        let ids = ids.iter().copied();
        response::Entity::find().filter(response::Column::InstanceId.is_in(ids)).all(self.ctx.read()).await.unwrap()
    }

    /// What was kept aside under these ids.
    pub async fn aside(&self, ids: &[&str]) -> Vec<quarantined::Model> {
        let ids = ids.iter().copied();
        let aside = quarantined::Entity::find().filter(quarantined::Column::InstanceId.is_in(ids));
        aside.all(self.ctx.read()).await.unwrap()
    }

    /// How many answers there are in all, and how many were kept aside.
    pub async fn count(&self) -> (u64, u64) {
        let rows = response::Entity::find().count(self.ctx.read()).await.unwrap();
        (rows, quarantined::Entity::find().count(self.ctx.read()).await.unwrap())
    }

    /// Makes the table forget that an id may stand in it once: what stands under it gets another one.
    pub async fn forget_key(&self, id: &str, chance: &mut Chance) {
        let other = chance.uuid();
        let code = form::digest(other.as_bytes());
        let renaming = response::Entity::update_many()
            .col_expr(response::Column::InstanceId, Expr::value(other))
            .col_expr(response::Column::CodeHash, Expr::value(code))
            .filter(response::Column::InstanceId.eq(id));
        renaming.exec(self.db.writer()).await.unwrap();
    }
}

fn routes(ctx: &Context) -> Router {
    router(ctx.clone(), &RouterOptions::new(std::env::temp_dir()))
}
