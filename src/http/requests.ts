import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MOST_HEADERS } from './connections.ts';
import { RefusedError } from './errors.ts';

/** A body larger than this is refused before it is read. */
export const MAX_BODY = 100_000;

/** The longest of a value of the client's own that is told back. */
const SHOWN = 40;

/** The path of the graph, which tells of its methods itself. */
const GRAPH = '/graphql';

/** Refuses what is not worth reading on. */
export function refuseEarly(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.raw.rawHeaders.length > 2 * MOST_HEADERS)
      return done(new RefusedError(431, 'BAD_REQUEST', `A request may have ${MOST_HEADERS} headers; send fewer.`));
    const encoding = request.headers['content-encoding'];
    // What is small on the way may be large here.
    if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
      return done(
        new RefusedError(
          415,
          'BAD_REQUEST',
          `A body must be sent as it is, with no content-encoding; got ${JSON.stringify(encoding.slice(0, SHOWN))}.`,
          { 'accept-encoding': 'identity' },
        ),
      );
    done();
  });
}

/** Whether what remains of a request may be long, so that the connection ends with its answer. */
export function hasLongBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_BODY;
}

/** At each address that can be read, every other method is told which there are. Before all routes. */
export function tellMethods(server: FastifyInstance): void {
  const allow = 'GET, HEAD, OPTIONS';
  server.addHook('onRoute', ({ method, url }) => {
    if (![method].flat().includes('GET') || url === GRAPH) return;
    const others = server.supportedMethods.filter((other) => !allow.split(', ').includes(other));
    for (const other of others)
      if (!server.hasRoute({ method: other, url }))
        server.route({
          method: other,
          url,
          // Before its body is read.
          onRequest: (_request, _reply, done) =>
            done(
              new RefusedError(
                405,
                'BAD_REQUEST',
                `${other} does nothing here: ask by GET. The graph is at ${GRAPH}.`,
                { allow },
              ),
            ),
          handler: () => {},
        });
    if (!server.hasRoute({ method: 'OPTIONS', url }))
      server.options(url, (_request, reply) => reply.header('allow', allow).send());
  });
}
