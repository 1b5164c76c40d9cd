import { buildSchema, type GraphQLSchema, graphql } from 'graphql';
import { type AnswerOptions, type Ask, answer, type Question } from '../../src/answer/answer.ts';
import { ask as askWorld, schema as expograph, type World } from '../support/world.ts';

/** The whole text of an answer. */
export async function textOf(
  question: Question | string,
  options: AnswerOptions,
  schema: GraphQLSchema,
  ask: Ask,
): Promise<string> {
  const asked = typeof question === 'string' ? { query: question } : question;
  const { text, errors } = await answer(asked, schema, ask, options);
  const whole = await joined(text);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return whole;
}

/** Reads a text to its end. */
export async function joined(text: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const part of text) whole += part;
  return whole;
}

/** Asks Expograph's own graph about a world, and keeps what was asked. */
export function asking(world: World): { ask: Ask; asked: Question[]; schema: GraphQLSchema } {
  const asked: Question[] = [];
  return {
    asked,
    schema: expograph(),
    async ask(question) {
      asked.push(question);
      const { data, errors } = await askWorld(world, question.query, question.variables);
      return JSON.parse(JSON.stringify({ data, errors }));
    },
  };
}

/** A graph of its own, for what the shipped one does not have. */
export function smallGraph(sdl: string, root: Record<string, unknown>): { schema: GraphQLSchema; ask: Ask } {
  const schema = buildSchema(sdl);
  return {
    schema,
    ask: async ({ query, variables, operationName }) => {
      const answer = await graphql({
        schema,
        source: query,
        rootValue: root,
        variableValues: variables,
        operationName,
      });
      return JSON.parse(JSON.stringify(answer));
    },
  };
}
