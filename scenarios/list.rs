//! For build scripts: which files of this folder are to be inside a program.

use std::path::{Path, PathBuf};

/// Folders whose files no scenario is read from, or that a program can make.
const NOT_INSIDE: [&str; 3] = ["facts", "generator", "schema"];

/// Writes `scenarios.rs`, a list of the files that scenarios are read from, each with its path and its text,
/// to where the build script may write. `scenarios` is this folder.
pub fn write(scenarios: &Path) {
    println!("cargo::rerun-if-changed={}", scenarios.display());
    let (mut folders, mut files) = (vec![scenarios.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                let left_out = NOT_INSIDE.iter().any(|name| path.ends_with(name));
                folders.extend(Some(path).filter(|_| !left_out));
            } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "csv") {
                files.push(path);
            }
        }
    }
    files.sort();
    let line = |path: &PathBuf| {
        let name = path.strip_prefix(scenarios).expect("it lies below");
        let name = name.to_str().expect("the names are text").replace('\\', "/");
        format!("({name:?}, include_str!({path:?})),\n")
    };
    let list = format!("[\n{}]", files.iter().map(line).collect::<String>());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names it"));
    std::fs::write(out.join("scenarios.rs"), list).expect("the list can be written");
}
