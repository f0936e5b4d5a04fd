//! ChaCha8 (Bernstein 2008) one block at a time. `rand_chacha` makes four at once, which pays for whoever
//! reads a long row; nearly every draw has an address of its own and asks for a word or two. The words are
//! the same.
#![allow(
    unexpected_cfgs,
    reason = "on x86-64 `dispatch_light128` asks for a feature of its own crate"
)]

use ppv_lite86::{ArithOps, BitOps32, LaneWords4, Machine, MultiLane, dispatch_light128};
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
        let mut key = [0; 8];
        for (word, bytes) in key.iter_mut().zip(self.key.as_chunks().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        let [[e, f, g, h], [i, j, k, l]] =
            [0, 4].map(|at| [key[at], key[at + 1], key[at + 2], key[at + 3]]);
        let ([m, n], [o, p]) = (halves(self.block), halves(self.stream));
        self.words = mix([CONSTANTS, [e, f, g, h], [i, j, k, l], [m, n, o, p]]);
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

// A block from its four rows, each of which is mixed in one register where a processor has such.
dispatch_light128!(machine, Machine, {
    fn mix(rows: [[u32; 4]; 4]) -> [u32; WORDS] {
        let start: [Machine::u32x4; 4] = rows.map(|row| machine.vec(row));
        let [mut a, mut b, mut c, mut d] = start;
        for _ in 0..DOUBLE_ROUNDS {
            (a, b, c, d) = quarter_rounds(a, b, c, d);
            // The diagonals stand in columns for the second half.
            (b, c, d) = (
                b.shuffle_lane_words3012(),
                c.shuffle_lane_words2301(),
                d.shuffle_lane_words1230(),
            );
            (a, b, c, d) = quarter_rounds(a, b, c, d);
            (b, c, d) = (
                b.shuffle_lane_words1230(),
                c.shuffle_lane_words2301(),
                d.shuffle_lane_words3012(),
            );
        }
        let mut words = [0; WORDS];
        let rows = words.as_chunks_mut::<4>().0.iter_mut();
        for ((words, mixed), start) in rows.zip([a, b, c, d]).zip(start) {
            *words = (mixed + start).to_lanes();
        }
        words
    }
});

/// A quarter round in each of four columns.
#[inline(always)]
fn quarter_rounds<V: ArithOps + BitOps32>(mut a: V, mut b: V, mut c: V, mut d: V) -> (V, V, V, V) {
    a += b;
    d = (d ^ a).rotate_each_word_right16();
    c += d;
    b = (b ^ c).rotate_each_word_right20();
    a += b;
    d = (d ^ a).rotate_each_word_right24();
    c += d;
    b = (b ^ c).rotate_each_word_right25();
    (a, b, c, d)
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
