//! The text of a design file, read with the place of each mistake.

use super::axis::Axis;
use super::problem::{DesignProblem, Mistake, Place, nearest};
use super::{Design, Kind};
use schemars::JsonSchema;
use toml::de::{DeTable, DeValue};

impl Design {
    /// Reads and checks a design file. The keys of its axes are not compared with any scenario's: see
    /// [`Design::unknown_axes`].
    ///
    /// # Errors
    /// Everything that is wrong with it, in order of place; when its shape is wrong, that first.
    pub fn read(text: &str) -> Result<Design, Vec<Mistake>> {
        let root = DeTable::parse(text).map_err(|error| vec![unreadable(text, None, &error)])?;
        let root = root.get_ref();
        let mut mistakes = unknown_keys::<Design>(text, root);
        let axes = axis_tables(root);
        for (table, _) in &axes {
            mistakes.extend(unknown_keys::<Axis>(text, table));
        }
        mistakes.extend(unknown_kind(text, root));
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| mistake.place);
            return Err(mistakes);
        }
        let mut design = deserialise(text).map_err(|mistake| vec![mistake])?;
        for (axis, (_, start)) in design.axes.iter_mut().zip(axes) {
            axis.set_place(place_at(text, start));
        }
        design.checked_extents().map_err(|mut mistakes| {
            mistakes.iter_mut().for_each(|mistake| locate(text, root, mistake));
            mistakes.sort_by_key(|mistake| mistake.place);
            mistakes
        })?;
        Ok(design)
    }
}

fn deserialise(text: &str) -> Result<Design, Mistake> {
    let document =
        toml::Deserializer::parse(text).map_err(|error| unreadable(text, None, &error))?;
    serde_path_to_error::deserialize(document).map_err(|error| {
        let path = error.path().to_string();
        unreadable(text, (path != ".").then_some(path), error.inner())
    })
}

fn unreadable(text: &str, path: Option<String>, error: &toml::de::Error) -> Mistake {
    let plain = error
        .message()
        .replace("expected u32", "expected a whole number from 0 to 4294967295")
        .replace("expected u64", "expected a whole number, 0 or more");
    let message = path.map_or_else(|| plain.clone(), |path| format!("`{path}`: {plain}"));
    let place = error.span().map(|span| place_at(text, span.start)).unwrap_or_default();
    place.mistake(DesignProblem::Unreadable { message })
}

/// The tables under `axes` and where each starts.
fn axis_tables<'a>(root: &'a DeTable<'a>) -> Vec<(&'a DeTable<'a>, usize)> {
    let axes = root.get("axes").and_then(|axes| axes.get_ref().as_array());
    let tables = axes.into_iter().flat_map(|axes| axes.iter());
    tables.filter_map(|axis| Some((axis.get_ref().as_table()?, axis.span().start))).collect()
}

/// Keys of `table` that `T` does not have; its own list of them is the schema's.
fn unknown_keys<T: JsonSchema>(text: &str, table: &DeTable) -> Vec<Mistake> {
    let schema = schemars::schema_for!(T);
    let properties = schema.get("properties").and_then(serde_json::Value::as_object);
    let known: Vec<String> = properties.into_iter().flat_map(|it| it.keys().cloned()).collect();
    let strangers = table.keys().filter(|key| !known.iter().any(|name| name == key.get_ref()));
    let refuse = |key: &toml::Spanned<toml::de::DeString>| {
        let suggestion = nearest(key.get_ref(), known.iter().map(String::as_str));
        let (key_name, known) = (key.get_ref().to_string(), known.clone());
        let problem = DesignProblem::UnknownKey { key: key_name, suggestion, known };
        place_at(text, key.span().start).mistake(problem)
    };
    strangers.map(refuse).collect()
}

fn unknown_kind(text: &str, root: &DeTable) -> Option<Mistake> {
    let written = root.get("kind")?;
    let found = written.get_ref().as_str()?;
    let names = Kind::ALL.map(Kind::name);
    if names.contains(&found) {
        return None;
    }
    let suggestion = nearest(found, names);
    let (found, known) = (found.to_owned(), names.map(str::to_owned).to_vec());
    let problem = DesignProblem::UnknownKind { found, suggestion, known };
    Some(place_at(text, written.span().start).mistake(problem))
}

/// Gives a mistake about a key of the design the place of that key.
fn locate(text: &str, root: &DeTable, mistake: &mut Mistake) {
    if mistake.place != Place::default() {
        return;
    }
    let key = match &mistake.problem {
        DesignProblem::NoReplicates => "replicates",
        DesignProblem::LuckWithoutFork => "luck",
        DesignProblem::KeyNotForKind { key, .. } | DesignProblem::TooFew { key, .. } => key,
        DesignProblem::OddLevels { .. } => "levels",
        DesignProblem::NotAPowerOfTwo { .. } | DesignProblem::TooManySobolPoints { .. } => "points",
        _ => "kind",
    };
    let value: Option<&toml::Spanned<DeValue>> = root.get(key);
    if let Some(value) = value {
        mistake.place = place_at(text, value.span().start);
    }
}

fn place_at(text: &str, offset: usize) -> Place {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    Place { line, column }
}
