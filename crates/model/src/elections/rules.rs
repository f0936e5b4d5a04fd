//! The parameters of elections.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: elections, and the institutions that they build on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ElectionRules {
    /// Time in which institutions become most of what conditions allow. Unit: duration.
    /// Source: assumed, a decade.
    pub capacity_time: Weeks,
    /// Capacity up to which an election changes the label only. Unit: share. Source: assumed.
    pub capacity_for_a_label: Share,
    /// Capacity from which an election is as real as it can be. Unit: share. Source: assumed.
    pub capacity_for_a_real_one: Share,
    /// Time from an election to the next. Unit: duration. Source: five years, the constitutions of
    /// 1992 and 2023.
    pub term: Weeks,
    /// Protest after an election that is not real at all. Unit: intensity. Source: assumed.
    pub contest: Share,
    /// Share of its missing say that every constituency gains in an election that is entirely real.
    /// Unit: share. Source: assumed.
    pub say_of_a_real_one: Share,
}

impl Default for ElectionRules {
    fn default() -> Self {
        ElectionRules {
            capacity_time: Weeks(520),
            capacity_for_a_label: Share::of(0.3),
            capacity_for_a_real_one: Share::of(0.7),
            term: Weeks(261),
            contest: Share::of(0.5),
            say_of_a_real_one: Share::of(0.3),
        }
    }
}
