import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

/*
 * PostGraphile over a PostgreSQL that listens on a socket.
 *   postgraphile.js <folder of the socket>
 */
const folder = process.argv[2] ?? '';

// It is written for Node 22; of what that has, this is all that Node 20 lacks.
if (!('withResolvers' in Promise))
  Object.assign(Promise, {
    withResolvers() {
      const settle: { resolve?: (value: unknown) => void; reject?: (reason: unknown) => void } = {};
      const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
      return { promise, ...settle };
    },
  });

const preset: GraphileConfig.Preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: `postgres://bench@/bench?host=${encodeURIComponent(folder)}`,
      schemas: ['public'],
    }),
  ],
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
};
const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
