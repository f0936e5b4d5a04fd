// What each control does.

const wire = () => {
  const on = (id, event, does) => by(id).addEventListener(event, (it) => { by('error').hidden = true; does(it); });
  on('run', 'click', page.run);
  on('step', 'click', page.step);
  on('again', 'click', () => page.begin(page.play.plan.turns.length ? { ...page.play.plan, turns: [] } : page.play.plan));
  on('back', 'click', page.goBack);
  on('month', 'input', () => { page.view = Number(by('month').value); page.moved(); });
  on('scenario', 'change', () => page.begin(page.fresh(by('scenario').value)));
  on('other', 'change', () => page.begin({ ...page.play.plan, other: by('other').value || null, own: by('other').value ? [] : page.play.plan.first, turns: [], title: '' }));
  on('scale', 'change', () => page.begin({ ...page.play.plan, scale: Number(by('scale').value) }));
  on('seed', 'change', () => { if (by('seed').checkValidity()) page.begin({ ...page.play.plan, seed: Number(by('seed').value) }); else by('seed').reportValidity(); });
  on('language', 'change', () => page.speak(by('language').value === 'fr'));
  on('measure', 'change', () => page.pictures.draw());
  on('add-outcome', 'change', () => {
    if (!by('add-outcome').value) return;
    page.pictures.choose(page.catalogue, [...page.pictures.outcomes, by('add-outcome').value]);
    page.pictures.draw();
  });
  on('run-bands', 'click', page.runBands);
  on('save', 'click', keep.save);
  on('report', 'click', keep.report);
  on('csv', 'click', keep.csv);
  on('link', 'click', keep.link);
  on('open', 'change', () => keep.open(by('open').files));
  by('error-close').addEventListener('click', () => { by('error').hidden = true; });
  on('error-again', 'click', () => page.begin({ ...page.play.plan, turns: [] }));
  for (const button of document.querySelectorAll('[data-svg]')) {
    button.addEventListener('click', () => page.alone(async () => {
      const figure = await page.pictures.sheet(button.dataset.svg);
      download(fileName(page.play.arms[0].begun.name, `${button.dataset.svg}.svg`), figure, 'image/svg+xml');
    }));
  }
  const maps = by('map-panels');
  maps.addEventListener('pointerover', ({ target }) => { if (target.dataset?.n) page.pictures.pick(Number(target.dataset.n)); });
  maps.addEventListener('keydown', (event) => {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e6, End: 1e6 }[event.key];
    if (!move || !page.play.arms[0].begun) return;
    event.preventDefault();
    page.pictures.pick(page.pictures.picked + move, true);
  });
  addEventListener('hashchange', () => {
    const linked = planOf(location.hash);
    if (linked) page.begin(linked.plan, linked.week);
  });
  addEventListener('unhandledrejection', ({ reason }) => { if (reason?.message !== 'ended') page.wrong(reason); });
  addEventListener('error', ({ error, message }) => page.wrong(error ?? new Error(message)));
};
