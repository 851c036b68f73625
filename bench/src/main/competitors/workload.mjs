// What the jobs of every rival do: the first few to start hold on until they are let go, the others
// are short. The same as Workload.java does.
import { setTimeout as after } from "node:timers/promises";

const LONG = 8;
const SHORT_MILLIS = 100;

export class Workload {
  #started = 0;
  #running = 0;
  #told = 0;
  #release = () => {};
  #released = new Promise((resolve) => (this.#release = resolve));

  /** Runs one job; the signal, where a rival has one, tells it to stop. */
  async run(signal) {
    const number = ++this.#started;
    this.#running++;
    const told = () => this.#told++;
    signal?.addEventListener("abort", told, { once: true });
    try {
      await (number <= LONG ? this.#orAborted(signal) : after(SHORT_MILLIS));
    } finally {
      signal?.removeEventListener("abort", told);
      this.#running--;
    }
  }

  #orAborted(signal) {
    if (!signal) {
      return this.#released;
    }
    const aborted = new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(new Error("told to stop")), { once: true }),
    );
    return Promise.race([this.#released, aborted]);
  }

  letGo() {
    this.#release();
  }

  tally() {
    return { started: this.#started, running: this.#running, told: this.#told };
  }
}
