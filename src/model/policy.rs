//! The levers. Each can be set in a scenario, on its timeline, by `--set`, and as an axis of a sweep.

use crate::units::{Date, Share};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// How much of its force is wanted of a partner, by the partner's short name; one that is not
    /// named comes in full at its date. 0 sends it away. Unit: share of its strength. Source: lever.
    pub partner_presence: BTreeMap<String, Share>,
    /// How many soldiers each zone's command may have; recruits come, and soldiers go, a few per cent
    /// a week. A zone without a number keeps what the table of the army gives it.
    pub army_size: ArmySize,
    /// What the state says and does about talking with armed groups: −1 refuses, 0 says nothing, 1
    /// seeks talks. A partner's veto makes it refuse. Unit: stance. Source: lever.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub stance_on_dialogue: f64,
    /// The day on which an election is due; it is held in the first week that begins on or after it,
    /// and the next one a term later. A later date that replaces one not yet come puts it off without
    /// its being overdue. None where no date is given. Unit: date. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub election_date: Option<Date>,
    /// Whether elections that are due are put off. It costs legitimacy where soldiers rule or an
    /// election is due, brings protest, and breaks what donors ask for. Unit: switch.
    /// Source: lever.
    pub extend_transition: bool,
}

/// Soldiers allowed by zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ArmySize {
    /// Soldiers in the north. Unit: persons. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub north: Option<u32>,
    /// Soldiers in the centre. Unit: persons. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub centre: Option<u32>,
    /// Soldiers in the south. Unit: persons. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub south: Option<u32>,
}

impl ArmySize {
    /// In the order of [`super::community::Zone::ALL`].
    #[must_use]
    pub fn by_zone(&self) -> [Option<u32>; 3] {
        [self.north, self.centre, self.south]
    }
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
            partner_presence: BTreeMap::new(),
            army_size: ArmySize::default(),
            stance_on_dialogue: -0.5,
            election_date: None,
            extend_transition: false,
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
