import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { bash, expograph, openWorkplace } from '../support/command-line.ts';
import { tamper } from '../support/database-files.ts';

const workplace = openWorkplace();
let service: TestApp;
let origin: string;

beforeAll(async () => {
  service = await openApp();
  ({ url: origin } = await service.listen());
});
afterAll(async () => {
  await service.close();
  rmSync(workplace.folder, { recursive: true });
});

const query = (...args: string[]) => expograph(workplace, ['query', ...args]);
const file = (name: string, text: string) => writeFileSync(join(workplace.folder, name), text);
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const named = { data: { service: { name: 'Expograph' } } };
const ask = '{ service { name } }';

describe.concurrent('the operation', () => {
  test.each([
    ['as text', [ask]],
    ['of --file', ['--file', 'ask.txt']],
    ['of a .graphql file', ['ask.graphql']],
    ['of standard input by -', ['-']],
    ['of standard input where nothing else is given', []],
    ['chosen among several', ['several.graphql', '--operation-name', 'B']],
  ])('%s is answered as JSON, and nothing else is said', async (_what, args) => {
    file('ask.txt', ask);
    file('ask.graphql', ask);
    file('several.graphql', `query A { service { version } } query B ${ask}`);
    expect(await expograph(workplace, ['query', ...args], { input: ask })).toEqual({
      code: 0,
      out: json(named),
      said: '',
    });
  });

  test('is found by the name of a worked question, of its file as of its operation', async () => {
    const [byFile, byName, listed] = await Promise.all([query('find-hefei'), query('FindHefei'), query('--list')]);
    expect(byFile).toEqual({ code: 0, out: expect.stringContaining('"totalCount"'), said: '' });
    expect(byName).toEqual(byFile);
    expect(listed.out).toMatch(/^find-hefei {2,}What is there about 合肥 \(Hefei\)\? .*$/m);
    expect(listed.out.trimEnd().split('\n').length).toBeGreaterThan(20);
  });

  test.each([
    [
      ['find-hefai'],
      '"find-hefai" is neither an operation, nor a .graphql file, nor a worked question; did you mean find-hefei?',
    ],
    [['nothing.graphql'], 'The file "nothing.graphql" cannot be read: no such file or directory.'],
    [['--file', 'gone.gql'], '--file "gone.gql" cannot be read: no such file or directory.'],
    [['./'], 'The file "./" cannot be read: illegal operation on a directory.'],
    [['--list', ask], '--list shows the worked questions and asks none'],
    [[ask, '--file', 'ask.txt'], 'The operation is given twice'],
    [[], 'Standard input is empty'],
  ])('%j is refused as wrong usage', async (args, message) => {
    expect(await query(...args)).toEqual({ code: 2, out: '', said: expect.stringContaining(message) });
  });
});

describe.concurrent('variables', () => {
  const of =
    'query ($year: Int!, $where: EditionWhere!) { editions(where: { and: [{ year: { eq: $year } }, $where] }) { nodes { slug } } }';

  test('come from JSON and from fields, which win', async () => {
    const args = ['--variables', '{"year": 1999, "where": {"search": "WMC"}}', '-f', 'year=2021'];
    expect(await query(of, ...args)).toEqual({
      code: 0,
      out: json({ data: { editions: { nodes: [{ slug: 'world-manufacturing-convention-2021' }] } } }),
      said: '',
    });
  });

  test('come from a file, with or without a byte order mark, or from standard input', async () => {
    file('variables.json', '\uFEFF{"year": 2021, "where": {}}');
    const byFile = await query(of, '--variables', '@variables.json');
    expect(byFile).toMatchObject({ code: 0, said: '' });
    const input = '{"year": 2021, "where": {}}';
    expect(await expograph(workplace, ['query', of, '--variables', '@-'], { input })).toEqual(byFile);
  });

  test.each([
    [['--variables', '{}', '--variables', '{}'], '--variables is given twice; leave out one of them.'],
    [['-f', 'yaer=2021'], '"yaer" is no variable of the operation; did you mean year?'],
    [['--variables', '{year: 2021}'], '--variables must be JSON: '],
    [['-f', 'year'], 'It must be like year=2021.'],
  ])('%j are refused as wrong usage', async (args, message) => {
    expect(await query(of, ...args)).toEqual({ code: 2, out: '', said: expect.stringContaining(message) });
  });
});

describe.concurrent('the answer', () => {
  const rows =
    '{ editions(first: 2, where: { search: "WMC" }) { pageInfo { hasNextPage endCursor } nodes { year name(locale: "en") } } }';

  test('comes in the format that is asked for', async () => {
    const all = await Promise.all(['csv', 'jsonl', 'table'].map((format) => query(rows, '--format', format)));
    expect(all.map(({ code, out, said }) => [code, out.split(/\r?\n/)[0], said])).toEqual([
      [0, 'year,name', ''],
      [0, '{"year":2026,"name":"2026 World Manufacturing Convention"}', ''],
      [0, expect.stringMatching(/^┌─+┬─+┐$/), ''],
    ]);
  });

  test('follows the list to its end, or to --max', async () => {
    const [paged, most, whole] = await Promise.all([
      query(rows, '--paginate', '--format', 'jsonl'),
      query(rows, '--max', '3'),
      query(rows.replace('2', '100'), '--format', 'jsonl'),
    ]);
    expect(paged).toEqual(whole);
    expect(JSON.parse(most.out).data.editions.nodes).toHaveLength(3);
  });

  test('prefers the languages of --language', async () => {
    const { out } = await query(
      '{ editions(first: 1, where: { search: "WMC" }) { nodes { name } } }',
      '--language',
      'en, zh;q=0.5',
    );
    expect(JSON.parse(out)).toEqual({
      data: { editions: { nodes: [{ name: '2026 World Manufacturing Convention' }] } },
    });
  });

  test('that has errors is printed with them, ends with 1, and says the same as over HTTP', async () => {
    const all = [
      '{ editions(first: 500) { totalCount } }',
      '{ service { nmae } }',
      '{',
      'query A { a } query B { b }',
    ].map(async (wrong) => {
      const reply = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: wrong }),
      });
      const told: { errors: { message: string }[] } = JSON.parse(await reply.text());
      // Where standard output goes to a file, who looks on sees why it failed.
      const lines = told.errors.map(({ message }) => expect.stringContaining(message.replaceAll(/\s*\n\s*/g, ' ')));
      const { said, ...rest } = await query(wrong);
      expect([rest, said.trimEnd().split('\n')]).toEqual([{ code: 1, out: json(told) }, lines]);
    });
    await Promise.all(all);
  });

  test('says what has no place in the rows, unless it shall be quiet', async () => {
    const beside = '{ service { version } editions(first: 1) { totalCount nodes { year } } }';
    const told = await query(beside, '--format', 'csv');
    expect(told).toEqual({
      code: 0,
      out: 'year\r\n2026\r\n',
      said: 'Not in the rows: service. Ask for JSON, which has all of it, or for one list only.\n',
    });
    expect(await query(beside, '--format', 'csv', '--quiet')).toEqual({ ...told, said: '' });
  });

  test('in rows has its errors on standard error, a line each', async () => {
    expect(await query('{ editions(first: 500) { nodes { year } } }', '--format', 'csv')).toEqual({
      code: 1,
      out: '',
      said: 'PAGE_SIZE_EXCEEDED: editions: first must be between 1 and 100; got 500. (at editions)\n',
    });
  });

  test.each([
    [['{ editions { nodes { year } } sources { nodes { slug } } }', '--format', 'csv'], /editions.*sources.* --rows,/],
    [[rows, '--format', 'csv', '--explode', 'x', '--explode', 'y'], /--explode is given twice/],
    [[rows, '--language', 'zh_CN'], /--language must be tags such as zh-Hans, or de;q=0.8, en; got "zh_CN"/],
    [[rows, '--format', 'xml'], /Allowed choices are json, jsonl, csv, table/],
    [[rows, '--rows', 'editions'], /rows/],
    [[rows, '--bom'], /bom/],
    [[rows, '--max', '0'], /It must be a whole number, 1 or more/],
    [[rows, '--colour'], /unknown option '--colour'/],
    [[rows, 'too', 'many'], /too many arguments/],
    [[ask, '--paginate'], /paginate/],
  ])('%j is refused as wrong usage', async (args, message) => {
    expect(await query(...args)).toEqual({ code: 2, out: '', said: expect.stringMatching(message) });
  });

  test.runIf(existsSync('/dev/full'))('that cannot be written is told in one line', async () => {
    const { code, said } = await bash(workplace, `expograph query '${rows}' > /dev/full`);
    expect(code).toBe(3);
    expect(said).toMatch(/^Standard output cannot be written, so that it ends early: ENOSPC: .*\n$/);
  });

  test('that nobody reads to its end ends quietly', async () => {
    const line = (command: string) => `${command} | head -1; echo $PIPESTATUS`;
    const several = '{ sources { pageInfo { hasNextPage endCursor } nodes { slug title publisher } } }';
    expect(await bash(workplace, line(`expograph query '${several}' --paginate --format csv`))).toEqual({
      code: 0,
      out: 'slug,title,publisher\r\n0\n',
      said: '',
    });
    const closed = await bash(workplace, 'expograph query whole-edition | true; echo $PIPESTATUS');
    expect(closed).toEqual({ code: 0, out: '0\n', said: '' });
    const other = await bash(workplace, 'expograph search check | true; echo $PIPESTATUS');
    expect(other).toEqual({ code: 0, out: '0\n', said: '' });
    const help = await bash(workplace, line('expograph query --help'));
    expect(help).toEqual({ code: 0, out: expect.stringMatching(/^Usage: expograph query .*\n0\n$/), said: '' });
  });
});

describe.concurrent('without a database', () => {
  test('one line says how to get one', async () => {
    const settings = { DATABASE_PATH: 'none.db' };
    expect(await expograph(workplace, ['query', ask], { settings })).toEqual({
      code: 3,
      out: '',
      said: 'There is no database at none.db. Run "expograph import" to make one of the shipped dataset, or set DATABASE_PATH to another file.\n',
    });
  });

  test('one that cannot be read is told, with the way out', async () => {
    copyFileSync(join(workplace.folder, 'expograph.db'), join(workplace.folder, 'damaged.db'));
    tamper(join(workplace.folder, 'damaged.db'), 'DROP TABLE themes');
    const settings = { DATABASE_PATH: 'damaged.db' };
    expect(await expograph(workplace, ['query', '{ themes { nodes { text } } }'], { settings })).toEqual({
      code: 3,
      out: '',
      said: expect.stringMatching(
        /^\S*damaged\.db is not as it was made: no such table: themes[^\n]*"expograph doctor"[^\n]*\n$/,
      ),
    });
  });

  test('a file that is none is refused, too', async () => {
    file('list.db', 'this is a shopping list, not a database\n'.repeat(100));
    const settings = { DATABASE_PATH: 'list.db' };
    const { code, out, said } = await expograph(workplace, ['query', ask], { settings });
    expect([code, out]).toEqual([3, '']);
    expect(said).toMatch(/^\S*list\.db is not a database; .*\n$/);
  });
});

describe.concurrent('--url', () => {
  test.each([
    ['/graphql', ['find-hefei']],
    ['/', ['editions-in-chinese', '--format', 'table']],
    [
      '/graphql',
      [
        '{ sources { pageInfo { hasNextPage endCursor } nodes { slug title } } }',
        '--paginate',
        '--format',
        'csv',
        '--bom',
      ],
    ],
    [
      '/',
      [
        'query ($where: EditionWhere) { editions(where: $where) { nodes { name } } }',
        '-f',
        'where={"year": {"gt": 2020}}',
        '--language',
        'zh',
      ],
    ],
    ['', ['{ editions(first: 500) { totalCount } }']],
  ])('to "%s", %j has the same bytes as from the database', async (path, args) => {
    const [local, remote] = await Promise.all([query(...args), query(...args, '--url', origin + path)]);
    expect(local.out).not.toBe('');
    expect(remote).toEqual(local);
  });

  test('of all editions gives the CSV that the service itself sends', async () => {
    const all =
      '{ editions(first: 2) { pageInfo { hasNextPage endCursor } nodes { slug name exhibitionSpace { value } } } }';
    const reply = await fetch(`${origin}/graphql?format=csv&paginate=true&query=${encodeURIComponent(all)}`);
    const { code, out } = await query(all, '--paginate', '--format', 'csv');
    expect([code, out]).toEqual([0, await reply.text()]);
    expect(out.split('\r\n').length).toBeGreaterThan(9);
  });

  test('asks for the schema only where it needs it', async () => {
    const asked: string[] = [];
    const server = createServer((request, reply) => {
      request.on('data', (chunk) => asked.push(JSON.parse(String(chunk)).query));
      request.on('end', () => reply.setHeader('content-type', 'application/json').end(JSON.stringify(named)));
    });
    const url = await listening(server);
    expect(await query(ask, '--url', url)).toEqual({ code: 0, out: json(named), said: '' });
    server.close();
    expect(asked).toEqual([ask]);
  });

  test.each([
    ['no address', 'localhost', 2, '--url must be an address such as http://127.0.0.1:4000; got "localhost".'],
    ['another protocol', 'ftp://localhost', 2, '--url must be an address'],
  ])('refuses %s', async (_what, url, code, message) => {
    expect(await query(ask, '--url', url)).toEqual({ code, out: '', said: expect.stringContaining(message) });
  });

  test('goes where it is redirected to, with the question, and takes a password along only there', async () => {
    const asked: [url: string | undefined, authorization: string | undefined, body: string][] = [];
    const serving = (answered: (reply: ServerResponse) => void) =>
      createServer((request, reply) => {
        let body = '';
        request.on('data', (chunk) => {
          body += String(chunk);
        });
        request.on('end', () => {
          asked.push([request.url, request.headers.authorization, body]);
          answered(reply);
        });
      });
    const target = serving(
      (reply) => void reply.setHeader('content-type', 'application/json').end(JSON.stringify(named)),
    );
    const elsewhere = await listening(target);
    const moved = serving((reply) => {
      const location = asked.length === 1 ? '/api/graphql' : `${elsewhere}/graphql`;
      reply.writeHead(asked.length === 1 ? 301 : 308, { location }).end();
    });
    const url = await listening(moved);
    const answered = await query(ask, '--url', url.replace('//', '//reader:se%3Acret@').concat('/graphql/'));
    moved.close();
    target.close();
    expect(answered).toEqual({ code: 0, out: json(named), said: '' });
    const basic = `Basic ${Buffer.from('reader:se:cret').toString('base64')}`;
    const body = JSON.stringify({ query: ask });
    expect(asked).toEqual([
      ['/graphql', basic, body],
      ['/api/graphql', basic, body],
      ['/graphql', undefined, body],
    ]);
  });

  test('says so where nothing listens', async () => {
    const server = createServer();
    const url = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await query(ask, '--url', url)).toEqual({
      code: 3,
      out: '',
      said: `${url}/graphql cannot be reached (ECONNREFUSED). Check the address, and whether the service runs.\n`,
    });
  });

  test.each([
    ['a page', 200, 'text/html', '<p>Hello</p>', 'does not answer as a service of GraphQL (200, text/html)'],
    [
      'JSON of something else',
      404,
      'application/json',
      '{"message": "gone"}',
      'does not answer as a service of GraphQL (404',
    ],
    [
      'an address that is not there',
      404,
      'application/json',
      '{"errors": [{"message": "Nothing."}]}',
      'answers 404: Nothing. Check the address.',
    ],
    ['a list', 200, 'application/json', '[]', 'does not answer as a service of GraphQL (200'],
    ['a failure', 503, 'application/json', '{"errors": [{"message": "Closing."}]}', 'answers 503: Closing.'],
    ['a failure of a proxy', 502, 'text/html', '<p>', 'answers 502: Bad Gateway.'],
  ])('says so where it is answered with %s', async (_what, status, type, body, message) => {
    const server = createServer((request, reply) => {
      request.resume();
      reply.writeHead(status, { 'content-type': type }).end(body);
    });
    const url = await listening(server);
    const { code, out, said } = await query(ask, '--url', url);
    server.close();
    expect([code, out]).toEqual([3, '']);
    expect(said).toContain(`${url}/graphql ${message}`);
    expect(said.trimEnd().split('\n')).toHaveLength(1);
  });
});

function listening(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    }),
  );
}
