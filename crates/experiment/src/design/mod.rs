//! A design file: which settings of a scenario to run, each how many times. [`CheckedDesign::read`]
//! refuses what is wrong with it and lists the points it asks for.

mod axis;
mod cube;
mod file;
mod kind;
mod point;
mod points;
mod read;
mod table;
mod wrong;

pub use axis::{Axis, Scale};
pub(crate) use cube::sobol;
pub use file::Design;
pub use kind::Kind;
pub use point::{Point, Points};
pub use read::CheckedDesign;
pub use table::read_table;

#[cfg(test)]
mod tests;
