//! Fuzz targets: what must hold of any bytes, tried with seeds that are changed here and there.
//!
//! In `cargo test` each target runs a bounded number of inputs; for longer runs
//! `FUZZ_CASES=1000000 cargo test --release -p entaku-form --test fuzz`. A failure is told with the smallest input that
//! brings it about. The driver is proptest: bolero would add coverage by libfuzzer, but its generator pins an indexmap
//! that leptos is past (0.13.7), or takes the whole workspace's toml back to 0.8.2 (0.13.4). Targets take plain bytes,
//! so another driver can call them.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod targets;
