// Two policies under the same random numbers, in step.

/** One policy: a world in a thread, and what it has shown so far. */
class Arm {
  constructor(module) {
    this.thread = new Thread(module);
    this.begun = null;
    this.weeks = [];
    this.months = [];
    this.levers = new Map();
  }

  async open(asked) {
    this.begun = await this.thread.ask({ ask: 'open', ...asked });
    this.weeks = [];
    this.months = [];
    this.started = new Map(this.begun.levers.map(({ path, value }) => [path, value]));
    this.levers = new Map(this.started);
  }

  /** Runs to a week; false when the scenario ended before. */
  async reach(week) {
    const left = week - this.weeks.length;
    if (left <= 0) return;
    const { weeks, memory } = await this.thread.step(left, language.french);
    this.memory = memory;
    for (const one of weeks) {
      this.weeks.push(one);
      if (one.month) this.months.push({ week: one.week, date: one.date, ...one.month });
      for (const { path, value } of one.levers ?? []) this.levers.set(path, value);
      delete one.levers;
      delete one.month;
    }
  }

  /** Goes back to the last week that its thread has kept and is no later; the week it stands at, or −1. */
  async back(week) {
    const kept = await this.thread.ask({ ask: 'back', week });
    if (!kept) return -1;
    const { week: at, levers } = kept;
    this.weeks.length = at;
    this.months = this.months.filter((month) => month.week < at);
    for (const { path, value } of levers) this.levers.set(path, value);
    return at;
  }

  async turn(setting) {
    await this.thread.ask({ ask: 'turn', setting });
    for (const { path, value } of await this.thread.ask({ ask: 'levers' })) this.levers.set(path, value);
  }

  /** An outcome week by week. */
  course(outcome) {
    return this.weeks.map((week) => week.outcomes[outcome]);
  }

  /** The last month that ends with a week or before it. */
  month(week) {
    return this.months.findLast((month) => month.week <= week);
  }
}

/** What is played: which scenarios, with what set, and what was turned when. */
class Play {
  constructor(module) {
    this.arms = [new Arm(module), new Arm(module)];
    this.plan = null;
  }

  get week() {
    return this.arms[0].weeks.length;
  }

  get length() {
    return this.arms[0].begun?.weeks ?? 0;
  }

  get over() {
    return this.week >= this.length;
  }

  /** The question that opens a policy, 0 or 1, under a replicate. */
  static opening(plan, arm, replicate = 0) {
    const own = arm === 1 ? plan.own : plan.first;
    const scale = plan.scale ? [`people.people_per_agent=${plan.scale}`] : [];
    const path = arm === 1 && plan.other ? plan.other : plan.path;
    const seed = arm === 1 && plan.otherNumbers ? plan.seed + 1000 : plan.seed;
    return { path, files: plan.files, settings: [...scale, ...own], seed, replicate };
  }

  /** Begins anew; both worlds stand before their first week. */
  async begin(plan) {
    await Promise.all(this.arms.map((arm, number) => arm.open(Play.opening(plan, number))));
    const [a, b] = this.arms.map((arm) => arm.begun);
    if (a.start !== b.start || a.weeks !== b.weeks || a.places.length !== b.places.length) {
      throw new Error(say('unlike'));
    }
    this.plan = { ...plan, turns: plan.turns.map(({ week, setting }) => ({ week, setting })) };
    await this.turnDue();
  }

  /** Turns what is to be turned before the coming week. */
  async turnDue() {
    for (const turn of this.plan.turns.filter((it) => !it.done && it.week === this.week)) {
      await this.arms[1].turn(turn.setting);
      turn.done = true;
    }
  }

  /** Runs both to a week, stopping where a lever is to be turned. */
  async reach(week) {
    const target = Math.min(week, this.length);
    while (this.week < target) {
      const due = this.plan.turns.filter((it) => !it.done && it.week > this.week).map((it) => it.week);
      const next = Math.min(target, ...due);
      await Promise.all(this.arms.map((arm) => arm.reach(next)));
      await this.turnDue();
    }
  }

  /** Turns a lever of the second policy from the coming week on. */
  async turn(setting) {
    await this.arms[1].turn(setting);
    const path = setting.split('=')[0];
    const same = (it) => it.week === this.week && it.setting.split('=')[0] === path;
    // What was turned twice before one week is turned once; the last counts.
    this.plan.turns = this.plan.turns.filter((it) => !same(it));
    this.plan.turns.push({ week: this.week, setting, done: true });
  }

  /** Goes back to a kept week that is no later, with what was turned before the week that is wanted; from there
      it has to be reached again. */
  async back(week) {
    let at = week;
    for (let weeks = []; at >= 0 && (!weeks.length || weeks.some((it) => it !== at));) {
      weeks = await Promise.all(this.arms.map((arm) => arm.back(at)));
      at = Math.min(...weeks);
    }
    const turns = this.plan.turns.filter((it) => it.week < week);
    // Of a world that is too large to keep, all is run again.
    if (at < 0) {
      await this.begin({ ...this.plan, turns });
      return;
    }
    this.plan.turns = turns.map((it) => ({ ...it, done: it.week < at }));
    await this.turnDue();
  }

  /** The week from which the two may differ; none while nothing differs. */
  get parted() {
    const { other, own, first, otherNumbers, turns, path } = this.plan;
    if ((other && other !== path) || String(own) !== String(first) || otherNumbers) return 0;
    return turns.length ? Math.min(...turns.map((it) => it.week)) : null;
  }

  /** The first day of a week, or so many days from it. */
  dateOf(week, days = 0) {
    const day = new Date(`${this.arms[0].begun.start}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + 7 * week + days);
    return day.toISOString().slice(0, 10);
  }
}
