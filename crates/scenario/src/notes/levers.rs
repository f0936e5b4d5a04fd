//! What a valid scenario may not mean as it stands: levers without what they need, conditions that
//! depend on the scale, and worlds too coarse for figures. Notes stop nothing.

use crate::checked::CheckedScenario;
use crate::file::Scenario;
use crate::problems::Problem;
use toguna_model::outcomes::OUTCOMES;
use toguna_model::pacts::state::Stance;
use toguna_model::talks::state::NationalDialogue;
use toguna_model::world::policy::Policy;

/// When it applies, and what it says.
pub struct Note {
    pub(crate) applies: fn(&CheckedScenario) -> bool,
    pub says: &'static str,
}

/// Simulated adults may stand for so many before results are biased.
const COARSE: u32 = 10;

/// Every note there is.
pub const NOTES: &[Note] = &[
    Note {
        applies: |it| half_set(it, supports_pacts, |policy| policy.pact_support_budget.get() > 0.0),
        says: "`policy.local_pacts` is \"support\", but `policy.pact_support_budget` is 0: support \
               without money does little more than tolerance",
    },
    Note {
        applies: |it| half_set(it, |policy| policy.pact_support_budget.get() > 0.0, supports_pacts),
        says: "`policy.pact_support_budget` is above 0, but `policy.local_pacts` is never \
               \"support\": the money is not spent",
    },
    Note {
        applies: |it| half_set(it, |policy| policy.bind_militias.get() > 0.0, helps_pacts),
        says: "`policy.bind_militias` is above 0, but no pact is helped: it binds nobody without \
               `policy.local_pacts` = \"support\" and a `policy.pact_support_budget` above 0",
    },
    Note {
        applies: |it| half_set(it, |policy| !policy.invited.is_empty(), holds_dialogue),
        says: "`policy.invited` names groups, but `policy.national_dialogue` is \"off\": nobody is \
               talked to",
    },
    Note {
        applies: |it| half_set(it, |policy| policy.mediators.get() > 0.0, seeks_talks),
        says: "`policy.mediators` is above 0, but there is nothing to mediate: talks need a \
               `policy.national_dialogue` and groups in `policy.invited`",
    },
    Note {
        applies: |it| half_set(it, |policy| policy.prisoner_exchange.get() > 0.0, seeks_talks),
        says: "`policy.prisoner_exchange` is above 0, but nobody is let go: exchanges need a \
               `policy.national_dialogue` and groups in `policy.invited`",
    },
    Note {
        applies: |it| half_set(it, |policy| policy.community_seats.get() > 0.0, is_inclusive),
        says: "`policy.community_seats` is above 0, but `policy.national_dialogue` is never \
               \"inclusive\": communities have no seats",
    },
    Note {
        applies: |it| half_set(it, is_inclusive, |policy| policy.community_seats.get() > 0.0),
        says: "`policy.national_dialogue` is \"inclusive\", but `policy.community_seats` is 0: it is \
               taken for a dialogue of elites",
    },
    Note {
        applies: |it| {
            let reference = it.scenario.rules.budget.reference_pressure;
            let saves = |policy: &Policy| policy.military_pressure.get() < reference;
            half_set(it, |policy| policy.reinvest_savings.get() > 0.0, saves)
        },
        says: "`policy.reinvest_savings` is above 0, but nothing is saved: `policy.military_pressure` \
               is never below `rules.budget.reference_pressure`",
    },
    Note {
        applies: |it| it.scenario.people.people_per_agent > 1 && counts_people(it),
        says: "a condition compares numbers of people, which come in steps of \
               `people.people_per_agent`: small numbers mean something else than in a world where \
               everybody is simulated",
    },
    Note {
        applies: |it| it.scenario.people.people_per_agent > COARSE,
        says: "`people.people_per_agent` is above 10: such a coarse world is quick to try things out \
               in, but its results are biased",
    },
];

pub(super) fn half_set_levers_and_scale(checked: &CheckedScenario) -> Vec<Problem> {
    let applies = NOTES.iter().filter(|note| (note.applies)(checked));
    applies.map(|note| Problem::new(note.says)).collect()
}

/// Whether a lever is set at the start or on the timeline, and never together with what it needs.
fn half_set(
    checked: &CheckedScenario,
    set: impl Fn(&Policy) -> bool,
    complete: impl Fn(&Policy) -> bool,
) -> bool {
    let policies: Vec<Policy> =
        policies(&checked.scenario).into_iter().filter(|policy| set(policy)).collect();
    !policies.is_empty() && !policies.iter().any(complete)
}

/// The levers at the start and after each entry of the timeline.
fn policies(scenario: &Scenario) -> Vec<Policy> {
    let mut policies = vec![scenario.policy.clone()];
    for entry in &scenario.timeline {
        let before = &policies[policies.len() - 1];
        let after = entry.policy.laid_over(before);
        policies.push(after.expect("the timeline was checked when the scenario was read"));
    }
    policies
}

fn supports_pacts(policy: &Policy) -> bool {
    policy.local_pacts == Stance::Support
}

fn helps_pacts(policy: &Policy) -> bool {
    supports_pacts(policy) && policy.pact_support_budget.get() > 0.0
}

fn holds_dialogue(policy: &Policy) -> bool {
    policy.national_dialogue != NationalDialogue::Off
}

fn seeks_talks(policy: &Policy) -> bool {
    holds_dialogue(policy) && !policy.invited.is_empty()
}

fn is_inclusive(policy: &Policy) -> bool {
    policy.national_dialogue == NationalDialogue::Inclusive
}

fn counts_people(checked: &CheckedScenario) -> bool {
    let of_timeline = checked.conditions.iter().flatten();
    let of_groups = checked.group_changes.values().flatten().flatten();
    let counted = |outcome: usize| {
        let unit = OUTCOMES[outcome].unit;
        unit.starts_with("persons") || unit.starts_with("deaths")
    };
    of_timeline.chain(of_groups).any(|condition| condition.outcomes().any(counted))
}
