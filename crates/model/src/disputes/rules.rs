//! The parameters of disputes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: herders and farmers fall out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisputeRules {
    /// Rate where half live from herds, half from fields, and there is neither drought nor justice.
    /// Unit: disputes per week and place. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub disputes_per_week: f64,
    /// How much a full drought adds. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub drought: f64,
    /// Share of disputes in which somebody is killed. Unit: share. Source: assumed.
    pub lethal: Share,
    /// Further people killed for each one killed in a quarrel that no band takes up, as in a
    /// geometric row. Unit: share. Source: assumed; without a band's arms one or two are killed, where
    /// the sizes of other violence would have six on average and up to 150.
    pub further_deaths: Share,
    /// How close a band must be to a constituency to take up its quarrel. Unit: share of affinity.
    /// Source: assumed.
    pub closeness_to_escalate: Share,
    /// Events that a dispute taken up by a band counts for in what calls forth further events.
    /// Unit: events. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub escalation: f64,
}

impl Default for DisputeRules {
    fn default() -> Self {
        DisputeRules {
            disputes_per_week: 0.02,
            drought: 2.0,
            lethal: Share::of(0.2),
            further_deaths: Share::of(0.3),
            closeness_to_escalate: Share::of(0.25),
            escalation: 1.0,
        }
    }
}
