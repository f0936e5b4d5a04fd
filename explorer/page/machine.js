// The engine in WebAssembly: questions and answers in JSON. Used by the page, by its workers and by tests.
'use strict';

class Machine {
  static async of(module) {
    const machine = new Machine();
    const made = await WebAssembly.instantiate(module, {});
    machine.engine = (made.instance ?? made).exports;
    return machine;
  }

  bytes(length) {
    return new Uint8Array(this.engine.memory.buffer, this.engine.answer(), length);
  }

  /** What is answered; an Error with `wrong` in words, and `dead` when the engine has stopped for good. */
  ask(question) {
    const asked = new TextEncoder().encode(JSON.stringify(question));
    try {
      const place = this.engine.room(asked.length);
      new Uint8Array(this.engine.memory.buffer, place, asked.length).set(asked);
      const length = this.engine.ask();
      const answer = JSON.parse(new TextDecoder().decode(this.bytes(length)));
      if ('wrong' in answer) throw Object.assign(new Error(answer.wrong), { wrong: true });
      return answer.ok;
    } catch (error) {
      if (error.wrong) throw error;
      let last = '';
      try {
        last = new TextDecoder().decode(this.bytes(this.engine.last_words()));
      } catch { /* It cannot even say why. */ }
      throw Object.assign(new Error(last || String(error)), { dead: true });
    }
  }

  memory() {
    return this.engine.memory.buffer.byteLength;
  }
}
