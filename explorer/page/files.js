// What leaves the page and comes into it: files and links.

const download = (name, text, type) => {
  const link = element('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

/** A name that every system takes. */
const fileName = (...parts) => parts.join('-').toLowerCase().replace(/[^a-z0-9.]+/g, '-');

/** What differs from the shipped scenario, as the link's fragment holds it. */
const fragmentOf = (plan, week) => {
  const parts = new URLSearchParams({ s: plan.path.replace(/^toguna:\/|\.toml$/g, '') });
  if (plan.other) parts.set('b', plan.other.replace(/^toguna:\/|\.toml$/g, ''));
  if (plan.scale) parts.set('scale', plan.scale);
  if (plan.seed !== 1) parts.set('seed', plan.seed);
  if (plan.otherNumbers) parts.set('other', 1);
  for (const setting of plan.first) parts.append('first', setting);
  for (const setting of plan.own) parts.append('set', setting);
  for (const turn of plan.turns) parts.append('turn', `${turn.week}~${turn.setting}`);
  if (week) parts.set('week', week);
  parts.set('l', language.french ? 'fr' : 'en');
  return `#${parts}`;
};

/** The plan of a link, and the week to run to; none when there is none. */
const planOf = (fragment) => {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  if (!parts.get('s')) return null;
  const whole = (name, otherwise) => {
    const number = Number(parts.get(name) ?? otherwise);
    return Number.isSafeInteger(number) && number >= 0 ? number : otherwise;
  };
  const path = (name) => (parts.get(name) ? `toguna:/${parts.get(name)}.toml` : null);
  const turns = parts.getAll('turn').map((it) => it.match(/^(\d+)~(.*)$/s)).filter(Boolean)
    .map(([, week, setting]) => ({ week: Number(week), setting }));
  return {
    french: parts.has('l') ? parts.get('l') === 'fr' : language.french,
    week: whole('week', 0),
    plan: { path: path('s'), other: path('b'), files: [], first: parts.getAll('first'), own: parts.getAll('set'), scale: whole('scale', 0), seed: whole('seed', 1),
      otherNumbers: parts.has('other'), turns },
  };
};

/** Files and links of what is on the page. */
const keep = {
  async save() {
    await page.alone(async () => {
      const { name } = page.play.arms[1].begun;
      const text = await page.play.arms[1].thread.ask({ ask: 'saved', name, base: page.base, seed: page.play.plan.seed });
      download(fileName(name, 'as-played.toml'), text, 'application/toml');
    });
  },

  /** The engine's own report of the runs so far, in a tab of its own. */
  async report() {
    // Opened at once: a browser blocks a tab that comes later than the click.
    const tab = window.open('', '_blank');
    by('report-note').textContent = say('report_made');
    let made = false;
    await page.alone(async () => {
      const { arms, plan, week, length } = page.play;
      if (!week) throw new Error(say('report_nothing'));
      if (plan.otherNumbers) throw new Error(say('report_other'));
      const told = await Promise.all(arms.map((arm) => arm.thread.ask({ ask: 'told' })));
      const others = page.pictures.runs?.week === week ? page.pictures.runs.told : [[], []];
      const titles = page.names().map((name, arm) => (plan.other ? name : named(page.title(arm), name)));
      const end = week < length ? page.play.dateOf(week, -1) : null;
      const html = await apart(page.module, { ask: 'report', seed: plan.seed, end, french: language.french,
        arms: told.map(({ files, ending }, arm) => ({ title: titles[arm], files, endings: [ending, ...others[arm]] })) });
      // One report at a time is held here; whoever wants to keep one saves its page.
      URL.revokeObjectURL(keep.reported);
      const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
      keep.reported = url;
      if (tab) tab.location = url;
      const runs = say('report_runs', { n: 1 + others[0].length });
      by('report-note').replaceChildren(element('a', { href: url, target: '_blank' }, say('report_here')), ` ${runs} ${others[0].length ? '' : say('report_one')}`);
      made = true;
    });
    if (made) return;
    tab?.close();
    by('report-note').textContent = '';
  },

  async csv() {
    await page.alone(async () => {
      const arm = Number(by('table-arm').value);
      const name = by('table').value;
      const text = await page.play.arms[arm].thread.ask({ ask: 'table', name });
      download(fileName(page.play.arms[arm].begun.name, arm ? 'b' : 'a', name), text, 'text/csv');
    });
  },

  async link() {
    if (page.play.plan.files.length && (page.opened || !page.play.plan.path.startsWith('toguna:/'))) {
      by('link-note').textContent = say('link_file');
      return;
    }
    history.replaceState(null, '', fragmentOf(page.play.plan, page.play.week));
    try {
      await navigator.clipboard.writeText(location.href);
      by('link-note').textContent = say('link_copied');
    } catch {
      by('link-note').textContent = say('link_shown');
    }
  },

  async open(list) {
    const files = await Promise.all([...list].map(async (file) => [file.name, await file.text()]));
    const first = files.find(([name]) => name.endsWith('.toml'));
    page.files = [...page.files.filter(([name]) => !files.some(([other]) => other === name)), ...files];
    page.offer();
    if (first) await page.begin({ ...page.fresh(first[0]) });
    else page.begun();
  },
};
