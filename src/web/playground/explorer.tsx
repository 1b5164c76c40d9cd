import '@graphiql/plugin-explorer/style.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { type GraphiQLPlugin, useOperationsEditorState } from '@graphiql/react';
import { GraphQLError, parse } from 'graphql';

const plugin = explorerPlugin();

/** The sidebar's panel that builds the operation by clicking. */
export const EXPLORER: GraphiQLPlugin = { ...plugin, title: 'Explorer', content: Explorer };

function Explorer() {
  const [text] = useOperationsEditorState();
  const trouble = troubleIn(text);
  return (
    <div className="explorer">
      {/* It would write the last operation that it could read, perhaps another tab's, over an unfinished one. */}
      <div inert={trouble !== undefined}>
        <plugin.content />
      </div>
      {trouble && <p role="status">The operation cannot be read yet. {trouble}</p>}
    </div>
  );
}

function troubleIn(text: string): string | undefined {
  if (!text.trim()) return undefined;
  try {
    parse(text);
    return undefined;
  } catch (error) {
    const line = error instanceof GraphQLError ? error.locations?.[0]?.line : undefined;
    return `Line ${line}: ${error instanceof Error ? error.message : error}`;
  }
}
