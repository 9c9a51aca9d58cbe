//! What one person's answers add one to: the rule, pure.
//!
//! Everybody who was shown a question adds one to exactly one of [`ANSWERED`], `_declined`, `_unknown` and
//! [`SKIPPED`], and who answered it adds one to each thing that was said: the codes that were chosen, or the range in
//! which a number lies. Words and days are counted as answered and no further. The ranges come from the definition
//! alone, so the same number always falls into the same one.

use form::{Answer, Answers, Day, Definition, Kind, Question, calculated, entry, flow};

/// The question was answered.
pub const ANSWERED: &str = "_answered";
/// The question was shown and left empty.
pub const SKIPPED: &str = "_skipped";

/// So many numbers are counted one by one; where there may be more, in [`RANGES`] ranges.
const SINGLE: i128 = 21;
/// Ranges of numbers, as wide as one another but for one number.
const RANGES: i128 = 10;

/// What is counted of a question: its name, and what was said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The question's name.
    pub question: String,
    /// A choice's code, the [`Range`] of a number, or one of the four words that begin with `_`.
    pub value: String,
}

/// What these answers, given to the definition and received on that day, add one to; each once, in its order.
///
/// The answers are counted as they stand, and what is worked out from them beside them. The day only decides which of the questions without an answer were shown.
#[must_use]
pub fn said(definition: &Definition, answers: &Answers, day: Day) -> Vec<Said> {
    let shown = flow::shown(definition, answers, day);
    let mut all = Vec::new();
    for question in &definition.questions {
        let mut add = |value: &str| all.push(Said { question: question.name.clone(), value: value.to_owned() });
        match answers.get(&question.name).filter(|answer| !answer.is_blank()) {
            Some(Answer::Declined) => add(entry::DECLINED),
            Some(Answer::Unknown) => add(entry::UNKNOWN),
            Some(answer) => {
                add(ANSWERED);
                values(question, answer).iter().for_each(|value| add(value));
            }
            None if question.kind.is_answered() && shown.iter().any(|other| other.name == question.name) => {
                add(SKIPPED)
            }
            None => {}
        }
    }
    let worked_out = calculated::answers(definition, answers, day);
    for calculation in calculated::questions(definition) {
        let Some(answer) = worked_out.get(&calculation.name) else { continue };
        let values = values(&calculation, answer);
        for value in values.iter().map(String::as_str).chain([ANSWERED]) {
            all.push(Said { question: calculation.name.clone(), value: value.to_owned() });
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// What was said, as far as it is counted.
fn values(question: &Question, answer: &Answer) -> Vec<String> {
    match (&question.kind, answer) {
        (Kind::Integer { min, max, .. }, Answer::Integer(number)) => vec![Range::of(*min, *max, *number).to_string()],
        (_, Answer::Choice(code)) => vec![code.clone()],
        (_, Answer::Choices(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

/// Numbers that are counted together, from the first to the last. Written `7` or `10..19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// The smallest.
    pub first: i64,
    /// The largest.
    pub last: i64,
}

impl Range {
    /// All ranges of a question for numbers between these two, the smallest first.
    #[must_use]
    pub fn all(min: i64, max: i64) -> Vec<Self> {
        let span = i128::from(max) - i128::from(min) + 1;
        let count = if span <= SINGLE { span } else { RANGES };
        let begin = |index: i128| i128::from(min) + (index * span + count - 1) / count;
        (0..count).map(|index| Self { first: narrow(begin(index)), last: narrow(begin(index + 1) - 1) }).collect()
    }

    /// The one in which a number lies; one beside the bounds lies in the nearest.
    #[must_use]
    pub fn of(min: i64, max: i64, number: i64) -> Self {
        let all = Self::all(min, max);
        let found = all.iter().find(|range| number <= range.last).or(all.last());
        found.copied().unwrap_or(Self { first: number, last: number })
    }

    /// Reads what stands in a count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        Some(Self { first: first.parse().ok()?, last: last.parse().ok()? })
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Published;

    const QUESTIONS: &str = r#"
        {"name":"one","label":{"en":"?"},"may_decline":true,"kind":{"type":"select_one","choices":[
          {"code":"a","label":{"en":"A"}},{"code":"b","label":{"en":"B"}}]}},
        {"name":"many","label":{"en":"?"},"may_not_know":true,"kind":{"type":"select_multiple","choices":[
          {"code":"x","label":{"en":"X"}},{"code":"y","label":{"en":"Y"}}]},
         "relevant":"${one} = 'a'"},
        {"name":"age","label":{"en":"?"},"kind":{"type":"integer","min":0,"max":168}},
        {"name":"words","label":{"en":"?"},"kind":{"type":"text","max_bytes":90}},
        {"name":"since","label":{"en":"?"},"kind":{"type":"date"},
         "relevant":"today() < date('2026-12-01')"}"#;

    fn definition() -> Definition {
        let json = format!(
            r#"{{"format":2,"slug":"s","version":"1","languages":["en"],"title":{{"en":"T"}},"purpose":{{"en":"P"}},"questions":[{QUESTIONS}]}}"#
        );
        Published::from_json(json.as_bytes()).unwrap().definition().clone()
    }

    fn told(answers: &[(&str, Answer)], day: &str) -> String {
        let answers: Answers = answers.iter().map(|(name, answer)| (*name, answer.clone())).collect();
        let said = said(&definition(), &answers, day.parse().unwrap());
        assert!(said.is_sorted());
        said.iter().map(|said| format!("{}={}", said.question, said.value)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn everybody_who_was_shown_a_question_is_counted_once_and_what_was_said_too() {
        const EARLY: &str = "2026-11-22";
        let one = |code: &str| ("one", Answer::Choice(code.to_owned()));
        let many = |codes: &[&str]| ("many", Answer::Choices(codes.iter().map(|code| (*code).to_owned()).collect()));
        let empty = "age=_skipped";
        let rest = "since=_skipped words=_skipped";
        type Case<'a> = (&'a [(&'a str, Answer)], &'a str, String);
        let cases: [Case; 10] = [
            (&[], EARLY, format!("{empty} one=_skipped {rest}")),
            (&[one("b")], EARLY, format!("{empty} one=_answered one=b {rest}")),
            (&[one("a")], EARLY, format!("{empty} many=_skipped one=_answered one=a {rest}")),
            (
                &[one("a"), many(&["x", "y"])],
                EARLY,
                format!("{empty} many=_answered many=x many=y one=_answered one=a {rest}"),
            ),
            (&[one("a"), many(&[])], EARLY, format!("{empty} many=_skipped one=_answered one=a {rest}")),
            (
                &[one("a"), ("many", Answer::Unknown)],
                EARLY,
                format!("{empty} many=_unknown one=_answered one=a {rest}"),
            ),
            (&[("one", Answer::Declined)], EARLY, format!("{empty} one=_declined {rest}")),
            (&[("age", Answer::Integer(45))], EARLY, format!("age=34..50 age=_answered one=_skipped {rest}")),
            (
                &[("words", Answer::Text("x=y".into())), ("since", Answer::Date(EARLY.parse().unwrap()))],
                EARLY,
                format!("{empty} one=_skipped since=_answered words=_answered"),
            ),
            // Not shown any more: nothing was left empty.
            (&[], "2026-12-24", format!("{empty} one=_skipped words=_skipped")),
        ];
        for (answers, day, expected) in cases {
            assert_eq!(told(answers, day), expected, "{answers:?} on {day}");
        }
        // An answer that was given while the question was shown counts on whatever day it comes.
        let late = [("since", Answer::Date(EARLY.parse().unwrap()))];
        assert!(told(&late, "2026-12-24").contains("since=_answered"));
    }

    #[test]
    fn numbers_fall_into_ranges_that_cover_all_and_do_not_overlap() {
        let written = |min, max| Range::all(min, max).iter().map(Range::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(written(-1, 2), "-1 0 1 2");
        assert_eq!(Range::all(0, 20).len(), 21);
        assert_eq!(written(0, 21), "0..2 3..4 5..6 7..8 9..10 11..13 14..15 16..17 18..19 20..21");
        assert_eq!(written(1, 100).split(' ').next_back(), Some("91..100"));
        for (min, max) in [(0, 0), (0, 168), (-10, 200), (5, 27), (i64::MIN, i64::MAX), (i64::MAX - 30, i64::MAX)] {
            let all = Range::all(min, max);
            assert_eq!((all[0].first, all[all.len() - 1].last), (min, max));
            assert!(all.windows(2).all(|pair| pair[0].last + 1 == pair[1].first), "{all:?}");
            for range in &all {
                assert_eq!((Range::of(min, max, range.first), Range::of(min, max, range.last)), (*range, *range));
                assert_eq!(Range::parse(&range.to_string()), Some(*range));
            }
        }
        assert_eq!(Range::of(0, 9, 99), Range { first: 9, last: 9 });
        assert_eq!((Range::parse("yes"), Range::parse("1..x")), (None, None));
    }
}
