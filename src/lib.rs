//! Toguna simulates recruitment into armed groups and the policies that answer it, person by person
//! and week by week.
//!
//! This is the library. To run a scenario, read it, take a world of it, and run that:
//!
//! ```
//! let valley = toguna::Scenario::load("scenarios/lessons/valley.toml")?;
//! let restrained = valley.set("policy.restraint=0.9")?;
//! let mut deaths = Vec::new();
//! for scenario in [&valley, &restrained] {
//!     // The same seed and replicate: the same people and the same random numbers in both.
//!     let mut world = scenario.world(1, 0);
//!     world.run(52, &mut |_| {})?;
//!     deaths.push(world.outcome("deaths").expect("an outcome of this name"));
//! }
//! println!("{} deaths in a year, and {} with a restrained army", deaths[0], deaths[1]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A world can be forked by cloning it, its levers can be turned between two weeks, and what was played
//! can be saved as a scenario file that the command line runs to the same bytes:
//!
//! ```
//! let mut world = toguna::Scenario::load("scenarios/lessons/valley.toml")?.world(1, 0);
//! world.run(20, &mut |_| {})?;
//! let untouched = world.clone();
//! world.turn("policy.military_pressure=0.9")?;
//! world.run(30, &mut |world| assert!(world.outcome_of_the_week("deaths") >= Some(0.0)))?;
//! assert_eq!(untouched.week(), 20);
//! let files = world.scenario().files();
//! assert!(files[0].1.contains("military_pressure = 0.9"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Comparisons and sweeps without the command line are in [`experiment`]; `examples/` has a program that
//! steps a world and one that adds a rule of its own. Each room of the house is a crate that knows only
//! the rooms below it in this list.
#![deny(missing_docs)]

pub use toguna_scenario::problems::Problems;
#[doc(inline)]
pub use toguna_session::{Scenario, World};

pub use toguna_engine as engine; // thresholds, streams, ordered sums: knows nothing of the rules above it
pub use toguna_experiment as experiment; // replicates, designs, statistics: many runs
pub use toguna_model as model; // the world and the phases of its week
pub use toguna_output as output; // columns, csv, manifest, data package: everything written to disk
pub use toguna_scenario as scenario; // the TOML file, read, extended, checked; what leaves this room may be trusted
pub use toguna_session as session; // one world opened, stepped, forked, its levers turned, saved
pub use toguna_units as units; // Share, Weeks, Money, dates

pub use toguna_model::RESULTS_VERSION;
