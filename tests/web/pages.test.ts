import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp, TODAY } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { fair, importInto } from '../support/fair.ts';
import { WMC } from '../support/one-series.ts';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

let app: TestApp;
let url: string;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([openApp({ only: WMC }), launchBrowser()]);
  importInto(app, fair(), TODAY);
  ({ url } = await app.listen());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

/** Each page with the heading that it has in either language. */
const pages = {
  '/': ['Trade conventions, every number with its source', '展会数据，每个数字都有出处'],
  '/?show=past&convention=fair-of-fairs': [
    'Trade conventions, every number with its source',
    '展会数据，每个数字都有出处',
  ],
  '/conventions/world-manufacturing-convention': ['World Manufacturing ConventionWMC', '世界制造业大会WMC'],
  '/conventions/fair-of-fairs': ['Fair of <b>Fairs</b> & "More"FoF', 'Fair of <b>Fairs</b> & "More"FoF'],
  '/editions/world-manufacturing-convention-2021': ['2021 World Manufacturing Convention', '2021世界制造业大会'],
  '/editions/fair-of-fairs-2061': ['Fair of Fairs 2061', 'Fair of Fairs 2061'],
  '/speakers/jean-pierre-raffarin': ['Jean-Pierre Raffarin', 'Jean-Pierre Raffarin'],
  '/coverage': ['What is known', '已知情况'],
  '/nowhere': ['There is nothing here', '这里没有内容'],
};

describe.each([
  ['wide and light', { viewport: wide, colorScheme: 'light' }],
  ['on a phone and dark', { viewport: phone, colorScheme: 'dark' }],
] as const)('%s', (_name, look) => {
  describe.each(['en', 'zh-Hans'] as const)('in %s', (language) => {
    test('every page has its heading, fits, troubles neither reader nor console, and asks nobody else', async () => {
      const visit = await open({ ...look, locale: language === 'en' ? 'en-GB' : 'zh-CN' });
      const { page } = visit;
      for (const [path, headings] of Object.entries(pages)) {
        await page.goto(url + path);
        expect(await page.locator('h1').innerText(), path).toBe(headings[language === 'en' ? 0 : 1]);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(widths[0], `${path} is wider than the window`).toBeLessThanOrEqual(widths[1] ?? 0);
        for (const details of await page.locator('details').all()) await details.locator('summary').click();
        expect(await violations(page), path).toEqual([]);
      }
      expect(visit.elsewhere()).toEqual([]);
      // The browser itself tells of the page that is not there.
      expect(visit.troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
      expect(visit.requests.length).toBeGreaterThan(Object.keys(pages).length);
      await visit.close();
    });
  });
});

describe('a table', () => {
  test('of what is known shows all of its columns where there is room, else a shadow where there is more', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/coverage`);
    const box = page.locator('.scroll.tall');
    const widths = () => box.evaluate((one) => [one.scrollWidth, one.clientWidth]);
    const [all, seen] = await widths();
    expect(all).toBe(seen);
    // Letters of another machine may be wider: then the box is wider than the text.
    await box.evaluate((one) => {
      for (const cell of one.querySelectorAll('thead th')) Reflect.set(cell, 'width', 58);
    });
    const [wider, seenOfWider] = await widths();
    expect(wider).toBe(seenOfWider);
    expect(wider).toBeGreaterThan(all ?? 0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(wide.width);
    await page.setViewportSize(phone);
    const [more, some] = await widths();
    expect(more).toBeGreaterThan(some ?? 0);
    expect(await box.evaluate((one) => getComputedStyle(one).backgroundImage)).toContain('linear-gradient');
    await visit.close();
  });

  test('of two columns fits on a phone, whatever its columns are called', async () => {
    const visit = await open({ viewport: phone });
    const { page } = visit;
    await page.goto(`${url}/conventions/world-manufacturing-convention`);
    expect(
      await page
        .locator('thead th')
        .first()
        .evaluate((one) => getComputedStyle(one).whiteSpace),
    ).toBe('normal');
    await visit.close();
  });
});

describe('the list, with a script', () => {
  test('narrows while one types, and the address says it', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(url);
    expect(await found(page)).toBe('92 editions found');
    await page.evaluate(() => Reflect.set(window, 'wasHere', true));
    await page.getByLabel('Text').pressSequentially('hefei 2021');
    await page.waitForURL('**/?q=hefei+2021');
    await expect.poll(() => found(page)).toBe('1 edition found');
    expect(await names(page)).toEqual(['2021 World Manufacturing Convention']);
    await page.getByLabel('Text').fill('');
    await expect.poll(() => found(page)).toBe('92 editions found');

    await page.getByLabel('Country').selectOption('FR');
    await page.getByLabel('Year').selectOption('2030');
    await page.waitForURL('**/?year=2030&country=FR');
    await expect.poll(() => names(page)).toEqual(['Fair of Fairs 2030']);
    const calendars = page.locator('.take a');
    expect(await calendars.evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href')]))).toEqual(
      [
        ['Subscribe', `${url.replace('http:', 'webcal:')}/calendar.ics?year=2030&country=FR`],
        ['Download', '/calendar.ics?year=2030&country=FR'],
      ],
    );
    expect(await page.evaluate(() => document.querySelector('link[rel=canonical]')?.getAttribute('href'))).toBe(
      `${url}/?year=2030&country=FR&lang=en`,
    );
    // It was one page all the while.
    expect(await page.evaluate(() => Reflect.get(window, 'wasHere'))).toBe(true);
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });

  test('is emptied, form and all, by the link that says so', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/?q=fairs&year=1999`);
    expect(await found(page)).toBe('1 edition found');
    await page.getByRole('link', { name: 'Clear the filter' }).click();
    await expect.poll(() => found(page)).toBe('92 editions found');
    expect([await page.getByLabel('Text').inputValue(), await page.getByLabel('Year').inputValue()]).toEqual(['', '']);
    await page.getByLabel('Country').selectOption('CN');
    await page.waitForURL('**/?country=CN');
    await visit.close();
  });

  test('keeps one entry of the history while one goes through the choices of a field', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(url);
    await page.getByLabel('Year').focus();
    const before = await page.evaluate(() => history.length);
    for (const year of ['1999', '2000', '2001']) {
      await page.getByLabel('Year').selectOption(year);
      await page.waitForURL(`**/?year=${year}`);
    }
    expect(await page.evaluate(() => history.length)).toBe(before + 1);
    expect(await page.title()).toBe('2001 – Expograph');
    await visit.close();
  });

  test('says of a filter that nothing matches, and how many a section has', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/?q=nonesuch`);
    expect(await page.locator('main').innerText()).not.toMatch(/is known/);
    expect(await found(page)).toBe('No edition matches. Take something out of the filter.');
    await page.goto(`${url}/?show=past&country=FR`);
    expect(await found(page)).toBe('50 editions found');
    await page.goto(`${url}/?show=running&country=CN`);
    expect(await found(page)).toBe('No edition matches. Take something out of the filter.');
    await visit.close();
  });

  test('goes back and forth, form and list and all', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/?country=FR`);
    await page.getByRole('link', { name: /^Past 50$/ }).click();
    await page.waitForURL('**/?country=FR&show=past');
    await page.getByLabel('Year').selectOption('1999');
    await page.waitForURL('**/?show=past&year=1999&country=FR');
    await expect.poll(() => names(page)).toEqual(['Fair of Fairs 1999']);

    await page.goBack();
    await expect.poll(() => names(page)).toHaveLength(24);
    expect(await page.getByLabel('Year').inputValue()).toBe('');
    expect(await page.getByLabel('Country').inputValue()).toBe('FR');
    await page.goBack();
    await expect.poll(() => page.locator('h2').first().innerText()).toBe('Running now');
    await page.goForward();
    await page.goForward();
    await expect.poll(() => names(page)).toEqual(['Fair of Fairs 1999']);
    expect(await page.getByLabel('Year').inputValue()).toBe('1999');
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });

  test('turns pages, and reading goes on at the top', async () => {
    const visit = await open({ viewport: phone });
    const { page } = visit;
    await page.goto(`${url}/?show=past&country=FR`);
    const first = await names(page);
    await page.getByRole('link', { name: 'Next page' }).press('Enter');
    await expect.poll(async () => (await names(page))[0]).toBe('Fair of Fairs 2001');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Past');
    await expect
      .poll(() => page.evaluate(() => document.querySelector('#results h2')?.getBoundingClientRect().top))
      .toBeLessThan(200);
    await page.getByRole('link', { name: 'Previous page' }).click();
    await expect.poll(() => names(page)).toEqual(first);
    await page.goBack();
    await expect.poll(async () => (await names(page))[0]).toBe('Fair of Fairs 2001');
    await page.reload();
    expect((await names(page))[0]).toBe('Fair of Fairs 2001');
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });

  test('an older answer never takes the place of a newer one', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(url);
    await page.route('**/?year=1999', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue().catch(() => {});
    });
    await page.getByLabel('Year').selectOption('1999');
    await page.getByLabel('Year').selectOption('2000');
    await expect.poll(() => names(page)).toEqual(['Fair of Fairs 2000']);
    await page.waitForTimeout(900);
    expect(await names(page)).toEqual(['Fair of Fairs 2000']);
    await visit.close();
  });

  test('where the service is away, the browser says so as it does of every page', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(url);
    await page.route('**/?year=1999', (route) => route.abort());
    await page.getByLabel('Year').selectOption('1999');
    await expect.poll(() => page.url()).toMatch(/chrome-error|year=1999/);
    await visit.close();
  });
});

describe('without a script', () => {
  test('the list is narrowed and paged, and every page can be read', async () => {
    const visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto(url);
    await page.getByLabel('Text').fill('fairs');
    await page.getByLabel('Country').selectOption('FR');
    await page.getByRole('button', { name: 'Filter' }).click();
    expect(await found(page)).toBe('83 editions found');
    await page.getByRole('link', { name: 'All 50 editions', exact: true }).click();
    await page.getByRole('link', { name: 'Next page' }).click();
    expect((await names(page))[0]).toBe('Fair of Fairs 2001');
    expect(await page.getByLabel('Text').inputValue()).toBe('fairs');
    await page.goBack();
    expect((await names(page))[0]).toBe('Fair of Fairs 2025');
    await page.getByRole('link', { name: '简体中文' }).click();
    expect(await found(page)).toBe('找到50届');

    await page.goto(`${url}/conventions/world-manufacturing-convention?lang=en`);
    expect(await page.locator('figure .chart').count()).toBe(2);
    await page.getByRole('link', { name: '2021 World Manufacturing Convention' }).first().click();
    expect(await page.locator('h1').innerText()).toBe('2021 World Manufacturing Convention');
    await page.getByRole('link', { name: 'Zhao Houlin' }).or(page.locator('.people a').first()).first().click();
    expect(page.url()).toMatch(/\/speakers\/[a-z-]+\?lang=en$/);
    expect(visit.elsewhere()).toEqual([]);
    expect(visit.troubles).toEqual([]);
    await visit.close();
  });
});

describe('what a page says', () => {
  test('of 2021: the competing claims side by side, with bound, stage, status and sources', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/editions/world-manufacturing-convention-2021`);
    const signed = page.locator('section[aria-labelledby=statistics] .claims').first().locator('.claim');
    const texts = (await signed.allInnerTexts()).map((text) => text.replaceAll(/\s*\n\s*/g, ' | '));
    expect(texts[0]).toBe(
      '703 projects | 582.18 billion yuan | final preferred | The headline rounds the money to over 580 billion yuan. | Xinhua, via Xinhua Silk Road (imsilkroad.com), 24 November 2021',
    );
    expect(texts[1]).toContain('at least 600 projects');
    expect(texts[1]).toContain('another claim');
    const [one, other] = [await signed.nth(0).boundingBox(), await signed.nth(1).boundingBox()];
    expect([one?.y, (one?.x ?? 0) < (other?.x ?? 0)]).toEqual([other?.y, true]);
    const cumulative = page.locator('.claim', { hasText: '1,752 projects' }).first();
    // Folded, since it is not about this edition; whoever follows a link to it finds it open.
    expect(await cumulative.isVisible()).toBe(false);
    const id = await cumulative.getAttribute('id');
    await page.goto(`${url}/editions/world-manufacturing-convention-2021#${id}`);
    await cumulative.waitFor();
    expect(await cumulative.locator('.about').innerText()).toBe('2018, 2019, and 2020 together');
    const investor = page.locator('.claim', { hasText: 'Foreign-funded' }).first();
    expect(await investor.locator('.about').innerText()).toMatch(/Foreign-funded · 2018, .* together/);
    // Each number of a source leads to that source, and that back.
    for (const link of await page.locator('.references a').all()) {
      const href = await link.getAttribute('href');
      expect(await page.locator(`${href}`).count(), String(href)).toBe(1);
      const { width = 0, height = 0 } = (await link.isVisible())
        ? ((await link.boundingBox()) ?? {})
        : { width: 24, height: 24 };
      expect([width >= 24, height >= 24], `${href} is too small to hit`).toEqual([true, true]);
    }
    await visit.close();
  });

  test('of the series: one mark for each edition, what is expected and unknown told apart, and what was left out', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/conventions/world-manufacturing-convention`);
    const marks = await page.locator('svg').first().locator('[role=listitem]').allInnerTexts();
    expect(marks).toHaveLength(9);
    const table = page.locator('section[aria-labelledby=editions] tbody tr');
    expect(await table.count()).toBe(9);
    expect(await table.filter({ hasText: '2022 World' }).innerText()).toMatch(/568 projects expected/);
    expect(await table.filter({ hasText: '2026 World' }).innerText()).toMatch(/not known/);
    expect(await table.filter({ hasText: 'Convention 2018' }).innerText()).toMatch(/50,000 m² expected/);
    // Each number leads to its claim.
    const claim = await table
      .filter({ hasText: '2021 World' })
      .getByRole('link', { name: '703 projects' })
      .getAttribute('href');
    const other = await visit.page.context().newPage();
    await other.goto(url + claim);
    expect(await other.locator(`:target .value`).first().innerText()).toBe('703 projects');
    await other.close();
    expect(await page.locator('.sum').allInnerTexts()).toEqual([
      'Sum: 4,495 projects, from 7 of 9 editions.',
      'Sum: 3.47408 trillion yuan, from 7 of 9 editions.',
    ]);
    await page.locator('summary').click();
    const out = page.locator('section[aria-labelledby=left-out] tbody tr');
    const { signedProjectTotals } = (
      await (
        await fetch(
          `${url}/graphql?query=${encodeURIComponent('{ signedProjectTotals(input: { where: { convention: { slug: { eq: "world-manufacturing-convention" } } } }) { total { excluded { reason } } } }')}`,
        )
      ).json()
    ).data;
    expect(await out.count()).toBe(signedProjectTotals.total.excluded.length);
    expect(await out.count()).toBeGreaterThan(20);
    await visit.close();
  });

  test('is said to crawlers as well: JSON-LD, canonical address, Open Graph', async () => {
    const visit = await open();
    const { page } = visit;
    await page.goto(`${url}/editions/world-manufacturing-convention-2021?lang=zh-Hans`);
    const linked = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
    const file = await (await fetch(`${url}/editions/world-manufacturing-convention-2021.jsonld?lang=zh-Hans`)).json();
    expect(linked).toEqual(file);
    expect(linked['@type']).toBe('ExhibitionEvent');
    const meta = Object.fromEntries(
      await page
        .locator('meta[property^="og:"]')
        .evaluateAll((all) => all.map((one) => [one.getAttribute('property'), one.getAttribute('content')])),
    );
    expect(meta).toEqual({
      'og:title': '2021世界制造业大会',
      'og:description': expect.stringContaining('2021年11月19日至22日'),
      'og:type': 'article',
      'og:url': `${url}/editions/world-manufacturing-convention-2021?lang=zh-Hans`,
      'og:site_name': 'Expograph',
      'og:locale': 'zh_CN',
      'og:locale:alternate': 'en_GB',
      'og:image': `${url}/card.png`,
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': 'Expograph – 展会数据，每个数字都有出处',
    });
    const card = await fetch(`${url}/card.png`);
    expect([card.status, card.headers.get('content-type')]).toEqual([200, 'image/png']);
    await visit.close();
  });

  test('no link on any page leads nowhere', async () => {
    const visit = await open();
    const { page } = visit;
    const seen = new Set<string>();
    for (const path of Object.keys(pages).filter((one) => one !== '/nowhere')) {
      await page.goto(url + path);
      for (const href of await page.locator('a, link').evaluateAll((all) => all.map((one) => Reflect.get(one, 'href'))))
        if (String(href).startsWith(url)) seen.add(String(href).replace(/#.*/, ''));
    }
    expect(seen.size).toBeGreaterThan(100);
    const statuses = await Promise.all(
      [...seen].map(async (href) => [
        href,
        (await fetch(href, { headers: { accept: 'text/html, */*;q=0.5' } })).status,
      ]),
    );
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
    await visit.close();
  });
});

/** Opens a window of its own, and keeps what it asks for and complains of. */
async function open(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: wide, locale: 'en-GB', ...options });
  const requests: string[] = [];
  const troubles: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {};
    // What the page itself gave up.
    if (errorText !== 'net::ERR_ABORTED') troubles.push(`${request.url()} ${errorText}`);
  });
  context.on('weberror', (error) => troubles.push(error.error().message));
  context.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  return {
    page,
    requests,
    troubles,
    elsewhere: () => requests.filter((request) => new URL(request).origin !== url),
    close: () => context.close(),
  };
}

/** @returns what axe-core finds: the rule and where */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: AxeResults = await page.evaluate(() => Reflect.get(window, 'axe').run({ resultTypes: ['violations'] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

function found(page: Page): Promise<string> {
  return page.locator('#found').innerText();
}

function names(page: Page): Promise<string[]> {
  return page.locator('.card h3').allInnerTexts();
}
