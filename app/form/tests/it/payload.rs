//! The frozen bytes.

use crate::example::answers;
use form::{Kind, Payload, PayloadError, Published, digest, is_instance_id};

const ID: &str = "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b";

fn payload() -> Payload {
    Payload {
        format: 1,
        questionnaire: "work-2026".into(),
        definition: "0f".repeat(32),
        instance_id: ID.into(),
        language: "ja-easy".into(),
        channel: None,
        answers: answers(r#"{"hours":{"integer":48},"consent":{"choice":"yes"}}"#),
    }
}

fn json() -> String {
    String::from_utf8(payload().canonical_bytes()).unwrap()
}

#[test]
fn canonical_bytes_never_change() {
    let hash = "0f".repeat(32);
    let expected = format!(
        r#"{{"format":1,"questionnaire":"work-2026","definition":"{hash}","instance_id":"{ID}","language":"ja-easy","answers":{{"consent":{{"choice":"yes"}},"hours":{{"integer":48}}}}}}"#
    );
    assert_eq!(json(), expected);
    assert_eq!(Payload::parse(expected.as_bytes()), Ok(payload()));
    let posted = Payload { channel: Some("qr-osaka".into()), ..payload() };
    assert!(String::from_utf8(posted.canonical_bytes()).unwrap().contains(r#""channel":"qr-osaka","answers""#));
}

#[test]
fn what_is_not_a_payload_is_refused() {
    for (from, to, error) in [
        (r#""format":1"#, r#""format":2"#, PayloadError::UnsupportedFormat),
        ("work-2026", "../work", PayloadError::BadQuestionnaire),
        ("0f0f", "0F0F", PayloadError::BadDefinition),
        ("0f0f", "0f", PayloadError::BadDefinition),
        ("-4e6f-", "-1e6f-", PayloadError::BadInstanceId),
        ("ja-easy", "ja easy", PayloadError::BadLanguage),
        (r#""answers""#, r#""channel":"Mrs Tran","answers""#, PayloadError::BadChannel),
        (r#""consent""#, r#""Consent""#, PayloadError::BadAnswerName),
        (r#""answers""#, r#""extra":1,"answers""#, PayloadError::NotAPayload),
        (r#""hours""#, r#""consent""#, PayloadError::NotAPayload),
        (r#""language":"ja-easy","#, "", PayloadError::NotAPayload),
        ("}}}", "}}", PayloadError::NotAPayload),
        ("}}}", "}}}}", PayloadError::NotAPayload),
    ] {
        assert!(json().contains(from), "{from}");
        assert_eq!(Payload::parse(json().replacen(from, to, 1).as_bytes()), Err(error), "{from} → {to}");
    }
    assert_eq!(Payload::parse(b""), Err(PayloadError::NotAPayload));
    assert_eq!(Payload::parse(&[0xff; 10]), Err(PayloadError::NotAPayload));
}

#[test]
fn size_is_bounded() {
    let padded = |length: usize| json() + &" ".repeat(length - json().len());
    assert_eq!(Payload::parse(padded(64 * 1024).as_bytes()), Ok(payload()));
    assert_eq!(Payload::parse(padded(64 * 1024 + 1).as_bytes()), Err(PayloadError::TooLarge));
}

/// The longest answers to the largest definition that publishing lets through still fit.
#[test]
fn what_publishing_accepts_can_be_sent() {
    let mut definition = crate::example::definition();
    definition.questions.truncate(1);
    let mut question = definition.questions[0].clone();
    question.kind = Kind::Text { max_bytes: 2000, multiline: true };
    let mut largest = None;
    definition.groups.clear();
    definition.calculations.clear();
    for index in 0..100 {
        question.name = format!("q{index:_<39}").replace(char::is_whitespace, "_");
        definition.questions.push(question.clone());
        let Ok(published) = Published::from_definition(definition.clone()) else {
            break;
        };
        largest = Some(published);
    }
    let published = largest.unwrap();
    let texts = published.definition().questions.iter().skip(1);
    let answers = texts.map(|question| (question.name.clone(), form::Answer::Text("\"".repeat(2000)))).collect();
    let payload = Payload {
        questionnaire: "q".repeat(60),
        channel: Some("c".repeat(40)),
        language: "zh-Hans-abcdefgh".into(),
        answers,
        ..payload()
    };
    let bytes = payload.canonical_bytes();
    assert!(bytes.len() > 60_000, "the bound is not far too careful: {}", bytes.len());
    assert_eq!(Payload::parse(&bytes), Ok(payload));
}

#[test]
fn digests_match_the_vectors_of_fips_180() {
    for (text, expected) in [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ] {
        assert_eq!(digest(text.as_bytes()), expected);
    }
    let million = "a".repeat(1_000_000);
    assert_eq!(digest(million.as_bytes()), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

#[test]
fn instance_ids_are_lower_case_version_4_uuids() {
    assert!(is_instance_id(ID));
    for (from, to) in [
        ("3f", "3F"),
        ("-4e", "-5e"),
        ("-8a", "-ca"),
        ("-", "_"),
        ("3f", "3g"),
        ("3f", "f"),
        ("3f", "33f"),
        ("3", "３"),
    ] {
        assert!(!is_instance_id(&ID.replacen(from, to, 1)), "{from} → {to}");
    }
    assert!(!is_instance_id(""));
}
