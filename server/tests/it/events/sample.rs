//! Events to test with.
