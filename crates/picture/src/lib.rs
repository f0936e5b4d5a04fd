//! Figures as SVG text. It knows numbers and labels only, depends on nothing, and never writes a label
//! that it has not escaped. Colours come from `picture.css`, so that a page may set its own for the dark;
//! dashes and shapes say again what a colour says.

pub mod bars; // one bar for each category and series
pub mod forest; // an estimate with its interval, for the row of a table
pub mod heat; // a number for each pair of categories
pub mod legend; // what colours and dashes stand for
pub mod lines; // lines with bands
pub mod map; // circles at real towns
pub mod palette; // colours that can be told apart, and classes of a scale
pub mod scale; // from numbers to places, ticks at nice numbers
pub mod sheet; // several drawings under one title, as a file of its own
pub mod stack; // areas on top of each other
pub mod svg; // elements as text
pub mod target; // what is wanted and what was got, for the row of a table
pub mod axis; // the frame that drawings over an axis share

/// Styles of all marks; `var(--name,default)` lets a page set other colours.
pub const CSS: &str = include_str!("picture.css");
