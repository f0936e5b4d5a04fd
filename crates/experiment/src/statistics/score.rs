//! How good a forecast in the form of an interval was.

/// The interval score of a central interval of level 1 − α for what was then observed (Gneiting and
/// Raftery 2007, JASA 102, eq. 43): high − low + 2/α · (what lies below) + 2/α · (what lies above). In
/// the unit of the values; the smaller the better: an interval pays for its width, and more for missing.
#[must_use]
pub fn interval_score(low: f64, high: f64, observed: f64, alpha: f64) -> f64 {
    high - low + 2.0 / alpha * ((low - observed).max(0.0) + (observed - high).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_pays_for_its_width_and_twenty_times_for_missing() {
        // By hand, of a central 90 % interval from 10 to 14: width 4; 2 / 0.1 = 20.
        assert!((interval_score(10.0, 14.0, 12.0, 0.1) - 4.0).abs() < 1e-12);
        assert!((interval_score(10.0, 14.0, 9.5, 0.1) - 14.0).abs() < 1e-12);
        assert!((interval_score(10.0, 14.0, 17.0, 0.1) - 64.0).abs() < 1e-12);
    }
}
