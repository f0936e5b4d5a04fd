// What a decade of Mali costs in the page: processor seconds and memory of each policy's worker, and the memory of
// the page's process, one adult for ten and everyone. Needs what `tests/explorer.sh` installs and makes.
//
//   NODE_PATH=target/tools/node_modules node tests/explorer_decade.js [scale …]
'use strict';
const fs = require('fs');
const { idle, launched, opened, until } = require('./explorer_browser.js');
const scales = process.argv.slice(2).length ? process.argv.slice(2) : ['10', '1'];

/** Ticks of the clock in /proc, a second. */
const TICKS = 100;

/** Processor seconds of the workers of the page's process, by thread. */
const workers = (pid) => new Map(fs.readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
  const stat = fs.readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return stat.includes('(DedicatedWorker') ? [[thread, (user + system) / TICKS]] : [];
}));

(async () => {
  for (const scale of scales) {
    const browser = await launched();
    const it = await opened(browser);
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const pid = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id).find((id) => workers(id).size >= 2);
    const before = workers(pid);
    const began = Date.now();
    await it.evaluate((people) => page.begin({ ...page.fresh('toguna:/mali/status-quo.toml'), scale: people, turns: [{ week: 100, setting: 'policy.restraint=0.1' }] }), Number(scale));
    await idle(it);
    await it.click('#run');
    await until(it, () => page.play.over || !document.querySelector('#error').hidden, 'not over', undefined, 3600000);
    await idle(it);
    if (await it.isVisible('#error')) throw new Error(await it.textContent('#error pre'));
    const took = [...workers(pid)].map(([thread, seconds]) => seconds - (before.get(thread) ?? 0)).sort((a, b) => b - a).slice(0, 2);
    const memory = await it.evaluate(() => page.play.arms.map((arm) => Math.round(arm.memory / 1e6)));
    const peak = fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1];
    const length = await it.evaluate(() => page.play.week);
    console.log(`one for ${scale}, ${length} weeks: ${took.map((seconds) => seconds.toFixed(1)).join(' and ')} processor s, ${memory.join(' and ')} MB; `
      + `the page's process ${Math.round(peak / 1e3)} MB at most; ${Math.round((Date.now() - began) / 1000)} s on the clock`);
    await browser.close();
  }
})().catch((error) => { console.error(error); process.exit(1); });
