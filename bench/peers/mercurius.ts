import fastify from 'fastify';
import mercurius from 'mercurius';
import { graphOver } from './graph.ts';

/* mercurius, with operations compiled by graphql-jit. */
const { schema, context } = graphOver(process.argv[2] ?? '');
const server = fastify();
server.register(mercurius, { schema, context, jit: 1 });
console.log(await server.listen({ port: 0, host: '127.0.0.1' }));
