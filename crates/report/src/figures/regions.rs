//! Where it is paid: deaths, recruits and displaced people of each region, for a thousand who live there.

use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, Word};
use std::collections::BTreeMap;
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

/// What a region bears, in order of the columns.
const BORNE: [(&str, Word); 3] = [
    ("deaths", |words| words.region_deaths),
    ("recruits", |words| words.region_recruits),
    ("displaced", |words| words.region_displaced),
];

pub fn figure(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let table = results.table("cercles.csv");
    let last = table.rows().map(|row| row.text("date")).max()?;
    // By region and scenario: who lives there, and what is borne.
    let mut regions: BTreeMap<&str, Vec<[f64; 4]>> = BTreeMap::new();
    for row in table.rows() {
        let Some(region) = results.regions.get(row.text("cercle")) else { continue };
        let arm = results.arms.iter().position(|arm| arm.name == row.text("scenario"))?;
        let sums = regions.entry(region).or_insert_with(|| vec![[0.0; 4]; results.arms.len()]);
        let number = |column: &str| row.number(column).unwrap_or(0.0);
        sums[arm][1] += number("deaths");
        sums[arm][2] += number("recruits");
        if row.text("date") == last {
            sums[arm][0] += number("residents");
            sums[arm][3] += number("displaced");
        }
    }
    if regions.len() < 2 {
        return None;
    }
    let mut figure = Figure::new("regions", words.regions, words.regions_note);
    let head = [words.region, words.scenario, words.residents];
    figure.table.head = head.map(str::to_owned).to_vec();
    figure.table.head.extend(BORNE.iter().map(|(_, label)| label(words).to_owned()));
    for (region, arms) in &regions {
        for (arm, sums) in results.arms.iter().zip(arms) {
            let mut cells = vec![Value::text(*region), Value::text(&arm.short)];
            cells.extend(sums.map(|it| Value::number(it, numbers.plain(it))));
            figure.table.rows.push(cells);
        }
    }
    for (place, (_, label)) in BORNE.iter().enumerate() {
        let rate = |sums: &[f64; 4]| 1000.0 * sums[place + 1] / sums[0].max(1.0);
        let mut order: Vec<(&&str, &Vec<[f64; 4]>)> = regions.iter().collect();
        order.sort_by(|a, b| rate(&b.1[0]).total_cmp(&rate(&a.1[0])));
        let names: Vec<String> = order.iter().map(|(region, _)| (**region).to_owned()).collect();
        let bar = |sums: &[f64; 4]| Bar { value: rate(sums), interval: None };
        let series: Vec<(usize, Vec<Bar>)> = (0..results.arms.len())
            .map(|arm| (arm, order.iter().map(|(_, arms)| bar(&arms[arm])).collect()))
            .collect();
        let drawing =
            Bars { categories: &names, series: &series }.draw(340.0, &|it| numbers.plain(it));
        let (name, unit) = (label(words).to_owned(), words.per_thousand.to_owned());
        figure.panels.push(Panel { name, unit, drawing, legend: None });
    }
    let names = results.arms.iter().enumerate().map(|(number, arm)| (number, arm.short.clone()));
    figure.legend = (results.arms.len() > 1).then(|| (Sign::Area, names.collect()));
    figure.whole = Some("cercles.csv");
    Some(figure)
}
