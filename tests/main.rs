//! The integration tests, one file for each thing tested: `cargo test --test all money::` runs one file.
//!
//! All are one program, because each program would compile the model's generic code again.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the numbers of tests are small and written in them"
)]

mod arms;
mod committed;
mod imports;
mod properties;
mod worlds;

mod by_hand;
#[cfg(all(feature = "cli", unix))]
mod calibrate;
#[cfg(feature = "cli")]
mod checkpoints;
#[cfg(feature = "cli")]
mod cli;
mod cost;
mod designs;
mod docking;
mod documents;
mod ends;
mod equivalence;
mod extremes;
mod formulas;
#[cfg(feature = "cli")]
mod frictionless;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod full_disk;
#[cfg(feature = "cli")]
mod fuzz;
#[cfg(feature = "cli")]
mod generated;
mod golden;
#[cfg(all(feature = "cli", unix))]
mod interruption;
mod koro;
mod laws;
mod layers;
mod lessons;
mod levers;
mod magnitudes;
mod mali_world;
mod mechanisms;
mod money;
mod movement;
mod notes;
#[cfg(all(feature = "cli", unix))]
mod over_worlds;
mod parts;
mod politics;
mod renamed;
#[cfg(feature = "cli")]
mod report;
mod reproducibility;
#[cfg(feature = "cli")]
mod scenario_roundtrip;
#[cfg(all(feature = "cli", unix))]
mod scripts;
mod signs;
mod status_quo;
#[cfg(feature = "cli")]
mod sweeps;
#[cfg(feature = "cli")]
mod taplo;
#[cfg(feature = "cli")]
mod validate;
mod war;
