import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { WMC } from '../support/one-series.ts';

const demo = fileURLToPath(new URL('../../src/web/demo/', import.meta.url));
const built = fileURLToPath(new URL('../../dist/web/site/', import.meta.url));
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** A day on which an edition is still to come. */
const now = () => new Date('2026-08-01T12:00:00Z');

let app: TestApp;
let service: string;
let browser: Browser;
let host: Awaited<ReturnType<typeof openHost>>;

beforeAll(async () => {
  [app, browser, host] = await Promise.all([openApp({ now, only: WMC }), launchBrowser(), openHost()]);
  ({ url: service } = await app.listen());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await app?.close();
});

describe('the demo page, on another origin under a policy of its own', () => {
  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'shows the three elements, %s and %s wide, and nothing moves or goes elsewhere',
    async (colorScheme, width) => {
      const visit = await open({ path: '/demo/', colorScheme, viewport: { width, height: 800 } });
      const { page } = visit;
      await loaded(page, 4);
      const [list, upcoming] = [page.locator('expograph-editions').nth(0), page.locator('expograph-editions').nth(1)];
      expect(await lines(list.locator('[part=item]'))).toEqual([
        [
          '2026 World Manufacturing Convention',
          `from 20 September 2026 Hefei upcoming Calendar 2026 World Manufacturing Convention`,
        ],
        [
          '2025 World Manufacturing Convention',
          `20–23 September 2025 Hefei Calendar 2025 World Manufacturing Convention`,
          'Signed: 735 projects, 380.2 billion yuan (to its sources)',
        ],
        [
          '2024 World Manufacturing Convention',
          `20–23 September 2024 Hefei Calendar 2024 World Manufacturing Convention`,
          'Signed: 718 projects, 369.2 billion yuan (to its sources)',
        ],
      ]);
      expect(await lines(upcoming.locator('[part=item]'))).toEqual([
        ['2026世界制造业大会', '2026年9月20日起 合肥 即将举办 日历 2026世界制造业大会'],
      ]);
      const card = await page.locator('expograph-edition [part=card]').innerText();
      expect(card).toContain('703 projects, 582.18 billion yuan');
      expect(card).toContain('more than 43,000 m²');
      expect(await page.locator('expograph-totals svg.chart').count()).toBe(2);

      expect(await shifts(page)).toEqual([]);
      expect(await violationsOf(page)).toEqual([]);
      const hosts = new Set(visit.requests.map((request) => new URL(request).origin));
      expect([...hosts].sort()).toEqual([host.url, service].sort());
      expect(visit.troubles).toEqual([]);
      await visit.close();
    },
  );

  test('says to the reader what to paste, and what it says is what it does', async () => {
    const text = readFileSync(`${demo}index.html`, 'utf8');
    const pasted = [...text.matchAll(/<code>(.*?)<\/code>/gs)].map(([, code = '']) =>
      code.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    );
    const visit = await open({ html: pasted.join('\n').replaceAll('http://127.0.0.1:4000', service), bare: true });
    await loaded(visit.page, 4);
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });
});

test('what the README has to paste shows a list, an edition and totals', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, pasted = ''] = /^```html\n(.*?)^```/ms.exec(readme) ?? [];
  const visit = await open({ html: pasted.replaceAll('http://127.0.0.1:4000', service), bare: true });
  await loaded(visit.page, 3);
  expect(await visit.page.locator('[part=item], [part=card], svg.chart').count()).toBe(5 + 1 + 2);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test.each([
  [
    'with embed.css, the place of an element is kept until the script has come',
    '<link rel="stylesheet" href="SERVICE/embed.css">',
    0,
  ],
  ['without it, what comes behind is seen to move', '', 1],
])('%s', async (_what, link, moves) => {
  const html = `${link.replace('SERVICE', service)}<expograph-editions></expograph-editions>`;
  const visit = await open({ html, bare: true });
  expect(await shifts(visit.page)).toEqual([]);
  await visit.page.addScriptTag({ type: 'module', url: `${service}/embed.js` });
  await loaded(visit.page);
  expect(await shifts(visit.page)).toHaveLength(moves);
  await visit.close();
});

describe('the list', () => {
  test('links to pages and calendars of the service, and tells times to machines', async () => {
    const visit = await open({ html: '<expograph-editions first="1" year="2021"></expograph-editions>' });
    await loaded(visit.page);
    const item = visit.page.locator('[part=item]');
    const slug = 'world-manufacturing-convention-2021';
    expect(
      await item.getByRole('link', { name: '2021 World Manufacturing Convention' }).first().getAttribute('href'),
    ).toBe(`${service}/editions/${slug}?lang=en`);
    expect(await item.locator('[part=calendar]').getAttribute('href')).toBe(`${service}/editions/${slug}.ics?lang=en`);
    expect(await item.locator('time').getAttribute('datetime')).toBe('2021-11-19');
    expect(await visit.page.locator('[part=pager]').count()).toBe(0);
    await visit.close();
  });

  test('says of an expectation that it is one, of an unknown that it is one, and where an edition stands', async () => {
    const visit = await open({ html: '<expograph-editions year="2022"></expograph-editions>' });
    await loaded(visit.page);
    expect(await visit.page.locator('[part=signed]').textContent()).toBe(
      'Signed: 568 projects, 367.7 billion yuan (expected) (to its sources)',
    );
    await visit.set('expograph-editions', { year: '2022', lang: 'zh-CN' });
    await loaded(visit.page, 2);
    expect(await visit.page.locator('[part=signed]').textContent()).toBe(
      '签约：568个项目，3677亿元（预期）（查看来源）',
    );
    await visit.close();
  });

  test('is paged by the keyboard, and the focus stays where it was', async () => {
    const visit = await open({ html: '<expograph-editions first="4"></expograph-editions>' });
    const { page } = visit;
    await loaded(page);
    const years = () =>
      page
        .locator('time')
        .evaluateAll((times) => times.map((time) => Number(time.getAttribute('datetime')?.slice(0, 4))));
    const [newer, older] = [page.getByRole('button', { name: 'Newer' }), page.getByRole('button', { name: 'Older' })];
    const turn = async (presses: number) => {
      await page.keyboard.press('Enter');
      await loaded(page, presses);
      return [await years(), await page.locator('[part=pager] span').innerText()];
    };
    expect(await newer.getAttribute('aria-disabled')).toBe('true');
    await older.focus();
    expect(await turn(2)).toEqual([[2022, 2021, 2020, 2019], '5–8 of 9']);
    expect(await turn(3)).toEqual([[2018], '9–9 of 9']);
    expect(await page.locator('[role=status]').innerText()).toBe('Editions 9 to 9 of 9.');
    // Nothing is older, and whoever pressed the button still stands on it.
    expect(await older.evaluate((button) => button.matches(':focus') && button.getAttribute('aria-disabled'))).toBe(
      'true',
    );
    await page.keyboard.press('Enter');
    await newer.focus();
    expect(await turn(4)).toEqual([[2022, 2021, 2020, 2019], '5–8 of 9']);
    expect(await turn(5)).toEqual([[2026, 2025, 2024, 2023], '1–4 of 9']);
    expect(await shifts(page)).toEqual([]);
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });

  test('scrolls inside, by the keyboard, when more is there than fits', async () => {
    const visit = await open({ html: '<expograph-editions first="9"></expograph-editions>' });
    const { page } = visit;
    await loaded(page);
    const content = page.locator('[part=content]');
    expect(await content.getAttribute('tabindex')).toBe('0');
    await content.focus();
    await page.keyboard.press('End');
    await expect.poll(() => content.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    await visit.set('expograph-editions', { first: '1' });
    await loaded(page, 2);
    expect(await content.getAttribute('tabindex')).toBe('-1');
    await visit.close();
  });

  test('holds what its attributes ask for, and says so where that is nothing', async () => {
    const cases = [
      ['', ['2026 World Manufacturing Convention']],
      ['upcoming', ['2026 World Manufacturing Convention']],
      ['upcoming year="2020"', ['Nothing is running or to come.']],
      ['country="FR"', ['No editions.']],
      ['country="cn" year="2019" lang="fr"', ['World Manufacturing Convention 2019']],
      ['convention="world-manufacturing-convention" year="2018"', ['World Manufacturing Convention 2018']],
      ['country="FR" lang="zh-TW"', ['没有符合条件的届次。']],
      ['upcoming country="FR" lang="zh"', ['没有正在举办或即将举办的届次。']],
    ] as const;
    const html = cases.map(([attributes]) => `<expograph-editions first="1" ${attributes}></expograph-editions>`);
    const visit = await open({ html: html.join('') });
    await loaded(visit.page, cases.length);
    const shown = await visit.page
      .locator('expograph-editions')
      .evaluateAll((lists) =>
        lists.map((list) =>
          [...(list.shadowRoot?.querySelectorAll('[part=name], [part=empty]') ?? [])].map(
            ({ textContent }) => textContent,
          ),
        ),
      );
    expect(shown).toEqual(cases.map(([, texts]) => texts));
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });
});

test('a wrong attribute is told in one sentence that names it and its value, in both languages', async () => {
  const where = new URL(service).host;
  const cases: [html: string, english: string, chinese: string][] = [
    [
      'expograph-editions first="0"',
      'first must be a whole number from 1 to 50; it is “0”.',
      'first 必须是 1 到 50 的整数，现在是“0”。',
    ],
    [
      'expograph-editions first="51"',
      'first must be a whole number from 1 to 50; it is “51”.',
      'first 必须是 1 到 50 的整数，现在是“51”。',
    ],
    [
      'expograph-editions first="two"',
      'first must be a whole number from 1 to 50; it is “two”.',
      'first 必须是 1 到 50 的整数，现在是“two”。',
    ],
    [
      'expograph-editions year="abc"',
      'year must be a year of four digits, such as 2026; it is “abc”.',
      'year 必须是四位数的年份，例如 2026，现在是“abc”。',
    ],
    [
      'expograph-editions country="China"',
      'country must be a code of two letters, such as CN; it is “China”.',
      'country 必须是两个字母的代码，例如 CN，现在是“China”。',
    ],
    [
      'expograph-editions convention="nope"',
      `There is no convention “nope” at ${where}.`,
      `${where} 上没有“nope”这一展会。`,
    ],
    [
      'expograph-editions endpoint="ftp://x.example"',
      'endpoint must be the address of a service, such as https://expograph.example; it is “ftp://x.example”.',
      'endpoint 必须是服务的地址，例如 https://expograph.example，现在是“ftp://x.example”。',
    ],
    [
      'expograph-editions endpoint="http://[x"',
      'endpoint must be the address of a service, such as https://expograph.example; it is “http://[x”.',
      'endpoint 必须是服务的地址，例如 https://expograph.example，现在是“http://[x”。',
    ],
    [
      'expograph-edition slug="nope-2021"',
      `There is no edition “nope-2021” at ${where}.`,
      `${where} 上没有“nope-2021”这一届。`,
    ],
    [
      'expograph-edition',
      'slug is missing: <expograph-edition slug="…">.',
      '缺少 slug：<expograph-edition slug="…">。',
    ],
    [
      'expograph-totals',
      'convention is missing: <expograph-totals convention="…">.',
      '缺少 convention：<expograph-totals convention="…">。',
    ],
    [
      'expograph-totals convention="<b>nope</b>"',
      `There is no convention “<b>nope</b>” at ${where}.`,
      `${where} 上没有“<b>nope</b>”这一展会。`,
    ],
    [
      'expograph-totals convention="world-manufacturing-convention" currency="yuan"',
      'currency must be a code of three letters, such as CNY; it is “yuan”.',
      'currency 必须是三个字母的代码，例如 CNY，现在是“yuan”。',
    ],
  ];
  const element = (html: string, lang: string) => `<${html} lang="${lang}"></${html.split(' ')[0]}>`;
  const all = cases.flatMap(([html]) => [element(html, 'en'), element(html, 'zh-Hans')]);
  const visit = await open({ html: all.join('') });
  await told(visit.page, 'expograph-error', all.length);
  expect(await visit.page.locator('[role=alert]').allInnerTexts()).toEqual(
    cases.flatMap(([, english, chinese]) => [english, chinese]),
  );
  expect(await visit.page.locator('.retry').count()).toBe(0);
  // What can be told without asking is not asked.
  expect(visit.requests.filter((request) => request.endsWith('/graphql'))).toHaveLength(8);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

describe('the card', () => {
  test('tells one edition with its themes, its place, what was signed and who says so', async () => {
    const visit = await open({
      html: '<expograph-edition slug="world-manufacturing-convention-2021" lang="zh-Hans"></expograph-edition>',
    });
    await loaded(visit.page);
    const card = visit.page.locator('[part=card]');
    const facts = await card
      .locator('dl > div')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector('dt')?.textContent,
          row.querySelector('dd')?.textContent.replaceAll(/\s+/g, ' ').trim(),
        ]),
      );
    expect(Object.fromEntries(facts)).toMatchObject({
      日期: '2021年11月19日至22日',
      地点: expect.stringContaining('合肥'),
      主题: expect.stringContaining('创新驱动'),
      展览面积: '超过4.3万平方米（查看来源）',
      签约: '703个项目，5821.8亿元（查看来源）',
      来源: expect.stringContaining('2021'),
    });
    const sources = await card
      .locator('[part=source]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^https?:\/\//);
    expect(await card.locator('[part=link]').getAttribute('href')).toBe(
      `${service}/editions/world-manufacturing-convention-2021?lang=zh-Hans`,
    );
    expect(await card.locator('[part=calendar]').getAttribute('href')).toBe(
      `${service}/editions/world-manufacturing-convention-2021.ics?lang=zh-Hans`,
    );
    await visit.close();
  });
});

describe('the totals', () => {
  const totals = '<expograph-totals convention="world-manufacturing-convention"></expograph-totals>';

  test('draw a chart, tell the same in a table, sum up, and say what was left out and why', async () => {
    const visit = await open({ html: totals });
    const { page } = visit;
    await loaded(page);
    expect(await lines(page.locator('[part=sum]'))).toEqual([
      ['4,495 projects (results of 7 of 9 editions)'],
      ['3.47408 trillion yuan (results of 7 of 9 editions)'],
    ]);
    const [table, left] = [page.locator('details').nth(0), page.locator('details').nth(1)];
    await table.locator('summary').press('Enter');
    const rows = await lines(table.locator('tbody tr'));
    const drawn = await page
      .locator('svg.chart')
      .evaluateAll((charts) =>
        charts.map((chart) => chart.querySelectorAll('.chart-row')[4]?.querySelector('text')?.textContent),
      );
    expect(rows).toHaveLength(9);
    expect(drawn).toEqual(['2022 568 projects (expected)', '2022 367.7 billion yuan (expected)']);
    expect(rows[4]).toEqual([
      '2022 World Manufacturing Convention 568 projects (expected) (to its sources) 367.7 billion yuan (expected) (to its sources)',
    ]);
    expect(rows[8]).toEqual(['2026 World Manufacturing Convention not known not known']);
    await left.locator('summary').press('Enter');
    const reasons = await left.locator('.measure').allInnerTexts();
    expect(reasons).toContain('About several editions together, which are counted one by one');
    const leftOut = await wordsOf(left.locator('li'));
    expect(leftOut).toContain('2025: Foreign companies, 28 projects, more than 11.2 billion yuan (to its sources)');
    // Competing claims about the same thing are told apart.
    const claim = '2018, 2019, 2020, 2021, 2022, 2023: invested, more than 1.5 trillion yuan (to its sources)';
    expect(leftOut.filter((row) => row.startsWith(claim)).map((row) => row.slice(claim.length + 1))).toEqual([
      '(reported in 2024) Called actual investment. Put first for the closer conversion; the agency made it about 212 billion dollars two weeks later.',
      '(competing claim) (reported in 2024)',
      '(disputed) (reported in 2024) Calls it total investment and leaves out the “actual” of the agency’s report two weeks before, which makes it another measure.',
    ]);
    expect(new Set(leftOut).size).toBe(leftOut.length);
    expect(await violationsOf(page)).toEqual([]);
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });

  test('count nothing in another currency, and say so', async () => {
    const visit = await open({ html: totals.replace('>', ' currency="usd" lang="zh">') });
    await loaded(visit.page);
    expect(await lines(visit.page.locator('[part=sum]'))).toEqual([['没有可计入的结果'], ['没有可计入的结果']]);
    expect(await visit.page.locator('.chart-row.chart-other-currency').count()).toBe(8);
    await visit.close();
  });

  test('show the table where the chart cannot be loaded', async () => {
    const visit = await open({
      html: totals,
      before: (page) => page.route('**/assets/chart-*.js', (route) => route.abort()),
    });
    const { page } = visit;
    await loaded(page);
    expect(await page.locator('[part=content]').innerText()).toContain(
      'The chart cannot be loaded; the table below has its numbers.',
    );
    expect(await page.locator('table').isVisible()).toBe(true);
    await visit.close();
  });
});

describe('when the service is away', () => {
  test('the list says so, offers to retry, and goes on when the service is there again, and nothing moves', async () => {
    const first = await openApp({ now, only: WMC });
    const { url } = await first.listen();
    const visit = await open({ html: '<expograph-editions first="4"></expograph-editions>', service: url });
    const { page } = visit;
    await loaded(page);
    await first.close();
    await page.getByRole('button', { name: 'Older' }).press('Enter');
    await told(page, 'expograph-error');
    expect(await page.locator('[role=alert] p').innerText()).toBe(
      `The service at ${new URL(url).host} cannot be reached.`,
    );
    const retry = page.getByRole('button', { name: 'Retry: Editions', exact: true });
    // The pressed button is gone, and the way on is under the finger.
    expect(await retry.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await told(page, 'expograph-error', 2);

    const second = await openApp({ now, only: WMC, port: Number(new URL(url).port) });
    await second.listen();
    await page.keyboard.press('Enter');
    await loaded(page, 2);
    expect(await page.locator('[part=pager] span').innerText()).toBe('5–8 of 9');
    expect(await page.locator('[part=content]').evaluate((content) => content.matches(':focus'))).toBe(true);

    await visit.offline(true);
    await page.getByRole('button', { name: 'Older' }).press('Enter');
    await told(page, 'expograph-error', 3);
    expect(await page.locator('[role=alert] p').innerText()).toBe('This device is offline.');
    await visit.offline(false);
    await loaded(page, 3);
    expect(await page.locator('[part=pager] span').innerText()).toBe('9–9 of 9');
    expect(await shifts(page)).toEqual([]);
    expect(
      visit.troubles.filter((trouble) => !/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED/.test(trouble)),
    ).toEqual([]);
    await visit.close();
    await second.close();
  });

  test('the reason is told in words, whatever it is', async () => {
    const where = new URL(host.url).host;
    const cases: [path: string, english: string, chinese: string][] = [
      ['/fails', `The service at ${where} failed: it answered 503.`, `${where} 上的服务出错，应答为 503。`],
      ['/page', `What answers at ${where} is no graph of Expograph.`, `${where} 的应答不是 Expograph 的数据图。`],
      ['/refuses', `The service at ${where} answered: Too large.`, `${where} 上的服务应答：Too large.`],
    ];
    const element = (path: string, lang: string) =>
      `<expograph-edition slug="x" endpoint="${path}" lang="${lang}"></expograph-edition>`;
    const visit = await open({ html: cases.map(([path]) => element(path, 'en') + element(path, 'zh')).join('') });
    await told(visit.page, 'expograph-error', 6);
    expect(await visit.page.locator('[role=alert] p').allInnerTexts()).toEqual(
      cases.flatMap(([, english, chinese]) => [english, chinese]),
    );
    expect((await visit.page.locator('.retry').allInnerTexts()).slice(0, 2)).toEqual(['Retry', '重试']);
    for (const name of ['Retry: Edition', '重试：届次'])
      expect(await visit.page.getByRole('button', { name, exact: true }).count()).toBe(3);
    await visit.close();
  });

  test('it is not waited for longer than 15 seconds', async () => {
    const visit = await open({
      html: '<expograph-editions endpoint="/silent"></expograph-editions>',
      before: (page) => page.clock.install(),
    });
    const { page } = visit;
    await expect.poll(() => host.waiting.size).toBe(1);
    expect(await page.locator('[part=content]').getAttribute('aria-busy')).toBe('true');
    expect(await page.locator('[part=skeleton]').count()).toBe(1);
    await page.clock.runFor(13_000);
    expect(await page.locator('[part=skeleton]').count()).toBe(1);
    await page.clock.runFor(2_000);
    await told(page, 'expograph-error');
    expect(await page.locator('[role=alert] p').innerText()).toBe(
      `The service at ${new URL(host.url).host} did not answer within 15 seconds.`,
    );
    await expect.poll(() => host.waiting.size).toBe(0);
    await visit.close();
  });
});

describe('a change', () => {
  test('of an attribute asks anew; an older answer that comes late is not shown', async () => {
    const visit = await open({
      html: '<expograph-editions endpoint="/silent" first="1" year="2021"></expograph-editions>',
    });
    const { page } = visit;
    await expect.poll(() => host.waiting.size).toBe(1);
    const [late] = host.waiting;
    await visit.set('expograph-editions', { endpoint: service, year: '2019' });
    await loaded(page);
    expect(await page.locator('[part=name]').innerText()).toBe('World Manufacturing Convention 2019');
    // Nobody waits for the older one any more.
    await expect.poll(() => host.waiting.size).toBe(0);
    expect(late?.destroyed).toBe(true);
    await visit.set('expograph-editions', { year: null });
    await loaded(page, 2);
    expect(await page.locator('[part=name]').innerText()).toBe('2026 World Manufacturing Convention');
    expect(await shifts(page)).toEqual([]);
    await visit.close();
  });

  test('of place ends the request of an element that is gone, and one that comes back asks again', async () => {
    const visit = await open({ html: '<expograph-editions endpoint="/silent"></expograph-editions>' });
    const { page } = visit;
    await expect.poll(() => host.waiting.size).toBe(1);
    expect(await violationsOf(page)).toEqual([]);
    await page.evaluate(() => {
      const element = document.querySelector('expograph-editions');
      element?.remove();
      Reflect.set(window, 'kept', element);
    });
    await expect.poll(() => host.waiting.size).toBe(0);
    await page.evaluate((endpoint) => {
      const element: unknown = Reflect.get(window, 'kept');
      if (!(element instanceof HTMLElement)) throw new TypeError('Nothing was kept.');
      element.setAttribute('endpoint', endpoint);
      document.querySelector('main')?.append(element);
    }, service);
    await loaded(page);
    // What was shown stays when it is only moved.
    await page.evaluate(() => document.body.append(document.querySelector('expograph-editions') ?? ''));
    expect(await page.locator('[part=item]').count()).toBe(5);
    expect(visit.requests.filter((request) => request.startsWith(`${service}/graphql`))).toHaveLength(1);
    await visit.close();
  });
});

test.each([
  ['en', '(to its sources)'],
  ['zh-Hans', '（查看来源）'],
])(
  'every number leads to the claim that it comes from, on a page in the same language: %s',
  async (lang, toSources) => {
    const visit = await open({
      html: `<div lang="${lang}"><expograph-editions first="9"></expograph-editions>
      <expograph-edition slug="world-manufacturing-convention-2021"></expograph-edition>
      <expograph-totals convention="world-manufacturing-convention"></expograph-totals></div>`,
    });
    const { page } = visit;
    await loaded(page, 3);
    const found = await page.locator('a[part=claim]').evaluateAll((links) =>
      links.map((link) => ({
        href: link.getAttribute('href') ?? '',
        text: link.textContent ?? '',
        place: link.closest('[part=item], [part=card], [part=table], [part=excluded]')?.getAttribute('part'),
      })),
    );
    const counted = (place: string) => found.filter((one) => one.place === place).length;
    // Of the nine editions the last has signed nothing yet; a row of the table has two numbers.
    expect(['item', 'card', 'table'].map(counted)).toEqual([8, 2, 16]);
    expect(counted('excluded')).toBe(await page.locator('[part=excluded] > li').count());
    expect(found.filter(({ text }) => !text.endsWith(toSources))).toEqual([]);
    const about2021 = `${service}/editions/world-manufacturing-convention-2021?lang=${lang}`;
    expect(found.map(({ href }) => href)).toContain(`${about2021}#signed_project_statistic_c53c4f74793dbb38`);

    const addresses = [...new Set(found.map(({ href }) => href.split('#')[0] ?? ''))];
    const pages = new Map<string, string>();
    for (const address of addresses) pages.set(address, await (await fetch(address)).text());
    const astray = found.filter(({ href }) => {
      const [address = '', id] = href.split('#');
      return (
        !id || !pages.get(address)?.includes(` id="${id}"`) || !pages.get(address)?.includes(`<html lang="${lang}"`)
      );
    });
    expect(astray).toEqual([]);
    const others = await page
      .locator('a[part=link], a[part=calendar]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(others.length).toBe(9 + 9 + 2 + 9);
    expect(others.filter((href) => !href.endsWith(`?lang=${lang}`))).toEqual([]);
    await visit.close();
  },
);

test('a text that is in another language than the element is marked, and no other', async () => {
  const card = '<expograph-edition slug="world-manufacturing-convention-2021" lang="LANG"></expograph-edition>';
  const visit = await open({ html: card.replace('LANG', 'en') + card.replace('LANG', 'zh') });
  await loaded(visit.page, 2);
  const marked = await visit.page
    .locator('[part=card]')
    .evaluateAll((cards) =>
      cards.map((one) =>
        [...one.querySelectorAll('[lang]')].map((text) => [text.getAttribute('lang'), text.textContent]),
      ),
    );
  expect(marked).toEqual([
    [['zh-Hans', '2021世界制造业大会促成合作项目703个 投资总额超5800亿元']],
    [['en', 'Xinhua, via Xinhua Silk Road (imsilkroad.com)']],
  ]);
  await visit.close();
});

describe('the frame', () => {
  test.each([
    ['in the light', { colorScheme: 'light' }, ''],
    ['in the dark', { colorScheme: 'dark' }, ''],
    ['in forced colours', { colorScheme: 'dark', forcedColors: 'active' }, ''],
    ['in the colours of the page', { colorScheme: 'light' }, '--expograph-background: #123; --expograph-color: #fff'],
  ] as const)('is shaded where more is to come, %s', async (_where, options, colours) => {
    const visit = await open({
      html: '<expograph-editions first="9"></expograph-editions>',
      style: `:root { color-scheme: light dark } expograph-editions { --expograph-block-size: 20rem; ${colours} }`,
      ...options,
    });
    const { page } = visit;
    await loaded(page);
    const scrolled = async (to: number) => {
      await page.locator('[part=content]').evaluate((content, share) => {
        content.scrollTop = (content.scrollHeight - content.clientHeight) * share;
      }, to);
      return shaded(page);
    };
    expect(await scrolled(0)).toEqual({ top: false, bottom: true });
    expect(await scrolled(0.5)).toEqual({ top: true, bottom: true });
    expect(await scrolled(1)).toEqual({ top: true, bottom: false });
    await visit.set('expograph-editions', { first: '1' });
    await loaded(page, 2);
    expect(await shaded(page)).toEqual({ top: false, bottom: false });
    await visit.close();
  });

  test('has what it says in one sentence in its middle', async () => {
    const visit = await open({
      html: `<expograph-editions country="FR"></expograph-editions><expograph-editions first="0"></expograph-editions>
        <expograph-editions endpoint="/fails"></expograph-editions>`,
    });
    await loaded(visit.page);
    await told(visit.page, 'expograph-error', 2);
    const away = await visit.page.locator('[part=empty], [part=error]').evaluateAll((sentences) =>
      sentences.map((sentence) => {
        const [own, around] = [sentence, sentence.closest('[part=content]')].map((one) => one?.getBoundingClientRect());
        if (!own || !around) return undefined;
        const across = own.x + own.width / 2 - around.x - around.width / 2;
        return [across, own.y + own.height / 2 - around.y - around.height / 2].map(
          (distance) => Math.abs(distance) < 1,
        );
      }),
    );
    expect(away).toEqual(Array(3).fill([true, true]));
    await visit.close();
  });

  test.each(['en', 'zh'])(
    'has a pager that can be read and pressed, 180 pixels wide and 8 rem high: %s',
    async (lang) => {
      const visit = await open({
        html: `<expograph-editions first="4" lang="${lang}"></expograph-editions>`,
        style: 'expograph-editions { inline-size: 180px; --expograph-block-size: 8rem }',
      });
      await loaded(visit.page);
      const boxes = await visit.page.locator('[part=frame]').evaluate((frame) => {
        const box = (element: Element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return { left, top, right, bottom };
        };
        const parts = [...frame.querySelectorAll('[part=content], [part=pager] > *')];
        return {
          frame: box(frame),
          parts: parts.map(box),
          cut: parts.filter((one) => one.scrollWidth > one.clientWidth),
        };
      });
      expect(boxes.parts).toHaveLength(4);
      expect(boxes.cut).toEqual([]);
      for (const [place, one] of boxes.parts.entries()) {
        const { frame } = boxes;
        const isInside =
          one.left >= frame.left && one.right <= frame.right && one.top >= frame.top && one.bottom <= frame.bottom;
        expect(isInside, JSON.stringify(boxes)).toBe(true);
        for (const other of boxes.parts.slice(place + 1)) {
          const isApart =
            one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
          expect(isApart, JSON.stringify(boxes)).toBe(true);
        }
      }
      await visit.close();
    },
  );

  test('is as high as what is in it where the page says so, and axe finds nothing in the light and the dark', async () => {
    const visit = await open({
      html: `<expograph-editions first="9"></expograph-editions>
        <expograph-edition slug="world-manufacturing-convention-2021"></expograph-edition>
        <expograph-totals convention="world-manufacturing-convention"></expograph-totals>`,
      style: ':root { color-scheme: light dark } main > * { --expograph-block-size: auto }',
    });
    const { page } = visit;
    await loaded(page, 3);
    for (const summary of await page.locator('summary').all()) await summary.press('Enter');
    const frames = await page.locator('[part=content]').evaluateAll((contents) =>
      contents.map((content) => ({
        isWhole: content.scrollHeight <= content.clientHeight && content.getAttribute('tabindex') === '-1',
        isHigh: content.clientHeight > 300,
      })),
    );
    expect(frames).toEqual(Array(3).fill({ isWhole: true, isHigh: true }));
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    await visit.close();
  });
});

test('the language is that of the closest element that tells one, also around a shadow', async () => {
  const visit = await open({
    html: `<div lang="zh-CN"><expograph-edition slug="world-manufacturing-convention-2021"></expograph-edition>
      <p lang="de"><expograph-edition slug="world-manufacturing-convention-2021"></expograph-edition></p>
      <div id="host"></div></div>`,
  });
  await visit.page.evaluate(() => {
    const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
    const element = document.createElement('expograph-edition');
    element.setAttribute('slug', 'world-manufacturing-convention-2021');
    root?.append(element);
  });
  await loaded(visit.page, 3);
  expect(await visit.page.locator('expograph-edition [part=name]').allInnerTexts()).toEqual([
    '2021世界制造业大会',
    '2021 World Manufacturing Convention',
    '2021世界制造业大会',
  ]);
  await visit.close();
});

test('what the page says of colours, corners and size is done, and it is as light as the page is', async () => {
  const html = '<expograph-editions first="2"></expograph-editions>';
  const look = (page: Page) =>
    page.locator('[part=frame]').evaluate((frame) => {
      const { backgroundColor, borderTop, borderTopLeftRadius, fontFamily, fontSize } = getComputedStyle(frame);
      const { height } = frame.getBoundingClientRect();
      return { backgroundColor, borderTop, borderTopLeftRadius, fontFamily, fontSize, height };
    });
  const plain = {
    backgroundColor: 'rgb(255, 255, 255)',
    borderTop: '1px solid rgb(213, 217, 222)',
    borderTopLeftRadius: '8px',
    fontFamily: 'system-ui, sans-serif',
    fontSize: '16px',
    height: 480,
  };

  const light = await open({ html, colorScheme: 'dark', style: ':root { color-scheme: light }' });
  await loaded(light.page);
  expect(await look(light.page)).toEqual(plain);
  await light.close();

  const dark = await open({ html, colorScheme: 'dark', style: ':root { color-scheme: light dark }' });
  await loaded(dark.page);
  expect(await look(dark.page)).toEqual({
    ...plain,
    backgroundColor: 'rgb(22, 25, 29)',
    borderTop: '1px solid rgb(58, 64, 72)',
  });
  await dark.page.emulateMedia({ colorScheme: 'light' });
  expect(await look(dark.page)).toEqual(plain);
  await dark.close();

  const own = await open({
    html,
    style: `expograph-editions { --expograph-background: #102030; --expograph-radius: 3px; --expograph-block-size: 20rem;
      --expograph-border-color: #c00; --expograph-font-family: Georgia, serif; --expograph-font-size: 20px; } expograph-editions::part(status) { text-transform: uppercase }`,
  });
  await loaded(own.page);
  expect(await look(own.page)).toEqual({
    backgroundColor: 'rgb(16, 32, 48)',
    borderTop: '1px solid rgb(204, 0, 0)',
    borderTopLeftRadius: '3px',
    fontFamily: 'Georgia, serif',
    fontSize: '20px',
    height: 320,
  });
  expect(await own.page.locator('[part=status]').innerText()).toBe('UPCOMING');
  await own.close();
});

test('a page that has it twice, from two addresses, keeps the first and complains of nothing', async () => {
  const again = `<script type="module" src="${service}/embed.js?v=2"></script>`;
  const visit = await open({ html: `${again}<expograph-editions first="1"></expograph-editions>` });
  await loaded(visit.page);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('the page is told what came and what went wrong', async () => {
  const visit = await open({ html: '<expograph-editions first="1"></expograph-editions>' });
  await loaded(visit.page);
  await visit.set('expograph-editions', { first: '0' });
  await told(visit.page, 'expograph-error');
  expect(await visit.page.evaluate(() => Reflect.get(window, 'told'))).toMatchObject([
    {
      type: 'expograph-load',
      from: 'EXPOGRAPH-EDITIONS',
      detail: { answer: { from: 1, editions: { totalCount: 9 } } },
    },
    {
      type: 'expograph-error',
      from: 'EXPOGRAPH-EDITIONS',
      detail: { sentence: 'first must be a whole number from 1 to 50; it is “0”.' },
    },
  ]);
  await visit.close();
});

test('the list loads embed.js and nothing else, which is 25 kB at most when compressed; the chart comes on demand', async () => {
  const visit = await open({ html: '<expograph-editions></expograph-editions>' });
  await loaded(visit.page);
  const scripts = visit.requests.filter((request) => request.endsWith('.js'));
  expect(scripts).toEqual([`${service}/embed.js`]);
  await visit.close();
  const script = readFileSync(`${built}embed.js`);
  expect(script.toString()).not.toMatch(/^import|\bfrom\s*["'`]/m);
  expect(brotliCompressSync(script).length).toBeLessThan(25_000);
  expect(gzipSync(script).length).toBeLessThan(25_000);
});

/** Serves pages of another origin than the service: the demo, pages of a test, and addresses where no graph is. */
async function openHost() {
  const waiting = new Set<ServerResponse>();
  const pages = new Map<string, { text: string; service: string }>();
  const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml' };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const page = pages.get(path);
    const answer = (status: number, type: string, body: string) =>
      response
        .writeHead(status, {
          'content-type': `${type}; charset=utf-8`,
          'content-security-policy': `default-src 'self' ${page?.service ?? service}`,
        })
        .end(body);
    if (page) return answer(200, types[extname(path)] ?? 'text/html', page.text);
    if (path.startsWith('/demo/')) {
      const name = path.slice('/demo/'.length) || 'index.html';
      const text = readFileSync(demo + name, 'utf8').replaceAll('http://127.0.0.1:4000', service);
      return answer(200, types[extname(name)] ?? 'text/plain', text);
    }
    if (path === '/icon.svg') return answer(200, 'image/svg+xml', readFileSync(`${demo}icon.svg`, 'utf8'));
    if (path === '/fails/graphql') return answer(503, 'text/plain', 'Out of order.');
    if (path === '/refuses/graphql')
      return answer(200, 'application/graphql-response+json', '{ "errors": [{ "message": "Too large." }] }');
    if (path === '/silent/graphql') {
      waiting.add(response);
      response.once('close', () => waiting.delete(response));
      return;
    }
    return answer(200, 'text/html', '<!doctype html><title>A page</title>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The host has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    waiting,
    pages,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Visit extends BrowserContextOptions {
  /** A page of the host's own; else `html` is put into one that has embed.js and embed.css. */
  path?: string;
  html?: string;
  bare?: boolean;
  style?: string;
  service?: string;
  before?: (page: Page) => Promise<unknown>;
}

/** Opens a page as a visitor of their own, and keeps what was asked for, complained about and moved. */
async function open({ path, html = '', bare = false, style = '', service: of = service, before, ...options }: Visit) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const troubles: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
  await page.addInitScript(() => {
    const told: unknown[] = [];
    const moved: unknown[] = [];
    Object.assign(window, { told, moved });
    for (const type of ['expograph-load', 'expograph-error'])
      document.addEventListener(type, (event) => {
        if (event instanceof CustomEvent && event.target instanceof HTMLElement)
          told.push({ type, from: event.target.nodeName, detail: event.detail });
      });
    new PerformanceObserver((list) => moved.push(...list.getEntries().map((entry) => entry.toJSON()))).observe({
      type: 'layout-shift',
      buffered: true,
    });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`${effectiveDirective} forbids ${blockedURI}`),
    );
  });
  await before?.(page);
  const own = `/own/${host.pages.size}/`;
  const link = bare
    ? ''
    : `<link rel="stylesheet" href="${of}/embed.css"><script type="module" src="${of}/embed.js"></script>`;
  host.pages.set(`${own}style.css`, { text: style, service: of });
  host.pages.set(own, {
    service: of,
    text: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page of another site</title>
      <meta name="viewport" content="width=device-width"><link rel="icon" href="/icon.svg">
      ${style && `<link rel="stylesheet" href="${own}style.css">`}${link}</head>
      <body><main>${html}<p>What comes behind it.</p></main></body></html>`,
  });
  await page.goto(host.url + (path ?? own));
  return {
    page,
    requests,
    troubles,
    set: (selector: string, attributes: Record<string, string | null>) =>
      page.locator(selector).evaluate((element, given) => {
        for (const [name, value] of Object.entries(given))
          if (value === null) element.removeAttribute(name);
          else element.setAttribute(name, value);
      }, attributes),
    offline: (isOffline: boolean) => context.setOffline(isOffline),
    close: () => context.close(),
  };
}

/** Waits until elements have told the page so many times that they are loaded, or that they are not. */
async function told(page: Page, type: 'expograph-load' | 'expograph-error', times = 1): Promise<void> {
  await page.waitForFunction(
    ([wanted, count]) =>
      Reflect.get(window, 'told').filter((one: { type: string }) => one.type === wanted).length >= Number(count),
    [type, times],
  );
}

const loaded = (page: Page, times = 1) => told(page, 'expograph-load', times);

/** What moved, after two frames more. */
function shifts(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    for (let left = 2; left > 0; left -= 1) await new Promise((painted) => requestAnimationFrame(painted));
    return Reflect.get(window, 'moved');
  });
}

/** Whether the upper and the lower edge of what scrolls have another colour than its middle, beside the text. */
async function shaded(page: Page): Promise<{ top: boolean; bottom: boolean }> {
  const picture = (await page.locator('[part=content]').screenshot()).toString('base64');
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!canvas) throw new Error('There is no canvas.');
    canvas.drawImage(image, 0, 0);
    const colour = (y: number) => String(canvas.getImageData(8, y, 1, 1).data);
    const middle = colour(Math.round(image.height / 2));
    return { top: colour(2) !== middle, bottom: colour(image.height - 3) !== middle };
  }, picture);
}

async function violationsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await Reflect.get(window, 'axe').run({ include: [['body']] }, { preload: false });
    return violations.map((one: { id: string; nodes: { target: unknown; failureSummary: string }[] }) => [
      one.id,
      ...one.nodes.map(({ target, failureSummary }) => [target, failureSummary]),
    ]);
  });
}

/** The whole text of each of these, in one line. */
async function wordsOf(within: Locator): Promise<string[]> {
  return (await within.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** The text of each of these, line by line as it is read, without what lies around. */
function lines(within: Locator): Promise<string[][]> {
  return within.evaluateAll((elements) =>
    elements.map((element) => {
      const blocks = element.querySelectorAll('p');
      return [...(blocks.length > 0 ? blocks : [element])].map((block) =>
        (block.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
      );
    }),
  );
}
