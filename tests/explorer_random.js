// The explorer clicked and turned at random in Chromium, for so many seconds: nothing may go wrong, memory stays
// bounded, and no task of the page's own thread takes long. `tests/explorer.sh` calls it.
//
//   node tests/explorer_random.js [seconds] [seed]
'use strict';
const assert = require('assert');
const { Tasks, idle, launched, opened, said } = require('./explorer_browser.js');
const [seconds = '60', seed = '7'] = process.argv.slice(2);
/** What a policy may take when no country is run with everyone, and the page's own things at the end, bytes. */
const MOST_MEMORY = 9e8;
const MOST_HEAP = 6e7;
/** What a task of the page's own thread may take of the processor, ms. */
const LONGEST = 100;
/** What the page may refuse: settings beyond their range, scenarios that are unlike, things of a run before there is one. */
const REFUSED = /cannot be compared|ne peuvent être comparés|is set to|out of range|must |nothing to report|rien à rapporter|first month|premier mois|other random numbers|mêmes nombres aléatoires/i;

(async () => {
  const browser = await launched();
  const it = await opened(browser);
  // A report opens a tab of its own, which is looked at elsewhere.
  it.context().on('page', (tab) => tab.close().catch(() => {}));
  const session = await it.context().newCDPSession(it);
  await session.send('Performance.enable');
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes') };
  };
  let state = Number(seed);
  const draw = (below) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor((state / 2147483648) * below); };
  const first = await heap();
  const tasks = await Tasks.of(browser);
  const long = [];
  const refused = new Map();
  const end = Date.now() + 1000 * Number(seconds);
  let acts = 0;
  let memory = 0;
  let last = '';
  while (Date.now() < end) {
    const kind = ['button', 'select', 'input[type=range], input[type=number]', 'input[type=checkbox]', 'summary'][draw(5)];
    const all = await it.$$(kind);
    const one = all[draw(all.length)];
    if (!one) continue;
    const limit = { timeout: 3000 };
    try {
      if (!(await one.isVisible()) || !(await one.isEnabled())) { await Promise.all(all.map((handle) => handle.dispose())); continue; }
      last = await one.evaluate((place) => {
        const what = place.id || place.textContent.slice(0, 40);
        performance.mark(`act: ${what}`);
        return what;
      });
      acts += 1;
      if (kind === 'select') {
        const options = await one.$$eval('option', (its) => its.map((option) => option.value));
        // A country with everyone is for whoever asks for it.
        const chosen = options[draw(options.length)];
        if (!(last === 'scale' && ['1', '0'].includes(chosen))) await one.selectOption(chosen, limit);
      } else if (kind.startsWith('input[type=range]')) {
        const [least, most] = await one.evaluate((input) => [Number(input.min || 0), Number(input.max || 5)]);
        const value = least + ((most - least) * draw(101)) / 100;
        await one.evaluate((input, number) => { input.value = number; input.dispatchEvent(new Event('input', { bubbles: true })); input.dispatchEvent(new Event('change', { bubbles: true })); }, value);
      } else await one.click(limit);
    } catch (error) {
      // What is covered or gone by now cannot be clicked; a page that no longer answers is a fault.
      if (!/Timeout|not attached|not visible|outside|detached/i.test(error.message)) throw error;
    }
    // What is held here would not be forgotten there.
    await Promise.all(all.map((handle) => handle.dispose()));
    const told = await it.evaluate(() => (document.querySelector('#error').hidden ? '' : document.querySelector('#error pre').textContent));
    if (told) refused.set(told, (refused.get(told) ?? 0) + 1);
    assert(!told || REFUSED.test(told), `after ${acts} acts, ${last}: ${told}`);
    if (acts % 20 === 0) memory = Math.max(memory, await it.evaluate(() => Math.max(...page.play.arms.map((arm) => arm.memory ?? 0))));
    if (acts % 200 === 0) long.push(...await tasks.ended(true));
  }
  await it.evaluate(() => { page.running = false; page.bands.stop(); });
  await idle(it);
  long.push(...await tasks.ended());
  const then = await heap();
  await browser.close();
  for (const [what, times] of refused) console.log(`refused, ${times} ×: ${what.split('\n')[0]}`);
  const mb = (bytes) => Math.round(bytes / 1e6);
  const most = (of) => Math.max(0, ...long.map(of));
  console.log(`${acts} clicks and turns at random in ${seconds} s: at most ${mb(memory)} MB for a policy; the page's own heap ${mb(first.heap)} MB `
    + `at the start and ${mb(then.heap)} MB at the end, ${first.nodes} and ${then.nodes} nodes; longest task ${most((it) => it.processor)} ms of the `
    + `processor, ${most((it) => it.wall)} ms on the clock`);
  for (const { processor, what } of long.toSorted((a, b) => b.processor - a.processor).slice(0, 5)) console.log(`${processor} ms: ${what}`);
  const tooLong = long.filter((task) => task.processor > LONGEST);
  for (const { wall, processor, what } of tooLong) console.log(`a task of ${processor} ms (${wall} ms on the clock): ${what}`);
  assert(tooLong.length === 0, `${tooLong.length} tasks of more than ${LONGEST} ms`);
  assert(memory < MOST_MEMORY, `${memory} bytes for a policy`);
  assert(then.heap < MOST_HEAP, `${then.heap} bytes of the page's own at the end`);
  assert.equal(said.join('\n'), '', 'said on the console, or asked for');
})().catch((error) => { console.error(error); process.exit(1); });
