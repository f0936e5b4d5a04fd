//! What people live on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a constituency lives on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Livelihood {
    /// Fields that wait for rain.
    #[default]
    Farming,
    /// Fields that are watered.
    IrrigatedFarming,
    /// Herds.
    Herding,
    /// Rivers and lakes.
    Fishing,
    /// Trade, wages, office, mines.
    Town,
}
