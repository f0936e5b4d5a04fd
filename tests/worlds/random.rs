//! Small worlds made at random, in memory.

use super::prepared_from;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::source::InMemory;

/// What a random world is made from; few numbers, so that a failure shrinks to a world one can read.
#[derive(Clone, Debug)]
pub struct Seedling {
    /// Residents of each community, 1 to 8 of them, in a ring.
    pub residents: Vec<u32>,
    /// Kind of each group: 0 jihadist, 1 separatist, 2 self-defence.
    pub kinds: Vec<u8>,
    /// Fighters of each command; commands go round groups and communities.
    pub commands: Vec<u32>,
    pub constituencies: usize,
    /// Soldiers of each zone.
    pub soldiers: u32,
    pub hostility: f64,
    pub violence: f64,
    pub joining: f64,
    pub per_agent: u32,
    pub shape: f64,
    pub seed: u64,
}

/// Any small world.
pub fn seedlings() -> impl Strategy<Value = Seedling> {
    (
        proptest::collection::vec(40u32..4_000, 1..8),
        proptest::collection::vec(0u8..3, 1..4),
        proptest::collection::vec(0u32..40, 1..6),
        1usize..4,
        0u32..300,
        0.0..1.0,
        0.0..20.0,
        0.0..300.0,
        (prop_oneof![4 => Just(1u32), 1 => Just(3)], prop_oneof![Just(1.0), Just(0.4), Just(3.0)]),
        0u64..1_000_000,
    )
        .prop_map(|world| {
            let (residents, kinds, commands, constituencies, soldiers, ..) = world.clone();
            let (.., hostility, violence, joining, (per_agent, shape), seed) = world;
            Seedling {
                residents,
                kinds,
                commands,
                constituencies,
                soldiers,
                hostility,
                violence,
                joining,
                per_agent,
                shape,
                seed,
            }
        })
}

impl Seedling {
    /// The world's scenario and tables, with further settings laid over it.
    pub fn prepared(&self, settings: &[&str]) -> PreparedScenario {
        prepared_from(&self.files(), Path::new("world.toml"), settings)
    }

    /// Its files, of which `world.toml` is the scenario.
    pub fn files(&self) -> InMemory {
        InMemory::default()
            .with("world.toml", self.scenario())
            .with("communities.csv", self.communities())
            .with("neighbours.csv", self.neighbours())
            .with("constituents.csv", self.constituents())
            .with("places.csv", self.places())
            .with("commands.csv", self.commands())
            .with("army.csv", self.army())
            .with("hostility.csv", self.hostility())
    }

    fn scenario(&self) -> String {
        let mut text = String::from(
            "name = \"random\"\ntime = { start = \"2020-01-06\", end = \"2022-01-02\" }\n\n[tables]\n",
        );
        for table in
            ["communities", "neighbours", "constituents", "places", "commands", "army", "hostility"]
        {
            writeln!(text, "{table} = \"{table}.csv\"").unwrap();
        }
        let Seedling { violence, joining, per_agent, shape, .. } = self;
        write!(
            text,
            "\n[people]\npeople_per_agent = {per_agent}\nfrailty_shape = {shape:?}\n\n\
             [rules.violence]\nscale = {violence:?}\n\n[rules.recruitment]\nscale = {joining:?}\n"
        )
        .unwrap();
        for constituency in 0..self.constituencies {
            write!(text, "\n[constituencies.people_{constituency}]\nvoice = 0.3\n").unwrap();
        }
        for (group, kind) in self.kinds.iter().enumerate() {
            let kind = ["jihadist", "separatist", "self_defence"][usize::from(*kind)];
            write!(
                text,
                "\n[groups.band_{group}]\nkind = \"{kind}\"\nideological = 0.5\nrigidity = 0.5\n\
                 opposes_school = {}\nrevenue_per_fighter = 1.0\naffinity = {{ people_0 = 0.6 }}\n",
                group == 0
            )
            .unwrap();
        }
        text
    }

    fn communities(&self) -> String {
        let mut text =
            "community,cercle,region,zone,latitude,longitude,residents,rank\n".to_owned();
        for (id, residents) in self.residents.iter().enumerate() {
            let zone = ["north", "centre", "south"][id % 3];
            let rank = ["town", "village", "village"][id % 3];
            writeln!(text, "place_{id},cercle_{id},all,{zone},14.{id},-3.{id},{residents},{rank}")
                .unwrap();
        }
        text
    }

    fn neighbours(&self) -> String {
        let mut text = "community,neighbour,km\n".to_owned();
        let count = self.residents.len();
        // A ring of two would name its only way twice.
        for id in 0..if count > 2 { count } else { count - 1 } {
            writeln!(text, "place_{id},place_{},{}", (id + 1) % count, 10 + id).unwrap();
        }
        text
    }

    fn constituents(&self) -> String {
        let mut text = "community,constituency,share\n".to_owned();
        for id in 0..self.residents.len() {
            for constituency in 0..self.constituencies {
                let share = 1.0 / self.constituencies as f64;
                writeln!(text, "place_{id},people_{constituency},{share:.10}").unwrap();
            }
        }
        text
    }

    fn places(&self) -> String {
        let mut text = "cercle,state_control,health,schooling,justice,water,closed_schools,income,\
                        market_access,displaced_hosted\n"
            .to_owned();
        for id in 0..self.residents.len() {
            let held = 0.2 + 0.1 * (id % 7) as f64;
            writeln!(text, "cercle_{id},{held:.1},0.3,0.4,0.2,0.3,0.1,0.8,0.6,0").unwrap();
        }
        text
    }

    fn commands(&self) -> String {
        let mut text = "command,group,katiba,cercle,fighters\n".to_owned();
        for (id, fighters) in self.commands.iter().enumerate() {
            let (group, cercle) = (id % self.kinds.len(), (2 * id) % self.residents.len());
            writeln!(text, "command_{id},band_{group},katiba,cercle_{cercle},{fighters}").unwrap();
        }
        text
    }

    fn army(&self) -> String {
        let of = |zone| format!("{zone},{}\n", self.soldiers);
        format!("zone,soldiers\n{}{}{}", of("north"), of("centre"), of("south"))
    }

    fn hostility(&self) -> String {
        let mut text = "a,b,from,hostility\n".to_owned();
        for group in 0..self.kinds.len() {
            writeln!(text, "state,band_{group},2020-01-06,{:?}", self.hostility).unwrap();
            for other in group + 1..self.kinds.len() {
                writeln!(text, "band_{group},band_{other},2020-06-01,{:?}", self.hostility)
                    .unwrap();
            }
        }
        text
    }
}
