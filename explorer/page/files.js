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
