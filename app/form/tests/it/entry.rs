//! Reading form fields as people send them.

use crate::example::{decimal, problem, question};
use form::ProblemKey::{self, *};
use form::{Answer, Day, Decimal, Time, entry};

/// `a=1&b=2` without any escaping.
fn read(name: &str, post: &str) -> Result<Option<Answer>, ProblemKey> {
    let fields: Vec<_> =
        post.split('&').filter_map(|pair| pair.split_once('=')).map(|(n, v)| (n.into(), v.into())).collect();
    entry::read(&question(name), &fields).map_err(|found| {
        assert_eq!(found, problem(name, found.key));
        found.key
    })
}

fn choices(codes: &[&str]) -> Result<Option<Answer>, ProblemKey> {
    Ok(Some(Answer::Choices(codes.iter().map(|code| (*code).to_owned()).collect())))
}

fn text(text: &str) -> Result<Option<Answer>, ProblemKey> {
    Ok(Some(Answer::Text(text.into())))
}

#[test]
fn select_one_takes_one_known_code() {
    assert_eq!(read("consent", "csrf=x&answer=yes"), Ok(Some(Answer::Choice("yes".into()))));
    assert_eq!(read("consent", "answer= yes &answer="), Ok(Some(Answer::Choice("yes".into()))));
    assert_eq!(read("consent", "answer="), Ok(None));
    assert_eq!(read("consent", ""), Ok(None));
    assert_eq!(read("consent", "answer=maybe"), Err(NotAChoice));
    assert_eq!(read("consent", "answer=yes&answer=no"), Err(WrongType));
    assert_eq!(read("consent", "answer=_declined"), Ok(Some(Answer::Declined)));
    assert_eq!(read("consent", "no-answer=unknown"), Ok(Some(Answer::Unknown)));
    assert_eq!(read("consent", "answer=yes&answer=_declined"), Err(BothAnswerAndNone));
    assert_eq!(read("consent", "answer=_unknown&answer=_declined"), Err(WrongType));
}

#[test]
fn select_multiple_is_put_in_the_order_of_the_definition() {
    assert_eq!(read("limits", "answer=phone&answer=curfew&answer=phone"), choices(&["curfew", "phone"]));
    assert_eq!(read("limits", "answer=none&answer=curfew"), choices(&["curfew", "none"]), "exclusion is for validate");
    assert_eq!(read("limits", "answer="), Ok(None));
    assert_eq!(read("limits", "answer=phone&answer=dog"), Err(NotAChoice));
    assert_eq!(read("limits", "answer=_declined"), Ok(Some(Answer::Declined)));
    assert_eq!(read("limits", "answer=phone&answer=_declined"), Err(BothAnswerAndNone));
}

#[test]
fn integers_are_read_tolerantly_and_refused_clearly() {
    for (typed, value) in [("48", 48), ("\u{3000}４８ ", 48), ("１，０００", 1000), ("－3", -3)] {
        assert_eq!(read("hours", &format!("answer={typed}")), Ok(Some(Answer::Integer(value))), "{typed}");
    }
    assert_eq!(read("hours", "answer= \u{3000}"), Ok(None));
    assert_eq!(read("hours", "answer=a lot"), Err(NotANumber));
    assert_eq!(read("hours", "answer=40.5"), Err(NotANumber));
    assert_eq!(read("hours", "answer=_unknown"), Err(NotANumber), "a reserved code only counts in a select");
    assert_eq!(read("hours", "answer=99999999999999999999"), Err(TooLarge { max: decimal("112") }));
    assert_eq!(read("hours", "answer=-99999999999999999999"), Err(TooSmall { min: Decimal::ZERO }));
    assert_eq!(read("hours", "answer=1&answer=2"), Err(WrongType));
}

#[test]
fn saying_nothing_beside_an_answer_is_refused_whatever_the_answer() {
    assert_eq!(read("hours", "answer=&no-answer=unknown"), Ok(Some(Answer::Unknown)));
    assert_eq!(
        read("hours", "answer= &no-answer=declined"),
        Ok(Some(Answer::Declined)),
        "whether it is offered is for validate"
    );
    assert_eq!(read("hours", "answer=4&no-answer="), Ok(Some(Answer::Integer(4))));
    assert_eq!(read("hours", "answer=4&no-answer=unknown"), Err(BothAnswerAndNone));
    assert_eq!(read("hours", "answer=x&no-answer=unknown"), Err(BothAnswerAndNone));
    assert_eq!(read("arrived", "answer-year=20&no-answer=declined"), Err(BothAnswerAndNone));
    assert_eq!(read("message", "answer=hi&no-answer=declined"), Err(BothAnswerAndNone));
    assert_eq!(read("message", "answer=_declined"), text("_declined"));
    assert_eq!(read("hours", "no-answer=maybe"), Err(NotOffered));
}

#[test]
fn dates_come_in_three_parts() {
    let day = Day::new(2024, 2, 29);
    let date = |parts: [&str; 3]| {
        read("arrived", &format!("answer-year={}&answer-month={}&answer-day={}", parts[0], parts[1], parts[2]))
    };
    assert_eq!(date(["2024", "2", "29"]), Ok(day.map(Answer::Date)));
    assert_eq!(date([" ２０２４", "０２", "29 "]), Ok(day.map(Answer::Date)));
    assert_eq!(date(["", " ", ""]), Ok(None));
    assert_eq!(date(["2024", "", "29"]), Err(IncompleteDate));
    assert_eq!(read("arrived", "answer-year=2024"), Err(IncompleteDate));
    for parts in [
        ["2023", "2", "29"],
        ["24", "2", "29"],
        ["2024", "13", "1"],
        ["2024", "x", "1"],
        ["2024", "1", "257"],
        ["1899", "1", "1"],
        ["-2024", "1", "1"],
    ] {
        assert_eq!(date(parts), Err(NotADate), "{parts:?}");
    }
}

#[test]
fn of_months_and_years_only_what_is_asked_is_read() {
    assert_eq!(read("since", "answer-year=2024&answer-month=2"), Ok(Day::new(2024, 2, 1).map(Answer::Date)));
    assert_eq!(
        read("since", "answer-year=2024&answer-month=2&answer-day=30"),
        Ok(Day::new(2024, 2, 1).map(Answer::Date))
    );
    assert_eq!(read("since", "answer-year=&answer-month="), Ok(None));
    assert_eq!(read("since", "answer-year=2024"), Err(IncompleteDate));
    assert_eq!(read("since", "answer-month=2"), Err(IncompleteDate));
    assert_eq!(read("since", "answer-year=2024&answer-month=13"), Err(NotADate));
    assert_eq!(read("born", "answer-year=１９９９"), Ok(Day::new(1999, 1, 1).map(Answer::Date)));
    assert_eq!(read("born", "answer-year="), Ok(None));
    assert_eq!(read("born", "answer-year=1899"), Err(NotADate));
}

#[test]
fn decimals_and_times_are_read_tolerantly_and_refused_clearly() {
    for (typed, value) in
        [("1050.5", "1050.5"), ("１０５０．５", "1050.5"), ("1,050.5", "1050.5"), ("1050,5", "1050.5"), ("-3", "-3")]
    {
        assert_eq!(read("wage", &format!("answer={typed}")), Ok(Some(Answer::Decimal(decimal(value)))), "{typed}");
    }
    assert_eq!(read("wage", "answer="), Ok(None));
    for typed in ["a lot", ".5", "5.", "1.2.3", "0.0000001", "1e3", "9000000000001"] {
        assert_eq!(read("wage", &format!("answer={typed}")), Err(NotADecimal), "{typed}");
    }
    assert_eq!(read("wage", "answer=1&answer=2"), Err(WrongType));
    assert_eq!(read("wage", "answer=1&no-answer=declined"), Err(BothAnswerAndNone));
    for typed in ["08:30", "8:30", "８：３０", "8時30分", "0830", "08:30:00"] {
        assert_eq!(read("starts", &format!("answer={typed}")), Ok(Time::new(8, 30).map(Answer::Time)), "{typed}");
    }
    for typed in ["24:00", "8", "8:60", "noon", "8:30:15"] {
        assert_eq!(read("starts", &format!("answer={typed}")), Err(NotATime), "{typed}");
    }
    assert_eq!(read("starts", "answer="), Ok(None));
}

#[test]
fn a_box_is_ticked_or_not_and_a_note_takes_nothing() {
    assert_eq!(read("agreed", "answer=yes"), Ok(Some(Answer::Acknowledged)));
    assert_eq!(read("agreed", ""), Ok(None));
    assert_eq!(read("agreed", "answer=on"), Err(NotAChoice));
    assert_eq!(read("warning", "answer=yes&answer=no"), Ok(None));
}

#[test]
fn questions_of_one_page_find_their_own_fields() {
    let fields: entry::Fields = [("ends.answer", "17:00"), ("starts.answer", "08:30"), ("answer", "1"), ("csrf", "x")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    let prefix = |is_list| entry::prefix(&question("starts"), is_list);
    assert_eq!((prefix(true).as_str(), prefix(false).as_str()), ("starts.", ""));
    assert_eq!(entry::own_fields(&prefix(true), &fields), [("answer".to_owned(), "08:30".to_owned())]);
    assert_eq!(entry::own_fields(&prefix(false), &fields), fields);
}

#[test]
fn words_keep_their_lines_and_lose_their_edges() {
    assert_eq!(read("message", "answer= one\r\ntwo\rthree\tfour\n "), text("one\ntwo\nthree four"));
    assert_eq!(read("message", "answer=\r\n \t"), Ok(None));
    assert_eq!(read("name_it", "answer= a\tb\r\n"), text("a b"));
    assert_eq!(read("name_it", "answer=a\nb"), Err(ControlCharacter));
    for bad in ["\0", "a\u{1b}b", "\u{7f}", "a\u{9f}"] {
        assert_eq!(read("message", &format!("answer={bad}")), Err(ControlCharacter), "{bad:?}");
    }
    assert_eq!(read("name_it", &format!("answer={}", "x".repeat(21))), text(&"x".repeat(21)), "length is for validate");
}

#[test]
fn prefilled_fields_are_those_of_the_form() {
    let fields = |name: &str, answer: Answer| {
        let fields = entry::fields_of(&question(name), Some(&answer));
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    };
    assert_eq!(fields("limits", Answer::Choices(vec!["curfew".into(), "phone".into()])), "answer=curfew&answer=phone");
    assert_eq!(fields("limits", Answer::Declined), "answer=_declined");
    assert_eq!(fields("hours", Answer::Unknown), "no-answer=unknown");
    assert_eq!(fields("arrived", Answer::Date(Day::FIRST)), "answer-year=1900&answer-month=1&answer-day=1");
    assert_eq!(fields("since", Answer::Date(Day::FIRST)), "answer-year=1900&answer-month=1");
    assert_eq!(fields("born", Answer::Date(Day::FIRST)), "answer-year=1900");
    assert_eq!(fields("wage", Answer::Decimal(decimal("7.5"))), "answer=7.5");
    assert_eq!(fields("starts", Answer::Time(Time::new(8, 30).unwrap())), "answer=08:30");
    assert_eq!(fields("agreed", Answer::Acknowledged), "answer=yes");
    assert_eq!(fields("warning", Answer::Acknowledged), "");
    assert_eq!(fields("hours", Answer::Text("x".into())), "");
    assert_eq!(entry::fields_of(&question("hours"), None), []);
}
