//! A small map in the order of its keys, read from a JSON object that says no key twice.
//!
//! A sorted list and not a tree: it holds some ten entries, and a B-tree's code would be a twentieth of the program on
//! a worker's phone.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::marker::PhantomData;

/// Key → value, sorted by key; no key stands in it twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SortedMap<V>(Vec<(String, V)>);

impl<V> Default for SortedMap<V> {
    fn default() -> Self {
        SortedMap(Vec::new())
    }
}

impl<V> SortedMap<V> {
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// Puts a value in and gives back the one that it replaces.
    pub(crate) fn insert(&mut self, key: String, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => self.0.get_mut(place).map(|(_, old)| std::mem::replace(old, value)),
            Err(place) => {
                self.0.insert(place, (key, value));
                None
            }
        }
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Where the key stands, or where it would.
    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_str().cmp(key))
    }
}

impl<V: Serialize> Serialize for SortedMap<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// A key that stands there twice is refused: readers disagree on which of two equal keys counts, and two readings of
/// the same signed bytes would be two answers.
impl<'de, V: Deserialize<'de>> Deserialize<'de> for SortedMap<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Unique<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Unique<V> {
            type Value = SortedMap<V>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object without repeated keys")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut map = SortedMap::default();
                while let Some((key, value)) = entries.next_entry::<String, V>()? {
                    if map.insert(key, value).is_some() {
                        return Err(A::Error::custom("repeated key"));
                    }
                }
                Ok(map)
            }
        }

        deserializer.deserialize_map(Unique(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_does_what_a_tree_does() {
        let (mut map, mut tree) = (SortedMap::default(), std::collections::BTreeMap::new());
        // Every step both ways, keys in no order and again.
        for (step, key) in ["m", "a", "z", "m", "b", "a", "q", "", "z"].into_iter().enumerate() {
            assert_eq!(map.insert(key.to_owned(), step), tree.insert(key.to_owned(), step));
            assert_eq!(map.get(key), tree.get(key));
        }
        assert_eq!((map.remove("b"), map.remove("b")), (tree.remove("b"), tree.remove("b")));
        assert_eq!(map.len(), tree.len());
        assert!(map.iter().eq(tree.iter().map(|(key, value)| (key.as_str(), value))));
    }
}
