// The explorer in Chromium, from disk and without a network, as a reader would use it. `tests/explorer.sh`
// calls it; with a number of seconds at the end it clicks and turns at random for so long.
'use strict';
const { chromium } = require('playwright-core');
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const { execFileSync } = require('child_process');
const [program, work, shots, seconds] = process.argv.slice(2);
const file = `file://${path.join(__dirname, '../target/explorer.html')}`;
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const said = [];
/** What a policy may take when no country is run with everyone, bytes. */
const MOST_MEMORY = 9e8;
/** How long anything may take here, ms: other work may go on beside. */
const PATIENCE = 180000;

const until = async (page, holds, what, argument) => {
  const began = Date.now();
  while (!(await page.evaluate(holds, argument))) {
    if (Date.now() - began > PATIENCE) throw new Error(`${what}: ${await page.textContent('#error pre')}`);
    await new Promise((next) => { setTimeout(next, 40); });
  }
};
// `page` inside of what is evaluated is the page's own name for itself.
const idle = async (it) => {
  await until(it, () => !page.busy && !page.running, 'not idle');
  await it.evaluate(() => page.pictures.settled());
};
const over = async (it) => { await until(it, () => page.play.over, 'not over'); await idle(it); };

const opened = async (browser, { width = 1280, scheme = 'light', fragment = '', own = {} } = {}) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true,
    acceptDownloads: true, locale: 'en-GB', ...own });
  const it = await context.newPage();
  await it.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => ({ took: task.duration, at: task.startTime }))))
      .observe({ type: 'longtask', buffered: true });
  });
  it.on('console', (message) => said.push(message.text()));
  it.on('pageerror', (error) => said.push(String(error)));
  it.on('request', (request) => { if (!/^(file|blob|data):/.test(request.url())) said.push(`asks for ${request.url()}`); });
  await it.goto(file + fragment);
  await until(it, () => document.documentElement.dataset.ready, 'not ready');
  return it;
};

const got = async (it, button) => {
  const [download] = await Promise.all([it.waitForEvent('download'), it.click(button)]);
  return fs.readFileSync(await download.path(), 'utf8');
};

const table = async (it, arm, name) => {
  await it.selectOption('#table-arm', String(arm));
  await it.selectOption('#table', name);
  return got(it, '#csv');
};

const ran = (scenario) => {
  const out = path.join(work, 'native');
  fs.rmSync(out, { recursive: true, force: true });
  execFileSync(program, ['run', scenario, '--quiet', '--out', out], { cwd: work });
  return (name) => fs.readFileSync(path.join(out, name), 'utf8');
};

const faultless = async (it, what) => {
  const wide = await it.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert(wide <= 0, `${what}: ${wide} px too wide`);
  await it.addScriptTag({ content: axe });
  const faults = await it.evaluate(async () => (await axe.run()).violations
    .filter((fault) => ['serious', 'critical'].includes(fault.impact))
    .map((fault) => `${fault.id}: ${fault.nodes.length} × ${fault.nodes[0].html.slice(0, 140)} ${fault.nodes[0].failureSummary}`));
  assert(faults.length === 0, `${what}: ${faults.join(" | ")}`);
};

/** Tasks of the page's own thread that took more than 50 ms since it was ready, ms. */
const longTasks = (it) => it.evaluate(() => window.tasks.filter((task) => task.at > Number(document.documentElement.dataset.ready)).map((task) => Math.round(task.took)));

/** Frames a second for some seconds, in each of which the slider may be moved by four weeks. */
const frames = (it, slides) => it.evaluate((moves) => new Promise((done) => {
  const month = document.querySelector('#month');
  const began = performance.now();
  let frame = 0;
  const next = () => {
    const past = performance.now() - began;
    if (past > 3000) { done(Math.round((1000 * frame) / past)); return; }
    frame += 1;
    if (moves) {
      month.value = (frame * 4) % Number(month.max);
      month.dispatchEvent(new Event('input'));
    }
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}), slides);

/** Clicks and turns at random for so many seconds; nothing may go wrong, and memory stays bounded. */
const atRandom = async (it, time) => {
  const end = Date.now() + 1000 * time;
  let state = 7;
  const draw = (below) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor((state / 2147483648) * below); };
  let turns = 0;
  let memory = 0;
  while (Date.now() < end) {
    const kind = ['button:not(#link):not([data-svg]):not(#save):not(#csv):not(#report)', 'select', 'input[type=range], input[type=number]', 'input[type=checkbox]', 'summary'][draw(5)];
    const all = await it.$$(`${kind}`);
    const one = all[draw(all.length)];
    if (!one) continue;
    turns += 1;
    const limit = { timeout: 3000 };
    try {
      if (!(await one.isVisible()) || !(await one.isEnabled())) continue;
      if (kind === 'select') {
        const options = await one.$$eval('option', (its) => its.map((option) => option.value));
        const id = await one.getAttribute('id');
        // A country with everyone is for whoever asks for it.
        const chosen = options[draw(options.length)];
        if (!(id === 'scale' && ['1', '0'].includes(chosen))) await one.selectOption(chosen, limit);
      } else if (kind.startsWith('input[type=range]')) {
        const [least, most] = await one.evaluate((input) => [Number(input.min || 0), Number(input.max || 5)]);
        const value = least + ((most - least) * draw(101)) / 100;
        await one.evaluate((input, number) => { input.value = number; input.dispatchEvent(new Event('input', { bubbles: true })); input.dispatchEvent(new Event('change', { bubbles: true })); }, value);
      } else await one.click(limit);
    } catch (error) {
      // What is covered or gone by now cannot be clicked; a page that no longer answers is a fault.
      if (!/Timeout|not attached|not visible|outside|detached/i.test(error.message)) throw error;
    }
    if (turns % 20 === 0) memory = Math.max(memory, await it.evaluate(() => Math.max(...page.play.arms.map((arm) => arm.memory ?? 0))));
    assert.equal(await it.evaluate(() => document.querySelector('#error').hidden || /cannot be compared|ne peuvent|sont pas|sign|date|end/i.test(document.querySelector('#error pre').textContent)), true,
      await it.textContent('#error pre'));
  }
  await it.evaluate(() => { page.running = false; page.bands.stop(); });
  await idle(it);
  const tasks = (await longTasks(it)).sort((a, b) => b - a);
  console.log(`long tasks: ${tasks.length}, ${tasks.filter((task) => task > 100).length} above 100 ms, the longest ${tasks.slice(0, 5).join(', ')} ms`);
  assert(memory < MOST_MEMORY, `${memory} bytes for a policy`);
  return `${turns} clicks and turns at random, at most ${Math.round(memory / 1e6)} MB for a policy`;
};

(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const it = await opened(browser);
  const ready = await it.getAttribute('html', 'data-ready');

  // A lesson, by keyboard alone: its second policy, run, and a month looked at.
  await it.focus('#lesson .buttons button');
  await it.keyboard.press('Enter');
  await idle(it);
  await until(it, () => document.activeElement.id === 'run', 'the keyboard is lost');
  await it.keyboard.press('Enter');
  await over(it);
  const native = ran('lessons/unbending-valley');
  assert.equal(await table(it, 0, 'series.csv'), native('series.csv'), 'A differs from the program');
  await it.focus('#month');
  await it.keyboard.press('Home');
  await it.keyboard.press('PageUp');
  const month = await it.textContent('#month-date');
  assert.match(month, /^20\d\d-\d\d$/);
  await it.focus('#map-panels');
  const first = await it.textContent('#town');
  await it.keyboard.press('ArrowRight');
  assert.notEqual(await it.textContent('#town-aloud'), first);
  assert.match(await it.textContent('#town-aloud'), /^\w+: A .*; B .*; B − A /);

  // Back to an earlier month, where a lever is turned by keyboard; saved, it runs to the same bytes.
  await it.evaluate(() => { document.querySelector('#month').value = 60; document.querySelector('#month').dispatchEvent(new Event('input')); });
  await it.click('#back');
  await idle(it);
  assert.equal(await it.evaluate(() => page.play.week), 61);
  await it.focus('#lever-policy-restraint');
  await it.keyboard.press('Shift+ArrowDown');
  await until(it, () => page.play.plan.turns.length === 1, 'the lever was not turned');
  await it.click('#run');
  await over(it);
  assert.match(await it.textContent('#turned'), /2021-\d\d-\d\d: restraint = /);
  assert.match(await it.textContent('#log-b'), /restraint = /);
  const played = await got(it, '#save');
  fs.writeFileSync(path.join(work, 'played.toml'), played);
  const again = ran('played.toml');
  for (const name of ['series.csv', 'runs.csv', 'groups.csv', 'cercles.csv', 'acted.csv']) {
    assert.equal(await table(it, 1, name), again(name), `${name} of what was saved`);
  }
  for (const figure of ['differences', 'maps', 'courses']) {
    const svg = await got(it, `[data-svg=${figure}]`);
    assert(svg.includes('What-if, not forecast') && svg.includes('facts that test the model') && !svg.includes('var(--ink'), figure);
    fs.writeFileSync(path.join(shots, `explorer-${figure}.svg`), svg);
  }

  // A link brings it all back.
  await it.click('#link');
  await until(it, () => location.hash.includes('turn='), 'no link');
  const linked = await opened(browser, { fragment: new URL(it.url()).hash });
  assert.equal(await table(linked, 1, 'series.csv'), again('series.csv'), 'the link gives other numbers');

  // Several seeds give bands; stopping them leaves the page as it was.
  await linked.selectOption('#replicates', '5');
  await linked.click('#run-bands');
  await until(linked, () => page.pictures.runs, 'no bands');
  await idle(linked);
  await linked.evaluate(() => page.pictures.settled());
  assert(await linked.$('#differences .band'), 'no band is drawn');
  assert.match(await linked.textContent('#differences .values'), / … /);
  await linked.screenshot({ path: path.join(shots, 'explorer-bands.png'), fullPage: true });

  // The report of these runs is the engine's own, with the numbers that the command line gives.
  const [report] = await Promise.all([linked.context().waitForEvent('page'), linked.click('#report')]);
  await report.waitForURL(/^blob:/);
  await report.waitForSelector('#forest svg');
  assert.match(await report.textContent('figcaption'), /What-if, not forecast.*5 runs of each scenario/);
  fs.writeFileSync(path.join(work, 'other.toml'), played.replace(/^name = .*$/m, 'name = "other"'));
  execFileSync(program, ['compare', 'lessons/unbending-valley', 'other.toml', '--replicates', '5', '--quiet', '--out', path.join(work, 'compared')], { cwd: work });
  const compared = fs.readFileSync(path.join(work, 'compared/comparison.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const numbers = new Set(await report.$$eval('#forest [data-v]', (cells) => cells.map((cell) => Number(cell.dataset.v))));
  for (const name of ['deaths', 'recruits', 'spending', 'displaced']) {
    const number = Number(compared.find((row) => row[2] === name)[7]);
    assert(numbers.has(number), `the report lacks ${number}, the difference in ${name}`);
  }
  await report.screenshot({ path: path.join(shots, 'explorer-report.png') });
  await linked.context().close();

  // A file with a mistake is told as on the command line, and all goes on.
  fs.writeFileSync(path.join(work, 'wrong.toml'), 'extends = "played.toml"\nname = "wrong"\n[policy]\nrestraind = 0.5\n');
  await it.setInputFiles('#open', [path.join(work, 'played.toml'), path.join(work, 'wrong.toml')]);
  await until(it, () => page.play.plan.path === 'played.toml' && !page.busy, 'the file was not opened');
  await it.selectOption('#scenario', 'wrong.toml');
  await until(it, () => document.querySelector('#error pre').textContent.includes('did you mean'), 'no message');
  await it.click('#error-close');
  assert.equal(await it.evaluate(() => page.play.plan.path), 'played.toml');
  await it.click('#step');
  await idle(it);
  assert.equal(await it.evaluate(() => page.play.week), 1);

  // After a defect the page tells it and begins again.
  await it.evaluate(() => { page.play.arms[0].thread.worker.terminate(); page.play.arms[0].thread.worker.onerror({ preventDefault() {}, message: 'made up' }); });
  await it.click('#step');
  await until(it, () => !document.querySelector('#error').hidden, 'the defect is not told');
  await it.click('#error-again');
  await idle(it);
  await it.click('#step');
  await idle(it);
  assert.equal(await it.evaluate(() => page.play.week), 1);
  await it.context().close();

  // A link to what is not there is told, and anything else can be chosen.
  const lost = await opened(browser, { fragment: '#s=mali/nothing' });
  assert.match(await lost.textContent('#error pre'), /there is no scenario file/);
  await lost.selectOption('#scenario', 'toguna:/lessons/two-villages.toml');
  await until(lost, () => page.play.plan && !page.busy, 'nothing was opened');
  await lost.click('#run');
  await over(lost);
  await lost.context().close();

  // Every width, in the light and in the dark, in both languages; Mali among them.
  for (const [width, scheme, own, scenario] of [[1280, 'light', {}, ''], [1280, 'dark', {}, 'mali/status-quo'], [400, 'light', { locale: 'fr-FR' }, ''],
    [360, 'dark', {}, 'mali/status-quo'], [3840, 'light', { locale: 'fr-FR' }, 'mali/status-quo']]) {
    const fragment = scenario ? `#s=${scenario}&scale=200&turn=4~policy.restraint%3D0.1&week=60` : '';
    const seen = await opened(browser, { width, scheme, fragment, own: { ...own, bypassCSP: true } });
    if (!scenario) {
      await seen.click('#run');
      await over(seen);
    }
    await seen.evaluate(() => page.pictures.settled());
    await faultless(seen, `${width} ${scheme} ${scenario}`);
    await seen.screenshot({ path: path.join(shots, `explorer-${width}-${scheme}.png`), fullPage: width < 3000 });
    await seen.context().close();
  }

  // Frames a second of Mali while the slider moves, and while weeks are run; and no long task.
  const swift = await opened(browser, { fragment: '#s=mali/status-quo&scale=50&turn=4~policy.restraint%3D0.1&week=260' });
  await idle(swift);
  const slides = await frames(swift, true);
  await swift.selectOption('#speed', '12');
  await swift.click('#run');
  const plays = await frames(swift, false);
  await swift.click('#run');
  await idle(swift);
  const longest = Math.max(0, ...await longTasks(swift));
  await swift.context().close();

  let random = '';
  if (seconds) random = `, ${await atRandom(await opened(browser), Number(seconds))}`;
  await browser.close();
  assert.equal(said.join('\n'), '', 'said on the console, or asked for');
  console.log(`passed: ready in ${ready} ms, ${fs.statSync(new URL(file)).size} bytes, ${slides} frames a second on the slider, ${plays} at play, longest task ${longest} ms${random}`);
})().catch((error) => { console.error(error); process.exit(1); });
