//! Splits the fifty real cercles of Mali into 703 commune-sized communities, joins each to its
//! neighbours and says who lives there. The places are synthetic; the cercles' populations are not.
//!
//! `cargo run --example mali_world` rewrites `scenarios/mali/world/`; with `-- --check` it writes
//! nothing and exits 1, naming the first table that differs from what the facts give.

mod apportionment;
mod communities;
mod constituents;
mod facts;
mod neighbours;
mod outline;
mod world;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let check = match arguments.as_slice() {
        [] => false,
        [only] if only == "--check" => true,
        _ => {
            eprintln!("usage: cargo run --example mali_world [-- --check]");
            return ExitCode::from(2);
        }
    };
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali");
    match if check { check_tables(&scenario) } else { write_tables(&scenario) } {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("mali_world: {message}");
            ExitCode::FAILURE
        }
    }
}

fn write_tables(scenario: &Path) -> Result<(), String> {
    let tables = world::tables(&scenario.join("facts")).map_err(|error| error.to_string())?;
    let folder = scenario.join("world");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for table in tables {
        let path = folder.join(table.name);
        std::fs::write(&path, &table.text)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}: {} rows", path.display(), table.text.lines().count() - 1);
    }
    Ok(())
}

fn check_tables(scenario: &Path) -> Result<(), String> {
    for table in world::tables(&scenario.join("facts")).map_err(|error| error.to_string())? {
        let path = scenario.join("world").join(table.name);
        let committed = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        if committed != table.text {
            let line = 1 + committed
                .lines()
                .zip(table.text.lines())
                .take_while(|(committed, generated)| committed == generated)
                .count();
            return Err(format!(
                "{} differs from line {line}; `cargo run --example mali_world` rewrites it",
                path.display()
            ));
        }
    }
    println!("the committed world is what the facts give");
    Ok(())
}
