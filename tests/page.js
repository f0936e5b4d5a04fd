// Opens pages in Chromium as a reader would; `tests/page.sh` makes them.
'use strict';
const { chromium } = require('playwright-core');
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const [work, shots] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const table = (text) => {
  const rows = text.trim().split('\n').map((line) => line.split(','));
  return rows.slice(1).map((row) => Object.fromEntries(row.map((cell, place) => [rows[0][place], cell])));
};

// What must hold of any page at any width.
const look = async (browser, name, width, colorScheme) => {
  // A policy of the page forbids scripts from elsewhere; axe-core is one.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme,
    offline: true, bypassCSP: true, acceptDownloads: true });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  const began = Date.now();
  await page.goto('file://' + path.join(work, name, 'report.html'));
  const ready = Date.now() - began;
  const drawn = await page.evaluate(() => [...document.querySelectorAll('figure')].map((figure) =>
    [figure.id, [...figure.querySelectorAll('svg[role=img]')].filter((it) => it.getBoundingClientRect().width > 40).length]));
  for (const [id, count] of drawn) assert(count > 0, `${name} ${width}: ${id} is not drawn`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert(wide <= width, `${name}: ${wide} px wide at ${width}`);
  const collide = await page.evaluate(() => [...document.querySelectorAll('.panel > svg:first-of-type')].flatMap((svg) => {
    const texts = [...svg.querySelectorAll('text')].filter((it) => it.textContent);
    const boxes = texts.map((it) => it.getBoundingClientRect());
    return texts.filter((text, a) => boxes.some((box, b) => b < a &&
      Math.min(box.right, boxes[a].right) - Math.max(box.left, boxes[a].left) > 1 &&
      Math.min(box.bottom, boxes[a].bottom) - Math.max(box.top, boxes[a].top) > 3)).map((it) => it.textContent);
  }));
  assert.equal(collide.join(' | '), '', `${name} ${width}: labels run into each other`);
  await page.addScriptTag({ content: axe });
  const faults = await page.evaluate(async () => (await axe.run()).violations
    .filter((it) => ['serious', 'critical'].includes(it.impact))
    .map((it) => `${it.id}: ${it.nodes.length} × ${it.nodes[0].html.slice(0, 120)} ${it.nodes[0].failureSummary}`));
  assert.equal(faults.join('\n'), '', `${name} ${width} ${colorScheme}`);
  assert.equal(said.join('\n'), '', `${name} ${width}: said on the console`);
  await page.screenshot({ path: path.join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  return { page, ready, figures: drawn.length };
};

const download = async (page, figure, kind) => {
  const [got] = await Promise.all([page.waitForEvent('download'), page.click(`#${figure} [data-get=${kind}]`)]);
  return fs.readFileSync(await got.path());
};

(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  let slowest = 0, figures = 0;
  for (const name of ['compared', 'run', 'grid', 'one_at_a_time', 'morris', 'validated']) {
    for (const [width, scheme] of [[1280, 'light'], [1280, 'dark'], [400, 'light'], [400, 'dark']]) {
      const seen = await look(browser, name, width, scheme);
      slowest = Math.max(slowest, seen.ready);
      figures = Math.max(figures, seen.figures);
      await seen.page.context().close();
    }
  }
  const { page } = await look(browser, 'compared', 1280, 'light');

  // The slider by keyboard: another month, other colours; and every measure has its numbers.
  const colours = () => page.$$eval('#maps circle', (all) => all.map((it) => it.getAttribute('class')).join());
  const cercles = table(fs.readFileSync(path.join(work, 'compared/cercles.csv'), 'utf8'));
  const last = await colours();
  await page.focus('#maps .month');
  await page.keyboard.press('Home');
  assert.notEqual(await colours(), last, 'the slider does nothing');
  const first = cercles.map((it) => it.date).sort()[0];
  assert.equal(await page.textContent('#maps .when'), first.slice(0, 7));
  await page.selectOption('#maps .measure', '3');
  const bamako = await page.$eval('#maps .panel circle title', () =>
    [...document.querySelectorAll('#maps .panel:first-child circle title')].find((it) => it.textContent.startsWith('Mopti')).textContent);
  const row = cercles.find((it) => it.date === first && it.cercle === 'Mopti');
  assert(Math.abs(+bamako.split(': ')[1].replaceAll(',', '') - +row.displaced) < 0.06, `${bamako} is not ${row.displaced}`);

  // Downloads: what is behind a figure, and the figure with its stamp.
  await page.click('#forest summary');
  const csv = (await download(page, 'forest', 'csv')).toString();
  for (const row of table(fs.readFileSync(path.join(work, 'compared/comparison.csv'), 'utf8'))) {
    if (['deaths', 'recruits', 'fighters'].includes(row.outcome)) {
      assert(csv.includes(',' + String(+row.difference) + ','), `${row.outcome}: ${row.difference} is not in the table`);
    }
  }
  for (const figure of ['difference', 'maps']) {
    await page.click(`#${figure} summary`);
    const svg = (await download(page, figure, 'svg')).toString();
    assert(svg.includes('What-if, not forecast') && !svg.includes('var(--ink'), figure);
    fs.writeFileSync(path.join(shots, figure + '.svg'), svg);
    const png = await download(page, figure, 'png');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    fs.writeFileSync(path.join(shots, figure + '.png'), png);
  }
  const size = fs.statSync(path.join(work, 'compared/report.html')).size;
  await page.pdf({ path: path.join(shots, 'page.pdf') });
  await browser.close();
  console.log(`passed: ${figures} figures, ${size} bytes, ready in ${slowest} ms at most`);
})().catch((error) => { console.error(error); process.exit(1); });
