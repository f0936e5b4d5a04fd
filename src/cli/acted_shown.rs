//! When the entries of a run's timeline acted, as it is printed. Read back from its folder.

use super::answer::{Answer, Column, Table};
use super::failure::Failure;
use std::path::Path;
use toguna_report::Acted;

/// Entries shown, those that wait for a condition first; acted.csv has all.
const SHOWN: usize = 8;

/// # Errors
/// When the table cannot be read back.
pub fn show_acted(answer: &mut Answer, folder: &Path) -> Result<(), Failure> {
    let mut acted = toguna_report::acted(folder)?;
    if acted.is_empty() {
        return Ok(());
    }
    acted.sort_by_key(|entry| !entry.conditional);
    let left = acted.len().saturating_sub(SHOWN);
    let mut table = Table::new(vec![Column::left("changed", 36), Column::left("what", 0)]);
    for Acted { when, levers, waits_for, conditional } in acted.into_iter().take(SHOWN) {
        let after = if conditional { format!(", after {waits_for}") } else { String::new() };
        table.row([when, levers + &after]);
    }
    answer.table(table);
    if left > 0 {
        answer.line(format!("and {left} more: acted.csv has them"));
    }
    answer.gap();
    Ok(())
}
