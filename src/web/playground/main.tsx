import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import subjects from 'virtual:questions';
import { GraphiQL, type GraphiQLProps, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { EXPLORER } from './explorer.tsx';
import { ExportMenu } from './export.tsx';
import {
  FollowAddress,
  FollowSystemTheme,
  MoreTabsMarked,
  OpenTabInSight,
  PlainPunctuation,
  QUESTIONS,
} from './panels.tsx';
import { ask, askedOf } from './service.ts';
import { openTabs, sharedTab } from './tabs.ts';

const fetcher: GraphiQLProps['fetcher'] = async ({ query, variables, operationName }, { headers } = {}) => {
  const response = await ask(askedOf(query, variables, operationName), { accept: 'application/json', headers });
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
const { tabs, open, newcomer } = openTabs({
  store,
  shared,
  ready: subjects.flatMap(({ questions }) => questions),
  // All of them at once would be no help: the panel has the others.
  opening: subjects.flatMap(({ questions }) => questions.slice(0, 1)),
});
const roomy = window.matchMedia('(min-width: 1200px)').matches;
const container = document.getElementById('playground');
if (!container) throw new Error('index.html has no element with the id "playground".');

createRoot(container).render(
  <>
    <h1 className="unseen">Expograph – GraphQL playground</h1>
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabs}
      initialQuery={tabs[open]?.query}
      initialVariables={tabs[open]?.variables}
      defaultEditorToolsVisibility={tabs.some((tab) => tab.variables) ? 'variables' : undefined}
      plugins={[QUESTIONS, EXPLORER, HISTORY_PLUGIN]}
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
            <ExportMenu />
          </>
        )}
      </GraphiQL.Toolbar>
      <FollowAddress />
      <FollowSystemTheme />
      <OpenTabInSight />
      <MoreTabsMarked />
      <PlainPunctuation />
    </GraphiQL>
  </>,
);
