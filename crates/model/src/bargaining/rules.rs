//! The parameters of bargaining.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: what a community and a command would agree on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BargainingRules {
    /// What an end of the group's violence is worth to a community that feels it fully.
    /// Unit: surplus. Source: unit of this scale.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub calm: f64,
    /// What the end of a blockade is worth. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub open_roads: f64,
    /// What fields, water and markets are worth where all access to them is lost. Unit: surplus.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub markets: f64,
    /// What schools are worth where all are closed. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub schools: f64,
    /// What Koranic schools are worth to a community, beside those of the state. Unit: share.
    /// Source: assumed.
    pub koranic_schools: Share,
    /// What relief is worth where everybody is in need. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub relief: f64,
    /// What the return of prisoners is worth, to either side. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub prisoners: f64,
    /// What the state's help is worth where it meets all that is asked for. Unit: surplus.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub help: f64,
    /// What the whole levy costs those who pay it, and brings the command in a rich place.
    /// Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub levy: f64,
    /// What dress and Sharia rules cost where nobody supports the group. Unit: surplus.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub rules: f64,
    /// What a bond with the state is worth where it holds everything and is fully trusted; all of it
    /// goes with the army. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub bond_with_state: f64,
    /// Part of that bond that goes with informing. Unit: share. Source: assumed.
    pub informing: Share,
    /// What reprisals by the state cost where its soldiers are many and it suppresses pacts.
    /// Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub reprisal: f64,
    /// Part of these reprisals that is feared of a state that ignores pacts. Unit: share.
    /// Source: assumed.
    pub reprisal_where_ignored: Share,
    /// Soldiers in a place of whom half of all there is to feel of soldiers is felt. Unit: persons.
    /// Source: assumed.
    #[schemars(range(min = 0.1, max = 100_000.0))]
    pub soldiers_for_half_presence: f64,
    /// Rent at which a levy brings half of the most it can. Unit: thousand residents of full income and
    /// market access. Source: assumed.
    #[schemars(range(min = 0.01, max = 10_000.0))]
    pub rent_for_half_levy: f64,
    /// Fights here at which half of a command is bound up in them. Unit: events per week.
    /// Source: assumed.
    #[schemars(range(min = 0.001, max = 100.0))]
    pub fights_for_half_engagement: f64,
    /// What quiet is worth to a command that fights here every week. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub freed_fighters: f64,
    /// What a place without soldiers and informers is worth to a command. Unit: surplus.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub safe_place: f64,
    /// What ruling by its own law is worth to a wholly ideological group, and what going without it or
    /// suffering the state's schools costs it, times rigidity. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub own_law: f64,
    /// What Koranic schools take off a group's own law, beside schools of the state that it opposes.
    /// Unit: share. Source: assumed.
    pub cost_of_koranic_schools: Share,
    /// What letting relief in costs a command, times rigidity. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub cost_of_relief: f64,
    /// What any agreement costs a command of no pragmatism. Unit: surplus. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub reluctance: f64,
    /// How much bargaining power a blockade moves to the command in the end. Unit: share.
    /// Source: reference.
    pub power_of_blockade: Share,
    /// Time in which a blockade has most of its effect. Unit: weeks. Source: reference.
    #[schemars(range(min = 0.5, max = 500.0))]
    pub blockade_weeks: f64,
    /// How far commanders of one group differ in rigidity. Unit: share, half of the whole range.
    /// Source: assumed.
    pub spread_of_minds: Share,
}

impl Default for BargainingRules {
    fn default() -> Self {
        BargainingRules {
            calm: 1.0,
            open_roads: 0.8,
            markets: 0.4,
            schools: 0.2,
            koranic_schools: Share::of(0.5),
            relief: 0.2,
            prisoners: 0.05,
            help: 0.4,
            levy: 0.4,
            rules: 0.35,
            bond_with_state: 0.5,
            informing: Share::of(0.5),
            reprisal: 0.6,
            reprisal_where_ignored: Share::of(1.0 / 3.0),
            soldiers_for_half_presence: 50.0,
            rent_for_half_levy: 20.0,
            fights_for_half_engagement: 0.1,
            freed_fighters: 0.5,
            safe_place: 0.3,
            own_law: 0.5,
            cost_of_koranic_schools: Share::of(0.2),
            cost_of_relief: 0.1,
            reluctance: 0.3,
            power_of_blockade: Share::of(0.3),
            blockade_weeks: 12.0,
            spread_of_minds: Share::of(0.25),
        }
    }
}
