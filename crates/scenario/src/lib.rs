//! The scenario file: read, extended, checked. What leaves this room may be trusted.
#![deny(missing_docs)]

pub mod prepared; // from a trusted scenario to a world
pub mod check; // every mistake of a scenario, gathered
pub mod dictionary; // each parameter with its meaning, unit, range, default and source
pub mod diff; // what differs between two scenarios
pub mod draft; // a scenario to start from, with every lever in comments
mod expression; // the language of conditions
pub mod file; // what a scenario file may say
pub mod layers; // the file, what it extends, and --set, merged
pub mod lessons; // what small scenarios teach
pub mod leaf; // whether one value is what its place takes
mod limits; // how much of everything can be numbered and counted
pub mod notes; // what is valid and worth a second look
mod overlay; // part of a table, laid over the whole when its time comes
pub mod problems; // what is wrong, where it stands, what would do
mod check_rows; // what does not fit between the tables
mod check_settings; // what does not fit in the file
pub mod checked; // scenario and tables, checked together
#[cfg(test)]
pub(crate) mod sample; // a small scenario type for tests
pub mod renamed; // names of older versions
pub mod schema; // what a scenario may hold, as told by its types
pub mod show; // a resolved scenario as TOML
pub mod source; // where texts come from: disk or memory
pub mod suggest; // did you mean
mod text; // texts that problems point into
mod fork; // how a world goes on under another scenario
pub mod table; // comma-separated tables, read with the same care
pub mod table_set; // the tables that a scenario names
pub mod tables; // rows of the tables
pub mod tree; // values that know where they stand
