use super::*;
use crate::Row;
use proptest::{prelude::*, sample::Index};

fn row(body: &str) -> Row {
    Row { id: "id".into(), digest: "digest".into(), body: body.into() }
}

/// Bodies as a phone writes them.
fn bodies(count: usize) -> Vec<String> {
    (0..count).map(|number| format!(r#"{{"questionnaire":"work","sealed":"{number:0>400}"}}"#)).collect()
}

fn file_of(bodies: &[String]) -> String {
    write_file("work", &bodies.iter().map(|body| row(body)).collect::<Vec<_>>())
}

fn faults(read: &Read) -> Vec<(usize, Why)> {
    read.faults.iter().map(|fault| (fault.line, fault.why)).collect()
}

#[test]
fn file_is_a_first_line_and_a_line_for_each_row() {
    let text = write_file("work", &[row("{}"), row("[\"\\\n円\"]")]);
    assert_eq!(text, "ENTAKU/1 work 2\n44136fa3 {}\n95473e9e [\"\\5c;\\a;\\5186;\"]\n");
    assert_eq!(read_file(&text).unwrap().bodies, ["{}", "[\"\\\n円\"]"]);
}

#[test]
fn what_mail_programs_and_editors_add_makes_no_difference() {
    let bodies = bodies(3);
    let text = file_of(&bodies);
    let above = "Xin chào,\nI send \"the file\":\n\n";
    for changed in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\u{feff}{text}"),
        format!("{text}\n\n \n"),
        text.replace('\n', "  \n\n"),
        text.trim_end().to_owned(),
        format!("{above}{text}\n-- \nSent from my phone\n"),
        // Two files, one below the other, count on their own.
        format!("{}{}", file_of(&bodies[..1]), file_of(&bodies[1..])),
    ] {
        let read = read_file(&changed).unwrap();
        assert_eq!((&read.bodies, read.faults, read.lost), (&bodies, vec![], 0), "{changed}");
    }
}

#[test]
fn edited_line_is_named_and_the_others_are_taken() {
    let bodies = bodies(4);
    let text = file_of(&bodies);
    let edited = text.replacen("00001\"", "00009\"", 1);
    let read = read_file(&edited).unwrap();
    assert_eq!((faults(&read), read.lost), (vec![(3, Why::Changed)], 0));
    assert_eq!(read.bodies, [&bodies[0][..], &bodies[2], &bodies[3]]);
    // Half a line, words between the lines, and the end is missing.
    let lines: Vec<&str> = text.lines().collect();
    let torn = [lines[0], &lines[1][..50], "seen by Hanako", lines[2]].join("\n");
    let read = read_file(&torn).unwrap();
    assert_eq!((faults(&read), read.lost), (vec![(2, Why::Changed), (3, Why::Stray)], 1));
    assert_eq!(read.bodies, [&bodies[1][..]]);
    // The first line is gone or unreadable: the rows speak for themselves.
    for first in ["", "ENTAKU/1", "ENTAKU/1 wörk 4", "ENTAKU/7 work 4"] {
        let read = read_file(&text.replacen(lines[0], first, 1)).unwrap();
        assert_eq!((&read.bodies, read.lost), (&bodies, 0), "{first}");
    }
}

#[test]
fn what_is_none_of_ours_is_said_to_be_none() {
    for text in ["", "\n\n", "hello", "{\"a\":\"b\"}", "12345678 {}", "%PDF-1.7\n\u{0}", "<!doctype html><p>Hotel</p>"]
    {
        assert_eq!(read_file(text), Err(NoFile), "{text}");
        assert!(read(text).bodies.is_empty());
    }
    assert_eq!(read("hello\n\nyou").unknown, 2);
    assert_eq!(read(""), Found::default());
    assert_eq!(read_file("ENTAKU/1 work 3").unwrap(), Read { lost: 3, ..Read::default() });
}

#[test]
fn squares_say_what_they_are_in_letters_that_any_keyboard_types() {
    let text = file_of(&bodies(3));
    let squares = squares(&text);
    assert_eq!(squares.len(), 3);
    for (index, square) in squares.iter().enumerate() {
        let head = format!("ENTAKU/1 {} {}/3 ", checksum(&text).to_uppercase(), index + 1);
        assert!(square.starts_with(&head) && square.len() <= SQUARE_BYTES, "{square}");
        assert!(square.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" /".contains(&byte)));
    }
    let longest = super::squares(&"a".repeat(500 * MOST_SQUARES));
    assert!(longest.len() == MOST_SQUARES && longest.iter().all(|square| square.len() <= SQUARE_BYTES));
    assert!(super::squares(&"a".repeat(500 * MOST_SQUARES + 1)).is_empty() && super::squares("").is_empty());
}

#[test]
fn scanners_type_as_they_please() {
    let bodies = bodies(3);
    let text = file_of(&bodies);
    let squares = squares(&text);
    let full_width: String = squares[0]
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c != ' ').unwrap_or('　'))
        .collect();
    for scanned in [
        squares.join("\n"),
        squares.join("\r\n\r\n"),
        squares.concat(),
        squares.join("\n").to_lowercase(),
        [&full_width, &squares[2][..], &squares[1]].join("\n"),
        squares.iter().map(|square| format!("]Q1{square}\t")).collect::<Vec<_>>().join("\n"),
    ] {
        let found = read(&scanned);
        assert_eq!((&found.bodies, found.missing, found.unknown), (&bodies, vec![], 0), "{scanned}");
    }
}

#[test]
fn missing_and_misread_squares_are_named() {
    let (one, other) = (file_of(&bodies(4)), file_of(&bodies(5)));
    let (squares, others) = (squares(&one), squares(&other));
    let count = squares.len();
    assert!(count >= 4);
    let mut misread = squares[2].clone();
    let last = misread.pop().unwrap();
    misread.push(if last == '0' { '1' } else { '0' });
    let scanned = [&squares[3], &squares[0], &misread, &others[1], &squares[0]].map(String::as_str);
    let joined = join(scanned);
    assert_eq!((joined.whole, joined.unknown), (vec![], 1));
    let numbers = |text: &str| joined.missing.iter().find(|missing| missing.id == checksum(text)).unwrap().clone();
    assert_eq!((numbers(&one).numbers[..2].to_vec(), numbers(&one).of), (vec![2, 3], count));
    assert_eq!((numbers(&other).numbers[..2].to_vec(), numbers(&other).of), (vec![1, 3], others.len()));
    // With the text of a file beside them, each is what it is.
    let found = read(&[&squares[0][..], "\n", &file_of(&bodies(2)), &misread].concat());
    assert_eq!((found.bodies, found.unknown, found.missing.len()), (bodies(2), 1, 1));
}

#[test]
fn numbers_that_no_text_has_fill_no_memory() {
    let liar = |id: usize| squares::tests::lie(&format!("{id:08X}"), 1, MOST_SQUARES);
    let lies: Vec<String> = (0..100).map(liar).collect();
    let joined = join(lies.iter().map(String::as_str));
    assert_eq!((joined.missing.len(), joined.unknown), (1, 99));
    assert_eq!(join([&squares::tests::lie("0", 1, MOST_SQUARES + 1)[..]]).unknown, 1);
    assert_eq!(join([&squares::tests::lie("0", 0, 1)[..]]).unknown, 1);
    // Every square is here, and together they are not what they say.
    assert_eq!(join([&squares::tests::lie("00000000", 1, 1)[..]]).unknown, 1);
}

fn any_bodies() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(prop_oneof![".{0,60}", "(?s).{0,40}", "[ -~]{0,900}"], 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn whatever_is_written_comes_back(bodies in any_bodies()) {
        let read = read_file(&file_of(&bodies)).unwrap();
        prop_assert_eq!((&read.bodies, read.faults.len(), read.lost), (&bodies, 0, 0));
    }

    #[test]
    fn squares_come_together_in_any_order_and_number(
        bodies in any_bodies(),
        order in proptest::collection::vec(any::<Index>(), 0..12),
    ) {
        let text = file_of(&bodies);
        let squares = squares(&text);
        let again = order.iter().map(|index| index.get(&squares));
        let scanned: Vec<&str> = again.clone().chain(squares.iter().rev()).map(String::as_str).collect();
        prop_assert_eq!(join(scanned), Joined { whole: vec![text.clone()], ..Joined::default() });
        // Some of them: what is missing is exactly what was not read.
        let read: BTreeSet<usize> = order.iter().map(|index| index.index(squares.len()) + 1).collect();
        let joined = join(again.map(String::as_str));
        let missing: Vec<usize> = (1..=squares.len()).filter(|number| !read.contains(number)).collect();
        if missing.is_empty() {
            prop_assert_eq!(joined.whole, vec![text]);
        } else if !read.is_empty() {
            let id = checksum(&text);
            prop_assert_eq!(joined.missing, vec![Missing { id, numbers: missing, of: squares.len() }]);
        }
    }

    #[test]
    fn flipped_character_never_makes_a_body_that_was_not_written(
        bodies in any_bodies(),
        at in any::<Index>(),
        new in any::<char>(),
        in_squares in any::<bool>(),
    ) {
        let text = file_of(&bodies);
        let carried = if in_squares { squares(&text).join("\n") } else { text };
        let mut letters: Vec<char> = carried.chars().collect();
        let at = at.index(letters.len());
        letters[at] = new;
        let found = read(&letters.into_iter().collect::<String>());
        for body in &found.bodies {
            prop_assert!(bodies.contains(body), "{}", body);
        }
        // At most the line that was hit is lost, or two that became one.
        let distinct: BTreeSet<&String> = bodies.iter().collect();
        prop_assert!(in_squares || found.bodies.len() + 2 >= distinct.len());
    }

    #[test]
    fn lost_lines_are_counted(bodies in any_bodies(), lost in any::<Index>()) {
        prop_assume!(!bodies.is_empty());
        let text = file_of(&bodies);
        let lost = lost.index(bodies.len()) + 1;
        let left: Vec<&str> = text.lines().enumerate().filter(|(index, _)| *index != lost).map(|(_, line)| line).collect();
        prop_assert_eq!(read_file(&left.join("\n")).unwrap().lost, 1);
    }

    #[test]
    fn nothing_that_is_typed_breaks_it(text in "(?s).{0,400}") {
        let found = read(&text);
        prop_assert!(found.bodies.is_empty());
    }
}
