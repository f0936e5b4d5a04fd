// The engine of the page gives the bytes of the program, for every table. `tests/explorer.sh` calls it.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const assert = require('assert');
const { execFileSync } = require('child_process');
const [program, work] = process.argv.slice(2);
const root = path.join(__dirname, '..');
const Machine = vm.runInThisContext(`${fs.readFileSync(path.join(root, 'explorer/page/machine.js'), 'utf8')};Machine`);

const ran = (scenario, settings) => {
  const out = path.join(work, 'native');
  fs.rmSync(out, { recursive: true, force: true });
  execFileSync(program, ['run', scenario, ...settings.flatMap((it) => ['--set', it]), '--quiet', '--out', out,
    '--tables', 'all'], { cwd: work });
  return out;
};

const same = (machine, folder, what) => {
  for (const [name] of machine.ask({ ask: 'tables' })) {
    assert.equal(machine.ask({ ask: 'table', name }), fs.readFileSync(path.join(folder, name), 'utf8'), `${what}: ${name} differs`);
  }
  return machine.ask({ ask: 'tables' }).length;
};

(async () => {
  const module = await WebAssembly.compile(fs.readFileSync(path.join(root, 'target/wasm32-unknown-unknown/explorer/toguna_explorer.wasm')));
  const machine = await Machine.of(module);
  const open = (asked) => machine.ask({ ask: 'open', seed: 1, ...asked });
  const step = (weeks) => { for (let week = 0; week < weeks; week += 1) machine.ask({ ask: 'step', french: false }); };
  let tables = 0;
  for (const [name, settings] of [
    ['lessons/two-villages', []],
    ['lessons/valley', []],
    ['lessons/talking-valley', ['policy.restraint=0.2', 'rules.violence.scale=3.0']],
    ['mali/status-quo', ['people.people_per_agent=10', 'time.end="2024-12-31"']],
  ]) {
    step(open({ path: `toguna:/${name}.toml`, settings }).weeks);
    tables += same(machine, ran(name, settings), name);
  }

  // Levers turned on the way, saved, and run by the program.
  const settings = ['people.people_per_agent=2'];
  const begun = open({ path: 'toguna:/lessons/valley.toml', settings });
  step(20);
  machine.ask({ ask: 'turn', setting: 'policy.military_pressure=0.95' });
  step(30);
  machine.ask({ ask: 'turn', setting: 'policy.services_share.water=0.05' });
  machine.ask({ ask: 'turn', setting: 'policy.invited=["brotherhood"]' });
  step(begun.weeks - 50);
  const saved = path.join(work, 'played.toml');
  const text = machine.ask({ ask: 'saved', name: begun.name, base: 'toguna:/lessons/valley.toml', seed: 1 });
  fs.writeFileSync(saved, text);
  tables += same(machine, ran('played.toml', []), 'saved');
  // What was saved can be opened again, and extends what was opened beside it.
  const again = open({ path: 'played.toml', files: [['played.toml', text]] });
  step(again.weeks);
  same(machine, path.join(work, 'native'), 'opened again');

  // Back to an earlier week: what came after is forgotten, and the run gives the bytes of one that was never there.
  const forth = open({ path: 'toguna:/lessons/valley.toml', settings });
  step(20);
  machine.ask({ ask: 'turn', setting: 'policy.military_pressure=0.95' });
  step(80);
  machine.ask({ ask: 'turn', setting: 'policy.restraint=0.1' });
  step(11);
  const back = machine.ask({ ask: 'back', week: 93 });
  assert(back.week > 60 && back.week <= 93, `week ${back.week} was kept`);
  assert.equal(back.levers.find((it) => it.path === 'policy.military_pressure').value, 0.95);
  step(forth.weeks - back.week);
  fs.writeFileSync(saved, machine.ask({ ask: 'saved', name: forth.name, base: 'toguna:/lessons/valley.toml', seed: 1 }));
  tables += same(machine, ran('played.toml', []), 'gone back');

  // What is wrong is told as on the command line, and the engine goes on.
  const wrong = 'extends = "toguna:/lessons/valley.toml"\nname = "x"\n[policy]\nrestraind = 0.5\n';
  fs.writeFileSync(path.join(work, 'wrong.toml'), wrong);
  let told = '';
  try {
    execFileSync(program, ['check', 'wrong.toml'], { cwd: work, stdio: 'pipe' });
  } catch (error) {
    told = error.stdout.toString() + error.stderr.toString();
  }
  assert.throws(() => open({ path: 'wrong.toml', files: [['wrong.toml', wrong]] }), (error) => {
    assert(error.message.includes('did you mean'), error.message);
    for (const line of error.message.trim().split('\n').filter((it) => it.includes('restraint'))) assert(told.includes(line.trim()), `${line} is not in ${told}`);
    return !error.dead;
  });
  assert.throws(() => machine.ask({ ask: 'nothing' }), /unknown variant/);
  open({ path: 'toguna:/lessons/two-villages.toml' });
  assert.throws(() => machine.ask({ ask: 'turn', setting: 'policy.restraint=7' }), /restraint/);
  step(3);
  console.log(`passed: ${tables} tables have the bytes of the program`);
})().catch((error) => { console.error(error); process.exit(1); });
