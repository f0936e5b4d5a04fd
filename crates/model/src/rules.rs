//! The parameters of all rules, in one list: a scenario's `[rules]`.

use crate::abroad::rules::AbroadRules;
use crate::bargaining::rules::BargainingRules;
use crate::budget::rules::BudgetRules;
use crate::campaigns::rules::CampaignRules;
use crate::clear_and_hold::rules::ClearAndHoldRules;
use crate::control::rules::ControlRules;
use crate::coups::rules::CoupRules;
use crate::dialogue::rules::DialogueRules;
use crate::displacement::rules::DisplacementRules;
use crate::disputes::rules::DisputeRules;
use crate::elections::rules::ElectionRules;
use crate::garrisons::rules::GarrisonRules;
use crate::hiding::rules::HidingRules;
use crate::katibas::rules::KatibaRules;
use crate::leaving::rules::LeavingRules;
use crate::legitimacy::rules::LegitimacyRules;
use crate::livelihoods::rules::LivelihoodRules;
use crate::memory::rules::MemoryRules;
use crate::opinion::rules::OpinionRules;
use crate::pact_effects::rules::PactEffectsRules;
use crate::pacts::rules::PactRules;
use crate::partners::rules::PartnerRules;
use crate::posture::rules::PostureRules;
use crate::recruitment::rules::RecruitmentRules;
use crate::rooting::rules::RootingRules;
use crate::self_defence::rules::SelfDefenceRules;
use crate::services::rules::ServiceRules;
use crate::truces::rules::TruceRules;
use crate::violence::rules::ViolenceRules;
use crate::weather::rules::WeatherRules;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters by phase; each phase's file documents its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each is the parameters of the mechanism of its name")]
pub struct Rules {
    pub weather: WeatherRules,
    pub budget: BudgetRules,
    pub services: ServiceRules,
    pub livelihoods: LivelihoodRules,
    pub katibas: KatibaRules,
    pub hiding: HidingRules,
    pub posture: PostureRules,
    pub campaigns: CampaignRules,
    pub truces: TruceRules,
    pub violence: ViolenceRules,
    pub control: ControlRules,
    pub memory: MemoryRules,
    pub rooting: RootingRules,
    pub self_defence: SelfDefenceRules,
    pub recruitment: RecruitmentRules,
    pub leaving: LeavingRules,
    pub bargaining: BargainingRules,
    pub pacts: PactRules,
    pub pact_effects: PactEffectsRules,
    pub dialogue: DialogueRules,
    pub abroad: AbroadRules,
    pub disputes: DisputeRules,
    pub clear_and_hold: ClearAndHoldRules,
    pub garrisons: GarrisonRules,
    pub displacement: DisplacementRules,
    pub partners: PartnerRules,
    pub legitimacy: LegitimacyRules,
    pub opinion: OpinionRules,
    pub elections: ElectionRules,
    pub coups: CoupRules,
}
