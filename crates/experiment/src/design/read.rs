//! The text of a design file, read with the place of each mistake.

use super::axis::Axis;
use super::problem::{DesignProblem, Mistake, Place, nearest};
use super::written::Written;
use super::{Design, Kind};
use schemars::JsonSchema;
use toml::de::DeTable;

impl Design {
    /// Reads and checks a design file. The keys of its axes are not compared with any scenario's: see
    /// [`Design::unknown_axes`].
    ///
    /// # Errors
    /// Everything that is wrong with it, in order of place. What a table with unknown keys seems to
    /// lack is not told: they may be what it lacks.
    pub fn read(text: &str) -> Result<Design, Vec<Mistake>> {
        let written = Written::of(text).map_err(|error| vec![unreadable(text, None, &error)])?;
        if is_a_scenario(written.root.get_ref()) {
            return Err(vec![Place::default().mistake(DesignProblem::Scenario)]);
        }
        let axes = written.axes();
        let of_design = unknown_keys::<Design>(text, written.root.get_ref());
        let of_axes: Vec<Vec<Mistake>> =
            axes.iter().map(|(table, _)| unknown_keys::<Axis>(text, table)).collect();
        let kind = unknown_kind(&written);
        let mut further = Vec::new();
        let mut read = None;
        if kind.is_none() {
            match deserialise(text) {
                Err(mistake) => {
                    let message = mistake.problem.to_string();
                    let certain = of_design.is_empty() || !message.starts_with(MISSING);
                    further.extend(certain.then_some(*mistake));
                }
                Ok(mut design) => {
                    for (axis, (_, start)) in design.axes.iter_mut().zip(&axes) {
                        axis.set_place(Place::at(text, *start..*start));
                    }
                    further = design.checked_extents().err().unwrap_or_default();
                    let certain = |mistake: &Mistake| {
                        let of_axis = axis_of(text, &axes, mistake);
                        of_axis.map_or(&of_design, |axis| &of_axes[axis]).is_empty()
                    };
                    further.retain(certain);
                    further.iter_mut().for_each(|mistake| locate(&written, &axes, mistake));
                    read = Some(design);
                }
            }
        }
        let mut mistakes: Vec<Mistake> =
            of_design.into_iter().chain(of_axes.into_iter().flatten()).chain(kind).collect();
        mistakes.extend(further);
        mistakes.sort_by_key(|mistake| mistake.place);
        read.filter(|_| mistakes.is_empty()).ok_or(mistakes)
    }
}

/// Whether this is a scenario that was given for a design.
fn is_a_scenario(root: &DeTable) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| root.contains_key(*key));
    !has(&["scenario", "kind", "axes"])
        && has(&["extends", "name", "time", "tables", "policy", "people", "rules", "timeline"])
}

const MISSING: &str = "missing field";

fn deserialise(text: &str) -> Result<Design, Box<Mistake>> {
    let document = toml::Deserializer::parse(text)
        .map_err(|error| Box::new(unreadable(text, None, &error)))?;
    serde_path_to_error::deserialize(document).map_err(|error| {
        let path = error.path().to_string();
        Box::new(unreadable(text, (path != ".").then_some(path), error.inner()))
    })
}

fn unreadable(text: &str, path: Option<String>, error: &toml::de::Error) -> Mistake {
    let plain = error
        .message()
        .replace("expected u32", "expected a whole number from 0 to 4294967295")
        .replace("expected u64", "expected a whole number, 0 or more");
    let message = path.map_or_else(|| plain.clone(), |path| format!("`{path}`: {plain}"));
    let place = match error.span() {
        // Nothing of the file is to blame for what it lacks.
        Some(_) if message.starts_with(MISSING) => Place::at(text, 0..0),
        Some(span) => Place::at(text, span),
        None => Place::default(),
    };
    place.mistake(DesignProblem::Unreadable { message })
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
        Place::at(text, key.span()).mistake(problem)
    };
    strangers.map(refuse).collect()
}

fn unknown_kind(written: &Written) -> Option<Mistake> {
    let found = written.root.get_ref().get("kind")?.get_ref().as_str()?;
    let names = Kind::ALL.map(Kind::name);
    if names.contains(&found) {
        return None;
    }
    let suggestion = nearest(found, names);
    let (found, known) = (found.to_owned(), names.map(str::to_owned).to_vec());
    let problem = DesignProblem::UnknownKind { found, suggestion, known };
    Some(written.key("kind").mistake(problem))
}

/// The axis a mistake was found in, whose start is then its place.
fn axis_of(text: &str, axes: &[(&DeTable, usize)], mistake: &Mistake) -> Option<usize> {
    axes.iter().position(|(_, start)| Place::at(text, *start..*start) == mistake.place)
}

/// Gives a mistake the place of the key it is about.
fn locate(written: &Written, axes: &[(&DeTable, usize)], mistake: &mut Mistake) {
    let key = mistake.problem.key();
    mistake.place = match axis_of(written.text, axes, mistake) {
        Some(axis) => written.axis(axis, key),
        None => written.key(key),
    };
}
