//! A part of a table that is laid over the whole when its time comes: the `policy` of a timeline
//! entry. It is checked like the whole, but nothing in it is required.

use super::schema::OVERLAY_MARK;
use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::marker::PhantomData;
use toguna_model::json;

/// Some of the keys of `T`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Overlay<T> {
    keys: Map<String, Json>,
    #[serde(skip)]
    over: PhantomData<T>,
}

impl<T> Default for Overlay<T> {
    fn default() -> Self {
        Overlay { keys: Map::new(), over: PhantomData }
    }
}

impl<T> Overlay<T> {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys it names, as they were written.
    #[must_use]
    pub fn keys(&self) -> &Map<String, Json> {
        &self.keys
    }
}

impl<T: Serialize + DeserializeOwned> Overlay<T> {
    /// `whole` with these keys replaced; tables within it merge.
    ///
    /// # Errors
    /// Never after a check, which has tried every key against the schema of `T`.
    pub(crate) fn laid_over(&self, whole: &T) -> Result<T, serde_json::Error> {
        let mut merged = serde_json::to_value(whole)?;
        merge(&mut merged, &Json::Object(self.keys.clone()));
        json::read(merged).map_err(serde_path_to_error::Error::into_inner)
    }
}

fn merge(below: &mut Json, above: &Json) {
    match (below, above) {
        (Json::Object(below), Json::Object(above)) => {
            for (key, value) in above {
                merge(below.entry(key.clone()).or_insert(Json::Null), value);
            }
        }
        (below, above) => *below = above.clone(),
    }
}

impl<T: JsonSchema> JsonSchema for Overlay<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OverlayOf{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> schemars::Schema {
        let whole = generator.subschema_for::<T>();
        json_schema!({ "allOf": [whole], OVERLAY_MARK: true })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Policy;
    use super::*;

    #[test]
    fn an_overlay_changes_only_what_it_names() {
        let overlay: Overlay<Policy> =
            toml::from_str("restraint = 1\n[services]\nhealth = 0.5").unwrap();
        let before = Policy::default();
        let after = overlay.laid_over(&before).unwrap();
        assert_eq!(after.restraint.get(), 1.0);
        assert_eq!(after.military_pressure, before.military_pressure);
        assert_eq!(after.services["health"].get(), 0.5);
        assert_eq!(Overlay::default().laid_over(&before).unwrap(), before);
    }
}
