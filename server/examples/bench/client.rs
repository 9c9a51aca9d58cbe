//! Just enough of HTTP/1.1 to ask one server on the loopback without slowing it down.

use anyhow::{Context as _, ensure};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

/// One connection that stays open.
pub struct Client {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
    /// What it was told to remember, as it sends it back.
    cookies: String,
}

impl Client {
    /// Connects to a port of this machine.
    pub fn connect(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        // With a million answers the first write waits for the daily tidying of a database that was just filled.
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        Ok(Self { stream: BufReader::new(stream), body: Vec::new(), cookies: String::new() })
    }

    /// The body at an address that must answer 200.
    pub fn get(&mut self, path: &str) -> anyhow::Result<String> {
        let cookies = self.cookies.clone();
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookies}\r\n\r\n"))?;
        Ok(String::from_utf8(self.body.clone())?)
    }

    /// Sends a form of the site's own, as if from `network`, that leads elsewhere; remembers the cookies that it set.
    pub fn send_form(&mut self, path: &str, network: &str, form: &str) -> anyhow::Result<()> {
        let (status, cookies) = self.exchange(&format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {network}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        ))?;
        ensure!(status.starts_with("HTTP/1.1 303"), "the form at {path:.20} answers {status}");
        self.cookies = cookies.join("; ");
        Ok(())
    }

    /// A page of its own: what it sets is remembered, and what it says is given.
    pub fn visit(&mut self, path: &str) -> anyhow::Result<String> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {}\r\n\r\n", self.cookies);
        self.remember(&request)
    }

    /// Sends a form of its own, wherever it leads; what is set is remembered, and what it says is given.
    pub fn send_own(&mut self, path: &str, form: &str) -> anyhow::Result<String> {
        self.send(path, "application/x-www-form-urlencoded", form)
    }

    /// Calls the API with what it was told to remember.
    pub fn call(&mut self, path: &str, json: &str) -> anyhow::Result<String> {
        self.send(path, "application/json", json)
    }

    /// What it was told to remember.
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    fn send(&mut self, path: &str, kind: &str, body: &str) -> anyhow::Result<String> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookies,
            body.len()
        );
        self.remember(&request)
    }

    fn remember(&mut self, request: &str) -> anyhow::Result<String> {
        let (status, cookies) = self.exchange(request)?;
        let is_fine = status.starts_with("HTTP/1.1 200") || status.starts_with("HTTP/1.1 303");
        ensure!(is_fine, "{request:.40} answers {status}");
        for cookie in cookies {
            let name = cookie.split('=').next().unwrap_or_default().to_owned();
            let kept: Vec<&str> = self
                .cookies
                .split("; ")
                .filter(|kept| !kept.is_empty() && kept.split('=').next() != Some(&name))
                .collect();
            self.cookies = kept.into_iter().chain([cookie.as_str()]).collect::<Vec<_>>().join("; ");
        }
        Ok(String::from_utf8(self.body.clone())?)
    }

    /// Calls the API as if from `network`.
    pub fn post(&mut self, path: &str, network: &str, json: &str) -> anyhow::Result<String> {
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {network}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
            json.len()
        ))?;
        Ok(String::from_utf8(self.body.clone())?)
    }

    /// Sends a request that must be answered by 200.
    fn ask(&mut self, request: &str) -> anyhow::Result<()> {
        let (status, _) = self.exchange(request)?;
        ensure!(status.starts_with("HTTP/1.1 200"), "{request:.60} answers {status}");
        Ok(())
    }

    /// Sends a request and reads the whole answer; gives its first line and the cookies it sets.
    fn exchange(&mut self, request: &str) -> anyhow::Result<(String, Vec<String>)> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut status = String::new();
        self.stream.read_line(&mut status)?;
        let (mut length, mut cookies, mut line) = (None, Vec::new(), String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line.trim_end().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                if name.eq_ignore_ascii_case("content-length") {
                    length = Some(value.trim().parse::<usize>()?);
                } else if name.eq_ignore_ascii_case("set-cookie") {
                    cookies.extend(value.trim().split(';').next().map(str::to_owned));
                }
            }
        }
        self.body.resize(length.context("an answer without a length")?, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok((status, cookies))
    }
}

/// What came of asking for one page again and again.
pub struct Load {
    /// Answers a second, over all connections.
    pub per_second: f64,
    /// Half of the answers took less.
    pub median: Duration,
}

/// Asks for a page over several connections, each as fast as it is answered.
pub fn load(port: u16, path: &str, connections: usize, time: Duration) -> anyhow::Result<Load> {
    let begin = Instant::now();
    let threads: Vec<_> = (0..connections)
        .map(|_| {
            let request = format!("GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n");
            thread::spawn(move || -> anyhow::Result<Vec<Duration>> {
                let mut client = Client::connect(port)?;
                let mut times = Vec::new();
                while begin.elapsed() < time {
                    let begin = Instant::now();
                    client.ask(&request)?;
                    times.push(begin.elapsed());
                }
                Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for thread in threads {
        times.extend(thread.join().map_err(|_| anyhow::anyhow!("a thread of the bench failed"))??);
    }
    let took = begin.elapsed().as_secs_f64();
    times.sort_unstable();
    let median = *times.get(times.len() / 2).context("no answer at all")?;
    #[allow(clippy::cast_precision_loss, reason = "some ten thousands")]
    let per_second = times.len() as f64 / took;
    Ok(Load { per_second, median })
}
