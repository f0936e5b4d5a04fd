//! Runs beside the facts: what is wanted of each, and what the runs give.

use crate::figure::{Cell, DrawnRow, Figure, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, Word};
use toguna_output::Row;
use toguna_picture::svg::Drawing;
use toguna_picture::target::Target;

/// What facts are used for, as tables write it, each with the name and the title of its figure.
const USES: [(&str, &str, Word); 3] = [
    ("check", "facts-to-check", |words| words.facts_check),
    ("fit", "facts-to-fit", |words| words.facts_fit),
    ("shown", "facts-shown", |words| words.facts_shown),
];

pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let mut figures = Vec::new();
    for (used_for, name, title) in USES {
        let rows: Vec<Row<'_>> = results
            .table("validation.csv")
            .rows()
            .filter(|row| row.text("used_for") == used_for && row.number("mean").is_some())
            .collect();
        if rows.is_empty() {
            continue;
        }
        let mut figure = Figure::new(name, title(words), words.facts_note);
        figure.head(&[
            words.fact,
            words.wanted,
            words.tolerance_low,
            words.tolerance_high,
            words.mean,
            words.p05,
            words.p95,
            words.unit,
            words.passes,
            words.source,
        ]);
        let mut drawn = Vec::new();
        for row in rows {
            let plain = |column: &str| Value::maybe(row.number(column), |it| numbers.plain(it));
            let passes = match row.text("passes") {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            };
            let said = passes.map_or("", |it| if it { words.passes } else { words.fails });
            let name = format!("{} {}", row.text("number"), row.text("title"));
            let mut cells = vec![Value::text(&name)];
            let columns = ["wanted", "lowest", "highest", "mean", "p05", "p95"];
            cells.extend(columns.map(plain));
            cells.extend([row.text("unit"), said, row.text("source")].map(Value::text));
            figure.table.rows.push(cells);
            let target = Target {
                wanted: row.number("wanted"),
                tolerated: (row.number("lowest"), row.number("highest")),
                got: row.number("mean").unwrap_or(f64::NAN),
                band: row.number("p05").zip(row.number("p95")),
                passes,
            };
            let cell = |column: &str, below: String, wide_only: bool| Cell {
                shown: plain(column).shown,
                below,
                raw: row.number(column),
                wide_only,
            };
            let wanted =
                cell("wanted", numbers.range(target.tolerated.0, target.tolerated.1), true);
            let got = cell("mean", numbers.range(row.number("p05"), row.number("p95")), false);
            drawn.push(DrawnRow {
                said: format!(
                    "{name}: {} {}, {} {}. {said}",
                    words.wanted, wanted.shown, words.mean, got.shown
                ),
                name,
                unit: row.text("unit").to_owned(),
                before: vec![wanted, got],
                after: vec![Cell {
                    shown: said.to_owned(),
                    below: String::new(),
                    raw: None,
                    wide_only: false,
                }],
                draw: Some(Box::new(move |width| -> Drawing { target.draw(width) })),
            });
        }
        let head = [
            (words.fact, ""),
            (words.wanted, words.tolerance),
            (words.mean, words.middle_of_runs),
            (words.wanted_got, ""),
            ("", ""),
        ];
        figure.draw_rows(&head, &drawn);
        figures.push(figure);
    }
    figures
}
