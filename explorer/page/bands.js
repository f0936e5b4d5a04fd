// Both policies again under other random numbers, in as many workers as the computer has cores.

class Bands {
  constructor(module, play) {
    this.module = module;
    this.play = play;
    this.threads = [];
  }

  get running() {
    return this.threads.length > 0;
  }

  stop() {
    for (const thread of this.threads) thread.end();
    this.threads = [];
  }

  /** `replicates` runs of each policy up to this week, the one on the page among them. */
  async run(replicates, progress) {
    const { week, plan } = this.play;
    const arms = this.play.arms.map((arm) => [arm.weeks.map((it) => it.outcomes)]);
    // What a report needs of each run but that on the page.
    const told = [[], []];
    const work = [];
    for (let replicate = 1; replicate < replicates; replicate += 1) work.push([0, replicate], [1, replicate]);
    let done = 0;
    const one = async (thread, [arm, replicate]) => {
      await thread.ask({ ask: 'open', forward: true, ...Play.opening(plan, arm, replicate) });
      const turns = arm === 1 ? plan.turns.filter((it) => it.week < week) : [];
      const run = [];
      while (run.length < week) {
        for (const turn of turns.filter((it) => it.week === run.length)) await thread.ask({ ask: 'turn', setting: turn.setting });
        const next = Math.min(week, run.length + 26, ...turns.map((it) => it.week).filter((it) => it > run.length));
        const { weeks } = await thread.step(next - run.length, false);
        run.push(...weeks.map((it) => it.outcomes));
      }
      told[arm][replicate - 1] = (await thread.ask({ ask: 'told' })).ending;
      arms[arm][replicate] = run;
      done += 1;
      progress(done / 2, replicates - 1);
    };
    this.threads = Array.from({ length: Math.min(navigator.hardwareConcurrency || 2, 8, work.length) }, () => new Thread(this.module));
    const { threads } = this;
    const each = async (thread) => {
      while (work.length && this.threads === threads) await one(thread, work.shift());
    };
    try {
      await Promise.all(threads.map(each));
    } finally {
      if (this.threads === threads) this.stop();
      for (const thread of threads) thread.end();
    }
    return { week, arms, told };
  }
}
