import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openWorkplace, type Served, serve, type Workplace } from '../support/command-line.ts';

let place: Workplace;
beforeAll(() => {
  place = openWorkplace();
});
afterAll(() => rmSync(place.folder, { recursive: true }));

interface Reply {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Question {
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** Asks on a connection of an agent; whatever breaks it rejects, also in the middle of the answer. */
function ask(origin: string, agent: Agent, { path, headers = {}, body }: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${origin}${path}`,
      { agent, headers, method: body === undefined ? 'GET' : 'POST' },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (chunk: string) => {
          text += chunk;
        });
        reply.on('error', reject);
        reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const graphql = (query: string): Question => ({
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

/** What is kept, what is not, two files, and what a reader has already. */
const mixed: Question[] = [
  graphql('{ editions(first: 5) { nodes { slug name } } }'),
  { path: '/sitemap.xml' },
  { path: '/operations.json' },
  { path: '/schema.graphql', headers: { 'if-none-match': '*' } },
  graphql('{ editions(first: 50) { nodes { slug speakers(first: 5) { nodes { title } } } } }'),
];

/** Clients that ask one thing after the other, each on a connection that it keeps, until nobody listens any more. */
function askOnAndOn(origin: string, clients: number, questions = mixed) {
  const count = { answers: 0, lastAnswers: 0 };
  const broken: string[] = [];
  const one = async (client: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = client; ; turn++) {
      const question = questions[turn % questions.length] ?? { path: '/livez' };
      try {
        const { status, headers, body } = await ask(origin, agent, question);
        count.answers += 1;
        if (headers.connection === 'close') count.lastAnswers += 1;
        const isWhole =
          status === 304 || (status === 200 && (question.body === undefined || JSON.parse(body).data !== undefined));
        if (!isWhole || Number(headers['content-length'] ?? Buffer.byteLength(body)) !== Buffer.byteLength(body))
          broken.push(`${question.path}: ${status} ${body.slice(0, 80)}`);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        if (code !== 'ECONNREFUSED') broken.push(`${question.path}: ${code}`);
        agent.destroy();
        return;
      }
    }
  };
  const ended = Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  return { count, broken, ended };
}

/** @returns the code that it ends with, and after how many milliseconds */
async function told(service: Served, signal: NodeJS.Signals): Promise<{ code: number | null; took: number }> {
  const began = performance.now();
  service.child.kill(signal);
  const code = await service.ended;
  return { code, took: performance.now() - began };
}

test.each([1_500, 500, 100])(
  'told to stop while forty clients ask, it answers all that they asked and breaks no connection off: after %i ms',
  async (delay) => {
    const service = await serve(place);
    const clients = askOnAndOn(new URL(service.url).origin, 40);
    await wait(delay);
    const { code, took } = await told(service, 'SIGTERM');
    await clients.ended;
    expect(clients.broken).toEqual([]);
    expect(code).toBe(0);
    expect(clients.count.answers).toBeGreaterThan(0);
    expect(clients.count.lastAnswers).toBeGreaterThan(0);
    expect(took).toBeLessThan(15_000);
    expect(existsSync(join(place.folder, 'expograph.db-wal'))).toBe(false);
  },
);

/** A connection that is kept, on which something was asked already. */
async function keptConnection(origin: string): Promise<Agent> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  await ask(origin, agent, { path: '/livez' });
  return agent;
}

/** Asks for a file, again and again, and reads no more than its beginning. */
async function askWithoutReading(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).on('error', () => {});
  onTestFinished(() => void socket.destroy());
  // More than the system takes off the service's hands: as long as that is not read, the answer has no end.
  socket.write('GET /schema.graphql HTTP/1.1\r\nHost: expograph.example\r\n\r\n'.repeat(200));
  await once(socket, 'data');
  socket.pause();
}

test('a service that closes says so, and still answers on the connections that it has, each for the last time', async () => {
  const service = await serve(place);
  const { origin } = new URL(service.url);
  const [probe, reader] = [await keptConnection(origin), await keptConnection(origin)];
  await askWithoutReading(origin);
  service.child.kill('SIGTERM');
  // By now it has heard of it.
  await expect.poll(() => ask(origin, new Agent(), { path: '/livez' }).catch(() => 'refused')).toBe('refused');
  const readiness = await ask(origin, probe, { path: '/readyz' });
  expect([readiness.status, readiness.headers.connection]).toEqual([503, 'close']);
  expect(JSON.parse(readiness.body)).toEqual({
    ready: false,
    checks: [
      { name: 'database', ok: true },
      { name: 'schema', ok: true },
      { name: 'service', ok: false, reason: 'The service is shutting down.' },
    ],
  });
  const answer = await ask(origin, reader, graphql('{ service { name } }'));
  expect([answer.status, answer.headers.connection, answer.body]).toEqual([
    200,
    'close',
    '{"data":{"service":{"name":"Expograph"}}}\n',
  ]);
});

test('who only holds a connection, or does not read on, does not hold the service for long', async () => {
  const service = await serve(place);
  const { origin } = new URL(service.url);
  await keptConnection(origin);
  const { hostname, port } = new URL(origin);
  const silent = connect(Number(port), hostname);
  const halfAsked = connect(Number(port), hostname);
  for (const socket of [silent, halfAsked]) socket.on('error', () => {});
  onTestFinished(() => void [silent, halfAsked].map((socket) => socket.destroy()));
  halfAsked.write('POST /graphql HTTP/1.1\r\nHost: a\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{');
  await once(silent, 'connect');
  await wait(100);
  const idle = await told(service, 'SIGTERM');
  expect(idle.code).toBe(0);
  expect(idle.took).toBeLessThan(8_000);

  const other = await serve(place);
  await askWithoutReading(new URL(other.url).origin);
  const { code, took } = await told(other, 'SIGINT');
  expect([code, other.said()]).toEqual([0, expect.anything()]);
  // It was given its time, and no more.
  expect(took).toBeGreaterThan(5_000);
  expect(took).toBeLessThan(15_000);
  expect(existsSync(join(place.folder, 'expograph.db-wal'))).toBe(false);
}, 60_000);

test.each([
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGTERM', 'SIGINT', 130],
  ['SIGINT', 'SIGINT', 130],
] as const)('told by %s and then by %s, it ends at once with code %i', async (first, second, code) => {
  const service = await serve(place);
  const { origin } = new URL(service.url);
  await askWithoutReading(origin);
  service.child.kill(first);
  await expect.poll(() => ask(origin, new Agent(), { path: '/livez' }).catch(() => 'refused')).toBe('refused');
  const ended = await told(service, second);
  expect(ended.code).toBe(code);
  expect(ended.took).toBeLessThan(5_000);
});

test('clients that have it all already, and are told so, do not hold the service', async () => {
  const service = await serve(place);
  const { origin } = new URL(service.url);
  const known = { 'if-none-match': '*' };
  const clients = askOnAndOn(origin, 40, [
    { path: '/schema.graphql', headers: known },
    { path: '/sitemap.xml', headers: known },
  ]);
  await wait(1_500);
  const { code, took } = await told(service, 'SIGTERM');
  await clients.ended;
  expect(clients.broken).toEqual([]);
  expect(code).toBe(0);
  expect(took).toBeLessThan(10_000);
});

test('where it serves localhost, which is two addresses, it closes both as gently', async () => {
  const service = await serve(place, { HOST: 'localhost' });
  const { port } = new URL(service.url);
  const v6 = await ask(`http://[::1]:${port}`, new Agent(), { path: '/livez' }).catch(() => null);
  const both = [`http://127.0.0.1:${port}`, ...(v6 ? [`http://[::1]:${port}`] : [])];
  const clients = both.map((origin) => askOnAndOn(origin, 10));
  await wait(1_000);
  const { code } = await told(service, 'SIGTERM');
  await Promise.all(clients.map(({ ended }) => ended));
  expect(clients.map(({ broken }) => broken)).toEqual(both.map(() => []));
  expect(clients.map(({ count }) => count.answers > 10)).toEqual(both.map(() => true));
  expect(code).toBe(0);
});
