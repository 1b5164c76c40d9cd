import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { type Field, readVariables } from '../../src/cli/variables.ts';

const schema = buildSchema(`
  scalar Date
  enum Status { HELD CANCELLED }
  input Where { year: Int, and: [Where!] }
  type Query { a: Int }
`);
const query = `query (
  $int: Int, $float: Float, $yes: Boolean!, $text: String, $id: ID!, $date: Date, $status: Status,
  $where: Where, $numbers: [Int!]!, $all: [Where!]
) { a }`;
const folder = mkdtempSync(join(tmpdir(), 'expograph-variables-'));
const file = join(folder, 'variables.json');
writeFileSync(file, '{"int": 1}');
afterAll(() => rmSync(folder, { recursive: true }));

const field = (text: string, flag: Field['flag'] = '-f'): Field => {
  const [name = '', ...value] = text.split('=');
  return { flag, name, value: value.join('=') };
};
const read = (fields: readonly Field[], json?: string, text = query) =>
  readVariables({ json, fields }, { query: text, operationName: undefined }, async () => schema);

test.each([
  ['int=-5', { int: -5 }],
  ['int=null', { int: null }],
  ['float=1e3', { float: 1000 }],
  ['yes=false', { yes: false }],
  ['text=5', { text: '5' }],
  ['text=', { text: '' }],
  ['text=a=b', { text: 'a=b' }],
  ['text=null', { text: null }],
  ['id=null', { id: 'null' }],
  ['id=007', { id: '007' }],
  ['date=2021-11-19', { date: '2021-11-19' }],
  ['status=HELD', { status: 'HELD' }],
  ['where={"year": 2021}', { where: { year: 2021 } }],
  ['numbers=[1, 2]', { numbers: [1, 2] }],
  ['numbers=7', { numbers: [7] }],
  ['all={"year": 2021}', { all: [{ year: 2021 }] }],
])('-f %s is of the type that the operation gives it', async (text, expected) => {
  expect(await read([field(text)])).toEqual(expected);
});

test('-F is a text, whatever it looks like', async () => {
  expect(await read([field('text=null', '-F'), field('int=5', '-F')])).toEqual({ text: 'null', int: '5' });
});

test('fields win over JSON, which may come from a file', async () => {
  expect(await read([field('int=2')], '{"int": 1, "text": "x"}')).toEqual({ int: 2, text: 'x' });
  expect(await read([field('text=x')], `@${file}`)).toEqual({ int: 1, text: 'x' });
  expect(await read([])).toBe(undefined);
});

test('the schema is asked for only where a type is not one of GraphQL itself', async () => {
  const none = async () => {
    throw new Error('asked');
  };
  const question = { query, operationName: undefined };
  expect(await readVariables({ json: undefined, fields: [field('numbers=1')] }, question, none)).toEqual({
    numbers: [1],
  });
  await expect(readVariables({ json: undefined, fields: [field('status=HELD')] }, question, none)).rejects.toThrow(
    'asked',
  );
});

test('what is wrong with the operation is left to the service, with the JSON as it is', async () => {
  expect(await read([field('x=1')], '{"y": 2}', '{ a(')).toEqual({ y: 2 });
  expect(await read([field('x=1')], undefined, 'query ($x: Nothing) { a }')).toEqual({ x: '1' });
});

test.each([
  ['int=soon', '-f int must be a whole number of 32 bits; got "soon".'],
  ['int=1.0', '-f int must be a whole number of 32 bits; got "1.0".'],
  ['int=4294967296', '-f int must be a whole number of 32 bits; got "4294967296".'],
  ['float=', '-f float must be a number; got "".'],
  ['yes=null', '-f yes must be true or false; got "null".'],
  ['status=held', '-f status must be one of HELD, CANCELLED; got "held".'],
  ['numbers=[1', '-f numbers must be JSON: '],
  ['where=year', '-f where (Where) must be JSON: '],
  ['wehre=1', '"wehre" is no variable of the operation; did you mean where?'],
  ['nothing=1', '"nothing" is no variable of the operation; it has int, float, yes, '],
])('-f %s is refused', async (text, message) => {
  await expect(read([field(text)])).rejects.toThrow(message);
});

test.each([
  ['{int: 1}', '--variables must be JSON: '],
  ['[1]', '--variables must be a JSON object'],
  ['null', '--variables must be a JSON object'],
  ['{"nothing": 1}', '"nothing" is no variable of the operation; it has '],
  ['@gone.json', '--variables "gone.json" cannot be read: no such file or directory.'],
])('--variables %s is refused', async (text, message) => {
  await expect(read([], text)).rejects.toThrow(message);
});

test('a field is not given twice, and none where the operation has none', async () => {
  await expect(read([field('int=1'), field('int=2', '-F')])).rejects.toThrow(
    '-F int is given twice; leave out one of them.',
  );
  await expect(read([field('ints[]=1'), field('ints[]=2')])).rejects.toThrow(
    "-f ints[]: a list is one value, such as -f 'ints=[1, 2]'.",
  );
  await expect(read([field('int=1')], undefined, '{ a }')).rejects.toThrow('it has none.');
});
