//! The worker against a mail server that does its worst.

use super::mails::{all_mails, colours, make, register, typed};
use crate::support::TestApp;
use app::{
    events::{
        server::{
            catalogue::Event,
            entities::{call, mail, mail::State as Sending, mailing::MailKind},
            mails::{self, Letter, Mailing, sending},
        },
        standing::State,
    },
    server::Context,
};
use sea_orm::EntityTrait;
use server::{
    config::Mail,
    mailer::{Limits, Mailer},
    worker::send_due,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Accept,
    /// Answers this to the recipient.
    AnswerRecipient(&'static str),
    /// Answers this to the sender.
    AnswerSender(&'static str),
    HangAtOnce,
    HangAfterData,
    /// Takes the mail and is gone before it says so.
    DropAfterData,
}

/// A mail server on a port of its own.
struct Server {
    port: u16,
    manner: Arc<Mutex<Manner>>,
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, manner: Arc::new(Mutex::new(manner)), taken: Arc::default() };
        let (manner, taken) = (server.manner.clone(), server.taken.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, manner.clone(), taken.clone()));
            }
        });
        server
    }

    fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    fn taken(&self) -> Vec<(String, String)> {
        self.taken.lock().unwrap().clone()
    }

    fn mailer(&self) -> Mailer {
        let mail = Mail {
            smtp_url: Some(format!("smtp://127.0.0.1:{}?tls=off", self.port)),
            from: Some("The desk <desk@example.org>".to_owned()),
        };
        let limits = Limits { connect: Duration::from_millis(400), command: Duration::from_millis(400) };
        Mailer::with_limits(&mail, std::path::Path::new("/nowhere"), "http://entaku.example", limits).unwrap()
    }
}

async fn talk(stream: TcpStream, manner: Arc<Mutex<Manner>>, taken: Arc<Mutex<Vec<(String, String)>>>) {
    let now = || *manner.lock().unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    if now() == Manner::HangAtOnce {
        std::future::pending::<()>().await;
    }
    let mut recipient = String::new();
    let _ = write.write_all(b"220 test\r\n").await;
    while let Ok(Some(line)) = lines.next_line().await {
        let command = line.to_uppercase();
        let answer = if command.starts_with("EHLO") {
            "250 test".to_owned()
        } else if command.starts_with("MAIL") {
            if let Manner::AnswerSender(answer) = now() { answer.to_owned() } else { "250 ok".to_owned() }
        } else if command.starts_with("RCPT") {
            recipient = line.clone();
            if let Manner::AnswerRecipient(answer) = now() { answer.to_owned() } else { "250 ok".to_owned() }
        } else if command.starts_with("DATA") {
            let _ = write.write_all(b"354 go on\r\n").await;
            let mut text = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                text.push_str(&line);
                text.push('\n');
            }
            if now() == Manner::HangAfterData {
                std::future::pending::<()>().await;
            }
            taken.lock().unwrap().push((recipient.clone(), text));
            if now() == Manner::DropAfterData {
                return;
            }
            "250 taken".to_owned()
        } else {
            "221 bye".to_owned()
        };
        let _ = write.write_all(format!("{answer}\r\n").as_bytes()).await;
    }
}

/// An event with so many guests, each told that they are registered.
async fn registered(ctx: &Context, guests: u32) -> Event {
    let event = make(ctx, &colours("colours", None), State::Open).await;
    for number in 0..guests {
        register(ctx, &event, &typed(&format!("Red {number}"), "", &format!("red{number}@example.org")), "ja").await;
    }
    event
}

async fn only(ctx: &Context) -> mail::Model {
    let mut rows = all_mails(ctx).await;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

fn header(mail: &str, name: &str) -> String {
    mail.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned()
}

#[tokio::test]
async fn a_mail_arrives_whole_and_its_text_is_forgotten() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::Accept).await);
    registered(ctx, 1).await;
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 1);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].0.contains("<red0@example.org>"));
    let text = &taken[0].1;
    let row = only(ctx).await;
    assert_eq!(header(text, "Message-ID:"), format!("<{}@entaku.example>", row.id));
    assert_eq!(header(text, "Auto-Submitted:"), "auto-generated");
    assert!(text.contains("text/calendar") && text.contains("method=PUBLISH"), "{text}");
    assert_eq!((row.state, row.message, row.tries), (Sending::Sent, None, 1));
    assert!(row.recipient.is_some() && row.sent_at.is_some() && row.claimed_until.is_none());
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 0);
}

#[tokio::test]
async fn two_workers_send_each_mail_once() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::Accept).await);
    registered(ctx, 30).await;
    let (one, two) = (server.mailer(), server.mailer());
    let work = async |mailer: &Mailer| while send_due(ctx, mailer).await.unwrap() > 0 {};
    tokio::join!(work(&one), work(&two));
    let taken = server.taken();
    let ids: BTreeSet<String> = taken.iter().map(|(_, text)| header(text, "Message-ID:")).collect();
    assert_eq!((taken.len(), ids.len()), (30, 30));
}

#[tokio::test]
async fn a_server_that_hangs_holds_nobody_and_the_mail_goes_later() {
    for manner in [Manner::HangAtOnce, Manner::HangAfterData] {
        let app = TestApp::new().await;
        let (ctx, server) = (&app.ctx, Server::start(manner).await);
        registered(ctx, 1).await;
        let began = Instant::now();
        assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 1);
        assert!(began.elapsed() < Duration::from_secs(10), "{manner:?}");
        let row = only(ctx).await;
        assert_eq!((row.state, row.tries), (Sending::Waiting, 1), "{manner:?}");
        assert!(row.fault.is_some() && row.message.is_some());
        server.behave(Manner::Accept);
        assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 0, "not yet");
        ctx.clock().advance(60_000);
        assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 1);
        assert_eq!((only(ctx).await.state, server.taken().len()), (Sending::Sent, 1), "{manner:?}");
    }
}

#[tokio::test]
async fn later_means_later_and_after_three_days_never() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::AnswerRecipient("450 later")).await);
    registered(ctx, 1).await;
    for (tries, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (5, 60)] {
        assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 1);
        let row = only(ctx).await;
        assert_eq!((row.state, row.tries, row.fault.as_deref()), (Sending::Waiting, tries, Some("deferred")));
        assert_eq!(row.due_at, ctx.clock().now_ms() + minutes * 60_000);
        ctx.clock().advance(minutes * 60_000);
    }
    ctx.clock().advance(3 * 24 * 3_600_000);
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 1);
    let row = only(ctx).await;
    assert_eq!((row.state, row.message), (Sending::Failed, None));
    ctx.clock().advance(24 * 3_600_000);
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_refused_address_is_given_up_and_its_guest_called() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::AnswerRecipient("550 nobody here")).await);
    let event = &registered(ctx, 1).await;
    ctx.write(|tx| async move {
        mails::send(ctx, &tx, event, Mailing { kind: MailKind::Changed, organizer: None, words: None }).await.map(drop)
    })
    .await
    .unwrap();
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 2);
    for row in all_mails(ctx).await {
        assert_eq!((row.state, row.fault.as_deref(), row.message), (Sending::Failed, Some("refused"), None));
    }
    assert_eq!(call::Entity::find().all(ctx.read()).await.unwrap().len(), 1, "of the mailing");
}

#[tokio::test]
async fn what_is_wrong_with_us_costs_no_mail() {
    for answer in ["550 you may not", "530 sign in first", "421 busy"] {
        let app = TestApp::new().await;
        let (ctx, server) = (&app.ctx, Server::start(Manner::AnswerSender(answer)).await);
        registered(ctx, 1).await;
        send_due(ctx, &server.mailer()).await.unwrap();
        assert_eq!(only(ctx).await.state, Sending::Waiting, "{answer}");
    }
    let app = TestApp::new().await;
    registered(&app.ctx, 1).await;
    let nobody = Server { port: 1, manner: Arc::new(Mutex::new(Manner::Accept)), taken: Arc::default() };
    send_due(&app.ctx, &nobody.mailer()).await.unwrap();
    let row = only(&app.ctx).await;
    assert_eq!((row.state, row.fault.as_deref()), (Sending::Waiting, Some("unreachable")));
}

#[tokio::test]
async fn a_mail_that_may_have_gone_goes_again_under_the_same_name() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::DropAfterData).await);
    registered(ctx, 1).await;
    send_due(ctx, &server.mailer()).await.unwrap();
    assert_eq!(only(ctx).await.state, Sending::Waiting);
    server.behave(Manner::Accept);
    ctx.clock().advance(60_000);
    send_due(ctx, &server.mailer()).await.unwrap();
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(header(&taken[0].1, "Message-ID:"), header(&taken[1].1, "Message-ID:"));
}

#[tokio::test]
async fn a_worker_that_died_loses_no_mail() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::Accept).await);
    registered(ctx, 1).await;
    assert_eq!(sending::claim(ctx, 10).await.unwrap().len(), 1, "and then it died");
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 0, "it is another's");
    ctx.clock().advance(sending::CLAIM_MS);
    assert_eq!(send_due(ctx, &server.mailer()).await.unwrap(), 1);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_worker_that_ends_gives_back_what_it_has() {
    let app = TestApp::new().await;
    let (ctx, server) = (&app.ctx, Server::start(Manner::Accept).await);
    registered(ctx, 3).await;
    ctx.bus().close();
    send_due(ctx, &server.mailer()).await.unwrap();
    assert!(server.taken().is_empty());
    assert!(all_mails(ctx).await.iter().all(|mail| mail.claimed_until.is_none() && mail.tries == 0));
}

#[tokio::test]
async fn without_a_server_each_mail_is_a_file() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    registered(ctx, 2).await;
    let data = tempfile::tempdir().unwrap();
    let mailer =
        Mailer::with_limits(&Mail::default(), data.path(), "http://127.0.0.1:3000", Limits::default()).unwrap();
    assert_eq!(send_due(ctx, &mailer).await.unwrap(), 2);
    for mail in all_mails(ctx).await {
        let text = std::fs::read_to_string(data.path().join("mails").join(format!("{}.eml", mail.id))).unwrap();
        assert!(text.contains("Subject:") && text.contains("To: red"));
    }
    mailer.tidy();
    let folder = data.path().join("mails");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "they are new");
    // A week and a day later the file with a guest's name goes; whatever else lies there is not ours.
    let ids: Vec<_> = all_mails(ctx).await.into_iter().map(|mail| mail.id).collect();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(8 * 24 * 3_600);
    std::fs::write(folder.join("list.txt"), "x").unwrap();
    for name in [format!("{}.eml", ids[0]), "list.txt".to_owned()] {
        std::fs::File::options().append(true).open(folder.join(name)).unwrap().set_modified(old).unwrap();
    }
    mailer.tidy();
    assert!(!folder.join(format!("{}.eml", ids[0])).exists(), "old");
    assert!(folder.join(format!("{}.eml", ids[1])).exists() && folder.join("list.txt").exists());
    assert!(Letter::of_json("nonsense").is_none());
}
