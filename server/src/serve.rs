//! Listens, serves, and ends in order.
//!
//! The loop is our own instead of `axum::serve`, which sets no time limit on a request's head: whoever opens
//! connections and says nothing could hold all of them.

use crate::{config::Config, mailer::Mailer, maintenance, router::RouterOptions, start, worker};
use anyhow::{Context as _, ensure};
use app::server::Context;
use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{SignalKind, signal},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt as _;

/// For a request's head, and for a connection that rests between two requests.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// For what is under way when the process is told to end.
const GRACE: Duration = Duration::from_secs(10);
/// Connections at a time at most; the next one waits in the kernel's queue. Each desk and each screen holds one open.
const CONNECTIONS: usize = 16_000;
/// File descriptors that are for something else: database, files, mail.
const OTHERS: usize = 120;
/// As few connections as are served, whatever the system says.
const FEWEST: usize = 100;

/// Migrates, keeps house, serves; returns when told to end.
///
/// # Errors
/// When the port is taken, a built file is missing, the database cannot be reached.
pub async fn serve(config: &Config) -> anyhow::Result<()> {
    let site = config.dist()?.join("site");
    ensure!(
        site.join("pkg").is_dir(),
        "the built files in {} are missing: build them with `make build`",
        site.display()
    );
    keep_memory_to_itself();
    let mailer = Mailer::new(config)?;
    // Before anything is opened, so that a second start by mistake changes nothing.
    let address = config.server.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address} (ENTAKU_LISTEN): is another server running there?"))?;
    let ctx = start::context(config).await?;
    start::migrate(ctx.db()).await?;
    start::counts(&ctx).await?;
    config.advise();
    let options = RouterOptions { trusted_proxies: config.server.trusted_proxies.clone(), ..RouterOptions::new(site) };
    let router = crate::router::router(ctx.clone(), &options);
    let housekeeping = tokio::spawn(maintenance::run(ctx.clone(), config.data.clone()));
    let working = tokio::spawn(worker::run(ctx.clone(), mailer));
    let telling = ctx.clone();
    tokio::spawn(async move { telling.bus().relay(telling.db()).await });
    tracing::info!(%address, base_url = config.site.base_url, "serving");
    accept(listener, router, &ctx).await?;
    let _ = tokio::time::timeout(GRACE, async { tokio::join!(housekeeping, working) }).await;
    let _ = ctx.db().close().await;
    tracing::info!("ended");
    Ok(())
}

/// What somebody wrote without script stands in memory for a moment: it must not come onto the disk in a core file, and no
/// other process of this user may look into this one. The system may swap it out all the same: encrypt the swap.
fn keep_memory_to_itself() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    if setrlimit(Resource::Core, none).is_err() || set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
        tracing::warn!("the system writes core files of this process, which may hold what somebody wrote");
    }
}

/// Serves connections until the process is told to end, then ends them in order.
async fn accept(listener: TcpListener, router: Router, ctx: &Context) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be heard")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be heard")?;
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(connections()));
    loop {
        tokio::select! {
            next = admitted(&listener, &free) => {
                let (stream, peer, permit) = next?;
                let watcher = graceful.watcher();
                let service = TowerToHyperService::new(router.clone().map_request(move |mut request: Request<Incoming>| {
                    request.extensions_mut().insert(ConnectInfo(peer));
                    request
                }));
                tokio::spawn(async move {
                    // One version only: telling versions apart would wait for the first byte without a limit. The proxy
                    // in front speaks HTTP/2 with browsers.
                    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
                    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_LIMIT);
                    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
                    // A connection that breaks is the other side's business.
                    let _ = watcher.watch(connection).await;
                    drop(permit);
                });
            }
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        }
    }
    drop(listener);
    // Event streams would never end by themselves.
    ctx.bus().close();
    tracing::info!("ending: no new connections, {} seconds for the rest", GRACE.as_secs());
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
    Ok(())
}

/// How many connections there may be: what the system allows this process, after asking for all that it gives.
fn connections() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Refused, it stays as it was.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    let files = getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok());
    files.map_or(CONNECTIONS, |files| files.saturating_sub(OTHERS).clamp(FEWEST, CONNECTIONS))
}

/// The next connection, as soon as there is room for one more.
async fn admitted(
    listener: &TcpListener,
    free: &Arc<Semaphore>,
) -> anyhow::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = free.clone().acquire_owned().await.context("the server is closed")?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Without it each chunk of a stream waits forty milliseconds for the acknowledgement of the last.
                let _ = stream.set_nodelay(true);
                return Ok((stream, peer, permit));
            }
            // Out of descriptors, or the other side left already: neither ends the server.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
