//! What a phone keeps, as text: one JSON object per row. Whoever reads a row that somebody changed by hand gets `None`
//! and leaves it where it is.

use form::{
    Answer, Answers, Day,
    json::{self, Tree},
};
use outbox::{Row, draft::Draft};

/// A draft's row.
#[must_use]
pub fn write_draft(draft: &Draft) -> String {
    let mut text = String::from("{");
    for (name, value) in [
        ("id", draft.id.as_str()),
        ("questionnaire", &draft.questionnaire),
        ("definition", &draft.definition),
        ("language", &draft.language),
        ("page", &draft.page),
        ("touched_on", &String::from(draft.touched_on)),
    ] {
        json::field(name, value, &mut text);
    }
    if let Some(channel) = &draft.channel {
        json::field("channel", channel, &mut text);
    }
    // A text in the text: the answers stay as they were written, to the byte.
    json::field("answers", &draft.answers, &mut text);
    text.push('}');
    text
}

/// Reads a draft's row.
#[must_use]
pub fn read_draft(text: &str) -> Option<Draft> {
    let tree = Tree::parse(text).ok()?;
    let text = |name: &str| Some(tree.field(name)?.text()?.to_owned());
    let draft = Draft {
        id: text("id")?,
        questionnaire: text("questionnaire")?,
        definition: text("definition")?,
        language: text("language")?,
        channel: text("channel"),
        answers: text("answers")?,
        page: text("page")?,
        touched_on: Day::parse(&text("touched_on")?)?,
    };
    (form::is_instance_id(&draft.id) && form::names::is_digest(&draft.definition)).then_some(draft)
}

/// A row of the outbox; `own` if the phone is the person's own.
#[must_use]
pub fn write_row(row: &Row, own: bool) -> String {
    let mut text = String::from("{");
    for (name, value) in [("id", &row.id), ("digest", &row.digest), ("body", &row.body)] {
        json::field(name, value, &mut text);
    }
    json::key("own", &mut text);
    text.push_str(if own { "true}" } else { "false}" });
    text
}

/// Whether the person said that the phone is their own, when these answers were given.
#[must_use]
pub fn is_own(text: &str) -> bool {
    Tree::parse(text).is_ok_and(|tree| tree.field("own").is_some_and(Tree::is_true))
}

/// Reads a row of the outbox.
#[must_use]
pub fn read_row(text: &str) -> Option<Row> {
    let tree = Tree::parse(text).ok()?;
    let text = |name: &str| Some(tree.field(name)?.text()?.to_owned());
    Some(Row { id: text("id")?, digest: text("digest")?, body: text("body")? })
}

/// What is left of answers that were received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The code, on a phone of the person's own.
    pub code: Option<String>,
    /// The questionnaire's slug.
    pub questionnaire: String,
}

/// A mark's row.
#[must_use]
pub fn write_mark(mark: &Mark) -> String {
    let mut text = String::from("{");
    json::field("questionnaire", &mark.questionnaire, &mut text);
    if let Some(code) = &mark.code {
        json::field("code", code, &mut text);
    }
    text.push('}');
    text
}

/// Reads a mark's row.
#[must_use]
pub fn read_mark(text: &str) -> Option<Mark> {
    let tree = Tree::parse(text).ok()?;
    let text = |name: &str| Some(tree.field(name)?.text()?.to_owned());
    Some(Mark { code: text("code"), questionnaire: text("questionnaire")? })
}

/// What the key of a fact begins with that says what the server was told of a draft; its id follows.
pub const TOLD: &str = "told:";

/// So many tellings are remembered: as many as may be under way when a page is loaded.
const TELLINGS: usize = 8;

/// Adds a telling to what the fact says: a line for each, its word first, the latest last. It is noted before it is told,
/// because nobody knows when the server's answer comes, or whether a page is left to hear it.
#[must_use]
pub fn add_told(fact: &str, telling: &str, answers: &str) -> String {
    let others: Vec<&str> = fact.lines().filter(|line| word_of(line) != telling).collect();
    let mut lines: String = String::new();
    for line in &others[others.len().saturating_sub(TELLINGS - 1)..] {
        lines.push_str(line);
        lines.push('\n');
    }
    lines.push_str(telling);
    lines.push(' ');
    lines.push_str(answers);
    lines
}

/// What was told by that word; by the last one if there is none such.
#[must_use]
pub fn told_by(fact: &str, telling: &str) -> Option<Answers> {
    let line = fact.lines().find(|line| word_of(line) == telling).or(fact.lines().last())?;
    // Earlier programs wrote the answers alone.
    let json = &line[line.find('{')?..];
    Answers::read(&Tree::parse(json).ok()?)
}

fn word_of(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

/// All that is known of one person's answers. The server may have taken some without this phone's program, and the
/// phone may hold some of which the server was not told. `told` is what the phone told last before the server's page was
/// drawn, which names it: a page that was asked for earlier may come later than what was told meanwhile. Where the
/// server differs from `told`, its word is the newer one; elsewhere the phone's is.
#[must_use]
pub fn reconcile(told: &Answers, server: &Answers, phone: &Answers) -> Answers {
    let mut all = phone.clone();
    let take = |all: &mut Answers, name: &str, answer: Option<&Answer>| match answer {
        Some(answer) => drop(all.insert(name, answer.clone())),
        None => drop(all.remove(name)),
    };
    for (name, answer) in server.iter() {
        if told.get(name) != Some(answer) {
            take(&mut all, name, Some(answer));
        }
    }
    for (name, _) in told.iter() {
        if server.get(name).is_none() {
            take(&mut all, name, None);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_knows_an_answer_last_has_the_word() {
        let answers = |text: &str| -> Answers {
            let pairs = text.split_whitespace().filter_map(|pair| pair.split_once('='));
            pairs.map(|(name, code)| (name.to_owned(), Answer::Choice(code.to_owned()))).collect()
        };
        for (told, server, phone, all) in [
            // The phone went on without a network.
            ("a=1", "a=1", "a=1 b=2", "a=1 b=2"),
            ("a=1", "a=1", "a=2", "a=2"),
            ("a=1 b=2", "a=1 b=2", "a=1", "a=1"),
            // The page was posted before the program was awake.
            ("a=1", "a=1 b=2", "a=1", "a=1 b=2"),
            ("a=1", "a=3", "a=1", "a=3"),
            ("a=1 b=2", "a=1", "a=1 b=2", "a=1"),
            // The server took what the phone does not know of, and the phone went on.
            ("a=1", "a=1 b=2", "a=1 b=2 c=3", "a=1 b=2 c=3"),
            // The cookie is new.
            ("", "", "a=1", "a=1"),
        ] {
            assert_eq!(
                reconcile(&answers(told), &answers(server), &answers(phone)),
                answers(all),
                "{told}|{server}|{phone}"
            );
        }
    }

    #[test]
    fn a_page_that_comes_late_is_compared_with_what_it_knew() {
        let text = |names: &str| {
            let mut json = String::new();
            let pairs = names.chars().map(|name| (name.to_string(), Answer::Choice("x y".into())));
            pairs.collect::<Answers>().write(&mut json);
            json
        };
        let answers = |names: &str| told_by(&text(names), "").unwrap();
        let mut fact = String::new();
        for names in ["a", "ab", "abc"] {
            fact = add_told(&fact, &["w", names].concat(), &text(names));
        }
        // The page was drawn when the server knew two answers; meanwhile it was told a third, and the phone has four.
        let told = told_by(&fact, "wab").unwrap();
        assert_eq!(reconcile(&told, &answers("ab"), &answers("abcd")), answers("abcd"));
        // By the last word it would look as if the server had taken the third away.
        assert_eq!(reconcile(&told_by(&fact, "none").unwrap(), &answers("ab"), &answers("abcd")), answers("abd"));
        // The same word again takes the other's place; the oldest are forgotten.
        fact = add_told(&fact, "wab", &text("z"));
        assert_eq!((fact.lines().count(), told_by(&fact, "wab")), (3, Some(answers("z"))));
        for number in 0..20 {
            fact = add_told(&fact, &number.to_string(), &text("q"));
        }
        assert_eq!((fact.lines().count(), told_by(&fact, "wa")), (TELLINGS, Some(answers("q"))));
        // What an earlier program noted, and nonsense.
        assert_eq!(told_by(&text("ab"), "0a1b2c3d"), Some(answers("ab")));
        assert_eq!((told_by("", ""), told_by("w", "w"), told_by("w {", "w")), (None, None, None));
    }

    #[test]
    fn what_is_kept_comes_back() {
        for channel in [None, Some("union-a".to_owned())] {
            let draft = Draft {
                id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
                questionnaire: "working-in-japan".into(),
                definition: "ab".repeat(32),
                language: "ja-easy".into(),
                channel,
                answers: r#"{"message":{"text":"\"} 円卓"}}"#.into(),
                page: "message".into(),
                touched_on: "2026-11-25".parse().unwrap(),
            };
            assert_eq!(read_draft(&write_draft(&draft)), Some(draft));
        }
        let row = Row { id: "a".into(), digest: "d".into(), body: "{\"sealed\":\"x\"}\n".into() };
        for own in [true, false] {
            let text = write_row(&row, own);
            assert_eq!((read_row(&text).as_ref(), is_own(&text)), (Some(&row), own));
        }
        for code in [None, Some("ABCD-EFGH-JKMN".to_owned())] {
            let mark = Mark { code, questionnaire: "work".into() };
            assert_eq!(read_mark(&write_mark(&mark)), Some(mark));
        }
    }

    #[test]
    fn what_somebody_changed_is_not_read() {
        for text in ["", "{}", "[]", "null", "{\"id\":1}", "{\"id\":\"../x\",\"digest\":\"\"}"] {
            assert_eq!((read_draft(text), read_row(text), read_mark(text)), (None, None, None), "{text}");
        }
        let draft = r#"{"id":"not-an-id","questionnaire":"q","definition":"d","language":"vi","page":"p","touched_on":"2026-11-25","answers":"{}"}"#;
        assert_eq!(read_draft(draft), None);
    }
}
