//! A calibration as it is printed, read back from its folder.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::failure::Failure;
use super::outcome_table::number;
use super::sweep_plan::PlannedSweep;
use serde_json::json;
use toguna_output::calibration_tables::{ENSEMBLE, FITTED, RANGES, TRADEOFFS, WAVES};
use toguna_output::{ReadBack, Row};
use toguna_scenario::problems::counted;

/// An axis less narrowed than this is said not to be pinned down.
const NARROWED: f64 = 0.2;
/// A pair with a rank correlation beyond this is said to trade off.
const TOGETHER: f64 = 0.4;
/// Pairs shown.
const PAIRS: usize = 8;

/// # Errors
/// When a table cannot be read back.
pub fn show(sweep: &PlannedSweep, json: bool, flag: MarkdownFlag) -> Result<String, Failure> {
    let read = |name: &str| ReadBack::of(&sweep.out, name);
    let [waves, members] = [read(WAVES.name)?, read(ENSEMBLE.name)?];
    let [ranges, pairs, facts] = [read(RANGES.name)?, read(TRADEOFFS.name)?, read(FITTED.name)?];
    if json {
        let value = json!({
            "waves": waves.json(&WAVES.described()),
            "ensemble": members.json(&ENSEMBLE.described()),
            "ranges": ranges.json(&RANGES.described()),
            "tradeoffs": pairs.json(&TRADEOFFS.described()),
            "facts": facts.json(&FITTED.described()),
        });
        let text = serde_json::to_string_pretty(&value);
        return Ok(text.expect("text, numbers and lists are always valid JSON") + "\n");
    }
    let mut answer = Answer::default();
    let scenario = &sweep.base.checked().scenario;
    let title = if scenario.title.is_empty() { &scenario.name } else { &scenario.title };
    answer.line(format!("{title}: what the facts to fit leave open"));
    let replicates = counted(sweep.design.replicates, "run", "runs");
    answer.line(format!("{replicates} of each setting, seed {}", sweep.design.seed));
    answer.gap();
    of_waves(&mut answer, &waves);
    of_facts(&mut answer, &facts, &waves);
    of_ranges(&mut answer, &ranges);
    of_pairs(&mut answer, &pairs);
    of_members(&mut answer, &members, &facts);
    answer.line(format!("files in {}", sweep.out.display()));
    Ok(answer.shown(flag))
}

fn of_waves(answer: &mut Answer, waves: &ReadBack) {
    let mut table = Table::new(vec![
        Column::right("wave", 9),
        Column::right("settings", 10),
        Column::right("failed", 8),
        Column::right("not ruled out", 15),
        Column::right("may miss", 10),
        Column::right("set aside", 11),
    ]);
    for row in waves.rows() {
        let left = row.number("left").map(|left| format!("{:.2} %", 100.0 * left));
        let wave = if left.is_some() { row.text("wave") } else { "ensemble" };
        let cells = ["may_miss", "set_aside"].map(|column| row.text(column).to_owned());
        let [misses, aside] = cells;
        let (points, failed) = (row.text("points").to_owned(), row.text("failed").to_owned());
        table.row([wave.to_owned(), points, failed, left.unwrap_or_default(), misses, aside]);
    }
    answer.table(table);
    answer.line(
        "may miss: facts that a setting may miss and still be kept, the fewest that leave any",
    );
    answer.line("set aside: facts that no setting reaches; they rule none out");
    answer.gap();
}

/// Whether anything fits, and what does not.
fn of_facts(answer: &mut Answer, facts: &ReadBack, waves: &ReadBack) {
    let all = facts.rows().count() as u64;
    let with = |reached: &str| facts.rows().filter(|row| row.text("reached") == reached).collect();
    let [never, alone, unknown]: [Vec<Row<'_>>; 3] = ["never", "alone", "unknown"].map(with);
    let may_miss: f64 = waves.rows().filter_map(|row| row.number("may_miss")).fold(0.0, f64::max);
    if never.is_empty() && alone.is_empty() && may_miss == 0.0 {
        answer.line(format!("There are settings that none of the {all} facts to fit rules out."));
    } else {
        answer.line(format!("Nothing fits all of the {all} facts to fit."));
    }
    listed(answer, "No setting within the priors reaches", &never);
    listed(answer, "Only settings that other facts rule out reach", &alone);
    if may_miss > 0.0 {
        answer.line(format!(
            "Of the others, each setting that is kept may miss {}.",
            counted(may_miss.round(), "fact", "facts")
        ));
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|row| row.text("title")).collect();
        answer.line(format!("No run shows: {}.", names.join(", ")));
    }
    let stretch = waves.rows().filter_map(|row| row.number("stretch")).last();
    if let Some(stretch) = stretch.filter(|stretch| *stretch > 1.0) {
        answer.line(format!(
            "For the ensemble, tolerances and luck were widened {stretch:.2} times, since no setting comes \
             as near to all facts at once as they ask."
        ));
    }
    answer.gap();
}

fn listed(answer: &mut Answer, what: &str, rows: &[Row<'_>]) {
    if rows.is_empty() {
        return;
    }
    let said = |row: &Row<'_>| {
        let value = |column: &str| row.number(column).map(number);
        let wanted = match (value("wanted"), value("lowest"), value("highest")) {
            (Some(wanted), ..) => wanted,
            (_, Some(low), _) => format!("at least {low}"),
            (.., high) => format!("at most {}", high.unwrap_or_default()),
        };
        let nearest = value("nearest").unwrap_or_default();
        format!("{} {} (wanted {wanted}, nearest {nearest})", row.text("number"), row.text("title"))
    };
    let said: Vec<String> = rows.iter().map(said).collect();
    answer.line(format!("{what}: {}.", said.join("; ")));
}

fn of_ranges(answer: &mut Answer, ranges: &ReadBack) {
    let mut table = Table::new(vec![
        Column::left("axis", 39),
        Column::left("prior", 15),
        Column::left("90 % of the weight", 19),
        Column::right("gone", 6),
    ]);
    for row in ranges.rows() {
        let value = |column: &str| {
            let text = row.text(column);
            text.parse::<f64>().map_or_else(|_| text.to_owned(), short)
        };
        let gone = row.number("narrowed").unwrap_or(0.0).max(0.0);
        table.row([
            row.text("axis").trim_start_matches("rules.").to_owned(),
            format!("{}..{}", value("lowest"), value("highest")),
            format!("{}..{}", value("p05"), value("p95")),
            format!("{:.0} %", 100.0 * gone),
        ]);
    }
    answer.table(table);
    let loose: Vec<&str> = ranges
        .rows()
        .filter(|row| row.number("narrowed").is_some_and(|it| it < NARROWED))
        .map(|row| row.text("axis").trim_start_matches("rules."))
        .collect();
    if !loose.is_empty() {
        answer.line(format!("The facts do not pin down {}.", loose.join(", ")));
    }
    answer.gap();
}

/// Three digits that count.
fn short(value: f64) -> String {
    let (mut size, mut digits) = (value.abs(), 0);
    while size > 0.0 && size < 100.0 && digits < 9 {
        size *= 10.0;
        digits += 1;
    }
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn of_pairs(answer: &mut Answer, pairs: &ReadBack) {
    let strength = |row: &Row<'_>| row.number("correlation").map_or(0.0, f64::abs);
    let mut strong: Vec<Row<'_>> = pairs.rows().filter(|row| strength(row) >= TOGETHER).collect();
    strong.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    if strong.is_empty() {
        return;
    }
    answer.line("What trades off (rank correlation among the members):");
    let mut table = Table::new(vec![Column::right("", 6), Column::left("", 72)]);
    for row in strong.iter().take(PAIRS) {
        let name = |column: &str| row.text(column).trim_start_matches("rules.").to_owned();
        let value = row.number("correlation").unwrap_or(0.0);
        table.row([format!("{value:.2}"), format!("  {} and {}", name("axis"), name("other"))]);
    }
    answer.table(table);
    if strong.len() > PAIRS {
        answer.line(format!("and {} more in tradeoffs.csv", strong.len() - PAIRS));
    }
    answer.gap();
}

fn of_members(answer: &mut Answer, members: &ReadBack, facts: &ReadBack) {
    let weights: Vec<f64> = members.rows().filter_map(|row| row.number("weight")).collect();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let effective = if squares > 0.0 { 1.0 / squares } else { 0.0 };
    let passes = facts.rows().filter(|row| row.text("passes") == "true").count();
    let inside = facts.rows().filter(|row| row.text("inside") == "true").count();
    let with_wanted = facts.rows().filter(|row| !row.text("wanted").is_empty()).count();
    answer.line(format!(
        "The ensemble: {} that tell as much as {effective:.0} of equal weight. Its mean lies within the \
         tolerance of {passes} of {} facts; {inside} of {with_wanted} wanted values lie within 90 % of its \
         runs.",
        counted(weights.len() as u64, "member", "members"),
        facts.rows().count(),
    ));
    let weight = |row: &Row<'_>| row.number("weight").unwrap_or(0.0);
    if let Some(best) = members.rows().max_by(|a, b| weight(a).total_cmp(&weight(b))) {
        let score = best.number("score").map(|score| format!("{score:.2}")).unwrap_or_default();
        answer.line(format!(
            "The member with most weight is {}: {score} tolerances from the facts, {} met.",
            best.text("member"),
            best.text("met")
        ));
    }
    answer.gap();
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn numbers_have_three_digits_that_count() {
        let shown = [0.0, 0.24, 0.007_312, 1600.0, 12.345, 1.0].map(short);
        assert_eq!(shown, ["0", "0.24", "0.00731", "1600", "12.3", "1"]);
    }
}
