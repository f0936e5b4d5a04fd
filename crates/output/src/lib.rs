//! Everything written to disk. A table's columns are declared once ([`Table`]); its CSV header, the
//! data package and the column dictionary all come from that declaration.
#![deny(missing_docs)]

mod csv;
mod datapackage;
pub mod dictionary;
mod error;
#[cfg(test)]
mod example;
#[cfg(feature = "folders")]
mod existing;
#[cfg(feature = "folders")]
mod folder;
mod hash;
#[cfg(feature = "folders")]
pub mod journal;
mod manifest;
mod reading_back;
#[cfg(feature = "folders")]
mod place;

#[cfg(feature = "folders")]
mod whole_file;

pub mod calibration_tables;
pub mod comparison_tables;
pub mod course_tables;
mod runs_table;
pub mod sweep_tables;
pub mod tables;
pub mod validation_tables;
pub mod worlds_tables;

pub use csv::{CsvFile, TableWriter};
pub use datapackage::{About, Licence, Source, datapackage};
pub use error::OutputError;
#[cfg(feature = "folders")]
pub use folder::{Opening, Particulars, RunFolder, TableFile};
pub use hash::{Hashing, sha256_of};
pub use manifest::{Content, Inputs, Manifest, WrittenFile};
pub use reading_back::{ReadBack, Row};
pub use toguna_experiment::table::{
    Cell, Column, Columns, Described, DescribedColumn, Kind, Link, Table,
};
#[cfg(feature = "folders")]
pub use whole_file::{could_write, write_whole};
