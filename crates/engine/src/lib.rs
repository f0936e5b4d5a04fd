//! The mathematics the model stands on: addressed draws, thresholds kept in order, sums whose bits
//! do not depend on threads, and the list of phases. It knows nothing of groups, harm or policy.

mod attention; // who feels more than their cell, and when to look at them
pub mod crowd; // who waits, in order, and who crosses this week
mod entries; // what a week changes of how people stand, before it is written
mod lines; // the crowd as lines in order of key: a week costs its events
pub mod phase; // one entry of the week
mod records; // what is known of the touched and their kin, block by block
pub mod roll; // who belongs to which household, cell and quarter, by arithmetic
pub mod streams; // every draw has an address
pub mod sums; // ordered sums
pub mod threshold; // what a person can bear before they join
pub mod turns; // whose turn comes when a growing sum has reached what they wait for
mod twin; // the crowd as a plain list, visited person by person: for tests and benches
