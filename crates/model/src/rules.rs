//! The parameters of all rules, in one list: a scenario's `[rules]`.

use super::legitimacy;
use super::{bargaining, bearing, dialogue, pacts};
use super::{budget, control, coups, displacement, disputes, elections, garrisons, leaving};
use super::{livelihoods, memory, opinion, outside, partners, posture, recruitment, services};
use super::{sweeps, violence, weather};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters by phase; each phase's file documents its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    pub weather: weather::WeatherRules,
    pub budget: budget::BudgetRules,
    pub services: services::ServiceRules,
    pub livelihoods: livelihoods::LivelihoodRules,
    pub posture: posture::PostureRules,
    pub violence: violence::ViolenceRules,
    pub control: control::ControlRules,
    pub memory: memory::MemoryRules,
    pub recruitment: recruitment::RecruitmentRules,
    pub leaving: leaving::LeavingRules,
    pub bargaining: bargaining::BargainingRules,
    pub pacts: pacts::PactRules,
    pub bearing: bearing::BearingRules,
    pub dialogue: dialogue::DialogueRules,
    pub outside: outside::OutsideRules,
    pub disputes: disputes::DisputeRules,
    pub sweeps: sweeps::SweepRules,
    pub garrisons: garrisons::GarrisonRules,
    pub displacement: displacement::DisplacementRules,
    pub partners: partners::PartnerRules,
    pub legitimacy: legitimacy::LegitimacyRules,
    pub opinion: opinion::OpinionRules,
    pub elections: elections::ElectionRules,
    pub coups: coups::CoupRules,
}
