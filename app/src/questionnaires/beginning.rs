//! What the server hands the island of the questionnaire: where the person stands. It travels as JSON in an attribute
//! of the page and is read by hand: serde would be a third of the program on a worker's phone (see [`form::json`]).

use crate::{
    questionnaires::{stage::Person, walk::Place},
    ui::{Reader, reader::locale_of},
};
use form::{
    Answers, Day,
    json::{self, Tree},
};
use outbox::draft::Phone;

/// A person on the way, as the page was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Who reads.
    pub reader: Reader,
    /// Whose answers these are. On the first page the id is that of the open draft that the browser's cookie holds, or
    /// empty, and the definition is the one on which somebody would begin now.
    pub person: Person,
    /// What was answered before.
    pub answers: Answers,
    /// Which of the phone's tellings they were, or came after; see [`crate::questionnaires::kept::reconcile`].
    pub telling: String,
    /// The page on which it begins: a page of questions or the check page; `None` on the first page, before *Begin*.
    pub place: Option<Place>,
    /// Whether the person came there from the check page.
    pub change: bool,
    /// Who uses the phone, once the person said so.
    pub phone: Option<Phone>,
    /// Whose answers the browser's cookie knows to be sent, on the first page.
    pub settled: Option<String>,
    /// The build of the program that this page belongs to.
    pub build: String,
}

impl Beginning {
    /// As the attribute holds it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { reader, person, answers, telling, place, change, phone, settled, build } = self;
        let mut json = String::from("{");
        json::field("language", reader.tag(), &mut json);
        for (name, flag) in [("furigana", reader.furigana), ("japanese", reader.with_japanese), ("change", *change)] {
            json::key(name, &mut json);
            json.push_str(if flag { "true" } else { "false" });
        }
        for (name, text) in [
            ("slug", &person.slug),
            ("definition", &person.definition),
            ("instance_id", &person.instance_id),
            ("begun_in", &person.language),
            ("receipt_key", &person.receipt_key),
            ("intake_key", &person.intake_key),
            ("today", &person.today.into()),
            ("help", &person.help),
            ("build", build),
            ("telling", telling),
        ] {
            json::field(name, text, &mut json);
        }
        if let Some(channel) = &person.channel {
            json::field("channel", channel, &mut json);
        }
        match place {
            None => json::field("at", "start", &mut json),
            Some(Place::Question(name)) => json::field("question", name, &mut json),
            Some(Place::Check | Place::Nothing) => {}
        }
        if let Some(phone) = phone {
            json::field("phone", phone.word(), &mut json);
        }
        if let Some(settled) = settled {
            json::field("settled", settled, &mut json);
        }
        json::key("answers", &mut json);
        answers.write(&mut json);
        json.push('}');
        json
    }

    /// Reads the attribute; `None` if it is something else.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        let tree = Tree::parse(json).ok()?;
        let flag = |name: &str| tree.field(name).is_some_and(Tree::is_true);
        let text = |name: &str| Some(tree.field(name)?.text()?.to_owned());
        Some(Self {
            reader: Reader {
                locale: locale_of(&text("language")?)?,
                furigana: flag("furigana"),
                with_japanese: flag("japanese"),
            },
            person: Person {
                slug: text("slug")?,
                definition: text("definition")?,
                instance_id: text("instance_id")?,
                language: text("begun_in")?,
                channel: text("channel"),
                receipt_key: text("receipt_key")?,
                intake_key: text("intake_key")?,
                today: Day::parse(&text("today")?)?,
                help: text("help")?,
            },
            answers: Answers::read(tree.field("answers")?)?,
            telling: text("telling").unwrap_or_default(),
            place: match text("question") {
                Some(name) => Some(Place::Question(name)),
                None => tree.field("at").is_none().then_some(Place::Check),
            },
            change: flag("change"),
            phone: text("phone").and_then(|word| Phone::of(&word)),
            settled: text("settled"),
            build: text("build")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Locale, ui::reader::LOCALES};
    use form::Answer;

    #[test]
    fn what_the_server_writes_the_island_reads() {
        for locale in LOCALES {
            for (furigana, with_japanese, change) in [(true, false, true), (false, true, false)] {
                let beginning = Beginning {
                    reader: Reader { locale, furigana, with_japanese },
                    person: Person {
                        slug: "working-in-japan".into(),
                        definition: "ab".repeat(32),
                        instance_id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
                        language: "vi".into(),
                        channel: furigana.then(|| "union-a".into()),
                        receipt_key: "cd".repeat(32),
                        intake_key: "ef".repeat(32),
                        today: "2026-11-22".parse().unwrap(),
                        help: "<p>0120-811-610</p>".into(),
                    },
                    answers: [("message", Answer::Text("\"</div>\n'&\u{1}".into()))].into_iter().collect(),
                    telling: if change { "0a1b2c3d".into() } else { String::new() },
                    place: match (change, locale) {
                        (true, _) => Some(Place::Question("message".into())),
                        (false, Locale::vi) => None,
                        (false, _) => Some(Place::Check),
                    },
                    change,
                    phone: [None, Some(Phone::Own), Some(Phone::Shared)][usize::from(furigana) + usize::from(change)],
                    settled: change.then(|| "1f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into()),
                    build: "0123456789abcdef".into(),
                };
                assert_eq!(Beginning::read(&beginning.to_json()), Some(beginning));
            }
        }
        assert_eq!(Beginning::read("{}"), None);
    }
}
