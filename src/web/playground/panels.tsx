import subjects from 'virtual:questions';
import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useId, useState } from 'react';
import type { Question } from '../questions.ts';
import { operationNames, sameOperation, sharedTab, type Tab } from './tabs.ts';

/** The sidebar's list of all ready questions, by subject. */
export const QUESTIONS: GraphiQLPlugin = {
  title: 'Questions',
  icon: QuestionIcon,
  content: QuestionList,
};

function QuestionList() {
  const id = useId();
  const { setVisiblePlugin } = useGraphiQLActions();
  const openTab = useOpenTab();
  const shown = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.query?.trim());
  const open = (question: Question) => {
    if (window.matchMedia('(max-width: 700px)').matches) setVisiblePlugin(null);
    openTab(question, (tab) => tab.query.trim() === question.query.trim());
  };
  return (
    <section className="questions" aria-labelledby={id}>
      <h2 id={id}>Questions</h2>
      <p>Open one, run it, change it.</p>
      {subjects.map(({ subject, questions }, place) => (
        <section key={subject} aria-labelledby={`${id}${place}`}>
          <h3 id={`${id}${place}`}>{subject}</h3>
          <ul>
            {questions.map((question) => (
              <li key={question.name}>
                <button type="button" aria-current={question.query.trim() === shown} onClick={() => open(question)}>
                  <span>{question.headline}</span>
                  <code>{question.name}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** @returns what opens a tab: the one that `isIt` takes for it, or a new one */
function useOpenTab(): (tab: Tab, isIt: (tab: Tab) => boolean) => void {
  const { addTab, changeTab, setOperationName, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, queryEditor, variableEditor } = useGraphiQL(({ tabs, queryEditor, variableEditor }) => ({
    tabs,
    queryEditor,
    variableEditor,
  }));
  return ({ query, variables, operationName }, isIt) => {
    const place = tabs.findIndex((tab) => isIt({ query: tab.query ?? '', variables: tab.variables ?? '' }));
    if (place >= 0) changeTab(place);
    else {
      addTab();
      queryEditor?.setValue(query);
      variableEditor?.setValue(variables);
      updateActiveTabValues({ query, variables });
    }
    // By itself GraphiQL learns of it a moment late, and gives the name to whichever tab is opened within that moment.
    setOperationName(operationName ?? tabs[place]?.operationName ?? operationNames(query)[0] ?? '');
  };
}

/**
 * Opens what a link shares when it is followed on the open page: only what follows the # changes then, and nothing is
 * loaded. Chooses that one of several operations that the link names.
 */
export function FollowAddress() {
  const openTab = useOpenTab();
  const [followed, setFollowed] = useState(() => sharedTab(new URL(window.location.href)));
  useChosenOperation(followed);
  useEffect(() => {
    const follow = () => {
      const shared = sharedTab(new URL(window.location.href));
      setFollowed(shared);
      if (shared) openTab(shared, (tab) => sameOperation(tab, shared));
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [openTab]);
  return null;
}

/** Chooses the operation of a tab whenever GraphiQL has read its text: by itself it takes the first one then. */
function useChosenOperation(tab: Tab | undefined): void {
  const { setOperationName } = useGraphiQLActions();
  const operations = useGraphiQL((state) => state.operations);
  const editor = useGraphiQL((state) => state.queryEditor);
  useEffect(() => {
    if (!editor || editor.getValue() !== tab?.query) return;
    const chosen = operations?.find(({ name }) => name && name.value === tab.operationName);
    if (!chosen?.name) return;
    setOperationName(chosen.name.value);
    // The key that runs takes the operation that the cursor is in.
    const start = editor.getModel()?.getPositionAt(chosen.loc?.start ?? 0);
    if (start && !editor.hasTextFocus()) editor.setPosition(start);
  }, [tab, operations, editor, setOperationName]);
}

/** Makes the editors follow when the system turns dark or light while the page is open; the style sheet does so by itself. */
export function FollowSystemTheme() {
  const { setTheme } = useGraphiQLActions();
  const theme = useGraphiQL((state) => state.theme);
  useEffect(() => {
    if (theme !== null) return;
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(null);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme, setTheme]);
  return null;
}

/** Scrolls the open tab into the row of tabs: a question or a shared link may open one that lies outside. */
export function OpenTabInSight() {
  const place = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    document.getElementById(`graphiql-session-tab-${place}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [place]);
  return null;
}

/** Marks at which ends the row of tabs goes on beyond what is seen of it, for the style sheet. */
export function MoreTabsMarked() {
  useEffect(() => {
    const row = document.querySelector<HTMLElement>('.graphiql-tabs');
    if (!row) return;
    const mark = () => {
      const after = row.scrollWidth - row.clientWidth - row.scrollLeft;
      const more = [row.scrollLeft > 1 && 'before', after > 1 && 'after'].filter(Boolean).join(' ');
      if (more) row.dataset.more = more;
      else delete row.dataset.more;
    };
    const resized = new ResizeObserver(mark);
    resized.observe(row);
    const changed = new MutationObserver(mark);
    changed.observe(row, { childList: true, subtree: true, characterData: true });
    row.addEventListener('scroll', mark);
    return () => {
      resized.disconnect();
      changed.disconnect();
      row.removeEventListener('scroll', mark);
    };
  }, []);
  return null;
}

/** Lets dashes and Chinese punctuation stand as they are: Monaco puts a warning frame around each. */
export function PlainPunctuation() {
  const editors = useGraphiQL((state) => [state.queryEditor, state.variableEditor, state.responseEditor]);
  useEffect(() => {
    for (const editor of editors) {
      editor?.updateOptions({ unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false } });
    }
  }, [editors]);
  return null;
}

function QuestionIcon() {
  return (
    <svg viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M3 4.5h14v9H9.5L6 16.8v-3.3H3z" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <path
        d="M8.3 7.6a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1.1"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
      <circle cx="10" cy="12" r=".9" fill="currentColor" />
    </svg>
  );
}
