//! The parameters of displacement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: people flee, move on and return.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisplacementRules {
    /// Share of a place's people who flee in a week for each death per 1,000 residents.
    /// Unit: share per death per 1,000. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub flight_from_deaths: f64,
    /// Share of a place's people who flee for each share of control that the state loses in the week in which
    /// the garrison of its cercle is given up. Unit: share. Source: assumed, from .2 to 1.
    pub flight_from_loss: Share,
    /// Flight from hunger beyond what is borne. Unit: share of households per week at full hunger.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub flight_from_hunger: f64,
    /// Hunger that people bear where they are. Unit: share of residents. Source: assumed.
    pub bearable_hunger: Share,
    /// Share of flight from the north that goes abroad. Unit: share. Source: assumed; 156,000 refugees
    /// and 147,000 displaced in May 2012 (UNHCR).
    pub northern_flight_abroad: Share,
    /// Distance over which the pull of a destination falls to a third. Unit: km. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub distance_scale: f64,
    /// Nobody flees farther inside the country. Unit: km, great circle. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub farthest: f64,
    /// Extra pull of a place where everyone is of the own constituency. Unit: factor.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull_of_kin: f64,
    /// Pull of a town beside a village's of the same size. Unit: factor. Source: assumed; nine in ten
    /// displaced were counted in cercles with a larger town.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull_of_towns: f64,
    /// Extra pull of a place where everyone is displaced: camps and help are there. Unit: factor.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull_of_camps: f64,
    /// How strongly attacks keep people from a place. Unit: per attack a week. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub dread_of_attacks: f64,
    /// Share of what the state lost with garrisons of a zone that must be back before those who fled from the
    /// loss return. Unit: share. Source: assumed; most of those who fled in 2012 returned in 2013 and 2014,
    /// after the state did.
    pub regained: Share,
    /// After this time they return without it. Unit: duration. Source: assumed.
    pub loss_accepted: Weeks,
    /// Hazard of returning of those who fled from a loss, once the state is back. Unit: per week.
    /// Source: displaced people fell from 353,000 in June 2013 (recalled) to 61,600 in December 2014 (counted),
    /// by .022 a week in the mean (facts/displaced.csv).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub return_after_loss_per_week: f64,
    /// Deaths in a week that do not break the calm. Unit: deaths per 1,000 residents. Source: assumed;
    /// people returned to the north in 2014 although there was some killing in most districts.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub bearable_deaths: f64,
    /// Time without more deaths after which people begin to return. Unit: duration. Source: assumed.
    pub calm: Weeks,
    /// Hazard of returning of all others, once calm. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub return_per_week: f64,
}

impl Default for DisplacementRules {
    fn default() -> Self {
        DisplacementRules {
            flight_from_deaths: 0.06,
            flight_from_loss: Share::of(0.4),
            flight_from_hunger: 0.02,
            bearable_hunger: Share::of(0.2),
            northern_flight_abroad: Share::of(0.3),
            distance_scale: 100.0,
            farthest: 1_000.0,
            pull_of_kin: 3.0,
            pull_of_towns: 4.0,
            pull_of_camps: 2.0,
            dread_of_attacks: 2.0,
            regained: Share::of(0.5),
            loss_accepted: Weeks(104),
            return_after_loss_per_week: 0.022,
            bearable_deaths: 0.15,
            calm: Weeks(26),
            return_per_week: 0.02,
        }
    }
}
