import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a connection may say nothing when the service closes, in milliseconds: by then what is on its way has come. */
const LAST_CALL = 1_000;

/** What takes longer than this when the service closes is broken off, in milliseconds. */
const LONGEST_ANSWER = 10_000;

/** How often connections are looked at meanwhile, in milliseconds. */
const LOOK = 100;

/** What a connection does. */
interface Conversation {
  /** To what was asked last. */
  answer: ServerResponse | undefined;
  /** When it began, was asked or seen to answer last, as performance.now() tells it. */
  at: number;
}

/**
 * Lets the server close without breaking off what it has been asked. It takes no new connection; every answer from then on
 * says that it is the last of its connection, and a connection ends after that. Node itself closes those that ask nothing
 * at this moment, which are those whose next question may be under way.
 * @returns whether it closes
 */
export function closeGently(instance: FastifyInstance): { isClosing(): boolean } {
  const { server } = instance;
  const conversations = new Map<Socket, Conversation>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    conversations.set(socket, { answer: undefined, at: performance.now() });
    socket.once('close', () => conversations.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    const conversation = conversations.get(socket);
    if (!conversation) return;
    conversation.answer = answer;
    conversation.at = performance.now();
  });
  instance.addHook('preClose', async () => {
    isClosing = true;
    if (!server.listening) return;
    const began = performance.now();
    for (const { answer } of conversations.values()) if (answer && !answer.headersSent) answer.shouldKeepAlive = false;
    const letGo = () => {
      const now = performance.now();
      for (const [socket, conversation] of conversations) {
        const { answer } = conversation;
        const isBusy = answer?.req.complete && !answer.writableFinished;
        if (isBusy) conversation.at = now;
        const isPatient = isBusy ? now - began < LONGEST_ANSWER : now - Math.max(began, conversation.at) < LAST_CALL;
        if (!isPatient) socket.destroy();
      }
    };
    const looks = setInterval(letGo, LOOK);
    await new Promise((closed) => Server.prototype.close.call(server, closed));
    clearInterval(looks);
  });
  return { isClosing: () => isClosing };
}
