//! How much of a difference each mechanism carries: it is switched off in both arms, all else as it
//! was and under the same random numbers, and the difference is measured anew.
//!
//! With d the difference of a replicate, dₘ that without mechanism m and d₀ that without any:
//! m carries d − dₘ; d₀ needs no mechanism; and d − d₀ − Σₘ (d − dₘ) is interaction, what
//! mechanisms do only together (negative when several could each do the same alone).

use super::arms::Arms;
use super::replicate::{Interrupt, Stopped};
use super::statistics::{Confidence, Moments, difference};
use serde_json::{Map, Value};
use toguna_model::json;
use toguna_model::outcomes::OUTCOMES;
use toguna_model::words::mechanisms::Mechanisms;
use toguna_scenario::prepared::PreparedScenario;

/// Arms with each of some mechanisms off in turn, then with all of these off.
pub struct Variants {
    /// Mechanisms that are on in some arm.
    pub mechanisms: Vec<String>,
}

impl Variants {
    /// Of the mechanisms that are on in some arm, those that are `named`; all of them when none is.
    ///
    /// # Errors
    /// The first that is named and on in none, and those that could be.
    pub fn of(arms: &Arms, named: &[String]) -> Result<Self, (String, Vec<String>)> {
        let mut mechanisms: Vec<String> = Vec::new();
        for prepared in &arms.scenarios {
            for (name, on) in switches(prepared) {
                if on == Value::Bool(true) && !mechanisms.contains(&name) {
                    mechanisms.push(name);
                }
            }
        }
        if let Some(unknown) = named.iter().find(|name| !mechanisms.contains(name)) {
            return Err((unknown.clone(), mechanisms));
        }
        mechanisms.retain(|name| named.is_empty() || named.contains(name));
        Ok(Variants { mechanisms })
    }

    /// How often all arms are run in a replicate.
    #[must_use]
    pub fn count(&self) -> usize {
        self.mechanisms.len() + 1
    }

    /// How one variant of one replicate ends: the outcomes of each arm, one arm behind the other.
    ///
    /// # Errors
    /// When `interrupt` is said, or an outcome means nothing.
    pub fn run(
        &self,
        arms: &Arms,
        variant: usize,
        (seed, replicate): (u64, u32),
        interrupt: &Interrupt,
        after_week: &dyn Fn(),
    ) -> Result<Vec<f64>, Stopped> {
        let off = if variant < self.mechanisms.len() {
            &self.mechanisms[variant..=variant]
        } else {
            &self.mechanisms
        };
        let arms = arms.changed(|prepared| without(prepared, off));
        let endings = arms.run(seed, replicate, interrupt, after_week)?;
        Ok(endings.into_iter().flat_map(|ending| ending.end).collect())
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
pub struct Explanation {
    other: usize,
    outcomes: Vec<Parts>,
}

impl Explanation {
    /// Of the arm with this number, before the first replicate.
    #[must_use]
    pub fn new(other: usize, variants: &Variants) -> Self {
        let count = variants.mechanisms.len();
        let parts = Parts {
            without: vec![Moments::default(); count],
            carried: vec![Moments::default(); count],
            ..Parts::default()
        };
        Explanation { other, outcomes: vec![parts; OUTCOMES.len()] }
    }

    /// Adds one replicate: how the arms end as they are, then in each variant, each as
    /// [`Variants::run`] says it.
    pub fn push(&mut self, ends: &[Vec<f64>]) {
        let apart = |ends: &Vec<f64>| -> Vec<f64> {
            let of = |arm: usize| &ends[arm * OUTCOMES.len()..(arm + 1) * OUTCOMES.len()];
            let pairs = of(self.other).iter().zip(of(0));
            pairs.map(|(other, first)| difference(*other, *first)).collect()
        };
        let coming: Vec<Vec<f64>> = ends.iter().map(apart).collect();
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

    /// A row for each part of each outcome; `names` are those of all arms.
    #[must_use]
    pub fn rows(&self, names: &[String], variants: &Variants) -> Vec<ExplainedRow> {
        let mut rows = Vec::new();
        for (outcome, parts) in OUTCOMES.iter().zip(&self.outcomes) {
            let whole = parts.whole.mean().unwrap_or(f64::NAN);
            // A share of what may be nothing says nothing.
            let within = parts.whole.interval(Confidence::NINETY_FIVE).map(|it| it.interval);
            let clear = within.is_some_and(|it| it.low > 0.0 || it.high < 0.0);
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
                    share: (clear && whole != 0.0).then(|| value / whole),
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
    /// Of the whole difference; none when its interval holds 0.
    pub share: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deaths of the two arms, as each variant ends.
    fn pushed(replicates: &[[(f64, f64); 4]]) -> Vec<ExplainedRow> {
        let variants = Variants { mechanisms: vec!["ambushes".to_owned(), "fear".to_owned()] };
        let deaths = OUTCOMES.iter().position(|outcome| outcome.name == "deaths").unwrap();
        let ends = |(first, other): &(f64, f64)| {
            let mut ends = vec![0.0; 2 * OUTCOMES.len()];
            (ends[deaths], ends[OUTCOMES.len() + deaths]) = (*first, *other);
            ends
        };
        let mut explanation = Explanation::new(1, &variants);
        for replicate in replicates {
            explanation.push(&replicate.iter().map(ends).collect::<Vec<_>>());
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
