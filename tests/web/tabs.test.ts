import { expect, test } from 'vitest';
import { openTabs, type Store, sharedTab, shareLink, type Tab } from '../../src/web/playground/tabs.ts';

const areas = { query: 'query Areas { areas }', variables: '' };
const themes = { query: 'query Themes { themes }', variables: '{ "year": 2021 }' };
const mine = { query: 'query Mine { mine }', variables: '' };

function store(items: Record<string, string> = {}): Store & { items: Record<string, string> } {
  const setItem = (key: string, value: string) => {
    items[key] = value;
  };
  return { items, getItem: (key) => items[key] ?? null, setItem };
}

/** A browser that was here when the service offered some questions, and left with these tabs. */
function visited(offered: Tab[], tabs: Tab[], open = 0) {
  const browser = store();
  openTabs({ store: browser, ready: offered, shared: undefined });
  browser.items['graphiql:tabState'] = JSON.stringify({ activeTabIndex: open, tabs });
  return browser;
}

test('a newcomer gets the ready questions, the first one open', () => {
  const browser = store();
  expect(openTabs({ store: browser, ready: [areas, themes], shared: undefined })).toEqual({
    tabs: [areas, themes],
    open: 0,
    newcomer: true,
  });
  expect(JSON.parse(browser.items['graphiql:tabState'] ?? '')).toMatchObject({
    activeTabIndex: 0,
    tabs: [
      { title: 'Areas', operationName: 'Areas' },
      { title: 'Themes', variables: themes.variables },
    ],
  });
});

test('somebody who was here before gets their tabs and the one they had open', () => {
  const browser = visited([areas, themes], [themes, mine], 1);
  expect(openTabs({ store: browser, ready: [areas, themes], shared: undefined })).toEqual({
    tabs: [themes, mine],
    open: 1,
    newcomer: false,
  });
});

test('after an upgrade unchanged questions are replaced by the new ones and own tabs are kept', () => {
  const better = { query: 'query Areas { areas { size } }', variables: '' };
  const changed = { query: 'query Themes { themes { text } }', variables: '' };
  const browser = visited([areas, themes], [areas, changed, mine, { query: '  ', variables: '' }], 2);
  expect(openTabs({ store: browser, ready: [better, themes], shared: undefined })).toEqual({
    tabs: [better, themes, changed, mine],
    open: 3,
    newcomer: false,
  });
});

test('an upgrade opens the first question when the tab that was open is gone', () => {
  const browser = visited([areas], [areas]);
  expect(openTabs({ store: browser, ready: [themes], shared: undefined })).toMatchObject({ tabs: [themes], open: 0 });
});

test('a shared operation comes first, once, however its variables are spaced', () => {
  const browser = visited([areas, themes], [areas, themes]);
  const shared = { query: themes.query, variables: '{"year":2021}' };
  expect(openTabs({ store: browser, ready: [areas, themes], shared })).toEqual({
    tabs: [shared, areas],
    open: 0,
    newcomer: false,
  });
});

test('unusable storage falls back to the ready questions', () => {
  for (const text of ['', 'null', '{', '[]', '{"tabs":[]}', '{"tabs":{}}', '{"tabs":"x","activeTabIndex":0}']) {
    const browser = store({ 'graphiql:tabState': text, 'graphiql:offeredQuestions': '{' });
    expect(openTabs({ store: browser, ready: [areas], shared: undefined }).tabs, text).toEqual([areas]);
  }
});

test('a saved place outside the saved tabs opens a tab that exists', () => {
  const browser = visited([areas], [mine, areas], 7);
  const { tabs, open } = openTabs({ store: browser, ready: [areas], shared: undefined });
  expect(tabs[open]).toBeDefined();
});

test('a store that is full still opens the tabs', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  expect(openTabs({ store: full, ready: [areas], shared: mine }).tabs).toEqual([mine, areas]);
});

test('without any question there is one empty tab', () => {
  expect(openTabs({ store: store(), ready: [], shared: undefined }).tabs).toEqual([{ query: '', variables: '' }]);
});

test('what is shared is what is opened, after a ? or, when it is long, after a #', () => {
  const home = new URL('http://example.test/graphql?query=old#top');
  const long = { query: `query Long { ${'a'.repeat(5_000)} }`, variables: '{\n  "name": "世界制造业大会 & more"\n}' };
  for (const tab of [areas, { ...themes, variables: '{\n  "year": 2021\n}' }, long]) {
    expect(sharedTab(new URL(shareLink(home, tab)))).toEqual(tab);
  }
  expect(shareLink(home, areas)).toBe('http://example.test/graphql?query=query+Areas+%7B+areas+%7D');
  expect(shareLink(home, long)).toMatch(/^http:\/\/example\.test\/graphql#query=/);
});

test('an address without an operation shares nothing, and broken variables arrive as they are', () => {
  for (const text of ['', '?', '?query=', '?query=%20', '?variables=%7B%7D', '#top']) {
    expect(sharedTab(new URL(`http://example.test/graphql${text}`)), text).toBeUndefined();
  }
  expect(sharedTab(new URL('http://example.test/graphql?query=%7Ba%7D&variables=%7Bbroken'))).toEqual({
    query: '{a}',
    variables: '{broken',
  });
});
