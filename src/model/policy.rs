//! The levers. Each can be set in a scenario, on its timeline, by `--set`, and as an axis of a sweep.

use crate::units::Share;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the state does, as long as nothing else is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// How much of the army's effort goes into offensive operations; they come at a rate proportional
    /// to it. Unit: share of effort; 0.5 is the reference of the violence rates. Source: lever.
    pub military_pressure: Share,
    /// How far forces are held to sparing civilians: with the information they have, it decides how
    /// many of an operation's dead are civilians. Unit: share. Source: lever.
    pub restraint: Share,
    /// How much of the need for each service the state pays for where it has access.
    pub services: ServiceFunding,
    /// How good an offer to fighters who leave is: work, schooling, a stipend. Unit: share of what
    /// fighters would ask for. Source: lever.
    pub reintegration_offer: Share,
    /// How often soldiers stay where they have swept instead of moving on. Holding gains control and
    /// binds soldiers; leaving exposes those who cooperated. Unit: share of sweeps. Source: lever.
    pub hold_after_sweep: Share,
}

/// Funding by service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceFunding {
    /// Health posts and hospitals. Unit: share of need. Source: lever.
    pub health: Share,
    /// Schools. Unit: share of need. Source: lever.
    pub schooling: Share,
    /// Courts, registries, mediation of land. Unit: share of need. Source: lever.
    pub justice: Share,
    /// Wells and pumps. Unit: share of need. Source: lever.
    pub water: Share,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            military_pressure: Share::of(0.5),
            restraint: Share::of(0.8),
            services: ServiceFunding::default(),
            reintegration_offer: Share::of(0.1),
            hold_after_sweep: Share::of(0.3),
        }
    }
}

impl Default for ServiceFunding {
    fn default() -> Self {
        ServiceFunding {
            health: Share::of(0.6),
            schooling: Share::of(0.65),
            justice: Share::of(0.5),
            water: Share::of(0.6),
        }
    }
}

impl ServiceFunding {
    /// In the order of [`super::services::SERVICES`].
    #[must_use]
    pub fn each(&self) -> [f64; 4] {
        [self.health, self.schooling, self.justice, self.water].map(Share::get)
    }
}
