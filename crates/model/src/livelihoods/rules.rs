//! The parameters of livelihoods.

use crate::words::livelihoods::Livelihood;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: what people live on, levies, hunger and relief.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LivelihoodRules {
    /// Displaced people who are in need, where fewer of the residents are. Unit: share of the displaced.
    /// Source: assumed.
    pub displaced_in_need: Share,
    /// How far a living from fields depends on the rains. Unit: share. Source: reference.
    pub farming_on_rain: Share,
    /// The same for watered fields. Unit: share. Source: assumed.
    pub irrigated_farming_on_rain: Share,
    /// The same for herds: pasture and wells. Unit: share. Source: assumed.
    pub herding_on_rain: Share,
    /// The same for fishing: the flood. Unit: share. Source: assumed.
    pub fishing_on_rain: Share,
    /// The same for towns: prices and custom. Unit: share. Source: assumed.
    pub town_on_rain: Share,
    /// Part of a living that is sold or earned on markets. Unit: share. Source: assumed.
    pub sold: Share,
    /// Market access lost where no road is held by one side from end to end. Unit: share.
    /// Source: assumed; the start of 2024 takes the same off for control lost.
    pub access_lost_to_contest: Share,
    /// Market access lost to attacks. Unit: per attack a week. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub access_lost_to_attacks: f64,
    /// Time in which traders stay away. Unit: duration. Source: assumed.
    pub access_loss_time: Weeks,
    /// Time in which traders come back. Unit: duration. Source: assumed.
    pub access_recovery_time: Weeks,
    /// Residents who earn. Unit: share. Source: assumed.
    pub earners: Share,
    /// Levy on what fields and waters yield. Unit: share of harvest. Source: zakat as levied by
    /// groups, a tenth (seen).
    pub levy_on_harvest: Share,
    /// Levy on herds and on traders' stocks. Unit: share of their worth a year. Source: zakat as
    /// levied by groups, one in forty (recalled: 1/30 to 1/50).
    pub levy_on_stock: Share,
    /// Worth of a herd. Unit: years of its owner's income. Source: assumed.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub herd_worth: f64,
    /// Worth of a townsman's stock. Unit: years of income. Source: assumed.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub stock_worth: f64,
    /// Levies that people evade where a group holds everything. Unit: share. Source: assumed.
    pub evaded: Share,
    /// Levies and captured money that reach fighters' pay; the rest feeds the war. Unit: share.
    /// Source: assumed.
    pub levy_to_pay: Share,
    /// How long a command's pay takes to follow its income. Unit: duration. Source: assumed.
    pub pay_time: Weeks,
    /// Income below which people go hungry. Unit: median incomes. Source: assumed; set beside the
    /// shares of regions hungry in the lean season, 2014 to 2020.
    #[schemars(range(min = 0.01, max = 5.0))]
    pub hunger_line: f64,
    /// Spread σ of log incomes within a place. Unit: log points. Source: assumed.
    #[schemars(range(min = 0.05, max = 3.0))]
    pub income_spread: f64,
    /// What relief given to somebody is worth to them as income. Unit: share of its cost.
    /// Source: assumed.
    pub relief_worth: Share,
}

impl Default for LivelihoodRules {
    fn default() -> Self {
        LivelihoodRules {
            displaced_in_need: Share::of(0.7),
            farming_on_rain: Share::of(1.0),
            irrigated_farming_on_rain: Share::of(0.3),
            herding_on_rain: Share::of(0.8),
            fishing_on_rain: Share::of(0.5),
            town_on_rain: Share::of(0.15),
            sold: Share::of(0.4),
            access_lost_to_contest: Share::of(0.5),
            access_lost_to_attacks: 1.0,
            access_loss_time: Weeks(4),
            access_recovery_time: Weeks(13),
            earners: Share::of(0.5),
            levy_on_harvest: Share::of(0.1),
            levy_on_stock: Share::of(0.025),
            herd_worth: 3.0,
            stock_worth: 1.0,
            evaded: Share::of(0.6),
            levy_to_pay: Share::of(0.3),
            pay_time: Weeks(13),
            hunger_line: 0.3,
            income_spread: 0.5,
            relief_worth: Share::of(0.7),
        }
    }
}

impl LivelihoodRules {
    pub(super) fn on_rain(&self, livelihood: Livelihood) -> f64 {
        match livelihood {
            Livelihood::Farming => self.farming_on_rain,
            Livelihood::IrrigatedFarming => self.irrigated_farming_on_rain,
            Livelihood::Herding => self.herding_on_rain,
            Livelihood::Fishing => self.fishing_on_rain,
            Livelihood::Town => self.town_on_rain,
        }
        .get()
    }

    /// What a group that holds everything and whom nobody evades takes, share of what is earned: at most
    /// all of it, however much herds and stocks are worth.
    pub(super) fn levied(&self, livelihood: Livelihood) -> f64 {
        let levied = match livelihood {
            Livelihood::Farming | Livelihood::IrrigatedFarming | Livelihood::Fishing => {
                self.levy_on_harvest.get()
            }
            Livelihood::Herding => self.levy_on_stock.get() * self.herd_worth,
            Livelihood::Town => self.levy_on_stock.get() * self.stock_worth,
        };
        levied.min(1.0)
    }
}
