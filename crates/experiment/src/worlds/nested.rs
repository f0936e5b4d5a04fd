//! How much of what differs is luck, and how much is that the world is not known: a nested analysis of
//! variance (Searle, Casella and McCulloch 1992) of runs within worlds, by the weights of the worlds.

use crate::statistics::{mean, variance};

/// Two variances that add up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Split {
    /// Between runs of one world.
    pub luck: f64,
    /// Between worlds, were each run for ever.
    pub ignorance: f64,
}

/// With world *i*, its weight wᵢ (Σ wᵢ = 1), its nᵢ runs with mean mᵢ and variance sᵢ²:
///
///   luck = Σ wᵢ sᵢ²
///   ignorance = max(0, (Σ wᵢ (mᵢ − m)² − Σ wᵢ (1 − wᵢ) sᵢ² / nᵢ) / (1 − Σ wᵢ²)),   m = Σ wᵢ mᵢ
///
/// where sᵢ² of a world with one run is taken to be luck. None where no world has two runs, or there is one
/// world.
pub(super) fn split(worlds: &[Vec<f64>], weights: &[f64]) -> Option<Split> {
    let several = || worlds.iter().zip(weights).filter(|(runs, _)| runs.len() > 1);
    let of_several: f64 = several().map(|(_, weight)| weight).sum();
    let within: f64 = several().filter_map(|(runs, weight)| Some(weight * variance(runs)?)).sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    if of_several <= 0.0 || squares >= 1.0 - 1e-12 {
        return None;
    }
    let luck = within / of_several;
    let means: Vec<f64> = worlds.iter().map(|runs| mean(runs).unwrap_or(0.0)).collect();
    let centre: f64 = means.iter().zip(weights).map(|(mean, weight)| weight * mean).sum();
    let (mut between, mut of_luck) = (0.0, 0.0);
    for ((runs, mean), weight) in worlds.iter().zip(&means).zip(weights) {
        between += weight * (mean - centre) * (mean - centre);
        let own = variance(runs).unwrap_or(luck);
        of_luck += weight * (1.0 - weight) * own / runs.len() as f64;
    }
    Some(Split { luck, ignorance: ((between - of_luck) / (1.0 - squares)).max(0.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, stream, uniform};

    /// By hand: world means 2 and 6, each run 1 from its mean: variances 2 and 2. Between them with equal
    /// weights 4; luck adds ½ · ½ · 2 / 2 · 2 = ½ to it; over 1 − ½.
    #[test]
    fn two_worlds_are_split_as_by_hand() {
        let worlds = [vec![1.0, 3.0], vec![5.0, 7.0]];
        let found = split(&worlds, &[0.5, 0.5]).unwrap();
        assert_eq!(found, Split { luck: 2.0, ignorance: 7.0 });
        assert_eq!(split(&[vec![1.0], vec![2.0]], &[0.5, 0.5]), None);
        assert_eq!(split(&worlds[..1], &[1.0]), None);
    }

    /// Evenly drawn: luck of width 6 (variance 3), worlds of width 12 (variance 12), unequal weights.
    #[test]
    fn known_variances_are_found_again_on_average_over_many_ensembles() {
        let (mut luck, mut ignorance) = (0.0, 0.0);
        for seed in 0..400 {
            let mut rng = stream(seed, Purpose::Bootstrap, 79);
            let mut weights: Vec<f64> = (0..30).map(|_| 0.2 + uniform(&mut rng)).collect();
            let total: f64 = weights.iter().sum();
            weights.iter_mut().for_each(|it| *it /= total);
            let mut world = || -> Vec<f64> {
                let centre = 12.0 * uniform(&mut rng);
                (0..4).map(|_| centre + 6.0 * uniform(&mut rng)).collect()
            };
            let worlds: Vec<Vec<f64>> = weights.iter().map(|_| world()).collect();
            let found = split(&worlds, &weights).unwrap();
            (luck, ignorance) = (luck + found.luck / 400.0, ignorance + found.ignorance / 400.0);
        }
        assert!((luck - 3.0).abs() < 0.1 && (ignorance - 12.0).abs() < 0.4, "{luck} {ignorance}");
    }
}
