import { codegen } from '@graphql-codegen/core';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { type GraphQLSchema, isScalarType, isSpecifiedScalarType, parse, printSchema, Source } from 'graphql';
import { type Question, readQuestions } from '../web/questions.ts';

/**
 * Writes what the client knows of the worked questions: the types of their results and variables, and the documents.
 * @param folder the folder of the questions, each a file *.graphql
 * @returns the text of a TypeScript module, the same for the same schema and questions
 * @throws Error when a question is not usable or does not fit the schema
 */
export async function clientOperations(schema: GraphQLSchema, folder: string): Promise<string> {
  const questions = readQuestions(folder);
  const scalars = Object.values(schema.getTypeMap())
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const types = await codegen({
    filename: 'operations.ts',
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents: questions.map(({ name, query }) => ({ location: name, document: parse(new Source(query, name)) })),
    plugins: [{ operationTypes: {} }],
    pluginMap: { operationTypes },
    config: {
      scalars: Object.fromEntries(scalars.map(({ name }) => [name, typeName(name)])),
      strictScalars: true,
      immutableTypes: true,
      // The documents are sent as they are: only the __typename that is asked for comes.
      skipTypename: true,
    },
  });
  return [
    '/* Written by "npm run generate" from schema/; not edited by hand. */',
    "import { TypedDocumentString } from './document.ts';",
    ...scalars.map(
      ({ name, description }) => `${comment(description ?? name)}\nexport type ${typeName(name)} = string;`,
    ),
    // For @defer, which the service does not have.
    types
      .replace(/^.*\nexport type Incremental<.*\n/m, '')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    ...questions.map(documentOf),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}

/** An editor that completes Date or URL must not import a string in place of what every program has by that name. */
function typeName(scalar: string): string {
  return scalar in globalThis ? `${scalar}String` : scalar;
}

function documentOf({ name, headline, query }: Question): string {
  const text = query.replaceAll(/[\\`]|\$\{/g, '\\$&').trim();
  // Marked as pure, so that a bundle holds only the documents that it uses.
  const type = `TypedDocumentString<${name}Query, ${name}QueryVariables>`;
  return `${comment(headline)}\nexport const ${name}Document = /* #__PURE__ */ new ${type}(\`${text}\`);`;
}

function comment(text: string): string {
  return `/** ${text.replaceAll('*/', '*\\/').replaceAll('\n', ' ')} */`;
}
