//! How does a week grow with people, with communities, with events? And what does each phase cost?

#[path = "../tests/worlds/mod.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod worlds;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use std::time::{Duration, Instant};
use toguna::model::week::WEEK;
use toguna::model::world::World;
use worlds::random::Seedling;
use worlds::scaled::{MALI, mali_of};

/// Weeks lived on from the same start, without its making.
fn weeks_from(start: &World, weeks: u64) -> Duration {
    let mut world = start.clone();
    let began = Instant::now();
    (0..weeks).for_each(|_| world.advance());
    began.elapsed()
}

fn started(mut world: World, weeks: u32) -> World {
    (0..weeks).for_each(|_| world.advance());
    world
}

/// People × k with hazards ÷ k: the time of a week should stay.
fn by_people(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("week by million adults");
    let mut per_week = Vec::new();
    for millions in [0.1, 1.0, MALI] {
        let start = started(mali_of(millions).world(1, 0), 26);
        per_week.push((millions, weeks_from(&start, 26).min(weeks_from(&start, 26))));
        group.bench_with_input(BenchmarkId::from_parameter(millions), &start, |bench, start| {
            bench.iter_custom(|weeks| weeks_from(start, weeks));
        });
    }
    group.finish();
    let least = per_week[0].1.as_secs_f64();
    for (millions, time) in per_week {
        println!("{millions} million: {:.2} times the smallest", time.as_secs_f64() / least);
    }
}

/// One million residents in more and more communities, the same commands.
fn by_communities(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("week by communities");
    for communities in [50_u32, 200, 800, 3_200] {
        let seedling = Seedling {
            residents: vec![1_000_000 / communities; communities as usize],
            kinds: vec![0, 1, 2],
            commands: vec![30; 20],
            constituencies: 3,
            soldiers: 2_000,
            hostility: 1.0,
            violence: 1.0,
            joining: 1.0,
            per_agent: 1,
            shape: 1.0,
            seed: 1,
        };
        let start = started(seedling.prepared(&[]).world(1, 0), 4);
        group.bench_with_input(BenchmarkId::from_parameter(communities), &start, |bench, start| {
            bench.iter_custom(|weeks| weeks_from(start, weeks));
        });
    }
    group.finish();
}

/// Mali with one adult for ten and more and more violence.
fn by_events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("week by scale of violence");
    for scale in ["0.0", "1.0", "4.0", "16.0"] {
        let settings = ["people.people_per_agent=10", &format!("rules.violence.scale={scale}")];
        let mali = worlds::prepared("scenarios/mali/status-quo.toml", &settings);
        let start = started(mali.world(1, 0), 4);
        group.bench_with_input(BenchmarkId::from_parameter(scale), &start, |bench, start| {
            bench.iter_custom(|weeks| weeks_from(start, weeks));
        });
    }
    group.finish();
}

/// Mali with every adult, and the same with mechanisms left out: what do these cost? Where they act, the
/// worlds also differ in what happens in them.
fn by_mechanisms(criterion: &mut Criterion) {
    const WITHOUT: [(&str, &[&str]); 4] = [
        ("nothing", &[]),
        ("pacts and talks", &["pacts", "talks"]),
        ("flight", &["displacement"]),
        (
            "pacts, talks, flight, disputes, partners, aid, politics",
            &[
                "pacts",
                "talks",
                "displacement",
                "disputes",
                "partners",
                "humanitarian_aid",
                "legitimacy_change",
                "opinion_change",
                "protest",
                "elections",
                "coups",
            ],
        ),
    ];
    let mut group = criterion.benchmark_group("week without");
    let mut starts = Vec::new();
    for (name, switches) in WITHOUT {
        let off = |switch: &&str| format!("mechanisms.{switch}=false");
        let settings: Vec<String> = switches.iter().map(off).collect();
        let mali = worlds::prepared("scenarios/mali/status-quo.toml", &settings);
        let start = started(mali.world(1, 0), 104);
        group.bench_with_input(BenchmarkId::from_parameter(name), &start, |bench, start| {
            bench.iter_custom(|weeks| weeks_from(start, weeks));
        });
        starts.push((name, start));
    }
    group.finish();
    // In turn, so that a machine that changes its pace does so for all.
    let mut least = [Duration::MAX; WITHOUT.len()];
    for _ in 0..3 {
        for ((_, start), least) in starts.iter().zip(&mut least) {
            *least = weeks_from(start, 52).min(*least);
        }
    }
    for ((name, _), time) in starts.iter().zip(least) {
        let times = least[0].as_secs_f64() / time.as_secs_f64();
        println!("a year without {name}: {time:.2?}; with everything {times:.2} times that");
    }
}

/// Every phase of the list, in the week after a year.
fn by_phase(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("phase");
    let mali = worlds::prepared("scenarios/mali/status-quo.toml", &["people.people_per_agent=10"]);
    let mut start = started(mali.world(1, 0), 52);
    for phase in WEEK {
        group.bench_function(phase.name, |bench| {
            bench.iter_batched_ref(
                || start.clone(),
                |world| (phase.run)(world),
                BatchSize::PerIteration,
            );
        });
        (phase.run)(&mut start);
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3));
    targets = by_people, by_communities, by_events, by_mechanisms, by_phase
}
criterion_main!(benches);
