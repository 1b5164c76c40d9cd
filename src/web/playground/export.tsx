import { ToolbarButton, ToolbarMenu, tryParseJSONC, useGraphiQL } from '@graphiql/react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type Asked, asCurl, asFetch, ask, askedOf, type Refusal, refusalOf, shownHeaders } from './service.ts';
import { operationNames, shareLink } from './tabs.ts';

/** What a dialog shows: a text to copy by hand, or why the service gave no CSV. */
type Shown = { kind: 'text'; title: string; text: string; lack: string } | { kind: 'refusal'; refusal: Refusal };

const listOfNames = new Intl.ListFormat('en-GB');

/** The toolbar's menu that takes the open operation, or its answer, elsewhere. */
export function ExportMenu() {
  const operation = useOpenOperation();
  const button = useRef<HTMLButtonElement>(null);
  const [said, setSaid] = useState('');
  const [shown, setShown] = useState<Shown>();

  const copyLink = async () => {
    const link = operation.link();
    window.history.replaceState(window.history.state, '', link);
    return (await copied(link)) ? 'Link copied' : 'The link is in the address bar';
  };
  const copy = async (title: string, write: typeof asCurl) => {
    const { headers, leftOut } = shownHeaders(operation.address(), operation.headers());
    const text = write(operation.address(), operation.asked(), headers);
    const lack = leftOut.length > 0 ? `without what may be secret: ${listOfNames.format(leftOut)}` : '';
    if (await copied(text)) return `${title} copied${lack && `, ${lack}`}`;
    setShown({ kind: 'text', title, text, lack });
    return '';
  };
  const downloadCsv = async (rows?: string) => {
    const name = operation.fileName('csv');
    const csv = await csvOf(operation.asked(), operation.headers(), rows);
    setShown(csv instanceof Blob ? undefined : { kind: 'refusal', refusal: csv });
    return csv instanceof Blob ? download(csv, name) : '';
  };
  const items: [string, () => string | Promise<string>][] = [
    ['Copy a link to this operation', copyLink],
    ['Copy as a curl command', () => copy('curl command', asCurl)],
    ['Copy as JavaScript (fetch)', () => copy('fetch call', asFetch)],
    ['Download the answer as JSON', () => download(operation.answer(), operation.fileName('json'))],
    ['Download the answer as CSV', () => downloadCsv()],
  ];
  const attempt = async (act: () => string | Promise<string>) => {
    setSaid('');
    try {
      setSaid(await act());
    } catch (error) {
      // Behind an open dialog it would not be read.
      setShown(undefined);
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <>
      <ToolbarMenu
        modal={false}
        button={
          <ToolbarButton ref={button} label="Share and export">
            <ExportIcon />
          </ToolbarButton>
        }
      >
        {items.map(([label, act]) => (
          <ToolbarMenu.Item key={label} onSelect={() => attempt(act)}>
            {label}
          </ToolbarMenu.Item>
        ))}
      </ToolbarMenu>
      <Notice text={said} onRead={() => setSaid('')} />
      {shown && (
        <Dialog
          title={titleOf(shown)}
          onClose={() => setShown(undefined)}
          // What had the focus before, the menu's item, is gone.
          onGone={() => button.current?.focus()}
        >
          {shown.kind === 'text' ? (
            <TextToCopy {...shown} />
          ) : (
            <RefusedCsv {...shown.refusal} onRows={(rows) => attempt(() => downloadCsv(rows))} />
          )}
        </Dialog>
      )}
    </>
  );
}

function titleOf(shown: Shown): string {
  if (shown.kind === 'text') return `Copy the ${shown.title}`;
  return shown.refusal.possibleRows.length > 0 ? 'Which list becomes the rows?' : 'No CSV of this answer';
}

/** What is in the editors now. Each part throws an Error that tells the reader what it lacks. */
function useOpenOperation() {
  const editors = useGraphiQL(({ queryEditor, variableEditor, headerEditor, responseEditor, operationName }) => ({
    queryEditor,
    variableEditor,
    headerEditor,
    responseEditor,
    operationName,
  }));
  const query = () => {
    const text = editors.queryEditor?.getValue() ?? '';
    if (!text.trim()) throw new Error('There is no operation here: write one first.');
    return text;
  };
  return {
    address: () => new URL(window.location.href),
    link: () =>
      shareLink(new URL(window.location.href), {
        query: query(),
        variables: editors.variableEditor?.getValue() ?? '',
        operationName: editors.operationName,
      }),
    asked: () => askedOf(query(), objectIn(editors.variableEditor?.getValue(), 'Variables'), editors.operationName),
    headers: () => {
      const given = objectIn(editors.headerEditor?.getValue(), 'Request headers') ?? {};
      return Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]);
    },
    answer: () => {
      const text = editors.responseEditor?.getValue() ?? '';
      if (!text.trim()) throw new Error('There is no answer yet: run the operation first.');
      return new Blob([text], { type: 'application/json' });
    },
    fileName: (ending: string) => {
      const names = operationNames(query());
      const name = names.find((one) => one === editors.operationName) ?? names[0];
      return `${name ?? 'answer'}.${ending}`;
    },
  };
}

function objectIn(text: string | undefined, title: string): Asked['variables'] {
  try {
    return tryParseJSONC(text);
  } catch (error) {
    throw new Error(`${title} ${error instanceof Error ? error.message : error}`);
  }
}

/** Asks for the answer as CSV. */
async function csvOf(asked: Asked, headers: HeadersInit, rows: string | undefined): Promise<Blob | Refusal> {
  const search = rows ? `?${new URLSearchParams({ rows })}` : '';
  const response = await ask(asked, { accept: 'text/csv', headers, search });
  const isCsv = response.ok && response.headers.get('content-type')?.startsWith('text/csv');
  if (!isCsv) return refusalOf(response);
  try {
    return await response.blob();
  } catch (error) {
    throw new Error(`The answer broke off: ${error instanceof Error ? error.message : error}`);
  }
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers offer the clipboard on https and on this machine only.
    return false;
  }
}

/** @returns what to say of it */
function download(file: Blob, name: string): string {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers read the file only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return `${name} downloaded`;
}

/** Says in passing what came of an action. */
function Notice({ text, onRead }: { text: string; onRead: () => void }) {
  useEffect(() => {
    if (!text) return;
    const timer = setTimeout(onRead, 8_000);
    return () => clearTimeout(timer);
  }, [text, onRead]);
  return (
    <div className="said" role="status">
      {text}
    </div>
  );
}

function Dialog(props: { title: string; onClose: () => void; onGone: () => void; children: ReactNode }) {
  const { title, onClose, onGone, children } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(onGone);
  useEffect(() => {
    dialog.current?.showModal();
    return gone.current;
  }, []);
  return (
    <dialog ref={dialog} className="export" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      <button type="button" className="graphiql-button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

function TextToCopy({ title, text, lack }: { title: string; text: string; lack: string }) {
  return (
    <>
      <p>This page may not write to the clipboard here. The text is selected for you to copy.</p>
      {lack && <p>It is {lack}.</p>}
      <textarea readOnly aria-label={title} value={text} rows={12} onFocus={(event) => event.currentTarget.select()} />
    </>
  );
}

function RefusedCsv({ words, possibleRows, onRows }: Refusal & { onRows: (rows: string) => void }) {
  const id = useId();
  const hasChoice = possibleRows.length > 0;
  return (
    <>
      {hasChoice ? (
        <p>The answer has several lists, and a CSV file holds one. The download as JSON has them all.</p>
      ) : (
        <p className="words" role="alert">
          {words}
        </p>
      )}
      {(hasChoice || /\brows\b/.test(words)) && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onRows(String(new FormData(event.currentTarget).get('rows')).trim());
          }}
        >
          <label htmlFor={id}>Rows</label>
          {hasChoice ? (
            <select id={id} name="rows">
              {possibleRows.map((path) => (
                <option key={path}>{path}</option>
              ))}
            </select>
          ) : (
            <input id={id} name="rows" required placeholder="path.of.the.list" autoComplete="off" spellCheck={false} />
          )}
          <button type="submit" className="graphiql-button">
            Download CSV
          </button>
        </form>
      )}
    </>
  );
}

function ExportIcon() {
  return (
    <svg className="graphiql-toolbar-icon" viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path
        d="M10 12.5V3m0 0L6.5 6.5M10 3l3.5 3.5M5 10H3.5v7h13v-7H15"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
