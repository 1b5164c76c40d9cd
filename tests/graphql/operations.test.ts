import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';

const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

/** How many fields an operation asks for of the query type. */
function rootFields(query: string): number {
  const [operation] = parse(query).definitions;
  return operation?.kind === 'OperationDefinition' ? operation.selectionSet.selections.length : Number.NaN;
}

describe('every worked question', () => {
  test.each(files)('%s has one named operation under a line that says what it asks', (file) => {
    const text = readFileSync(folder + file, 'utf8');
    expect(text).toMatch(/^# \S.+\n/);
    const [operation, ...others] = parse(text).definitions;
    expect(others).toEqual([]);
    expect(operation?.kind === 'OperationDefinition' && operation.name?.value).toBe(
      file.replace('.graphql', '').replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase()),
    );
  });

  test.each(files)('%s has the answer kept beside this test, by one statement for each root field', async (file) => {
    app.takeStatements();
    const query = readFileSync(folder + file, 'utf8');
    const { data, errors } = await app.query({ query });
    expect(errors).toBeUndefined();
    expect(app.takeStatements()).toHaveLength(rootFields(query));
    // These two change with every edit of the data and say nothing about the question.
    const lasting = JSON.stringify(
      data,
      (key, value) => (/^data(Version|UpdatedAt)$/.test(key) ? typeof value : value),
      2,
    );
    await expect(`${lasting}\n`).toMatchFileSnapshot(`answers/${file.replace('.graphql', '.json')}`);
  });
});
