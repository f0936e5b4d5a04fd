// One world in a thread of its own.
let machine;
let waiting = Promise.resolve();

const answered = (question) => {
  if (question.module) {
    return Machine.of(question.module).then((made) => { machine = made; });
  }
  if (question.weeks === undefined) return machine.ask(question.ask);
  const weeks = [];
  for (let week = 0; week < question.weeks; week += 1) {
    weeks.push(machine.ask({ ask: 'step', french: question.french }));
    if (weeks.at(-1).over) break;
  }
  return { weeks, memory: machine.memory() };
};

onmessage = ({ data: { id, question } }) => {
  waiting = waiting.then(async () => {
    try {
      postMessage({ id, answer: await answered(question) });
    } catch (error) {
      postMessage({ id, wrong: error.message, dead: Boolean(error.dead) });
    }
  });
};
