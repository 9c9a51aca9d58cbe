//! How expressions are written: what is read, in which one way it is written again, and what is refused.

use crate::arbitrary_expression::{printed, tree};
use form::parse::{ParseError, parse};
use form::{Arithmetic, Decimal, Expression, Function, Relation};
use proptest::prelude::*;

/// What an author may write, and how it is kept.
const WRITTEN: &[(&str, &str)] = &[
    ("1+2", "1 + 2"),
    ("\t1\n +\r\n2 ", "1 + 2"),
    ("007.50", "7.5"),
    ("-0", "0"),
    ("- 5", "-5"),
    ("-(5)", "-(5)"),
    ("-(-5)", "-(-5)"),
    ("--5", "-(-5)"),
    ("-(0)", "-(0)"),
    ("- - ${a}", "--${a}"),
    ("-(${a}+1)", "-(${a} + 1)"),
    ("(((1)))", "1"),
    ("(1+2)+3", "1 + 2 + 3"),
    ("1+(2+3)", "1 + (2 + 3)"),
    ("1-(2-3)", "1 - (2 - 3)"),
    ("(1*2)+3", "1 * 2 + 3"),
    ("(1+2)*3", "(1 + 2) * 3"),
    ("1 div(2)", "1 div 2"),
    ("1 div (2 mod 3)", "1 div (2 mod 3)"),
    ("3 --5", "3 - -5"),
    ("-5*3", "-5 * 3"),
    ("${a}>=40", "${a} >= 40"),
    ("${a}!=40", "${a} != 40"),
    ("${ a }", "${a}"),
    (".=5", ". = 5"),
    ("(1=2)=(3=4)", "(1 = 2) = (3 = 4)"),
    ("1=1 and 2=2 and 3=3", "1 = 1 and 2 = 2 and 3 = 3"),
    ("(1=1 and 2=2) and 3=3", "(1 = 1 and 2 = 2) and 3 = 3"),
    ("1=1 or (2=2 and 3=3)", "1 = 1 or 2 = 2 and 3 = 3"),
    ("(1=1 or 2=2) and 3=3", "(1 = 1 or 2 = 2) and 3 = 3"),
    ("not(1=1 or 2=2)", "not(1 = 1 or 2 = 2)"),
    ("not (true ( ))", "not(true())"),
    ("\"yes\"", "'yes'"),
    ("\"it's\"", "\"it's\""),
    ("'say \"so\"'", "'say \"so\"'"),
    ("'${a} and (b'", "'${a} and (b'"),
    ("''", "''"),
    ("selected( ${a} ,'x' )", "selected(${a}, 'x')"),
    ("if(1=1,sum(1,2),-${b})", "if(1 = 1, sum(1, 2), -${b})"),
];

#[test]
fn every_writing_is_kept_in_one_way() {
    for (text, kept) in WRITTEN {
        let expression = parse(text).unwrap();
        assert_eq!(expression.to_string(), *kept, "{text}");
        assert_eq!(parse(kept), Ok(expression), "{text}");
        assert_eq!(serde_json::to_string(&parse(kept).unwrap()).unwrap(), serde_json::to_string(kept).unwrap());
    }
}

#[test]
fn what_is_no_expression_is_refused_where_it_goes_wrong() {
    use ParseError::{Unexpected, UnknownFunction, WrongArity};
    for (text, error) in [
        ("", Unexpected { at: 0 }),
        ("  ", Unexpected { at: 2 }),
        ("1 +", Unexpected { at: 3 }),
        ("1 + * 2", Unexpected { at: 4 }),
        ("(1", Unexpected { at: 2 }),
        ("1)", Unexpected { at: 1 }),
        ("1 2", Unexpected { at: 2 }),
        ("1 < 2 < 3", Unexpected { at: 6 }),
        ("1 == 2", Unexpected { at: 3 }),
        ("1 ! 2", Unexpected { at: 2 }),
        ("'open", Unexpected { at: 0 }),
        ("1 = \"open'", Unexpected { at: 4 }),
        ("$a", Unexpected { at: 0 }),
        ("${}", Unexpected { at: 2 }),
        ("${A}", Unexpected { at: 2 }),
        ("${a", Unexpected { at: 3 }),
        ("${a-b}", Unexpected { at: 2 }),
        (".5", Unexpected { at: 1 }),
        ("5.", Unexpected { at: 0 }),
        ("1.2.3", Unexpected { at: 0 }),
        ("1e3", Unexpected { at: 1 }),
        ("-", Unexpected { at: 1 }),
        ("true()()", Unexpected { at: 6 }),
        ("not(,)", Unexpected { at: 4 }),
        ("sum(1,)", Unexpected { at: 6 }),
        ("１", Unexpected { at: 0 }),
        ("Today()", Unexpected { at: 0 }),
        ("today", Unexpected { at: 5 }),
        ("1 = 1 and", Unexpected { at: 9 }),
        ("${a} andnot(1 = 1)", Unexpected { at: 5 }),
        ("1 = now()", UnknownFunction { at: 4 }),
        ("foo", UnknownFunction { at: 0 }),
        ("jr:choice-name(1)", UnknownFunction { at: 0 }),
        ("and", UnknownFunction { at: 0 }),
        ("1 + not()", WrongArity { at: 4 }),
        ("not(1, 2)", WrongArity { at: 0 }),
        ("round(1, 2, 3)", WrongArity { at: 0 }),
    ] {
        assert_eq!(parse(text), Err(error), "{text}");
    }
}

#[test]
fn every_function_is_read_by_its_name_and_with_its_arguments_only() {
    let call = |function: Function, count: usize| format!("{}({})", function.name(), vec!["1"; count].join(", "));
    for function in Function::ALL {
        let taken: Vec<usize> = (0..=101).filter(|count| parse(&call(*function, *count)).is_ok()).collect();
        let (fewest, most) = (taken[0], taken[taken.len() - 1]);
        assert_eq!(taken, (fewest..=most).collect::<Vec<_>>(), "{}", function.name());
        assert!(most <= 100);
        let text = call(*function, fewest);
        assert_eq!(parse(&text).unwrap().to_string(), text);
        assert!(parse(&text.to_uppercase()).is_err());
    }
    let names: std::collections::BTreeSet<_> = Function::ALL.iter().map(|function| function.name()).collect();
    assert_eq!(names.len(), Function::ALL.len());
}

/// All pairs of what can stand in what, so that no bracket is missing or too much.
#[test]
fn each_part_in_each_place_is_read_as_it_was_written() {
    let leaf = || Box::new(Expression::Name("a".into()));
    let inner = || {
        let mut all = vec![
            *leaf(),
            Expression::This,
            Expression::Number(Decimal::whole(5).unwrap()),
            Expression::Number(Decimal::whole(-5).unwrap()),
            Expression::Number(Decimal::ZERO),
            Expression::Text("and".into()),
            Expression::Negate(leaf()),
            Expression::All(vec![*leaf(), *leaf()]),
            Expression::Any(vec![*leaf(), *leaf()]),
            Expression::Call(Function::Not, vec![*leaf()]),
        ];
        all.extend(Relation::ALL.map(|relation| Expression::Compare(leaf(), relation, leaf())));
        all.extend(links().map(|link| Expression::Calculate(leaf(), link, leaf())));
        all
    };
    for part in inner() {
        let part = || Box::new(part.clone());
        let mut wholes = vec![
            Expression::Negate(part()),
            Expression::Negate(Box::new(Expression::Negate(part()))),
            Expression::All(vec![*part(), *leaf(), *part()]),
            Expression::Any(vec![*leaf(), *part()]),
            Expression::Call(Function::If, vec![*part(), *leaf(), *part()]),
        ];
        wholes.extend(Relation::ALL.map(|relation| Expression::Compare(part(), relation, part())));
        for link in links() {
            wholes.push(Expression::Calculate(part(), link, leaf()));
            wholes.push(Expression::Calculate(leaf(), link, part()));
        }
        for whole in wholes {
            assert_eq!(parse(&whole.to_string()), Ok(whole.clone()), "{whole}");
        }
    }
}

fn links() -> [Arithmetic; 5] {
    [Arithmetic::Plus, Arithmetic::Minus, Arithmetic::Times, Arithmetic::Divide, Arithmetic::Modulo]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn trees_are_read_as_they_were_written(tree in tree()) {
        let text = tree.to_string();
        prop_assert_eq!(parse(&text), Ok(tree), "{}", text);
    }

    #[test]
    fn spaces_and_brackets_that_say_nothing_leave_no_trace((text, noisy) in printed()) {
        let tree = parse(&noisy).unwrap();
        prop_assert_eq!(tree.to_string(), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([-+*(),.'\"0-9]|and|or|div|mod|not\\(|\\$\\{a\\}|today\\(\\)|[<>=!]|\\PC| ){0,40}") {
        if let Ok(tree) = parse(&text) {
            let kept = tree.to_string();
            prop_assert_eq!(parse(&kept), Ok(tree), "{} as {}", text, kept);
        }
    }
}
