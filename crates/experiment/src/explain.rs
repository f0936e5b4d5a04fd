//! How much of a difference each mechanism carries: it is switched off in both arms, all else as it
//! was and under the same random numbers, and the difference is measured anew.
//!
//! With d the difference of a replicate, dₘ that without mechanism m and d₀ that without any:
//! m carries d − dₘ; d₀ needs no mechanism; and d − d₀ − Σₘ (d − dₘ) is interaction, what
//! mechanisms do only together (negative when several could each do the same alone).

use super::arms::Arms;
use super::ending::Ending;
use super::statistics::{Confidence, Moments, difference};
use serde_json::{Map, Value};
use toguna_model::json;
use toguna_model::outcomes::OUTCOMES;
use toguna_model::words::mechanisms::Mechanisms;
use toguna_scenario::prepared::PreparedScenario;

/// The arms as they are, then with each mechanism off that is on in any of them, then with all off.
pub(crate) struct Variants {
    /// Mechanisms that are on in some arm.
    pub mechanisms: Vec<String>,
}

impl Variants {
    #[must_use]
    pub fn of(arms: &Arms) -> Self {
        let mut mechanisms: Vec<String> = Vec::new();
        for prepared in &arms.scenarios {
            for (name, on) in switches(prepared) {
                if on == Value::Bool(true) && !mechanisms.contains(&name) {
                    mechanisms.push(name);
                }
            }
        }
        Variants { mechanisms }
    }

    /// How often all arms are run in a replicate.
    #[must_use]
    pub fn count(&self) -> usize {
        self.mechanisms.len() + 2
    }

    /// The arms of one variant.
    #[must_use]
    pub fn arms(&self, arms: &Arms, variant: usize) -> Option<Arms> {
        let off: &[String] = match variant {
            0 => return None,
            last if last == self.count() - 1 => &self.mechanisms,
            one => &self.mechanisms[one - 1..one],
        };
        Some(arms.changed(|prepared| without(prepared, off)))
    }
}

fn switches(prepared: &PreparedScenario) -> Map<String, Value> {
    let switches = serde_json::to_value(&prepared.checked().scenario.mechanisms);
    match switches {
        Ok(Value::Object(switches)) => switches,
        _ => unreachable!("switches are a table of booleans"),
    }
}

fn without(prepared: &PreparedScenario, off: &[String]) -> PreparedScenario {
    let mut switches = switches(prepared);
    for name in off {
        switches.insert(name.clone(), Value::Bool(false));
    }
    let mechanisms: Mechanisms =
        json::read(Value::Object(switches)).expect("only switches have been changed");
    prepared.with_mechanisms(&mechanisms)
}

/// Differences of one outcome taken apart, while replicates come in.
#[derive(Clone, Debug, Default)]
struct Parts {
    whole: Moments,
    /// By mechanism: the difference without it, and what it carries.
    without: Vec<Moments>,
    carried: Vec<Moments>,
    /// What remains with every mechanism off.
    bare: Moments,
    interaction: Moments,
}

/// The difference between the first arm and another, taken apart.
pub(crate) struct Explanation {
    pub other: usize,
    outcomes: Vec<Parts>,
    /// Endings' differences of the replicate that is coming in, by variant and outcome.
    coming: Vec<Vec<f64>>,
}

impl Explanation {
    #[must_use]
    pub fn new(other: usize, variants: &Variants) -> Self {
        let count = variants.mechanisms.len();
        let parts = Parts {
            without: vec![Moments::default(); count],
            carried: vec![Moments::default(); count],
            ..Parts::default()
        };
        Explanation { other, outcomes: vec![parts; OUTCOMES.len()], coming: Vec::new() }
    }

    /// Adds one variant of one replicate: variants in order, then the next replicate.
    pub fn push(&mut self, endings: &[Ending], variants: &Variants) {
        let pairs = endings[self.other].end.iter().zip(&endings[0].end);
        self.coming.push(pairs.map(|(other, first)| difference(*other, *first)).collect());
        if self.coming.len() < variants.count() {
            return;
        }
        let coming = std::mem::take(&mut self.coming);
        let last = coming.len() - 1;
        for (outcome, parts) in self.outcomes.iter_mut().enumerate() {
            let (whole, bare) = (coming[0][outcome], coming[last][outcome]);
            let mut carried_by_each = 0.0;
            for (mechanism, differences) in coming[1..last].iter().enumerate() {
                let carried = difference(whole, differences[outcome]);
                parts.without[mechanism].push(differences[outcome]);
                parts.carried[mechanism].push(carried);
                carried_by_each += carried;
            }
            parts.whole.push(whole);
            parts.bare.push(bare);
            parts.interaction.push(whole - bare - carried_by_each);
        }
    }

    /// A row for each part of each outcome.
    #[must_use]
    pub fn rows(&self, names: &[String], variants: &Variants) -> Vec<ExplainedRow> {
        let mut rows = Vec::new();
        for (outcome, parts) in OUTCOMES.iter().zip(&self.outcomes) {
            let whole = parts.whole.mean().unwrap_or(f64::NAN);
            let mut row = |part: &str, without: Option<&Moments>, carried: &Moments| {
                let value = carried.mean().unwrap_or(f64::NAN);
                let interval = carried.interval(Confidence::NINETY_FIVE).map(|it| it.interval);
                rows.push(ExplainedRow {
                    first: names[0].clone(),
                    other: names[self.other].clone(),
                    outcome: outcome.name,
                    unit: outcome.unit_over_a_run(),
                    part: part.to_owned(),
                    without: without.and_then(Moments::mean),
                    carried: value,
                    low: interval.map(|it| it.low),
                    high: interval.map(|it| it.high),
                    share: (whole != 0.0).then(|| value / whole),
                });
            };
            row(WHOLE, None, &parts.whole);
            for (name, (without, carried)) in
                variants.mechanisms.iter().zip(parts.without.iter().zip(&parts.carried))
            {
                row(name, Some(without), carried);
            }
            row(BARE, None, &parts.bare);
            row(INTERACTION, None, &parts.interaction);
        }
        rows
    }
}

/// The part that is all of the difference.
pub const WHOLE: &str = "whole_difference";
/// The part that needs no mechanism.
pub const BARE: &str = "no_mechanism";
/// The part that mechanisms carry only together.
pub const INTERACTION: &str = "interaction";

/// One part of one difference.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ExplainedRow {
    /// Name of the first arm.
    pub first: String,
    /// Name of the arm compared with it.
    pub other: String,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of what is carried.
    pub unit: &'static str,
    /// A mechanism, or [`WHOLE`], [`BARE`] or [`INTERACTION`].
    pub part: String,
    /// The difference with the mechanism off in both arms.
    pub without: Option<f64>,
    /// What the part carries of the difference other − first, mean over replicates.
    pub carried: f64,
    /// 95 % interval of what is carried; none of one replicate.
    pub low: Option<f64>,
    /// Upper end of that interval.
    pub high: Option<f64>,
    /// Of the whole difference; none when there is none.
    pub share: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deaths of the two arms, as each variant ends.
    fn pushed(replicates: &[[(f64, f64); 4]]) -> Vec<ExplainedRow> {
        let variants = Variants { mechanisms: vec!["ambushes".to_owned(), "fear".to_owned()] };
        let deaths = OUTCOMES.iter().position(|outcome| outcome.name == "deaths").unwrap();
        let ending = |value: f64| {
            let mut ending = Ending::default();
            ending.end[deaths] = value;
            ending
        };
        let mut explanation = Explanation::new(1, &variants);
        for replicate in replicates {
            for (first, other) in replicate {
                explanation.push(&[ending(*first), ending(*other)], &variants);
            }
        }
        let names = ["a".to_owned(), "b".to_owned()];
        let rows = explanation.rows(&names, &variants);
        rows.into_iter().filter(|row| row.outcome == "deaths").collect()
    }

    #[test]
    fn what_each_mechanism_carries_the_bare_rest_and_interaction_make_up_the_whole() {
        // As they are, without ambushes, without fear, without both.
        let rows = pushed(&[
            [(100.0, 40.0), (90.0, 70.0), (100.0, 55.0), (80.0, 76.0)],
            [(110.0, 44.0), (95.0, 70.0), (90.0, 51.0), (85.0, 79.0)],
        ]);
        let parts: Vec<&str> = rows.iter().map(|row| row.part.as_str()).collect();
        assert_eq!(parts, [WHOLE, "ambushes", "fear", BARE, INTERACTION]);
        let carried: Vec<f64> = rows.iter().map(|row| row.carried).collect();
        assert_eq!(carried, [-63.0, -40.5, -21.0, -5.0, 3.5]);
        assert_eq!(carried[0], carried[1..].iter().sum::<f64>());
        assert_eq!(rows[1].without, Some(-22.5));
        assert!(rows[0].low.is_some() && rows[1].share == Some(-40.5 / -63.0));
    }

    #[test]
    fn last_digits_carry_nothing() {
        let rows = pushed(&[[(0.1, 0.1 + 1e-16), (0.1, 0.1), (0.1 + 1e-15, 0.1), (0.1, 0.1)]]);
        assert!(rows.iter().all(|row| row.carried == 0.0 && row.share.is_none()), "{rows:?}");
    }
}
