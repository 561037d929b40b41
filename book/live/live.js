// The seam between a page and its Python. Another engine needs these four: `start`,
// `run`, `send` and `stop`, and a call of `hear` for what comes from Python by itself.

export class Engine {
  constructor(hear, say) {
    Object.assign(this, { hear, say, waiting: new Map(), count: 0 });
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.take(data);
    this.worker.onerror = (event) => this.say(event.message || "Python could not be started.", true);
  }

  take({ say, done, failed, why, content, buffers }) {
    if (say !== undefined) return this.say(say);
    if (content?.ran !== undefined) this.ran = content;
    else if (content) this.hear(content, buffers.map((buffer) => new DataView(buffer)));
    const call = this.waiting.get(done ?? failed);
    if (!call) return;
    this.waiting.delete(done ?? failed);
    if (failed) call.reject(new Error(why));
    else call.resolve(this.ran);
  }

  ask(act, rest) {
    const id = ++this.count;
    this.worker.postMessage({ act, id, ...rest });
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  // Fetch and start Python; `science` brings scikit-learn.
  start(science) { return this.ask("start", { science }); }

  // Run a cell: { outputs, error }.
  run(cell, source) { return this.ask("run", { number: this.count, cell, source }); }

  // End Python, whatever it does; what waits for it is told so.
  stop(why) {
    this.worker.terminate();
    for (const call of this.waiting.values()) call.reject(new Error(why));
    this.waiting.clear();
  }

  // Send a widget's message.
  send(message) { return this.ask("hear", { message }); }
}
