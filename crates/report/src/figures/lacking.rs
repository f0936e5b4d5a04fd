//! Where services lack beside where people join, cercle by cercle over the whole run, and how far the two go
//! together: measured, not claimed.

use super::maps::{WIDTH, outline};
use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled, filled_with};
use std::collections::BTreeMap;
use toguna_experiment::statistics::association;
use toguna_picture::legend::scale_legend;
use toguna_picture::map::Map;
use toguna_picture::palette::class_of_amount;

/// Sums over the months of one cercle, in the first scenario.
#[derive(Default)]
struct Sums {
    months: f64,
    /// Shares of the need for services that is not met.
    lacking: f64,
    recruits: f64,
    residents: f64,
}

pub fn figure(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let first = results.arms.first()?;
    let mut cercles: BTreeMap<&str, Sums> = BTreeMap::new();
    let table = results.table("cercles.csv");
    for row in table.rows().filter(|row| row.text("scenario") == first.name) {
        let number = |column: &str| row.number(column).unwrap_or(0.0);
        let sums = cercles.entry(row.text("cercle")).or_default();
        sums.months += 1.0;
        sums.lacking += number("services_lacking");
        sums.recruits += number("recruits");
        sums.residents += number("residents");
    }
    // Per cent of the need, and recruits of a year for a thousand residents.
    let shown: Vec<(f64, f64)> = results
        .towns
        .iter()
        .map(|town| {
            cercles.get(town.name.as_str()).map_or((0.0, 0.0), |sums| {
                let lacking = 100.0 * sums.lacking / sums.months.max(1.0);
                (lacking, 12.0 * 1000.0 * sums.recruits / sums.residents.max(1.0))
            })
        })
        .collect();
    let (lacking, joining): (Vec<f64>, Vec<f64>) = shown.iter().copied().unzip();
    let (found, low, high) = association(&lacking, &joining)?;
    let two = |value: f64| numbers.digits(value, 2);
    let said = [
        ("n", shown.len().to_string()),
        ("first", first.short.clone()),
        ("r", two(found)),
        ("low", two(low)),
        ("high", two(high)),
    ];
    let note = filled_with(words.lacking_note, &said);
    let title = if low > 0.0 {
        words.lacking_together
    } else if high < 0.0 {
        words.lacking_apart
    } else {
        words.lacking_unclear
    };
    let mut figure = Figure::new("services-and-recruits", title, &note);
    let outline = outline(&results.towns);
    let map = Map { outline: &outline, towns: &results.towns };
    let panels = [
        (words.lacking_services, "%", &lacking),
        (words.lacking_joining, words.per_thousand_residents, &joining),
    ];
    for (name, unit, values) in panels {
        let most = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let drawing = map.draw(WIDTH, &|town| {
            let told =
                format!("{}: {} {unit}", results.towns[town].name, numbers.plain(values[town]));
            (format!("v{}", class_of_amount(values[town], most)), told)
        });
        let legend = Some(scale_legend('v', ("0", &numbers.plain(most)), WIDTH));
        let (name, unit) = (name.to_owned(), unit.to_owned());
        figure.panels.push(Panel { name, unit, drawing, legend });
    }
    let joining_head = filled(
        "{a} ({unit})",
        &[("a", words.lacking_joining), ("unit", words.per_thousand_residents)],
    );
    figure.table.head =
        vec![words.cercle.to_owned(), format!("{} (%)", words.lacking_services), joining_head];
    for (town, (lacking, joining)) in results.towns.iter().zip(&shown) {
        let number = |value: f64| Value::number(value, numbers.plain(value));
        figure.table.rows.push(vec![Value::text(&town.name), number(*lacking), number(*joining)]);
    }
    figure.whole = Some("cercles.csv");
    Some(figure)
}
