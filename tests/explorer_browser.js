// The explorer opened in Chromium, from disk and without a network: what its tests share.
'use strict';
const { chromium } = require('playwright-core');
const path = require('path');

const file = `file://${path.join(__dirname, '../target/explorer.html')}`;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** How long anything may take here, ms: other work may go on beside. */
const PATIENCE = 180000;
/** What was said on the console or asked for: there should be nothing. */
const said = [];

const launched = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });

const until = async (page, holds, what, argument, patience = PATIENCE) => {
  const began = Date.now();
  while (!(await page.evaluate(holds, argument))) {
    if (Date.now() - began > patience) throw new Error(`${what}: ${await page.textContent('#error pre')}`);
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
  context.setDefaultTimeout(PATIENCE);
  const it = await context.newPage();
  it.on('console', (message) => said.push(message.text()));
  it.on('pageerror', (error) => said.push(String(error)));
  it.on('request', (request) => { if (!/^(file|blob|data):/.test(request.url())) said.push(`asks for ${request.url()}`); });
  await it.goto(file + fragment);
  await until(it, () => document.documentElement.dataset.ready, 'not ready');
  return it;
};

/**
 * Tasks of pages' own threads, as Chromium's trace has them: how long each took on the clock and of the processor,
 * and what ran in it. On a computer that does other things as well a task stands still while these run, so that
 * only the processor's time says what the page itself does. `ended` begins a new trace, which keeps each small.
 * A test that marks its acts (`performance.mark('act: …')`) is told after which one a task came.
 */
class Tasks {
  static async of(browser) {
    const tasks = new Tasks();
    tasks.session = await browser.newBrowserCDPSession();
    tasks.session.on('Tracing.dataCollected', ({ value }) => { for (const event of value) tasks.take(event); });
    await tasks.begin();
    return tasks;
  }

  begin() {
    this.long = [];
    this.within = [];
    this.acts = [];
    this.own = new Set();
    return this.session.send('Tracing.start', { transferMode: 'ReportEvents',
      traceConfig: { recordMode: 'recordUntilFull', traceBufferSizeInKb: 200000, includedCategories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] } });
  }

  take({ ph, name, pid, tid, ts, dur, tdur, args }) {
    const thread = `${pid} ${tid}`;
    if (ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain') this.own.add(thread);
    if (name.startsWith('act: ')) this.acts.push({ ts, name });
    if (ph !== 'X' || !(dur > 10000)) return;
    const one = { thread, ts, wall: dur / 1000, processor: (tdur ?? dur) / 1000 };
    if (name.endsWith('RunTask')) this.long.push(one);
    else this.within.push({ ...one, name: args?.data?.functionName ? `${args.data.functionName}:${args.data.lineNumber}` : name });
  }

  /** The tasks of more than 50 ms on the clock since the trace began. */
  async ended(again = false) {
    const done = new Promise((next) => { this.session.once('Tracing.tracingComplete', next); });
    await this.session.send('Tracing.end');
    await done;
    const inside = (task) => this.within.filter((it) => it.thread === task.thread && it.ts >= task.ts && it.ts < task.ts + 1000 * task.wall)
      .map((it) => `${it.name} ${Math.round(it.processor)}`).join(', ');
    const after = (task) => this.acts.filter((it) => it.ts < task.ts + 1000 * task.wall)
      .reduce((last, it) => (last && last.ts > it.ts ? last : it), null)?.name ?? '';
    const found = this.long.filter((it) => this.own.has(it.thread) && it.wall > 50)
      .map((task) => ({ wall: Math.round(task.wall), processor: Math.round(task.processor), what: `${inside(task)} ${after(task)}` }));
    if (again) await this.begin();
    return found;
  }
}

module.exports = { Tasks, file, idle, launched, opened, over, said, until };
