//! Groups that a run left larger than any of Mali is told to have been, and by which flows: a reader should ask how such a world can be.

use super::answer::Answer;
use super::failure::Failure;
use super::outcome_table::grouped;
use std::collections::BTreeMap;
use std::path::Path;
use toguna_model::outcomes::Outcome;
use toguna_output::{ReadBack, Row};
use toguna_scenario::problems::counted;

/// More fighters than this are told of. JNIM, the largest, is told to have some 6,000 (scenarios/mali/facts); five
/// times as many is assumed to be beyond what has been seen.
const LARGE: f64 = 30_000.0;
/// Weeks over which the flows are added up.
const YEAR: u32 = 52;

/// The last year of a group in a run.
#[derive(Default)]
struct LastYear {
    fighters: f64,
    joined: f64,
    left: f64,
    killed: f64,
}

/// `ends` are the outcomes over each run: where all groups together are no larger, none is.
///
/// # Errors
/// When the table cannot be read back.
pub fn show_grown(
    answer: &mut Answer,
    folder: &Path,
    weeks: u32,
    ends: &[Vec<f64>],
) -> Result<(), Failure> {
    let fighters = Outcome::place_of("fighters").expect("it is one of the outcomes");
    if ends.iter().all(|end| end[fighters] <= LARGE) {
        return Ok(());
    }
    let late = |row: Row<'_>| row.text("week").parse().is_ok_and(|week: u32| week + YEAR >= weeks);
    let groups = ReadBack::where_text(folder, "groups.csv", late)?;
    let told = told_of(&groups);
    told.iter().for_each(|line| answer.line(line));
    if !told.is_empty() {
        answer.gap();
    }
    Ok(())
}

/// A sentence for each group that is so large in any run.
fn told_of(groups: &ReadBack) -> Vec<String> {
    let mut runs: BTreeMap<(String, String), LastYear> = BTreeMap::new();
    for row in groups.rows() {
        let number = |column: &str| row.text(column).parse().unwrap_or(0.0_f64);
        let key = (row.text("group").to_owned(), row.text("run").to_owned());
        let year = runs.entry(key).or_default();
        // Rows stand in order of week.
        year.fighters = number("fighters");
        year.joined += number("recruits");
        year.left += number("leavers");
        year.killed += number("fighters_killed");
    }
    let mut by_group: BTreeMap<&str, Vec<&LastYear>> = BTreeMap::new();
    for ((group, _), year) in runs.iter().filter(|(_, year)| year.fighters > LARGE) {
        by_group.entry(group).or_default().push(year);
    }
    let sentence = |(group, years): (&str, Vec<&LastYear>)| {
        let mean = |of: fn(&LastYear) -> f64| {
            let sum: f64 = years.iter().map(|year| of(year)).sum();
            grouped(sum / years.len() as f64)
        };
        format!(
            "{group} ends with more than {} fighters in {} ({} in the mean): in the last year {} joined it, {} left and \
             {} were killed. Ask what keeps them coming before you quote this world.",
            grouped(LARGE),
            counted(years.len() as u64, "run", "runs"),
            mean(|year| year.fighters),
            mean(|year| year.joined),
            mean(|year| year.left),
            mean(|year| year.killed)
        )
    };
    by_group.into_iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_group_larger_than_any_has_been_is_told_of_with_its_flows() {
        let table = "run,week,group,fighters,recruits,leavers,fighters_killed\n\
                     0,1,jnim,29000,100,20,5\n0,2,jnim,31000,200,30,5\n0,2,dozo,900,1,1,1\n\
                     1,2,jnim,29999,100,1,1\n";
        let told = told_of(&ReadBack::of_text("groups.csv", table, |_| true).unwrap());
        assert_eq!(told.len(), 1);
        for part in [
            "jnim",
            "30,000 fighters in 1 run (31,000 in the mean)",
            "300 joined",
            "50 left",
            "10 were killed",
        ] {
            assert!(told[0].contains(part), "{part}: {}", told[0]);
        }
    }
}
