//! SHA-256 of what is written, computed as the bytes pass through.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The SHA-256 of `bytes`, in lower-case hexadecimal.
#[must_use]
pub fn sha256_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String can always be written to");
        text
    })
}

/// A writer that counts and hashes what its sink has accepted.
pub struct Hashing<Sink> {
    sink: Sink,
    digest: Sha256,
    bytes: u64,
}

impl<Sink: Write> Hashing<Sink> {
    /// Nothing written yet.
    pub fn new(sink: Sink) -> Self {
        Hashing { sink, digest: Sha256::new(), bytes: 0 }
    }

    /// The sink, the SHA-256 of all it accepted, and how many bytes that was.
    #[must_use]
    pub fn finish(self) -> (Sink, String, u64) {
        (self.sink, hexadecimal(&self.digest.finalize()), self.bytes)
    }
}

impl<Sink: Write> Write for Hashing<Sink> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let accepted = self.sink.write(bytes)?;
        self.digest.update(&bytes[..accepted]);
        self.bytes += accepted as u64;
        Ok(accepted)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sink that takes three bytes at a time, as a pipe may.
    struct Reluctant(Vec<u8>);

    impl Write for Reluctant {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(3);
            self.0.extend(&bytes[..taken]);
            Ok(taken)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_hash_of_abc_is_the_published_one() {
        // FIPS 180-2, appendix B.1.
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of(b"abc"), published);
    }

    #[test]
    fn only_what_the_sink_accepted_is_hashed_and_once() {
        let mut hashing = Hashing::new(Reluctant(Vec::new()));
        hashing.write_all(b"people and places").unwrap();
        let (sink, sha256, bytes) = hashing.finish();
        assert_eq!(sink.0, b"people and places");
        assert_eq!((sha256, bytes), (sha256_of(b"people and places"), 17));
    }
}
