//! The random streams of designs and bootstraps. Their keys start with a label of their own, so that
//! no seed makes them coincide with the streams of the model.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What a stream is for. A number is never used again for something else: the points of published
/// designs depend on it.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    LatinHypercube = 1,
    SobolScramble = 2,
    MorrisTrajectory = 3,
    Bootstrap = 4,
    CalibrationWalk = 5,
    CalibrationChoice = 6,
}

/// The stream of one purpose and one entity (an axis, a trajectory) under `seed`.
pub(crate) fn stream(seed: u64, purpose: Purpose, entity: u64) -> ChaCha8Rng {
    let mut key = *b"toguna experiment, then seed+for";
    key[16..24].copy_from_slice(&seed.to_le_bytes());
    key[24..32].copy_from_slice(&(purpose as u64).to_le_bytes());
    let mut rng = ChaCha8Rng::from_seed(key);
    rng.set_stream(entity);
    rng
}

/// Uniform on [0, 1), a multiple of 2⁻⁵³.
pub(crate) fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_differ_by_seed_purpose_and_entity_and_by_nothing_else() {
        let first = |seed, purpose, entity| uniform(&mut stream(seed, purpose, entity));
        let reference = first(1, Purpose::Bootstrap, 0);
        assert_eq!(reference, first(1, Purpose::Bootstrap, 0));
        assert_ne!(reference, first(2, Purpose::Bootstrap, 0));
        assert_ne!(reference, first(1, Purpose::MorrisTrajectory, 0));
        assert_ne!(reference, first(1, Purpose::Bootstrap, 1));
    }

    #[test]
    fn the_first_draw_is_the_one_published_designs_rest_on() {
        assert_eq!(stream(1, Purpose::LatinHypercube, 0).next_u64(), 337_293_692_712_139_734);
    }
}
