//! Sums over a run, side by side: recruits by motive, leavers by cause, deaths by victim and perpetrator.

use crate::figure::{Figure, Panel, Value};
use crate::folder::{Arm, Results};
use crate::numbers::Numbers;
use crate::words::Language;
use toguna_experiment::statistics::{Confidence, mean_interval};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_output::Row;
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

/// A category and how it is read from a run; none when the run does not tell.
pub type Category = (String, Box<dyn Fn(&Row<'_>) -> Option<f64>>);

pub fn outcomes(language: Language, wanted: impl Fn(&Outcome) -> bool) -> Vec<Category> {
    let category = |outcome: &'static Outcome| -> Category {
        let name = outcome.name;
        let value = move |row: &Row<'_>| Some(outcome.for_people(row.number(name)?).0);
        (language.part(outcome), Box::new(value))
    };
    OUTCOMES.iter().filter(|outcome| wanted(outcome)).map(category).collect()
}

pub fn motives(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let figure = Figure::new("motives", words.motives, words.motives_note);
    let motive =
        |it: &Outcome| it.name.starts_with("recruits_") && it.meaning.contains("primary motive");
    sums(results, language, figure, words.motive, outcomes(language, motive))
}

pub fn leavers(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let figure = Figure::new("leavers", words.leavers, words.leavers_note);
    let cause = |it: &Outcome| it.name.starts_with("leavers_") || it.name == "fighters_killed";
    sums(results, language, figure, words.cause, outcomes(language, cause))
}

pub fn deaths(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let named = |names: &'static [&str]| outcomes(language, move |it| names.contains(&it.name));
    let mut victims = named(&["civilians_killed_by_state", "civilians_killed_by_groups"]);
    let others = |row: &Row<'_>| {
        let known =
            row.number("civilians_killed_by_state")? + row.number("civilians_killed_by_groups")?;
        Some(row.number("civilians_killed")? - known)
    };
    victims.push((words.civilians_by_others.to_owned(), Box::new(others)));
    victims.extend(named(&["fighters_killed", "soldiers_killed", "partner_deaths"]));
    let figure = Figure::new("deaths", words.deaths, words.deaths_note);
    sums(results, language, figure, words.victims, victims)
}

pub fn pacts(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let figure = Figure::new("pacts", words.pacts, words.pacts_note);
    let names = ["pacts_signed", "pacts_joined", "pacts_ended", "pacts", "pacts_supported"];
    named(results, language, figure, &names)
}

pub fn talks(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let figure = Figure::new("talks", words.talks, words.talks_note);
    named(results, language, figure, &["conferences", "exchanges", "accords", "talks_stage"])
}

/// A figure of the outcomes of these names.
fn named(results: &Results, language: Language, figure: Figure, names: &[&str]) -> Option<Figure> {
    let chosen = outcomes(language, |it| names.contains(&it.name));
    sums(results, language, figure, language.words().outcome, chosen)
}

/// Means over runs of each category under each scenario, the largest first.
fn sums(
    results: &Results,
    language: Language,
    mut figure: Figure,
    what: &str,
    categories: Vec<Category>,
) -> Option<Figure> {
    let found = means(results, categories);
    if found.is_empty() {
        return None;
    }
    figure.columns = 0;
    figure.panels.push(panel(&found.iter().collect::<Vec<_>>(), 350.0, language));
    table(&mut figure, results, what, &found, language);
    figure.legend_of_arms(results, Sign::Area);
    Some(figure)
}

/// A category with its mean under each scenario.
pub type Found = (String, Vec<Bar>);

/// Means over runs of each category that is anywhere more than nothing.
pub fn means(results: &Results, categories: Vec<Category>) -> Vec<Found> {
    let of = |arm: &Arm, value: &dyn Fn(&Row<'_>) -> Option<f64>| {
        let runs = results
            .table("runs.csv")
            .rows()
            .filter(|row| row.text("scenario") == arm.name || results.arms.len() == 1);
        let values: Vec<f64> = runs.filter_map(|row| value(&row)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let interval = mean_interval(&values, Confidence::NINETY_FIVE);
        (!values.is_empty()).then(|| Bar {
            value: mean,
            interval: interval.map(|it| (it.interval.low, it.interval.high)),
        })
    };
    let mut found: Vec<Found> = Vec::new();
    for (name, value) in categories {
        let bars: Option<Vec<Bar>> =
            results.arms.iter().map(|arm| of(arm, value.as_ref())).collect();
        found.extend(
            bars.filter(|bars| bars.iter().any(|bar| bar.value > 0.0)).map(|it| (name, it)),
        );
    }
    found.sort_by(|a, b| b.1[0].value.total_cmp(&a.1[0].value));
    found
}

/// A bar for each category and scenario.
pub fn panel(found: &[&Found], width: f64, language: Language) -> Panel {
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let arms = found.first().map_or(0, |(_, bars)| bars.len());
    let series: Vec<(usize, Vec<Bar>)> =
        (0..arms).map(|arm| (arm, found.iter().map(|(_, bars)| bars[arm]).collect())).collect();
    let written = |it: f64| Numbers(language).plain(it);
    let drawing = Bars { categories: &names, series: &series }.draw(width, &written);
    Panel { name: String::new(), unit: String::new(), drawing, legend: None }
}

/// Each category under each scenario.
pub fn table(
    figure: &mut Figure,
    results: &Results,
    what: &str,
    found: &[Found],
    language: Language,
) {
    let words = language.words();
    figure.head(&[what, words.scenario, words.mean, words.low, words.high]);
    for (name, bars) in found {
        for (arm, bar) in results.arms.iter().zip(bars) {
            let value = |raw| Value::maybe(raw, |it| Numbers(language).plain(it));
            figure.table.rows.push(vec![
                Value::text(name),
                Value::text(&arm.short),
                value(Some(bar.value)),
                value(bar.interval.map(|it| it.0)),
                value(bar.interval.map(|it| it.1)),
            ]);
        }
    }
}
