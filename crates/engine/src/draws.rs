//! The numbers of one address: ChaCha8 (Bernstein 2008), a block of sixteen words at a time. They are
//! those of the library's generator to the last bit; it makes four blocks at once, and most addresses
//! are asked for one number or two.

use rand_chacha::rand_core::TryRng;
use std::convert::Infallible;

/// Words of a block.
const WORDS: usize = 16;

/// Words that ChaCha begins every block with: "expand 32-byte k".
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// A generator of random numbers that begins with a whole block.
#[derive(Clone, Debug)]
pub struct Draws {
    key: [u32; 8],
    stream: u64,
    /// The block to be made next.
    next: u64,
    block: [u32; WORDS],
    /// Words of the block that are used up.
    used: usize,
}

impl Draws {
    /// The numbers of a key and a stream from a block on.
    #[inline]
    #[must_use]
    pub fn new(key: &[u8; 32], stream: u64, block: u64) -> Self {
        let word = |word: usize| [0, 1, 2, 3].map(|byte| key[4 * word + byte]);
        let key = [0, 1, 2, 3, 4, 5, 6, 7].map(|at| u32::from_le_bytes(word(at)));
        Draws { key, stream, next: block, block: [0; WORDS], used: WORDS }
    }

    #[inline]
    fn word(&mut self) -> u32 {
        if self.used == WORDS {
            self.refill();
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    #[inline(never)]
    fn refill(&mut self) {
        self.block = block(&self.key, self.stream, self.next);
        self.next = self.next.wrapping_add(1);
        self.used = 0;
    }
}

impl TryRng for Draws {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.word());
        Ok(u64::from(self.word()) << 32 | low)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.word().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// One block.
fn block(key: &[u32; 8], stream: u64, counter: u64) -> [u32; WORDS] {
    let [c0, c1, c2, c3] = CONSTANTS;
    let [k0, k1, k2, k3, k4, k5, k6, k7] = *key;
    let ([n0, n1], [s0, s1]) = (halves(counter), halves(stream));
    let start = [c0, c1, c2, c3, k0, k1, k2, k3, k4, k5, k6, k7, n0, n1, s0, s1];
    let mut state = start;
    for _ in 0..4 {
        for [a, b, c, d] in [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]] {
            quarter_round(&mut state, a, b, c, d);
        }
        for [a, b, c, d] in [[0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]] {
            quarter_round(&mut state, a, b, c, d);
        }
    }
    for (word, start) in state.iter_mut().zip(start) {
        *word = word.wrapping_add(start);
    }
    state
}

/// The low word and the high one.
fn halves(number: u64) -> [u32; 2] {
    let bytes = number.to_le_bytes();
    [0, 4].map(|at| u32::from_le_bytes([0, 1, 2, 3].map(|byte| bytes[at + byte])))
}

/// Mixes four words of the state.
#[inline(always)]
fn quarter_round(state: &mut [u32; WORDS], a: usize, b: usize, c: usize, d: usize) {
    for (to, with, last, bits) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
        state[to] = state[to].wrapping_add(state[with]);
        state[last] = (state[last] ^ state[to]).rotate_left(bits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    #[test]
    fn they_are_the_numbers_of_the_library() {
        let mut any = ChaCha8Rng::seed_from_u64(1);
        for _ in 0..100 {
            let mut key = [0; 32];
            any.fill_bytes(&mut key);
            let (stream, at) = (any.next_u64(), any.next_u64());
            let mut wanted = ChaCha8Rng::from_seed(key);
            wanted.set_stream(stream);
            wanted.set_word_pos(u128::from(at) * 16);
            let mut made = Draws::new(&key, stream, at);
            for turn in 0..60 {
                if turn % 7 == 3 {
                    assert_eq!(made.next_u32(), wanted.next_u32());
                }
                assert_eq!(made.next_u64(), wanted.next_u64());
            }
            let (mut bytes, mut wanted_bytes) = ([0; 40], [0; 40]);
            made.fill_bytes(&mut bytes);
            wanted.fill_bytes(&mut wanted_bytes);
            assert_eq!(bytes, wanted_bytes);
        }
    }
}
