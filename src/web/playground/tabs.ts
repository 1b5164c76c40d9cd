/** What a tab holds; variables are JSON text, empty where there are none. */
export interface Tab {
  query: string;
  variables: string;
  /** Which of the query's operations is chosen, where it has several. */
  operationName?: string | undefined;
}

/** The part of the browser's localStorage that is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>;

// GraphiQL's own key: what is written there is what it opens with.
const savedKey = 'graphiql:tabState';
// Under GraphiQL's prefix, so that its "Clear data" forgets this too.
const offeredKey = 'graphiql:offeredQuestions';

/**
 * Decides the tabs that the playground opens with and writes them where GraphiQL reads them.
 * A newcomer gets those that introduce the service; somebody who was here before gets their own tabs, in which ready
 * questions that they never changed follow the service's newer texts; a shared operation comes first and is open.
 * @param options `ready` has every ready question, `opening` those that a newcomer begins with
 * @returns the tabs, the place of the open one, and whether nobody had tabs here before
 */
export function openTabs(options: {
  store: Store;
  ready: readonly Tab[];
  opening: readonly Tab[];
  shared: Tab | undefined;
}): { tabs: Tab[]; open: number; newcomer: boolean } {
  const { store, shared } = options;
  const ready = options.ready.map(bare);
  const saved = savedTabs(store.getItem(savedKey));
  let tabs = saved ? followed(saved.tabs, stringsIn(store.getItem(offeredKey)), ready) : options.opening.map(bare);
  let open = tabs[saved?.open ?? 0] ?? tabs[0];
  if (shared) {
    tabs = [shared, ...tabs.filter((tab) => !sameOperation(tab, shared))];
    open = shared;
  }
  if (!open) {
    open = { query: '', variables: '' };
    tabs = [open];
  }
  const place = tabs.indexOf(open);
  try {
    store.setItem(savedKey, graphiqlState(tabs, place));
    store.setItem(offeredKey, JSON.stringify(ready.map(key)));
  } catch {
    // A full store only means that the tabs are not kept.
  }
  return { tabs, open: place, newcomer: !saved };
}

/** Tabs with the service's newer text in place of each that is as it was offered before, and is offered under that name. */
function followed(tabs: readonly Tab[], before: readonly string[], ready: readonly Tab[]): Tab[] {
  const offered = new Set(before);
  const newer = new Map(ready.map((tab) => [operationNames(tab.query)[0], tab]));
  return tabs.map((tab) => (offered.has(key(tab)) && newer.get(operationNames(tab.query)[0])) || tab);
}

/** @returns the names of the operations in a text, which may be wrong or unfinished */
export function operationNames(query: string): string[] {
  const code = query.replaceAll(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g, '');
  return [...code.matchAll(/\b(?:query|mutation|subscription)\s+(\w+)/g)].flatMap(([, name]) => name ?? []);
}

/** @returns the name, where it chooses among several operations of a text; undefined where there is nothing to choose */
export function chosenOperation(query: string, name: string | null | undefined): string | undefined {
  const names = operationNames(query);
  return names.length > 1 ? names.find((one) => one === name) : undefined;
}

/** Says whether two tabs ask the same with the same variables, however these are spaced. */
export function sameOperation(one: Tab, other: Tab): boolean {
  return key(one) === key(other);
}

/** Reads the operation that an address carries, `#query=…&variables=…&operationName=…` or the same after ?; undefined where it carries none. */
export function sharedTab(address: URL): Tab | undefined {
  for (const text of [address.hash.slice(1), address.search]) {
    const parameters = new URLSearchParams(text);
    const query = parameters.get('query');
    if (!query?.trim()) continue;
    const operationName = chosenOperation(query, parameters.get('operationName'));
    return { query, variables: indented(parameters.get('variables') ?? ''), ...(operationName && { operationName }) };
  }
  return undefined;
}

/** Writes the address that opens a tab. All is after the #, which is never sent to a server. */
export function shareLink(address: URL, tab: Tab): string {
  const parameters = new URLSearchParams({ query: tab.query });
  if (tab.variables.trim()) parameters.set('variables', compact(tab.variables));
  const chosen = chosenOperation(tab.query, tab.operationName);
  if (chosen) parameters.set('operationName', chosen);
  return `${address.origin}${address.pathname}#${parameters}`;
}

function bare({ query, variables }: Tab): Tab {
  return { query, variables };
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
  if (!isRecord(state) || !Array.isArray(state.tabs)) return undefined;
  const tabs = state.tabs
    .filter(isRecord)
    .filter(({ query }) => typeof query === 'string' || query === null)
    .map((tab) => ({ query: string(tab.query), variables: string(tab.variables) }));
  if (tabs.length === 0) return undefined;
  return { tabs, open: typeof state.activeTabIndex === 'number' ? state.activeTabIndex : 0 };
}

function graphiqlState(tabs: Tab[], open: number): string {
  return JSON.stringify({
    activeTabIndex: open,
    tabs: tabs.map((tab) => {
      const name = chosenOperation(tab.query, tab.operationName) ?? operationNames(tab.query)[0] ?? null;
      const title = name ?? '<untitled>';
      return { ...tab, id: crypto.randomUUID(), title, operationName: name, headers: null, response: null };
    }),
  });
}

function stringsIn(text: string | null | undefined): string[] {
  return stringsOf(parsed(text));
}

/** @returns what a text holds as JSON; null where it is none */
export function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** @returns the texts in a list; none where it is no list */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Says whether a value has named parts. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
