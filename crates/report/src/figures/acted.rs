//! When the entries of timelines acted.

use super::courses::year_of;
use crate::figure::{Cell, DrawnRow, Figure, Value};
use crate::folder::Results;
use crate::words::{Language, filled_with};
use toguna_output::Row;
use toguna_picture::forest::Moment;
use toguna_picture::svg::Drawing;

/// Rows that are drawn; the table has all.
const DRAWN: usize = 24;

/// An entry over all runs of its scenario.
pub struct Entry<'r> {
    pub row: Row<'r>,
    pub runs: usize,
    /// Dates on which it acted, in order.
    pub dates: Vec<&'r str>,
}

/// The entries of a scenario's timeline, in its order, from the rows of all its runs.
pub fn entries<'r>(rows: impl Iterator<Item = Row<'r>>) -> Vec<Entry<'r>> {
    let mut entries: Vec<Entry<'r>> = Vec::new();
    for row in rows {
        let known = entries.iter().position(|it| it.row.text("entry") == row.text("entry"));
        let place = known.unwrap_or_else(|| {
            entries.push(Entry { row, runs: 0, dates: Vec::new() });
            entries.len() - 1
        });
        entries[place].runs += 1;
        entries[place].dates.extend(Some(row.text("date")).filter(|date| !date.is_empty()));
    }
    entries.iter_mut().for_each(|entry| entry.dates.sort_unstable());
    entries
}

impl Entry<'_> {
    /// First, middle and last date.
    pub fn span(&self) -> Option<[&str; 3]> {
        let dates = &self.dates;
        Some([*dates.first()?, dates[dates.len() / 2], *dates.last()?])
    }

    /// `2026-01-05`, or `18 of 20 runs, 2025-03-03 to 2027-05-10`, or never.
    pub fn when(&self, language: Language) -> String {
        let words = language.words();
        let Some([first, _, last]) = self.span() else { return words.never.to_owned() };
        if first == last && self.dates.len() == self.runs {
            return first.to_owned();
        }
        let gaps = [
            ("n", self.dates.len().to_string()),
            ("runs", self.runs.to_string()),
            ("first", first.to_owned()),
            ("last", last.to_owned()),
        ];
        filled_with(words.acted_in, &gaps)
    }
}

pub fn figure(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let mut figure = Figure::new("acted", words.acted, words.acted_note);
    figure.head(&[
        words.scenario,
        words.levers,
        words.waits_for,
        words.runs_acted,
        words.first_date,
        words.middle_date,
        words.last_date,
        words.note_column,
    ]);
    let (start, end) = (year_of(&results.start), year_of(&results.end));
    let (mut waiting, mut dated) = (Vec::new(), Vec::new());
    for (number, arm) in results.arms.iter().enumerate() {
        let rows = results.table("acted.csv").rows();
        for entry in entries(rows.filter(|row| row.text("scenario") == arm.name)) {
            let [first, middle, last] = entry.span().unwrap_or([""; 3]);
            let texts = [entry.row.text("levers"), entry.row.text("waits_for")];
            let mut cells = vec![Value::text(&arm.short)];
            cells.extend(texts.map(Value::text));
            let acted = entry.dates.len();
            cells.push(Value::number(acted as f64, format!("{acted} / {}", entry.runs)));
            cells.extend([first, middle, last, entry.row.text("note")].map(Value::text));
            figure.table.rows.push(cells);
            let moment = entry.span().map(|dates| {
                let [first, middle, last] = dates.map(year_of);
                Moment { of: (start, end), first, middle, last, series: number }
            });
            let conditional = entry.row.text("conditional") == "true";
            let when = entry.when(language);
            let name = entry.row.text("levers").to_owned();
            let row = DrawnRow {
                said: format!("{name}: {when}"),
                name,
                unit: if results.arms.len() > 1 { arm.short.clone() } else { String::new() },
                before: vec![Cell {
                    shown: when,
                    below: if conditional {
                        entry.row.text("waits_for").to_owned()
                    } else {
                        String::new()
                    },
                    raw: None,
                    wide_only: false,
                }],
                after: Vec::new(),
                draw: Some(Box::new(move |width| -> Drawing {
                    moment.map_or_else(|| Drawing::new(width, 18.0), |it| it.draw(width))
                })),
            };
            if conditional { waiting.push(row) } else { dated.push(row) }
        }
    }
    waiting.extend(dated);
    waiting.truncate(DRAWN);
    let axis = format!("{} … {}", results.start, results.end);
    figure.draw_rows(&[(words.levers, ""), (words.date, words.condition), (&axis, "")], &waiting);
    figure.whole = Some("acted.csv");
    (!figure.table.rows.is_empty()).then_some(figure)
}
