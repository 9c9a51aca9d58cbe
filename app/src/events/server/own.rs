//! What a guest corrects about themselves.
