//! What a domain keeps in memory for as long as the process lives (a cache, a meter), one value per type, so that
//! the context need not name the domains.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Values by their type; each is made when it is first asked for.
#[derive(Default)]
pub struct Parts(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Parts {
    /// The one value of this type.
    #[must_use]
    pub fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut parts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let part = parts.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(part).downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn one_value_per_type_is_shared() {
        let parts = Parts::default();
        parts.get::<AtomicU32>().fetch_add(1, Ordering::Relaxed);
        assert_eq!(parts.get::<AtomicU32>().load(Ordering::Relaxed), 1);
        assert_eq!(parts.get::<Mutex<u8>>().lock().map(|value| *value).unwrap_or(9), 0);
    }
}
