import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import fastify from 'fastify';

/* The smallest server of the stack that the service stands on. */
const server = fastify();
const apollo = new ApolloServer({
  typeDefs: 'type Query { hello: String }',
  resolvers: { Query: { hello: () => 'hello' } },
});
await apollo.start();
await server.register(fastifyApollo(apollo));
console.log(await server.listen({ port: 0, host: '127.0.0.1' }));
