import questions from 'virtual:questions';
import { type GraphiQLPlugin, ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { shareLink } from './tabs.ts';

/** The sidebar's list of ready questions, for whoever closed or changed their tabs. */
export const QUESTIONS: GraphiQLPlugin = {
  title: 'Questions',
  icon: QuestionIcon,
  content: QuestionList,
};

function QuestionList() {
  const { addTab, changeTab, setVisiblePlugin } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(
    ({ tabs, activeTabIndex, queryEditor, variableEditor }) => ({ tabs, activeTabIndex, queryEditor, variableEditor }),
  );
  const shown = tabs[activeTabIndex]?.query?.trim();
  const open = ({ query, variables }: { query: string; variables: string }) => {
    if (window.matchMedia('(max-width: 700px)').matches) setVisiblePlugin(null);
    const place = tabs.findIndex((tab) => tab.query?.trim() === query.trim());
    if (place >= 0) return changeTab(place);
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
  };
  return (
    <section className="questions" aria-label="Questions">
      <h1>Questions</h1>
      <p>Open one, run it, change it.</p>
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
  );
}

/** The toolbar's button that puts the open operation into the address bar and on the clipboard. */
export function ShareButton() {
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({
    queryEditor,
    variableEditor,
  }));
  const [label, setLabel] = useState('Copy a link to this operation');
  const share = async () => {
    const tab = { query: queryEditor?.getValue() ?? '', variables: variableEditor?.getValue() ?? '' };
    const link = shareLink(new URL(window.location.href), tab);
    window.history.replaceState(null, '', link);
    try {
      await navigator.clipboard.writeText(link);
      setLabel('Link copied');
    } catch {
      // Browsers offer the clipboard on https and on this machine only.
      setLabel('The link is in the address bar');
    }
  };
  return (
    <ToolbarButton label={label} onClick={share}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 20 20" fill="none" aria-hidden="true">
        <path
          d="M8.5 11.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
        />
      </svg>
    </ToolbarButton>
  );
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
