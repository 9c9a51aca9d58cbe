//! Lists that are pasted.
