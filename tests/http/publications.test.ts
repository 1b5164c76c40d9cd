import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportDataset } from '../../src/dataset/export.ts';
import { writeDataset } from '../../src/dataset/write.ts';
import { openReader } from '../../src/store/open.ts';
import { openApp, type TestApp, TODAY } from '../support/app.ts';
import { fair, importInto } from '../support/fair.ts';
import { WMC } from '../support/one-series.ts';

const convention = '/conventions/world-manufacturing-convention';
const edition = '/editions/world-manufacturing-convention-2021';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ only: WMC });
  importInto(app, fair(), TODAY);
});
afterAll(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  app.server.inject({ url, headers: { host: 'expograph.example', ...headers } });
const page = (url: string, headers: Record<string, string> = {}) => get(url, { accept: 'text/html', ...headers });

/** Everything that is published, with its media type. */
const addresses: [string, string][] = [
  ['/', 'text/html; charset=utf-8'],
  ['/?q=hefei&year=2021', 'text/html; charset=utf-8'],
  [convention, 'text/html; charset=utf-8'],
  [edition, 'text/html; charset=utf-8'],
  ['/speakers/jean-pierre-raffarin', 'text/html; charset=utf-8'],
  ['/calendar.ics', 'text/calendar; charset=utf-8'],
  [`${convention}.ics`, 'text/calendar; charset=utf-8'],
  [`${edition}.ics`, 'text/calendar; charset=utf-8'],
  [`${edition}.json`, 'application/json; charset=utf-8'],
  [`${edition}.jsonld`, 'application/ld+json; charset=utf-8'],
  ['/coverage', 'text/html; charset=utf-8'],
  ['/feed.atom', 'application/atom+xml; charset=utf-8'],
  [`${convention}/feed.atom`, 'application/atom+xml; charset=utf-8'],
  [`${edition}/feed.atom`, 'application/atom+xml; charset=utf-8'],
  ['/data/export.jsonl', 'application/jsonl; charset=utf-8'],
  ['/llms.txt', 'text/markdown; charset=utf-8'],
  ['/sitemap.xml', 'application/xml; charset=utf-8'],
  ['/robots.txt', 'text/plain; charset=utf-8'],
];

describe.each(addresses)('%s', (url, type) => {
  test('is sent with its media type and validators, to pages of every origin', async () => {
    const { statusCode, headers, body } = await get(url, { origin: 'https://elsewhere.example' });
    expect(statusCode).toBe(200);
    expect(body.length).toBeGreaterThan(50);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, no-cache',
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
      'last-modified': expect.stringMatching(/^\w{3}, \d\d \w{3} 2026 \d\d:\d\d:\d\d GMT$/),
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(headers).not.toHaveProperty('set-cookie');
  });

  test('is not sent again to whoever has it', async () => {
    const { headers } = await get(url);
    const [etag, modified] = [String(headers.etag), String(headers['last-modified'])];
    const again = { etag, 'cache-control': 'public, no-cache' };
    for (const condition of <Record<string, string>[]>[
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-modified-since': modified },
      { 'if-none-match': etag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ]) {
      const answer = await get(url, condition);
      expect([answer.statusCode, answer.body], JSON.stringify(condition)).toEqual([304, '']);
      expect(answer.headers).toMatchObject(again);
    }
    for (const condition of <Record<string, string>[]>[
      { 'if-none-match': '"other"' },
      { 'if-none-match': '"other"', 'if-modified-since': modified },
      { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { 'if-modified-since': 'yesterday' },
    ])
      expect((await get(url, condition)).statusCode, JSON.stringify(condition)).toBe(200);
  });

  test('HEAD tells the same and sends nothing', async () => {
    const { headers } = await get(url);
    const head = await app.server.inject({ method: 'HEAD', url, headers: { host: 'expograph.example' } });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect(head.headers).toMatchObject({ etag: headers.etag, 'content-type': type });
  });
});

test('an import changes what is published at once, and its validators', async () => {
  const own = await openApp({ only: WMC });
  const ask = (url: string) => own.server.inject({ url, headers: { host: 'expograph.example' } });
  try {
    const urls = addresses.map(([url]) => url).filter((url) => url !== '/robots.txt');
    const before = await Promise.all(urls.map(ask));
    const later = new Date('2026-11-24T09:00:00Z');
    importInto(own, fair(), later);
    const after = await Promise.all(urls.map(ask));
    for (const [place, url] of urls.entries())
      expect([url, after[place]?.headers['last-modified']]).toEqual([url, later.toUTCString()]);
    const changed = urls.filter((_, place) => before[place]?.headers.etag !== after[place]?.headers.etag);
    // The filter offers more years and countries.
    expect(changed).toEqual([
      '/',
      '/?q=hefei&year=2021',
      '/calendar.ics',
      '/coverage',
      '/feed.atom',
      '/data/export.jsonl',
      '/llms.txt',
      '/sitemap.xml',
    ]);
    const calendar = await ask('/calendar.ics');
    expect(calendar.body.match(/BEGIN:VEVENT/g)).toHaveLength(9 + 81);
  } finally {
    await own.close();
  }
});

test('a day that ends where an edition is held changes the pages, and when they changed last', async () => {
  let now = new Date('2026-11-24T22:50:00Z');
  const own = await openApp({ now: () => now, only: WMC });
  importInto(own, fair(), TODAY);
  const ask = (headers = {}) =>
    own.server.inject({ url: '/?convention=fair-of-fairs', headers: { host: 'expograph.example', ...headers } });
  try {
    const before = await ask();
    // Midnight in Shanghai was at 16:00, that in Paris comes at 23:00.
    expect(before.headers['last-modified']).toBe('Tue, 24 Nov 2026 16:00:00 GMT');
    expect(before.body).toContain('Running now');
    now = new Date('2026-11-24T23:01:00Z');
    const after = await ask({ 'if-modified-since': String(before.headers['last-modified']) });
    expect(after.statusCode).toBe(200);
    expect(after.headers['last-modified']).toBe('Tue, 24 Nov 2026 23:00:00 GMT');
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.body).not.toContain('Running now');
  } finally {
    await own.close();
  }
});

describe('the language', () => {
  test.each([
    ['/', {}, 'en', 'accept-encoding, accept-language'],
    ['/', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.1' }, 'zh-Hans', 'accept-encoding, accept-language'],
    ['/', { 'accept-language': 'fr, de;q=0.5' }, 'en', 'accept-encoding, accept-language'],
    ['/?lang=zh-Hans', { 'accept-language': 'en' }, 'zh-Hans', 'accept-encoding'],
    ['/?lang=zh', {}, 'zh-Hans', 'accept-encoding'],
    ['/?lang=en-US', { 'accept-language': 'zh' }, 'en', 'accept-encoding'],
    ['/?lang=fr', { 'accept-language': 'zh' }, 'zh-Hans', 'accept-encoding, accept-language'],
    [`${edition}.ics?lang=zh-Hans`, {}, 'zh-Hans', 'accept-encoding'],
    [`${edition}.json`, { 'accept-language': 'zh' }, 'zh-Hans', 'accept-encoding, accept-language'],
    ['/operations/find-hefei.json?lang=zh-Hans', { 'accept-language': 'en' }, 'zh-Hans', 'accept-encoding'],
    ['/operations/find-hefei.json', { 'accept-language': 'zh' }, 'zh-Hans', 'accept-encoding, accept-language'],
    ['/feed.atom?lang=zh-Hans', {}, 'zh-Hans', 'accept-encoding'],
  ])('of %s with %j is %s', async (url, headers, language, vary) => {
    const answer = await get(url, headers);
    expect([answer.headers['content-language'], answer.headers.vary]).toEqual([language, vary]);
    if (url.startsWith('/?') || url === '/') expect(answer.body).toContain(`<html lang="${language}">`);
  });

  test('links keep it where the address names it, and each page tells its address in both', async () => {
    const given = (await page(`${edition}?lang=zh-Hans`)).body;
    expect(given).toContain(`href="${convention}?lang=zh-Hans"`);
    expect(given).toContain(`<link rel="canonical" href="http://expograph.example${edition}?lang=zh-Hans"/>`);
    const negotiated = (await page(edition, { 'accept-language': 'zh' })).body;
    expect(negotiated).toContain(`href="${convention}"`);
    for (const body of [given, negotiated]) {
      expect(body).toContain(`hreflang="en" href="http://expograph.example${edition}?lang=en"/>`);
      expect(body).toContain(`hreflang="zh-Hans" href="http://expograph.example${edition}?lang=zh-Hans"/>`);
      expect(body).toContain(`hreflang="x-default" href="http://expograph.example${edition}"/>`);
    }
  });
});

test.each(['/?utm_source=x', '/coverage?foo=1', '/feed.atom?foo=1', `${edition}?foo=1`])(
  'what others append to an address is left alone: %s',
  async (url) => {
    const { statusCode, body } = await page(url);
    expect([statusCode, /foo=|utm_/.test(body)]).toEqual([200, false]);
  },
);

describe('what cannot be shown', () => {
  test.each([
    ['/?year=twenty', 'year must be a year of four digits, such as 2021; got "twenty".'],
    ['/?country=China', 'country must be a code of ISO 3166-1 of two letters, such as CN; got "China".'],
    ['/?show=all', 'show must be one of running, upcoming, past, other; got "all".'],
    ['/?year=2020&year=2021', 'year may be given once; got ["2020","2021"].'],
    [`/?q=${'x'.repeat(201)}`, `q must have 200 characters at most; got "${'x'.repeat(201)}".`],
    ['/operations/find-hefei.json?lang=english!', 'lang must be a language such as en or zh-Hans; got "english!".'],
    ['/?lang=english!', 'lang must be a language such as en or zh-Hans; got "english!".'],
    ['/?after=x', 'after and before need show, one of running, upcoming, past, other.'],
    ['/?show=past&after=x', /cursor/],
    ['/?show=past&after=x&before=y', 'after and before cannot be given together; leave one out.'],
    ['/coverage?after=x', /cursor/],
    ['/coverage?convention=fair-of-fairs&after=x', 'One convention has no pages; leave after and before out.'],
    ['/calendar.ics?show=past&after=x', 'A calendar has no pages; leave after and before out.'],
    ['/calendar.ics?yer=2021', 'A calendar takes q, year, country, convention, show and lang; got "yer".'],
    ['/calendar.ics?convention=nope', 'convention must be the slug of a convention; there is none called "nope".'],
    ['/calendar.ics?year=0', 'year must be a year of four digits, such as 2021; got "0".'],
    [
      '/editions/world-manufacturing-convention-2021?lang=%00',
      'lang must be a language such as en or zh-Hans; got "\\u0000".',
    ],
  ])('%s is refused with one sentence', async (url, message) => {
    const answer = await get(url);
    const [error] = answer.json().errors;
    expect([answer.statusCode, error.extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }]);
    expect(error.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));

    const shown = await page(url);
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
    expect(shown.body).toContain('<h1>This address cannot be shown</h1>');
    expect(shown.body).toContain('<meta name="robots" content="noindex, follow"/>');
  });

  test.each([
    '/nowhere',
    '/speakers',
    '/editions/Nope',
    '/editions/nope',
    '/editions/nope.ics',
    '/editions/nope.jsonld',
    `${edition}.xml`,
    `${edition}.ics.ics`,
    `${convention}.json`,
    '/operations/nope.json',
    '/operations/find-hefei',
    '/sitemaps/2.xml',
    '/conventions/nope',
    '/conventions/nope.ics',
    '/speakers/nope',
    '/speakers/jean-pierre-raffarin.ics',
    '/editions/%2e%2e%2fetc',
    "/editions/'%20OR%201=1",
  ])('%s is not there', async (url) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.json().errors[0].extensions]).toEqual([404, { code: 'NOT_FOUND' }]);
    const shown = await page(url, { 'accept-language': 'zh' });
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(shown.body).toContain('<h1>这里没有内容</h1>');
  });

  test('what is not there is named, and said in the language that was asked for', async () => {
    expect((await get('/editions/nope.ics')).json().errors[0].message).toBe('There is no edition "nope".');
    expect((await get(`${convention}.xml`)).json().errors[0].message).toBe(
      'A convention is there as a page, .ics and .jsonld, not ".xml".',
    );
    for (const url of ['/editions/nope?lang=zh-Hans', '/?year=abc&lang=zh-Hans']) {
      const { body, headers } = await page(url, { 'accept-language': 'en' });
      expect([headers['content-language'], body.includes('<html lang="zh-Hans">')]).toEqual(['zh-Hans', true]);
      expect(body).toContain(`href="${url.replace('lang=zh-Hans', 'lang=en').replaceAll('&', '&amp;')}"`);
      expect(body).not.toMatch(/rel="canonical"|hreflang="x-default"|og:url/);
    }
  });

  test('an address that cannot be read is refused as everything else, to pages of every origin', async () => {
    const answer = await get('/editions/%');
    expect([answer.statusCode, answer.json().errors[0].extensions]).toEqual([400, { code: 'BAD_REQUEST' }]);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' });
  });

  test.each([
    ['/editions', 302, '/'],
    ['/conventions', 302, '/#conventions'],
    ['/favicon.ico', 302, '/favicon.svg'],
    [`${edition}/?lang=en`, 308, `${edition}?lang=en`],
  ])('%s leads on', async (url, status, location) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.headers.location]).toEqual([status, location]);
  });

  test.each(['//elsewhere.example/', '//elsewhere.example//'])('%s leads to no other host', async (url) => {
    expect((await get(url)).headers.location ?? '/').not.toContain('//');
  });

  test('what a reader typed is shown as text', async () => {
    const { body } = await page(`/?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(body).toContain('value="&quot;>&lt;script>alert(1)&lt;/script>"');
    expect(body).not.toContain('<script>alert');
    const named = (await page('/conventions/fair-of-fairs')).body;
    expect(named).toContain('Fair of &lt;b>Fairs&lt;/b> &amp; &quot;More&quot;');
    expect(named).not.toContain('<b>');
  });
});

/** The years of the editions that a page lists, as they stand. */
function years(body: string): string[] {
  return [...body.matchAll(/href="\/editions\/[a-z-]+-(\d{4})"/g)].map(([, year = '']) => year);
}

/** Reads page after page in one direction: what each lists, and the address of the last. */
async function turn(
  ask: typeof page,
  listed: (body: string) => string[],
  first: string,
  rel: 'next' | 'prev',
): Promise<{ pages: string[][]; last: string }> {
  const pages: string[][] = [];
  for (let last = first; ; ) {
    const { body } = await ask(last);
    pages.push(listed(body));
    const next = new RegExp(`rel="${rel}" href="([^"]*)"`).exec(body)?.[1];
    if (!next) return { pages, last };
    if (pages.length === 9) throw new RangeError(`There is no end to the pages from ${first}.`);
    last = next.replaceAll('&amp;', '&');
  }
}

describe('the list', () => {
  test('has what runs, what is to come, what is over and what is uncertain, each in its order, twelve of each', async () => {
    const { body } = await page('/');
    const listed = years(body);
    expect(listed.slice(0, 1)).toEqual(['2026']);
    expect(listed.slice(1, 13)).toEqual(Array.from({ length: 12 }, (_, index) => String(2027 + index)));
    expect(listed.slice(13, 25)).toHaveLength(12);
    expect(listed.slice(13, 15)).toEqual(['2025', '2025']);
    expect(listed.slice(25)).toEqual(['2061', '2060', '2026']);
    expect([...body.matchAll(/<h2 id="show-\w+" tabindex="-1">([^<]*)/gi)].map(([, title]) => title)).toEqual([
      'Running now',
      'Upcoming',
      'Past',
      'Uncertain, postponed or cancelled',
    ]);
  });

  test('of a section can be read from one end to the other and back', async () => {
    const forth = await turn(page, years, '/?show=past&convention=fair-of-fairs', 'next');
    const all = Array.from({ length: 50 }, (_, index) => String(2025 - index));
    expect(forth.pages.flat()).toEqual(all);
    expect(forth.pages.map(({ length }) => length)).toEqual([24, 24, 2]);
    const back = await turn(page, years, forth.last, 'prev');
    expect(back.pages.toReversed().flat()).toEqual(all);
  });

  test.each([
    ['q=WMC', 9],
    ['q=wmc%202021', 1],
    ['q=2021%20hefei', 1],
    ['q=%E5%90%88%E8%82%A5%E5%88%B6%E9%80%A0', 9],
    ['q=raffarin', 1],
    ['q=lyon', 83],
    ['q=binhu', 3],
    ['q=Anhui', 9],
    ['q=%E5%AE%89%E5%BE%BD', 9],
    ['q=China', 9],
    ['q=zhejiang', 2],
    ['q=1', 0],
    ['q=2030', 1],
    ['q=nothing%20of%20the%20kind', 0],
    ['q=%25', 0],
    ['country=fr', 83],
    ['year=2026', 2],
    ['year=2026&country=CN', 1],
    ['convention=fair-of-fairs&year=2030', 1],
    ['country=ZZ', 0],
  ])('narrowed by %s has %i editions, and so has the calendar', async (query, count) => {
    const { body } = await page(`/?${query}`);
    const found = count === 0 ? 'No edition matches.' : `${count} edition${count === 1 ? '' : 's'} found`;
    expect(body).toContain(found);
    const calendar = (await get(`/calendar.ics?${query}`)).body;
    const undated = Number(/q=lyon|country=fr/.test(query)) * 2;
    expect(calendar.match(/BEGIN:VEVENT/g) ?? []).toHaveLength(count - undated);
  });
});

test('what is known is told of 25 conventions on a page and of twelve editions of each, or of all of one', async () => {
  const own = await openApp({ only: WMC });
  try {
    const slugs = Array.from({ length: 28 }, (_, index) => `series-${10 + index}`);
    importInto(own, { conventions: slugs.map((slug) => ({ slug, name: { en: slug }, editions: [] })) }, TODAY);
    importInto(own, fair(), TODAY);
    const ask = (url: string) =>
      own.server.inject({ url, headers: { host: 'expograph.example', accept: 'text/html', 'accept-language': 'en' } });
    const listed = (body: string) =>
      [...body.matchAll(/<th scope="rowgroup"><a href="\/conventions\/([\w-]+)/g)].map(([, slug = '']) => slug);
    const all = ['fair-of-fairs', ...slugs, 'world-manufacturing-convention'];
    const forth = await turn(ask, listed, '/coverage', 'next');
    expect(forth.pages).toEqual([all.slice(0, 25), all.slice(25)]);
    const back = await turn(ask, listed, forth.last, 'prev');
    expect(back.pages).toEqual([all.slice(25), all.slice(0, 25)]);

    const rows = (body: string) => body.match(/<th scope="row"><a href="\/editions\/fair-of-fairs-/g)?.length;
    const { body } = await ask('/coverage');
    expect(rows(body)).toBe(12);
    const more = /href="(\/coverage\?convention=fair-of-fairs[^"]*)">All 83/.exec(body)?.[1]?.replaceAll('&amp;', '&');
    expect(rows((await ask(more ?? '')).body)).toBe(83);
  } finally {
    await own.close();
  }
});

test('what is data alone names its licence in a header, and a page in itself', async () => {
  for (const url of [`${edition}.json`, `${edition}.jsonld`, `${edition}.ics`, '/data/export.jsonl'])
    expect([url, (await get(url)).headers.link]).toEqual([
      url,
      '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"',
    ]);
  expect((await get(edition)).headers.link).toBeUndefined();
});

test('who can read gzip gets it, with validators of its own', async () => {
  const { gunzipSync } = await import('node:zlib');
  for (const url of [edition, `${edition}.json`, '/data/export.jsonl', '/schema.graphql', `${convention}.ics`]) {
    const plain = await get(url);
    const packed = await get(url, { 'accept-encoding': 'gzip, br' });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']], url).toEqual([undefined, 'gzip']);
    expect(String(gunzipSync(packed.rawPayload)), url).toBe(plain.body);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect(packed.headers.vary).toContain('accept-encoding');
    const again = await get(url, { 'accept-encoding': 'gzip, br', 'if-none-match': String(packed.headers.etag) });
    expect(again.statusCode).toBe(304);
  }
  expect((await get('/robots.txt', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
  expect((await get(edition, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
});

test('a calendar is called by what it was narrowed to, in the language of the reader', async () => {
  const name = async (url: string) => /^NAME:(.*)\r$/m.exec((await get(url)).body.replaceAll('\r\n ', ''))?.[1];
  expect(await name('/calendar.ics')).toBe('Expograph');
  expect(await name('/calendar.ics?year=2021&country=cn&show=past')).toBe('Expograph: Past\\, 2021\\, China');
  expect(await name('/calendar.ics?country=CN&show=past&lang=zh-Hans')).toBe('Expograph：往届，中国');
  expect(await name('/calendar.ics?convention=world-manufacturing-convention')).toBe(
    'Expograph: World Manufacturing Convention',
  );
  const { body } = await get(`${convention}.ics`);
  expect(body.replaceAll('\r\n ', '')).toContain(
    'DESCRIPTION:A yearly convention of the manufacturing industry in Hefei',
  );
});

test('an edition as JSON is what the graph answers', async () => {
  const { readFileSync } = await import('node:fs');
  const query = readFileSync(new URL('../../schema/operations/edition-page.graphql', import.meta.url), 'utf8');
  const { body } = await app.server.inject({
    ...{ method: 'POST', url: '/graphql', headers: { host: 'expograph.example' } },
    payload: { query, variables: { locale: 'zh-Hans' } },
  });
  expect((await get(`${edition}.json?lang=zh-Hans`)).json()).toEqual(JSON.parse(body).data.edition);
});

test('the links of an edition lead to its page, calendar and JSON-LD', async () => {
  const query = '{ edition(slug: "world-manufacturing-convention-2021") { links { page calendar jsonLd } } }';
  const asked = await app.server.inject({
    ...{ method: 'POST', url: '/graphql', headers: { host: 'expograph.example' }, payload: { query } },
  });
  const { links } = asked.json().data.edition;
  expect(links).toEqual({
    page: `http://expograph.example${edition}`,
    calendar: `http://expograph.example${edition}.ics`,
    jsonLd: `http://expograph.example${edition}.jsonld`,
  });
  expect(await app.query({ query })).toMatchObject({
    data: { edition: { links: { page: null, calendar: null, jsonLd: null } } },
  });
});

test('with PUBLIC_URL set, addresses are of that, whatever a client says', async () => {
  const own = await openApp({ only: WMC, publicUrl: 'https://expograph.example' });
  try {
    for (const [url, address] of [
      [edition, `https://expograph.example${edition}?lang=en`],
      [`${edition}.ics`, `https://expograph.example${edition}`],
      ['/feed.atom', 'https://expograph.example/feed.atom'],
      ['/sitemap.xml', `https://expograph.example${edition}`],
      ['/robots.txt', 'https://expograph.example/sitemap.xml'],
      ['/llms.txt', 'https://expograph.example/graphql'],
    ] as const) {
      const { body } = await own.server.inject({ url, headers: { host: 'evil.example' } });
      expect(body.replaceAll('\r\n ', ''), url).toContain(address);
      expect(body, url).not.toContain('evil.example');
    }
  } finally {
    await own.close();
  }
});

test.each(['evil.example"><script>', 'a b', '', '[::1', 'evil.example/path'])(
  'a client that says it found the service at %j gets no such address',
  async (host) => {
    const { body, statusCode } = await app.server.inject({ url: edition, headers: { host } });
    expect(statusCode).toBe(200);
    expect(body).not.toMatch(/evil|a b\/|<script>/);
    expect(body).toMatch(/<link rel="canonical" href="http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/editions/);
  },
);

test('the whole of the data is what the command line exports', async () => {
  const reader = openReader(`${app.folder}/expograph.db`, { isSnapshot: true });
  const lines = [...writeDataset(exportDataset(reader), 'jsonl')].join('');
  reader.close();
  expect((await get('/data/export.jsonl')).body).toBe(lines);
});

test('a reader who goes away in the midst of the data leaves nothing open', async () => {
  const { url } = await app.listen();
  for (let times = 0; times < 20; times += 1) {
    const controller = new AbortController();
    const answer = await fetch(`${url}/data/export.jsonl`, { signal: controller.signal });
    await answer.body?.getReader().read();
    controller.abort();
  }
  importInto(app, fair({ name: 'Fair of Fairs' }), new Date('2026-11-23T13:00:00Z'));
  const answer = await fetch(`${url}/data/export.jsonl`);
  expect(await answer.text()).toContain('"Fair of Fairs"');
});
