//! The mathematics the model stands on: addressed draws, thresholds kept in order, sums whose bits
//! do not depend on threads, and the list of phases. It knows nothing of groups, harm or policy.
#![deny(missing_docs)]

mod wake_ups; // who feels more than their cell, and when to look at them
mod bonds; // what somebody feels of their own, and how they wait
pub mod risk_set; // who waits, in order, and who crosses this week
mod updates; // what a week changes of how people stand, before it is written
mod threshold_queue; // the risk set in order of threshold: a week costs its events
pub mod parallel; // work shared out among threads and gathered in order
pub mod phase; // one phase of the week
mod records; // what is known of the touched and their kin, block by block
pub mod layout; // who belongs to which household, cell and quarter, by arithmetic
mod one_block; // ChaCha8 where a single draw should cost a single block
pub mod streams; // every draw has an address
pub mod sums; // ordered sums
mod threshold; // what a person can bear before they join
pub mod radix_heap; // who is due once a growing sum has reached their key
mod reference; // the risk set as a plain list, visited person by person: for tests and benches
