//! Where in the text of a design something stands, to be underlined.

use super::problem::Place;
use toml::Value;
use toml::de::{DeTable, DeValue};

/// A design as it is written.
pub struct Written<'t> {
    pub(super) text: &'t str,
    pub(super) root: toml::Spanned<DeTable<'t>>,
}

impl<'t> Written<'t> {
    /// # Errors
    /// When the text is not TOML.
    pub fn of(text: &'t str) -> Result<Self, toml::de::Error> {
        Ok(Written { text, root: DeTable::parse(text)? })
    }

    /// The value of a key of the design; nowhere when it has none.
    #[must_use]
    pub fn key(&self, key: &str) -> Place {
        self.value(self.root.get_ref(), key)
    }

    /// An element of a list of the design, else the list.
    #[must_use]
    pub fn element(&self, key: &str, index: usize) -> Place {
        let list = self.root.get_ref().get(key).and_then(|list| list.get_ref().as_array());
        let element = list.and_then(|list| list.get(index));
        element.map_or_else(|| self.key(key), |it| Place::at(self.text, it.span()))
    }

    /// The value of a key of an axis, else of its path.
    #[must_use]
    pub fn axis(&self, axis: usize, key: &str) -> Place {
        let Some((table, _)) = self.axes().into_iter().nth(axis) else { return Place::default() };
        let key = if table.contains_key(key) { key } else { "path" };
        self.value(table, key)
    }

    /// Where an axis lists this value or has it as an end, else its path.
    #[must_use]
    pub fn value_of_axis(&self, axis: usize, value: &Value) -> Place {
        let Some((table, _)) = self.axes().into_iter().nth(axis) else { return Place::default() };
        let listed = table.get("values").and_then(|list| list.get_ref().as_array());
        let ends = ["low", "high"].into_iter().filter_map(|key| table.get(key));
        let mut given = listed.into_iter().flat_map(|list| list.iter()).chain(ends);
        let is_it = |written: &&toml::Spanned<DeValue>| {
            let text = self.text.get(written.span()).unwrap_or_default();
            text.parse::<Value>().is_ok_and(|known| super::axis::same(&known, value))
        };
        let found = given.find(is_it).map(|it| Place::at(self.text, it.span()));
        found.unwrap_or_else(|| self.value(table, "path"))
    }

    /// The tables under `axes` and where each starts.
    pub(super) fn axes(&self) -> Vec<(&DeTable<'t>, usize)> {
        let axes = self.root.get_ref().get("axes").and_then(|axes| axes.get_ref().as_array());
        let tables = axes.into_iter().flat_map(|axes| axes.iter());
        tables.filter_map(|axis| Some((axis.get_ref().as_table()?, axis.span().start))).collect()
    }

    fn value(&self, table: &DeTable<'t>, key: &str) -> Place {
        table.get(key).map_or(Place::default(), |value| Place::at(self.text, value.span()))
    }
}
