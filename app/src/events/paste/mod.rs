//! A list of guests as it is copied out of a spreadsheet: cells, what their columns are, and what each row says.
//!
//! Nothing here touches a database. What must stay true: nothing is guessed about a person; what cannot be read is
//! shown with its line and not taken in.

mod columns;

pub use super::sheet::{MOST_COLUMNS, MOST_ROWS, Sheet};
pub use columns::{Column, language_of};

use super::guest::{self, Fault, Line, Phone, Typed};
use std::{borrow::Cow, collections::HashMap};

/// What is remarkable about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// A field cannot be read; the row is not taken in.
    Wrong(Column, Fault),
    /// Nobody knows where they come; the row is not taken in until a place is chosen.
    NoPlace,
    /// The same person stands above, in this line; the row is not taken in.
    Repeated(usize),
    /// They seem to be registered already; taken in only if it is wished.
    Registered,
    /// The same name stands in the list or is registered, and nothing tells whether it is the same person.
    SameName,
    /// There is no way to reach them.
    NoContact,
    /// A cell says nothing that is known; it is left out.
    Unknown(Column),
}

impl Doubt {
    /// Whether the row cannot be taken in.
    #[must_use]
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::Wrong(..) | Self::NoPlace | Self::Repeated(_))
    }
}

/// One row, read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its line, from 1.
    pub line: usize,
    /// Its cells as they were pasted.
    pub cells: Vec<String>,
    /// Who it is, if that can be read.
    pub guest: Option<Typed>,
    /// The position of the place, from 0.
    pub place: Option<usize>,
    /// The language of their mails, if the row says one.
    pub language: Option<&'static str>,
    /// What is remarkable.
    pub doubts: Vec<Doubt>,
}

impl Read {
    /// Whether it is taken in; `also` takes those too who seem to be registered.
    #[must_use]
    pub fn is_good(&self, also: bool) -> bool {
        self.guest.is_some()
            && self.place.is_some()
            && !self.doubts.iter().any(|doubt| doubt.is_grave() || (*doubt == Doubt::Registered && !also))
    }
}

/// Who is registered already, by what people are known by.
#[derive(Clone, Debug, Default)]
pub struct Registered {
    /// Names with a phone or an address behind.
    pub people: std::collections::HashSet<(String, String)>,
    /// Names.
    pub names: std::collections::HashSet<String>,
}

/// What cells are called, by what they say.
pub struct Names<'n> {
    /// The position of a place.
    pub place: &'n dyn Fn(&str) -> Option<usize>,
    /// A kind of organisation, one of [`guest::KINDS`].
    pub kind: &'n dyn Fn(&str) -> Option<&'static str>,
}

/// Reads the rows. Whose row names no place comes to `place`.
#[must_use]
pub fn read(
    sheet: &Sheet,
    columns: &[Column],
    has_head: bool,
    place: Option<usize>,
    names: &Names<'_>,
    registered: &Registered,
) -> Vec<Read> {
    let known = names;
    let mut people: HashMap<(String, String), usize> = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    let rows = sheet.rows.iter().skip(usize::from(has_head)).map(|(line, cells)| {
        let mut doubts = Vec::new();
        let cell = |wanted: Column| {
            columns
                .iter()
                .position(|column| *column == wanted)
                .and_then(|index| cells.get(index))
                .map_or("", String::as_str)
        };
        let mut guest = typed(cell, &mut doubts);
        let mut found = |column, find: &dyn Fn(&str) -> Option<&'static str>| {
            let said = cell(column);
            let found = find(said);
            if found.is_none() && !said.is_empty() {
                doubts.push(Doubt::Unknown(column));
            }
            found
        };
        let kind = found(Column::Kind, known.kind);
        let language = found(Column::Language, &language_of);
        if let Some(guest) = &mut guest {
            guest.kind = kind;
        }
        let said = cell(Column::Place);
        let place = if said.is_empty() { place } else { (known.place)(said).or(place) };
        if place.is_none() {
            doubts.push(Doubt::NoPlace);
        }
        if let Some(guest) = &guest {
            let name = guest.name_key();
            let keys: Vec<(String, String)> =
                [Some(guest.phone_key()).filter(|key| !key.is_empty()), guest.email_key()]
                    .into_iter()
                    .flatten()
                    .map(|other| (name.clone(), other))
                    .collect();
            let above = keys.iter().find_map(|key| people.get(key)).copied();
            if let Some(above) = above {
                doubts.push(Doubt::Repeated(above));
            } else if keys.iter().any(|key| registered.people.contains(key)) {
                doubts.push(Doubt::Registered);
            } else if names.contains_key(&name) || registered.names.contains(&name) {
                doubts.push(Doubt::SameName);
            }
            if keys.is_empty() {
                doubts.push(Doubt::NoContact);
            }
            for key in keys {
                people.entry(key).or_insert(*line);
            }
            names.entry(name).or_insert(*line);
        }
        Read { line: *line, cells: cells.clone(), guest, place, language, doubts }
    });
    rows.collect()
}

/// A number whose first zero a spreadsheet took for nothing: nine digits of a telephone in a house, ten of one that is
/// carried.
fn with_zero(cell: &str) -> Cow<'_, str> {
    let is_bare = cell.bytes().all(|byte| byte.is_ascii_digit());
    let has_lost = is_bare
        && match cell.len() {
            9 => !cell.starts_with('0'),
            10 => cell.starts_with(['5', '7', '8', '9']) && cell.as_bytes()[1] == b'0',
            _ => false,
        };
    if has_lost { Cow::Owned(["0", cell].concat()) } else { Cow::Borrowed(cell) }
}

fn typed<'c>(cell: impl Fn(Column) -> &'c str, doubts: &mut Vec<Doubt>) -> Option<Typed> {
    fn keep<T>(doubts: &mut Vec<Doubt>, column: Column, read: Result<Option<T>, Fault>) -> Option<T> {
        read.unwrap_or_else(|fault| {
            doubts.push(Doubt::Wrong(column, fault));
            None
        })
    }
    let name = keep(doubts, Column::Name, Line::required(cell(Column::Name)).map(Some));
    let reading = keep(doubts, Column::Reading, Line::reading(cell(Column::Reading)));
    let organisation = keep(doubts, Column::Organisation, Line::optional(cell(Column::Organisation)));
    let phone = keep(doubts, Column::Phone, Phone::optional(&with_zero(cell(Column::Phone))));
    let email = keep(doubts, Column::Email, guest::email(cell(Column::Email)));
    let needs = keep(doubts, Column::Needs, guest::needs(cell(Column::Needs)));
    Some(Typed { name: name?, reading, organisation, phone, email, kind: None, needs, answers: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zero_that_a_spreadsheet_dropped_is_put_back() {
        for (cell, number) in [
            ("312345678", "0312345678"),
            ("9012345678", "09012345678"),
            ("0312345678", "0312345678"),
            ("2125550123", "2125550123"),
            ("+81 3 1234", "+81 3 1234"),
        ] {
            assert_eq!(with_zero(cell), number);
        }
    }

    #[test]
    fn what_is_doubtful_is_told() {
        use Column::*;
        let sheet = Sheet::parse("A\t0312345678\tTokyo\na\t03-1234-5678\tTokyo\nB\tcall me\tTokyo\nC\t\tMars\nD\t\t");
        let columns = [Name, Phone, Place];
        let mut registered = Registered::default();
        registered.names.insert("d".into());
        let names = Names { place: &|cell| (cell == "Tokyo").then_some(0), kind: &|_| None };
        let rows = read(&sheet, &columns, false, None, &names, &registered);
        let doubts: Vec<_> = rows.iter().map(|row| row.doubts.clone()).collect();
        assert_eq!(
            doubts,
            [
                vec![],
                vec![Doubt::Repeated(1)],
                vec![Doubt::Wrong(Phone, Fault::PhoneLetters), Doubt::NoContact],
                vec![Doubt::NoPlace, Doubt::NoContact],
                vec![Doubt::NoPlace, Doubt::SameName, Doubt::NoContact],
            ]
        );
        assert_eq!(rows.iter().filter(|row| row.is_good(false)).count(), 1);
        let placed = read(&sheet, &columns, false, Some(1), &names, &registered);
        assert_eq!(placed.iter().filter(|row| row.is_good(false)).count(), 3);
    }

    #[test]
    fn kind_and_language_are_taken_by_their_names_and_what_is_neither_is_left_out() {
        use Column::*;
        let sheet = Sheet::parse("A\t企業\tTIẾNG VIỆT\nB\tguild\tElvish\nC\t\t中国語\nD\t\t");
        let names = Names { place: &|_| None, kind: &|cell| (cell == "企業").then_some("company") };
        let rows = read(&sheet, &[Name, Kind, Language], false, Some(0), &names, &Registered::default());
        let read: Vec<_> = rows.iter().map(|row| (row.guest.as_ref().unwrap().kind, row.language)).collect();
        assert_eq!(read, [(Some("company"), Some("vi")), (None, None), (None, Some("zh-Hans")), (None, None)]);
        assert!(rows[1].doubts.contains(&Doubt::Unknown(Kind)) && rows[1].doubts.contains(&Doubt::Unknown(Language)));
        assert!(rows[1].is_good(false) && rows[3].doubts == [Doubt::NoContact]);
    }
}
