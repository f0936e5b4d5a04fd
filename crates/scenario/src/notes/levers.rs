//! What a valid scenario may not mean as it stands: levers without what they need, conditions that
//! depend on the scale, and worlds too coarse for figures. Notes stop nothing.

use crate::checked::CheckedScenario;
use crate::expression::Condition;
use crate::file::Scenario;
use crate::problems::{Problem, Problems};
use toguna_model::outcomes::OUTCOMES;
use toguna_model::pacts::state::Stance;
use toguna_model::talks::state::NationalDialogue;
use toguna_model::world::policy::Policy;
use toguna_units::Money;

/// Where a scenario is to be looked at again, and what is said of it.
pub struct Note {
    /// The path of what it is about; none when it does not apply.
    pub(crate) at: fn(&CheckedScenario) -> Option<String>,
    pub says: &'static str,
}

/// Simulated adults may stand for so many before results are biased.
const COARSE: u32 = 10;
/// The key that says for how many each stands.
const COARSENESS: &str = "people.people_per_agent";

/// Said of a world in which one simulated adult stands for more.
pub const COARSE_WORLD: &str = "`people.people_per_agent` is above 10: such a coarse world is quick to try \
                                things out in, but its results are biased";

/// Every note there is.
pub const NOTES: &[Note] = &[
    Note {
        at: |it| half_set(it, "local_pacts", supports_pacts, has_money_for_pacts),
        says: "`policy.local_pacts` is \"support\", but `policy.pact_support_budget` is 0: support \
               without money does little more than tolerance",
    },
    Note {
        at: |it| {
            let budget = |policy: &Policy| policy.pact_support_budget.get() > 0.0;
            half_set(it, "pact_support_budget", budget, supports_pacts)
        },
        says: "`policy.pact_support_budget` is above 0, but `policy.local_pacts` is never \
               \"support\": the money is not spent",
    },
    Note {
        at: |it| half_set(it, "extra.pacts", gives_pacts_more, supports_pacts),
        says: "`policy.extra.pacts` is above 0, but `policy.local_pacts` is never \"support\": the \
               grant is not drawn",
    },
    Note {
        at: |it| {
            half_set(it, "bind_militias", |policy| policy.bind_militias.get() > 0.0, helps_pacts)
        },
        says: "`policy.bind_militias` is above 0, but no pact is helped: it binds nobody without \
               `policy.local_pacts` = \"support\" and a `policy.pact_support_budget` above 0",
    },
    Note {
        at: |it| half_set(it, "invited", |policy| !policy.invited.is_empty(), holds_dialogue),
        says: "`policy.invited` names groups, but `policy.national_dialogue` is \"off\": nobody is \
               talked to",
    },
    Note {
        at: |it| half_set(it, "mediators", |policy| policy.mediators.get() > 0.0, seeks_talks),
        says: "`policy.mediators` is above 0, but there is nothing to mediate: talks need a \
               `policy.national_dialogue` and groups in `policy.invited`",
    },
    Note {
        at: |it| {
            let exchanges = |policy: &Policy| policy.prisoner_exchange.get() > 0.0;
            half_set(it, "prisoner_exchange", exchanges, seeks_talks)
        },
        says: "`policy.prisoner_exchange` is above 0, but nobody is let go: exchanges need a \
               `policy.national_dialogue` and groups in `policy.invited`",
    },
    Note {
        at: |it| half_set(it, "community_seats", has_seats, is_inclusive),
        says: "`policy.community_seats` is above 0, but `policy.national_dialogue` is never \
               \"inclusive\": communities have no seats",
    },
    Note {
        at: |it| half_set(it, "national_dialogue", is_inclusive, has_seats),
        says: "`policy.national_dialogue` is \"inclusive\", but `policy.community_seats` is 0: it is \
               taken for a dialogue of elites",
    },
    Note {
        at: |it| {
            let reference = it.scenario.rules.budget.reference_pressure;
            let saves = |policy: &Policy| policy.military_pressure.get() < reference;
            half_set(it, "reinvest_savings", |policy| policy.reinvest_savings.get() > 0.0, saves)
        },
        says: "`policy.reinvest_savings` is above 0, but nothing is saved: `policy.military_pressure` \
               is never below `rules.budget.reference_pressure`",
    },
    Note {
        at: |it| counts_people(it).filter(|_| it.scenario.people.people_per_agent > 1),
        says: "a condition compares numbers of people, which come in steps of \
               `people.people_per_agent`: small numbers mean something else than in a world where \
               everybody is simulated",
    },
    Note { at: |it| is_coarse(it).then(|| COARSENESS.to_owned()), says: COARSE_WORLD },
];

fn is_coarse(checked: &CheckedScenario) -> bool {
    checked.scenario.people.people_per_agent > COARSE
}

/// Refuses a world too coarse for figures.
///
/// # Errors
/// Where it is made so coarse, with `help` for who wants it all the same.
pub fn not_coarse(checked: &CheckedScenario, help: &str) -> Result<(), Problems> {
    let coarse = is_coarse(checked);
    let problem = || checked.merged.problem_at(COARSENESS, COARSE_WORLD, help);
    Problems::none_or(coarse.then(problem).into_iter().collect())
}

pub(super) fn half_set_levers_and_scale(checked: &CheckedScenario) -> Vec<Problem> {
    let found = NOTES.iter().filter_map(|note| Some((note, (note.at)(checked)?)));
    found.map(|(note, path)| checked.merged.problem_at(&path, note.says, "")).collect()
}

/// Where a lever is first set, at the start or on the timeline, if never together with what it needs.
fn half_set(
    checked: &CheckedScenario,
    lever: &str,
    set: impl Fn(&Policy) -> bool,
    complete: impl Fn(&Policy) -> bool,
) -> Option<String> {
    let policies = policies(&checked.scenario);
    let first = policies.iter().position(&set)?;
    if policies.iter().any(|policy| set(policy) && complete(policy)) {
        return None;
    }
    Some(match first.checked_sub(1) {
        None => format!("policy.{lever}"),
        Some(entry) => format!("timeline[{entry}].policy.{lever}"),
    })
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

fn has_money_for_pacts(policy: &Policy) -> bool {
    policy.pact_support_budget.get() > 0.0 || gives_pacts_more(policy)
}

fn gives_pacts_more(policy: &Policy) -> bool {
    policy.extra.pacts > Money::ZERO
}

fn supports_pacts(policy: &Policy) -> bool {
    policy.local_pacts == Stance::Support
}

fn helps_pacts(policy: &Policy) -> bool {
    supports_pacts(policy) && has_money_for_pacts(policy)
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

fn has_seats(policy: &Policy) -> bool {
    policy.community_seats.get() > 0.0
}

/// The first condition on a number of people.
fn counts_people(checked: &CheckedScenario) -> Option<String> {
    let counts = |condition: &Option<Condition>| {
        let unit_of = |outcome: usize| OUTCOMES[outcome].unit;
        let counted = |unit: &str| unit.starts_with("persons") || unit.starts_with("deaths");
        condition.iter().any(|it| it.outcomes().map(unit_of).any(counted))
    };
    let of_timeline = checked.conditions.iter().enumerate();
    let of_timeline = of_timeline.map(|(entry, when)| (format!("timeline[{entry}].when"), when));
    let of_groups = checked.group_changes.iter().flat_map(|(name, conditions)| {
        let keys = ["founded_when", "merges_when"].map(|key| format!("groups.{name}.{key}"));
        keys.into_iter().zip(conditions)
    });
    of_timeline.chain(of_groups).find(|(_, condition)| counts(condition)).map(|(path, _)| path)
}
