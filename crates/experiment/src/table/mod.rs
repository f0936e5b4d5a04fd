//! Tables as they are declared, and their rows as CSV text in memory.

mod cell; // one value of one row
mod columns; // a table and its columns, declared once
mod lines; // rows as text

pub use cell::{Cell, Kind};
pub use columns::{Column, Columns, Described, DescribedColumn, Link, Table};
pub use lines::Lines;
