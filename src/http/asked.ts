import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import * as client from '../client/index.ts';
import type { Found } from './answer-cache.ts';

/** What a request asked of the graph, for those who watch the service: never its variables. */
export interface AskedOperation {
  /** The operations' text. */
  query: string;
  /** The one that is meant, where the request names it. */
  operationName?: string | undefined;
  /** How the answer was come by; left out where nothing is kept of such answers. */
  cache?: Found;
  /** What the operation costs at most, where that was reckoned. */
  cost?: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What was asked of the graph; null where nothing was, or it could not be read. */
    asked: AskedOperation | null;
  }
}

/** What can be told of an operation without telling what it asks about. */
export interface Operation {
  /** Undefined where it has none, or the request names none that there is. */
  name: string | undefined;
  type: string;
  /** Its name where the service ships a worked question of that name, else "other": those are never many. */
  label: string;
  /** The SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
}

/** So many characters of operations are remembered with what can be told of them. */
const KEPT_CHARACTERS = 2_000_000;

/** What a short text takes besides itself. */
const CHARACTERS_BESIDES = 300;

const WORKED = new Set(Object.keys(client).flatMap((name) => (name.endsWith('Document') ? [name.slice(0, -8)] : [])));

/** @returns tells what can be told of an operation; a text that is remembered is not read again */
export function operationReader(): (asked: AskedOperation) => Operation {
  const known = new LRUCache<string, readonly Operation[]>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_operations, text) => text.length + CHARACTERS_BESIDES,
  });
  return ({ query, operationName }) => {
    let operations = known.get(query);
    if (!operations) {
      operations = operationsIn(query);
      known.set(query, operations);
    }
    const [first, ...others] = operations;
    const meant = operations.find(({ name }) => name === operationName);
    return meant ?? (first && others.length === 0 && !operationName ? first : { ...UNKNOWN, hash: hashOf(query) });
  };
}

const UNKNOWN = { name: undefined, type: 'query', label: 'other' };

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A string, a comment, a bracket, or a word. */
const TOKENS = /"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n\r]*|[{}()[\]]|[_A-Za-z]\w*/g;

/** The operations of a text, whether or not it is GraphQL: to parse it again may take longer than to answer it. */
function operationsIn(text: string): Operation[] {
  const found: { type: string; name?: string }[] = [];
  let depth = 0;
  let isBetween = true;
  let begun: { type: string; name?: string } | undefined;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token.startsWith('"') || token.startsWith('#')) continue;
    if (begun && /^\w/.test(token)) begun.name = token;
    begun = undefined;
    if (isBetween) {
      const type = token === '{' ? 'query' : /^(?:query|mutation|subscription)$/.exec(token)?.[0];
      const operation = type && { type };
      if (operation) found.push(operation);
      if (operation && token !== '{') begun = operation;
    }
    isBetween = false;
    if ('{(['.includes(token)) depth += 1;
    else if ('})]'.includes(token)) {
      depth = Math.max(0, depth - 1);
      isBetween = depth === 0 && token === '}';
    }
  }
  let hash: string | undefined;
  return found.map(({ type, name }) => ({
    type,
    name,
    label: name !== undefined && WORKED.has(name) ? name : 'other',
    get hash() {
      hash ??= hashOf(text);
      return hash;
    },
  }));
}
