// Opens pages in Chromium as a reader would; `tests/page.sh` makes them.
'use strict';
const { chromium } = require('playwright-core');
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const [work, shots, painted] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// Each kind of page, with figures that it must have.
const KINDS = {
  run: ['over-time', 'deaths', 'regions', 'constituencies', 'cohorts', 'maps'],
  compared: ['difference', 'over-time', 'forest', 'motives', 'joined', 'leavers', 'deaths', 'spending', 'pacts',
    'regions', 'constituencies', 'cohorts', 'motives-over-time', 'services-and-recruits', 'maps'],
  talking: ['difference', 'forest', 'acted'],
  eight: ['difference', 'forest-7', 'joined-7', 'maps', 'acted'],
  demo: ['difference', 'beside', 'forest-4', 'services-and-recruits', 'spending', 'cohorts', 'acted'],
  validated: ['facts-to-check', 'facts-to-fit'],
  one_axis: ['axis'],
  two_axes: ['heat'],
  three_axes: ['heat-deaths', 'heat-recruits'],
  one_at_a_time: ['tornado', 'axes-deaths'],
  morris: ['sensitivity', 'axes-deaths'],
  sobol: ['sensitivity', 'axes-deaths'],
};
// What a page may take: bytes by kind, and milliseconds until it is made and until it is ready where the piece of work
// of `tests/page.sh` takes `PACE` milliseconds; on a slower machine as much longer. Until it is ready is told by the clock,
// the quickest of four.
const MOST = { bytes: { compared: 1e6, eight: 3e6 }, made: 2000, ready: 1000 };
const PACE = 200;
// Of figures, a column behind them and the file and column that have the same numbers.
const BEHIND = [
  [/^difference$/, 'Difference', 'over_time.csv', 'mean'],
  [/^over-time$|^motives-over-time$/, 'Mean', 'over_time.csv', 'mean'],
  [/^forest/, 'Difference', 'comparison.csv', 'difference'],
  [/^joined/, 'Difference', 'joined.csv', 'difference'],
  [/^regions$|^constituencies$|^cohorts$/, 'Persons', 'who_pays.csv', 'mean'],
  [/^maps$/, 'Deaths per month', 'cercles.csv', 'deaths'],
  [/^axis$|^axes-|^heat/, 'Mean', 'summary.csv', 'mean'],
  [/^tornado$/, 'Difference', 'contrasts.csv', 'difference'],
  [/^sensitivity$/, 'Value', 'sensitivity.csv', 'value'],
  [/^facts-/, 'Mean', 'validation.csv', 'mean'],
];

const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1)
  .map((it) => it[1].startsWith('"') ? it[1].slice(1, -1).replaceAll('""', '"') : it[1]);
const table = (text) => {
  const [head, ...rows] = text.trim().split('\n').map((line) => cells(line + ','));
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place]])));
};
const file = (kind, name) => table(fs.readFileSync(path.join(work, kind, name), 'utf8'));

const open = async (browser, kind, width, colorScheme, more = {}) => {
  // A policy of the page forbids scripts from elsewhere; axe-core is one.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme,
    offline: true, bypassCSP: true, acceptDownloads: true, ...more });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  const began = Date.now();
  await page.goto('file://' + path.join(work, kind, 'report.html'));
  return { page, said, ready: Date.now() - began };
};

const drawn = (page) => page.evaluate(() => [...document.querySelectorAll('figure')].map((figure) =>
  [figure.id, [...figure.querySelectorAll('svg[role=img]')].filter((it) => it.getBoundingClientRect().width > 40).length]));

// What must hold of any page at any width.
const look = async (browser, kind, width, colorScheme) => {
  const { page, said, ready } = await open(browser, kind, width, colorScheme);
  const where = `${kind} ${width} ${colorScheme}`;
  const figures = await drawn(page);
  for (const [id, count] of figures) assert(count > 0, `${where}: ${id} is not drawn`);
  for (const id of KINDS[kind]) assert(figures.some((it) => it[0] === id), `${where}: there is no ${id}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert(wide <= width, `${where}: ${wide} px wide`);
  const cut = await page.evaluate(() => [...document.querySelectorAll('figure svg[role=img]')].flatMap((svg) => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter((text) => {
      const { left, right } = text.getBoundingClientRect();
      return box.width > 0 && (left < box.left - 2 || right > box.right + 2);
    }).map((it) => svg.closest('figure').id + ': ' + it.textContent);
  }));
  assert.equal(cut.join(' | '), '', `${where}: labels are cut off`);
  const collide = await page.evaluate(() => [...document.querySelectorAll('.panel > svg:first-of-type')].flatMap((svg) => {
    const texts = [...svg.querySelectorAll('text')].filter((it) => it.textContent);
    const boxes = texts.map((it) => it.getBoundingClientRect());
    return texts.filter((text, a) => boxes.some((box, b) => b < a &&
      Math.min(box.right, boxes[a].right) - Math.max(box.left, boxes[a].left) > 1 &&
      Math.min(box.bottom, boxes[a].bottom) - Math.max(box.top, boxes[a].top) > 3))
      .map((it) => svg.closest('figure').id + ': ' + it.textContent);
  }));
  assert.equal(collide.join(' | '), '', `${where}: labels run into each other`);
  // A legend has what is drawn, and no more.
  const unsaid = await page.evaluate(() => [...document.querySelectorAll('figure:has(.legend)')].flatMap((figure) => {
    const series = (all) => [...new Set(all.flatMap((it) => [...it.classList]).filter((it) => /^s\d$/.test(it)))].sort().join();
    const legend = series([...figure.querySelectorAll('.legend svg *')]);
    const used = series([...figure.querySelectorAll('.panel svg *')]);
    return legend === used ? [] : [`${figure.id}: ${legend} in the legend, ${used} drawn`];
  }));
  assert.equal(unsaid.join(' | '), '', where);
  await page.addScriptTag({ content: axe });
  const faults = await page.evaluate(async () => (await axe.run({ resultTypes: ['violations'] })).violations
    .filter((it) => ['serious', 'critical'].includes(it.impact))
    .map((it) => `${it.id}: ${it.nodes.length} × ${it.nodes[0].html.slice(0, 120)} ${it.nodes[0].failureSummary}`));
  assert.equal(faults.join('\n'), '', where);
  assert.equal(said.join('\n'), '', `${where}: said on the console`);
  // For whoever asked for a folder of them: a tall page takes seconds to paint whole.
  if (painted) await page.screenshot({ path: path.join(shots, `${kind}-${width}-${colorScheme}.png`), fullPage: true });
  await page.context().close();
  return { ready, figures: figures.length };
};

// Chromium lets a page give few files in a second.
const download = async (page, figure, kind) => {
  await page.waitForTimeout(250);
  const [got] = await Promise.all([page.waitForEvent('download'), page.click(`#${figure} [data-get=${kind}]`)]);
  return fs.readFileSync(await got.path());
};

// Downloads of each figure: what is behind it, with the numbers of the folder, and it with its stamp.
const downloads = async (browser, kind) => {
  const { page, said } = await open(browser, kind, 1280, 'light');
  let numbers = 0;
  const ids = await page.$$eval('figure', (all) => all.map((it) => it.id));
  for (const id of ids) {
    // By keyboard, as whoever has no mouse.
    await page.focus(`#${id} summary`);
    await page.keyboard.press('Enter');
    const rows = table((await download(page, id, 'csv')).toString());
    assert(rows.length > 0, `${kind}: nothing behind ${id}`);
    for (const [, column, name, source] of BEHIND.filter(([which]) => which.test(id))) {
      const known = new Set(file(kind, name).filter((row) => row[source] !== '').map((row) => +row[source]));
      for (const row of rows.filter((row) => row[column])) {
        assert(known.has(+row[column]), `${kind}: ${id} has ${row[column]}, which is not in ${name}`);
        numbers += 1;
      }
    }
    const svg = (await download(page, id, 'svg')).toString();
    assert(svg.includes('What-if, not forecast') && !svg.includes('var(--ink'), `${kind}: ${id}`);
    fs.writeFileSync(path.join(shots, `${kind}-${id}.svg`), svg);
  }
  const png = await download(page, ids[0], 'png');
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  fs.writeFileSync(path.join(shots, `${kind}-${ids[0]}.png`), png);
  assert(numbers > 0, `${kind}: no number was compared`);
  assert.equal(said.join('\n'), '', `${kind}: said on the console`);
  await page.context().close();
  return numbers;
};

// The slider by keyboard: another month, other colours; and every measure has its numbers.
const slide = async (browser) => {
  const { page } = await open(browser, 'compared', 1280, 'light');
  const colours = () => page.$$eval('#maps circle', (all) => all.map((it) => it.getAttribute('class')).join());
  const cercles = file('compared', 'cercles.csv');
  const last = await colours();
  await page.focus('#maps .month');
  await page.keyboard.press('Home');
  assert.notEqual(await colours(), last, 'the slider does nothing');
  const dates = [...new Set(cercles.map((it) => it.date))].sort();
  assert.equal(await page.textContent('#maps .when'), dates[0].slice(0, 7));
  for (let month = 0; month < 7; month += 1) await page.keyboard.press('ArrowRight');
  await page.selectOption('#maps .measure', '3');
  const shown = await page.$eval('#maps .panel', (panel) =>
    Object.fromEntries([...panel.querySelectorAll('circle title')].map((it) => it.textContent.split(': '))));
  const wanted = cercles.filter((it) => it.date === dates[7] && it.scenario === 'status-quo');
  assert.equal(wanted.length, Object.keys(shown).length);
  for (const row of wanted) {
    assert(Math.abs(+shown[row.cercle].replaceAll(',', '') - +row.displaced) <= 0.5, `${row.cercle}: ${row.displaced}`);
  }
  const png = await download(page, 'maps', 'png').catch(() => null) ?? await (async () => {
    await page.click('#maps summary');
    return download(page, 'maps', 'png');
  })();
  fs.writeFileSync(path.join(shots, 'maps.png'), png);
  await page.pdf({ path: path.join(shots, 'page.pdf') });
  await page.context().close();
};

(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  for (const kind of Object.keys(KINDS)) {
    const size = fs.statSync(path.join(work, kind, 'report.html')).size;
    const [made, pace] = fs.readFileSync(path.join(work, kind + '.made'), 'utf8').split(' ').map(Number);
    const slower = Math.max(1, pace / PACE);
    assert(size <= (MOST.bytes[kind] ?? Infinity), `${kind}: ${size} bytes`);
    assert(made <= MOST.made * slower, `${kind}: made in ${made} ms, at a pace of ${pace}`);
    // The quickest of four: whatever else the machine does only adds to it.
    let ready = Infinity, figures = 0;
    for (const [width, scheme] of [[1280, 'light'], [1280, 'dark'], [400, 'light'], [400, 'dark']]) {
      const seen = await look(browser, kind, width, scheme);
      [ready, figures] = [Math.min(ready, seen.ready), seen.figures];
    }
    assert(ready <= MOST.ready * slower, `${kind}: ready in ${ready} ms, at a pace of ${pace}`);
    const numbers = await downloads(browser, kind);
    console.log(`${kind}: ${figures} figures, ${size} bytes, made in ${made} ms at a pace of ${pace}, ready in ${ready} ms, ${numbers} numbers as in the tables`);
  }
  await slide(browser);
  // Read without a script.
  const { page } = await open(browser, 'compared', 1280, 'light', { javaScriptEnabled: false });
  assert(await page.isVisible('#difference svg') && await page.isHidden('#maps .month'));
  await browser.close();
  console.log(`passed: ${Object.keys(KINDS).length} kinds of pages`);
})().catch((error) => { console.error(error); process.exit(1); });
