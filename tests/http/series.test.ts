import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openApp, type TestApp } from '../support/app.ts';

const conventions = z.object({
  conventions: z.object({
    nodes: z.array(
      z.object({
        slug: z.string(),
        acronym: z.string().nullable(),
        names: z.array(z.object({ text: z.string(), locale: z.string() })),
        alternateNames: z.array(z.object({ text: z.string() })),
      }),
    ),
  }),
});
type Convention = z.infer<typeof conventions>['conventions']['nodes'][number];

let app: TestApp;
let origin: string;
let series: Convention[];
beforeAll(async () => {
  app = await openApp();
  ({ url: origin } = await app.listen());
  const { data } = await app.query({
    query: '{ conventions(first: 100) { nodes { slug acronym names { text locale } alternateNames { text } } } }',
  });
  series = conventions.parse(data).conventions.nodes;
});
afterAll(() => app.close());

const pageOf = async (path: string) => {
  const reply = await fetch(origin + path);
  expect([path, reply.status]).toEqual([path, 200]);
  return reply.text();
};

test('the shipped data has nineteen series, four of which have no Chinese or Japanese name', () => {
  expect(series).toHaveLength(19);
  const without = series.filter(({ names }) => names.every(({ locale }) => locale === 'en')).map(({ slug }) => slug);
  expect(without).toEqual(['automatica', 'emo', 'international-manufacturing-technology-show', 'smart-china-expo']);
});

test('the list has every series to choose from, and each has a page in both languages', async () => {
  for (const language of ['en', 'zh-Hans']) {
    const list = await pageOf(`/?lang=${language}`);
    for (const { slug, names } of series) {
      expect(list).toContain(`<option value="${slug}"`);
      const page = await pageOf(`/conventions/${slug}?lang=${language}`);
      const own = names.find(({ locale }) => locale === language) ?? names[0];
      expect(page.replaceAll('&amp;', '&')).toContain(`<h1>`);
      expect(page.replaceAll('&amp;', '&')).toContain(own?.text);
      expect(await pageOf(`/?convention=${slug}&lang=${language}&show=past`)).toContain(`/conventions/${slug}`);
    }
  }
});

test('a claim of the dates that has only a part of them says so in words', async () => {
  const claimsOf = async (slug: string, language: string) => {
    const page = await pageOf(`/editions/${slug}?lang=${language}`);
    const part = page.slice(page.indexOf('id="date-claims"'));
    return part.slice(0, part.indexOf('</section>')).replace(/<[^>]*>/g, '');
  };
  expect(await claimsOf('china-asean-expo-2025', 'en')).toContain('until 21 September 2025');
  expect(await claimsOf('china-asean-expo-2025', 'en')).not.toContain('not known');
  expect(await claimsOf('china-asean-expo-2025', 'zh-Hans')).toContain('至2025年9月21日');
  expect(await claimsOf('world-internet-of-things-exposition-2023', 'en')).toMatch(
    /from 21 October 2023.*4 days.*3 days/s,
  );
  expect(await claimsOf('world-internet-of-things-exposition-2023', 'zh-Hans')).toContain('2023年10月21日起');
});

test('search finds each by every name, alternate name and acronym that it has', async () => {
  const query =
    'query ($query: String!) { search(query: $query, types: [CONVENTION], first: 5) { nodes { ... on Convention { slug } } } }';
  for (const { slug, acronym, names, alternateNames } of series)
    for (const text of [...[...names, ...alternateNames].map((name) => name.text), ...(acronym ? [acronym] : [])]) {
      const { data } = await app.query({ query, variables: { query: text } });
      expect([text, Object(data).search.nodes]).toEqual([text, expect.arrayContaining([{ slug }])]);
      const typed = text.slice(0, text.search(/\s*\(/) > 0 ? text.search(/\s*\(/) : undefined);
      const all = await app.query({
        query: 'query ($query: String!) { search(query: $query, first: 10) { nodes { ... on Convention { slug } } } }',
        variables: { query: typed },
      });
      expect([typed, Object(all.data).search.nodes]).toEqual([typed, expect.arrayContaining([{ slug }])]);
    }
});

test('what is known of each edition is told on a page, convention by convention', async () => {
  const text = await pageOf('/coverage?lang=en');
  for (const { slug } of series) expect(text).toContain(`href="/conventions/${slug}?lang=en"`);
  const { data } = await app.query({
    query: `{ edition(slug: "world-manufacturing-convention-2021") { name(locale: "en")
      coverage { known total independentSources sources fields { isKnown independentSources } } } }`,
  });
  const { name, coverage } = Object(data).edition;
  const [, row = ''] = text.split(`>${name}</a>`);
  const cells = [...(row.split('</tr>')[0] ?? '').matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
  expect(cells.slice(0, 2)).toEqual([
    `${coverage.known}/${coverage.total}`,
    `${coverage.independentSources}/${coverage.sources}`,
  ]);
  expect(cells.slice(3).map((cell) => (/^\d+$/.test(cell ?? '') ? Number(cell) : null))).toEqual(
    coverage.fields.map((one: { isKnown: boolean; independentSources: number }) =>
      one.isKnown ? one.independentSources : null,
    ),
  );
  const one = await pageOf('/coverage?convention=emo&lang=zh-Hans');
  expect(one).toContain('EMO MILANO 2021');
  expect(one).not.toContain('automatica');
  const unknown = await fetch(`${origin}/coverage?convention=nowhere`);
  expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('there is none called')]);
  const own = await pageOf('/editions/world-manufacturing-convention-2021?lang=en');
  expect(own).toContain(`${coverage.known} of ${coverage.total}`);
});

test('every source that a series or an edition lists has its mark on the page, apart from the next', async () => {
  const { data } = await app.query({ query: '{ editions(first: 100) { nodes { slug } } }' });
  const paths = [
    ...series.map(({ slug }) => `/conventions/${slug}`),
    ...Object(data).editions.nodes.map(({ slug }: { slug: string }) => `/editions/${slug}`),
  ];
  for (const path of paths) {
    const text = await pageOf(`${path}?lang=en`);
    expect([path, text.match(/<li id="source-(?:(?!<\/li>).)*<span class="references"><\/span>/gs)]).toEqual([
      path,
      null,
    ]);
    const marks = text.match(/<span class="references">.*?<\/span>/gs) ?? [];
    expect([path, marks.filter((mark) => mark.includes('</a><a'))]).toEqual([path, []]);
  }
});

test('a series says which edition is the latest that is known, and a list how many there are', async () => {
  const past = '/conventions/smart-china-expo';
  expect(await pageOf(`${past}?lang=en`)).toContain('<dt>Latest known edition</dt>');
  expect(await pageOf(`${past}?lang=zh-Hans`)).toContain('<dt>最近已知的一届</dt>');
  expect(await pageOf('/coverage?lang=en')).toMatch(/>All \d+ editions<\/a>/);
  expect(await pageOf('/?year=2021&lang=zh-Hans')).toContain('<title>2021年 – Expograph</title>');
});

test('every page states the licence of the data, and has the line to name it by', async () => {
  const { data } = await app.query({ query: '{ service { dataLicense { identifier url name } } }' });
  const { identifier, url, name } = Object(data).service.dataLicense;
  expect(identifier).toBe('CC0-1.0');
  for (const path of ['/?lang=en', '/editions/emo-2021?lang=en', '/coverage?lang=en']) {
    const text = await pageOf(path);
    expect(text).toContain(`href="${url}"`);
    expect(text).toContain(name);
    expect(text).toContain(`Data: Expograph (${origin}/), CC0 1.0`);
  }
  expect(await pageOf('/feed.atom')).toContain(`<rights>`);
});
