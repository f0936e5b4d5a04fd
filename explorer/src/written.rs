//! Tables as texts.

use toguna_experiment::table::Table;
use toguna_output::TableWriter;

/// A table with these rows, as the program writes it.
pub fn written<Row>(table: &Table<Row>, rows: &[Row]) -> Result<String, String> {
    let told = |error: toguna_output::OutputError| error.to_string();
    let mut writer = TableWriter::new(table, Vec::new(), table.name);
    writer.append_all(rows).map_err(told)?;
    text(writer.finish().map_err(told)?.0)
}

/// Bytes of a table as a text.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
