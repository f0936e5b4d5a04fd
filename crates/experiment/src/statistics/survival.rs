//! How long something lasts when some of it is still going on at the end: Kaplan and Meier (1958).

/// One life: a pact, a spell in a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spell {
    /// How long it was seen to last, in any unit, not negative.
    pub duration: f64,
    /// Whether it ended then; otherwise it was still going on when last seen (censored).
    pub ended: bool,
}

/// Steps (time, share still alive just after it), at each time at which something ended.
/// S(t) = Π over endings up to t of (1 − ended/at risk); whoever was last seen at that very time
/// counts as at risk.
#[must_use]
pub(crate) fn survival_curve(spells: &[Spell]) -> Vec<(f64, f64)> {
    let mut ordered = spells.to_vec();
    ordered.sort_by(|a, b| a.duration.total_cmp(&b.duration));
    let mut curve = Vec::new();
    let (mut alive, mut start) = (1.0, 0);
    while start < ordered.len() {
        let now = ordered[start].duration;
        let here = ordered[start..].partition_point(|spell| spell.duration <= now).max(1);
        let ended = ordered[start..start + here].iter().filter(|spell| spell.ended).count();
        if ended > 0 {
            alive *= 1.0 - ended as f64 / (ordered.len() - start) as f64;
            curve.push((now, alive));
        }
        start += here;
    }
    curve
}

/// The first time by which half have ended; `None` when half never did while watched.
#[must_use]
pub(crate) fn median_survival(spells: &[Spell]) -> Option<f64> {
    // A product such as 3/4 · 2/3 may miss one half by a rounding.
    let half = 0.5 + 1e-12;
    survival_curve(spells).into_iter().find(|&(_, alive)| alive <= half).map(|(time, _)| time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks in remission under 6-MP, `+` for those still in remission (Freireich et al. 1963, as in
    /// R's `MASS::gehan`).
    const REMISSIONS: &str = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";

    fn spells(text: &str) -> Vec<Spell> {
        let spell = |word: &str| Spell {
            duration: word.trim_end_matches('+').parse().unwrap(),
            ended: !word.ends_with('+'),
        };
        text.split(' ').map(spell).collect()
    }

    #[test]
    fn remissions_under_six_mp_last_a_median_of_23_weeks_as_published() {
        let curve = survival_curve(&spells(REMISSIONS));
        let wanted = [(6.0, 0.857), (7.0, 0.807), (10.0, 0.753), (13.0, 0.690)];
        let later = [(16.0, 0.627), (22.0, 0.538), (23.0, 0.448)];
        assert_eq!(curve.len(), 7);
        for (got, wanted) in curve.iter().zip(wanted.iter().chain(&later)) {
            assert_eq!(got.0, wanted.0);
            assert!((got.1 - wanted.1).abs() < 5e-4, "{got:?} is not {wanted:?}");
        }
        assert_eq!(median_survival(&spells(REMISSIONS)), Some(23.0));
    }

    #[test]
    fn without_censoring_the_median_is_where_half_have_ended() {
        assert_eq!(median_survival(&spells("1 2 3 4")), Some(2.0));
        assert_eq!(median_survival(&spells("5 1+ 9")), Some(5.0));
    }

    #[test]
    fn there_is_no_median_when_most_outlast_the_watch() {
        assert_eq!(median_survival(&spells("1 9+ 9+ 9+")), None);
        assert_eq!(median_survival(&[]), None);
    }
}
