// The explorer in Chromium, from disk and without a network, as a reader would use it. `tests/explorer.sh`
// calls it.
'use strict';
const fs = require('fs');
const path = require('path');
const assert = require('assert');
const { execFileSync } = require('child_process');
const { Tasks, file, idle, launched, opened, over, said, until } = require('./explorer_browser.js');
const [program, work, shots] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

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

(async () => {
  const browser = await launched();
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
  assert(await it.isVisible('#levers-over') && await it.isDisabled('#lever-policy-restraint'), 'a lever can be turned after the last week');
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
  assert(!(await it.isVisible('#levers-over')) && await it.isEnabled('#lever-policy-restraint'), 'no lever can be turned');
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

  // Every width, in the light and in the dark, in both languages; Mali among them, and a lesson that does something
  // of its own after a lever was turned.
  const mali = '#s=mali/status-quo&scale=200&turn=4~policy.restraint%3D0.1&week=60';
  const talks = '#s=lessons/talking-valley&turn=20~policy.restraint%3D0.1&week=80';
  for (const [width, scheme, fragment] of [[1280, 'light', ''], [1280, 'dark', `${mali}&l=en`], [400, 'light', `${talks}&l=fr`],
    [360, 'dark', `${mali}&l=en`], [3840, 'light', `${mali}&l=fr`]]) {
    const seen = await opened(browser, { width, scheme, fragment, own: { bypassCSP: true, reducedMotion: 'reduce' } });
    if (!fragment) {
      await seen.click('#run');
      await over(seen);
    }
    await idle(seen);
    assert(await seen.isHidden('#error'), await seen.textContent('#error pre'));
    await faultless(seen, `${width} ${scheme} ${fragment}`);
    // What lies far below would not be drawn.
    await seen.addStyleTag({ content: '*{content-visibility:visible!important}' });
    await seen.screenshot({ path: path.join(shots, `explorer-${width}-${scheme}.png`), fullPage: width < 3000 });
    await seen.context().close();
  }

  // Frames a second of Mali while the slider moves, and while weeks are run; and no long task.
  const swift = await opened(browser, { fragment: '#s=mali/status-quo&scale=50&turn=4~policy.restraint%3D0.1&week=260' });
  await idle(swift);
  const tasks = await Tasks.of(browser);
  const slides = await frames(swift, true);
  await swift.selectOption('#speed', '12');
  await swift.click('#run');
  const plays = await frames(swift, false);
  await swift.click('#run');
  await idle(swift);
  // The language changes all words, in little time.
  const { title, sentence, group } = await swift.evaluate(() => { const { path } = page.play.plan; return { ...page.catalogue.scenarios.find((one) => one.path === path), group: document.querySelector('.group summary').textContent }; });
  await swift.selectOption('#language', 'fr');
  await until(swift, () => document.documentElement.lang === 'fr' && document.querySelector('#stamp').textContent.includes('Scénario'), 'not in French');
  await idle(swift);
  for (const english of [title, sentence]) assert(!(await swift.textContent('body')).includes(`${english} `), `in French: ${english}`);
  assert.match(await swift.textContent('#sentence'), /^Et si l’État continuait/);
  assert.match(await swift.textContent('#stamp'), /Le Mali depuis 2024 : le statu quo/);
  assert.notEqual(await swift.textContent('.group[open] summary'), group, 'the levers are folded away, or in English');
  const long = await tasks.ended();
  const longest = Math.max(0, ...long.map((it) => it.processor));
  for (const { wall, processor, what } of long.filter((it) => it.processor > 100)) console.log(`a task of ${processor} ms (${wall} ms on the clock): ${what}`);
  assert(longest <= 100, `a task of the page's own thread takes ${longest} ms`);
  await swift.context().close();

  await browser.close();
  assert.equal(said.join('\n'), '', 'said on the console, or asked for');
  console.log(`passed: ready in ${ready} ms, ${fs.statSync(new URL(file)).size} bytes, ${slides} frames a second on the slider, ${plays} at play, longest task ${longest} ms of the processor, ${Math.max(0, ...long.map((it) => it.wall))} ms on the clock`);
})().catch((error) => { console.error(error); process.exit(1); });
