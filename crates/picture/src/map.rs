//! Circles at real towns, as large as their people are many, with names where there is room.

use crate::scale::Scale;
use crate::svg::{Drawing, escaped, px};

/// A town that stands for its district.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    pub name: String,
    /// Degrees east and north.
    pub at: (f64, f64),
    pub people: f64,
}

/// Towns over the outline of their country.
pub struct Map<'m> {
    /// Degrees east and north; empty where there is none.
    pub outline: &'m [(f64, f64)],
    pub towns: &'m [Town],
}

/// Radius of the largest circle and of the smallest, px.
const RADII: (f64, f64) = (12.0, 3.2);
/// Room round the towns, degrees, but no more than this part of what they span.
const MARGIN: f64 = 1.0;
const PART: f64 = 0.25;
/// Width of a character of a name, px.
const LETTER: f64 = 6.2;

/// Left, top, right, bottom.
type Box4 = [f64; 4];

impl Map<'_> {
    /// A drawing `width` px wide. Each circle has the class and the words that `shown` gives for it, and
    /// carries its number as `data-n`.
    #[must_use]
    pub fn draw(&self, width: f64, shown: &dyn Fn(usize) -> (String, String)) -> Drawing {
        let bounds = |of: fn(&Town) -> f64| {
            let values = || self.towns.iter().map(of);
            let (low, high) = (
                values().fold(f64::INFINITY, f64::min),
                values().fold(f64::NEG_INFINITY, f64::max),
            );
            let margin = if high > low { MARGIN.min(PART * (high - low)) } else { MARGIN };
            (low - margin, high + margin)
        };
        if self.towns.is_empty() {
            return Drawing::new(width, 0.0);
        }
        let (east, north) = (bounds(|town| town.at.0), bounds(|town| town.at.1));
        // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
        let shorter = libm::cos(((north.0 + north.1) / 2.0).to_radians());
        let height = width * (north.1 - north.0) / ((east.1 - east.0) * shorter);
        let height = height.min(width * 1.2);
        let mut drawing = Drawing::new(width, height);
        let x = Scale { of: east, to: (0.0, width) };
        let y = Scale { of: north, to: (height, 0.0) };
        // To the pixel: nobody measures a border on it.
        let mut points: Vec<String> = self
            .outline
            .iter()
            .map(|(longitude, latitude)| {
                format!("{},{}", px(x.at(*longitude).round()), px(y.at(*latitude).round()))
            })
            .collect();
        points.dedup();
        if !points.is_empty() {
            drawing.add(format_args!("<polygon points=\"{}\" class=\"land\"/>", points.join(" ")));
        }
        // The largest first, so that no small one is hidden.
        let mut order: Vec<usize> = (0..self.towns.len()).collect();
        order.sort_by(|a, b| self.towns[*b].people.total_cmp(&self.towns[*a].people));
        let most = self.towns[order[0]].people.max(1.0);
        let radius = |town: &Town| (RADII.0 * (town.people / most).max(0.0).sqrt()).max(RADII.1);
        let mut circles = Vec::new();
        for number in &order {
            let town = &self.towns[*number];
            let (cx, cy, r) = (x.at(town.at.0), y.at(town.at.1), radius(town));
            let (class, told) = shown(*number);
            drawing.add(format_args!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"dot {class}\" data-n=\"{number}\">\
                 <title>{}</title></circle>",
                px(cx),
                px(cy),
                px(r),
                escaped(&told)
            ));
            circles.push([cx - r, cy - r, cx + r, cy + r]);
        }
        let mut taken: Vec<Box4> = Vec::new();
        for (place, number) in order.iter().enumerate() {
            let name = &self.towns[*number].name;
            let wide = name.chars().count() as f64 * LETTER;
            let [left, top, right, bottom] = circles[place];
            let middle = (top + bottom) / 2.0;
            let beside = [
                [right + 2.0, middle - 5.0, right + 2.0 + wide, middle + 5.0],
                [left - 2.0 - wide, middle - 5.0, left - 2.0, middle + 5.0],
                [(left + right - wide) / 2.0, bottom, (left + right + wide) / 2.0, bottom + 10.0],
                [(left + right - wide) / 2.0, top - 10.0, (left + right + wide) / 2.0, top],
                [left + 2.0 - wide, bottom - 5.0, left + 2.0, bottom + 5.0],
                [right - 2.0, bottom - 5.0, right - 2.0 + wide, bottom + 5.0],
                [left + 2.0 - wide, top - 5.0, left + 2.0, top + 5.0],
                [right - 2.0, top - 5.0, right - 2.0 + wide, top + 5.0],
            ];
            let free = beside.iter().copied().find(|at| {
                let inside = at[0] >= 0.0 && at[2] <= width && at[1] >= 0.0 && at[3] <= height;
                let own = circles.iter().enumerate().filter(|(other, _)| *other != place);
                inside && !taken.iter().chain(own.map(|it| it.1)).any(|other| overlap(at, other))
            });
            // The largest is named in any case: the others then make room.
            let free = free.or((place == 0).then_some(beside[2]));
            if let Some(at) = free {
                drawing.text((at[0], at[3] - 1.5), "name", name);
                taken.push(at);
            }
        }
        drawing
    }
}

fn overlap(a: &Box4, b: &Box4) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_town_has_a_circle_and_names_have_room() {
        let town = |name: &str, east: f64, people: f64| Town {
            name: name.into(),
            at: (east, 14.0),
            people,
        };
        let towns = [town("Koro", 0.0, 9.0), town("Bankass", 0.01, 4.0), town("<Kati>", 3.0, 0.0)];
        let map = Map { outline: &[(-1.0, 13.0), (4.0, 13.0), (4.0, 15.0)], towns: &towns };
        let body = map.draw(300.0, &|n| (format!("v{n}"), towns[n].name.clone())).body;
        assert_eq!(body.matches("<circle").count(), 3);
        assert!(body.contains("class=\"dot v2\" data-n=\"2\"><title>&lt;Kati&gt;</title>"));
        assert!(!body.contains("NaN"), "{body}");
        assert_eq!(map.draw(300.0, &|_| Default::default()).width, 300.0);
        let nowhere = Map { outline: &[], towns: &[] };
        assert_eq!(nowhere.draw(300.0, &|_| Default::default()).body, "");
    }

    #[test]
    fn names_never_lie_on_each_other() {
        let towns: Vec<Town> = (0..60)
            .map(|n| Town {
                name: format!("Cercle {n}"),
                at: (f64::from(n % 8) * 0.7, f64::from(n / 8) * 0.4),
                people: f64::from(n),
            })
            .collect();
        let body = Map { outline: &[], towns: &towns }.draw(340.0, &|_| Default::default()).body;
        let number = |text: &str, key: &str| -> f64 {
            let rest = text.split_once(&format!("{key}=\"")).unwrap().1;
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        let names: Vec<(f64, f64)> = body
            .split("<text ")
            .skip(1)
            .map(|text| (number(text, "x"), number(text, "y")))
            .collect();
        assert!(names.len() > 5);
        for (place, a) in names.iter().enumerate() {
            for b in &names[..place] {
                assert!((a.1 - b.1).abs() >= 9.8 || (a.0 - b.0).abs() >= 40.0, "{a:?} {b:?}");
            }
        }
    }
}
