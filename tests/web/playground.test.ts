import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import { parse, print } from 'graphql';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHIPPED_QUESTIONS } from '../../src/web/headlines.ts';
import { bySubject, type Question, readQuestions } from '../../src/web/questions.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { WMC } from '../support/one-series.ts';

const run = promisify(execFile);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const subjects = bySubject(readQuestions(SHIPPED_QUESTIONS));
const questions = subjects.flatMap((group) => group.questions);
const opening = subjects.flatMap((group) => group.questions.slice(0, 1));
const names = opening.map((question) => question.name);

let app: TestApp;
let url: string;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([openApp({ only: WMC }), launchBrowser()]);
  ({ url } = await app.listen());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

test('a newcomer gets a question of each subject as a tab, runs them and has their answers, and nothing leaves the origin', async () => {
  const visit = await open('/graphql');
  const { page } = visit;
  expect(await page.title()).toBe('Expograph – GraphQL playground');
  expect(await tabNames(page)).toEqual(names);
  expect(names).toHaveLength(7);

  for (const { name, query } of opening) {
    await tab(page, name).click();
    const given = await answer(page);
    expect(given).toEqual({ data: expect.anything() });
    expect(given).toEqual(await (await ask({ query })).json());
    await page.locator('.graphiql-response .view-line', { hasText: '"data"' }).first().waitFor();
  }
  const { file, text } = await downloaded(page, 'Download the answer as JSON');
  expect(file).toBe(`${names.at(-1)}.json`);
  expect(text).toBe(JSON.stringify(await (await ask({ query: opening.at(-1)?.query })).json(), null, 2));

  expect(visit.requests.length).toBeGreaterThan(5);
  expect(visit.requests.filter((request) => new URL(request).origin !== url)).toEqual([]);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('the panel has every question under its subject, and one click opens it', async () => {
  const visit = await open('/graphql');
  const { page } = visit;
  const panel = page.getByRole('region', { name: 'Questions', exact: true });
  expect(await panel.getByRole('heading').allInnerTexts()).toEqual([
    'Questions',
    ...subjects.map((one) => one.subject),
  ]);
  for (const { subject, questions } of subjects) {
    const listed = await panel.getByRole('region', { name: subject }).getByRole('button').allInnerTexts();
    expect(listed).toEqual(questions.map(({ headline, name }) => `${headline}\n${name}`));
  }
  // One that is open already, and one that is not.
  const wanted = subjects
    .flatMap((group) => [group.questions[0], group.questions.at(-1)])
    .filter((one) => one !== undefined);
  for (const { name } of wanted) await panel.locator('button', { has: page.getByText(name, { exact: true }) }).click();
  const opened = [...new Set([...opening, ...wanted])];
  expect(await tabNames(page)).toEqual(opened.map((question) => question.name));
  expect(await panel.locator('[aria-current=true] code').allInnerTexts()).toEqual([wanted.at(-1)?.name]);
  await expect.poll(() => savedQueries(page)).toEqual(opened.map((question) => question.query));
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('a link has the operation and its variables after the #, never headers, and opens them elsewhere', async () => {
  const query = 'query Found($text: String!) {\n  search(query: $text, first: 1) { totalCount }\n}';
  const variables = '{\n  "text": "合肥"\n}';
  const visit = await open('/graphql', {
    ...stored({ query, variables }),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await typeHeaders(visit.page, { 'x-secret': 'hidden', 'accept-language': 'zh-Hans' });
  await choose(visit.page, 'Copy a link to this operation');
  await said(visit.page, 'Link copied');
  const link = await visit.page.evaluate(() => navigator.clipboard.readText());
  const shared = new URLSearchParams({ query, variables: '{"text":"合肥"}' });
  expect(link).toBe(`${url}/graphql#${shared}`);
  expect(visit.page.url()).toBe(link);
  expect(visit.troubles).toEqual([]);
  await visit.close();

  const other = await open(link.slice(url.length));
  expect((await tabNames(other.page))[0]).toBe('Found');
  await expect.poll(() => savedQueries(other.page)).toEqual([query, ...opening.map((question) => question.query)]);
  expect(await answer(other.page)).toEqual({ data: { search: { totalCount: expect.any(Number) } } });
  expect(other.requests.filter((request) => /Found|%E5%90%88|合肥/.test(request))).toEqual([]);
  expect(other.troubles).toEqual([]);

  await other.page.evaluate(() => {
    window.location.hash = new URLSearchParams({ query: 'query Followed { __typename }' }).toString();
  });
  await tab(other.page, 'Followed').waitFor();
  expect(await answer(other.page)).toEqual({ data: { __typename: 'Query' } });
  await other.close();
});

test('a broken link and a stranger under localStorage still open what a newcomer gets', async () => {
  const state = JSON.stringify({ tabs: [{ id: 1 }, null] });
  const visit = await open('/graphql?query=&variables=%7Bbroken#query=', storage(state));
  const { page } = visit;
  expect(await tabNames(page)).toEqual(names);

  // From there on the tabs are the visitor's own: what is closed stays closed, and comes back from the list.
  const [first, second] = opening;
  await tab(page, first?.name).click();
  await page.locator('.graphiql-tab-active, .graphiql-tab').first().getByLabel('Close Tab').click();
  await page.getByRole('button', { name: 'New tab' }).click();
  await page.locator('.graphiql-query-editor .monaco-editor').first().click();
  await page.keyboard.type('query Mine { __typename ');
  await tab(page, 'Mine').waitFor();
  await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('"Mine"'));

  await page.reload();
  await ready(page);
  const left = await tabNames(page);
  expect(left).toEqual([...names.slice(1), 'Mine']);
  expect(left).toContain(second?.name);

  if (!(await page.locator('.questions').isVisible())) {
    await page.getByRole('button', { name: 'Show Questions' }).click();
  }
  await page.locator('.questions button', { hasText: first?.headline ?? '?' }).click();
  await tab(page, first?.name).waitFor();
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('CSV is the answer to the open operation with its own variables, in a file of its name', async () => {
  const { query, name } = question('WhatIsOn');
  const months = ['2019-09', '2021-11'].map((month) => ({ from: `${month}-01`, to: `${month}-30` }));
  const written = months.map((variables) => ({ query, variables: `${JSON.stringify(variables)} // as I like it` }));
  const visit = await open('/graphql', stored(...written));
  for (const [place, variables] of months.entries()) {
    await visit.page.locator(`#graphiql-session-tab-${place}`).click();
    const { file, text } = await downloaded(visit.page, 'Download the answer as CSV');
    await said(visit.page, `${name}.csv downloaded`);
    expect(file).toBe(`${name}.csv`);
    expect(text).toBe(await (await ask({ query, variables }, 'text/csv')).text());
    const [head, row, ...others] = text.split('\r\n');
    expect([head, others]).toEqual(['name,dates,status,city.name,city.country', ['']]);
    expect(row).toContain(` ${variables.from.slice(0, 4)},HELD,`);
    expect(await answer(visit.page)).toEqual(await (await ask({ query, variables })).json());
  }
  expect(visit.requests.filter((request) => new URL(request).origin !== url)).toEqual([]);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('where an answer has several lists the reader chooses the one that becomes the rows', async () => {
  const { query } = question('EditionInBrief');
  const visit = await open('/graphql');
  const { page } = visit;
  await choose(page, 'Download the answer as CSV');
  const dialog = page.getByRole('dialog', { name: 'Which list becomes the rows?' });
  const rows = dialog.getByRole('combobox', { name: 'Rows' });
  const lists = ['edition.themes', 'edition.signedProjects.citations'];
  expect(await rows.getByRole('option').allInnerTexts()).toEqual(lists);
  expect(await rows.inputValue()).toBe(lists[0]);
  expect(await rows.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await violations(page, 'dialog')).toEqual([]);
  for (const list of lists) {
    if (!(await dialog.isVisible())) await choose(page, 'Download the answer as CSV');
    await rows.selectOption(list);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download CSV' }).click();
    expect(await textOf(await download)).toBe(await (await ask({ query }, 'text/csv', `?rows=${list}`)).text());
    await dialog.waitFor({ state: 'detached' });
    expect(await exportButton(page).evaluate((element) => element === document.activeElement)).toBe(true);
  }

  await choose(page, 'Download the answer as CSV');
  await rows.waitFor();
  await page.context().setOffline(true);
  await dialog.getByRole('button', { name: 'Download CSV' }).click();
  await said(page, 'The service cannot be reached: Failed to fetch');
  await dialog.waitFor({ state: 'detached' });
  await page.context().setOffline(false);

  // A refusal without the lists: the path is to be written.
  const [{ message }] = (await (await ask({ query }, 'text/csv')).json()).errors;
  await page.route('**/graphql', (route) => route.fulfill({ status: 400, json: { errors: [{ message }] } }));
  await choose(page, 'Download the answer as CSV');
  const refusal = page.getByRole('dialog', { name: 'No CSV of this answer' });
  await refusal.getByText(message, { exact: true }).waitFor();
  const path = refusal.getByRole('textbox', { name: 'Rows' });
  expect(await path.evaluate((input) => input === document.activeElement)).toBe(true);
  await path.fill(' edition.themes');
  const download = page.waitForEvent('download');
  await path.press('Enter');
  expect(await textOf(await download)).toBe(await (await ask({ query }, 'text/csv', '?rows=edition.themes')).text());
  // Beside what the browser itself notes of refusals and of a service that is away.
  expect(
    visit.troubles.filter((trouble) => !/ 400( \(Bad Request\))?$|ERR_INTERNET_DISCONNECTED/.test(trouble)),
  ).toEqual([]);
  await visit.close();
});

test('curl and fetch have the headers of the tab, so that they answer as the page does, but none that may be secret', async () => {
  const query = 'query Named { edition(slug: "world-manufacturing-convention-2021") { name } }';
  const visit = await open('/graphql', {
    ...stored({ query, variables: '' }),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = visit;
  const given = { 'Accept-Language': 'zh-Hans', Authorization: 'Bearer hidden', 'X-Api-Key': 'hidden' };
  await typeHeaders(page, given);
  const expected = await answer(page);
  expect(expected).toEqual({ data: { edition: { name: '2021世界制造业大会' } } });
  for (const [item, what, shell] of [
    ['curl', 'curl command', ['bash', '-c']],
    ['JavaScript', 'fetch call', ['node', '--input-type=module', '--eval']],
  ] as const) {
    await choose(page, item);
    await said(page, `${what} copied, without what may be secret: authorization and x-api-key`);
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).not.toMatch(/hidden|authorization|x-api-key/i);
    const [command, ...options] = shell;
    expect(JSON.parse((await run(command, [...options, text])).stdout)).toEqual(expected);
  }
  await page.context().clearPermissions();
  await choose(page, 'curl');
  const dialog = page.getByRole('dialog', { name: 'Copy the curl command' });
  await dialog.getByText('It is without what may be secret: authorization and x-api-key.', { exact: true }).waitFor();
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('a link opens with the one of several operations that was chosen, also on the open page', async () => {
  const query = 'query One { service { name } }\n\nquery Two { __typename }';
  const link = (operationName: string) => `/graphql#${new URLSearchParams({ query, operationName })}`;
  const visit = await open(link('Two'), { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = visit;
  const isChosen = async (name: string, data: object) => {
    await tab(page, name).waitFor();
    await choose(page, 'a link');
    await said(page, 'Link copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url + link(name));
    await choose(page, 'curl');
    await said(page, 'curl command copied');
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse((await run('bash', ['-c', curl])).stdout)).toEqual({ data });
    // By the key GraphiQL runs the operation that the cursor is in.
    await page
      .locator('.graphiql-query-editor .monaco-editor textarea, .graphiql-query-editor .native-edit-context')
      .first()
      .focus();
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.keyboard.press('Control+Enter');
    expect(await (await answered).json()).toEqual({ data });
    await page.getByRole('button', { name: 'New tab' }).focus();
  };
  await isChosen('Two', { __typename: 'Query' });
  await follow(page, link('One'));
  await isChosen('One', { service: { name: 'Expograph' } });
  const other = 'query Three { service { version } }\nquery Four { service { name } }';
  await follow(page, `/graphql#${new URLSearchParams({ query: other, operationName: 'Four' })}`);
  await tab(page, 'Four').waitFor();
  await follow(page, link('Two'));
  await isChosen('Two', { __typename: 'Query' });
  expect(await tabNames(page)).toEqual(['Two', ...names, 'Four']);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('variables in a link that are no JSON are shown as they are, marked, and running says what is wrong', async () => {
  const query = 'query Said($text: String!) { search(query: $text) { totalCount } }';
  const visit = await open(`/graphql#${new URLSearchParams({ query, variables: 'notjson' })}`);
  const { page } = visit;
  const variables = page.getByRole('region', { name: 'Variables' });
  await variables.getByText('notjson', { exact: true }).waitFor();
  await variables.locator('.squiggly-error').waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page
    .locator('.graphiql-response')
    .getByText('Request not sent. Variables are invalid JSON: invalid symbol at line 1, column 1.')
    .waitFor();
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('all tabs of a newcomer are seen at 1280 px, and where there are more than the row holds it fades at that end', async () => {
  const visit = await open('/graphql');
  const { page } = visit;
  await page.getByRole('region', { name: 'Questions', exact: true }).waitFor();
  const row = page.locator('.graphiql-tabs');
  const more = () => row.getAttribute('data-more');
  const outside = () =>
    row.evaluate((row) => {
      const { left, right } = row.getBoundingClientRect();
      const boxes = [...row.children].map((tab) => tab.getBoundingClientRect());
      return boxes.filter((box) => box.left < left - 1 || box.right > right + 1).length;
    });
  expect([await outside(), await more()]).toEqual([0, null]);
  expect((await row.boundingBox())?.width).toBeLessThan(800);

  await page.setViewportSize({ width: 390, height: 800 });
  await expect.poll(more).toBe('after');
  expect(await outside()).toBeGreaterThan(0);
  expect(await row.evaluate((row) => getComputedStyle(row).maskImage)).toContain('linear-gradient');
  await row.evaluate((row) => row.scrollTo({ left: 60 }));
  await expect.poll(more).toBe('before after');
  await row.evaluate((row) => row.scrollTo({ left: row.scrollWidth }));
  await expect.poll(more).toBe('before');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(more).toBe(null);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('what cannot be exported says why', async () => {
  const visit = await open(
    '/graphql',
    stored({ query: '', variables: '' }, { query: '{ __typename }', variables: '{ wrong' }),
  );
  const { page } = visit;
  for (const item of ['a link', 'curl', 'CSV']) {
    await choose(page, item);
    await said(page, 'There is no operation here: write one first.');
  }
  await choose(page, 'JSON');
  await said(page, 'There is no answer yet: run the operation first.');
  await page.locator('[id^=graphiql-session-tab-]').last().click();
  for (const item of ['JavaScript', 'CSV']) {
    await choose(page, item);
    await said(page, /^Variables are invalid JSON: /);
  }
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('a link from before, with the operation after a ?, opens it, and its curl and fetch give the answer that the page has', async () => {
  const query = `query Said($text: String!) {
  # "It's" a question; \`\${nothing}\` is in it
  search(query: $text, first: 3) {
    totalCount
    nodes { __typename ... on Edition { name(locale: "zh-Hans") } }
  }
}
`;
  const link = `/graphql?${new URLSearchParams({ query, variables: '{"text":"合肥"}' })}`;
  const visit = await open(link, { permissions: ['clipboard-read', 'clipboard-write'] });
  expect(await tabNames(visit.page)).toEqual(['Said', ...names]);
  await answer(visit.page);
  const expected = JSON.parse((await downloaded(visit.page, 'Download the answer as JSON')).text);
  expect(expected).toMatchObject({ data: { search: { nodes: expect.any(Array) } } });
  expect(visit.requests.filter((request) => new URL(request).pathname === '/graphql')).toHaveLength(3);
  const copied = async (item: string, what: string) => {
    await choose(visit.page, item);
    await said(visit.page, `${what} copied`);
    return visit.page.evaluate(() => navigator.clipboard.readText());
  };
  const curl = await copied('Copy as a curl command', 'curl command');
  const call = await copied('Copy as JavaScript (fetch)', 'fetch call');
  const [inBash, inNode] = await Promise.all([
    run('bash', ['-c', curl]),
    run('node', ['--input-type=module', '--eval', call]),
  ]);
  expect(JSON.parse(inBash.stdout)).toEqual(expected);
  expect(JSON.parse(inNode.stdout)).toEqual(expected);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('the menu is used by keyboard on a phone, and without a clipboard the text is there, selected', async () => {
  const visit = await open('/graphql', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
  const { page } = visit;
  const button = exportButton(page);
  await button.focus();
  await page.keyboard.press('Enter');
  await hasFocus(page, 'Copy a link to this operation');
  const menu = page.getByRole('menu', { name: 'Share and export' });
  expect(await menu.getByRole('menuitem').allInnerTexts()).toEqual([
    'Copy a link to this operation',
    'Copy as a curl command',
    'Copy as JavaScript (fetch)',
    'Download the answer as JSON',
    'Download the answer as CSV',
  ]);
  const box = await menu.boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
  expect(await violations(page, '[role=menu]')).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await hasFocus(page, 'Copy as a curl command');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Copy the curl command' });
  const text = await dialog.getByRole('textbox', { name: 'curl command' }).inputValue();
  expect(text).toMatch(/^curl 'http:/);
  await hasFocus(page, text);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(text);
  expect(await violations(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // The focus comes back when the dialog is gone.
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);

  await page.keyboard.press('Enter');
  await hasFocus(page, 'Copy a link to this operation');
  await page.keyboard.press('Enter');
  await said(page, 'The link is in the address bar');
  expect(page.url()).toBe(`${url}/graphql#${new URLSearchParams({ query: opening[0]?.query ?? '' })}`);
  expect(await violations(page, '.said')).toEqual([]);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

test('the documentation leads from Query to Edition, and an operation is built by clicking', async () => {
  const visit = await open(
    '/graphql',
    stored({ query: '', variables: '' }, { query: lists, variables: '' }, { query: '{ unfinished', variables: '' }),
  );
  const { page } = visit;
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByRole('link', { name: 'Query', exact: true }).click();
  await docs.getByRole('link', { name: 'Edition', exact: true }).first().click();
  await docs.locator('.graphiql-doc-explorer-title', { hasText: /^Edition$/ }).waitFor();
  await docs.getByText('signedProjects', { exact: true }).first().waitFor();

  await page.getByRole('button', { name: 'Show Explorer' }).click();
  const explorer = page.locator('.explorer');
  const field = (name: string) => explorer.locator(`[data-field-name="${name}"]`).first();
  await field('service').click();
  await field('name').click();
  await tab(page, 'MyQuery').waitFor();
  expect(await answer(page)).toEqual({ data: { service: { name: 'Expograph' } } });

  const [, second, third] = await page.locator('[id^=graphiql-session-tab-]').all();
  await second?.click();
  await explorer.getByText('[2019, 2021]', { exact: true }).waitFor();
  await explorer.getByText('[{field: YEAR}]', { exact: true }).waitFor();
  expect(await second?.evaluate((element) => element === document.activeElement)).toBe(true);
  await explorer.locator('.graphiql-explorer-editions [data-field-name=totalCount]').click();
  await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('totalCount'));
  // The alias of the same field has what it had.
  const chosen = print(parse(lists.replace('{ year }', '{ year } totalCount')));
  expect((await savedQueries(page))[1]).toBe(chosen);

  await third?.click();
  await explorer
    .getByRole('status')
    .filter({ hasText: /^The operation cannot be read yet\. Line 1: Syntax Error/ })
    .waitFor();
  expect(await explorer.locator('[inert] [data-field-name]').count()).toBeGreaterThan(0);
  expect(visit.requests.filter((request) => new URL(request).origin !== url)).toEqual([]);
  expect(visit.troubles).toEqual([]);
  await visit.close();
});

const lists = `query Lists {
  one: editions(where: { year: { in: [2019, 2021] } }, orderBy: [{ field: YEAR }], first: 5) { nodes { year } }
  two: editions(where: null) { nodes { slug } }
}`;

test('the page follows the system from light to dark while it is open, and what of it is ours is accessible in both', async () => {
  const visit = await open('/graphql', { colorScheme: 'light' });
  const background = () =>
    visit.page.locator('.graphiql-container').evaluate((element) => getComputedStyle(element).backgroundColor);
  const editors = visit.page.locator('.graphiql-query-editor .monaco-editor.vs-dark');
  const light = await background();
  expect(await editors.count()).toBe(0);
  const main = visit.page.getByRole('main');
  await main.getByRole('heading', { level: 1, name: 'Expograph – GraphQL playground', exact: true }).waitFor();
  expect(await visit.page.getByRole('heading', { level: 1 }).count()).toBe(1);
  // GraphiQL's tabs have buttons within, and its editor has pale comments and numbers.
  const ours = { exclude: ['.graphiql-tabs', '.monaco-editor'] };
  await visit.page.locator('.questions button').nth(1).focus();
  expect(await violations(visit.page, ours)).toEqual([]);
  await visit.page.emulateMedia({ colorScheme: 'dark' });
  await editors.first().waitFor();
  expect(await background()).not.toBe(light);
  await visit.page.setViewportSize({ width: 390, height: 800 });
  expect(await violations(visit.page, ours)).toEqual([]);
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
  context.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {};
    // A page that is left, or loaded anew, gives up what it still asks for.
    if (errorText !== 'net::ERR_ABORTED') troubles.push(`${request.url()} ${errorText}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.url()} ${response.status()}`);
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // GraphiQL says which workers it sets up.
    if (!message.text().startsWith('setup-workers/')) troubles.push(message.text());
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
function stored(...tabs: { query: string; variables: string }[]): BrowserContextOptions {
  const whole = tabs.map((tab, place) => ({
    ...tab,
    ...{ id: String(place), title: '', headers: null, operationName: null, response: null },
  }));
  return storage(JSON.stringify({ activeTabIndex: 0, tabs: whole }));
}

function storage(state: string): BrowserContextOptions {
  const localStorage = [{ name: 'graphiql:tabState', value: state }];
  return { storageState: { cookies: [], origins: [{ origin: url, localStorage }] } };
}

async function ready(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).waitFor();
}

function question(name: string): Question {
  const found = questions.find((one) => one.name === name);
  if (!found) throw new Error(`No question is named ${name}.`);
  return found;
}

function tab(page: Page, name: string | undefined) {
  return page.locator('.graphiql-session-header').getByText(name ?? 'no such tab', { exact: true });
}

function tabNames(page: Page): Promise<string[]> {
  return page.locator('[id^=graphiql-session-tab-]').allInnerTexts();
}

/** The operations that GraphiQL has written down, which it does a moment late. */
async function savedQueries(page: Page): Promise<unknown[]> {
  const state: unknown = JSON.parse((await page.evaluate(() => localStorage.getItem('graphiql:tabState'))) ?? 'null');
  const tabs: { query: unknown }[] = Object(state).tabs ?? [];
  return tabs.map(({ query }) => query);
}

/** Asks the service without the browser. */
function ask(body: object, accept = 'application/json', search = ''): Promise<Response> {
  const headers = { accept, 'content-type': 'application/json' };
  return fetch(`${url}/graphql${search}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Runs the open tab and gives the answer that the page then has. */
async function answer(page: Page): Promise<unknown> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const given: unknown = await (await answered).json();
  await page.locator('.graphiql-response .graphiql-spinner').waitFor({ state: 'detached' });
  return given;
}

/** Follows a link on the open page. */
async function follow(page: Page, link: string): Promise<void> {
  await page.evaluate((link) => {
    window.location.href = link;
  }, link);
}

async function typeHeaders(page: Page, headers: object): Promise<void> {
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool .monaco-editor').last().click();
  // The editor closes brackets by itself.
  await page.keyboard.type(JSON.stringify(headers).slice(0, -1));
}

function exportButton(page: Page) {
  return page.getByRole('button', { name: 'Share and export' });
}

/** Chooses an item of the menu. */
async function choose(page: Page, item: string): Promise<void> {
  await exportButton(page).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function said(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.said').getByText(text, { exact: true }).waitFor();
}

async function downloaded(page: Page, item: string): Promise<{ file: string; text: string }> {
  const download = page.waitForEvent('download');
  await choose(page, item);
  const file = await download;
  return { file: file.suggestedFilename(), text: await textOf(file) };
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** Waits until the element with a text has the focus. */
async function hasFocus(page: Page, text: string): Promise<void> {
  await page.waitForFunction((text) => document.activeElement?.textContent === text, text);
}

/** What axe-core finds wrong in a part of the page, or in all but some parts. */
async function violations(page: Page, part: string | { exclude: string[] }): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults, typeof part>(
    (part) => Reflect.get(window, 'axe').run(part),
    part,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
