// The levers of the second policy, made from the dictionary of parameters.

const FRANCS = 1e9;

/** Elements by tag, with attributes and what is in them. */
const element = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...inside.filter((it) => it !== null && it !== undefined));
  return made;
};

/** What is folded away until somebody looks, and is made only then. */
const unfolding = (attributes, summary, made) => {
  const whole = element('details', attributes, summary);
  const unfold = () => { if (whole.open && whole.childElementCount === 1) whole.append(...made()); };
  whole.addEventListener('toggle', unfold);
  unfold();
  return whole;
};

class Levers {
  /** `turn` is called with what `--set` takes. */
  constructor(place, turn) {
    this.place = place;
    this.turn = turn;
    this.shown = new Map();
    this.dictionary = [];
    /** The scenario that they were drawn for. */
    this.path = null;
  }

  /** Draws all levers anew, for a scenario that has begun. */
  draw(dictionary, arm) {
    // By their place among the groups: their names are of a language.
    const open = new Set([...this.place.children].filter((it) => it.open).map((it) => Number(it.dataset.group)));
    const anew = !this.place.childElementCount;
    this.place.replaceChildren();
    this.dictionary = dictionary;
    this.shown.clear();
    const groups = new Map();
    for (const path of arm.started.keys()) {
      const lever = Levers.of(dictionary, path);
      if (!groups.has(lever.group)) groups.set(lever.group, []);
      groups.get(lever.group).push({ lever, path });
    }
    const order = [...new Set(dictionary.map((it) => it.group))];
    for (const [number, group] of order.entries()) {
      if (!groups.has(group)) continue;
      this.place.append(unfolding({ class: 'group', 'data-group': number, open: anew ? number === 0 : open.has(number) },
        element('summary', {}, group), () => {
          const levers = groups.get(group).map(({ lever, path }) => this.one(lever, path, arm));
          this.refresh(arm);
          return levers;
        }));
    }
  }

  /** The lever of a path: `policy.partner_presence.un` is one of `policy.partner_presence.*`; none of what is no lever. */
  static of(dictionary, path) {
    const fits = (it) => it.path === path || (it.path.endsWith('.*') && path.startsWith(it.path.slice(0, -1)));
    const lever = dictionary.find(fits);
    if (!lever) return null;
    const name = lever.path.endsWith('.*') ? named(lever.title, path.slice(lever.path.length - 1)) : lever.title;
    return { ...lever, title: name };
  }

  one(lever, path, arm) {
    const id = `lever-${path.replaceAll('.', '-')}`;
    const input = this.input(lever, path, id, arm);
    const fact = (word, text, lang) => [element('dt', {}, say(word)), element('dd', { lang }, text)];
    const english = language.french ? 'en' : undefined;
    const reset = element('button', { type: 'button', class: 'reset', hidden: true,
      onclick: () => this.set(path, lever, arm.started.get(path)) }, say('reset'));
    const about = unfolding({ class: 'about-lever' }, element('summary', { 'aria-label': named(say('meaning'), lever.title) }, '?'),
      () => [element('dl', {}, ...fact('meaning', lever.meaning), ...fact('unit', Levers.money(lever) ? say('bn_francs') : lever.unit),
        ...fact('range', lever.range), ...fact('source', lever.source, english),
        ...fact('here', Levers.shown(arm.started.get(path), lever)))]);
    const box = element('div', { class: 'lever' },
      element('div', { class: 'lever-head' },
        lever.kind.kind === 'groups' ? element('span', { id: `${id}-name` }, lever.title) : element('label', { for: id }, lever.title),
        reset), input.box, about);
    this.shown.set(path, { show: input.show, reset, box });
    return box;
  }

  /** What the value is turned with; `show` puts a value into it. */
  input(lever, path, id, arm) {
    const set = (value) => this.set(path, lever, value);
    const { kind, least, most, of } = lever.kind;
    if (kind === 'range') {
      const slide = element('input', { type: 'range', min: least, max: most, step: 'any', 'aria-hidden': 'true', tabindex: -1,
        oninput: () => { exact.value = Number(Number(slide.value).toFixed(3)); },
        onchange: () => set(Number(Number(slide.value).toFixed(3))) });
      const exact = element('input', { type: 'number', id, min: least, max: most, step: 'any',
        onchange: () => { if (exact.value !== '' && exact.checkValidity()) set(Number(exact.value)); else exact.reportValidity(); } });
      exact.addEventListener('keydown', (event) => {
        const step = (most - least) / (event.shiftKey ? 10 : 100);
        const move = { ArrowUp: step, ArrowDown: -step }[event.key];
        if (!move) return;
        event.preventDefault();
        exact.value = Number(Math.min(most, Math.max(least, Number(exact.value) + move)).toFixed(4));
        slide.value = exact.value;
        clearTimeout(exact.waits);
        exact.waits = setTimeout(() => exact.dispatchEvent(new Event('change')), 500);
      });
      return { box: element('div', { class: 'slide' }, slide, exact), show: (value) => { slide.value = value; exact.value = value; } };
    }
    if (kind === 'whole') {
      const money = Levers.money(lever);
      const exact = element('input', { type: 'number', id, min: 0, step: money ? 'any' : 1,
        onchange: () => {
          if (exact.value === '' || !exact.checkValidity()) { exact.reportValidity(); return; }
          set(money ? Math.round(Number(exact.value) * FRANCS) : Number(exact.value));
        } });
      const show = (value) => { exact.value = value === null ? '' : value / (money ? FRANCS : 1); };
      return { box: element('div', { class: 'slide' }, exact, money ? element('span', { class: 'soft' }, say('bn_francs')) : null), show };
    }
    if (kind === 'switch') {
      const check = element('input', { type: 'checkbox', id, onchange: () => set(check.checked) });
      return { box: check, show: (value) => { check.checked = Boolean(value); } };
    }
    if (kind === 'date') {
      const date = element('input', { type: 'date', id, onchange: () => { if (date.value) set(date.value); } });
      return { box: date, show: (value) => { date.value = value ?? ''; } };
    }
    if (kind === 'choice') {
      const choice = element('select', { id, onchange: () => set(choice.value) }, ...of.map((it) => element('option', { value: it }, it.replaceAll('_', ' '))));
      return { box: choice, show: (value) => { choice.value = value; } };
    }
    const boxes = arm.begun.groups.map((group) => {
      const check = element('input', { type: 'checkbox', value: group });
      check.addEventListener('change', () => set(boxes.filter((it) => it.checked).map((it) => it.value)));
      return check;
    });
    const labels = boxes.map((check) => element('label', { class: 'inline' }, check, ` ${check.value}`));
    return {
      box: element('div', { role: 'group', 'aria-labelledby': `${id}-name` }, ...labels),
      show: (value) => { for (const check of boxes) check.checked = (value ?? []).includes(check.value); },
    };
  }

  set(path, lever, value) {
    if (value === null || value === undefined) return;
    this.turn(`${path}=${Levers.toml(value, lever.kind.kind)}`);
  }

  static toml(value, kind) {
    if (Array.isArray(value)) return `[${value.map((it) => JSON.stringify(it)).join(', ')}]`;
    if (typeof value === 'string') return JSON.stringify(value);
    if (kind === 'range' && Number.isInteger(value)) return `${value}.0`;
    return String(value);
  }

  /** Shows how the levers now stand. */
  refresh(arm) {
    for (const [path, { show, reset, box }] of this.shown) {
      // While another scenario opens, its levers are not drawn yet.
      if (!arm.levers.has(path)) continue;
      const [now, then] = [arm.levers.get(path), arm.started.get(path)];
      if (!box.contains(document.activeElement) || document.activeElement.type === 'checkbox' || document.activeElement.tagName !== 'INPUT') show(now);
      const same = JSON.stringify(now) === JSON.stringify(then);
      reset.hidden = same || then === null;
      box.classList.toggle('changed', !same);
    }
  }

  /** Whether it is in francs, which people count in billions. */
  static money(lever) {
    return lever.unit.startsWith('francs');
  }

  /** A setting in words: what `--set` takes may be of more than levers. */
  told(setting) {
    const [path, value] = setting.split(/=(.*)/s);
    return `${Levers.of(this.dictionary, path)?.title ?? path} = ${value}`;
  }

  static shown(value, lever) {
    if (value === null || value === undefined) return say('unset');
    if (Array.isArray(value)) return value.join(', ') || say('unset');
    if (Levers.money(lever)) return `${value / FRANCS} ${say('bn_francs')}`;
    return String(value);
  }
}
