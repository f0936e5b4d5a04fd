//! Many runs: which to make, in what order, and what they show together.
//! The parts here are pure: they know no model, read no file and print nothing.
#![deny(missing_docs)]

pub mod acted; // which entries of a timeline acted, and when
pub mod averted; // what a policy buys
pub mod belonging; // what people are told apart by
pub mod calibrate; // which settings the facts do not rule out
pub mod checkpoint; // a world on disk, to go on from
pub mod common_past; // how long scenarios run alike
pub mod arms; // the scenarios of a comparison
pub mod compare; // several scenarios under the same random numbers
pub mod course; // one scenario under many seeds
pub mod design; // the design file and the points it asks for
mod draws; // random streams of designs and bootstraps, apart from those of the model
pub mod ending; // what a comparison keeps of one run
pub mod execution; // threads, interruption and progress of many runs
pub mod explain; // how much of a difference each mechanism carries
pub mod facts; // what runs of Mali are compared with
pub mod in_order; // many pieces of work, results in order
pub mod joined; // who joined under which policy
pub mod lesson; // the arms of a lesson and what tells them apart
pub mod logs; // the tables that a run fills week by week
pub mod over_time; // outcomes and cercles on the way to the end
pub mod plan; // points × replicates in an order that may be cut or sharded
pub mod record; // what one run leaves behind
pub mod replicate; // one scenario under many seeds
pub mod sensitivity; // Morris effects and Sobol' indices from the outcomes of a design
pub mod statistics; // means, intervals, quantiles, ranks, survival
pub mod sweep; // the runs of a design and what they show together
pub mod table; // tables as they are declared, rows as text
pub mod validate; // runs compared with the facts
pub mod worlds; // policies judged over an ensemble
pub mod who_pays; // what befalls the people of each region, constituency and cohort
