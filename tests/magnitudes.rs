//! No magnitude stands bare in a formula: it is a parameter with its unit, range and source, or a constant
//! with a name and a reason.

use crate::imports;
use std::path::Path;

/// Numbers that still stand in formulas: file of `effects.rs`, and the numbers in order. They wait for the
/// rules that will replace them; nothing is added.
const LEFT: &[(&str, &[&str])] = &[
    ("bargaining", &["0.5", "0.5", "1_000.0", "0.01"]),
    ("control", &["5.0", "0.98"]),
    ("coups", &["0.5", "25.0", "4.0", "0.5"]),
    ("displacement", &["10_000.0", "1_000.0"]),
    ("disputes", &["4.0", "0.95", "19.0"]),
    ("elections", &["0.01"]),
    ("group_changes", &["0.1"]),
    ("legitimacy", &["0.5", "0.5", "4.0"]),
    ("livelihoods", &["0.5", "0.01"]),
    ("opinion", &["0.5"]),
    ("pact_effects", &["0.5", "0.8"]),
    ("pacts", &["0.5"]),
    ("posture", &["1_000.0", "20.0"]),
    ("recruitment", &["1e-4", "0.5", "0.5", "0.5"]),
    ("suspicion", &["20.0"]),
    ("violence", &["0.4", "0.6", "50.0", "20.0", "0.5"]),
    ("weather", &["3.0", "3.0"]),
];

/// What needs no name: nothing, all of it, and a half or a double of something.
const PLAIN: [f64; 3] = [0.0, 1.0, 2.0];

/// The floats in a file's formulas, as they are written.
fn magnitudes_in(text: &str) -> Vec<String> {
    let code = imports::without_constants(&imports::without_tests(&imports::code_of(text)));
    let words = code.split(|c: char| !(c.is_alphanumeric() || "_.-".contains(c)));
    let words = words.flat_map(numbers_in);
    words.filter(|word| !PLAIN.contains(&word.replace('_', "").parse().unwrap())).collect()
}

/// The floats in a word that may hold a range, a field or a sign beside them.
fn numbers_in(word: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for part in word.split("..") {
        let number = part.trim_start_matches('-').trim_end_matches('.');
        let starts = number.starts_with(|c: char| c.is_ascii_digit());
        let is_float = number.contains('.') || number.contains('e');
        if starts && is_float && number.replace('_', "").parse::<f64>().is_ok() {
            numbers.push(number.to_owned());
        }
    }
    numbers
}

#[test]
fn a_number_in_a_formula_has_a_name() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/model/src");
    let mut bare = Vec::new();
    let mut read = 0;
    for (path, text) in imports::files_below(&model) {
        if !path.ends_with("effects.rs") {
            continue;
        }
        read += 1;
        let mechanism = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let left = LEFT.iter().find(|(of, _)| *of == mechanism);
        let mut left: Vec<&str> = left.map_or(Vec::new(), |(_, numbers)| numbers.to_vec());
        for number in magnitudes_in(&text) {
            match left.iter().position(|known| *known == number) {
                Some(place) => drop(left.remove(place)),
                None => bare.push(format!("{mechanism}/effects.rs: {number}")),
            }
        }
    }
    assert!(read > 20, "{read} files were read");
    assert!(bare.is_empty(), "make these parameters or constants with a reason: {bare:#?}");
}

#[test]
fn a_number_is_found_where_it_stands_bare() {
    let text = "const FLOOR: f64 = 0.95; // 0.3\nfn f(x: f64) -> f64 { x.max(0.7) - 1e-4 * (1.0 + 2.0) }\n\
        #[cfg(test)]\nmod tests { fn g() -> f64 { 0.2 } }\n";
    assert_eq!(magnitudes_in(text), ["0.7", "1e-4"]);
}
