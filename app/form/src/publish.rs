//! Publishing: from plain data to a definition that was checked, cannot change, and is named by the
//! hash of its bytes.

use crate::check;
use crate::definition::Definition;
use crate::fault::{Fault, FaultKind};
use crate::payload::digest;

/// The most bytes that a definition may have.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most questions of a definition, and the most choices of a question.
pub const MAX_ITEMS: usize = 500;
/// The most parts of an expression, those of the calculations that it names included.
pub const MAX_PARTS: usize = 10_000;

/// A definition that holds: every name it uses exists, every text is there in every language it
/// declares, every expression has the right types. [`FaultKind`] lists what was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    definition: Definition,
    bytes: Vec<u8>,
    hash: String,
}

impl Published {
    /// Reads and checks a definition. Bytes need not be canonical; the hash is always that of the
    /// canonical ones, so compare it where a certain definition is meant.
    pub fn from_json(bytes: &[u8]) -> Result<Published, Vec<Fault>> {
        if bytes.len() > MAX_BYTES {
            return Err(whole(FaultKind::TooLarge));
        }
        let definition = Definition::read(bytes).map_err(|fault| vec![fault])?;
        #[cfg(feature = "format-1")]
        if crate::format_1::is_canonical(bytes) {
            let faults = check::faults(&definition);
            // Where no more faults are told, there may be others.
            if faults.len() >= check::MAX_FAULTS || !faults.iter().all(|fault| crate::format_1::is_new(fault.kind)) {
                return Err(faults);
            }
            // Its bytes were published and never change; only what is read from them is of today.
            return Ok(Published { definition, bytes: bytes.to_vec(), hash: digest(bytes) });
        }
        Published::from_definition(definition)
    }

    /// Checks a definition. All faults are told, in the order of the definition.
    pub fn from_definition(definition: Definition) -> Result<Published, Vec<Fault>> {
        let faults = check::faults(&definition);
        if !faults.is_empty() {
            return Err(faults);
        }
        // Cannot fail after the check: nothing but strings, numbers and maps with string keys.
        let bytes = serde_json::to_vec(&definition).map_err(|_| whole(FaultKind::UnexpectedType))?;
        if bytes.len() > MAX_BYTES {
            return Err(whole(FaultKind::TooLarge));
        }
        let hash = digest(&bytes);
        Ok(Published { definition, bytes, hash })
    }

    /// The SHA-256 of the canonical bytes, 64 lower-case hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The bytes to store and serve: see the crate's README for what makes them canonical.
    pub fn canonical_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The definition.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }
}

fn whole(kind: FaultKind) -> Vec<Fault> {
    vec![Fault { place: String::new(), kind }]
}
