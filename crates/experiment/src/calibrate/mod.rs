//! Which settings of a model the facts do not rule out: history matching in waves, then an ensemble by a
//! synthetic likelihood. Nothing here knows the model: waves of runs come in, settings to run go out, and all
//! of it follows from the problem, its seed and the runs alone.
//!
//! docs/calibration.md says in words what is done, and what it cannot tell.

mod cholesky; // little equations
mod emulator; // what a setting would show that nobody has run
mod ensemble; // members, weights, what they show together
mod round; // what a wave rules out
mod sampler; // particles that follow a density
mod search; // wave after wave
mod target; // how far a value is from what was observed
mod wave; // settings and their runs

pub use ensemble::{Ensemble, FactFound, Member, Reach};
pub use search::{Left, Problem, Search};
pub use target::Target;
pub use wave::Wave;

#[cfg(test)]
mod tests;
