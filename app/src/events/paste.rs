//! A list of guests as it is copied out of a spreadsheet: cells, what their columns are, and what each row says.
//!
//! Nothing here touches a database. What must stay true: nothing is guessed about a person; what cannot be read is
//! shown with its line and not taken in.

pub use super::sheet::{MOST_COLUMNS, MOST_ROWS, Sheet};

use super::guest::{self, Fault, Line, Phone, Typed, key};
use std::{borrow::Cow, collections::HashMap};

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// Nothing that is wanted.
    #[default]
    Nothing,
    /// The name.
    Name,
    /// Its reading.
    Reading,
    /// The organisation.
    Organisation,
    /// The number to call.
    Phone,
    /// The mail address.
    Email,
    /// The place.
    Place,
    /// The kind of organisation.
    Kind,
    /// The language of their mails.
    Language,
    /// What they need.
    Needs,
}

impl Column {
    /// All, in the order in which a form offers them.
    pub const ALL: [Self; 10] = [
        Self::Nothing,
        Self::Name,
        Self::Reading,
        Self::Organisation,
        Self::Phone,
        Self::Email,
        Self::Place,
        Self::Kind,
        Self::Language,
        Self::Needs,
    ];

    /// As forms write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Name => "name",
            Self::Reading => "reading",
            Self::Organisation => "organisation",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Place => "place",
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Needs => "needs",
        }
    }

    /// What a form says.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == text)
    }

    /// What a head calls it, in the languages in which lists are written.
    fn of_head(head: &str) -> Option<Self> {
        const HEADS: [(Column, &[&str]); 9] = [
            // Before "organisation" and "company", whose words stand in its own.
            (Column::Kind, &["種類", "種別", "業種", "kind", "type", "类型", "种类", "类别", "loại"]),
            (Column::Language, &["言語", "ことば", "language", "语言", "ngôn ngữ"]),
            (
                Column::Reading,
                &["ふりがな", "よみ", "かな", "reading", "furigana", "kana", "读音", "phiên âm", "cách đọc"],
            ),
            (Column::Email, &["メール", "mail", "アドレス", "邮箱", "邮件", "thư điện tử"]),
            (Column::Phone, &["電話", "携帯", "tel", "phone", "连絡先", "電番", "电话", "手机", "điện thoại", "số đt"]),
            (
                Column::Organisation,
                &[
                    "会社",
                    "所属",
                    "団体",
                    "法人",
                    "組織",
                    "企業",
                    "勤務先",
                    "organi",
                    "company",
                    "affiliation",
                    "公司",
                    "单位",
                    "组织",
                    "机构",
                    "công ty",
                    "tổ chức",
                    "đơn vị",
                    "cơ quan",
                ],
            ),
            (Column::Place, &["会場", "場所", "地区", "place", "venue", "location", "会场", "地点", "địa điểm", "nơi"]),
            (Column::Needs, &["配慮", "備考", "要望", "needs", "remark", "备注", "需要", "ghi chú", "nhu cầu"]),
            (Column::Name, &["氏名", "名前", "姓名", "参加者", "name", "名字", "họ tên", "họ và tên", "tên"]),
        ];
        let head = key(head);
        let found = HEADS.iter().find(|(_, words)| words.iter().any(|word| head.contains(&key(word))));
        found.map(|(column, _)| *column).filter(|_| head.chars().count() <= 20)
    }
}

impl Sheet {
    /// How many columns the widest row has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0)
    }

    /// What the columns seem to be, and whether the first row names them. `is_place` knows the event's places.
    #[must_use]
    pub fn guess(&self, is_place: impl Fn(&str) -> bool) -> (Vec<Column>, bool) {
        let width = self.width();
        let Some((_, first)) = self.rows.first() else { return (Vec::new(), false) };
        let named: Vec<Option<Column>> =
            (0..width).map(|index| first.get(index).and_then(|head| Column::of_head(head))).collect();
        let is_head = named.iter().flatten().count() >= 2
            || (named.contains(&Some(Column::Name)) && !first.iter().any(|cell| cell.contains('@')));
        let mut columns = vec![Column::Nothing; width];
        if is_head {
            for (index, column) in named.into_iter().enumerate() {
                if let Some(column) = column.filter(|column| !columns.contains(column)) {
                    columns[index] = column;
                }
            }
            return (columns, true);
        }
        for index in 0..width {
            let cells = self.rows.iter().take(200).filter_map(|(_, cells)| cells.get(index));
            let cells: Vec<&str> = cells.map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            let mostly = |fits: &dyn Fn(&str) -> bool| {
                !cells.is_empty() && cells.iter().filter(|cell| fits(cell)).count() * 2 > cells.len()
            };
            // A space between the two names is no sign of another script.
            let is_foreign = |c: char| c.is_ascii() && c != ' ';
            let kana = |cell: &str| matches!(Line::reading(cell), Ok(Some(_))) && !cell.chars().any(is_foreign);
            let found = if mostly(&|cell| cell.contains('@')) {
                Column::Email
            } else if mostly(&|cell| matches!(Phone::optional(cell), Ok(Some(_)))) {
                Column::Phone
            } else if mostly(&|cell| is_place(cell)) {
                Column::Place
            } else if mostly(&|cell| cell.chars().all(|c| c.is_ascii_digit())) {
                Column::Nothing
            } else if mostly(&|cell| kana(cell)) && columns.contains(&Column::Name) {
                Column::Reading
            } else if columns.contains(&Column::Name) {
                Column::Organisation
            } else {
                Column::Name
            };
            if !columns.contains(&found) {
                columns[index] = found;
            }
        }
        (columns, false)
    }
}

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

/// The language that a cell names: by its tag, its own name or what the others call it.
#[must_use]
pub fn language_of(cell: &str) -> Option<&'static str> {
    const LANGUAGES: [(&str, &[&str]); 5] = [
        ("ja", &["ja", "jp", "日本語", "japanese", "日语", "tiếng nhật"]),
        ("ja-easy", &["ja-easy", "やさしい日本語", "easy japanese", "简单日语", "tiếng nhật dễ hiểu"]),
        ("vi", &["vi", "vn", "tiếng việt", "ベトナム語", "vietnamese", "越南语"]),
        ("zh-Hans", &["zh", "zh-hans", "cn", "中文", "简体中文", "中国語", "chinese", "tiếng trung"]),
        ("en", &["en", "english", "英語", "英语", "tiếng anh"]),
    ];
    let said = key(cell);
    LANGUAGES.iter().find(|(_, words)| words.iter().any(|word| key(word) == said)).map(|(tag, _)| *tag)
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

    fn guess(text: &str) -> (Vec<Column>, bool) {
        Sheet::parse(text).guess(|cell| cell == "東京")
    }

    #[test]
    fn columns_are_known_by_their_heads_in_four_languages() {
        use Column::*;
        for head in [
            "氏名\tフリガナ\t会社名\t所属の種類\t電話番号\tメールアドレス\t会場\t言語",
            "Name\tReading\tOrganisation\tKind of organisation\tPhone\tE-mail\tPlace\tLanguage",
            "姓名\t读音\t单位\t单位类型\t电话\t邮箱\t会场\t语言",
            "Họ tên\tPhiên âm\tCông ty\tLoại tổ chức\tĐiện thoại\tEmail\tĐịa điểm\tNgôn ngữ",
        ] {
            let columns = vec![Name, Reading, Organisation, Kind, Phone, Email, Place, Language];
            assert_eq!(guess(head), (columns, true), "{head}");
        }
    }

    #[test]
    fn columns_are_known_by_what_they_hold() {
        use Column::*;
        let text = "1,山田 太郎,やまだ たろう,赤会社,03-1234-5678,taro@example.org,東京\n2,李 明,り めい,,,,";
        assert_eq!(guess(text), (vec![Nothing, Name, Reading, Organisation, Phone, Email, Place], false));
    }

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
