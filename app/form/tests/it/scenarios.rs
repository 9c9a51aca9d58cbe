//! Ways through three small questionnaires: what is shown, what is dropped, what is wrong.
//!
//! Each row names the rule that it shows: *hidden* (a hidden answer is none), *two values* (nothing holds of nothing),
//! *group*, *page*, *calculation*, *dated* (choices and conditions on the day), *back* (changing what was said before),
//! *declined*, *constraint*, *note*, *required*, *kind*. What is expected was found by thinking, not by running the code.

use crate::example::today;
use crate::sketch;
use form::{Day, Definition, flow, validate_all};
use std::collections::BTreeSet;

/// Nested conditions on work, hours and pay.
const WORK: &str = "
    consent: one yes no required
    status: one trainee skilled student[..2027-03-31] employed[2027-04-01..] declinable unknowable
    hours: integer 0 112 @work declinable unknowable
    extra: integer 0 72 @work when ${hours} > 40 must . <= ${hours} - 40
    paid: one hourly monthly unpaid @work declinable
    starts: time @day
    ends: time @day must . > ${starts}
    breaks: integer 0 300 @day when ${hours} > 20
    wage: decimal 0 200000 @money required
    low: note @money when ${hourly} < 1000
    debt: one yes no @money declinable
    owed: decimal 0 10000000 when ${debt} = 'yes' and ${hourly} < 1500
    limits: many curfew phone visits none* declinable
    who: text 40 when count-selected(${limits}) > 1 and not(selected(${limits}, 'none'))
    why: text 40 when selected(${limits}, '_declined') or selected(${status}, '_unknown')
    message: lines 400
    group work when ${consent} = 'yes'
    group day page when ${hours} > 0
    group money when ${is_paid} and ${hours} > 0
    is_paid = ${paid} = 'hourly' or ${paid} = 'monthly'
    hourly = if(${paid} = 'monthly', ${wage} div (${hours} * 4), ${wage})
";

/// Groups on pages, and a note that warns.
const HOME: &str = "
    space: decimal 0 1000
    moved: month must . <= today()
    new_here: note when ${days_here} < 90
    lives: one alone family shared dormitory required
    adults: integer 0 20 @family
    children: integer 0 20 @family must . + coalesce(${adults}, 0) <= 20
    people: integer 0 200 @shared must . >= 2
    locked: one yes no unsure @shared when ${lives} = 'dormitory'
    key: one yes no @shared when ${locked} = 'yes' or ${locked} = 'unsure'
    crowded: note @shared when ${share} < 4.5
    exit: one yes no @safety
    alarm: one yes no @safety when ${lives} != 'alone'
    drill: date @safety must . <= today() and (${moved} = '' or . >= ${moved})
    group family page when ${lives} = 'family'
    group shared when ${lives} = 'shared' or ${lives} = 'dormitory'
    group safety page
    days_here = today() - ${moved}
    share = ${space} div ${people}
";

/// Days: when choices are offered, how long somebody stays, what a law changes.
const STAY: &str = "
    visa: one trainee[..2027-03-31] esd[2027-04-01..] skilled other
    arrived: date declinable must . <= today()
    leaves: date must . > ${arrived} and . <= ${arrived} + 1826
    long_stay: one yes no when ${stay} > 365
    renew: note when ${leaves} - today() < 90
    new_law: one yes no when today() >= date('2027-04-01')
    agreed: acknowledge required
    stay = coalesce(${leaves}, today()) - ${arrived}
";

/// The rule, the questionnaire, the day (if another than usual), the answers, what is asked, what is expected.
type Row = [&'static str; 6];

const ROWS: &[Row] = &[
    // Branches open and close.
    ["two values", WORK, "", "", "pages", "consent status limits message"],
    ["group", WORK, "", "consent=no", "pages", "consent status limits message"],
    ["group", WORK, "", "consent=yes", "pages", "consent status hours paid limits message"],
    ["group", WORK, "", "consent=yes; hours=0", "pages", "consent status hours paid limits message"],
    ["page", WORK, "", "consent=yes; hours=20", "pages", "consent status hours paid day(starts ends) limits message"],
    [
        "page",
        WORK,
        "",
        "consent=yes; hours=21",
        "pages",
        "consent status hours paid day(starts ends breaks) limits message",
    ],
    [
        "group",
        WORK,
        "",
        "consent=yes; hours=41",
        "pages",
        "consent status hours extra paid day(starts ends breaks) limits message",
    ],
    ["declined", WORK, "", "consent=yes; hours=!", "pages", "consent status hours paid limits message"],
    ["declined", WORK, "", "consent=yes; hours=?; paid=hourly", "pages", "consent status hours paid limits message"],
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly",
        "pages",
        "consent status hours paid day(starts ends) wage debt limits message",
    ],
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=unpaid",
        "pages",
        "consent status hours paid day(starts ends) limits message",
    ],
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=!",
        "pages",
        "consent status hours paid day(starts ends) limits message",
    ],
    ["group", WORK, "", "consent=yes; hours=0; paid=hourly", "pages", "consent status hours paid limits message"],
    [
        "note",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; wage=999.5",
        "pages",
        "consent status hours paid day(starts ends) wage low debt limits message",
    ],
    [
        "note",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; wage=1000",
        "pages",
        "consent status hours paid day(starts ends) wage debt limits message",
    ],
    // 75,000 for 80 hours are 937.5 an hour; 85,000 are 1,062.5.
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=monthly; wage=75000",
        "pages",
        "consent status hours paid day(starts ends) wage low debt limits message",
    ],
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=monthly; wage=85000",
        "pages",
        "consent status hours paid day(starts ends) wage debt limits message",
    ],
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; wage=1400; debt=yes",
        "pages",
        "consent status hours paid day(starts ends) wage debt owed limits message",
    ],
    [
        "calculation",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; wage=1500; debt=yes",
        "pages",
        "consent status hours paid day(starts ends) wage debt limits message",
    ],
    [
        "declined",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; wage=1400; debt=!",
        "pages",
        "consent status hours paid day(starts ends) wage debt limits message",
    ],
    [
        "two values",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; debt=yes",
        "pages",
        "consent status hours paid day(starts ends) wage debt limits message",
    ],
    ["kind", WORK, "", "limits=curfew", "pages", "consent status limits message"],
    ["kind", WORK, "", "limits=curfew,phone", "pages", "consent status limits who message"],
    ["kind", WORK, "", "limits=curfew,none", "pages", "consent status limits message"],
    ["declined", WORK, "", "limits=!", "pages", "consent status limits why message"],
    ["declined", WORK, "", "status=?", "pages", "consent status limits why message"],
    ["declined", WORK, "", "status=!", "pages", "consent status limits message"],
    // What was said in a branch that is closed.
    [
        "hidden",
        WORK,
        "",
        "consent=no; hours=48; extra=8; wage=900; paid=hourly; debt=yes; owed=5",
        "pruned",
        "consent=no",
    ],
    ["hidden", WORK, "", "hours=48; message=hello", "pruned", "message=hello"],
    [
        "hidden",
        WORK,
        "",
        "consent=yes; hours=40; extra=8; starts=08:00",
        "pruned",
        "consent=yes; hours=40; starts=08:00",
    ],
    [
        "hidden",
        WORK,
        "",
        "consent=yes; hours=20; paid=unpaid; wage=900; debt=yes; owed=5",
        "pruned",
        "consent=yes; hours=20; paid=unpaid",
    ],
    ["hidden", WORK, "", "consent=yes; hours=?; starts=08:00; breaks=30", "pruned", "consent=yes; hours=?"],
    ["hidden", WORK, "", "limits=curfew; who=the boss", "pruned", "limits=curfew"],
    ["back", WORK, "", "consent=yes; hours=48; extra=8", "pruned", "consent=yes; extra=8; hours=48"],
    ["back", WORK, "", "consent=yes; hours=4; extra=8", "pruned", "consent=yes; hours=4"],
    [
        "note",
        WORK,
        "",
        "consent=yes; hours=20; paid=hourly; wage=900; low=read",
        "pruned",
        "consent=yes; hours=20; paid=hourly; wage=900",
    ],
    ["hidden", WORK, "", "consent=no; hours=500; limits=curfew,none; who=", "problems", "limits exclusive"],
    // What is wrong.
    ["required", WORK, "", "", "problems", "consent required"],
    ["required", WORK, "", "consent=no", "problems", ""],
    ["required", WORK, "", "consent=yes; hours=20; paid=hourly", "problems", "wage required"],
    ["required", WORK, "", "consent=!", "problems", "consent not_offered"],
    ["declined", WORK, "", "consent=yes; hours=20; paid=hourly; wage=900; debt=?", "problems", "debt not_offered"],
    ["constraint", WORK, "", "consent=yes; hours=48; extra=8", "problems", ""],
    ["constraint", WORK, "", "consent=yes; hours=48; extra=9", "problems", "extra constraint"],
    ["constraint", WORK, "", "consent=yes; hours=20; starts=09:00; ends=17:00", "problems", ""],
    ["constraint", WORK, "", "consent=yes; hours=20; starts=09:00; ends=09:00", "problems", "ends constraint"],
    ["two values", WORK, "", "consent=yes; hours=20; ends=09:00", "problems", "ends constraint"],
    ["kind", WORK, "", "consent=yes; hours=113; wage=-1", "problems", "hours too_large"],
    ["kind", WORK, "", "consent=no; limits=phone,curfew", "problems", "limits wrong_type"],
    ["dated", WORK, "", "consent=no; status=employed", "problems", ""],
    // Where one goes from here.
    ["back", WORK, "", "consent=yes; hours=41", "next hours", "extra"],
    ["back", WORK, "", "consent=yes; hours=40", "next hours", "paid"],
    ["back", WORK, "", "consent=yes; hours=40", "next extra", "paid"],
    ["page", WORK, "", "consent=yes; hours=40", "next paid", "day(starts ends breaks)"],
    ["page", WORK, "", "consent=yes; hours=40", "next starts", "limits"],
    ["page", WORK, "", "consent=yes; hours=40", "previous breaks", "paid"],
    ["page", WORK, "", "consent=yes; hours=40", "previous limits", "day(starts ends breaks)"],
    ["page", WORK, "", "consent=yes; hours=0", "previous day", "paid"],
    ["back", WORK, "", "consent=no", "previous consent", ""],
    ["back", WORK, "", "consent=no", "next message", ""],
    ["required", WORK, "", "", "gate", "consent"],
    ["required", WORK, "", "consent=no; message=hi", "gate", ""],
    ["required", WORK, "", "consent=yes; hours=40; paid=monthly", "gate", "wage"],
    ["required", WORK, "", "consent=yes; hours=40; paid=monthly; wage=200001", "gate", "wage"],
    // Homes.
    ["page", HOME, "", "", "pages", "space moved lives safety(exit drill)"],
    ["page", HOME, "", "lives=alone", "pages", "space moved lives safety(exit drill)"],
    ["page", HOME, "", "lives=family", "pages", "space moved lives family(adults children) safety(exit alarm drill)"],
    ["group", HOME, "", "lives=shared", "pages", "space moved lives people safety(exit alarm drill)"],
    ["group", HOME, "", "lives=dormitory", "pages", "space moved lives people locked safety(exit alarm drill)"],
    [
        "group",
        HOME,
        "",
        "lives=dormitory; locked=unsure",
        "pages",
        "space moved lives people locked key safety(exit alarm drill)",
    ],
    [
        "hidden",
        HOME,
        "",
        "lives=shared; locked=yes; key=no",
        "pages",
        "space moved lives people safety(exit alarm drill)",
    ],
    ["hidden", HOME, "", "lives=shared; locked=yes; key=no", "pruned", "lives=shared"],
    [
        "note",
        HOME,
        "",
        "lives=shared; space=30; people=8",
        "pages",
        "space moved lives people crowded safety(exit alarm drill)",
    ],
    [
        "note",
        HOME,
        "",
        "lives=shared; space=27; people=6",
        "pages",
        "space moved lives people safety(exit alarm drill)",
    ],
    [
        "two values",
        HOME,
        "",
        "lives=shared; space=27; people=0",
        "pages",
        "space moved lives people safety(exit alarm drill)",
    ],
    ["hidden", HOME, "", "lives=alone; space=30; people=8", "pruned", "lives=alone; space=30"],
    // 1 September is 82 days before 22 November and 91 before 1 December.
    ["dated", HOME, "", "moved=2026-09-01", "pages", "space moved new_here lives safety(exit drill)"],
    ["dated", HOME, "2026-12-01", "moved=2026-09-01", "pages", "space moved lives safety(exit drill)"],
    ["constraint", HOME, "", "moved=2026-12-01; lives=alone", "problems", "moved constraint"],
    ["dated", HOME, "2026-12-01", "moved=2026-12-01; lives=alone", "problems", ""],
    ["kind", HOME, "", "moved=2026-11-15; lives=alone", "problems", "moved wrong_type"],
    ["constraint", HOME, "", "lives=family; adults=5; children=15", "problems", ""],
    ["constraint", HOME, "", "lives=family; adults=6; children=15", "problems", "children constraint"],
    ["constraint", HOME, "", "lives=family; children=15", "problems", ""],
    ["constraint", HOME, "", "lives=shared; people=1", "problems", "people constraint"],
    ["constraint", HOME, "", "lives=alone; drill=2026-11-23", "problems", "drill constraint"],
    ["constraint", HOME, "", "lives=alone; drill=2026-10-31", "problems", ""],
    ["constraint", HOME, "", "lives=alone; moved=2026-11-01; drill=2026-10-31", "problems", "drill constraint"],
    ["page", HOME, "", "lives=family", "next lives", "family(adults children)"],
    ["page", HOME, "", "lives=alone", "next family", "safety(exit drill)"],
    ["page", HOME, "", "lives=alone", "previous safety", "lives"],
    ["page", HOME, "", "lives=family", "previous drill", "family(adults children)"],
    ["page", HOME, "", "lives=family", "next exit", ""],
    ["required", HOME, "", "lives=!", "gate", "lives"],
    // Stays.
    ["dated", STAY, "2027-03-31", "", "offered visa", "trainee skilled other"],
    ["dated", STAY, "2027-04-01", "", "offered visa", "esd skilled other"],
    ["dated", STAY, "2027-06-01", "visa=trainee; agreed=yes", "problems", ""],
    ["dated", STAY, "", "", "pages", "visa arrived leaves agreed"],
    ["dated", STAY, "2027-04-01", "", "pages", "visa arrived leaves new_law agreed"],
    ["dated", STAY, "", "arrived=2025-11-22", "pages", "visa arrived leaves agreed"],
    ["dated", STAY, "2026-11-23", "arrived=2025-11-22", "pages", "visa arrived leaves long_stay agreed"],
    ["calculation", STAY, "", "arrived=2026-01-01; leaves=2027-01-01", "pages", "visa arrived leaves renew agreed"],
    [
        "calculation",
        STAY,
        "",
        "arrived=2026-01-01; leaves=2027-01-02",
        "pages",
        "visa arrived leaves long_stay renew agreed",
    ],
    ["calculation", STAY, "", "leaves=2027-02-20", "pages", "visa arrived leaves agreed"],
    ["calculation", STAY, "", "leaves=2027-02-19", "pages", "visa arrived leaves renew agreed"],
    ["declined", STAY, "", "arrived=!; long_stay=yes", "pruned", "arrived=!"],
    ["back", STAY, "", "arrived=2020-01-01; long_stay=yes", "pruned", "arrived=2020-01-01; long_stay=yes"],
    ["hidden", STAY, "", "new_law=yes; agreed=yes", "pruned", "agreed=yes"],
    ["dated", STAY, "2027-04-02", "new_law=yes; agreed=yes", "pruned", "agreed=yes; new_law=yes"],
    ["required", STAY, "", "arrived=2026-11-23", "problems", "arrived constraint; agreed required"],
    ["two values", STAY, "", "arrived=!; leaves=2027-01-01; agreed=yes", "problems", "leaves constraint"],
    ["constraint", STAY, "", "arrived=2024-01-10; leaves=2024-01-10; agreed=yes", "problems", "leaves constraint"],
    // Five years with two leap days are 1,827 days.
    ["constraint", STAY, "", "arrived=2024-01-10; leaves=2029-01-09; agreed=yes", "problems", ""],
    ["constraint", STAY, "", "arrived=2024-01-10; leaves=2029-01-10; agreed=yes", "problems", "leaves constraint"],
];

fn page(page: &flow::Page<'_>) -> String {
    let names: Vec<&str> = page.questions.iter().map(|question| question.name.as_str()).collect();
    if page.is_list() { format!("{}({})", page.name, names.join(" ")) } else { names.join(" ") }
}

fn found(definition: &Definition, day: Day, answers: &str, asked: &str) -> String {
    let given = sketch::answers(definition, answers);
    match asked.split_once(' ').unwrap_or((asked, "")) {
        ("pages", _) => flow::pages(definition, &given, day).iter().map(page).collect::<Vec<_>>().join(" "),
        ("next", name) => flow::next_after(definition, &given, name, day).as_ref().map(page).unwrap_or_default(),
        ("previous", name) => {
            flow::previous_before(definition, &given, name, day).as_ref().map(page).unwrap_or_default()
        }
        ("gate", _) => flow::first_unanswered_required(definition, &given, day)
            .map(|question| question.name.clone())
            .unwrap_or_default(),
        ("offered", name) => {
            let choices = definition.question(name).unwrap().kind.choices().iter();
            choices
                .filter(|choice| choice.is_offered_on(day))
                .map(|choice| choice.code.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        }
        ("problems", _) => {
            let problems = validate_all(definition, &given, day).into_iter();
            problems
                .map(|problem| format!("{} {}", problem.question, problem.key.as_str()))
                .collect::<Vec<_>>()
                .join("; ")
        }
        (other, _) => panic!("{other}"),
    }
}

#[test]
fn every_row_goes_as_the_rules_say() {
    let mut wrong = Vec::new();
    for row @ [rule, sketch, day, answers, asked, expected] in ROWS {
        let definition = sketch::definition(sketch);
        let day = if day.is_empty() { today() } else { Day::parse(day).unwrap() };
        if *asked == "pruned" {
            // Compared as answers: what is expected is written as what is given.
            let kept = flow::prune(&definition, &sketch::answers(&definition, answers), day);
            if kept != sketch::answers(&definition, expected) {
                wrong.push(format!("{rule}: {answers} prunes to {kept:?}, not {expected}"));
            }
            continue;
        }
        let found = found(&definition, day, answers, asked);
        if found != *expected {
            wrong.push(format!("{rule}: {:?} is {found}, not {expected}", &row[2..5]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_sixty_and_none_stands_there_twice() {
    let asked: BTreeSet<&[&str]> = ROWS.iter().map(|row| &row[1..5]).collect();
    assert_eq!(asked.len(), ROWS.len());
    assert!(ROWS.len() >= 60, "{}", ROWS.len());
    let rules: BTreeSet<&str> = ROWS.iter().map(|row| row[0]).collect();
    assert_eq!(rules.len(), 12, "{rules:?}");
}

/// Going back, changing an answer and changing it again leaves everything as it was, whatever stood in between.
#[test]
fn a_branch_that_was_left_and_entered_again_is_as_it_was() {
    let definition = sketch::definition(WORK);
    let full = "consent=yes; hours=48; extra=8; paid=hourly; starts=08:00; ends=17:00; wage=900; debt=yes; owed=5; limits=curfew,phone; who=x";
    let mut answers = sketch::answers(&definition, full);
    let before = flow::prune(&definition, &answers, today());
    assert_eq!(before, answers, "all of it is shown");
    for (name, other) in
        [("consent", "no"), ("hours", "0"), ("hours", "?"), ("paid", "unpaid"), ("wage", "2000"), ("limits", "none")]
    {
        let answer = sketch::answer(&definition.question(name).unwrap().kind, other);
        let old = answers.insert(name, answer).unwrap();
        assert!(flow::prune(&definition, &answers, today()).len() < before.len(), "{name}");
        answers.insert(name, old);
        assert_eq!(flow::prune(&definition, &answers, today()), before, "{name}");
    }
}
