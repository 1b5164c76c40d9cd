import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyInstance } from 'fastify';
import { refused } from './errors.ts';
import type { GuardHeaders } from './guard.ts';

/** How long a client may take, in milliseconds, and how much may wait for clients. */
export interface Deadlines {
  /** For the head of a request, from its first byte or from the connection. */
  head: number;
  /** For the whole of a request, with its body. */
  request: number;
  /** Without taking or giving a byte. */
  silence: number;
  /** For taking what was written to it last, an answer or a piece of a long one. */
  reading: number;
  /** Until it asks for something else. */
  idle: number;
  /** How often the others are looked at. */
  lookEvery: number;
  /** So many bytes may wait for readers, all together: beyond, those for whom the most waits are let go. */
  unread: number;
}

/** Enough for 100 kB on a bad line in a train; longer than proxies in front keep a connection that nobody uses. */
export const DEADLINES: Deadlines = {
  head: 15_000,
  request: 30_000,
  silence: 60_000,
  reading: 120_000,
  idle: 72_000,
  lookEvery: 1_000,
  unread: 256_000_000,
};

/** An address and the headers together may have so many bytes, and there may be so many headers. */
export const MOST_HEAD_BYTES = 16_384;
export const MOST_HEADERS = 100;

/** The options of Fastify and of Node that bound a connection. */
export function boundedConnections(deadlines: Deadlines) {
  return {
    connectionTimeout: deadlines.silence,
    requestTimeout: deadlines.request,
    keepAliveTimeout: deadlines.idle,
    http: {
      headersTimeout: deadlines.head,
      // Otherwise Node looks at its deadlines every 30 seconds.
      connectionsCheckingInterval: deadlines.lookEvery,
      maxHeaderSize: MOST_HEAD_BYTES,
    },
  };
}

/**
 * Lets go of connections whose client takes nothing of what was written to it.
 * @returns what tells a client that its request could not be read, where that can still be told
 */
export function watchConnections(
  instance: FastifyInstance,
  deadlines: Deadlines,
  headers: GuardHeaders,
): (error: ConnectionError, socket: Socket) => void {
  const { server } = instance;
  const answers = new WeakMap<Socket, ServerResponse>();
  const taken = new Map<Socket, { bytes: number; at: number }>();
  // Those beyond are left out by Node: one more than may be shows that there were.
  server.maxHeadersCount = MOST_HEADERS + 1;
  server.on('connection', (socket: Socket) => {
    taken.set(socket, { bytes: 0, at: performance.now() });
    socket.once('close', () => taken.delete(socket));
  });
  server.on('request', ({ socket }, response) => answers.set(socket, response));
  const look = setInterval(() => {
    const now = performance.now();
    for (const [socket, last] of taken) {
      const bytes = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || bytes !== last.bytes) taken.set(socket, { bytes, at: now });
      else if (now - last.at > deadlines.reading) socket.destroy();
    }
    letGoOfUnread([...taken.keys()], deadlines.unread);
  }, deadlines.lookEvery).unref();
  server.once('close', () => clearInterval(look));

  return (error, socket) => {
    const answer = answers.get(socket);
    // In the midst of an answer, or behind one to the same request, it would be read as something else.
    const isAnswered = answer?.headersSent && !(answer.writableFinished && answer.req.complete);
    if (socket.writable && !isAnswered) socket.write(unreadable(error, headers));
    socket.destroySoon();
  };
}

function letGoOfUnread(sockets: Socket[], most: number): void {
  let unread = sockets.reduce((sum, { writableLength }) => sum + writableLength, 0);
  if (unread <= most) return;
  for (const socket of sockets.sort((a, b) => b.writableLength - a.writableLength)) {
    unread -= socket.writableLength;
    socket.destroy();
    if (unread <= most) return;
  }
}

function unreadable({ code, rawPacket }: ConnectionError, guarding: GuardHeaders): string {
  const [status, message] = explained(code, Buffer.isBuffer(rawPacket) ? rawPacket : Buffer.alloc(0));
  const body = JSON.stringify(refused('BAD_REQUEST', message));
  const headers = Object.entries({
    ...guarding,
    'access-control-allow-origin': '*',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  return `HTTP/1.1 ${status}\r\n${headers.map((header) => `${header.join(': ')}\r\n`).join('')}\r\n${body}`;
}

function explained(code: string, packet: Buffer): [status: string, message: string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return ['408 Request Timeout', 'The request did not arrive in time; send it again, all at once.'];
  if (code !== 'HPE_HEADER_OVERFLOW')
    return [
      '400 Bad Request',
      'What was sent is no request of HTTP/1.1; send one such as GET /graphql?query={service{name}}.',
    ];
  const most = `${MOST_HEAD_BYTES} bytes at most`;
  // The first line is the address.
  return /^[A-Z]+ \S+$/.test(packet.toString('latin1', 0, MOST_HEAD_BYTES))
    ? ['414 URI Too Long', `The address and the headers may have ${most}; send a long operation by POST.`]
    : [
        '431 Request Header Fields Too Large',
        `The address and the headers may have ${most}; send fewer or shorter ones.`,
      ];
}
