import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How often connections are looked at when the service closes, in milliseconds. */
const LOOK = 100;

/**
 * At so many looks after each other a connection may be found silent: by then what is on its way has come. Not time is
 * counted, for while the service works, nobody is heard.
 */
const SILENT_LOOKS = 10;

/** What takes longer than this when the service closes is broken off, in milliseconds. Docker waits for ten seconds. */
const LONGEST_ANSWER = 7_000;

/** So long the service may go on taking connections when it has been told to close, in milliseconds. */
const LONGEST_TAKING = 2_000;

/** What a connection does. */
interface Conversation {
  /** To what was asked last. */
  answer: ServerResponse | undefined;
  /** To what was asked before the answers to all before it had been sent. */
  queued: ServerResponse[];
  /** At how many looks after each other it was silent. */
  silent: number;
}

/**
 * Lets the server close without breaking off what it has been asked. It takes no new connection; every answer from then on
 * says that it is the last of its connection, and a connection ends after that. Node itself closes those that ask nothing
 * at this moment, which are those whose next question may be under way.
 * @returns `isClosing` whether it was told to; `close` tells it to, and waits until it has
 */
export function closeGently(instance: FastifyInstance): { isClosing(): boolean; close(): Promise<void> } {
  const conversations = new Map<Socket, Conversation>();
  const servers = new Set<Server>();
  let isClosing = false;
  let taken = 0;
  /** Requests that wait until no connection does. */
  let held: (() => void)[] | undefined;

  const enter = (socket: Socket, answer?: ServerResponse) => {
    const conversation: Conversation = { answer, queued: [], silent: 0 };
    conversations.set(socket, conversation);
    socket.once('close', () => {
      conversations.delete(socket);
      // Node forgets them: what makes them would go on, and hold the moment of the data that it reads.
      for (const one of conversation.queued) if (!one.socket) one.destroy().emit('close');
    });
  };
  const watch = (server: Server) => {
    servers.add(server);
    server.on('connection', (socket: Socket) => {
      taken += 1;
      enter(socket);
    });
    server.on('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
      const conversation = conversations.get(socket);
      if (!conversation) return;
      conversation.answer = answer;
      conversation.silent = 0;
      if (!answer.socket && !answer.writableFinished)
        conversation.queued = [...conversation.queued.filter((one) => !one.writableFinished), answer];
    });
  };
  // Connections that wait to be taken would be reset with the listener, with all that was sent on them. Node takes one in
  // each turn of its event loop, so that turns have to be short.
  const takeThoseWaiting = async () => {
    const began = performance.now();
    // What is left of this turn, in which it may be too late to take any.
    await setImmediate();
    for (let before = -1; before !== taken && performance.now() - began < LONGEST_TAKING; ) {
      before = taken;
      await setImmediate();
    }
  };
  watch(instance.server);
  // For localhost, which is two addresses, Fastify has a second one, and tells nobody.
  instance.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    if ('server' in socket && socket.server instanceof Server && !servers.has(socket.server)) {
      watch(socket.server);
      enter(socket, reply.raw);
    }
    if (isClosing) reply.raw.shouldKeepAlive = false;
    if (held) held.push(done);
    else done();
  });

  const drain = async () => {
    const began = performance.now();
    held = [];
    await takeThoseWaiting();
    for (const { answer } of conversations.values()) if (answer && !answer.headersSent) answer.shouldKeepAlive = false;
    const letGo = () => {
      const isTooLong = performance.now() - began >= LONGEST_ANSWER;
      for (const [socket, conversation] of conversations) {
        const { answer, silent } = conversation;
        const isBusy = answer?.req.complete && !answer.writableFinished;
        conversation.silent = isBusy ? 0 : silent + 1;
        if (isTooLong || conversation.silent >= SILENT_LOOKS) socket.destroy();
      }
    };
    const looks = setInterval(letGo, LOOK);
    const closed = [...servers].map((server) => new Promise((done) => Server.prototype.close.call(server, done)));
    for (const goOn of held.splice(0)) goOn();
    held = undefined;
    await Promise.all(closed);
    clearInterval(looks);
    // What was broken off first lets go of the moment that it reads.
    for (let turn = 0; turn < 3; turn++) await setImmediate();
  };

  return {
    isClosing: () => isClosing,
    async close() {
      isClosing = true;
      // Not as a hook of Fastify, which would give it ten seconds for all.
      if (instance.server.listening) await drain();
      await instance.close();
    },
  };
}
