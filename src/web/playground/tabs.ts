/** What a tab holds; variables are JSON text, empty where there are none. */
export interface Tab {
  query: string;
  variables: string;
}

/** The part of the browser's localStorage that is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>;

// GraphiQL's own key: what is written there is what it opens with.
const savedKey = 'graphiql:tabState';
// Under GraphiQL's prefix, so that its "Clear data" forgets this too.
const offeredKey = 'graphiql:offeredQuestions';

/**
 * Decides the tabs that the playground opens with and writes them where GraphiQL reads them.
 * A newcomer gets every ready question; somebody who was here before gets their own tabs, in which ready questions that
 * they never changed follow the service's newer versions; a shared operation comes first and is open.
 * Returns the tabs, the place of the open one, and whether nobody had tabs here before.
 */
export function openTabs(options: { store: Store; ready: readonly Tab[]; shared: Tab | undefined }): {
  tabs: Tab[];
  open: number;
  newcomer: boolean;
} {
  const { store, shared } = options;
  const ready = options.ready.map(({ query, variables }) => ({ query, variables }));
  const saved = savedTabs(store.getItem(savedKey));
  let tabs = saved?.tabs ?? ready;
  let open = saved?.tabs[saved.open] ?? tabs[0];

  const offered = JSON.stringify(ready.map(key));
  const before = store.getItem(offeredKey);
  if (saved && before !== offered) {
    const untouched = new Set([...stringsIn(before), ...ready.map(key)]);
    const own = tabs.filter((tab) => tab.query.trim() !== '' && !untouched.has(key(tab)));
    tabs = [...ready, ...own];
    open = tabs.find((tab) => open && key(tab) === key(open)) ?? tabs[0];
  }
  if (shared) {
    tabs = [shared, ...tabs.filter((tab) => key(tab) !== key(shared))];
    open = shared;
  }
  if (!open) {
    open = { query: '', variables: '' };
    tabs = [open];
  }
  const place = tabs.indexOf(open);
  try {
    store.setItem(savedKey, graphiqlState(tabs, place));
    store.setItem(offeredKey, offered);
  } catch {
    // A full store only means that the tabs are not kept.
  }
  return { tabs, open: place, newcomer: !saved };
}

/** Reads the operation that an address carries, `?query=…&variables=…` or the same after #; undefined where it carries none. */
export function sharedTab(address: URL): Tab | undefined {
  for (const text of [address.search, address.hash.slice(1)]) {
    const parameters = new URLSearchParams(text);
    const query = parameters.get('query');
    if (query?.trim()) return { query, variables: indented(parameters.get('variables') ?? '') };
  }
  return undefined;
}

/** Writes the address that opens a tab; a long operation goes after the #, which is never sent to a server. */
export function shareLink(address: URL, tab: Tab): string {
  const parameters = new URLSearchParams({ query: tab.query });
  if (tab.variables.trim()) parameters.set('variables', compact(tab.variables));
  const link = `${address.origin}${address.pathname}?${parameters}`;
  return link.length > 4_000 ? link.replace('?', '#') : link;
}

function key(tab: Tab): string {
  return `${tab.query.trim()}\n${compact(tab.variables)}`;
}

function compact(json: string): string {
  return rewritten(json.trim(), 0);
}

function indented(json: string): string {
  return rewritten(json.trim(), 2);
}

function rewritten(json: string, indent: number): string {
  try {
    return JSON.stringify(JSON.parse(json), null, indent);
  } catch {
    return json;
  }
}

function savedTabs(text: string | null | undefined): { tabs: Tab[]; open: number } | undefined {
  const state = parsed(text);
  if (!isRecord(state) || !Array.isArray(state.tabs) || state.tabs.length === 0) return undefined;
  const tabs = state.tabs
    .filter(isRecord)
    .map((tab) => ({ query: string(tab.query), variables: string(tab.variables) }));
  return { tabs, open: typeof state.activeTabIndex === 'number' ? state.activeTabIndex : 0 };
}

function graphiqlState(tabs: Tab[], open: number): string {
  return JSON.stringify({
    activeTabIndex: open,
    tabs: tabs.map((tab) => {
      const name = /^[^#\n]*\b(?:query|mutation|subscription)\s+(\w+)/m.exec(tab.query)?.[1] ?? null;
      const title = name ?? '<untitled>';
      return { ...tab, id: crypto.randomUUID(), title, operationName: name, headers: null, response: null };
    }),
  });
}

function stringsIn(text: string | null | undefined): string[] {
  const list = parsed(text);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
