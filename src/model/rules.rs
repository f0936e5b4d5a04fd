//! The parameters of all rules, in one list: a scenario's `[rules]`.

use super::{control, coups, elections, leaving, legitimacy, memory};
use super::{opinion, partners, posture, recruitment, services, violence};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters by phase; each phase's file documents its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    pub services: services::ServiceRules,
    pub posture: posture::PostureRules,
    pub violence: violence::ViolenceRules,
    pub control: control::ControlRules,
    pub memory: memory::MemoryRules,
    pub recruitment: recruitment::RecruitmentRules,
    pub leaving: leaving::LeavingRules,
    pub partners: partners::PartnerRules,
    pub legitimacy: legitimacy::LegitimacyRules,
    pub opinion: opinion::OpinionRules,
    pub elections: elections::ElectionRules,
    pub coups: coups::CoupRules,
}
