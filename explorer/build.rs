//! Lists the scenarios that are to be inside the page.

#[path = "../scenarios/list.rs"]
mod list;

use std::path::PathBuf;

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names it"));
    list::write(&root.parent().expect("it lies in the repository").join("scenarios"));
}
