//! The parameters of what pacts do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: what pacts do to all the other mechanisms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PactEffectsRules {
    /// Violence between those bound by a pact or an accord that goes on all the same. Unit: share.
    /// Source: priors, −0.80 (−0.90 to −0.30) local violence while held.
    pub violence_left: Share,
    /// How far other commands of a group keep to a pact that one of them has signed. Unit: share.
    /// Source: assumed; they answer to the same leaders, and need not have been asked.
    pub kept_by_fellows: Share,
    /// How far a militia that is bound in spares those who have signed, beside a command that has signed
    /// itself. Unit: share. Source: assumed; it no longer hunts them for having signed.
    pub spared_by_bound_militia: Share,
    /// Operations of the state against a command in a place at which they count as half of the most there
    /// can be. Unit: events per week. Source: assumed; one in twenty weeks.
    #[schemars(range(min = 0.001, max = 10.0))]
    pub operations_for_half: f64,
    /// How far a state that tolerates pacts keeps away where one asks it to. Unit: share.
    /// Source: assumed.
    pub kept_away_if_tolerated: Share,
    /// The same for a state that supports them. Unit: share. Source: assumed.
    pub kept_away_if_supported: Share,
    /// Part of a command's fighters in a place that a pact frees to roam its neighbours. Unit: share.
    /// Source: assumed.
    pub freed_fighters: Share,
    /// How much likelier those are suspected who have signed with an enemy. Unit: share, beside 1 for
    /// those wholly close to him. Source: assumed.
    pub suspicion_of_signatories: Share,
    /// Information lost where nobody informs. Unit: share. Source: assumed.
    pub silence: Share,
    /// Information gained where leaders of a supported pact share what they know, with all help.
    /// Unit: share. Source: assumed; leaders speak of a head start (The New Humanitarian 2022).
    pub head_start: Share,
    /// Extra weight of a command in the control of a place that has signed with it. Unit: share.
    /// Source: assumed.
    pub weight_by_pact: Share,
    /// Access for services that a pact opens, with relief allowed. Unit: share of what the state does not
    /// reach. Source: assumed.
    pub access_opened: Share,
    /// Part of that access without relief. Unit: share. Source: assumed.
    pub access_without_relief: Share,
    /// Hazard that a closed school reopens under a pact that allows it. Unit: per week.
    /// Source: assumed; 218 of 1,113 reopened within three months with help.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub schools_reopen_per_week: f64,
    /// What a Koranic school counts for beside a state school. Unit: share. Source: assumed.
    pub worth_of_koranic_school: Share,
    /// Levies that people evade under a pact that sets them. Unit: share. Source: assumed.
    pub evaded_under_pact: Share,
    /// Say that people gain by a pact behind which all leaders stand. Unit: share. Source: assumed.
    pub voice_by_pact: Share,
    /// How much less fighters tire whose places are all at rest. Unit: share. Source: assumed.
    pub rest: Share,
    /// Flight from dress and Sharia rules of those who do not want them. Unit: share of households per
    /// week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub flight_from_rules: f64,
    /// Flight from blockade. Unit: share of households per week. Source: reference.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub flight_from_blockade: f64,
    /// How much a full amnesty, looked forward to, eases joining. Unit: share. Source: assumed, 0 to 0.2.
    pub ease_of_amnesty: Share,
    /// Trust that victims of groups lose under a full amnesty. Unit: share. Source: assumed.
    pub distrust_of_amnesty: Share,
    /// How fast trust wears down where people live under a pact or a blockade for long and the state does
    /// nothing about it. Unit: log factor. Source: assumed, 0 to 0.8; leaders tell of being left alone.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub distrust_of_neglect: f64,
    /// Part of a country under pacts at which concessions are as large as they can be. Unit: share of
    /// residents. Source: assumed.
    #[schemars(range(min = 0.01, max = 1.0))]
    pub residents_for_full_concession: f64,
    /// What any pact concedes, of all that can be. Unit: share. Source: assumed.
    pub conceded_by_any: Share,
    /// What dress and Sharia rules add. Unit: share. Source: assumed.
    pub conceded_by_rules: Share,
    /// What keeping the army out adds. Unit: share. Source: assumed.
    pub conceded_by_army_clause: Share,
    /// What giving up the state's schools adds. Unit: share. Source: assumed.
    pub conceded_by_schools: Share,
    /// For how much of a pact a state is blamed that ignores it; one that suppresses it is blamed for
    /// nothing, one that supports it for everything. Unit: share. Source: assumed.
    pub conceded_if_ignored: Share,
    /// The same if it tolerates it. Unit: share. Source: assumed.
    pub conceded_if_tolerated: Share,
}

impl Default for PactEffectsRules {
    fn default() -> Self {
        PactEffectsRules {
            violence_left: Share::of(0.15),
            kept_by_fellows: Share::of(0.7),
            spared_by_bound_militia: Share::of(0.5),
            operations_for_half: 0.05,
            kept_away_if_tolerated: Share::of(0.6),
            kept_away_if_supported: Share::of(0.9),
            freed_fighters: Share::of(0.4),
            suspicion_of_signatories: Share::of(0.3),
            silence: Share::of(0.5),
            head_start: Share::of(0.3),
            weight_by_pact: Share::of(0.25),
            access_opened: Share::of(0.4),
            access_without_relief: Share::of(0.5),
            schools_reopen_per_week: 0.015,
            worth_of_koranic_school: Share::of(0.4),
            evaded_under_pact: Share::of(0.3),
            voice_by_pact: Share::of(0.2),
            rest: Share::of(0.3),
            flight_from_rules: 0.0003,
            flight_from_blockade: 0.005,
            ease_of_amnesty: Share::of(0.05),
            distrust_of_amnesty: Share::of(0.3),
            distrust_of_neglect: 0.4,
            residents_for_full_concession: 0.2,
            conceded_by_any: Share::of(0.3),
            conceded_by_rules: Share::of(0.3),
            conceded_by_army_clause: Share::of(0.2),
            conceded_by_schools: Share::of(0.2),
            conceded_if_ignored: Share::of(0.2),
            conceded_if_tolerated: Share::of(0.6),
        }
    }
}
