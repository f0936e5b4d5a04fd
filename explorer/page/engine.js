// Unpacks the engine that this file carries and starts workers.

const textOf = (id) => document.getElementById(id).textContent;

/** The compiled engine. */
const unpacked = async () => {
  const text = textOf('engine');
  const zipped = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
};

/** A world in a worker. After a defect it starts another worker and says what happened. */
class Thread {
  constructor(module) {
    this.module = module;
    this.start();
  }

  start() {
    this.asked = new Map();
    this.next = 0;
    this.worker = new Worker(Thread.script());
    this.worker.onmessage = ({ data }) => {
      const promise = this.asked.get(data.id);
      this.asked.delete(data.id);
      if (data.dead) this.restart();
      if ('wrong' in data) promise?.reject(Object.assign(new Error(data.wrong), { dead: data.dead }));
      else promise?.resolve(data.answer);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      const asked = [...this.asked.values()];
      this.restart();
      for (const promise of asked) promise.reject(Object.assign(new Error(event.message || 'out of memory'), { dead: true }));
    };
    this.send({ module: this.module }).catch(() => {});
  }

  restart() {
    this.worker.terminate();
    this.start();
  }

  end() {
    this.worker.terminate();
    for (const promise of this.asked.values()) promise.reject(new Error('ended'));
    this.asked.clear();
  }

  send(question) {
    const id = this.next;
    this.next += 1;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.worker.postMessage({ id, question });
    });
  }

  ask(ask) {
    return this.send({ ask });
  }

  step(weeks, french) {
    return this.send({ weeks, french });
  }
}

/** What a thread of its own answers to one question: what takes longer than a frame is not asked of the page's. */
const apart = async (module, ask) => {
  const thread = new Thread(module);
  try {
    return await thread.ask(ask);
  } finally {
    thread.end();
  }
};

Thread.script = () => {
  Thread.url ??= URL.createObjectURL(new Blob([textOf('worker')], { type: 'text/javascript' }));
  return Thread.url;
};
