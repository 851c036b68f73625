// pg-boss, cancelled in one of the two ways that its documentation of jobs describes: by queue or by
// ids.
import { randomUUID } from "node:crypto";
import { PgBoss } from "pg-boss";
import { chunks, formatted, serve } from "./protocol.mjs";

const QUEUE = "nothing";
const WORKERS = 16;

await serve(async (connectionString, workload) => {
  const boss = new PgBoss({ connectionString });
  boss.on("error", (error) => console.error(error));
  await boss.start();
  await boss.createQueue(QUEUE, { retryLimit: 0 });
  const ids = [];

  async function load(jobs) {
    for (let i = 0; i < jobs; i++) {
      ids.push(randomUUID());
    }
    for (const part of chunks(ids)) {
      await boss.insert(QUEUE, part.map((id, number) => ({ id, data: { number } })));
    }
  }

  async function start() {
    await boss.work(QUEUE, { localConcurrency: WORKERS }, ([job]) => workload.run(job.signal));
  }

  async function byQueue() {
    const deleted = await boss.deleteQueuedJobs(QUEUE);
    return { cancelled: deleted, finished: true, reports: `how many jobs it deleted: ${formatted(deleted)}` };
  }

  async function byIds(isLate) {
    let cancelled = 0;
    let finished = true;
    for (const part of chunks(ids)) {
      if (isLate()) {
        finished = false;
        break;
      }
      cancelled += (await boss.cancel(QUEUE, part)).affected;
    }
    const reports = `per call the requested ids and how many jobs it changed: ${formatted(cancelled)} in total, including running ones`;
    return { cancelled, finished, reports };
  }

  return { load, start, cancel: process.env.COMPETITOR_CANCEL === "ids" ? byIds : byQueue };
});
