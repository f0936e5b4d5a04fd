//! Person by person: who joined under both of two policies, and who under one only.

use super::ending::Ending;
use super::statistics::Moments;
use toguna_model::words::motives::{MOTIVES, Motive};

/// Persons who joined in one pair of runs, by motive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joiners {
    /// By their motive in the first run.
    pub both: [f64; MOTIVES],
    /// Of those, who joined for the same motive in the other.
    pub both_alike: [f64; MOTIVES],
    /// Who joined in the first run alone.
    pub only_first: [f64; MOTIVES],
    /// By their motive in the other run.
    pub only_other: [f64; MOTIVES],
}

/// Tells the two runs' joiners apart; each adult stands for `per_agent` persons.
#[must_use]
pub fn tell_apart(first: &Ending, other: &Ending, per_agent: u32) -> Joiners {
    let weight = f64::from(per_agent);
    let mut joiners = Joiners::default();
    for (person, motive) in &first.joined {
        match other.joined.get(person) {
            Some(there) => {
                joiners.both[*motive as usize] += weight;
                if there == motive {
                    joiners.both_alike[*motive as usize] += weight;
                }
            }
            None => joiners.only_first[*motive as usize] += weight,
        }
    }
    for (person, motive) in &other.joined {
        if !first.joined.contains_key(person) {
            joiners.only_other[*motive as usize] += weight;
        }
    }
    joiners
}

/// The same over many pairs of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct JoinersOverRuns {
    pub both: [Moments; MOTIVES],
    pub both_alike: [Moments; MOTIVES],
    pub only_first: [Moments; MOTIVES],
    pub only_other: [Moments; MOTIVES],
}

impl JoinersOverRuns {
    pub fn push(&mut self, pair: &Joiners) {
        let parts = [
            (&mut self.both, &pair.both),
            (&mut self.both_alike, &pair.both_alike),
            (&mut self.only_first, &pair.only_first),
            (&mut self.only_other, &pair.only_other),
        ];
        for (moments, values) in parts {
            moments.iter_mut().zip(values).for_each(|(moments, value)| moments.push(*value));
        }
    }
}

/// Means over pairs of runs for one motive, persons in a run.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct JoinedRow {
    /// Name of the first arm.
    pub first: String,
    /// Name of the arm compared with it.
    pub other: String,
    /// A motive, or "all".
    pub motive: &'static str,
    /// Who joined in both.
    pub both: f64,
    /// Of those, who joined for the same motive.
    pub both_alike: f64,
    /// Who joined in the first arm alone.
    pub only_first: f64,
    /// Who joined in the other alone.
    pub only_other: f64,
}

impl JoinersOverRuns {
    /// A row for each motive and one for all together.
    #[must_use]
    pub fn rows(&self, first: &str, other: &str) -> Vec<JoinedRow> {
        let row = |motive: &'static str, of: &dyn Fn(&[Moments; MOTIVES]) -> f64| JoinedRow {
            first: first.to_owned(),
            other: other.to_owned(),
            motive,
            both: of(&self.both),
            both_alike: of(&self.both_alike),
            only_first: of(&self.only_first),
            only_other: of(&self.only_other),
        };
        let mean = |moments: &Moments| moments.mean().unwrap_or(0.0);
        let of_motive = |motive: Motive| row(motive.name(), &|part| mean(&part[motive as usize]));
        let mut rows: Vec<JoinedRow> = Motive::ALL.into_iter().map(of_motive).collect();
        rows.push(row("all", &|part| part.iter().map(mean).sum()));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(joined: &[(u32, Motive)]) -> Ending {
        Ending { joined: joined.iter().copied().collect(), ..Ending::default() }
    }

    #[test]
    fn everyone_who_joined_anywhere_is_counted_once() {
        let first = ending(&[(1, Motive::Grievance), (2, Motive::Economic), (3, Motive::Status)]);
        let other = ending(&[(2, Motive::Economic), (3, Motive::Grievance), (9, Motive::Familial)]);
        let joiners = tell_apart(&first, &other, 10);
        let all = |part: &[f64]| part.iter().sum::<f64>();
        assert_eq!(all(&joiners.both), 20.0);
        assert_eq!(all(&joiners.both_alike), 10.0);
        assert_eq!(joiners.only_first[Motive::Grievance as usize], 10.0);
        assert_eq!(joiners.only_other[Motive::Familial as usize], 10.0);
        let back = tell_apart(&other, &first, 10);
        assert_eq!(back.only_first, joiners.only_other);
    }

    #[test]
    fn rows_over_runs_are_means() {
        let mut over_runs = JoinersOverRuns::default();
        over_runs.push(&tell_apart(&ending(&[(1, Motive::Status)]), &ending(&[]), 1));
        over_runs.push(&tell_apart(&ending(&[]), &ending(&[]), 1));
        let rows = over_runs.rows("a", "b");
        assert_eq!(rows.len(), MOTIVES + 1);
        let all = rows.last().unwrap();
        assert_eq!((all.motive, all.only_first, all.both), ("all", 0.5, 0.0));
    }
}
