//! Makes a number from the sources that give the bytes of a checkpoint their meaning: names and texts of
//! units, engine and model, whatever the ends of their lines (FNV-1a).

use std::path::Path;

const SOURCES: [&str; 3] = ["../units/src", "../engine/src", "../model/src"];

fn main() {
    let mut paths = SOURCES.map(|folder| Path::new(folder).to_owned()).to_vec();
    let mut texts = Vec::new();
    while let Some(path) = paths.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => paths.extend(entries.flatten().map(|entry| entry.path())),
            Err(_) => texts.push((path.clone(), std::fs::read(&path).unwrap_or_default())),
        }
    }
    texts.sort();
    let names_and_texts = texts.iter().flat_map(|(path, text)| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.iter().chain(text)
    });
    let number = names_and_texts
        .filter(|byte| **byte != b'\r')
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rustc-env=TOGUNA_MODEL={number:016x}");
}
