import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readQuestions } from '../../src/web/questions.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';

const questions = readQuestions(fileURLToPath(new URL('../../schema/operations', import.meta.url)));
const names = questions.map((question) => question.name);
const [first, second] = questions;

let app: TestApp;
let url: string;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([openApp(), launchBrowser()]);
  ({ url } = await app.listen());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

test('a newcomer gets every question as a tab, runs one and reads its answer, and nothing leaves the origin', async () => {
  const visit = await open('/graphql');
  const { page } = visit;
  expect(await page.title()).toBe('Expograph – GraphQL playground');
  expect(await tabNames(page)).toEqual(names);

  await tab(page, second?.name).click();
  await tab(page, 'EditionInBrief').click();
  expect(await answer(page)).toContain('703');

  expect(visit.requests.length).toBeGreaterThan(5);
  expect(visit.requests.filter((request) => new URL(request).origin !== url)).toEqual([]);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('each tab has its own variables', async () => {
  const query = 'query Named($slug: String!) { edition(slug: $slug) { year } }';
  const tabs = ['2019', '2021'].map((year) => ({
    ...{ id: year, title: year, headers: null, operationName: null, response: null },
    query: query.replace('Named', `Of${year}`),
    variables: `{ "slug": "world-manufacturing-convention-${year}" }`,
  }));
  const visit = await open('/graphql', stored({ activeTabIndex: 0, tabs }));
  expect(await answer(visit.page)).toMatch(/"year": 2019/);
  await tab(visit.page, 'Of2021').click();
  expect(await answer(visit.page)).toMatch(/"year": 2021/);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('the documentation explorer leads from Query to Edition', async () => {
  const visit = await open('/graphql');
  await visit.page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = visit.page.locator('.graphiql-doc-explorer');
  await docs.getByRole('link', { name: 'Query', exact: true }).click();
  await docs.getByRole('link', { name: 'Edition', exact: true }).first().click();
  await docs.locator('.graphiql-doc-explorer-title', { hasText: /^Edition$/ }).waitFor();
  await docs.getByText('signedProjects', { exact: true }).first().waitFor();
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('a shared link shows its operation in the first tab, with its variables, and runs', async () => {
  const query = 'query Shared($slug: String!) {\n  edition(slug: $slug) {\n    slug\n    year\n  }\n}';
  const variables = '{"slug":"world-manufacturing-convention-2021"}';
  const visit = await open(`/graphql?${new URLSearchParams({ query, variables })}`);
  expect(await tabNames(visit.page)).toEqual(['Shared', ...names]);
  expect(await answer(visit.page)).toMatch(/"year": 2021/);
  expect(visit.requests.filter((request) => new URL(request).pathname === '/graphql')).toHaveLength(3);
  await visit.close();
});

test('the link that the toolbar gives opens the same operation elsewhere', async () => {
  const visit = await open('/graphql');
  await tab(visit.page, second?.name).click();
  await visit.page.getByRole('button', { name: 'Copy a link to this operation' }).click();
  await visit.page.waitForURL(/query=/);
  const link = visit.page.url().slice(url.length);
  await visit.close();

  const other = await open(link);
  expect((await tabNames(other.page))[0]).toBe(second?.name);
  expect(await answer(other.page)).toContain('"data"');
  await other.close();
});

test('a broken link and a stranger under localStorage still open every question', async () => {
  const visit = await open('/graphql?query=&variables=%7Bbroken', stored({ tabs: [{ id: 1 }, null] }));
  expect(await tabNames(visit.page)).toEqual(names);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test("a visitor's own tab is there after a reload, a closed question stays closed and comes back from the list", async () => {
  const visit = await open('/graphql');
  const { page } = visit;
  await tab(page, first?.name).click();
  await page.locator('.graphiql-tab-active, .graphiql-tab').first().getByLabel('Close Tab').click();
  await page.getByRole('button', { name: 'New tab' }).click();
  await page.locator('.graphiql-query-editor .monaco-editor').first().click();
  await page.keyboard.type('query Mine { __typename ');
  await tab(page, 'Mine').waitFor();
  await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('"Mine"'));

  await page.reload();
  await ready(page);
  const names = await tabNames(page);
  expect(names).toContain('Mine');
  expect(names).not.toContain(first?.name);

  if (!(await page.locator('.questions').isVisible())) {
    await page.getByRole('button', { name: 'Show Questions' }).click();
  }
  await page.locator('.questions button', { hasText: first?.headline ?? '?' }).click();
  await tab(page, first?.name).waitFor();
  await visit.close();
});

test('the page follows the system from light to dark while it is open', async () => {
  const visit = await open('/graphql', { colorScheme: 'light' });
  const background = () =>
    visit.page.locator('.graphiql-container').evaluate((element) => getComputedStyle(element).backgroundColor);
  const editors = visit.page.locator('.graphiql-query-editor .monaco-editor.vs-dark');
  const light = await background();
  expect(await editors.count()).toBe(0);
  await visit.page.emulateMedia({ colorScheme: 'dark' });
  await editors.first().waitFor();
  expect(await background()).not.toBe(light);
  await visit.close();
});

test('the policy of the page forbids other hosts and inline scripts', async () => {
  const visit = await open('/graphql');
  await visit.page.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'http://elsewhere.invalid/pixel.png';
    const script = document.createElement('script');
    script.textContent = 'window.name = "inline ran"';
    document.body.append(image, script);
    return fetch('http://elsewhere.invalid/').catch(() => undefined);
  });
  await expect.poll(() => visit.violations.toSorted()).toEqual(['connect-src', 'img-src', 'script-src-elem']);
  expect(await visit.page.evaluate(() => window.name)).toBe('');
  await visit.close();
});

test('without JavaScript the page says where the schema is', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${url}/graphql`);
  await page.getByRole('link', { name: '/schema.graphql' }).waitFor();
  await context.close();
});

/** Opens an address as a visitor of their own and keeps what the browser asked for and complained about. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const requests: string[] = [];
  const troubles: string[] = [];
  const violations: string[] = [];
  const page = await context.newPage();
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  context.on('requestfailed', (request) => troubles.push(`${request.url()} ${request.failure()?.errorText}`));
  context.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.url()} ${response.status()}`);
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  await page.exposeFunction('reportViolation', (directive: string) => {
    violations.push(directive);
    troubles.push(`content security policy: ${directive}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      Reflect.get(window, 'reportViolation')(event.effectiveDirective);
    });
  });
  await page.goto(url + path);
  await ready(page);
  return { page, requests, troubles, violations, close: () => context.close() };
}

/** A browser that was here before: what GraphiQL kept of its tabs. */
function stored(state: unknown): BrowserContextOptions {
  const localStorage = [{ name: 'graphiql:tabState', value: JSON.stringify(state) }];
  return { storageState: { cookies: [], origins: [{ origin: url, localStorage }] } };
}

async function ready(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).waitFor();
}

function tab(page: Page, name: string | undefined) {
  return page.locator('.graphiql-session-header').getByText(name ?? 'no such tab', { exact: true });
}

function tabNames(page: Page): Promise<string[]> {
  return page.locator('[id^=graphiql-session-tab-]').allInnerTexts();
}

/** Runs the open tab and reads its answer by scrolling through the pane, which holds no more lines than it shows. */
async function answer(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const lines = page.locator('.graphiql-response .view-line');
  await lines
    .filter({ hasText: /"(data|errors)"/ })
    .first()
    .waitFor();
  const seen = new Set<string>();
  await page.locator('.graphiql-response').hover();
  for (let before = -1; before < seen.size; ) {
    before = seen.size;
    for (const line of await lines.allInnerTexts()) seen.add(line);
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(50);
  }
  return [...seen].join('\n').replaceAll('\u00a0', ' ');
}
