import { expect, test } from 'vitest';
import { openTabs, operationNames, type Store, sharedTab, shareLink, type Tab } from '../../src/web/playground/tabs.ts';

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
  openTabs({ store: browser, ready: offered, opening: offered, shared: undefined });
  browser.items['graphiql:tabState'] = JSON.stringify({ activeTabIndex: open, tabs });
  return browser;
}

test('a newcomer gets the questions that introduce the service, the first one open', () => {
  const browser = store();
  expect(
    openTabs({ store: browser, ready: [areas, mine, themes], opening: [areas, themes], shared: undefined }),
  ).toEqual({ tabs: [areas, themes], open: 0, newcomer: true });
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
  expect(openTabs({ store: browser, ready: [areas, themes], opening: [areas], shared: undefined })).toEqual({
    tabs: [themes, mine],
    open: 1,
    newcomer: false,
  });
});

test('after an upgrade unchanged questions have their newer text, and what was closed or changed is as it was', () => {
  const [better, newcomer] = [
    { query: '# Better.\nquery Areas { areas { size } }', variables: '{"first":2}' },
    { query: 'query More { more }', variables: '' },
  ];
  const changed = { query: 'query Areas { areas { text } }', variables: '' };
  const otherwise = { ...areas, variables: '{ "other": 1 }' };
  const empty = { query: '  ', variables: '' };
  const left = [mine, { query: ` ${areas.query}\n`, variables: ' ' }, changed, otherwise, empty];
  const browser = visited([areas, themes], left, 1);
  for (const visit of ['the first', 'the second']) {
    const opened = openTabs({
      store: browser,
      ready: [better, themes, newcomer],
      opening: [themes],
      shared: undefined,
    });
    expect(opened, visit).toEqual({ tabs: [mine, better, changed, otherwise, empty], open: 1, newcomer: false });
  }
});

test('a question that follows one upgrade follows the next', () => {
  const versions = ['a', 'b', 'c'].map((field) => ({ query: `query Areas { ${field} }`, variables: '' }));
  const browser = visited(versions.slice(0, 1), versions.slice(0, 1));
  for (const ready of versions.slice(1).map((version) => [version])) {
    expect(openTabs({ store: browser, ready, opening: [], shared: undefined }).tabs).toEqual(ready);
  }
});

test('a question that is no longer offered is left to who has it open', () => {
  const browser = visited([areas], [areas]);
  expect(openTabs({ store: browser, ready: [themes], opening: [themes], shared: undefined })).toMatchObject({
    tabs: [areas],
    open: 0,
  });
});

test('a shared operation comes first, once, however its variables are spaced', () => {
  const browser = visited([areas, themes], [areas, themes]);
  const shared = { query: themes.query, variables: '{"year":2021}' };
  expect(openTabs({ store: browser, ready: [areas, themes], opening: [areas], shared })).toEqual({
    tabs: [shared, areas],
    open: 0,
    newcomer: false,
  });
});

test('unusable storage falls back to what a newcomer gets', () => {
  for (const text of ['', 'null', '{', '[]', '{"tabs":[]}', '{"tabs":{}}', '{"tabs":"x","activeTabIndex":0}']) {
    const browser = store({ 'graphiql:tabState': text, 'graphiql:offeredQuestions': '{' });
    const { tabs } = openTabs({ store: browser, ready: [areas, themes], opening: [themes], shared: undefined });
    expect(tabs, text).toEqual([themes]);
  }
});

test('a saved place outside the saved tabs opens a tab that exists', () => {
  const browser = visited([areas], [mine, areas], 7);
  const { tabs, open } = openTabs({ store: browser, ready: [areas], opening: [areas], shared: undefined });
  expect(tabs[open]).toEqual(mine);
});

test('a store that is full still opens the tabs', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  expect(openTabs({ store: full, ready: [areas], opening: [areas], shared: mine }).tabs).toEqual([mine, areas]);
});

test('without any question there is one empty tab', () => {
  const { tabs } = openTabs({ store: store(), ready: [], opening: [], shared: undefined });
  expect(tabs).toEqual([{ query: '', variables: '' }]);
});

test('what is shared is what is opened, always after a #', () => {
  const home = new URL('http://example.test/graphql?query=old#top');
  const long = {
    query: `query Long { ${'a'.repeat(5_000)} }`,
    variables: '{\n  "name": "世界制造业大会 & more # ?"\n}',
  };
  for (const tab of [areas, { ...themes, variables: '{\n  "year": 2021\n}' }, long]) {
    const link = new URL(shareLink(home, tab));
    expect([link.origin, link.pathname, link.search]).toEqual(['http://example.test', '/graphql', '']);
    expect(sharedTab(link)).toEqual(tab);
  }
  expect(shareLink(home, areas)).toBe('http://example.test/graphql#query=query+Areas+%7B+areas+%7D');
});

test('a link names the one of several operations that is chosen, and opens with it', () => {
  const home = new URL('http://example.test/graphql');
  const several = { query: 'query A { a } query B { b }', variables: '' };
  const chosen = { ...several, operationName: 'B' };
  const link = shareLink(home, chosen);
  expect(link).toBe(`http://example.test/graphql#${new URLSearchParams({ query: several.query, operationName: 'B' })}`);
  const shared = sharedTab(new URL(link));
  expect(shared).toEqual(chosen);
  const browser = store();
  expect(openTabs({ store: browser, ready: [areas], opening: [areas], shared })).toEqual({
    tabs: [chosen, areas],
    open: 0,
    newcomer: true,
  });
  expect(JSON.parse(browser.items['graphiql:tabState'] ?? '')).toMatchObject({
    tabs: [
      { title: 'B', operationName: 'B' },
      { title: 'Areas', operationName: 'Areas' },
    ],
  });
  // Nothing to choose among, and a name that is not there.
  expect(shareLink(home, { ...areas, operationName: 'Areas' })).toBe(shareLink(home, areas));
  expect(shareLink(home, { ...several, operationName: 'C' })).toBe(shareLink(home, several));
  expect(sharedTab(new URL(`${shareLink(home, several)}&operationName=C`))).toEqual(several);
});

test('links from before, which have the operation after a ?, open it still', () => {
  const link = 'http://example.test/graphql?query=query+Areas+%7B+areas+%7D&variables=%7B%22year%22%3A2021%7D';
  expect(sharedTab(new URL(link))).toEqual({ query: areas.query, variables: '{\n  "year": 2021\n}' });
});

test('the operations of a text are found by name, and not in what it says', () => {
  const text = `# query Comment
    query One($query: String = "query Two {") { a(text: """
      query Three { "quoted" }
    """) query: b } mutation Four { c } subscription   Five`;
  expect(operationNames(text)).toEqual(['One', 'Four', 'Five']);
  expect(operationNames('{ query } fragment F on Query { a }')).toEqual([]);
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
