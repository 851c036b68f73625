// The line protocol: each line of standard input is a command, each line of standard output is the
// JSON response to one command, in the same order.
import { createInterface } from "node:readline";
import { Workload } from "./workload.mjs";

const CHUNK_SIZE = 10_000;

/** Splits a list into parts that are small enough for one call. */
export function* chunks(list) {
  for (let from = 0; from < list.length; from += CHUNK_SIZE) {
    yield list.slice(from, from + CHUNK_SIZE);
  }
}

/** Formats a number as in the tables. */
export function formatted(number) {
  return number.toLocaleString("en-US");
}

/** Serves commands for one competitor until the command "stop". */
export async function serve(open) {
  const workload = new Workload();
  const competitor = await open(process.env.COMPETITOR_DATABASE_URL, workload);
  const commands = {
    load: async (jobs) => (await competitor.load(Number(jobs)), {}),
    start: async () => (await competitor.start(), {}),
    tally: async () => workload.tally(),
    cancel: async (millis) => cancel(competitor, workload, Number(millis)),
    release: async () => (workload.release(), {}),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, argument] = line.split(" ");
    if (command === "stop") {
      break;
    }
    console.log(JSON.stringify(await respond(commands[command], argument)));
  }
  process.exit(0);
}

async function respond(command, argument) {
  try {
    return await command(argument);
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

// The counts are taken in the process that runs the jobs, at the time of the response.
async function cancel(competitor, workload, millis) {
  const before = workload.tally();
  const start = performance.now();
  const { cancelled, finished, reports } = await competitor.cancel(() => performance.now() - start > millis);
  const took = performance.now() - start;
  return { millis: took, cancelled, finished, reports, before, answered: workload.tally() };
}
