//! The levers. Each can be set in a scenario, on its timeline, by `--set`, and as an axis of a sweep.

use crate::pacts::state::Stance;
use crate::talks::state::NationalDialogue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_units::{Date, Money, Share};

/// What the state does, as long as nothing else is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// How much of the army's effort goes into offensive operations; they come at a rate proportional
    /// to it. Unit: share of effort; 0.5 is the reference of the violence rates. Source: lever.
    pub military_pressure: Share,
    /// How far forces are held to sparing civilians: with the information they have, it decides how
    /// many of an operation's dead are civilians. Unit: share. Source: lever.
    pub restraint: Share,
    /// Shares of the budget for services; no more is spent on one than the whole need costs.
    pub services_share: ServicesShare,
    /// Share of the budget that decides how many soldiers the state can keep; operations are paid for
    /// as they are ordered. Unit: share of the budget. Source: lever; 0.185 in the revised budget of
    /// 2024 (Maliweb).
    pub defence_share: Share,
    /// Share of the budget for dialogue and reconciliation. Unit: share of the budget. Source: lever;
    /// 0.004 in 2025 (Newafrique).
    pub dialogue_share: Share,
    /// Share of the budget for people in need, beside what donors give. Unit: share of the budget.
    /// Source: lever; the value is assumed.
    pub humanitarian_share: Share,
    /// Money beside the budget, given for one purpose each.
    pub extra: ExtraMoney,
    /// How much of what a military pressure below the reference saves goes into services. Unit: share
    /// of savings. Source: lever.
    pub reinvest_savings: Share,
    /// How much of their grants donors hold back when a condition is broken and no rival is present.
    /// Unit: share of aid. Source: lever.
    pub aid_conditionality: Share,
    /// Rain that fails to come in the whole country as long as this is set; only June to September
    /// count for the harvest. Unit: share of normal rain. Source: lever.
    pub drought: Share,
    /// The same by region; where both are set the worse counts. Unit: share of normal rain.
    /// Source: lever.
    pub drought_by_region: BTreeMap<String, Share>,
    /// How good an offer to fighters who leave is: work, schooling, a stipend. Unit: share of what
    /// fighters would ask for. Source: lever.
    pub reintegration_offer: Share,
    /// How often soldiers stay where they have cleared instead of moving on. Holding gains control and
    /// binds soldiers; leaving exposes those who cooperated. Unit: share of operations. Source: lever.
    pub hold_after_clearing: Share,
    /// How much of its force is wanted of a partner, by the partner's short name; one that is not
    /// named comes in full at its date. 0 sends it away. Unit: share of its strength. Source: lever.
    pub partner_presence: BTreeMap<String, Share>,
    /// How many soldiers each zone's command may have; recruits come, and soldiers go, a few per cent
    /// a week. A zone without a number keeps what the table of the army gives it.
    pub army_size: ArmySize,
    /// What the state says and does about talking with armed groups: −1 refuses, 0 says nothing, 1
    /// seeks talks. A partner's veto makes it refuse. Unit: stance. Source: lever.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub stance_on_dialogue: f64,
    /// The day on which an election is due; it is held in the first week that begins on or after it,
    /// and the next one a term later. A later date that replaces one not yet come puts it off without
    /// its being overdue. None where no date is given. Unit: date. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub election_date: Option<Date>,
    /// Whether elections that are due are put off. It costs legitimacy where soldiers rule or an
    /// election is due, brings protest, and breaks what donors ask for. Unit: switch.
    /// Source: lever.
    pub extend_transition: bool,
    /// What the state does about local pacts: suppresses, ignores, tolerates or supports them. A
    /// partner's veto makes it look away where it would tolerate or support. Unit: stance.
    /// Source: lever.
    pub local_pacts: Stance,
    /// Share of the budget for those who have signed or are pressed to, while pacts are supported: food,
    /// wells, mediators, guarantees. Unit: share of the budget. Source: lever.
    pub pact_support_budget: Share,
    /// How much of its support the state gives to binding militias into pacts. Unit: share of effort.
    /// Source: lever.
    pub bind_militias: Share,
    /// Whether the state holds a national dialogue, and who sits there. Unit: kind. Source: lever.
    pub national_dialogue: NationalDialogue,
    /// Armed groups with whom the state seeks talks, by short name. Unit: groups. Source: lever.
    pub invited: Vec<String>,
    /// Weight of communities in the national dialogue, if it is inclusive. Unit: share of seats.
    /// Source: lever.
    pub community_seats: Share,
    /// How far mediators are there whom both sides accept: religious councils, neighbours, elders.
    /// Unit: share. Source: lever.
    pub mediators: Share,
    /// Part of a group's prisoners let go in an exchange, once messages are carried. Unit: share.
    /// Source: lever.
    pub prisoner_exchange: Share,
    /// How far fighters who come home are not pursued. Unit: share. Source: lever.
    pub amnesty: Share,
}

/// Shares of the budget by service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServicesShare {
    /// Health. Unit: share of the budget. Source: lever; 0.049 in 2025 (Maliactu).
    pub health: Share,
    /// Schooling. Unit: share of the budget. Source: lever; 0.162 in 2025 (Maliactu).
    pub schooling: Share,
    /// Justice. Unit: share of the budget. Source: lever; the value is assumed.
    pub justice: Share,
    /// Water. Unit: share of the budget. Source: lever; the value is assumed.
    pub water: Share,
}

impl Default for ServicesShare {
    fn default() -> Self {
        ServicesShare {
            health: Share::of(0.049),
            schooling: Share::of(0.162),
            justice: Share::of(0.015),
            water: Share::of(0.02),
        }
    }
}

impl ServicesShare {
    /// In the order of [`crate::words::services::SERVICES`].
    #[must_use]
    pub fn each(&self) -> [f64; 4] {
        [self.health, self.schooling, self.justice, self.water].map(Share::get)
    }
}

/// Soldiers allowed by zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ArmySize {
    /// Soldiers in the north. Unit: persons. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub north: Option<u32>,
    /// Soldiers in the centre. Unit: persons. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub centre: Option<u32>,
    /// Soldiers in the south. Unit: persons. Source: lever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub south: Option<u32>,
}

impl ArmySize {
    /// In the order of [`crate::words::geography::Zone::ALL`].
    #[must_use]
    pub fn by_zone(&self) -> [Option<u32>; 3] {
        [self.north, self.centre, self.south]
    }
}

/// Money beside the budget by purpose: grants that can be spent on nothing else. Prices decide what it buys,
/// and only what is spent is drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExtraMoney {
    /// For military operations: raises the pressure, at what operations cost, up to the whole effort.
    /// Unit: francs per year. Source: lever.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub operations: Money,
    /// For services, in proportion to what each lacks, up to the whole need. Unit: francs per year.
    /// Source: lever.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub services: Money,
    /// For local pacts while the state supports them, up to what those who live under pacts or blockade
    /// can use. Unit: francs per year. Source: lever.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub pacts: Money,
    /// For fighters who take up an offer: a better offer, the more so the fewer take it up, up to a full
    /// one. Unit: francs per year. Source: lever.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub reintegration: Money,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            military_pressure: Share::of(0.5),
            restraint: Share::of(0.8),
            services_share: ServicesShare::default(),
            defence_share: Share::of(0.185),
            dialogue_share: Share::of(0.004),
            humanitarian_share: Share::of(0.003),
            extra: ExtraMoney::default(),
            reinvest_savings: Share::NONE,
            aid_conditionality: Share::of(0.5),
            drought: Share::NONE,
            drought_by_region: BTreeMap::new(),
            reintegration_offer: Share::of(0.1),
            hold_after_clearing: Share::of(0.3),
            partner_presence: BTreeMap::new(),
            army_size: ArmySize::default(),
            stance_on_dialogue: -0.5,
            election_date: None,
            extend_transition: false,
            local_pacts: Stance::Ignore,
            pact_support_budget: Share::NONE,
            bind_militias: Share::NONE,
            national_dialogue: NationalDialogue::Off,
            invited: Vec::new(),
            community_seats: Share::NONE,
            mediators: Share::NONE,
            prisoner_exchange: Share::NONE,
            amnesty: Share::NONE,
        }
    }
}

/// Levers as JSON text inside what is not text: their empty fields are left out, which only formats
/// with names can tell.
pub(crate) mod in_words {
    use super::Policy;
    use crate::json;
    use serde::{Deserialize, Deserializer, Serializer, de, ser};

    pub fn serialize<S: Serializer>(policy: &Policy, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&serde_json::to_string(policy).map_err(ser::Error::custom)?)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Policy, D::Error> {
        let levers =
            serde_json::from_str(&String::deserialize(from)?).map_err(de::Error::custom)?;
        json::read(levers).map_err(de::Error::custom)
    }
}
