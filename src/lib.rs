//! Toguna simulates recruitment into armed groups and the policies that answer it, person by person
//! and week by week. Each room of the house names only rooms below it in this list; the order is
//! held by `tests/layers.rs`.

#[cfg(feature = "cli")]
pub mod cli; // one file per command: flags in, experiment, output, done
pub mod output; // columns, csv, manifest, data package: everything written to disk
pub mod experiment; // replicates, designs, statistics: many runs
pub mod scenario; // the TOML file, read, extended, checked; what leaves this room may be trusted
pub mod model; // the world and the phases of its week
pub mod engine; // thresholds, streams, ordered sums: knows nothing of the rules above it
pub mod units; // Share, Weeks, Money, dates
pub mod json; // the one way from JSON to a type

/// Raised by one whenever the same scenario and seed give other results than before. It enters every
/// fingerprint, so that results of two ages are never taken for one another.
pub const RESULTS_VERSION: u32 = 1;
