//! What expressions mean: rule by rule of the README, expression, answers, value.
//!
//! The values were found by thinking with the rules, not by running the code. Each expression is published as a
//! calculation of [`BASE`] first, so a row also says that its types and names hold; `refused …` says which fault
//! publishing tells instead. Where the answers begin with `.name=`, the expression is the constraint of that question.

use crate::example::today;
use crate::sketch;
use form::{Answers, Day, Expression, Function, ProblemKey, Published, Value, flow, validate};
use std::collections::BTreeSet;

const BASE: &str = "
    one: one yes no perhaps declinable unknowable
    many: many a b c declinable unknowable
    hours: integer -1000000 1000000 declinable unknowable
    other: integer -1000000 1000000
    wage: decimal -1000000 1000000
    born: date
    left_on: date
    starts: time
    ends: time
    word: text 200
    phrase: text 200
    agreed: acknowledge
    told: note
    hidden: integer 0 100 when ${one} = 'yes'
    twice = ${hours} * 2
    is_long = ${hours} > 40
    broken = ${hours} div 0
";

/// The rules, the expression, the answers, the value.
type Row = (&'static str, &'static str, &'static str, &'static str);

const TABLE: &[Row] = &[
    // What binds how strongly.
    ("E1", "1 + 2 * 3", "", "7"),
    ("E1", "(1 + 2) * 3", "", "9"),
    ("E1", "10 - 2 - 3", "", "5"),
    ("E1", "10 - (2 - 3)", "", "11"),
    ("E1", "100 div 10 div 2", "", "5"),
    ("E1", "100 div (10 div 2)", "", "20"),
    ("E1", "2 * 3 mod 4", "", "2"),
    ("E1", "2 * (3 mod 4)", "", "6"),
    ("E1", "10 mod 4 * 2", "", "4"),
    ("E1", "-2 * 3", "", "-6"),
    ("E1", "-(2 + 3)", "", "-5"),
    ("E1", "--4", "", "4"),
    ("E1", "2 - -3", "", "5"),
    ("E1", "-${hours} + 1", "hours=5", "-4"),
    ("E1", "1 + 2 = 3", "", "true"),
    ("E1", "2 * 3 > 5 + 1", "", "false"),
    ("E1", "(1 = 1) = (2 = 2)", "", "true"),
    ("E1", "true() or false() and false()", "", "true"),
    ("E1", "(true() or false()) and false()", "", "false"),
    ("E1", "1 = 2 and 2 = 2 or 4 = 4", "", "true"),
    ("E1", "1 = 2 and (2 = 2 or 4 = 4)", "", "false"),
    ("E1", "1 < 2 < 3", "", "refused bad_expression"),
    ("E1", "1 = 1 = true()", "", "refused bad_expression"),
    // What is looked at.
    ("E2", "${hours}", "hours=48", "48"),
    ("E2", "${wage}", "wage=1050.5", "1050.5"),
    ("E2", "${one}", "one=yes", "'yes'"),
    ("E2", "${many}", "many=a,c", "[a c]"),
    ("E2", "${born}", "born=2000-02-29", "day 2000-02-29"),
    ("E2", "${starts}", "starts=08:30", "time 08:30"),
    ("E2", "${agreed}", "agreed=yes", "true"),
    ("E2", "${word}", "word=two words", "'two words'"),
    ("E2", "${twice}", "hours=21", "42"),
    ("E2", "${twice} + ${twice}", "hours=10", "40"),
    ("E2", "${is_long} and ${hours} < 60", "hours=48", "true"),
    ("E2", ". > 5", ".hours=6", "true"),
    ("E2", ". > 5", ".hours=5", "false"),
    ("E2", ". > ${hours}", ".wage=7.5; hours=7", "true"),
    ("E2", ". > ${hours}", ".wage=6.5; hours=7", "false"),
    ("E2", ". = ${hours}", ".hours=3", "true"),
    ("E2", "${twice} < 10", ".hours=4", "true"),
    ("E2", "${twice} < 10", ".hours=5", "false"),
    ("E2 E11", "selected(., 'b')", ".many=a,b", "true"),
    ("E2 E11", "selected(., 'b')", ".many=a,c", "false"),
    ("E2 E14", "string-length(.) >= 3", ".word=ab", "false"),
    ("E2 E17", ". > 5", "hours=6", "refused this_outside_constraint"),
    // What has no value.
    ("E3", "${hours}", "", "nothing"),
    ("E3", "${hours}", "hours=!", "nothing"),
    ("E3", "${hours}", "hours=?", "nothing"),
    ("E3", "${word}", "word=   ", "nothing"),
    ("E3", "${many}", "many=", "nothing"),
    ("E3", "${hidden}", "one=no; hidden=7", "nothing"),
    ("E3", "${hidden}", "one=yes; hidden=7", "7"),
    ("E3", "${hidden}", "one=!; hidden=7", "nothing"),
    ("E3", "1 div 0", "", "nothing"),
    ("E3", "5 mod 0", "", "nothing"),
    ("E3", "${broken}", "hours=7", "nothing"),
    ("E3", "''", "", "nothing"),
    ("E3", "concat('', '')", "", "nothing"),
    ("E3", "if(true(), '', 'x')", "", "nothing"),
    ("E3 E8", "9000000000000 + 0.000001", "", "nothing"),
    ("E3 E8", "-9000000000000 - 1", "", "nothing"),
    ("E3 E8", "3000001 * 3000000", "", "nothing"),
    ("E3 E8", "9000000000000 div 0.5", "", "nothing"),
    ("E3 E10", "date('2200-12-31') + 1", "", "nothing"),
    ("E3 E10", "date('1900-01-01') - 1", "", "nothing"),
    // Comparing with nothing.
    ("E4", "${hours} = 0", "", "false"),
    ("E4", "${hours} != 0", "", "false"),
    ("E4", "${hours} < 0", "", "false"),
    ("E4", "${hours} >= 0", "hours=?", "false"),
    ("E4", "${hours} = ${other}", "", "false"),
    ("E4", "${hours} = ''", "", "true"),
    ("E4", "${hours} != ''", "", "false"),
    ("E4", "${hours} = ''", "hours=0", "false"),
    ("E4", "${hours} != ''", "hours=0", "true"),
    ("E4", "'' = ${word}", "", "true"),
    ("E4", "${many} = ''", "many=", "true"),
    ("E4", "${many} != ''", "many=b", "true"),
    ("E4", "${one} = ''", "one=!", "true"),
    ("E4", "${agreed} = ''", "", "true"),
    ("E4", "${born} != ''", "born=2000-01-01", "true"),
    ("E4", "'' = ''", "", "true"),
    ("E4", "'' != ''", "", "false"),
    ("E4 E3", "1 div 0 = ''", "", "true"),
    ("E4 E3", "1 div 0 != 5", "", "false"),
    ("E4 E3", "${word} = concat('', '')", "", "false"),
    ("E4 E6", "not(${hours} = 0)", "", "true"),
    ("E4 E17", "${word} < ''", "", "refused type_mismatch"),
    // Which values compare.
    ("E5", "${one} = 'yes'", "one=yes", "true"),
    ("E5", "${one} != 'yes'", "one=yes", "false"),
    ("E5", "${one} != 'yes'", "one=no", "true"),
    ("E5", "${word} = 'Kyoto'", "word=kyoto", "false"),
    ("E5", "${word} = ${phrase}", "word=a; phrase=a", "true"),
    ("E5", "${born} < ${left_on}", "born=2000-01-02; left_on=2000-02-01", "true"),
    ("E5", "${starts} < ${ends}", "starts=08:30; ends=17:00", "true"),
    ("E5", "${starts} >= ${ends}", "starts=22:00; ends=06:00", "true"),
    ("E5", "${agreed} = true()", "agreed=yes", "true"),
    ("E5", "${wage} = ${hours}", "wage=7; hours=7", "true"),
    ("E5", "1.50 = 1.5", "", "true"),
    ("E5", "(1 = 1) != (1 = 2)", "", "true"),
    ("E5", "2 <= 2", "", "true"),
    ("E5", "2 >= 3", "", "false"),
    ("E5 E17", "${hours} = 'yes'", "", "refused type_mismatch"),
    ("E5 E17", "'a' < 'b'", "", "refused type_mismatch"),
    ("E5 E17", "${one} >= 'no'", "", "refused type_mismatch"),
    ("E5 E17", "${many} = 'a'", "", "refused type_mismatch"),
    ("E5 E17", "true() > false()", "", "refused type_mismatch"),
    ("E5 E17", "${born} = ${starts}", "", "refused type_mismatch"),
    // Two values only.
    ("E6", "${hours} > 1 and ${other} > 1", "hours=2", "false"),
    ("E6", "${hours} > 1 or ${other} > 1", "hours=2", "true"),
    ("E6", "${agreed} and true()", "", "false"),
    ("E6", "${agreed} or true()", "", "true"),
    ("E6", "not(${agreed})", "", "true"),
    ("E6", "not(${agreed})", "agreed=yes", "false"),
    ("E6", "not(not(${agreed}))", "", "false"),
    ("E6", "if(${agreed}, 1, 2)", "", "2"),
    ("E6", "if(${hours} > 40, 'long', 'short')", "hours=41", "'long'"),
    ("E6", "if(${hours} > 40, 'long', 'short')", "hours=?", "'short'"),
    ("E6", "if(false(), 1, ${hours})", "", "nothing"),
    ("E6", "if(${is_long}, ${hours} - 40, 0)", "hours=48", "8"),
    ("E6 E7", "if(contains(${word}, 'a'), 1, 2)", "", "2"),
    // Calculating from nothing.
    ("E7", "${hours} + 1", "", "nothing"),
    ("E7", "2 * ${hours}", "hours=!", "nothing"),
    ("E7", "-${hours}", "", "nothing"),
    ("E7", "${twice}", "", "nothing"),
    ("E7", "round(${wage})", "", "nothing"),
    ("E7", "floor(${wage}) + 1", "", "nothing"),
    ("E7", "${born} + 1", "", "nothing"),
    ("E7", "decimal-date-time(${born})", "", "nothing"),
    ("E7", "string(${hours})", "", "nothing"),
    ("E7", "number(${word})", "", "nothing"),
    ("E7", "number(${agreed})", "", "nothing"),
    ("E7", "substr(${word}, 0, 2)", "", "nothing"),
    ("E7", "string-length(${word})", "", "nothing"),
    ("E7", "string-length(${word}) < 3", "", "false"),
    ("E7", "sum(${hours}, ${other})", "hours=5", "5"),
    ("E7", "sum(${hours}, ${other})", "hours=5; other=-7", "-2"),
    ("E7", "sum(${hours}, ${other})", "", "nothing"),
    ("E7", "sum(1, ${broken}, 2)", "hours=1", "3"),
    ("E7", "min(${hours}, ${other}, 9)", "other=3", "3"),
    ("E7", "max(${hours}, ${other}, 9)", "other=3", "9"),
    ("E7", "max(${hours}, ${other})", "hours=-5", "-5"),
    ("E7", "count-non-empty(${hours}, ${word}, ${many})", "hours=0; many=a", "2"),
    ("E7", "count-non-empty(${hours})", "", "0"),
    ("E7", "count-non-empty('', 1)", "", "1"),
    ("E7", "concat(${word}, '-', ${phrase})", "phrase=b", "'-b'"),
    ("E7", "concat(${word}, ${phrase})", "", "nothing"),
    ("E7", "join(', ', ${word}, ${phrase}, 'z')", "word=a", "'a, z'"),
    ("E7", "join('-', ${word}, ${phrase})", "", "nothing"),
    ("E7", "join('', ${word}, ${phrase})", "word=a; phrase=b", "'ab'"),
    ("E7", "coalesce(${hours}, ${other})", "other=4", "4"),
    ("E7", "coalesce(${hours}, ${other})", "hours=0; other=4", "0"),
    ("E7", "coalesce(${hours}, ${other})", "", "nothing"),
    ("E7 E3", "coalesce('', 'x')", "", "'x'"),
    // Numbers.
    ("E8", "0.1 + 0.2 = 0.3", "", "true"),
    ("E8", "1 div 3", "", "0.333333"),
    ("E8", "2 div 3", "", "0.666667"),
    ("E8", "-2 div 3", "", "-0.666667"),
    ("E8", "1 div 3 * 3", "", "0.999999"),
    ("E8", "0.000001 * 0.5", "", "0.000001"),
    ("E8", "-0.000001 * 0.5", "", "-0.000001"),
    ("E8", "0.000001 * 0.4", "", "0"),
    ("E8", "0.000001 div 2", "", "0.000001"),
    ("E8", "7 div 2", "", "3.5"),
    ("E8", "${wage} * ${hours}", "wage=1050.5; hours=48", "50424"),
    ("E8", "9000000000000", "", "9000000000000"),
    ("E8", "1000000 * 1000000", "", "1000000000000"),
    ("E8", "string(7.50)", "", "'7.5'"),
    ("E8", "9000000000001", "", "refused bad_expression"),
    ("E8", "0.0000001", "", "refused bad_expression"),
    ("E9", "7 mod 3", "", "1"),
    ("E9", "-7 mod 3", "", "-1"),
    ("E9", "7 mod -3", "", "1"),
    ("E9", "-7.5 mod 2", "", "-1.5"),
    ("E9", "5.5 mod 1.5", "", "1"),
    ("E9", "int(2.9)", "", "2"),
    ("E9", "int(-2.9)", "", "-2"),
    ("E9", "floor(2.9)", "", "2"),
    ("E9", "floor(-2.1)", "", "-3"),
    ("E9", "ceiling(2.1)", "", "3"),
    ("E9", "ceiling(-2.9)", "", "-2"),
    ("E9", "ceiling(3)", "", "3"),
    ("E9", "round(2.5)", "", "3"),
    ("E9", "round(-2.5)", "", "-3"),
    ("E9", "round(2.499999)", "", "2"),
    ("E9", "round(-0.4)", "", "0"),
    ("E9", "round(2.345, 2)", "", "2.35"),
    ("E9", "round(-2.345, 2)", "", "-2.35"),
    ("E9", "round(1234.5678, 1)", "", "1234.6"),
    ("E9", "round(1.5, 6)", "", "1.5"),
    // Days.
    ("E10", "date('2026-11-22') + 10", "", "day 2026-12-02"),
    ("E10", "10 + date('2026-11-22')", "", "day 2026-12-02"),
    ("E10", "date('2024-03-01') - 1", "", "day 2024-02-29"),
    ("E10", "date('2026-01-31') + 365", "", "day 2027-01-31"),
    ("E10", "date('2024-03-01') - date('2024-02-01')", "", "29"),
    ("E10", "${left_on} - ${born}", "born=2026-11-22; left_on=2026-11-20", "-2"),
    ("E10", "date('2026-11-22') + 0.5", "", "nothing"),
    ("E10", "date('2026-11-22') + 1.0", "", "day 2026-11-23"),
    ("E10", "decimal-date-time(date('1970-01-02'))", "", "1"),
    ("E10", "decimal-date-time(date('1969-12-31'))", "", "-1"),
    // 26 years with six leap days are 9,496 days, half a day less than 26 times 365.25.
    ("E10 E9", "int((today() - ${born}) div 365.25)", "born=2000-11-22", "25"),
    ("E10 E17", "date('2026-01-01') + date('2026-01-01')", "", "refused type_mismatch"),
    ("E10 E17", "1 - date('2026-01-01')", "", "refused type_mismatch"),
    ("E10 E17", "date('2026-01-01') * 2", "", "refused type_mismatch"),
    // Choices.
    ("E11", "selected(${one}, 'yes')", "one=yes", "true"),
    ("E11", "selected(${one}, 'yes')", "one=no", "false"),
    ("E11", "selected(${one}, 'yes')", "one=!", "false"),
    ("E11", "selected(${one}, 'yes')", "", "false"),
    ("E11", "selected(${many}, 'b')", "many=a,b", "true"),
    ("E11", "selected(${many}, 'b')", "many=a", "false"),
    ("E11", "selected(${one}, '_declined')", "one=!", "true"),
    ("E11", "selected(${one}, '_declined')", "one=?", "false"),
    ("E11", "selected(${one}, '_declined')", "one=yes", "false"),
    ("E11", "selected(${hours}, '_unknown')", "hours=?", "true"),
    ("E11", "selected(${hours}, '_unknown')", "hours=0", "false"),
    ("E11", "selected(${many}, '_unknown')", "many=?", "true"),
    ("E11 E6", "not(selected(${many}, 'a'))", "", "true"),
    ("E11 E17", "selected(${other}, '_declined')", "", "refused unknown_code"),
    ("E11 E17", "selected(${hours}, '5')", "", "refused unknown_code"),
    ("E11 E17", "selected(${one}, ${word})", "", "refused type_mismatch"),
    ("E12", "count-selected(${many})", "", "0"),
    ("E12", "count-selected(${many})", "many=!", "0"),
    ("E12", "count-selected(${many})", "many=a,c", "2"),
    ("E12", "selected-at(${many}, 0)", "many=b,c", "'b'"),
    ("E12", "selected-at(${many}, 1)", "many=b,c", "'c'"),
    ("E12 E3", "selected-at(${many}, 2)", "many=b,c", "nothing"),
    ("E12 E3", "selected-at(${many}, -1)", "many=b,c", "nothing"),
    ("E12 E7", "selected-at(${many}, 0)", "", "nothing"),
    ("E12", "selected-at(${many}, count-selected(${many}) - 1) = 'b'", "many=a,b", "true"),
    ("E12 E17", "count-selected(${one})", "", "refused type_mismatch"),
    // Words as numbers and conditions.
    ("E13", "number(true())", "", "1"),
    ("E13", "number(false())", "", "0"),
    ("E13", "number(${agreed})", "agreed=yes", "1"),
    ("E13", "number('7.5')", "", "7.5"),
    ("E13", "number('-3')", "", "-3"),
    ("E13", "number('abc')", "", "nothing"),
    ("E13", "number('1e3')", "", "nothing"),
    ("E13", "number('7,5')", "", "nothing"),
    ("E13", "number(12)", "", "12"),
    ("E13", "boolean-from-string('true')", "", "true"),
    ("E13", "boolean-from-string('1')", "", "true"),
    ("E13", "boolean-from-string('TRUE')", "", "false"),
    ("E13", "boolean-from-string('yes')", "", "false"),
    ("E13 E17", "number(today())", "", "refused type_mismatch"),
    // Words.
    ("E14", "substr('Kyoto', 0, 2)", "", "'Ky'"),
    ("E14", "substr('Kyoto', 2)", "", "'oto'"),
    ("E14", "substr('Kyoto', 2, 3)", "", "'o'"),
    ("E14", "substr('Kyoto', 3, 99)", "", "'to'"),
    ("E14 E3", "substr('Kyoto', 5)", "", "nothing"),
    ("E14 E3", "substr('Kyoto', 3, 3)", "", "nothing"),
    ("E14 E3", "substr('Kyoto', 3, 1)", "", "nothing"),
    ("E14", "substr('日本語', 1, 2)", "", "'本'"),
    ("E14", "string-length('日本語')", "", "3"),
    ("E14", "string-length('e\u{301}')", "", "2"),
    ("E14", "string-length(${word})", "word=a b", "3"),
    ("E14", "contains('Kyoto', 'yo')", "", "true"),
    ("E14", "contains('Kyoto', 'YO')", "", "false"),
    ("E14", "starts-with('Kyoto', 'Ky')", "", "true"),
    ("E14", "starts-with('Kyoto', 'yo')", "", "false"),
    ("E14", "ends-with('Kyoto', 'to')", "", "true"),
    ("E14", "ends-with('Kyoto', 'ot')", "", "false"),
    // The day.
    ("E15", "today()", "", "day 2026-11-22"),
    ("E15", "today() = date('2026-11-22')", "", "true"),
    ("E15", "today() > date('2026-11-22')", "", "false"),
    ("E15", "string(today())", "", "'2026-11-22'"),
    ("E15", "date('2027-04-01')", "", "day 2027-04-01"),
    ("E15 E17", "date('2026-02-30')", "", "refused not_a_day"),
    ("E15 E17", "date('2026-2-3')", "", "refused not_a_day"),
    ("E15 E17", "date(${word})", "", "refused not_a_day"),
    ("E15", "now()", "", "refused unsupported_function"),
    ("E15", "random()", "", "refused unsupported_function"),
    // What publishing checks.
    ("E17", "${nobody} = 1", "", "refused unknown_question"),
    ("E17", "${told} != ''", "", "refused type_mismatch"),
    ("E17", "${result} + 1", "", "refused cycle"),
    ("E17", "${one} = 'maybe'", "", "refused unknown_code"),
    ("E17", "'maybe' != ${one}", "", "refused unknown_code"),
    ("E17", "selected(${one}, 'maybe')", "", "refused unknown_code"),
    ("E17", "not(1)", "", "refused type_mismatch"),
    ("E17", "${hours} and true()", "", "refused type_mismatch"),
    ("E17", "if(${hours}, 1, 2)", "", "refused type_mismatch"),
    ("E17", "if(true(), 1, 'a')", "", "refused type_mismatch"),
    ("E17", "coalesce(${hours}, 'x')", "", "refused type_mismatch"),
    ("E17", "${hours} + ${word}", "", "refused type_mismatch"),
    ("E17", "-${word}", "", "refused type_mismatch"),
    ("E17", "sum(${hours}, ${born})", "", "refused type_mismatch"),
    ("E17", "string-length(${hours})", "", "refused type_mismatch"),
    ("E17", "round()", "", "refused wrong_arity"),
    ("E17", "if(true(), 1)", "", "refused wrong_arity"),
    ("E17", "today(1)", "", "refused wrong_arity"),
    ("E17", "regex(${word}, 'a')", "", "refused unsupported_function"),
    ("E17", "hours + 1", "", "refused unsupported_function"),
    ("E17", "${Hours} > 1", "", "refused bad_expression"),
    ("E17", "${hours} >", "", "refused bad_expression"),
];

/// Rows that are too long to be written out.
fn long_rows() -> Vec<(&'static str, String, &'static str, &'static str)> {
    let nots = |count: usize, inner: &str| [&"not(".repeat(count), inner, &")".repeat(count)].concat();
    let letters = |count: usize| format!("string-length('{}')", "x".repeat(count));
    vec![
        ("E16", nots(63, "true()"), "", "false"),
        ("E16", nots(62, "true()"), "", "true"),
        ("E16", nots(64, "true()"), "", "refused too_deep"),
        // `${is_long}` has three levels: itself, the comparison and its sides.
        ("E16", nots(61, "${is_long}"), "hours=48", "false"),
        ("E16", nots(62, "${is_long}"), "hours=48", "refused too_deep"),
        ("E16", format!("1{}", " + 1".repeat(63)), "", "64"),
        ("E16", format!("1{}", " + 1".repeat(64)), "", "refused too_deep"),
        ("E16", letters(3_983), "", "3983"),
        ("E16", letters(3_984), "", "refused too_long"),
        // Short as its author wrote it, too long as it would be kept.
        ("E16", format!("{}1=1", "1=1or ".repeat(600)), "", "refused too_long"),
    ]
}

/// Every row; those of the table first.
fn rows() -> Vec<(&'static str, String, &'static str, &'static str)> {
    let table =
        TABLE.iter().map(|(rules, expression, answers, value)| (*rules, (*expression).to_owned(), *answers, *value));
    table.chain(long_rows()).collect()
}

fn written(value: Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Text(text) => format!("'{text}'"),
        Value::Day(day) => format!("day {day}"),
        Value::Time(time) => format!("time {time}"),
        Value::Codes(codes) => format!("[{}]", codes.join(" ")),
        value => String::from(value),
    }
}

/// What an expression amounts to, or the fault that publishing tells.
fn outcome(expression: &str, answers: &str) -> String {
    let this = answers.strip_prefix('.').and_then(|answers| answers.split(['=', ';']).next());
    let sketch = match this {
        Some(name) => {
            let lines = BASE.lines().map(|line| {
                let is_this = line.trim().starts_with(&format!("{name}: "));
                if is_this { format!("{line} must {expression}\n") } else { format!("{line}\n") }
            });
            lines.collect()
        }
        None => format!("{BASE}\nresult = {expression}"),
    };
    let published = match Published::from_json(&sketch::json(&sketch)) {
        Ok(published) => published,
        Err(faults) => {
            let kinds: BTreeSet<&str> = faults.iter().map(|fault| fault.kind.as_str()).collect();
            return format!("refused {}", kinds.into_iter().collect::<Vec<_>>().join(" "));
        }
    };
    let definition = published.definition();
    let given = sketch::answers(definition, answers.trim_start_matches('.'));
    let kept = flow::prune(definition, &given, today());
    match this {
        Some(name) => {
            let question = definition.question(name).unwrap();
            let result = validate(definition, question, kept.get(name), &kept, today());
            assert!(result.as_ref().err().is_none_or(|problem| problem.key == ProblemKey::Constraint));
            result.is_ok().to_string()
        }
        None => written(definition.calculation("result").unwrap().expression.value(definition, &kept, today())),
    }
}

#[test]
fn every_row_amounts_to_what_the_rules_say() {
    let wrong: Vec<String> = rows()
        .into_iter()
        .filter_map(|(rules, expression, answers, expected)| {
            let found = outcome(&expression, answers);
            let short: String = expression.chars().take(80).collect();
            (found != expected).then(|| format!("{rules}: {short} with {answers:?} is {found}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn table_cites_every_rule_and_uses_every_function_once_at_least() {
    let rows = rows();
    assert!(rows.len() >= 120, "{}", rows.len());
    let unlike: BTreeSet<(&str, &str)> =
        rows.iter().map(|(_, expression, answers, _)| (&**expression, *answers)).collect();
    assert_eq!(unlike.len(), rows.len(), "none stands there twice");
    let cited: BTreeSet<&str> = rows.iter().flat_map(|(rules, ..)| rules.split(' ')).collect();
    let rules: Vec<String> = (1..=17).map(|rule| format!("E{rule}")).collect();
    assert_eq!(cited, rules.iter().map(String::as_str).collect());
    for function in Function::ALL {
        let call = format!("{}(", function.name());
        let is_called = |text: &str| {
            text.starts_with(&call) || text.contains(&format!(" {call}")) || text.contains(&format!("({call}"))
        };
        let is_used = rows.iter().any(|(_, text, _, value)| !value.starts_with("refused") && is_called(text));
        assert!(is_used, "{}", function.name());
    }
}

/// Publishing refuses these; should one come from elsewhere, it holds of nothing.
#[test]
fn values_of_unlike_types_are_neither_equal_nor_unequal() {
    let definition = sketch::definition(BASE);
    for text in
        ["1 = 'a'", "1 != 'a'", "today() = 1", "today() != 1", "true() != 1", "'a' != today()", "${many} != 'a'"]
    {
        let expression: Expression = text.parse().unwrap();
        let answers = sketch::answers(&definition, "many=b");
        assert!(!expression.holds(&definition, &answers, today()), "{text}");
    }
}

#[test]
fn nested_too_deep_amounts_to_nothing() {
    let definition = sketch::definition(BASE);
    let nested = |depth: usize| {
        let truth = Expression::Call(Function::True, Vec::new());
        (1..depth).fold(truth, |inner, _| Expression::Call(Function::Not, vec![inner]))
    };
    let holds = |depth: usize| nested(depth).holds(&definition, &Answers::new(), Day::FIRST);
    // Each number but 64 is a number of levels whose negations would come out even: true, were it not too deep.
    assert!(holds(63) && !holds(64));
    assert!(!holds(65) && !holds(1_001));
}
