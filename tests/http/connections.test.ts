import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEADLINES } from '../../src/http/connections.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { WMC } from '../support/one-series.ts';

/** As the service has them, but that nobody waits for minutes. */
const deadlines = {
  head: 600,
  request: 1_200,
  silence: 20_000,
  reading: 1_000,
  idle: 400,
  lookEvery: 50,
  unread: 150_000_000,
};

/** More than the system keeps of what nobody reads. */
const LARGE = 60_000_000;

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await openApp({ deadlines });
  app.server.get('/large', (_request, reply) => reply.send('x'.repeat(LARGE)));
  ({ url } = await app.listen());
});
afterAll(() => app?.close());

/** What came until the service closed the connection, and after how many milliseconds that was. */
interface Closed {
  text: string;
  after: number;
}

/** Connects, does as it is told, and waits for the end. */
async function until(talk: (socket: Socket) => void | Promise<void>): Promise<Closed> {
  const began = performance.now();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  const closed = new Promise<Closed>((resolve) => {
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    // Whoever goes on sending is told so by a reset.
    socket.on('error', () => {});
    socket.on('close', () => resolve({ text, after: performance.now() - began }));
  });
  await talk(socket);
  return closed;
}

/** The status and the error of the one answer that a text has, and its headers. */
function answerOf(text: string): { status: number; error: unknown; headers: Headers } {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(': ')[0] ?? '', line.replace(/^.*?: /, '')]),
  );
  return { status: Number(first.split(' ')[1]), error: JSON.parse(body), headers };
}

const errorOf = (message: string) => ({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
const TOO_LATE = errorOf('The request did not arrive in time; send it again, all at once.');
const asks = (path: string) => `GET ${path} HTTP/1.1\r\nhost: expograph.example\r\n\r\n`;
const posts = (headers: string) =>
  `POST /graphql HTTP/1.1\r\nhost: expograph.example\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`;

/** Sends again and again, as long as it is listened to. */
async function drip(socket: Socket, text: string, every: number): Promise<void> {
  while (!socket.destroyed && socket.writable) {
    socket.write(text);
    await setTimeout(every);
  }
}

/** Waits until the service has no connection: who does not read it does not see that it ends. */
async function isLetGo(): Promise<void> {
  const { server } = app.server;
  const count = () =>
    new Promise<number>((resolve, reject) => {
      server.getConnections((error, connections) => (error ? reject(error) : resolve(connections)));
    });
  // First it has to be there.
  await setTimeout(300);
  while ((await count()) > 0) await setTimeout(50);
}

/** It serves whoever comes next. */
async function isWell(): Promise<void> {
  const answer = await fetch(`${url}/graphql?query={service{name}}`, { headers: { connection: 'close' } });
  expect(await answer.json()).toEqual({ data: { service: { name: 'Expograph' } } });
}

describe('a client that takes its time', () => {
  test('to ask nothing at all', async () => {
    const { text, after } = await until(() => {});
    expect([answerOf(text).status, answerOf(text).error]).toEqual([408, TOO_LATE]);
    expect(after).toBeLessThan(10_000);
    await isWell();
  });

  test('with the head of its request', async () => {
    const { text, after } = await until(async (socket) => {
      socket.write('GET / HTTP/1.1\r\nhost: expograph.example\r\n');
      await drip(socket, 'x-a: b\r\n', 100);
    });
    expect([answerOf(text).status, answerOf(text).error]).toEqual([408, TOO_LATE]);
    expect(after).toBeLessThan(10_000);
    await isWell();
  });

  test('with the body', async () => {
    const { text, after } = await until(async (socket) => {
      socket.write(posts('content-length: 90000'));
      await drip(socket, ' ', 100);
    });
    expect([answerOf(text).status, answerOf(text).error]).toEqual([408, TOO_LATE]);
    expect(after).toBeLessThan(10_000);
    await isWell();
  });

  test('with a chunked body that would never end', async () => {
    const { text, after } = await until(async (socket) => {
      socket.write(posts('transfer-encoding: chunked'));
      await drip(socket, '1\r\n \r\n', 100);
    });
    expect([answerOf(text).status, answerOf(text).error]).toEqual([408, TOO_LATE]);
    expect(after).toBeLessThan(10_000);
    await isWell();
  });

  test('to read a long answer, of which it takes nothing', async () => {
    const { text, after } = await until(async (socket) => {
      socket.pause();
      socket.write(asks('/large'));
      await isLetGo();
      socket.destroy();
    });
    expect([text, after > deadlines.reading, after < 10_000]).toEqual(['', true, true]);
    await isWell();
  });

  test('to read a long answer, of which it takes a little at a time', async () => {
    const { text, after } = await until(async (socket) => {
      socket.write(asks('/large'));
      let isOver = false;
      socket.on('data', () => socket.pause());
      const reading = isLetGo().then(() => {
        isOver = true;
      });
      while (!isOver) {
        socket.resume();
        await setTimeout(100);
      }
      await reading;
      socket.destroy();
    });
    expect(text.length).toBeGreaterThan(100_000);
    expect([text.length < LARGE, after > deadlines.reading, after < 10_000]).toEqual([true, true, true]);
    await isWell();
  });

  test('to ask for something else, which is no error', async () => {
    const { text, after } = await until((socket) => void socket.write(asks('/livez')));
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nok\n$/s);
    expect(after).toBeLessThan(10_000);
  });
});

test('of what nobody reads only so much is kept, whoever it is for', async () => {
  const patient = await openApp({ deadlines: { ...deadlines, reading: 60_000 } });
  const sockets: Socket[] = [];
  try {
    patient.server.get('/large', (_request, reply) => reply.send('x'.repeat(LARGE)));
    const port = Number(new URL((await patient.listen()).url).port);
    let [open, came] = [0, 0];
    patient.server.server.on('connection', (socket) => {
      open += 1;
      came += 1;
      socket.on('close', () => {
        open -= 1;
      });
    });
    for (let count = 0; count < 4; count += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.pause();
      socket.write(asks('/large'));
      sockets.push(socket);
    }
    // Four times sixty million bytes are more than may wait, twice are not.
    await expect.poll(() => [came, open], { timeout: 10_000 }).toEqual([4, 2]);
    await setTimeout(10 * deadlines.lookEvery);
    expect(open).toBe(2);
  } finally {
    for (const socket of sockets) socket.destroy();
    await patient.close();
  }
});

test('what is new has its turn one after the other, and whoever is gone by then is not answered', async () => {
  const other = await openApp({ only: WMC });
  try {
    const port = Number(new URL((await other.listen()).url).port);
    const alternatives = (client: number) =>
      Array.from({ length: 60 }, (_, index) => `{ speaker: { contains: "nobody ${client} ${index}" } }`).join(' ');
    const sockets = Array.from({ length: 30 }, (_, client) => {
      const body = JSON.stringify({ query: `{ editions(where: { or: [${alternatives(client)}] }) { totalCount } }` });
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(posts(`content-length: ${Buffer.byteLength(body)}`) + body);
      return socket;
    });
    await setTimeout(30);
    for (const socket of sockets) socket.destroy();
    const answer = await fetch(`http://127.0.0.1:${port}/graphql?query={service{name}}`);
    expect(await answer.json()).toEqual({ data: { service: { name: 'Expograph' } } });
    expect(other.takeStatements().length).toBeLessThan(20);
  } finally {
    await other.close();
  }
});

test('without being told otherwise, the service gives a client half a minute to ask and two to read', async () => {
  const other = await openApp();
  const { headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxHeadersCount } = other.server.server;
  await other.close();
  expect({
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    timeout,
    maxHeadersCount,
    reading: DEADLINES.reading,
  }).toEqual({
    headersTimeout: 15_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    timeout: 60_000,
    maxHeadersCount: 101,
    reading: 120_000,
  });
});

describe('what is no request, or has too large a head', () => {
  const large = 'a'.repeat(20_000);
  test.each([
    [
      'NO SUCH THING\r\n\r\n',
      400,
      'What was sent is no request of HTTP/1.1; send one such as GET /graphql?query={service{name}}.',
    ],
    [
      `GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      400,
      'What was sent is no request of HTTP/1.1; send one such as GET /graphql?query={service{name}}.',
    ],
    [
      asks(`/${large}`),
      414,
      'The address and the headers may have 16384 bytes at most; send a long operation by POST.',
    ],
    [
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${large}\r\n\r\n`,
      431,
      'The address and the headers may have 16384 bytes at most; send fewer or shorter ones.',
    ],
    [
      `GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${'a: b\r\n'.repeat(200)}\r\n`,
      431,
      'A request may have 100 headers; send fewer.',
    ],
  ])('%.40s', async (request, status, message) => {
    const { text } = await until((socket) => void socket.write(request));
    const answer = answerOf(text);
    expect([answer.status, answer.error]).toEqual([status, errorOf(message)]);
    // All that readers are guarded by is there as on any other refusal.
    const usual = await fetch(`${url}/nowhere`, { headers: { connection: 'close' } });
    for (const name of [
      'access-control-allow-origin',
      'content-security-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'referrer-policy',
      'x-content-type-options',
      'x-frame-options',
    ]) {
      expect(usual.headers.get(name)).toBeTruthy();
      expect([name, answer.headers.get(name)]).toEqual([name, usual.headers.get(name)]);
    }
    await isWell();
  });

  test('behind an answer that is being sent, it ends the connection and is no part of the answer', async () => {
    const { text } = await until((socket) => {
      socket.on('data', () => socket.resume());
      socket.write(`${asks('/large')}NO SUCH THING\r\n\r\n`);
    });
    expect(text).not.toContain('What was sent is no request');
    await isWell();
  });
});

describe('a body', () => {
  test('that never ends is refused when it is too large, and read no further', async () => {
    const piece = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    let sent = 0;
    const { text } = await until(async (socket) => {
      socket.write(posts('transfer-encoding: chunked'));
      while (!socket.destroyed && socket.writable) {
        sent += piece.length;
        if (!socket.write(piece))
          await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), setTimeout(100)]);
      }
    });
    expect([answerOf(text).status, answerOf(text).error]).toEqual([
      413,
      errorOf('The body must be 100000 bytes at most.'),
    ]);
    expect(sent).toBeLessThan(100_000_000);
    await isWell();
  });

  test('that says how large it is, is refused before it is sent', async () => {
    const { text } = await until((socket) => void socket.write(posts('content-length: 100001')));
    expect([answerOf(text).status, answerOf(text).headers.get('connection')]).toEqual([413, 'close']);
  });

  test.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'nonsense'])(
    'that is sent as %s is refused, and never made larger',
    async (encoding) => {
      const { gzipSync } = await import('node:zlib');
      const bomb = gzipSync(Buffer.alloc(50_000_000));
      const { heapUsed } = process.memoryUsage();
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding, connection: 'close' },
        body: bomb,
      });
      expect([answer.status, answer.headers.get('accept-encoding'), await answer.json()]).toEqual([
        415,
        'identity',
        errorOf(`A body must be sent as it is, with no content-encoding; got "${encoding}".`),
      ]);
      expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(40_000_000);
    },
  );

  test('that is sent as it is, and says so', async () => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'Identity', connection: 'close' },
      body: JSON.stringify({ query: '{ service { name } }' }),
    });
    expect(await answer.json()).toEqual({ data: { service: { name: 'Expograph' } } });
  });
});
