//! The parameters of dialogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: state and groups talk, agree and fall out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DialogueRules {
    /// Hazard of the next stage with full trust and readiness. Unit: per week. Source: assumed; the
    /// way to the accord of Algiers took about a year.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub steps_per_week: f64,
    /// Time in which trust follows what deserves it. Unit: duration. Source: assumed.
    pub trust_time: Weeks,
    /// Trust that nothing speaks for or against. Unit: share. Source: assumed.
    pub trust_at_first: Share,
    /// Trust gained through mediators whom both sides accept. Unit: share. Source: assumed.
    pub trust_by_mediators: Share,
    /// Trust gained by an exchange that frees all prisoners of a group; it halves in a year or so.
    /// Unit: share. Source: assumed.
    pub trust_by_exchange: Share,
    /// Trust gained where all of a group's fighters rest under pacts. Unit: share. Source: assumed.
    pub trust_by_pacts: Share,
    /// Trust gained where communities take part. Unit: share. Source: assumed.
    pub trust_by_communities: Share,
    /// Trust lost to operations at full effort. Unit: share. Source: assumed.
    pub distrust_of_operations: Share,
    /// Trust lost to a veto. Unit: share. Source: assumed.
    pub distrust_of_veto: Share,
    /// Trust lost where talks are taken for a show. Unit: share. Source: assumed.
    pub distrust_of_sham: Share,
    /// Hazard of a breakdown for no particular cause. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_of_itself: f64,
    /// Hazard of a breakdown by operations at full effort. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_operations: f64,
    /// Hazard of a breakdown by a veto. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_veto: f64,
    /// Hazard of a breakdown by a wholly rigid group, in proportion to the cube. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_rigidity: f64,
    /// Hazard of a breakdown where talks are taken for a show. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_sham: f64,
    /// Commitments in an accord. Unit: clauses. Source: accord of Algiers, 78 (Carter Center).
    #[schemars(range(min = 1, max = 10_000))]
    pub clauses: u32,
    /// Hazard that a clause is carried out, at full capacity and without seats for communities.
    /// Unit: per week. Source: derived, 20 of 78 in 3.5 years (Carter Center) at a capacity of .3.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub clauses_per_week: f64,
    /// How much faster with all seats for communities. Unit: factor above 1. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub haste_of_seats: f64,
    /// Hazard that a wholly rigid command goes back to war while nothing is carried out. Unit: per
    /// week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub commands_out_per_week: f64,
    /// Hazard that a command that stayed out comes in once all is carried out. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub commands_in_per_week: f64,
    /// Hazard that an accord breaks of which nothing is carried out. Unit: per week. Source: assumed;
    /// the accord of Algiers was ended after eight and a half years.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub accords_break_per_week: f64,
    /// What talks with all their commissions, mediators and meetings cost; as much again where all
    /// communities have seats. Unit: francs per resident and year. Source: derived, 12.3 billion for
    /// the ministry of reconciliation in 2025 and 20.5 million people (facts/budget.csv).
    #[schemars(range(min = 0.0, max = 1_000_000.0))]
    pub cost_per_resident: f64,
    /// How much more those attack who would have no accord. Unit: factor above 1. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub spoilers: f64,
    /// Say that communities with all seats gain by an accord that is carried out. Unit: share.
    /// Source: assumed.
    pub voice_by_seats: Share,
    /// Part of that say that they have while there are talks or nothing is carried out yet. Unit: share.
    /// Source: assumed.
    pub voice_by_talking: Share,
    /// How far the state is seen to seek talks once it has contact with a group; talks and accords count
    /// in full. Unit: share. Source: assumed.
    pub engagement_of_contact: Share,
    /// How far at first an inclusive conference makes it seen so. Unit: share. Source: assumed.
    pub engagement_of_conference: Share,
    /// How far at first a top-down conference does. Unit: share. Source: assumed.
    pub engagement_of_elites: Share,
    /// What an accord that was signed concedes before it is carried out, of all that a wholly ideological
    /// group is conceded in the end. Unit: share. Source: assumed.
    pub conceded_by_signing: Share,
    /// What talks with it concede. Unit: share. Source: assumed.
    pub conceded_by_talking: Share,
    /// Trust that is left when talks break down. Unit: share of what there was. Source: assumed.
    pub trust_after_breakdown: Share,
    /// Time from one exchange of prisoners to the next. Unit: duration. Source: assumed.
    pub between_exchanges: Weeks,
    /// Time in which the public hears of a conference. Unit: duration. Source: assumed.
    pub conference_time: Weeks,
    /// How much of a show a top-down conference without armed groups is. Unit: share.
    /// Source: assumed.
    pub sham_of_elites: Share,
    /// How much is added where the transition is extended under its cover. Unit: share.
    /// Source: assumed.
    pub sham_of_extension: Share,
    /// Time in which half of that is forgotten. Unit: duration. Source: assumed.
    pub sham_half_life: Weeks,
    /// How much attacks during talks outrage, beside others. Unit: factor above 1. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub outrage_during_talks: f64,
    /// What joining a command that keeps an accord is worth, beside another, before anything of it is carried
    /// out; in proportion to what is still open after that. Unit: share. Source: assumed.
    pub recruits_in_accord: Share,
}

impl Default for DialogueRules {
    fn default() -> Self {
        DialogueRules {
            steps_per_week: 0.2,
            trust_time: Weeks(26),
            trust_at_first: Share::of(0.2),
            trust_by_mediators: Share::of(0.3),
            trust_by_exchange: Share::of(0.25),
            trust_by_pacts: Share::of(0.2),
            trust_by_communities: Share::of(0.1),
            distrust_of_operations: Share::of(0.3),
            distrust_of_veto: Share::of(0.3),
            distrust_of_sham: Share::of(0.4),
            breakdown_of_itself: 0.003,
            breakdown_by_operations: 0.03,
            breakdown_by_veto: 0.05,
            breakdown_by_rigidity: 0.02,
            breakdown_by_sham: 0.02,
            clauses: 78,
            clauses_per_week: 0.0053,
            haste_of_seats: 1.5,
            commands_out_per_week: 0.004,
            commands_in_per_week: 0.01,
            accords_break_per_week: 0.003,
            cost_per_resident: 600.0,
            spoilers: 0.5,
            voice_by_seats: Share::of(0.4),
            voice_by_talking: Share::of(0.3),
            engagement_of_contact: Share::of(0.5),
            engagement_of_conference: Share::of(0.8),
            engagement_of_elites: Share::of(0.4),
            conceded_by_signing: Share::of(0.4),
            conceded_by_talking: Share::of(0.2),
            trust_after_breakdown: Share::of(0.5),
            between_exchanges: Weeks(26),
            conference_time: Weeks(26),
            sham_of_elites: Share::of(0.3),
            sham_of_extension: Share::of(0.3),
            sham_half_life: Weeks(104),
            outrage_during_talks: 1.0,
            recruits_in_accord: Share::of(0.3),
        }
    }
}
