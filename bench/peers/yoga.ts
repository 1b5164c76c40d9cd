import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { graphOver } from './graph.ts';

/* GraphQL Yoga on node:http, as its documentation has it. */
const { schema, context } = graphOver(process.argv[2] ?? '');
const server = createServer(createYoga({ schema, context, logging: false, graphiql: false }));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
