//! ChaCha8 (Bernstein 2008) one block at a time. `rand_chacha` makes four at once, which costs nothing where
//! registers are wide; in WebAssembly it would make four for nearly every single draw. The words are the same.

use rand_chacha::rand_core::TryRng;
use std::convert::Infallible;

/// Words of a block.
const WORDS: usize = 16;
/// "expand 32-byte k".
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
const DOUBLE_ROUNDS: usize = 4;

/// The words of a key and a stream, from a position on.
#[derive(Clone, Debug)]
pub struct OneBlock {
    key: [u8; 32],
    stream: u64,
    block: u64,
    words: [u32; WORDS],
    /// Of the block, the word that comes next.
    next: usize,
    made: bool,
}

impl OneBlock {
    #[expect(clippy::cast_possible_truncation, reason = "the counter of blocks has 64 bits")]
    #[inline]
    pub fn at(key: [u8; 32], stream: u64, word: u128) -> Self {
        let (block, next) = ((word / WORDS as u128) as u64, (word % WORDS as u128) as usize);
        OneBlock { key, stream, block, words: [0; WORDS], next, made: false }
    }

    fn make(&mut self) {
        let mut start = [0; WORDS];
        start[..4].copy_from_slice(&CONSTANTS);
        for (word, bytes) in start[4..12].iter_mut().zip(self.key.as_chunks().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        [start[12], start[13]] = halves(self.block);
        [start[14], start[15]] = halves(self.stream);
        let mut state = start;
        for _ in 0..DOUBLE_ROUNDS {
            for [a, b, c, d] in [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]] {
                quarter_round(&mut state, a, b, c, d);
            }
            for [a, b, c, d] in [[0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]] {
                quarter_round(&mut state, a, b, c, d);
            }
        }
        for ((word, mixed), start) in self.words.iter_mut().zip(state).zip(start) {
            *word = mixed.wrapping_add(start);
        }
        self.made = true;
    }

    #[inline]
    fn word(&mut self) -> u32 {
        if !self.made {
            self.make();
        }
        let word = self.words[self.next];
        self.next += 1;
        if self.next == WORDS {
            (self.next, self.made, self.block) = (0, false, self.block.wrapping_add(1));
        }
        word
    }
}

/// The low and the high half.
#[inline]
fn halves(number: u64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = number.to_le_bytes();
    [[a, b, c, d], [e, f, g, h]].map(u32::from_le_bytes)
}

#[inline]
fn quarter_round(state: &mut [u32; WORDS], a: usize, b: usize, c: usize, d: usize) {
    for (add, mix, to, by) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
        state[add] = state[add].wrapping_add(state[mix]);
        state[to] = (state[to] ^ state[add]).rotate_left(by);
    }
}

impl TryRng for OneBlock {
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
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    #[test]
    fn its_words_are_those_of_rand_chacha_at_every_address() {
        let key = *b"any key will do to compare the tw".first_chunk::<32>().unwrap();
        for stream in [0, 1, 7 << 56 | 123_456, u64::MAX] {
            for word in [
                0_u128,
                2,
                15,
                16,
                30,
                63,
                64,
                1 << 20,
                (1 << 52) + 33,
                (1 << 36) - 3,
                (1 << 67) - 40,
            ] {
                let mut known = ChaCha8Rng::from_seed(key);
                known.set_stream(stream);
                known.set_word_pos(word);
                let mut own = OneBlock::at(key, stream, word);
                for draw in 0..100 {
                    if draw % 7 == 3 {
                        assert_eq!(own.next_u32(), known.next_u32(), "{stream} {word} {draw}");
                    } else {
                        assert_eq!(own.next_u64(), known.next_u64(), "{stream} {word} {draw}");
                    }
                }
            }
        }
    }
}
