//! Who joins under one policy and not under the other: the same persons, told apart one by one.

use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let Some(first) = results.arms.first() else { return Vec::new() };
    let mut figures = Vec::new();
    for (number, other) in results.others().iter().enumerate() {
        let rows: Vec<_> = results
            .table("joined.csv")
            .rows()
            .filter(|row| row.text("other") == other.name && named(row.text("motive")).is_some())
            .collect();
        let count = |row: &toguna_output::Row<'_>, column| row.number(column).unwrap_or(0.0);
        let anybody =
            |row| ["both", "only_first", "only_other"].iter().any(|it| count(row, it) > 0.0);
        if !rows.iter().any(anybody) {
            continue;
        }
        let against = filled(words.against, &[("other", &other.short), ("first", &first.short)]);
        let name = if results.others().len() == 1 {
            "joined".to_owned()
        } else {
            format!("joined-{}", number + 1)
        };
        let title = filled(words.joined, &[("against", &against)]);
        let mut figure = Figure::new(name, title, words.joined_note);
        let only = |name: &str| filled(words.joined_only, &[("name", name)]);
        let (only_first, only_other) = (only(&first.short), only(&other.short));
        figure.table.head = vec![
            words.motive.to_owned(),
            words.joined_both.to_owned(),
            only_first.clone(),
            only_other.clone(),
        ];
        let motive = |name: &str| named(name).map_or_else(String::new, |it| language.part(it));
        let bar = |row: &toguna_output::Row<'_>, column| Bar {
            value: count(row, column),
            interval: None,
        };
        let categories: Vec<String> = rows.iter().map(|row| motive(row.text("motive"))).collect();
        let series = [
            (0, rows.iter().map(|row| bar(row, "only_first")).collect()),
            (number + 1, rows.iter().map(|row| bar(row, "only_other")).collect()),
        ];
        for row in &rows {
            let mut cells = vec![Value::text(motive(row.text("motive")))];
            cells.extend(
                ["both", "only_first", "only_other"]
                    .map(|column| Value::maybe(row.number(column), |it| numbers.plain(it))),
            );
            figure.table.rows.push(cells);
        }
        let drawing =
            Bars { categories: &categories, series: &series }.draw(350.0, &|it| numbers.plain(it));
        figure.panels.push(Panel {
            name: String::new(),
            unit: String::new(),
            drawing,
            legend: None,
        });
        figure.legend = Some((Sign::Area, vec![(0, only_first), (number + 1, only_other)]));
        figure.columns = 0;
        figures.push(figure);
    }
    figures
}

/// The outcome that counts the recruits of a motive.
fn named(motive: &str) -> Option<&'static Outcome> {
    Outcome::place_of(&format!("recruits_{motive}")).map(|place| &OUTCOMES[place])
}
