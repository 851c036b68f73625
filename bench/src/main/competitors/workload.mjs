// The jobs of every competitor: the first few to start run until release(), the others are short.
// Workload.java does the same for the Java competitors.
import { setTimeout as after } from "node:timers/promises";

const LONG = 8;
const SHORT_MILLIS = 100;

export class Workload {
  #started = 0;
  #running = 0;
  #signalled = 0;
  #open = () => {};
  #released = new Promise((resolve) => (this.#open = resolve));

  /** Runs one job; the signal, where the competitor has one, interrupts it. */
  async run(signal) {
    const number = ++this.#started;
    this.#running++;
    const onAbort = () => this.#signalled++;
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      await (number <= LONG ? this.#orAborted(signal) : after(SHORT_MILLIS));
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#running--;
    }
  }

  #orAborted(signal) {
    if (!signal) {
      return this.#released;
    }
    const aborted = new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(new Error("interrupted")), { once: true }),
    );
    return Promise.race([this.#released, aborted]);
  }

  release() {
    this.#open();
  }

  tally() {
    return { started: this.#started, running: this.#running, signalled: this.#signalled };
  }
}
