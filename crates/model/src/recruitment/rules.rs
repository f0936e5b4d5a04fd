//! The parameters of recruitment.

use crate::words::motives::Motive;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::layout::COHORTS;
use toguna_units::Share;

/// Parameters of one mechanism: people join armed groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecruitmentRules {
    /// Common factor of all hazards of joining. Unit: factor. Source: assumed; scaled to gross
    /// recruitment of about 0.6 of a group's stock a year.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub scale: f64,
    /// Hazard of the wish for protection. Unit: per 10,000 and week at full strength. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub protection_weight: f64,
    /// Hazard of better pay. Unit: per 10,000 and week for one median income more. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub economic_weight: f64,
    /// Hazard of loot: what passes through the place, beside pay. Unit: per 10,000 and week at full
    /// market access. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub rapacity_weight: f64,
    /// Hazard of the gap in health and water. Unit: per 10,000 and week at full gap. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub social_welfare_weight: f64,
    /// Hazard of the gap in schooling. Unit: per 10,000 and week at full gap. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub educational_weight: f64,
    /// Hazard of remembered harm by the group's enemies. Unit: per 10,000 and week at full grievance.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub grievance_weight: f64,
    /// Hazard of having no say. Unit: per 10,000 and week at full exclusion. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub political_weight: f64,
    /// Hazard of a household member inside; one in the circle weighs `circle_weight` of it.
    /// Unit: per 10,000 and week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub familial_weight: f64,
    /// Hazard of preaching. Unit: per 10,000 and week at full presence. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub religious_weight: f64,
    /// Hazard of seeking status, for the young. Unit: per 10,000 and week at full control. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub status_weight: f64,
    /// Hazard of force. Unit: per 10,000 and week at full control and rigidity. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub coercion_weight: f64,
    /// Hazard of harm lived through in the household within the memory's half-life; in the circle it
    /// weighs `circle_weight` of it. Unit: per 10,000 and week after a death. Source: assumed.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub personal_harm_weight: f64,
    /// Part of that hazard that is a wish for protection; the rest is grievance. Unit: share.
    /// Source: assumed; protection ranks first among former fighters in Mali (ISS 2016) although harm
    /// by the state is the leading trigger (UNDP 2023).
    pub harm_to_protection: Share,
    /// What a tie or harm in the circle weighs beside one in the household. Unit: share.
    /// Source: assumed.
    pub circle_weight: Share,
    /// Own hazard toward a group in full reach below which people feel no more than their cell does.
    /// Unit: per 10,000 and week. Source: assumed; it trades detail against time.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub personal_floor: f64,
    /// How strongly fear damps joining. Unit: per unit of fear. Source: assumed; harm may deter or
    /// provoke (Lyall 2009; Kocher, Pepinsky and Kalyvas 2011).
    #[schemars(range(min = 0.0, max = 20.0))]
    pub fear_weight: f64,
    /// Openness of young men (15 to 34). Unit: factor. Source: reference.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_young_men: f64,
    /// Openness of young women. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_young_women: f64,
    /// Openness of older men. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_older_men: f64,
    /// Openness of older women. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_older_women: f64,
    /// Fighters at whose number presence is 63 % of full. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_presence: f64,
    /// Endorsement of a group by a community that does not support it at all. Unit: share.
    /// Source: assumed.
    pub endorsement_without_support: Share,
    /// Part of what is missing to full endorsement that a group gains where it holds everything and the
    /// state settles no disputes; militias gain nothing. Unit: share per full gap of justice.
    /// Source: assumed, 0 to 0.6.
    pub credit_of_courts: Share,
    /// How much more freely people let their young join the state's foes for each unit of trust in the
    /// state that is missing. Unit: log factor. Source: assumed, 0 to 2; studies of services and joining
    /// find little or nothing where war already is (docs/decisions.md).
    #[schemars(range(min = 0.0, max = 10.0))]
    pub distrust_opens_doors: f64,
    /// Trust at which that makes no difference: what is usual where people join. Unit: share.
    /// Source: assumed.
    pub usual_trust: Share,
    /// Largest intake of a command in a week. Unit: share of its fighters. Source: assumed.
    pub absorption_per_week: Share,
    /// Intake that even the smallest command manages in a week. Unit: persons. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub least_absorption: f64,
}

impl Default for RecruitmentRules {
    fn default() -> Self {
        RecruitmentRules {
            scale: 0.48,
            protection_weight: 3.0,
            economic_weight: 6.0,
            rapacity_weight: 0.3,
            social_welfare_weight: 1.0,
            educational_weight: 0.8,
            grievance_weight: 0.2,
            political_weight: 0.6,
            familial_weight: 160.0,
            religious_weight: 15.0,
            status_weight: 0.8,
            coercion_weight: 0.5,
            personal_harm_weight: 800.0,
            harm_to_protection: Share::of(0.55),
            circle_weight: Share::of(0.3),
            personal_floor: 7.0,
            fear_weight: 0.7,
            openness_young_men: 1.0,
            openness_young_women: 0.03,
            openness_older_men: 0.25,
            openness_older_women: 0.01,
            fighters_for_presence: 25.0,
            endorsement_without_support: Share::of(0.2),
            credit_of_courts: Share::of(0.4),
            distrust_opens_doors: 1.0,
            usual_trust: Share::of(0.17),
            absorption_per_week: Share::of(0.03),
            least_absorption: 0.5,
        }
    }
}

impl RecruitmentRules {
    pub(crate) fn openness(&self) -> [f64; COHORTS] {
        [
            self.openness_young_men,
            self.openness_young_women,
            self.openness_older_men,
            self.openness_older_women,
        ]
    }

    pub(crate) fn weight(&self, motive: Motive) -> f64 {
        1e-4 * self.scale
            * match motive {
                Motive::Protection => self.protection_weight,
                Motive::Economic => self.economic_weight,
                Motive::SocialWelfare => self.social_welfare_weight,
                Motive::Educational => self.educational_weight,
                Motive::Grievance => self.grievance_weight,
                Motive::Political => self.political_weight,
                Motive::Familial => self.familial_weight,
                Motive::Religious => self.religious_weight,
                Motive::Status => self.status_weight,
                Motive::Coercion => self.coercion_weight,
            }
    }
}
