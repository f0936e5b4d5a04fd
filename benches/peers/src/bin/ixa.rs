//! ixa: people are entities, a plan a week goes over all of them.

use ixa::prelude::*;
use peers::{OF_COMMUNITY, chance, measured, signal, smoothed};

define_entity!(Someone);
define_property!(struct Community(u32), Someone);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Grievance(f64);
impl_property!(Grievance, Someone, default_const = Grievance(0.0), persist = false);
define_property!(struct Joined(bool), Someone, default_const = Joined(false));
define_rng!(Joining);

fn main() {
    measured(
        |people, seed| {
            let mut context = Context::new();
            context.init_random(seed);
            for person in 0..people {
                let community = Community((person / OF_COMMUNITY) as u32);
                context.add_entity(with!(Someone, community)).expect("somebody is added");
            }
            context
        },
        |context, week| {
            context.add_plan(week as f64, move |context| {
                for person in context.get_entity_iterator::<Someone>() {
                    let Community(community) = context.get_property(person);
                    let Grievance(before) = context.get_property(person);
                    let grievance = smoothed(before, signal(community as usize, week));
                    context.set_property(person, Grievance(grievance));
                    let draw: f64 = context.sample_range(Joining, 0.0..1.0);
                    let Joined(already) = context.get_property(person);
                    if !already && draw < chance(grievance) {
                        context.set_property(person, Joined(true));
                    }
                }
            });
            context.execute();
        },
        |context| context.query_entity_count(with!(Someone, Joined(true))),
    );
}
