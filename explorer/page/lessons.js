// The texts of the lessons, round the small world that each of them has.

/** Plain paragraphs, with `code` and *emphasis* as in Markdown. */
const paragraphs = (text) => text.trim().split(/\n\s*\n/).map((part) => element('p', {}, ...inline(part)));

const inline = (text) => text.replace(/\s+/g, ' ').split(/(`[^`]+`|\*[^*]+\*)/).filter(Boolean).map((part) => {
  if (part.startsWith('`')) return element('code', {}, part.slice(1, -1));
  if (part.startsWith('*')) return element('em', {}, part.slice(1, -1));
  return part;
});

/** Draws the lesson of a scenario; nothing of what is no lesson. `choose` takes settings, a name and whether
    the random numbers are others. */
const drawLesson = (place, lesson, choose) => {
  place.hidden = !lesson;
  if (!lesson) { place.replaceChildren(); return; }
  const said = language.french ? lesson.french : lesson;
  const list = (items, one) => element('ul', {}, ...items.map((item, place) => element('li', {}, ...one(item, place))));
  const choice = (title, set, other) => element('button', { type: 'button', onclick: () => choose(set, title, other) }, title);
  const arms = lesson.arms.slice(1).map((arm, number) => choice(said.arm_titles?.[number + 1] ?? arm.title, arm.set ?? [], arm.other_random_numbers ?? false));
  const whats = said.things_to_try.map((trial) => trial.what ?? trial);
  place.replaceChildren(
    element('p', { class: 'stamp' }, say('lesson')), element('h2', {}, said.question),
    element('div', {}, ...paragraphs(said.what_it_is), ...paragraphs(said.how_to_use_it)),
    element('h3', {}, say('arms_of_lesson')), element('p', { class: 'buttons' }, ...arms),
    element('details', {}, element('summary', {}, say('things_to_notice')), element('div', {}, list(said.things_to_notice, inline))),
    element('details', {}, element('summary', {}, say('things_to_try')), list(lesson.things_to_try, (trial, number) =>
      [element('span', {}, ...inline(whats[number])), ' ',
        element('button', { type: 'button', onclick: () => choose([...lesson.arms[0].set ?? [], ...trial.set], whats[number], false) }, say('try'))])),
    element('details', {}, element('summary', {}, say('questions')), element('div', {}, ...said.questions.map(({ ask, answer }) =>
      element('details', {}, element('summary', {}, ask), element('p', {}, ...inline(answer)))))),
    element('details', {}, element('summary', {}, say('going_further')), element('div', {}, list(said.going_further, inline))),
  );
};
