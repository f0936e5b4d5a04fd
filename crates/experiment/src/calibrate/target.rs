//! A number that was observed, and how far from it a run's number is.

use crate::facts::Fact;

/// What the ends of a tolerance are taken to be: those of the middle 90 % of a normal error, so that its
/// standard deviation is the tolerance over this.
pub(super) const ENDS: f64 = 1.644_853_626_951_472_7;

/// Up to so many tolerances a distance counts as it is; what lies further off counts by its logarithm, so
/// that settings that explode do not decide how well the others are emulated.
const FAR: f64 = 6.0;

/// A number to come near to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// What was observed; none where only a bound is known.
    pub wanted: Option<f64>,
    /// Lower end of the tolerance, or the bound; infinite where there is none.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Target {
    /// What a fact asks for.
    #[must_use]
    pub fn of(fact: &Fact) -> Target {
        Target { wanted: fact.wanted, low: fact.low, high: fact.high }
    }

    /// Whether a value lies within the tolerance.
    #[must_use]
    pub fn is_met(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Signed distance of a value from what was observed, in tolerances: 1 at the end of the tolerance. In
    /// logarithms where the tolerance is a factor. Of a bound: how far on the good side, in the fact's unit.
    pub(super) fn distance(&self, value: f64) -> f64 {
        let Some(wanted) = self.wanted else {
            return if self.low.is_finite() { value - self.low } else { self.high - value };
        };
        let distance = if self.is_a_factor() {
            let half = libm::log(self.high / self.low) / 2.0;
            // A count of nothing is far off, not infinitely far.
            libm::log(value.max(self.low * 1e-3) / wanted) / half
        } else {
            let ends = [wanted - self.low, self.high - wanted].into_iter();
            let known: Vec<f64> = ends.filter(|end| end.is_finite()).collect();
            let half = known.iter().sum::<f64>() / known.len().max(1) as f64;
            (value - wanted) / if half > 0.0 { half } else { 1.0 }
        };
        if distance.abs() <= FAR {
            return distance;
        }
        distance.signum() * (FAR + libm::log(1.0 + distance.abs() - FAR))
    }

    /// Variance of what the model may be wrong by, in squared tolerances.
    pub(super) fn error(&self) -> f64 {
        if self.wanted.is_some() { 1.0 / (ENDS * ENDS) } else { 0.0 }
    }

    /// The part of a distance that speaks against a setting: on the good side of a bound, none does.
    pub(super) fn against(&self, distance: f64) -> f64 {
        if self.wanted.is_some() { distance } else { distance.min(0.0) }
    }

    fn is_a_factor(&self) -> bool {
        let wanted = self.wanted.unwrap_or(0.0);
        let of_factor = (self.low * self.high - wanted * wanted).abs() < 1e-6 * wanted * wanted;
        self.low > 0.0 && of_factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_in_tolerances_and_in_logarithms_where_a_tolerance_is_a_factor() {
        let within = Target { wanted: Some(0.5), low: 0.4, high: 0.6 };
        assert!((within.distance(0.4) + 1.0).abs() < 1e-12);
        let factor = Target { wanted: Some(100.0), low: 50.0, high: 200.0 };
        assert!((factor.distance(200.0) - 1.0).abs() < 1e-12);
        assert!((factor.distance(25.0) + 2.0).abs() < 1e-12);
        assert!(factor.distance(0.0).is_finite() && factor.distance(1e30) < 12.0);
        let bound = Target { wanted: None, low: f64::NEG_INFINITY, high: 6.0 };
        assert_eq!((bound.distance(8.0), bound.against(bound.distance(4.0))), (-2.0, 0.0));
        let rises = (0..400).map(|value| factor.distance(f64::from(value) * 1e3));
        assert!(rises.collect::<Vec<_>>().windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
