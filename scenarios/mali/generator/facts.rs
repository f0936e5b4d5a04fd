//! The fact tables the world is made from: cercles, who borders whom, who lives from what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::outline::Outline;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One row of `cercles.csv`: an administrative district as it stood before 2016.
#[derive(Debug, Clone, Deserialize)]
pub struct Cercle {
    pub cercle: String,
    pub region: String,
    pub population_2020: u64,
    pub area_km2: f64,
    pub town_latitude: f64,
    pub town_longitude: f64,
    pub centroid_latitude: f64,
    pub centroid_longitude: f64,
}

/// The three parts of the country that the army and the reports speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    North,
    Centre,
    South,
}

impl Zone {
    pub fn name(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::Centre => "centre",
            Self::South => "south",
        }
    }
}

impl Cercle {
    pub fn zone(&self) -> Zone {
        match self.region.as_str() {
            "Kidal" | "Gao" | "Tombouctou" => Zone::North,
            "Mopti" | "Segou" => Zone::Centre,
            _ => Zone::South,
        }
    }

    /// The capital, a district of its own and a single city.
    pub fn is_capital(&self) -> bool {
        self.cercle == "Bamako"
    }

    /// Whether its town is the seat of its region, which then bears the same name.
    pub fn holds_regional_capital(&self) -> bool {
        self.cercle == self.region
    }
}

/// One row of `livelihoods.csv`: the share of a cercle's rural residents in a constituency.
#[derive(Debug, Clone, Deserialize)]
struct LivelihoodRow {
    cercle: String,
    constituency: String,
    share: f64,
}

#[derive(Debug, Deserialize)]
struct BorderRow {
    cercle: String,
    neighbour: String,
}

/// What the generator knows of Mali.
pub struct Facts {
    pub cercles: Vec<Cercle>,
    /// Pairs of indices into `cercles`, both ways round.
    borders: BTreeSet<(usize, usize)>,
    /// By cercle: constituency and share of the rural residents, in the order of the table.
    pub livelihoods: Vec<Vec<(String, f64)>>,
    /// The border of the country.
    pub outline: Outline,
}

/// Why the fact tables cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    #[error("{}: {source}", path.display())]
    Unreadable { path: PathBuf, source: csv::Error },
    #[error("{}: {found:?} is no cercle of cercles.csv", path.display())]
    UnknownCercle { path: PathBuf, found: String },
    #[error("{}: shares of {cercle} sum to {sum}, not to 1", path.display())]
    SharesDoNotSum { path: PathBuf, cercle: String, sum: f64 },
}

impl Facts {
    /// # Errors
    /// If a table is missing or malformed, names an unknown cercle, or a cercle's livelihood shares
    /// do not sum to 1.
    pub fn read(folder: &Path) -> Result<Self, FactsError> {
        let cercles: Vec<Cercle> = rows(&folder.join("cercles.csv"))?;
        let index: BTreeMap<&str, usize> =
            cercles.iter().enumerate().map(|(i, cercle)| (cercle.cercle.as_str(), i)).collect();
        let find = |path: &Path, name: &str| {
            index.get(name).copied().ok_or_else(|| FactsError::UnknownCercle {
                path: path.to_owned(),
                found: name.to_owned(),
            })
        };

        let path = folder.join("adjacency.csv");
        let mut borders = BTreeSet::new();
        for row in rows::<BorderRow>(&path)? {
            let (a, b) = (find(&path, &row.cercle)?, find(&path, &row.neighbour)?);
            borders.extend([(a, b), (b, a)]);
        }

        let path = folder.join("livelihoods.csv");
        let mut livelihoods = vec![Vec::new(); cercles.len()];
        for row in rows::<LivelihoodRow>(&path)? {
            livelihoods[find(&path, &row.cercle)?].push((row.constituency, row.share));
        }
        for (cercle, shares) in cercles.iter().zip(&livelihoods) {
            let sum: f64 = shares.iter().map(|(_, share)| share).sum();
            if (sum - 1.0).abs() > 1e-9 {
                let cercle = cercle.cercle.clone();
                return Err(FactsError::SharesDoNotSum { path, cercle, sum });
            }
        }
        let outline = Outline(rows(&folder.join("outline.csv"))?);
        Ok(Self { cercles, borders, livelihoods, outline })
    }

    /// Whether two cercles, by index, are the same or share a border.
    pub fn within_reach(&self, a: usize, b: usize) -> bool {
        a == b || self.borders.contains(&(a, b))
    }
}

fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, FactsError> {
    let unreadable = |source| FactsError::Unreadable { path: path.to_owned(), source };
    let mut reader = csv::Reader::from_path(path).map_err(unreadable)?;
    reader.deserialize().collect::<Result<_, _>>().map_err(unreadable)
}
