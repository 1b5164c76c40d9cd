import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import questions from 'virtual:questions';
import { GraphiQL, type GraphiQLProps, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { FollowSystemTheme, OpenTabInSight, PlainPunctuation, QUESTIONS, ShareButton } from './panels.tsx';
import { openTabs, sharedTab } from './tabs.ts';

const fetcher: GraphiQLProps['fetcher'] = async ({ query, variables, operationName }, { headers } = {}) => {
  // GraphiQL learns of another tab's operation a moment late: a name that the text does not hold would be refused.
  const name = operationName && query.includes(operationName) ? operationName : undefined;
  const response = await fetch(window.location.pathname, {
    method: 'POST',
    headers: { accept: 'application/json', ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, operationName: name }),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} with something that is not JSON: ${text.slice(0, 200)}`);
  }
};

/** Browsers that block storage throw on the mere mention of it: undefined then. */
function localStore(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function memoryStore() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
    length: 0,
  };
}

// Left to itself GraphiQL uses localStorage, and clears no more than its own part of it.
const blocked = localStore() ? undefined : memoryStore();
const store = blocked ?? window.localStorage;
const shared = sharedTab(new URL(window.location.href));
const { tabs, open, newcomer } = openTabs({ store, ready: questions, shared });
const roomy = window.matchMedia('(min-width: 1200px)').matches;
const container = document.getElementById('playground');
if (!container) throw new Error('index.html has no element with the id "playground".');

createRoot(container).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    initialQuery={tabs[open]?.query}
    initialVariables={tabs[open]?.variables}
    defaultEditorToolsVisibility={tabs.some((tab) => tab.variables) ? 'variables' : undefined}
    plugins={[QUESTIONS, HISTORY_PLUGIN]}
    visiblePlugin={newcomer && !shared && roomy ? QUESTIONS : undefined}
    schemaDescription
    storage={blocked}
  >
    <GraphiQL.Logo>
      <a className="wordmark" href="/schema.graphql" title="The schema as text">
        Expograph
      </a>
    </GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, merge, copy }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <ShareButton />
        </>
      )}
    </GraphiQL.Toolbar>
    <FollowSystemTheme />
    <OpenTabInSight />
    <PlainPunctuation />
  </GraphiQL>,
);
