// Asks a service as many others would, in a process of its own: what it waits for is not what the test waits for.
// node load.js URL BODY: first as much as it answers, then twice as much whether it answers or not. Prints JSON.
import { Agent, get, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

const [url = '', body = ''] = process.argv.slice(2);
const CLIENTS = 16;
/** Nobody waits longer for an answer. */
const PATIENCE = 10_000;
const [WARM, CLOSED, OPEN] = [2_000, 4_000, 8_000];
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };

const ask = () => {
  const began = performance.now();
  return new Promise((resolve) => {
    const told = (status, retryAfter) => {
      const ended = performance.now();
      resolve({ status, retryAfter, ended, took: ended - began });
    };
    const options = { method: 'POST', agent, headers, timeout: PATIENCE };
    const asked = request(`${url}/graphql`, options, (answer) => {
      answer.resume();
      answer.once('end', () => told(answer.statusCode, answer.headers['retry-after']));
      answer.once('error', () => told(0));
    });
    asked.once('error', () => told(0));
    asked.once('timeout', () => asked.destroy());
    asked.end(body);
  });
};

/** As many at once as there are clients, each asking when it was answered. */
async function closed(milliseconds) {
  const end = performance.now() + milliseconds;
  let answered = 0;
  const client = async () => {
    while (performance.now() < end) if ((await ask()).status === 200) answered += 1;
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (answered / milliseconds) * 1_000;
}

/** So many a second, whatever becomes of them. */
async function open(perSecond, milliseconds) {
  const began = performance.now();
  const asked = [];
  while (performance.now() - began < milliseconds) {
    const due = ((performance.now() - began) / 1_000) * perSecond;
    while (asked.length < due) asked.push(ask());
    await setTimeout(5);
  }
  return Promise.all(asked);
}

/** Whether it lives, asked ten times a second by somebody who knocks anew each time. */
async function lives(milliseconds) {
  const end = performance.now() + milliseconds;
  const told = [];
  while (performance.now() < end) {
    const began = performance.now();
    told.push(
      new Promise((resolve) => {
        const asked = get(`${url}/livez`, { agent: false }, (answer) => {
          answer.resume();
          answer.once('end', () => resolve({ status: answer.statusCode, took: performance.now() - began }));
        });
        asked.once('error', () => resolve({ status: 0, took: performance.now() - began }));
      }),
    );
    await setTimeout(100);
  }
  return Promise.all(told);
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

await closed(WARM);
const capacity = await closed(CLOSED);
const end = performance.now() + OPEN;
const [answers, livez] = await Promise.all([open(2 * capacity, OPEN), lives(OPEN)]);
const served = answers.filter(({ status }) => status === 200);
const times = served.map(({ took }) => took).sort((one, other) => one - other);
const statuses = {};
for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
const after = await closed(CLOSED);
console.log(
  JSON.stringify({
    capacity,
    asked: answers.length / (OPEN / 1_000),
    goodput: served.filter(({ ended }) => ended < end).length / (OPEN / 1_000),
    after,
    median: at(times, 0.5),
    p99: at(times, 0.99),
    worst: at(times, 1),
    statuses,
    refusalsWithoutRetryAfter: answers.filter(({ status, retryAfter }) => status === 503 && retryAfter !== '1').length,
    livez: {
      statuses: [...new Set(livez.map(({ status }) => status))],
      worst: Math.max(...livez.map(({ took }) => took)),
    },
  }),
);
process.exit();
