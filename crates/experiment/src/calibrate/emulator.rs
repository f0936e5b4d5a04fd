//! What a run of a setting that nobody has run would show on average, and how far that may be wrong.
//!
//! Each target is a polynomial of the places on the axes, of first or second degree, fitted to the means of
//! settings by ridge regression; degree and ridge by generalised cross-validation (Golub, Heath and Wahba
//! 1979). With n settings, terms φ(x), Φ their matrix, D = 1 but for the constant:
//!
//!   β = (ΦᵀΦ + λD)⁻¹ Φᵀy,   σ² = Σ residual² / (n − tr H),   H = Φ(ΦᵀΦ + λD)⁻¹Φᵀ
//!   lack of fit = max(0, σ² − luck's variance / runs of a setting)
//!   variance of the prediction at x = lack of fit + σ² · φ(x)ᵀ(ΦᵀΦ + λD)⁻¹φ(x)

use super::cholesky::Cholesky;
use super::wave::Seen;
use std::collections::BTreeMap;

/// Ridges that are tried.
const RIDGES: [f64; 4] = [0.01, 0.3, 10.0, 300.0];

/// One way of smoothing, shared by targets that the same settings show.
#[derive(Clone, Debug)]
struct Smoother {
    /// The first so many terms.
    terms: usize,
    factor: Cholesky,
}

#[derive(Clone, Debug)]
struct Emulator {
    smoother: usize,
    coefficients: Vec<f64>,
    /// σ².
    residual: f64,
    lack_of_fit: f64,
}

/// One for each target; none where too few settings show it.
#[derive(Clone, Debug, Default)]
pub(super) struct Emulators {
    smoothers: Vec<Smoother>,
    each: Vec<Option<Emulator>>,
}

/// A mean that is not known exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prediction {
    pub mean: f64,
    pub variance: f64,
    /// The part of the variance that more settings would not take away.
    pub lack_of_fit: f64,
}

/// 1, the places from −1 to 1, then their squares (Legendre's) and products.
fn terms(position: &[f64]) -> Vec<f64> {
    let places: Vec<f64> = position.iter().map(|place| 2.0 * place - 1.0).collect();
    let mut terms = vec![1.0];
    terms.extend(&places);
    terms.extend(places.iter().map(|place| (3.0 * place * place - 1.0) / 2.0));
    for (axis, place) in places.iter().enumerate() {
        terms.extend(places[..axis].iter().map(|other| place * other));
    }
    terms
}

impl Emulators {
    /// Fitted to settings; `luck` is the covariance of runs of one setting.
    pub fn fitted(seen: &[&Seen], luck: &[f64], targets: usize) -> Self {
        let all: Vec<Vec<f64>> = seen.iter().map(|it| terms(&it.position)).collect();
        // Targets that the same settings show share their matrices.
        let mut shown_by: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
        for target in 0..targets {
            let shown = seen.iter().map(|it| it.means[target].is_some()).collect();
            shown_by.entry(shown).or_default().push(target);
        }
        let mut fitted = Emulators { smoothers: Vec::new(), each: vec![None; targets] };
        for (shown, alike) in shown_by {
            let rows: Vec<usize> = (0..seen.len()).filter(|row| shown[*row]).collect();
            let of_rows: Vec<&[f64]> = rows.iter().map(|row| &all[*row][..]).collect();
            let axes = seen.first().map_or(0, |it| it.position.len());
            if rows.len() < axes + 3 {
                continue;
            }
            let of_target = |target: &usize| -> Vec<f64> {
                rows.iter().filter_map(|row| seen[*row].means[*target]).collect()
            };
            let values: Vec<Vec<f64>> = alike.iter().map(of_target).collect();
            let mut best: Vec<(f64, Option<Emulator>)> = vec![(f64::INFINITY, None); alike.len()];
            for count in [1 + axes, all[0].len()] {
                for ridge in RIDGES {
                    let Some(smoother) = Smoother::of(&of_rows, count, ridge) else { continue };
                    let left = rows.len() as f64 - smoother.freedom(&of_rows);
                    for (values, best) in values.iter().zip(&mut best) {
                        let coefficients = smoother.coefficients(&of_rows, values);
                        let residuals = of_rows.iter().zip(values).map(|(terms, value)| {
                            let residual = value - product(terms, &coefficients);
                            residual * residual
                        });
                        let sum: f64 = residuals.sum();
                        let score = sum / (left * left);
                        if left >= 1.0 && score < best.0 {
                            let smoother = fitted.smoothers.len();
                            let residual = sum / left;
                            let emulator =
                                Emulator { smoother, coefficients, residual, lack_of_fit: 0.0 };
                            *best = (score, Some(emulator));
                        }
                    }
                    fitted.smoothers.push(smoother);
                }
            }
            for (target, (_, emulator)) in alike.into_iter().zip(best) {
                let runs = rows.iter().map(|row| 1.0 / f64::from(seen[*row].counts[target].max(1)));
                let of_means =
                    luck[target * targets + target] * runs.sum::<f64>() / rows.len() as f64;
                fitted.each[target] = emulator
                    .map(|it| Emulator { lack_of_fit: (it.residual - of_means).max(0.0), ..it });
            }
        }
        fitted
    }

    /// What a setting would show of each target.
    pub fn predicted(&self, position: &[f64]) -> Vec<Option<Prediction>> {
        let terms = terms(position);
        let mut forms: Vec<Option<f64>> = vec![None; self.smoothers.len()];
        let mut of = |emulator: &Emulator| {
            let smoother = &self.smoothers[emulator.smoother];
            let terms = &terms[..smoother.terms];
            let form = *forms[emulator.smoother].get_or_insert_with(|| smoother.factor.form(terms));
            Prediction {
                mean: product(terms, &emulator.coefficients),
                variance: emulator.lack_of_fit + emulator.residual * form,
                lack_of_fit: emulator.lack_of_fit,
            }
        };
        self.each.iter().map(|emulator| emulator.as_ref().map(&mut of)).collect()
    }
}

impl Smoother {
    fn of(rows: &[&[f64]], terms: usize, ridge: f64) -> Option<Self> {
        let mut gram = vec![0.0; terms * terms];
        for row in rows {
            for a in 0..terms {
                let of_row = &mut gram[a * terms..=a * terms + a];
                of_row.iter_mut().zip(&row[..=a]).for_each(|(sum, b)| *sum += row[a] * b);
            }
        }
        // The constant is not drawn towards 0.
        (1..terms).for_each(|term| gram[term * terms + term] += ridge);
        Some(Smoother { terms, factor: Cholesky::of(terms, gram)? })
    }

    /// tr H.
    fn freedom(&self, rows: &[&[f64]]) -> f64 {
        rows.iter().map(|row| self.factor.form(&row[..self.terms])).sum()
    }

    fn coefficients(&self, rows: &[&[f64]], values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.terms];
        for (row, value) in rows.iter().zip(values) {
            sums.iter_mut().zip(&row[..self.terms]).for_each(|(sum, term)| *sum += term * value);
        }
        self.factor.solve(&sums)
    }
}

fn product(terms: &[f64], coefficients: &[f64]) -> f64 {
    terms.iter().zip(coefficients).map(|(term, coefficient)| term * coefficient).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(position: Vec<f64>, value: f64) -> Seen {
        let values = vec![Some(value)];
        Seen { position, means: values.clone(), values, counts: vec![1], luck: Vec::new() }
    }

    #[test]
    fn a_polynomial_is_found_again_and_elsewhere_the_variance_is_larger() {
        let grid = (0..25).map(|at| vec![f64::from(at % 5) / 8.0, f64::from(at / 5) / 8.0]);
        let value = |x: &[f64]| 1.0 + 2.0 * x[0] - 3.0 * x[0] * x[1] + x[1] * x[1];
        let known: Vec<Seen> = grid.map(|x| seen(x.clone(), value(&x))).collect();
        let emulators = Emulators::fitted(&known.iter().collect::<Vec<_>>(), &[0.0], 1);
        let at = |x: &[f64]| emulators.predicted(x)[0].unwrap();
        for x in [[0.1, 0.2], [0.4, 0.3]] {
            assert!((at(&x).mean - value(&x)).abs() < 0.02, "{:?}", at(&x));
        }
        assert!(at(&[1.0, 1.0]).variance > 2.0 * at(&[0.25, 0.25]).variance);
    }

    #[test]
    fn what_too_few_settings_show_is_not_emulated() {
        let known: Vec<Seen> = (0..3).map(|at| seen(vec![f64::from(at) / 3.0], 1.0)).collect();
        let emulators = Emulators::fitted(&known.iter().collect::<Vec<_>>(), &[0.0], 1);
        assert!(emulators.predicted(&[0.5])[0].is_none());
    }
}
