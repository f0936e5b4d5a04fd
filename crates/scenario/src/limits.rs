//! How much of everything the model can number and count: what a scenario asks for beyond that is
//! refused here, so that no number is cut further in.

use super::file::Scenario;
use super::layers::Merged;
use super::problems::Problem;
use super::suggest::quoted;
use super::table::{MostRows, Table};
use super::tables::{CommunityRow, ConstituentRow};
use toguna_engine::layout::BLOCK;
use toguna_model::budget::state::Finances;
use toguna_units::Money;

/// Communities have numbers of two bytes.
pub(super) const COMMUNITIES: MostRows = MostRows { rows: u16::MAX as usize, of: "communities" };
/// Commands, too, and those of the start found others.
pub(super) const COMMANDS: MostRows = MostRows { rows: i16::MAX as usize, of: "commands" };
/// Constituencies and neighbouring countries have numbers of one byte.
const MOST_NAMED: usize = u8::MAX as usize;

/// The tables whose people are counted.
pub(super) struct Numbered<'t> {
    pub communities: &'t Table<CommunityRow>,
    pub constituents: &'t Table<ConstituentRow>,
}

/// Adds what is too many, too large or too much.
pub(super) fn check_limits(
    scenario: &Scenario,
    tables: &Numbered,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) {
    let named =
        [("constituencies", scenario.constituencies.len()), ("abroad", scenario.abroad.len())];
    for (table, count) in named.into_iter().filter(|(_, count)| *count > MOST_NAMED) {
        let title = format!("{count} entries in {}", quoted(table));
        let help = format!("at most {MOST_NAMED} can be told apart; join some of them");
        problems.push(merged.problem_at_key(table, title, help));
    }
    check_adults(scenario, tables, problems);
    check_money(scenario, tables, merged, problems);
}

/// Everybody has a number of four bytes; a constituency's part of a community begins a block of its own.
fn check_adults(scenario: &Scenario, tables: &Numbered, problems: &mut Vec<Problem>) {
    let people = &scenario.people;
    let adults = residents(tables) as f64 * people.adults.get();
    let simulated = adults / f64::from(people.people_per_agent);
    let blocks = tables.constituents.rows.len() as f64 * f64::from(BLOCK);
    let most = f64::from(u32::MAX) - blocks;
    if simulated > most {
        let title = format!("{simulated:.0} adults to simulate");
        let help = format!("at most {:.0} can be: raise `people.people_per_agent`", most.max(0.0));
        problems.push(Problem::new(title).at(tables.communities.header()).help(help));
    }
}

fn residents(tables: &Numbered) -> u64 {
    tables.communities.rows.iter().map(|row| u64::from(row.residents)).sum()
}

/// Francs are counted one by one, here and by whoever reads the tables.
fn check_money(
    scenario: &Scenario,
    tables: &Numbered,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) {
    let residents = residents(tables);
    let scale = residents as f64 / f64::from(scenario.budget.residents);
    type Total = fn(&Finances) -> Money;
    let totals: [(&str, Total); 12] = [
        ("spending_per_year", |it| it.spending_per_year),
        ("revenue_per_year", |it| it.revenue_per_year),
        ("borrowing_per_year", |it| it.borrowing_per_year),
        ("aid_pledged_per_year", |it| it.aid_pledged_per_year),
        ("relief_pledged_per_year", |it| it.relief_pledged_per_year),
        ("opening_treasury", |it| it.opening_treasury),
        ("defence_per_year", |it| it.defence_per_year),
        ("administration_per_year", |it| it.administration_per_year),
        ("cost_of_need.health", |it| it.cost_of_need.health),
        ("cost_of_need.schooling", |it| it.cost_of_need.schooling),
        ("cost_of_need.justice", |it| it.cost_of_need.justice),
        ("cost_of_need.water", |it| it.cost_of_need.water),
    ];
    for (key, total) in totals {
        let francs = total(&scenario.budget).0 as f64 * scale;
        if francs > Money::MOST.0 as f64 {
            let path = format!("budget.{key}");
            let title = format!("`{path}` comes to {francs:.0} francs for {residents} residents");
            let help = format!(
                "at most {} can be counted to the franc; `budget.residents` says for how many people \
                 the totals are",
                Money::MOST.0
            );
            let problem = match merged.get(&path) {
                Some(_) => merged.problem_at(&path, title, help),
                None => merged.problem_at("budget.residents", title, help),
            };
            problems.push(problem);
        }
    }
}
