//! Armed groups' people in one place.

use crate::words::ids::{CommandId, CommunityId, Side};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::ops::Deref;

/// A command's people in one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Whose people they are.
    pub command: CommandId,
    /// The command's group, kept here because it is asked for often.
    pub side: Side,
    /// Fighters in sight, persons; a share of a band may be here.
    pub fighters: f64,
    /// Fighters who have gone to ground, persons.
    pub hidden: f64,
}

impl Band {
    /// All its people here, persons.
    #[must_use]
    pub fn people(&self) -> f64 {
        self.fighters + self.hidden
    }
}

/// Fighters of a command by place.
pub type Spread = SmallVec<[(CommunityId, f64); 8]>;

/// All bands in one place, in order of command.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Band>", into = "Vec<Band>")]
pub struct Bands {
    list: Vec<Band>,
    /// Their fighters by side, up to the last that has any; bands are many, and this is asked for often.
    strength: SmallVec<[f64; 8]>,
    /// Those who have gone to ground, in the same way.
    hidden: SmallVec<[f64; 8]>,
}

impl Bands {
    /// Fighters of an armed group here who are in sight.
    #[must_use]
    pub fn strength(&self, side: Side) -> f64 {
        self.strength.get(side.index()).copied().unwrap_or(0.0)
    }

    /// Its fighters here who have gone to ground.
    #[must_use]
    pub fn hidden(&self, side: Side) -> f64 {
        self.hidden.get(side.index()).copied().unwrap_or(0.0)
    }

    /// Adds a band; bands come in order of command.
    pub fn push(&mut self, band: Band) {
        let side = band.side.index();
        if self.strength.len() <= side {
            self.strength.resize(side + 1, 0.0);
            self.hidden.resize(side + 1, 0.0);
        }
        self.strength[side] += band.fighters;
        self.hidden[side] += band.hidden;
        self.list.push(band);
    }

    /// Nobody is here any more.
    pub fn clear(&mut self) {
        self.list.clear();
        self.strength.clear();
        self.hidden.clear();
    }
}

impl Deref for Bands {
    type Target = [Band];

    fn deref(&self) -> &[Band] {
        &self.list
    }
}

impl<'b> IntoIterator for &'b Bands {
    type Item = &'b Band;
    type IntoIter = std::slice::Iter<'b, Band>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl From<Vec<Band>> for Bands {
    fn from(list: Vec<Band>) -> Self {
        let mut bands = Bands::default();
        list.into_iter().for_each(|band| bands.push(band));
        bands
    }
}

impl From<Bands> for Vec<Band> {
    fn from(bands: Bands) -> Self {
        bands.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_is_what_the_bands_of_a_side_have_together() {
        let band = |side, fighters| {
            let (command, side) = (CommandId(0), Side(side));
            Band { command, side, fighters, hidden: 10.0 * fighters }
        };
        let mut bands = Bands::from(vec![band(1, 2.5), band(3, 4.0), band(1, 0.5)]);
        assert_eq!(bands.strength(Side(1)), 3.0);
        assert_eq!((bands.hidden(Side(1)), bands.hidden(Side(3))), (30.0, 40.0));
        assert_eq!((bands.strength(Side(2)), bands.strength(Side(9))), (0.0, 0.0));
        bands.clear();
        bands.push(band(2, 1.0));
        assert_eq!((bands.strength(Side(1)), bands.strength(Side(2))), (0.0, 1.0));
    }
}
