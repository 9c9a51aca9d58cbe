//! What is told about an event beside its date: programme, hosts, languages, materials. It is edited and stored whole.

use super::words::Words;
use serde::{Deserialize, Serialize};

/// Everything that a page tells and no rule asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Details {
    /// What it is about; paragraphs are parted by an empty line.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub about: Words,
    /// What happens, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programme: Vec<Item>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Host>,
    /// The languages spoken, as tags (`ja`, `en`, `vi`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// How it is interpreted.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub interpretation: Words,
    /// What is handed out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<Material>,
    /// Whether the content is made up for trying things out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_demonstration: bool,
}

/// A talk, or a part of the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Item {
    /// When it begins, `HH:MM`; may be empty.
    pub at: String,
    /// What it is.
    pub title: Words,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
}

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Speaker {
    /// The name as it is printed; empty if only the organisation is known.
    pub name: String,
    /// Where they come from.
    pub organisation: Words,
    /// Whether it is a lecturer who was invited.
    pub is_invited: bool,
}

/// What somebody is for an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostRole {
    /// Holds it.
    #[default]
    Host,
    /// Holds it with the host.
    CoHost,
    /// Supports it.
    Supporter,
}

impl HostRole {
    /// All, in the order in which a page names them.
    pub const ALL: [Self; 3] = [Self::Host, Self::CoHost, Self::Supporter];

    /// As forms write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::CoHost => "co_host",
            Self::Supporter => "supporter",
        }
    }
}

/// Who holds an event, helps or supports it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Host {
    /// What they are.
    pub role: HostRole,
    /// What they are called.
    pub name: Words,
    /// Which data of guests they are given, as the form says it; empty if none.
    pub receives: Words,
}

/// Something handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Material {
    /// What it is.
    pub title: Words,
    /// Where it is.
    pub url: String,
}

impl Details {
    /// As it stands in a table.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a table holds; nothing of what cannot be read.
    #[must_use]
    pub fn of_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        let details = Details {
            about: Words::new([("ja", "一。\n\n二。")]),
            programme: vec![Item {
                at: "10:30".into(),
                title: Words::new([("en", "Trends")]),
                speakers: vec![Speaker {
                    name: "Red One".into(),
                    organisation: Words::new([("en", "Red")]),
                    is_invited: true,
                }],
            }],
            hosts: vec![Host { role: HostRole::CoHost, name: Words::new([("en", "Red")]), receives: Words::default() }],
            languages: vec!["ja".into()],
            ..Details::default()
        };
        assert_eq!(Details::of_json(&details.to_json()), details);
        assert_eq!(Details::of_json("{}"), Details::default());
    }
}
