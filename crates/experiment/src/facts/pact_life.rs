//! What is kept of one pact.

use toguna_model::pacts::state::{Pact, Stance};

/// Weeks in a month.
const MONTH: f64 = 365.25 / 12.0 / 7.0;

/// What a pact was exposed to for most of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// A hostile militia nearby that nobody had bound, or soldiers nearby whom it excludes and whom the
    /// state does not keep away.
    UnboundMilitiaOrOpenArmyClause,
    OtherSoldiers,
    Neither,
}

/// What is kept of one pact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PactLife {
    pub(super) months: f64,
    pub(super) ended: bool,
    pub(super) exposure: Exposure,
    /// Whether it was signed in the run.
    pub(super) signed_here: bool,
    pub(super) months_of_blockade: f64,
}

impl PactLife {
    /// A pact that ended, or was still held, in `week`.
    #[must_use]
    pub fn new(pact: &Pact, week: u32, ended: bool) -> Self {
        let weeks_here = f64::from(week) - f64::from(pact.since.max(0)) + 1.0;
        let near = |weeks: f64| weeks / weeks_here > 0.5;
        let soldiers = near(pact.weeks_of_soldiers);
        let open_clause = pact.terms.army_excluded && !Self::is_let_be(pact.stance);
        let exposure =
            if (near(pact.weeks_of_militia) && !pact.militia_bound) || (soldiers && open_clause) {
                Exposure::UnboundMilitiaOrOpenArmyClause
            } else if soldiers {
                Exposure::OtherSoldiers
            } else {
                Exposure::Neither
            };
        PactLife {
            months: (f64::from(week) - f64::from(pact.since)).max(0.0) / MONTH,
            ended,
            exposure,
            signed_here: pact.since >= 0,
            months_of_blockade: f64::from(pact.blockade_weeks) / MONTH,
        }
    }

    /// Whether a state of this stance keeps away from where a pact asks it to.
    #[must_use]
    pub fn is_let_be(stance: Stance) -> bool {
        matches!(stance, Stance::Tolerate | Stance::Support)
    }
}
