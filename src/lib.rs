//! Toguna simulates recruitment into armed groups and the policies that answer it, person by person
//! and week by week. Each room of the house is a crate that knows only the rooms below it in this list.

pub use toguna_engine as engine; // thresholds, streams, ordered sums: knows nothing of the rules above it
pub use toguna_experiment as experiment; // replicates, designs, statistics: many runs
pub use toguna_model as model; // the world and the phases of its week
pub use toguna_output as output; // columns, csv, manifest, data package: everything written to disk
pub use toguna_scenario as scenario; // the TOML file, read, extended, checked; what leaves this room may be trusted
pub use toguna_units as units; // Share, Weeks, Money, dates

pub use toguna_model::RESULTS_VERSION;
