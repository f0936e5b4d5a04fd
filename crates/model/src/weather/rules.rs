//! The parameters of weather.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: rain by region and year, droughts, and the lean season.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WeatherRules {
    /// Standard deviation σ of a region's yearly rain. Unit: share of normal rain. Source: assumed;
    /// yearly rain in the Sahel varies by 20 to 30 % of its mean.
    #[schemars(range(min = 0.0, max = 0.33))]
    pub rainfall_spread: f64,
    /// Share ρ of that variance which all regions have in common. Unit: share. Source: assumed.
    pub shared_by_regions: Share,
    /// Harvest lost for each share of rain that fails to come. Unit: share of harvest per share of
    /// rain. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub harvest_response: f64,
    /// How far what the land yields sinks in the lean season. Unit: share. Source: assumed.
    pub lean_drop: Share,
}

impl Default for WeatherRules {
    fn default() -> Self {
        WeatherRules {
            rainfall_spread: 0.2,
            shared_by_regions: Share::of(0.5),
            harvest_response: 1.0,
            lean_drop: Share::of(0.4),
        }
    }
}
