//! What the files say: in all languages, and sound.

use super::*;
use crate::events::{details::HostRole, words::Words};
use std::collections::BTreeSet;

const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];
/// Cities that are written the same.
const SAME: [&str; 3] = ["Tokyo", "Osaka", "大阪"];

fn events(content: &Content) -> impl Iterator<Item = &EventText> {
    content.past.iter().chain([&content.dated.rehearsal, &content.dated.next])
}

fn texts(content: &Content) -> Vec<&Words> {
    let mut texts: Vec<&Words> = content.series.iter().flat_map(|series| [&series.title, &series.about]).collect();
    for host in content.hosts.values() {
        texts.push(&host.name);
        texts.extend(Some(&host.receives).filter(|words| !words.is_empty()));
    }
    for event in events(content) {
        texts.extend([&event.title, &event.details.about]);
        texts.extend(Some(&event.details.interpretation).filter(|words| !words.is_empty()));
        for item in &event.details.programme {
            texts.push(&item.title);
            texts.extend(item.speakers.iter().map(|speaker| &speaker.organisation));
        }
        for place in &event.places {
            texts.push(&place.name);
            texts.extend(&place.address);
            texts.extend(Some(&place.access).filter(|words| !words.is_empty()));
        }
    }
    texts
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' | '〆')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

/// Whether each kanji stands in a group `{漢字|かんじ}` whose reading is kana.
fn is_read_aloud(text: &str) -> bool {
    let mut parts = text.split('{');
    let is_plain = |part: &str| !part.chars().any(|c| is_kanji(c) || c == '|' || c == '}');
    parts.next().is_none_or(is_plain)
        && parts.all(|part| {
            part.split_once('}').is_some_and(|(group, rest)| {
                group.split_once('|').is_some_and(|(base, reading)| {
                    base.chars().any(is_kanji)
                        && !reading.is_empty()
                        && reading.chars().all(|c| is_kana(c) || c == 'ー')
                }) && is_plain(rest)
            })
        })
}

#[test]
fn every_text_is_said_in_every_language() {
    let content = Content::read().unwrap();
    let texts = texts(&content);
    assert!(texts.len() > 60, "{}", texts.len());
    for words in texts {
        assert_eq!(words.iter().map(|(tag, _)| tag).collect::<BTreeSet<_>>(), BTreeSet::from(LANGUAGES));
        assert!(words.iter().all(|(_, text)| !text.trim().is_empty()), "{words:?}");
        let [ja, easy, en, zh, vi] = LANGUAGES.map(|tag| words.get(tag));
        assert!(vi != en || SAME.contains(&en), "vi is left in English: {en}");
        assert!(zh != ja || SAME.contains(&ja), "zh-Hans is left in Japanese: {ja}");
        assert!(is_read_aloud(easy), "ja-easy cannot be read: {easy}");
        for text in [en, vi] {
            assert!(!text.chars().any(|c| is_kana(c) || is_kanji(c)), "{text}");
        }
        assert!(!zh.chars().any(is_kana), "{zh}");
        assert!(words.iter().all(|(_, text)| !text.contains(['!', '！'])), "{words:?}");
        assert!([ja, en, zh, vi].iter().all(|text| !text.contains('{')), "readings are for ja-easy: {words:?}");
    }
}

#[test]
fn the_check_of_readings_can_fail() {
    assert!(is_read_aloud("{漢字|かんじ}を よみます"));
    for wrong in ["漢字", "{漢字|漢字}", "{漢字}", "{漢字|かんじ", "{かな|かな}", "{漢|かん}字"] {
        assert!(!is_read_aloud(wrong), "{wrong}");
    }
}

#[test]
fn every_plan_is_sound() {
    let content = Content::read().unwrap();
    let mut slugs = BTreeSet::new();
    for event in events(&content) {
        let held_on = event.held_on.unwrap_or(Day::LAST);
        let plan = content.plan(event, None, None, held_on).unwrap();
        assert_eq!(plan.faults(), [], "{}", event.slug);
        assert!(plan.details.is_demonstration && !plan.details.hosts.is_empty());
        assert!(slugs.insert(&event.slug), "{}", event.slug);
        let is_known = |slug: &String| content.series.iter().any(|series| series.slug == *slug);
        assert!(event.series.as_ref().is_none_or(is_known), "{}", event.slug);
        assert!(content.past.iter().all(|past| past.held_on.is_some_and(|day| day.year() == 2018)));
    }
    for host in content.hosts.values().filter(|host| host.role == HostRole::Supporter) {
        assert!(host.receives.is_empty(), "who supports is given no names");
    }
}

#[test]
fn guests_are_colours_and_numbers() {
    let content = Content::read().unwrap();
    let guests = guests::all(&content.guests).unwrap();
    assert_eq!(guests.len(), 120);
    let names: BTreeSet<String> = guests.iter().map(|(_, guest)| guest.name_key()).collect();
    assert_eq!(names.len(), 120, "nobody repeats another");
    let with_mail: Vec<_> = guests.iter().filter_map(|(_, guest)| guest.email_key()).collect();
    assert_eq!(with_mail.len(), 40);
    assert!(with_mail.iter().all(|email| email.ends_with("@example.org")));
    for (colour, guest) in &guests {
        assert!(guest.phone_key().starts_with("03000000") && guest.phone_key().len() == 10, "{}", guest.phone_key());
        assert!(guest.reading.is_some() && LANGUAGES.contains(&colour.language.as_str()));
    }
}

#[test]
fn a_weekend_is_passed_over() {
    let day = |date| Day::new(2026, 12, date).unwrap();
    for (from, to) in [(4, 4), (5, 7), (6, 7), (7, 7), (9, 9)] {
        assert_eq!(weekday(day(from)), day(to));
    }
}
