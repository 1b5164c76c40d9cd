import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { llmsText } from '../../src/publications/llms.ts';
import { SHIPPED_QUESTIONS } from '../../src/web/headlines.ts';
import { readQuestions } from '../../src/web/questions.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { BASE_URL } from './asked.ts';

let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await openApp();
  ({ url: origin } = await app.listen());
});
afterAll(() => app.close());

const counts = {
  conventions: 1,
  editions: 12_000,
  themes: 0,
  exhibitionAreas: 0,
  speakers: 0,
  signedProjectStatistics: 1,
  sources: 2,
};

const license = {
  name: 'CC0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
  creditText: 'Data: Expograph',
};
const question = { slug: 'find-some', headline: 'What is there about (some) expos?' };
const fair = { slug: 'fair', name: 'Fair [of\nfairs]' };
const held = { slug: 'fair-2021', name: 'Fair 2021', dates: '19–22 November 2021' };
const undated = { slug: 'fair-2022', name: 'Fair 2022', dates: null };

test('what is here is told as llmstxt.org has it', () => {
  const options = {
    ...{ baseUrl: BASE_URL, counts, dataUpdatedAt: '2026-11-23T12:00:00.000Z' },
    ...{ conventions: [fair], editions: [held, undated], questions: [question], license },
  };
  expect(llmsText(options)).toBe(`# Expograph

> Trade conventions published as one GraphQL graph: conventions, their editions, themes, exhibition areas, speakers and what was signed, every number with its source. No account is needed.

There is data about 1 convention, 12,000 editions, 0 speakers, 1 claim about signed projects and 2 sources. It was last changed at 2026-11-23T12:00:00.000Z.

How to read what is here:

- Every number is a claim of a source. Show its \`text\`, never the bare value: only the text keeps "more than", "about" and "nearly", which \`bound\` tells (EXACT, ABOUT, MORE_THAN, AT_LEAST, NEARLY, AT_MOST).
- \`scope\` tells what it is about: EDITION is one edition as a whole, CUMULATIVE several editions together, SUBSET a part of them.
- \`stage\` tells what was counted: signed, intended, sold on site, registered, started, completed and others. These are different measures: an intended deal is no contract.
- \`status\` tells when it was said: TARGET and EXPECTED come from before the event and are no results, INTERIM from while it ran, FINAL from after it.
- \`standing\` tells which of several claims about the same thing to show: PREFERRED. The others stay beside it, as sources disagree.
- Unknown is null, never 0 and never a guess. An edition without an \`endDate\` is one whose last day no source tells.
- Never add numbers up. \`signedProjectTotals\` adds what may be added, and lists what it left out, each with the reason.
- Name the source that stands beside a number: \`citations { source { citation url } }\`. Where \`url\` is null, do not link.
- The data is in the public domain (CC0, https://creativecommons.org/publicdomain/zero/1.0/). A credit is welcome: "Data: Expograph".
- Texts and dates come in English and Chinese: \`locale: "en"\` or \`locale: "zh-Hans"\` on a field.

Ask by GET, or by POST with a JSON body {"query": "…"}. This is one request:

\`\`\`sh
curl -G https://expograph.example/graphql --data-urlencode 'query={ editions(first: 3, where: { signedProjects: { some: { status: [FINAL], stage: [SIGNED] } } }) { nodes {
  name(locale: "en") dates(locale: "en")
  signedProjects { status projects { text(locale: "en") } citations { source { citation url } } }
} } }'
\`\`\`

## Graph

- [Endpoint](https://expograph.example/graphql): GraphQL over HTTP. \`format=csv\` or \`format=jsonl\` in the address gives rows, \`paginate=true\` all pages of a list.
- [Schema](https://expograph.example/schema.graphql): every type, field and argument, each with a description.
- Worked questions are at /operations/<name>.graphql, and their answers, which follow the data, at /operations/<name>.json. /operations.json lists them, each with a documentId that stands for its text in GET /graphql?documentId=….

## Pages

- [Editions](https://expograph.example/): what is on, to come and over. A convention is at /conventions/<slug>, an edition at /editions/<slug>, a speaker at /speakers/<slug>; \`?lang=en\` or \`?lang=zh-Hans\` behind an address chooses the language.
- [What is known](https://expograph.example/coverage): which fields are known of each edition, by how many independent sources, and when those were last read. In the graph it is \`coverage\`, and \`editions(where: { lacks: [VENUE] })\` finds what is missing.
- [Site map](https://expograph.example/sitemap.xml): the addresses of all pages.

## Files

- [Everything](https://expograph.example/data/export.jsonl): the whole dataset, a record in each line. One edition is at /editions/<slug>.json, and in the words of schema.org at /editions/<slug>.jsonld.
- [Calendar](https://expograph.example/calendar.ics): all editions, to subscribe to. One convention is at /conventions/<slug>.ics, one edition at /editions/<slug>.ics.
- [Feed](https://expograph.example/feed.atom): what each import added, changed and removed, edition by edition. One convention is at /conventions/<slug>/feed.atom, one edition at /editions/<slug>/feed.atom.

## Conventions

- [Fair \\[of fairs\\]](https://expograph.example/conventions/fair)

## Editions that changed last

- [Fair 2021](https://expograph.example/editions/fair-2021.json): 19–22 November 2021
- [Fair 2022](https://expograph.example/editions/fair-2022.json): the dates are not known

## Worked questions and their answers

- [find-some](https://expograph.example/operations/find-some.json): What is there about (some) expos?
`);
});

test('without data it says that there is none', () => {
  const text = llmsText({
    ...{ baseUrl: BASE_URL, counts, dataUpdatedAt: null },
    ...{ conventions: [], editions: [], questions: [], license },
  });
  expect(text).toContain('\n\nThere is no data yet.\n\n');
  expect(text).not.toContain('12,000');
  expect(text.match(/^## .*/gm)).toEqual(['## Graph', '## Pages', '## Files']);
  expect(text.endsWith('feed.atom.\n')).toBe(true);
});

test('every link that the service gives is answered, the example included', async () => {
  const text = await (await fetch(`${origin}/llms.txt`)).text();
  const questions = readQuestions(SHIPPED_QUESTIONS);
  expect(text).toContain('There is data about 19 conventions, 110 editions, ');
  expect(text.length).toBeLessThan(16_000);

  const addresses = [...text.matchAll(/^- \[.*?\]\((http:[^()\s]+)\)/gm)].map(([, address = '']) => address);
  expect(addresses).toHaveLength(2 + 3 + 3 + 19 + 12 + questions.length);
  for (const address of addresses) {
    // Whatever a reader wants, browsers' page included.
    const answer = await fetch(address, { headers: { accept: 'text/html, */*;q=0.8' } });
    expect([address, answer.status]).toEqual([address, 200]);
    const slug = /\/operations\/(.*)\.json$/.exec(address)?.[1];
    const { query = '', text: operation } = questions.find((one) => one.slug === slug) ?? {};
    if (!query || slug?.includes('page') || /links|data(?:Version|UpdatedAt)/.test(query)) continue;
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(await app.query({ query }))));
    expect(await (await fetch(address.replace('.json', '.graphql'))).text()).toBe(operation);
  }

  const command = /^```sh\n(.*?)^```$/ms.exec(text)?.[1] ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  const { data, errors } = JSON.parse(stdout);
  expect(errors).toBeUndefined();
  expect(data.editions.nodes).toHaveLength(3);
  expect(data.editions.nodes[1]).toMatchObject({
    name: '22nd China-ASEAN Expo',
    signedProjects: { status: 'FINAL', projects: { text: '155 projects' } },
  });
});

test.each([
  ['?lang=en', 'zh', 'World Manufacturing Convention', 'en'],
  ['?lang=zh-Hans', 'en', '世界制造业大会', 'zh-Hans'],
  ['?lang=zh', 'en', '世界制造业大会', 'zh-Hans'],
  ['?lang=fr', 'zh', '世界制造业大会', 'zh-Hans'],
  ['?lang=fr', 'en', 'World Manufacturing Convention', 'en'],
  ['', 'zh', '世界制造业大会', 'zh-Hans'],
  ['', 'en', 'World Manufacturing Convention', 'en'],
])('the answer to a question with %j, for who prefers %s, has %s in it', async (lang, preferred, name, language) => {
  const address = `${origin}/operations/series-merged-and-renamed.json${lang}`;
  const answer = await fetch(address, { headers: { 'accept-language': preferred } });
  expect([answer.status, answer.headers.get('content-language')]).toEqual([200, language]);
  const { data } = (await answer.json()) as { data: { conventions: { nodes: { name: string }[] } } };
  expect(data.conventions.nodes.map((node) => node.name)).toContain(name);
});

test('what a question wants in one language comes in that, whatever lang says', async () => {
  const answer = await fetch(`${origin}/operations/who-came-again.json?lang=zh-Hans`);
  const { data } = (await answer.json()) as { data: { speakers: { nodes: { name: string }[] } } };
  expect(data.speakers.nodes.map((node) => node.name)).toContain('Li Jinbin');
});

test('a question in what is no language is refused', async () => {
  const answer = await fetch(`${origin}/operations/find-hefei.json?lang=english!`);
  const message = 'lang must be a language such as en or zh-Hans; got "english!".';
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});
