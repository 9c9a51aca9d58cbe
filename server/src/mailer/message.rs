//! A mail as it goes over the wire (RFC 5322): plain text, and the calendar entry beside it.

use app::events::server::mails::sending::{Fault, Outgoing};
use lettre::{
    Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use std::time::{Duration, SystemTime};

/// Builds it. The same mail has the same Message-ID, however often it is tried.
pub(super) fn build(mail: &Outgoing, from: &Mailbox, host: &str, now_ms: i64) -> Result<Message, Fault> {
    let recipient = mail.recipient.parse().map_err(|_| Fault::Unreadable)?;
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now_ms).unwrap_or(0));
    let letter = &mail.letter;
    let mut builder = Message::builder()
        .message_id(Some(["<", &mail.id, "@", host.trim_matches(['[', ']']), ">"].concat()))
        .date(now)
        .from(from.clone())
        .to(Mailbox::new(None, recipient))
        .subject(one_line(&letter.subject))
        // No holiday note comes back (RFC 3834).
        .raw_header(header("Auto-Submitted", "auto-generated")?);
    if let Some(address) = letter.unsubscribe.as_deref().filter(|address| !address.contains(['<', '>', '\r', '\n'])) {
        builder = builder
            .raw_header(header("List-Unsubscribe", &["<", address, ">"].concat())?)
            // Mail programs end it with one press (RFC 8058).
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let text = SinglePart::plain(letter.text.clone());
    let built = match &letter.calendar {
        None => builder.singlepart(text),
        Some(calendar) => builder.multipart(MultiPart::mixed().singlepart(text).singlepart(entry(calendar)?)),
    };
    built.map_err(|_| Fault::Unreadable)
}

/// The calendar entry; the part says the same method as the entry, or calendars pass it over (RFC 6047).
fn entry(calendar: &str) -> Result<SinglePart, Fault> {
    let method = calendar.lines().find_map(|line| line.strip_prefix("METHOD:")).unwrap_or("PUBLISH").trim();
    let kind = ContentType::parse(&["text/calendar; charset=utf-8; method=", method].concat());
    let kind = kind.map_err(|_| Fault::Unreadable)?;
    Ok(Attachment::new("event.ics".to_owned()).body(calendar.to_owned(), kind))
}

fn header(name: &str, value: &str) -> Result<HeaderValue, Fault> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| Fault::Unreadable)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// No line break gets into a header, whatever a text holds.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::events::server::mails::Letter;

    fn outgoing(recipient: &str, subject: &str) -> Outgoing {
        let letter = Letter { subject: subject.to_owned(), text: "Dear Red\n".to_owned(), ..Letter::default() };
        Outgoing { id: "8a5f".to_owned(), recipient: recipient.to_owned(), letter }
    }

    fn built(mail: &Outgoing) -> Result<String, Fault> {
        let from = "The desk <desk@example.org>".parse().unwrap();
        build(mail, &from, "entaku.example", 1_795_316_400_000).map(|mail| String::from_utf8(mail.formatted()).unwrap())
    }

    #[test]
    fn nothing_that_is_typed_becomes_a_header() {
        let text = built(&outgoing("red@example.org", "One\r\nBcc: all@example.org\r\n\r\ntwo")).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(head.contains("Subject: One Bcc: all@example.org two"), "{head}");
        for wrong in ["red@example.org\r\nBcc: all@example.org", "red", "", "a@b, c@d", "<red@example.org>\n"] {
            assert_eq!(built(&outgoing(wrong, "One")), Err(Fault::Unreadable), "{wrong:?}");
        }
        let letter = Letter { unsubscribe: Some("https://x>\r\nBcc: a@b".to_owned()), ..Letter::default() };
        let text = built(&Outgoing { letter, ..outgoing("red@example.org", "") }).unwrap();
        assert!(!text.contains("Bcc"), "{text}");
    }

    #[test]
    fn a_mail_says_who_sends_it_and_that_no_answer_is_to_come_by_itself() {
        let mut mail = outgoing("red@example.org", "申し込み");
        mail.letter.calendar = Some("BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n".to_owned());
        mail.letter.unsubscribe = Some("https://entaku.example/en/follow/x".to_owned());
        let text = built(&mail).unwrap();
        for part in [
            "Message-ID: <8a5f@entaku.example>\r\n",
            "Date: Sun, 22 Nov 2026 03:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "List-Unsubscribe: <https://entaku.example/en/follow/x>\r\n",
            "To: red@example.org\r\n",
            "Subject: =?utf-8?",
            "method=CANCEL",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
