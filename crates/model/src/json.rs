//! The one way from JSON to a type. A type's reader is compiled anew for every form it is read from,
//! and reading every scenario, table and lever through this one keeps the program small and quick to
//! build.

use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// Reads a value; the error knows where in it the mistake is.
///
/// # Errors
/// What does not fit the type, and where.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, serde_path_to_error::Error<Error>> {
    serde_path_to_error::deserialize(value)
}
