//! The parameters of pacts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: local pacts and blockades.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PactRules {
    /// Hazard of a blockade by a large command where nobody supports it and it holds nothing.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blockades_per_week: f64,
    /// A command with fewer fighters in a place neither rules nor blockades it. Unit: persons.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub fewest_who_rule: f64,
    /// Fighters at whose number a command can half blockade a place. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_half_blockade: f64,
    /// Hazard that a blockade is given up. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blockade_given_up_per_week: f64,
    /// Hazard that soldiers, where they are many, open the roads. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blockade_broken_per_week: f64,
    /// Market access that a blockade takes. Unit: share. Source: assumed.
    pub blockade_of_markets: Share,
    /// Relief that a blockade keeps away. Unit: share. Source: assumed.
    pub blockade_of_relief: Share,
    /// Hazard of agreeing once terms suit both. Unit: per week. Source: reference; with the two below
    /// the median is about 15 weeks of blockade.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub agreements_per_week: f64,
    /// How much hardship hastens agreement. Unit: log factor at full hardship. Source: reference.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub haste_of_hardship: f64,
    /// How often leaders of a place that is not blockaded seek a pact, beside one that is.
    /// Unit: share. Source: assumed; most submissions follow three to five months of blockade.
    pub initiative: Share,
    /// Standing of leaders needed behind a pact. Unit: share. Source: assumed.
    pub needed_breadth: Share,
    /// Willingness of the least willing leaders at the start. Unit: share. Source: assumed.
    pub least_willing: Share,
    /// How far that of the most willing lies above it. Unit: share. Source: assumed.
    pub range_of_willingness: Share,
    /// Standing of the leaders behind a pact that is held when the first week begins. Unit: share.
    /// Source: assumed.
    pub breadth_at_start: Share,
    /// How fast leaders grow willing where all neighbours have held pacts. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub diffusion_per_week: f64,
    /// Time a pact must have held to be an example. Unit: duration. Source: assumed.
    pub example_after: Weeks,
    /// Willingness that leaders lose when their own pact ends. Unit: share. Source: assumed.
    pub disheartened: Share,
    /// Part of that loss that their neighbours share. Unit: share. Source: assumed.
    pub neighbours_disheartened: Share,
    /// Communities in one pact, at most. Unit: communities. Source: assumed.
    #[schemars(range(min = 1, max = 1_000))]
    pub largest_cluster: u32,
    /// Chance that a militia keeps to a pact of its people by itself. Unit: chance. Source: assumed.
    pub militia_keeps_to_it: Share,
    /// Hazard that the state, with all effort and money, binds a militia in that was not. Unit: per
    /// week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub militia_bound_per_week: f64,
    /// Breaches that a state which supports a pact with all it takes gets punished. Unit: share.
    /// Source: assumed.
    pub breaches_punished: Share,
    /// Where the state shares what leaders tell it against the terms: hazard of being found out.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub leaks_per_week: f64,
    /// Hazard of an end for no particular cause. Unit: per month. Source: priors, 0.01 (0.003 to 0.03)
    /// for pacts that the army tolerates, of which other causes take the greater part.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_of_itself: f64,
    /// With an unbound militia. Unit: per month. Source: priors, 0.25 with a militia unbound or the
    /// army clause open.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_unbound_militia: f64,
    /// While the state operates against an army clause. Unit: per month. Source: as above.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_army_clause: f64,
    /// With the army present. Unit: per month. Source: priors, 0.08 with the army still present.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_army_present: f64,
    /// Fighters of a militia, or soldiers, at whose number half of what their presence does to a pact is
    /// done. Unit: persons. Source: assumed; a handful is enough to break it.
    #[schemars(range(min = 0.1, max = 10_000.0))]
    pub near: f64,
    /// For each unpunished breach of the last month. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_breach: f64,
    /// After the commander was killed. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_killed_leader: f64,
    /// By orders from the leaders of a wholly rigid group. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_orders: f64,
    /// Where one side has all of the surplus. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_uneven_terms: f64,
    /// Where everybody hungers and owes the whole levy. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_unpaid_levies: f64,
    /// Where a suppressing state surely finds those who signed. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_suppression: f64,
    /// How the arrest of those who had signed is felt by their people, as so many deaths by the state.
    /// Unit: deaths per 1,000 residents. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub harm_of_arrests: f64,
    /// What all help that a community can use costs. Unit: francs per resident and year.
    /// Source: assumed.
    #[schemars(range(min = 1.0, max = 1_000_000_000.0))]
    pub help_per_resident: f64,
}

impl Default for PactRules {
    fn default() -> Self {
        PactRules {
            blockades_per_week: 0.012,
            fewest_who_rule: 3.0,
            fighters_for_half_blockade: 30.0,
            blockade_given_up_per_week: 0.01,
            blockade_broken_per_week: 0.05,
            blockade_of_markets: Share::of(0.7),
            blockade_of_relief: Share::of(0.7),
            agreements_per_week: 0.006,
            haste_of_hardship: 3.0,
            initiative: Share::of(0.05),
            needed_breadth: Share::of(0.5),
            least_willing: Share::of(0.2),
            range_of_willingness: Share::of(0.6),
            breadth_at_start: Share::of(0.7),
            diffusion_per_week: 0.02,
            example_after: Weeks(13),
            disheartened: Share::of(0.3),
            neighbours_disheartened: Share::of(1.0 / 3.0),
            largest_cluster: 12,
            militia_keeps_to_it: Share::of(0.35),
            militia_bound_per_week: 0.03,
            breaches_punished: Share::of(0.6),
            leaks_per_week: 0.02,
            end_of_itself: 0.003,
            end_by_unbound_militia: 0.25,
            end_by_army_clause: 0.15,
            end_by_army_present: 0.08,
            near: 10.0,
            end_by_breach: 0.1,
            end_by_killed_leader: 0.3,
            end_by_orders: 0.01,
            end_by_uneven_terms: 0.005,
            end_by_unpaid_levies: 0.1,
            end_by_suppression: 0.3,
            harm_of_arrests: 0.3,
            help_per_resident: 10_000.0,
        }
    }
}
