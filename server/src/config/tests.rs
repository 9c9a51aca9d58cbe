use super::Config;
use std::{collections::HashMap, fs, os::unix::fs::PermissionsExt as _, path::Path};

const SECRET: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn load(file: Option<&str>, variables: &[(&str, &str)]) -> anyhow::Result<Config> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("given.toml");
    if let Some(text) = file {
        fs::write(&path, text)?;
    }
    let variables: HashMap<_, _> = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Config::from_parts(file.map(|_| path.as_path()), &variables)
}

fn refusal(file: Option<&str>, variables: &[(&str, &str)]) -> String {
    format!("{:#}", load(file, variables).expect_err("refused"))
}

#[test]
fn defaults_work_on_a_laptop() {
    let config = load(None, &[]).expect("defaults");
    assert_eq!(config.database.url, "sqlite://./data/entaku.sqlite");
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.site.base_url, "http://127.0.0.1:3000");
    assert_eq!(config.site.utc_offset_minutes, 540);
}

#[test]
fn environment_wins_over_file_over_default() {
    let file = "[server]\nlisten = \"127.0.0.1:4000\"\n[site]\nutc_offset_minutes = 0\n";
    let config = load(Some(file), &[("ENTAKU_LISTEN", "127.0.0.1:5000")]).expect("both");
    assert_eq!(config.server.listen.port(), 5000);
    assert_eq!(config.site.utc_offset_minutes, 0);
    assert_eq!(config.site.base_url, "http://127.0.0.1:3000");
}

#[test]
fn the_database_follows_the_data_folder() {
    let config = load(None, &[("ENTAKU_DATA", "/srv/entaku")]).expect("data");
    assert_eq!(config.database.url, "sqlite:///srv/entaku/entaku.sqlite");
}

#[test]
fn unknown_keys_are_refused_by_name() {
    assert!(refusal(Some("[server]\nlisten_on = \"127.0.0.1:1\"\n"), &[]).contains("listen_on"));
    assert!(refusal(Some("colour = \"red\"\n"), &[]).contains("colour"));
    assert!(refusal(None, &[("ENTAKU_DATABASE", "x")]).contains("ENTAKU_DATABASE"));
}

#[test]
fn wrong_values_are_refused_with_the_setting() {
    assert!(refusal(None, &[("ENTAKU_LISTEN", "everywhere")]).contains("listen"));
    assert!(refusal(None, &[("ENTAKU_TRUSTED_PROXIES", "proxy.local")]).contains("trusted_proxies"));
    assert!(refusal(None, &[("ENTAKU_UTC_OFFSET_MINUTES", "nine")]).contains("ENTAKU_UTC_OFFSET_MINUTES"));
    assert!(refusal(None, &[("ENTAKU_UTC_OFFSET_MINUTES", "5000")]).contains("utc_offset_minutes"));
    for url in ["example.org", "https://", "https://example.org/path", "ftp://example.org"] {
        assert!(refusal(None, &[("ENTAKU_BASE_URL", url)]).contains("base_url"), "{url}");
    }
    assert!(refusal(None, &[("ENTAKU_DATABASE_URL", "mysql://x")]).contains("database.url"));
    let missing = Config::from_parts(Some(Path::new("/nowhere/entaku.toml")), &HashMap::new());
    assert!(format!("{:#}", missing.expect_err("missing")).contains("/nowhere/entaku.toml"));
}

#[test]
fn what_is_shown_can_be_read_again() {
    let variables = [
        ("ENTAKU_LISTEN", "[::1]:8080"),
        ("ENTAKU_BASE_URL", "https://entaku.example/"),
        ("ENTAKU_DATABASE_URL", "postgres://entaku@db/entaku"),
        ("ENTAKU_SECRET_FILE", "/run/secret"),
        ("ENTAKU_DIST", "/srv/dist"),
        ("ENTAKU_LOG", "debug"),
        ("ENTAKU_SMTP_URL", "smtp://mail.example:25?tls=off"),
        ("ENTAKU_MAIL_FROM", "The desk <desk@example.org>"),
        ("ENTAKU_TRUSTED_PROXIES", "10.0.0.1, ::1"),
    ];
    for config in [load(None, &[]).expect("defaults"), load(None, &variables).expect("set")] {
        let shown = config.to_toml().expect("toml");
        assert_eq!(load(Some(&shown), &[]).expect(&shown), config);
    }
}

#[test]
fn secrets_are_not_shown() {
    let config = load(
        None,
        &[
            ("ENTAKU_SECRET", SECRET),
            ("ENTAKU_DATABASE_URL", "postgres://entaku:hunter2@db:5432/entaku?sslmode=require"),
            ("ENTAKU_SMTP_URL", "smtps://desk:hunter3@mail.example"),
            ("ENTAKU_MAIL_FROM", "desk@example.org"),
        ],
    )
    .expect("set");
    let shown = config.to_toml().expect("toml");
    assert!(!shown.contains(SECRET) && !shown.contains("hunter"), "{shown}");
    assert!(shown.contains("smtps://desk:********@mail.example"), "{shown}");
    assert!(shown.contains("postgres://entaku:********@db:5432/entaku?sslmode=require"), "{shown}");
    assert!(format!("{:#}", load(Some(&shown), &[]).expect_err("masked")).contains("password"));
}

#[test]
fn the_secret_is_made_once_and_for_the_owner_only() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    let config = load(None, &[("ENTAKU_DATA", &data.to_string_lossy())]).expect("config");
    let made = config.secret().expect("made");
    assert_eq!(config.secret().expect("read"), made);
    let mode = fs::metadata(data.join("secret")).expect("file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn weak_secrets_are_refused() {
    let zeros = "0".repeat(64);
    for weak in ["", "secret", &SECRET[..62], &zeros, &format!("{}zz", &SECRET[..62])] {
        let config = load(None, &[("ENTAKU_SECRET", weak)]).expect("config");
        assert!(format!("{:#}", config.secret().expect_err("weak")).contains("ENTAKU_SECRET"), "{weak:?}");
    }
    let both = load(None, &[("ENTAKU_SECRET", SECRET), ("ENTAKU_SECRET_FILE", "/x")]).expect("config");
    assert!(both.secret().is_err());
    assert_eq!(load(None, &[("ENTAKU_SECRET", SECRET)]).expect("config").secret().expect("good")[31], 0x1f);
}

#[test]
fn mail_is_sent_by_a_server_with_a_sender_or_not_at_all() {
    let none = load(None, &[]).expect("defaults");
    assert_eq!(none.mail.server().expect("none"), None);
    assert!(refusal(None, &[("ENTAKU_SMTP_URL", "smtps://mail.example")]).contains("ENTAKU_MAIL_FROM"));
    let from = ("ENTAKU_MAIL_FROM", "desk@example.org");
    for wrong in ["mail.example", "http://mail.example", "smtp://u@mail.example", "smtp://mail.example?tls=maybe"] {
        assert!(refusal(None, &[("ENTAKU_SMTP_URL", wrong), from]).contains("ENTAKU_SMTP_URL"), "{wrong}");
    }
    let hidden = refusal(None, &[("ENTAKU_SMTP_URL", "smtps://desk:********@mail.example"), from]);
    assert!(hidden.contains("mail.smtp_url") && hidden.contains("password"), "{hidden}");
    let wrong = refusal(None, &[("ENTAKU_SMTP_URL", "smtps://desk:hunter2/x@mail.example"), from]);
    assert!(!wrong.contains("hunter2"), "{wrong}");
    let set = load(None, &[("ENTAKU_SMTP_URL", "smtps://desk:pw@mail.example"), from]).expect("set");
    let server = set.mail.server().expect("read").expect("one");
    assert_eq!((server.host.as_str(), server.port), ("mail.example", 465));
}

#[test]
fn root_of_the_voice_desk_is_a_key_or_refused() {
    let root = "AB".repeat(32);
    let set = load(None, &[("ENTAKU_VOICES_ROOT", &root)]).expect("set");
    assert_eq!(set.voices.root(), Some([0xab; 32]));
    assert_eq!(load(None, &[]).expect("defaults").voices.root(), None);
    for wrong in ["", "ab", &"zz".repeat(32), &"+f".repeat(32), &"ab".repeat(33)] {
        assert!(refusal(None, &[("ENTAKU_VOICES_ROOT", wrong)]).contains("voices.root"), "{wrong}");
    }
}

#[test]
fn trustees_are_mail_addresses_or_refused() {
    let set = load(None, &[("ENTAKU_VOICES_TRUSTEES", "chair@example.org, lawyer@example.org")]).expect("set");
    assert_eq!(set.voices.trustees, ["chair@example.org", "lawyer@example.org"]);
    for wrong in ["chair", "a@b\r\nBcc:c@d", "<a@example.org>"] {
        assert!(refusal(None, &[("ENTAKU_VOICES_TRUSTEES", wrong)]).contains("voices.trustees"), "{wrong:?}");
    }
}
