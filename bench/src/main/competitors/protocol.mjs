// The line protocol: a command a line on the standard input, an answer of JSON a line on the
// standard output, always one for one and in order.
import { createInterface } from "node:readline";
import { Workload } from "./workload.mjs";

const IN_ONE_CALL = 10_000;

/** The parts of a list, each small enough for one call. */
export function* calls(list) {
  for (let from = 0; from < list.length; from += IN_ONE_CALL) {
    yield list.slice(from, from + IN_ONE_CALL);
  }
}

/** A number as the tables have it. */
export function words(number) {
  return number.toLocaleString("en-US");
}

/** Talks about one rival until it is told to stop. */
export async function converse(open) {
  const workload = new Workload();
  const rival = await open(process.env.COMPETITOR_DATABASE_URL, workload);
  const verbs = {
    load: async (jobs) => (await rival.load(Number(jobs)), {}),
    start: async () => (await rival.start(), {}),
    tally: async () => workload.tally(),
    cancel: async (millis) => cancel(rival, workload, Number(millis)),
    release: async () => (workload.letGo(), {}),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, argument] = line.split(" ");
    if (verb === "stop") {
      break;
    }
    console.log(JSON.stringify(await answer(verbs[verb], argument)));
  }
  process.exit(0);
}

async function answer(verb, argument) {
  try {
    return await verb(argument);
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

// The counts are taken here, in the process that runs the jobs, at the very moment of the answer.
async function cancel(rival, workload, millis) {
  const before = workload.tally();
  const start = performance.now();
  const { cancelled, finished, reports } = await rival.cancel(() => performance.now() - start > millis);
  const took = performance.now() - start;
  return { millis: took, cancelled, finished, reports, before, answered: workload.tally() };
}
