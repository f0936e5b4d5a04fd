//! What does setting up cost, what does writing cost, and what does the engine cost beside a plain loop
//! over everybody?

#[path = "../tests/worlds/mod.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod worlds;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::{Duration, Instant};
use toguna::engine::layout::Layout;
use toguna::engine::risk_set::{Book, RiskSet};
use toguna::engine::streams::Streams;
use toguna::experiment::record::RunRecord;
use worlds::{Alike, EVERYTHING, VALLEY};

const MALI: &str = "scenarios/mali/status-quo.toml";

/// Reading and checking, then what each seed costs before its first week.
fn set_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("set-up");
    group.bench_function("read Mali", |bench| {
        bench.iter(|| worlds::prepared(MALI, worlds::AS_IT_IS));
    });
    for (name, path, settings) in [
        ("valley", VALLEY, worlds::AS_IT_IS),
        ("Mali, one adult for ten", MALI, &["people.people_per_agent=10"]),
        ("Mali", MALI, worlds::AS_IT_IS),
    ] {
        let prepared = worlds::prepared(path, settings);
        group.bench_function(BenchmarkId::new("world", name), |bench| {
            bench.iter(|| prepared.world(1, 0));
        });
    }
    group.finish();
}

/// Rows of a run turned into CSV, every table.
fn output(criterion: &mut Criterion) {
    let world = worlds::after(&worlds::prepared(VALLEY, worlds::AS_IT_IS), 1, 52);
    criterion.bench_function("rows of a week, every table", |bench| {
        bench.iter_batched(
            || RunRecord { wanted: EVERYTHING, ..RunRecord::new(0, 0, 1) },
            |mut record| {
                record.observe(&world);
                record
            },
            BatchSize::SmallInput,
        );
    });
}

/// A million people in 700 quarters, one in a hundred attended: a week of the queue and of the
/// reference implementation.
fn engine(criterion: &mut Criterion) {
    let layout = Layout::new(&[1_424; 700]);
    let hazards = vec![2e-5; layout.cells()];
    let (bonds, carried) = (Alike(u32::MAX), Alike::carrying(700, 1e-5));
    let mut group = criterion.benchmark_group("engine, a million people");
    for (name, book) in [("queue", Book::ThresholdQueue), ("plain reference", Book::Reference)] {
        let mut start = RiskSet::new(&layout, Streams::new(1, 0), 1.0, book);
        layout.everybody().step_by(100).for_each(|person| start.attend(person, &bonds));
        group.bench_function(name, |bench| {
            bench.iter_custom(|weeks| {
                let mut risk_set = start.clone();
                let began = Instant::now();
                (0..weeks).for_each(|_| {
                    drop(black_box(risk_set.advance(0, &hazards, &carried, &bonds)));
                });
                began.elapsed()
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3));
    targets = set_up, output, engine
}
criterion_main!(benches);
