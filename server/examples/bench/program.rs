//! The built program on a data folder of its own.

use crate::client::Client;
use anyhow::{Context as _, bail, ensure};
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running program; it ends with the value, its folder too.
pub struct Program {
    child: Child,
    installation: Installation,
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    /// From its start to the first answer.
    pub started_in: Duration,
}

impl Program {
    /// Starts it on the demonstration content. `page` is served as the file `/pkg/bench.html`.
    pub fn start(built: &Path, page: Option<&str>) -> anyhow::Result<Self> {
        Installation::seeded(built, page)?.serve()
    }

    /// The address that a new organizer was given, without the site.
    pub fn invite(&self) -> anyhow::Result<String> {
        let invited = self
            .installation
            .command("organizer")
            .args(["invite", "bench@example.org"])
            .stdout(Stdio::piped())
            .output()?;
        let link = String::from_utf8(invited.stdout)?;
        let said = String::from_utf8_lossy(&invited.stderr).into_owned();
        let at = link.find("/console/").with_context(|| format!("no link was printed: {said}"))?;
        Ok(link[at..].trim().to_owned())
    }

    /// Its data folder.
    pub fn folder(&self) -> &Path {
        self.installation.folder.path()
    }

    /// Memory that it really has, in mebibytes.
    pub fn resident_mib(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).context("Linux only")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib / 1024.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = self.installation.folder.path();
    }
}

/// A data folder with the demonstration content, and the program that has not started yet.
pub struct Installation {
    folder: tempfile::TempDir,
    port: u16,
}

impl Installation {
    /// A new one.
    pub fn seeded(built: &Path, page: Option<&str>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        lay_out(built, &folder.path().join("dist"), page)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let installation = Self { folder, port };
        let seeded = installation.command("seed").status()?.success();
        ensure!(seeded, "the demonstration content was not stored");
        Ok(installation)
    }

    /// The address of its database.
    pub fn database(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("bench.sqlite").display())
    }

    /// The program with this folder as its own.
    pub fn command(&self, name: &str) -> Command {
        let dist = self.folder.path().join("dist");
        let mut command = Command::new(dist.join("entaku"));
        command
            .arg(name)
            .current_dir(self.folder.path())
            .env("ENTAKU_DIST", &dist)
            .env("ENTAKU_DATABASE_URL", self.database())
            .env("ENTAKU_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("ENTAKU_TRUSTED_PROXIES", "127.0.0.1")
            .env("ENTAKU_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    }

    /// Starts it.
    pub fn serve(self) -> anyhow::Result<Program> {
        let begin = Instant::now();
        let port = self.port;
        let child = self.command("serve").spawn()?;
        let mut program = Program { child, installation: self, port, started_in: Duration::ZERO };
        while Client::connect(port).and_then(|mut client| client.get("/healthz")).is_err() {
            if begin.elapsed() > Duration::from_secs(20) {
                bail!("the program does not answer");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        program.started_in = begin.elapsed();
        Ok(program)
    }
}

/// A folder like `dist`, of links to it.
fn lay_out(built: &Path, dist: &Path, page: Option<&str>) -> anyhow::Result<()> {
    let built = built.canonicalize().with_context(|| format!("{} is not there: make build", built.display()))?;
    let pkg = dist.join("site/pkg");
    fs::create_dir_all(&pkg)?;
    for name in ["entaku", "worker.txt", "phone.txt", "console.txt", "desk.txt"] {
        symlink(built.join(name), dist.join(name))?;
    }
    for entry in fs::read_dir(built.join("site/pkg"))? {
        let path: PathBuf = entry?.path();
        symlink(&path, pkg.join(path.file_name().unwrap_or_default()))?;
    }
    if let Some(page) = page {
        fs::write(pkg.join("bench.html"), page)?;
    }
    Ok(())
}
