//! Policies judged over an ensemble: each is run in every world that the facts leave open, several times with
//! random numbers of its own; the policies of one world share them.

mod deciding; // which parameters tell where a policy fails
mod ends; // how every policy ended in every world
mod judged; // what that says of each policy
mod members; // an ensemble read back
mod nested; // luck and ignorance told apart
mod policies; // the runs

pub use deciding::Leaf;
pub use ends::Ends;
pub use judged::{JudgedRow, RegretRow, WhereRow, judged, regrets, where_it_fails};
pub use members::Members;
pub use policies::Worlds;
