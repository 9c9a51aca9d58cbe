//! What the columns of a pasted list hold: said by their heads, guessed from their cells, chosen by hand.

use crate::events::{
    guest::{Line, Phone, key},
    sheet::Sheet,
};

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
}
