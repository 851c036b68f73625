// graphile-worker, cancelled as its documentation of administrative functions describes.
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { chunks, formatted, serve } from "./protocol.mjs";

const TASK = "nothing";
const WORKERS = 16;
const PENDING = "select id from graphile_worker.jobs where task_identifier = $1 and locked_at is null";

await serve(async (connectionString, workload) => {
  const logger = new Logger(() => (level, message) => {
    if (level === "error") {
      console.error(message);
    }
  });
  const utils = await makeWorkerUtils({ connectionString, logger });
  await utils.migrate();

  async function load(jobs) {
    const numbers = Array.from({ length: jobs }, (_, number) => number);
    for (const part of chunks(numbers)) {
      await utils.addJobs(part.map((number) => ({ identifier: TASK, payload: { number } })));
    }
  }

  async function start() {
    await run({
      connectionString,
      logger,
      concurrency: WORKERS,
      maxPoolSize: WORKERS + 2,
      noHandleSignals: true,
      taskList: { [TASK]: (_, helpers) => workload.run(helpers.abortSignal) },
    });
  }

  async function cancel(isLate) {
    const { rows } = await utils.withPgClient((client) => client.query(PENDING, [TASK]));
    let cancelled = 0;
    let finished = true;
    for (const part of chunks(rows.map((row) => row.id))) {
      if (isLate()) {
        finished = false;
        break;
      }
      cancelled += (await utils.permanentlyFailJobs(part, "cancelled")).length;
    }
    const reports = `the rows of the jobs it failed: ${formatted(cancelled)} of ${formatted(rows.length)} requested`;
    return { cancelled, finished, reports };
  }

  return { load, start, cancel };
});
