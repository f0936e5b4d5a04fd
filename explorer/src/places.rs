//! Cercles month by month, each at its town; of a small made-up world, which has no cercles to speak of, the
//! places themselves. Made-up places of a real country are never shown one by one.

use serde::Serialize;
use toguna_model::outcomes::PLACE_OUTCOMES;
use toguna_model::words::geography::Rank;
use toguna_model::world::World;
use toguna_model::world::community::Community;

/// A world of no more places than this is made up, and shown place by place.
const SMALL: usize = 40;

/// What stands for a circle of the map.
#[derive(Clone, Debug, Serialize)]
pub struct Town {
    pub name: String,
    /// Degrees east and north.
    pub at: (f64, f64),
    pub people: f64,
}

/// The month that ends with a week, one number for each town.
#[derive(Debug, Default, Serialize)]
pub struct Month {
    /// Per cent of residents' control that the state holds.
    control: Vec<f64>,
    /// Who holds most, by number: the state, then the groups.
    holder: Vec<usize>,
    deaths: Vec<f64>,
    recruits: Vec<f64>,
    displaced: Vec<f64>,
    /// Per cent of residents under a local pact.
    pacts: Vec<f64>,
}

/// Which community belongs to which town.
pub struct Places {
    towns: Vec<Town>,
    town_of: Vec<usize>,
}

impl Places {
    pub fn of(world: &World) -> Places {
        let communities = &world.communities;
        if communities.len() <= SMALL {
            let town = |it: &Community| Town {
                name: it.name.clone(),
                at: (it.longitude, it.latitude),
                people: it.residents,
            };
            return Places {
                towns: communities.iter().map(town).collect(),
                town_of: (0..communities.len()).collect(),
            };
        }
        let town_of: Vec<usize> = communities.iter().map(|it| usize::from(it.cercle)).collect();
        let town = |(number, name): (usize, &String)| {
            let own = || communities.iter().filter(|it| usize::from(it.cercle) == number);
            let rank = |it: &&Community| (it.rank != Rank::Village, it.residents);
            let seat = own().max_by(|a, b| {
                let (a, b) = (rank(a), rank(b));
                a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
            });
            Town {
                name: name.clone(),
                at: seat.map_or((0.0, 0.0), |it| (it.longitude, it.latitude)),
                people: own().map(|it| it.residents).sum(),
            }
        };
        Places { towns: world.cercles.iter().enumerate().map(town).collect(), town_of }
    }

    /// Whether each town is one place of a made-up world.
    pub fn made_up(&self) -> bool {
        self.town_of.len() <= SMALL
    }

    pub fn towns(&self) -> Vec<Town> {
        self.towns.clone()
    }

    /// None but in the last week of a month.
    pub fn month(&self, world: &World) -> Option<Month> {
        let measured = &world.observed.places;
        if measured.is_empty() {
            return None;
        }
        let column = |name: &str| {
            let place = PLACE_OUTCOMES.iter().position(|outcome| outcome.name == name);
            place.unwrap_or_else(|| unreachable!("{name} is measured for places"))
        };
        let towns = self.towns.len();
        let sums = |name: &str| {
            let column = column(name);
            let mut sums = vec![0.0; towns];
            for (town, row) in self.town_of.iter().zip(measured) {
                sums[*town] += row[column];
            }
            sums
        };
        let mut residents = vec![0.0; towns];
        let mut control = vec![vec![0.0; world.sides()]; towns];
        let mut pacts = vec![0.0; towns];
        let under_pact = column("under_pact");
        for ((place, row), town) in world.communities.iter().zip(measured).zip(&self.town_of) {
            residents[*town] += place.residents;
            pacts[*town] += place.residents * row[under_pact];
            for (sum, share) in control[*town].iter_mut().zip(&place.control) {
                *sum += place.residents * share;
            }
        }
        let per_cent = |sum: f64, town: usize| 100.0 * sum / residents[town].max(1.0);
        // Of equal shares the side that stands first.
        let most = |shares: &Vec<f64>| {
            (0..shares.len()).fold(0, |best, it| if shares[it] > shares[best] { it } else { best })
        };
        Some(Month {
            holder: control.iter().map(most).collect(),
            control: control.iter().enumerate().map(|(town, it)| per_cent(it[0], town)).collect(),
            deaths: sums("deaths"),
            recruits: sums("recruits"),
            displaced: sums("displaced_hosted"),
            pacts: pacts.iter().enumerate().map(|(town, sum)| per_cent(*sum, town)).collect(),
        })
    }
}
