//! Words of a command line, written so that they can be read again.

use std::ffi::OsStr;
use std::fmt::Write as _;

/// The commit this program was built from, for the manifest.
pub const COMMIT: &str = env!("TOGUNA_COMMIT");

/// The command line as it was given, for the manifest. A word that is not UTF-8, which JSON cannot
/// hold, is written as shells take it: `$'o\xff'`.
#[must_use]
pub fn given() -> Vec<String> {
    let words = std::env::args_os().map(|word| word.into_string());
    words.map(|word| word.unwrap_or_else(|bytes| escaped(&bytes))).collect()
}

/// Between quotes that the shell takes literally, where it needs any.
#[must_use]
pub fn quoted(word: &OsStr) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=".contains(c);
    match word.to_str() {
        None => escaped(word),
        Some(text) if !text.is_empty() && text.chars().all(plain) => text.to_owned(),
        Some(text) => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// As bash, ksh and zsh read any bytes: `$'…'`.
fn escaped(word: &OsStr) -> String {
    let mut text = String::from("$'");
    for chunk in word.as_encoded_bytes().utf8_chunks() {
        text.push_str(&chunk.valid().replace('\\', r"\\").replace('\'', r"\'"));
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02x}").expect("a String can always be written to");
        }
    }
    text + "'"
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn the_shell_reads_every_word_back_as_it_was() {
        let words: [&[u8]; 6] =
            [b"plain-1.toml", b"", b"two words", b"it's", b"o\xff", b"\\\xfe'\xc3\xa9\xc3"];
        let quoted: Vec<String> =
            words.iter().map(|word| quoted(OsStr::from_bytes(word))).collect();
        assert_eq!(quoted[..4], ["plain-1.toml", "''", "'two words'", r"'it'\''s'"]);
        assert_eq!(quoted[4], r"$'o\xff'");
        let printed = format!("printf '%s\\n' {}", quoted.join(" "));
        let shell = std::process::Command::new("bash").args(["-c", &printed]).output().unwrap();
        assert_eq!(shell.stdout, [&words.join(&b"\n"[..])[..], b"\n"].concat());
    }
}
