// Lines over time, maps and the log: drawn by the engine, a little at a time.

const MEASURES = ['control', 'deaths', 'recruits', 'displaced', 'pacts'];

class Pictures {
  constructor(machine, play) {
    this.machine = machine;
    this.play = play;
    this.outcomes = [];
    this.waiting = [];
    /** Runs of several seeds: by arm, run and week a list of outcomes; none while there are none. */
    this.runs = null;
    this.picked = 0;
    /** Ends of the colours by measure: of amounts and of differences. */
    this.most = new Map();
    /** What is on the screen or near it. */
    this.near = new Set();
    this.watch = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) this.near[isIntersecting ? 'add' : 'delete'](target);
    }, { rootMargin: '200px' });
    for (const id of ['map-panels', 'log-a']) this.watch.observe(document.getElementById(id));
  }

  /** The panels for these outcomes, named. */
  choose(catalogue, names) {
    this.catalogue = catalogue;
    this.outcomes = names;
    for (const [id, difference] of [['differences', true], ['courses', false]]) {
      const place = document.getElementById(id);
      place.replaceChildren(...names.map((name) => {
        const outcome = catalogue.outcomes.find((it) => it.name === name);
        return element('div', { class: 'panel', 'data-outcome': name },
          element('h3', { title: outcome.meaning }, `${outcome.title} `, element('small', {}, '')),
          element('p', { class: 'values' }), element('div', { class: 'drawing' }));
      }));
      place.dataset.difference = difference;
      for (const panel of place.children) this.watch.observe(panel);
    }
    const others = catalogue.outcomes.filter((it) => !names.includes(it.name));
    document.getElementById('add-outcome').replaceChildren(element('option', { value: '' }, say('choose')),
      ...others.map((it) => element('option', { value: it.name }, it.title)));
  }

  asked(name, difference) {
    const place = this.catalogue.outcomes.findIndex((it) => it.name === name);
    const courses = this.runs && this.runs.week === this.play.week
      ? this.runs.arms.map((runs) => runs.map((run) => run.map((week) => week[place])))
      : this.play.arms.map((arm) => [arm.course(place)]);
    return { outcome: name, arms: courses, difference, start: this.play.arms[0].begun.start, weeks: this.play.length,
      parted: this.play.parted || null, now: page.view < this.play.week ? page.view : null, french: language.french };
  }

  /** Draws all again, as far as each frame has time; what still waits is dropped. */
  draw() {
    if (!this.play.arms[0].begun) return;
    // While nothing differs, or nothing was run, there is nothing to see.
    const same = this.play.parted === null || !this.play.week;
    const month = this.play.arms.every((arm) => arm.month(page.view));
    document.getElementById('same').textContent = say(this.play.parted === null ? 'nothing_turned' : 'no_week');
    for (const [figure, said, nothing] of [['differences', 'same', same], ['maps', 'no-month', !month], ['courses', 'no-week', !this.play.week]]) {
      document.getElementById(figure === 'maps' ? 'map-panels' : figure).hidden = nothing;
      document.getElementById(said).hidden = !nothing;
      document.querySelector(`[data-svg=${figure}]`).hidden = nothing;
    }
    document.getElementById('town').hidden = !month;
    const seen = ['differences', 'courses'].filter((id) => !document.getElementById(id).hidden);
    const panels = seen.flatMap((id) => [...document.getElementById(id).children]);
    const work = [...(month ? [0, 1, 2] : []).map((map) => [document.getElementById('map-panels'), () => this.drawMap(map)]),
      ...panels.map((panel) => [panel, () => this.drawPanel(panel)]), [document.getElementById('log-a'), () => this.drawLog()]];
    const near = work.filter(([place]) => this.near.has(place));
    // While weeks are run, what nobody sees waits until they are not.
    const far = page.running ? [] : work.filter((it) => !near.includes(it));
    this.waiting = [...near, ...far].map(([, draws]) => draws);
    if (!this.frame) this.frame = requestAnimationFrame(() => this.some());
  }

  some() {
    const began = performance.now();
    while (this.waiting.length && performance.now() - began < 8) this.waiting.shift()();
    this.frame = this.waiting.length ? requestAnimationFrame(() => this.some()) : 0;
  }

  /** Waits until nothing is left to draw. */
  async settled() {
    while (this.frame) await new Promise((next) => { requestAnimationFrame(next); });
  }

  drawPanel(panel) {
    const difference = panel.parentElement.dataset.difference === 'true';
    const { svg, unit, values } = this.machine.ask({ ask: 'panel', ...this.asked(panel.dataset.outcome, difference) });
    panel.querySelector('small').textContent = unit;
    panel.querySelector('.drawing').innerHTML = svg;
    const said = panel.querySelector('.values');
    said.replaceChildren(...values.map((value, arm) => element('span', { class: difference ? 'value s1' : `value s${arm}` },
      difference ? value : `${arm ? 'B' : 'A'} ${value}`)));
  }

  get measure() {
    return document.getElementById('measure').value;
  }

  /** Ends of the colours: one value in fifty lies beyond. */
  ends(measure) {
    const [a, b] = this.play.arms;
    const key = `${measure} ${a.months.length} ${this.play.plan.turns.length}`;
    if (this.most.get(measure)?.key === key) return this.most.get(measure);
    const nearly = (all) => {
      all.sort((left, right) => left - right);
      const end = all[Math.min(Math.floor(all.length * 0.98), all.length - 1)];
      return end > 0 ? end : 1;
    };
    const amounts = measure === 'control' || measure === 'pacts' ? 100 : nearly([...a.months, ...b.months].flatMap((it) => it[measure]));
    const apart = nearly(a.months.flatMap((month, place) => month[measure].map((it, town) => Math.abs((b.months[place]?.[measure][town] ?? it) - it))));
    this.most.set(measure, { key, amounts, apart });
    return this.most.get(measure);
  }

  /** The questions that draw A, B and their difference; none before the first month. */
  maps() {
    const months = this.play.arms.map((arm) => arm.month(page.view));
    if (!months[0] || !months[1]) return null;
    const { measure } = this;
    const { amounts, apart } = this.ends(measure);
    const { places, groups, made_up } = this.play.arms[0].begun;
    const sides = [say('state'), ...groups];
    const told = (month, town) => {
      const holder = measure === 'control' ? `, ${say('holder', { side: sides[month.holder[town]] })}` : '';
      return `${written(month[measure][town])}${holder}`;
    };
    const asked = { ask: 'map', towns: places, made_up, french: language.french };
    const date = months[0].date.slice(0, 7);
    const arms = months.map((month, arm) => ({ ...asked, values: month[measure], told: places.map((_, town) => told(month, town)),
      most: amounts, difference: false, name: named(arm ? 'B' : 'A', `${say(measure)}, ${date}`) }));
    const values = months[0][measure].map((it, town) => months[1][measure][town] - it);
    const signed = (it) => (it > 0 ? '+' : '') + written(it);
    return [...arms, { ...asked, values, told: values.map(signed), most: apart, difference: true,
      name: `${say('difference_of')}: ${say(measure)}, ${date}` }];
  }

  drawMap(number) {
    // Of the first, what all three are made of.
    if (number === 0) this.mapsAsked = this.maps();
    const maps = this.mapsAsked;
    const place = document.querySelectorAll('#map-panels .drawing')[number];
    place.innerHTML = maps ? this.machine.ask(maps[number]) : '';
    this.told = maps?.map((map) => map.told);
    if (number === 2) this.pick(this.picked);
  }

  /** Reads a town on all three maps. */
  pick(town, aloud = false) {
    const { places } = this.play.arms[0].begun;
    this.picked = Math.min(Math.max(town, 0), places.length - 1);
    for (const circle of document.querySelectorAll('#map-panels circle')) {
      circle.classList.toggle('picked', Number(circle.dataset.n) === this.picked);
    }
    const [a, b, apart] = this.told?.map((map) => map[this.picked]) ?? [];
    const told = this.told ? named(places[this.picked].name, [`A ${a}`, `B ${b}`, `B − A ${apart}`].join(say('then'))) : '';
    document.getElementById('town').textContent = told;
    if (aloud) document.getElementById('town-aloud').textContent = told;
  }

  drawLog() {
    this.play.arms.forEach((arm, number) => {
      const place = document.getElementById(number ? 'log-b' : 'log-a');
      const lines = [];
      for (let week = Math.min(page.view, arm.weeks.length - 1); week >= 0 && lines.length < 150; week -= 1) {
        const { date, news } = arm.weeks[week];
        for (const { about, text } of news) lines.push([date, about, text]);
      }
      // The whole is written anew only when it has changed.
      const key = `${lines.length} ${lines[0]?.join()} ${language.french}`;
      if (place.dataset.key === key) return;
      place.dataset.key = key;
      place.replaceChildren(...(lines.length ? lines : [['', '', say('log_empty')]]).map(([date, about, text]) =>
        element('li', { class: about }, element('time', {}, date), ' ', text)));
    });
  }

  stamp() {
    const { names, seed, scale } = page.described();
    return `${say('stamp', { names, seed, scale, version: this.catalogue.version })} ${this.catalogue.score}`;
  }

  /** A figure as a file of its own: differences, courses or maps. Drawn apart: many runs take long. */
  async sheet(figure) {
    const [a, b] = page.names();
    const common = { ask: 'sheet', stamp: this.stamp(), columns: 3 };
    if (figure === 'maps') {
      const maps = this.maps();
      if (!maps) throw new Error(say('no_month'));
      return apart(page.module, { ...common, title: say('maps'), note: say('maps_note'), names: [], maps: maps.map(({ ask, ...map }) => map) });
    }
    const difference = figure === 'differences';
    return apart(page.module, { ...common, title: say(difference ? 'difference' : 'over_time'), note: say(difference ? 'difference_note' : 'over_time_note'),
      names: difference ? [] : [named('A', a), named('B', b)], panels: this.outcomes.map((name) => this.asked(name, difference)) });
  }
}
