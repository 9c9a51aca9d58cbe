//! The lists of the form: places, programme, hosts, materials.

use crate::events::server::planning::MAX_PLACES;

/// A list of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Where.
    Places,
    /// What happens.
    Programme,
    /// Who holds it.
    Hosts,
    /// What is handed out.
    Materials,
}

impl Rows {
    /// All, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Places, Self::Programme, Self::Hosts, Self::Materials];

    /// What *more rows* sends.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Programme => "programme",
            Self::Hosts => "hosts",
            Self::Materials => "materials",
        }
    }

    /// The field that tells how many rows the form has.
    #[must_use]
    pub const fn count(self) -> &'static str {
        match self {
            Self::Places => "count-places",
            Self::Programme => "count-programme",
            Self::Hosts => "count-hosts",
            Self::Materials => "count-materials",
        }
    }

    /// The most rows that are read.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::Places => MAX_PLACES,
            Self::Programme => 80,
            Self::Hosts => 30,
            Self::Materials => 30,
        }
    }

    /// How many rows one press adds.
    #[must_use]
    pub const fn step(self) -> usize {
        match self {
            Self::Programme => 3,
            _ => 1,
        }
    }

    /// The name of a field in a row, counted from 0: `places-0-name`.
    #[must_use]
    pub fn name(self, row: usize, field: &str) -> String {
        [self.as_str(), "-", &row.to_string(), "-", field].concat()
    }
}
