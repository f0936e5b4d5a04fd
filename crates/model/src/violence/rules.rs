//! The parameters of violence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: armed actors fight and harm civilians.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ViolenceRules {
    /// Common factor of all rates below. Unit: factor. Source: assumed; scaled to about 11 events a
    /// week in 2017 and 20 in 2020-21 (ACLED yearly totals).
    #[schemars(range(min = 0.0, max = 100.0))]
    pub scale: f64,
    /// Rate of commands on the state. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub group_on_state_per_week: f64,
    /// Attacks on the state that are left where a band is too weak for an ambush: explosives and
    /// shots from afar. Unit: share. Source: assumed.
    pub without_ambush: Share,
    /// Fighters for each soldier of the state, partners at what they are worth, from which a band lays
    /// all the ambushes it can. Unit: ratio. Source: assumed.
    #[schemars(range(min = 0.01, max = 10.0))]
    pub ratio_for_ambush: f64,
    /// Rate of the state on commands. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub state_on_group_per_week: f64,
    /// Rate of groups on civilians. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub group_on_civilians_per_week: f64,
    /// Rate of the state's forces on civilians. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub state_on_civilians_per_week: f64,
    /// Rate of groups on each other. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub rivals_per_week: f64,
    /// Further events called forth by each event of a pair. Unit: events per event. Source: assumed
    /// from the persistence of violence by place (elasticity 0.33 to 0.40 on the own lag).
    #[schemars(range(min = 0.0, max = 0.95))]
    pub feedback: f64,
    /// Over which time own events call forth more. Unit: duration. Source: assumed.
    pub feedback_time: Weeks,
    /// Share of events that kill nobody. Unit: share. Source: assumed, so that about 0.54 of those
    /// reported do (ACLED to July 2020); deadly events are heard of more often.
    pub bloodless: Share,
    /// Scale of the distribution of deaths. Unit: deaths. Source: fitted to a mean of 2.8 an event.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub size_scale: f64,
    /// Tail exponent of P(X > k); the density's is one more. Unit: exponent. Source: assumed with
    /// the scale; above five deaths it looks like the density exponent 2.2 of ACLED.
    #[schemars(range(min = 0.5, max = 5.0))]
    pub size_exponent: f64,
    /// No event kills more. Unit: deaths. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub largest_size: f64,
    /// Share of an operation's fighting dead who are soldiers. Unit: share. Source: assumed.
    pub soldiers_among_dead_of_operations: Share,
    /// Share of the dead of an attack on the state who are attackers. Unit: share. Source: assumed.
    pub attackers_among_dead: Share,
    /// Share of the dead of clashes between armed actors who are bystanders, where no restraint is
    /// asked for. Unit: share. Source: assumed.
    pub bystanders_among_dead: Share,
    /// Civilians hurt, robbed or seized in an attack on them, beside the dead. Unit: persons per
    /// event. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub hurt_per_event: f64,
    /// Civilians hurt, robbed or seized in an operation of the state that spares nobody; in proportion
    /// to the share of civilians among its dead. Unit: persons per event. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub hurt_per_operation: f64,
    /// What being hurt weighs beside a death in memory. Unit: share. Source: assumed.
    pub weight_of_hurt: Share,
    /// Information the state has where it holds nothing. Unit: share. Source: assumed.
    pub information_without_control: Share,
    /// Information gained with full control and trust. Unit: share. Source: assumed.
    pub information_of_control: Share,
    /// Suspicion that falls on everybody, beside that on those close to an enemy. Unit: share.
    /// Source: assumed.
    pub blanket_suspicion: Share,
    /// How far a group sees an enemy group at the end of a road behind people here. Unit: share of its
    /// presence there. Source: assumed.
    pub seen_next_door: Share,
    /// Smallest quarter of a place that draws attackers by itself; they come at the rate of the most
    /// suspected one. Unit: share of residents. Source: assumed.
    pub smallest_suspected: Share,
    /// Chance that an event in a place out of the state's and the market's reach is reported.
    /// Unit: chance. Source: assumed.
    pub reported_without_access: Share,
}

impl Default for ViolenceRules {
    fn default() -> Self {
        ViolenceRules {
            scale: 1.5,
            group_on_state_per_week: 0.018,
            without_ambush: Share::of(0.3),
            ratio_for_ambush: 0.3,
            state_on_group_per_week: 0.010,
            group_on_civilians_per_week: 0.015,
            state_on_civilians_per_week: 0.009,
            rivals_per_week: 0.015,
            feedback: 0.5,
            feedback_time: Weeks(6),
            bloodless: Share::of(0.62),
            size_scale: 2.5,
            size_exponent: 1.35,
            largest_size: 150.0,
            soldiers_among_dead_of_operations: Share::of(0.2),
            attackers_among_dead: Share::of(0.35),
            bystanders_among_dead: Share::of(0.1),
            hurt_per_event: 15.0,
            hurt_per_operation: 80.0,
            weight_of_hurt: Share::of(0.25),
            information_without_control: Share::of(0.2),
            information_of_control: Share::of(0.6),
            blanket_suspicion: Share::of(0.05),
            seen_next_door: Share::of(0.5),
            smallest_suspected: Share::of(0.05),
            reported_without_access: Share::of(0.5),
        }
    }
}
