import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import fastify from 'fastify';
import { graphOver } from './graph.ts';
import type { Context } from './store.ts';

/* Apollo Server on Fastify, with its default plugins. */
const { schema, context } = graphOver(process.argv[2] ?? '');
const server = fastify();
const apollo = new ApolloServer<Context>({ schema, plugins: [fastifyApolloDrainPlugin(server)] });
await apollo.start();
await server.register(fastifyApollo(apollo), { context: async () => context() });
console.log(await server.listen({ port: 0, host: '127.0.0.1' }));
