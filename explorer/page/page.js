// The page: what is chosen, run, looked at and kept.

const by = (id) => document.getElementById(id);
/** The whole number in a field; none where something else stands in it. */
const whole = (field) => (field.value !== '' && field.checkValidity() ? Number(field.value) : undefined);
const SPEEDS = [0, 1, 4, 12];
const SCALES = [10, 50, 1, 0];
/** A country takes one adult for so many where nothing else is asked. */
const DEFAULT_SCALE = 10;

const page = {
  machine: null,
  module: null,
  play: null,
  pictures: null,
  levers: null,
  bands: null,
  catalogue: null,
  /** The catalogue by language, as far as it was asked for. */
  said: {},
  running: false,
  busy: false,
  /** Week that is looked at. */
  view: 0,
  files: [],

  async start() {
    wire();
    language.choose(navigator.language.startsWith('fr'));
    by('state').textContent = say('loading');
    if (!('DecompressionStream' in window) || !('WebAssembly' in window)) {
      page.wrong(new Error(say('too_old')));
      return;
    }
    try {
      page.module = await unpacked();
      page.machine = await Machine.of(page.module);
    } catch (error) {
      page.wrong(new Error(`${say('too_old')}\n${error.message}`));
      return;
    }
    page.play = new Play(page.module);
    page.pictures = new Pictures(page.machine, page.play);
    page.bands = new Bands(page.module, page.play);
    page.levers = new Levers(by('levers'), page.turn);
    const linked = planOf(location.hash);
    const french = linked ? linked.french : language.french;
    page.said[french ? 'fr' : 'en'] = page.machine.ask({ ask: 'catalogue', french });
    await page.speak(french);
    await page.begin(linked?.plan ?? page.fresh('toguna:/lessons/unbending-valley.toml'), linked?.week ?? 0);
    document.documentElement.dataset.ready = Math.round(performance.now());
  },

  /** The lesson that a scenario belongs to; most belong to none. */
  lesson(path) {
    return page.catalogue.lessons.lessons.find((it) => path === `toguna:/lessons/${it.scenario}.toml`);
  },

  /** A plan for a scenario as it is. */
  fresh(path) {
    const small = path.startsWith('toguna:/lessons/');
    const opened = !path.startsWith('toguna:/');
    // What the lesson compares with.
    const first = page.lesson(path)?.arms[0].set ?? [];
    return { path, other: null, files: page.files, first, own: first, scale: small || opened ? 0 : DEFAULT_SCALE,
      seed: whole(by('seed')) ?? page.play.plan?.seed ?? 1, otherNumbers: false, turns: [] };
  },

  /** Everything in a language, what is drawn included. */
  async speak(french) {
    const code = french ? 'fr' : 'en';
    by('language').value = code;
    page.said[code] ??= await apart(page.module, { ask: 'catalogue', french });
    // Another may have been chosen since.
    if (by('language').value !== code) return;
    language.choose(french);
    page.catalogue = page.said[code];
    page.pictures.choose(page.catalogue, page.pictures.outcomes.length ? page.pictures.outcomes : page.catalogue.shown);
    page.offer();
    by('score').textContent = page.catalogue.score;
    by('missed').replaceChildren(...page.catalogue.missed.map((it) => element('li', {}, it)));
    const fill = (id, options) => {
      const { value } = by(id);
      by(id).replaceChildren(...options.map(([key, text]) => element('option', { value: key }, text)));
      if (value) by(id).value = value;
    };
    fill('speed', SPEEDS.map((it) => [it, it ? say('per_second', { n: it }) : say('fastest')]));
    fill('scale', SCALES.map((it) => [it, { 0: say('scale_own'), 1: say('scale_one'), 50: say('scale_coarse', { n: it }) }[it] ?? it]));
    fill('measure', MEASURES.map((it) => [it, say(it)]));
    fill('table', page.machine.ask({ ask: 'tables' }).map(([name, what]) => [name, `${name}: ${what}`]));
    if (page.play.plan) page.begun();
  },

  /** The scenarios that can be chosen. */
  offer() {
    const folder = (it) => it.path.replace(/^toguna:\/|\/[^/]*$/g, '');
    const groups = [['lessons', 'lessons'], ['countries', 'mali'], ['one_lever', 'mali/levers'], ['same_francs', 'mali/same-francs']];
    const options = (heading, all) => element('optgroup', { label: heading }, ...all.map(([path, title]) => element('option', { value: path }, title)));
    const opened = page.files.filter(([name]) => name.endsWith('.toml')).map(([name]) => [name, name]);
    const all = () => {
      const lists = groups.map(([heading, place]) => options(say(heading), page.catalogue.scenarios.filter((it) => folder(it) === place).map((it) => [it.path, it.title])));
      const rest = page.catalogue.scenarios.filter((it) => !groups.some(([, place]) => place === folder(it)));
      if (rest.length) lists.push(options(say('rest'), rest.map((it) => [it.path, it.title])));
      if (opened.length) lists.push(options(say('opened'), opened));
      return lists;
    };
    by('scenario').replaceChildren(...all());
    by('other').replaceChildren(element('option', { value: '' }, say('same')), ...all());
  },

  /** Begins a plan anew and runs it to a week. */
  async begin(plan, week = 0) {
    await page.alone(async () => {
      by('state').textContent = say('opening');
      const before = page.play.plan;
      try {
        await page.play.begin(plan);
      } catch (error) {
        if (before && !error.dead) await page.play.begin(before).catch(() => {});
        page.begun();
        throw error;
      }
      page.pictures.runs = null;
      page.view = 0;
      page.begun();
      if (week) await page.replay(week);
      by('state').textContent = say('ready');
    });
  },

  async replay(week) {
    const until = Math.min(week, page.play.length);
    while (page.play.week < until) {
      await page.play.reach(Math.min(until, page.play.week + 13));
      by('state').textContent = say('replaying', { n: Math.round((100 * page.play.week) / until) });
      page.moved();
    }
  },

  /** A scenario stands at its beginning, or the language has changed. */
  begun() {
    const { plan } = page.play;
    if (!plan) return;
    by('scenario').value = plan.path;
    by('other').value = plan.other ?? '';
    by('scale').value = plan.scale;
    by('seed').value = plan.seed;
    const chosen = page.catalogue.scenarios.find((it) => it.path === plan.path);
    by('sentence').textContent = chosen?.sentence ?? page.play.arms[0].begun.description;
    by('sentence').lang = chosen ? document.documentElement.lang : '';
    drawLesson(by('lesson'), page.lesson(plan.path), (own, title, otherNumbers) =>
      page.begin({ ...page.play.plan, other: null, own, otherNumbers, turns: [], title }).then(() => by('run').focus()));
    page.levers.draw(page.catalogue.levers, page.play.arms[1]);
    page.levers.path = Play.opening(plan, 1).path;
    const { notes } = page.play.arms[0].begun;
    by('notes').hidden = !notes.length;
    by('notes').querySelector('ul').replaceChildren(...notes.map((it) => element('li', {}, it)));
    page.moved();
  },

  /** What the scenario of a policy is called. */
  title(arm) {
    const { plan, arms } = page.play;
    const path = arm === 1 && plan.other ? plan.other : plan.path;
    return page.catalogue.scenarios.find((it) => it.path === path)?.title ?? arms[arm].begun.title;
  },

  names() {
    const { plan } = page.play;
    const { title } = page;
    const lesson = page.lesson(plan.path);
    const titles = lesson && (language.french ? lesson.french.arm_titles : lesson.arms.map((it) => it.title));
    const first = plan.other ? title(0) : titles?.[0] ?? say('as_it_is');
    const differs = String(plan.own) !== String(plan.first) || plan.otherNumbers;
    const begun = plan.other ? title(1) : plan.title || (differs ? '' : first);
    if (!plan.turns.length) return [first, begun || say('yours')];
    return [first, begun && begun !== first ? `${begun}, ${say('yours')}` : say('yours')];
  },

  described() {
    const { plan, arms } = page.play;
    const [a, b] = page.names();
    return { names: [page.title(0), named('A', a), named('B', b)].join(say('then')), seed: plan.seed, scale: arms[0].begun.scale };
  },

  /** Weeks were run, levers turned, or another month is looked at. */
  moved() {
    const { play } = page;
    if (!play.plan) return;
    const { week, length } = play;
    by('week').textContent = say('week_of', { n: week, all: length, date: play.dateOf(week) });
    const following = page.view >= Number(by('month').max);
    by('month').max = Math.max(0, week - 1);
    if (following) page.view = Math.max(0, week - 1);
    by('month').value = page.view;
    const date = play.dateOf(page.view).slice(0, 7);
    by('month-date').textContent = date;
    by('month').setAttribute('aria-valuetext', date);
    by('back').disabled = page.view + 1 >= week;
    document.documentElement.classList.toggle('running', page.running);
    by('run').textContent = say(page.running ? 'pause' : 'run');
    for (const id of ['run', 'step']) by(id).disabled = play.over || (page.busy && !page.running);
    by('again').disabled = page.busy && !page.running;
    const [a, b] = page.names();
    for (const [ids, name] of [[['map-a', 'name-a'], named('A', a)], [['map-b', 'name-b'], named('B', b)]]) for (const id of ids) by(id).textContent = name;
    const { first, own, turns } = play.plan;
    const shown = [...own.filter((it) => !first?.includes(it)).map((it) => [say('lesson_changes'), it]), ...turns.map((it) => [play.dateOf(it.week), it.setting])];
    by('turned').replaceChildren(...(shown.length ? shown.map(([when, setting]) => element('li', {}, named(when, page.levers.told(setting))))
      : [element('li', { class: 'note' }, say('nothing_turned'))]));
    by('stamp').textContent = `· ${say('stamp', { ...page.described(), version: page.catalogue.version })}`;
    by('save-note').textContent = say('save_note', { seed: play.plan.seed, coarse: play.arms[1].begun.coarse ? ' --coarse' : '' }) + (page.opened ? ` ${say('save_beside', { file: page.base })}` : '');
    const memory = Math.max(...play.arms.map((arm) => arm.memory ?? 0));
    by('memory').textContent = memory ? say('memory', { n: Math.round(memory / 1e6) }) : '';
    const { runs } = page.pictures;
    const current = runs && runs.week === week;
    if (!page.bands.running) by('bands-state').textContent = current ? say('bands_shown', { n: runs.arms[0].length, date: play.dateOf(week) }) : '';
    by('levers').disabled = play.over;
    by('levers-over').hidden = !play.over;
    page.levers.refresh(play.arms[1]);
    page.pictures.draw();
  },

  /** The scenario that B extends. */
  get base() {
    return page.play.plan.other ?? page.play.plan.path;
  },

  get opened() {
    return !page.base.startsWith('toguna:/');
  },

  /** One thing at a time: what is under way is paused first, what goes wrong is told. */
  async alone(work) {
    page.running = false;
    page.waiting = (page.waiting ?? Promise.resolve()).then(async () => {
      page.busy = true;
      try {
        await work();
      } catch (error) {
        page.wrong(error);
      } finally {
        page.busy = false;
        page.moved();
      }
    });
    await page.waiting;
  },

  wrong(error) {
    page.running = false;
    by('error').hidden = false;
    by('error').querySelector('pre').textContent = error.dead ? `${say('stopped')}\n\n${error.message}` : error.message;
    by('error-again').hidden = !page.play?.plan;
    by('state').textContent = '';
    by('error').scrollIntoView({ block: 'nearest' });
  },

  run() {
    if (page.running) {
      page.running = false;
      return;
    }
    page.alone(async () => {
      page.running = true;
      by('state').textContent = '';
      page.moved();
      while (page.running && !page.play.over) {
        const pace = Number(by('speed').value);
        const began = performance.now();
        // About 60 ms of work, so that a pause is felt at once and frames are drawn.
        await page.play.reach(page.play.week + (pace ? 1 : page.slice));
        const took = performance.now() - began;
        if (!pace) page.slice = Math.min(26, Math.max(1, Math.round((page.slice * 60) / took)));
        page.moved();
        // Otherwise the next weeks are run while these are drawn.
        if (pace) await new Promise((next) => { setTimeout(next, 1000 / pace - took); });
      }
      page.running = false;
    });
  },
  slice: 2,

  step() {
    page.alone(() => page.play.reach(page.play.week + 1));
  },

  /** Turns a lever; a run that is under way goes on. */
  async turn(setting) {
    const went = page.running;
    const { plan } = page.play;
    // Another scenario has begun, and the levers shown are still those of the one before.
    if (page.levers.path !== Play.opening(plan, 1).path) return;
    await page.alone(async () => {
      // Another scenario may have been begun since; its levers are others. Or its last week has been run.
      if (page.play.plan !== plan || page.play.over) return;
      by('error').hidden = true;
      await page.play.turn(setting);
      page.pictures.runs = null;
    });
    if (went) page.run();
  },

  async goBack() {
    const week = page.view + 1;
    await page.alone(async () => {
      page.pictures.runs = null;
      await page.play.back(week);
      await page.replay(week);
      by('state').textContent = '';
    });
  },

  async runBands() {
    if (page.bands.running) {
      page.bands.stop();
      by('run-bands').textContent = say('run_bands');
      by('bands-state').textContent = '';
      return;
    }
    await page.alone(async () => {
      if (!page.play.week) return;
      by('run-bands').textContent = say('stop');
      try {
        const told = (n, all) => { by('bands-state').textContent = say('bands_progress', { n: Math.floor(n), all }); };
        told(0, Number(by('replicates').value) - 1);
        const runs = await page.bands.run(Number(by('replicates').value), told);
        page.pictures.runs = runs;
      } catch (error) {
        if (error.message !== 'ended') throw error;
      } finally {
        by('run-bands').textContent = say('run_bands');
      }
    });
  },
};

page.start();
