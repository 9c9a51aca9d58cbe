//! The truth, told simply: somebody who saw everything in order and struck out what was taken back afterwards.

use rollcall::{Act, Id, Operation};
use std::collections::{BTreeMap, HashSet};

/// What is true of a guest: where they count, whether and where they are.
pub type Truth = BTreeMap<Id, (Id, Option<Id>)>;

/// Of operations in the order in which they happened.
pub fn truth(happened: &[Operation]) -> Truth {
    let is_undo = |id: Id| happened.iter().any(|other| other.id == id && matches!(other.act, Act::Undo { .. }));
    let struck: HashSet<Id> = happened
        .iter()
        .filter_map(|operation| match operation.act {
            Act::Undo { operation } => Some(operation).filter(|id| !is_undo(*id)),
            _ => None,
        })
        .collect();
    let mut counted: BTreeMap<Id, Id> = BTreeMap::new();
    let mut inside: BTreeMap<Id, Id> = BTreeMap::new();
    for operation in happened.iter().filter(|operation| !struck.contains(&operation.id)) {
        match operation.act {
            Act::Arrive { guest, place } | Act::WalkIn { guest, place } => {
                counted.entry(guest).or_insert(place);
                inside.entry(guest).or_insert(place);
            }
            Act::Leave { guest } => {
                inside.remove(&guest);
            }
            Act::Move { guest, place } => {
                if let Some(counted) = counted.get_mut(&guest)
                    && *counted != place
                {
                    *counted = place;
                    if let Some(inside) = inside.get_mut(&guest) {
                        *inside = place;
                    }
                }
            }
            Act::Correct { .. } | Act::Undo { .. } => {}
        }
    }
    counted.into_iter().map(|(guest, place)| (guest, (place, inside.get(&guest).copied()))).collect()
}
