//! A number for each pair of categories: darker is less, and each number is written in its cell.

use crate::axis::Written;
use crate::palette::class_of_amount;
use crate::svg::{Drawing, width_of};

/// Rows and columns by name; `values[row][column]`.
pub struct Heat<'h> {
    pub rows: &'h [String],
    pub columns: &'h [String],
    pub values: &'h [Vec<f64>],
    /// What the ends of the colours stand for, so that several drawings share them.
    pub ends: (f64, f64),
}

impl Heat<'_> {
    /// A drawing `width` px wide, or wider where names and numbers need it.
    #[must_use]
    pub fn draw(&self, width: f64, written: Written<'_>) -> Drawing {
        let (cell, top) = (26.0, 20.0);
        let left = self.rows.iter().map(|it| width_of(it)).fold(0.0, f64::max) + 8.0;
        let texts = self.values.iter().flatten().map(|it| width_of(&written(*it)));
        let widest = self.columns.iter().map(|it| width_of(it)).chain(texts).fold(0.0, f64::max);
        let width = width.max(left + self.columns.len() as f64 * (widest + 6.0));
        let mut drawing = Drawing::new(width, top + self.rows.len() as f64 * cell + 2.0);
        let wide = (width - left) / self.columns.len().max(1) as f64;
        let (least, most) = self.ends;
        for (place, column) in self.columns.iter().enumerate() {
            drawing.text((left + (place as f64 + 0.5) * wide, 13.0), "soft mid", column);
        }
        for (row, (name, values)) in self.rows.iter().zip(self.values).enumerate() {
            let y = top + row as f64 * cell;
            drawing.text((left - 6.0, y + 17.0), "soft end", name);
            for (column, value) in values.iter().enumerate() {
                let class = class_of_amount(value - least, most - least);
                let (x, text) = (left + column as f64 * wide, written(*value));
                let told =
                    format!("{name}, {}: {text}", self.columns.get(column).map_or("", |it| it));
                drawing.rectangle((x, y), (wide - 2.0, cell - 2.0), &format!("v{class}"), &told);
                // White on the dark half of viridis, black on the light one.
                let ink = if class < 6 { "#fff" } else { "#000" };
                let (x, y) = (crate::svg::px(x + wide / 2.0), crate::svg::px(y + 16.0));
                drawing.add(format_args!(
                    "<text x=\"{x}\" y=\"{y}\" class=\"mid\" style=\"fill:{ink}\">{}</text>",
                    crate::svg::escaped(&text)
                ));
            }
        }
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_is_dark_and_the_most_is_light() {
        let names = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let (rows, columns) = (names(&["0.1", "0.9"]), names(&["suppress", "support"]));
        let values = [vec![1.0, 2.0], vec![3.0, 4.0]];
        let ends = (1.0, 4.0);
        let heat = Heat { rows: &rows, columns: &columns, values: &values, ends };
        let body = heat.draw(300.0, &|it| it.to_string()).body;
        assert_eq!(body.matches("<rect").count(), 4);
        assert!(
            body.contains("class=\"v0\"><title>0.1, suppress: 1") && body.contains("class=\"v10\"")
        );
    }
}
