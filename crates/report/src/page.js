'use strict';
document.documentElement.classList.add('js');

// Maps: the month of the slider and the measure of the list, in the classes of their circles.
for (const figure of document.querySelectorAll('figure')) {
  const source = figure.querySelector('script.data');
  if (!source) continue;
  const data = JSON.parse(source.textContent);
  // Of each town, what each month changed: added up here.
  for (const measure of data.measures) {
    for (const towns of measure.arms) {
      for (const months of towns) months.forEach((change, n) => { if (n) months[n] = months[n - 1] + change; });
    }
  }
  const month = figure.querySelector('.month'), measure = figure.querySelector('.measure');
  const maps = [...figure.querySelectorAll('.panel')], arms = data.measures[0].arms.length;
  const language = document.documentElement.lang;
  const said = (value, sign) => value.toLocaleString(language, { maximumFractionDigits: 1, signDisplay: sign ? 'exceptZero' : 'auto' });
  const end = (value, sign) => value.toLocaleString(language, { maximumSignificantDigits: 3, signDisplay: sign ? 'exceptZero' : 'auto' });
  const show = () => {
    const shown = data.measures[measure.value];
    figure.querySelector('.when').textContent = data.dates[month.value].slice(0, 7);
    month.setAttribute('aria-valuetext', data.dates[month.value].slice(0, 7));
    maps.forEach((map, number) => {
      const apart = number >= arms, most = apart ? shown.apart : shown.most;
      const at = (arm, town) => shown.arms[arm][town][month.value] / shown.parts;
      for (const circle of map.querySelectorAll('circle')) {
        const town = circle.dataset.n;
        const value = apart ? at(number - arms + 1, town) - at(0, town) : at(number, town);
        const share = apart ? (Math.max(-1, Math.min(1, value / most)) + 1) / 2 : Math.max(0, Math.min(1, value / most));
        circle.setAttribute('class', 'dot ' + (apart ? 'w' : 'v') + Math.round(share * 10));
        circle.firstElementChild.textContent = data.names[town] + ': ' + said(value, apart);
      }
      const ends = map.querySelectorAll('svg:last-of-type text');
      ends[0].textContent = end(apart ? -most : 0, apart);
      ends[1].textContent = end(most, apart);
    });
  };
  month.addEventListener('input', show);
  measure.addEventListener('input', show);
}

// Downloads: a figure as it is on the page, with title, note and stamp.
const space = 'http://www.w3.org/2000/svg';
const element = (name, attributes, text) => {
  const made = document.createElementNS(space, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text) made.textContent = text;
  return made;
};
const sheet = (figure) => {
  const margin = 16, panels = [...figure.querySelectorAll('.panel')];
  const columns = figure.classList.contains('of3') ? Math.min(3, panels.length) : 1;
  const wide = Math.max(...panels.map((it) => +it.querySelector('svg').getAttribute('width'))) + margin;
  const width = Math.max(columns * wide + margin, 380);
  const svg = element('svg', { xmlns: space });
  let y = margin;
  const lines = (text, room) => text.trim().split(/\s+/).reduce((all, word) => {
    const last = all.at(-1);
    if (last && (last.length + word.length + 1) * 6.7 <= room) all[all.length - 1] = last + ' ' + word;
    else all.push(word);
    return all;
  }, []);
  const say = (text, kind, size) => {
    for (const line of lines(text, (width - 2 * margin) / size)) {
      y += 15 * size;
      svg.append(element('text', { x: margin, y, class: kind }, line));
    }
  };
  const put = (drawing, x, top) => {
    const copy = drawing.cloneNode(true);
    copy.setAttribute('x', x); copy.setAttribute('y', top);
    svg.append(copy);
    return +drawing.getAttribute('height');
  };
  svg.append(element('style', {}, document.getElementById('plain').content.textContent));
  svg.append(element('rect', { width: '100%', height: '100%', fill: '#fff' }));
  say(figure.querySelector('h2').textContent, 'title', 1.28);
  say(figure.querySelector('.note').textContent, 'soft', 1);
  const when = figure.querySelector('.when');
  if (when) say(figure.querySelector('.measure').selectedOptions[0].textContent + ', ' + when.textContent, 'soft', 1);
  let x = margin;
  const entries = [...figure.querySelectorAll('.legend li')];
  if (entries.length) y += 6;
  for (const entry of entries) {
    const names = lines(entry.textContent, width - 2 * margin - 30);
    const length = 40 + 6.7 * Math.max(...names.map((it) => it.length));
    if (x > margin && x + length > width) { x = margin; y += 18; }
    put(entry.querySelector('svg'), x, y);
    names.forEach((line, below) => svg.append(element('text', { x: x + 30, y: y + 10 + 15 * below }, line)));
    y += 15 * (names.length - 1);
    x += length;
  }
  if (entries.length) y += 16;
  for (let row = 0; row < panels.length; row += columns) {
    const shown = panels.slice(row, row + columns);
    const names = shown.map((panel) => lines(panel.querySelector('h3').textContent, wide - margin));
    y += 8 + 15 * Math.max(...names.map((it) => it.length));
    let high = 0;
    shown.forEach((panel, column) => {
      const at = margin + column * wide;
      names[column].toReversed().forEach((line, above) => svg.append(element('text', { x: at, y: y - 15 * above }, line)));
      let bottom = y + 4;
      for (const drawing of panel.querySelectorAll('svg')) bottom += put(drawing, at, bottom);
      high = Math.max(high, bottom - y);
    });
    y += high;
  }
  y += 8;
  say(figure.querySelector('figcaption').textContent, 'soft', 1);
  const size = { width, height: Math.ceil(y + margin) };
  for (const key in size) svg.setAttribute(key, size[key]);
  svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  return { text: new XMLSerializer().serializeToString(svg), ...size };
};
const rows = (figure) => [...figure.querySelectorAll('.wide tr')].map((row) =>
  [...row.cells].map((cell) => {
    const text = cell.dataset.v ?? cell.textContent;
    return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  }).join(',')).join('\n') + '\n';
const save = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
document.addEventListener('click', (event) => {
  const kind = event.target.dataset?.get, figure = event.target.closest('figure');
  if (!kind || !figure) return;
  const name = 'toguna-' + figure.id + '.' + kind;
  if (kind === 'csv') return save(new Blob([rows(figure)], { type: 'text/csv' }), name);
  const made = sheet(figure), drawn = new Blob([made.text], { type: 'image/svg+xml' });
  if (kind === 'svg') return save(drawn, name);
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2 * made.width; canvas.height = 2 * made.height;
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name), 'image/png');
  };
  picture.src = URL.createObjectURL(drawn);
});
