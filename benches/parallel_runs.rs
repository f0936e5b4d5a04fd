//! How much of a second core do many runs use? Prints the time of the same runs on one thread and on
//! several, and the efficiency: time on one / (threads · time on several). Needs a quiet machine.
//!
//!     cargo bench --bench parallel_runs

use std::path::Path;
use std::time::Instant;
use toguna::experiment::ending::Ending;
use toguna::experiment::in_order::in_order;
use toguna::experiment::replicate::{Interrupt, Stopped, run_weeks};
use toguna::scenario::checked::read;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::source::Disk;

const RUNS: usize = 16;

fn main() {
    let mali = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali/status-quo.toml");
    let settings = ["people.people_per_agent=10", "time.end=\"2025-12-31\""].map(str::to_owned);
    let prepared =
        PreparedScenario::new(read(&Disk, &mali, &settings).expect("the scenario is committed"));
    let interrupt = Interrupt::new();
    let work = |run: usize| -> Result<Vec<f64>, Stopped> {
        let mut ending = Ending::default();
        let world = prepared.world(1, run as u64);
        run_weeks(world, prepared.weeks(), &interrupt, &mut |world| ending.observe(world))?;
        Ok(ending.end)
    };
    let time = |threads: usize| {
        let clock = Instant::now();
        let made = in_order(RUNS, threads, work, |_, _| Ok(()));
        made.expect("nobody interrupts");
        clock.elapsed().as_secs_f64()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let alone = time(1);
    println!("{RUNS} runs on 1 thread: {alone:.2} s");
    for threads in (2..=cores).take_while(|threads| *threads <= RUNS) {
        let together = time(threads);
        let efficiency = alone / (threads as f64 * together);
        println!("{RUNS} runs on {threads} threads: {together:.2} s, efficiency {efficiency:.2}");
    }
}
