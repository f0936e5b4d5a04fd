//! Who joins under one policy and not under the other: the same persons, told apart one by one.

use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_output::Row;
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let Some(first) = results.arms.first() else { return Vec::new() };
    let mut figures = Vec::new();
    for (number, other) in results.others().iter().enumerate() {
        let rows = || {
            let rows = results.table("joined.csv").rows();
            rows.filter(|row| row.text("other") == other.name && row.text("by") != "cercle")
        };
        let mut motives: Vec<(String, Row<'_>)> = rows()
            .filter(|row| row.text("by") == "motive")
            .filter_map(|row| Some((language.part(named(row.text("part"))?), row)))
            .collect();
        if motives.is_empty() {
            continue;
        }
        let anywhere = |row: &Row<'_>| {
            let counts = ["only_first", "only_other"].map(|it| row.number(it).unwrap_or(0.0));
            counts.iter().sum::<f64>()
        };
        motives.sort_by(|a, b| anywhere(&b.1).total_cmp(&anywhere(&a.1)));
        let against = results.against(other, language);
        let title = filled(words.joined, &[("against", &against)]);
        let name = results.numbered("joined", number);
        let mut figure = Figure::new(name, title, words.joined_note);
        let only = |name: &str| filled(words.joined_only, &[("name", name)]);
        let (only_first, only_other) = (only(&first.short), only(&other.short));
        let bars = |column: &str| -> Vec<Bar> {
            let number = |row: &Row<'_>, end: &str| row.number(&format!("{column}{end}"));
            let bar = |(_, row): &(String, Row<'_>)| Bar {
                value: number(row, "").unwrap_or(0.0),
                interval: number(row, "_low").zip(number(row, "_high")),
            };
            motives.iter().map(bar).collect()
        };
        let categories: Vec<String> = motives.iter().map(|(motive, _)| motive.clone()).collect();
        let series = [(0, bars("only_first")), (number + 1, bars("only_other"))];
        let drawing =
            Bars { categories: &categories, series: &series }.draw(350.0, &|it| numbers.plain(it));
        let (name, unit) = (String::new(), String::new());
        figure.panels.push(Panel { name, unit, drawing, legend: None });
        figure.head(&[
            words.told_apart_by,
            "",
            words.joined_both,
            &only_first,
            &only_other,
            words.difference_column,
            words.low,
            words.high,
        ]);
        for row in rows() {
            let (by, part) = (row.text("by"), row.text("part"));
            let part = match named(part).filter(|_| by == "motive") {
                Some(motive) => language.part(motive),
                None => language.part_of_people(part),
            };
            let mut cells = vec![Value::text(language.part_of_people(by)), Value::text(part)];
            let counts = ["both", "only_first", "only_other"];
            cells.extend(counts.map(|it| Value::maybe(row.number(it), |it| numbers.plain(it))));
            let apart = ["difference", "low", "high"];
            cells.extend(apart.map(|it| Value::maybe(row.number(it), |it| numbers.signed(it))));
            figure.table.rows.push(cells);
        }
        figure.legend = Some((Sign::Area, vec![(0, only_first), (number + 1, only_other)]));
        figure.columns = 0;
        figure.whole = Some("joined.csv");
        figures.push(figure);
    }
    figures
}

/// The outcome that counts the recruits of a motive.
fn named(motive: &str) -> Option<&'static Outcome> {
    Outcome::place_of(&format!("recruits_{motive}")).map(|place| &OUTCOMES[place])
}
