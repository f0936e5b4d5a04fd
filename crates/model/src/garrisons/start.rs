//! Where the garrisons are when the first week begins.

use super::state::{Garrison, Garrisons};
use crate::words::geography::great_circle;
use crate::words::ids::CommunityId;
use crate::words::purposes;
use crate::world::community::Community;
use toguna_units::narrow;

impl Garrisons {
    /// One in each cercle, in its largest towns.
    #[must_use]
    pub fn new(cercles: &[String], communities: &[Community]) -> Self {
        let garrison = |(cercle, name): (usize, &String)| {
            let within = |(_, place): &(usize, &Community)| usize::from(place.cercle) == cercle;
            let places: Vec<(usize, &Community)> =
                communities.iter().enumerate().filter(within).collect();
            let (_, place) = places.iter().copied().max_by(|(a_id, a), (b_id, b)| {
                let by_size = a.rank.cmp(&b.rank).then(a.residents.total_cmp(&b.residents));
                by_size.then(b_id.cmp(a_id))
            })?;
            Some(Garrison {
                number: purposes::number_of_name(name, 40),
                zone: place.zone,
                places: places.iter().map(|(id, _)| CommunityId(narrow(*id))).collect(),
                km: communities
                    .iter()
                    .map(|other| great_circle(place.point(), other.point()))
                    .collect(),
                nearness: Vec::new(),
                given_up: None,
                withdrawn: 0.0,
            })
        };
        let by_cercle = cercles.iter().enumerate().filter_map(garrison).collect();
        Garrisons { by_cercle, fallen: [0.0; 3], reach: 0.0 }
    }
}
