import {
  type ArgumentNode,
  type DefinitionNode,
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  parseType,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { AnswerError } from './error.ts';
import { keyOf, type Operation, type Part } from './operation.ts';
import { isPage } from './rows.ts';

/** How a list is asked page by page. */
export interface PageQueries {
  /** The operation with what else must be known; takes the variable `size`. */
  first: string;
  /** Only the list, behind a cursor; takes `size`, `cursor` and, where the list is in other lists, `id`. */
  later: string;
  /** Names that the operation does not use: of variables, and of keys in the answer. */
  names: { marks: string; id: string; size: string; cursor: string };
}

/**
 * Rewrites an operation so that one of its lists can be followed.
 * @param list the connection that is followed
 * @param parent the record that it is of, where each such record has a list of its own
 * @throws AnswerError when there are too many fragments on the way
 */
export function pageQueries(operation: Operation, list: Part, parent: Part | undefined): PageQueries {
  const names = unusedNames(operation);
  const typeOf = (name: string) => String(list.definition.args.find((one) => one.name === name)?.type);
  const size = argument('first', names.size);
  const marks = selectionOf(`{ ${names.marks}: pageInfo { hasNextPage endCursor } }`);
  const ids = selectionOf(`{ ... on Node { ${names.id}: id } }`);

  const added = new Map([[list.keys.length, marks]]);
  if (parent) added.set(parent.keys.length, ids);
  const whole = rewritten(operation.definition.selectionSet, operation, {
    keys: list.keys,
    keepsRest: true,
    arguments: [size],
    added,
  });

  const depth = parent?.keys.length ?? 0;
  const pages = list.parts.filter((part) => isPage(part) || part.definition.name === 'pageInfo');
  const chain: Chain = {
    keys: list.keys.slice(depth),
    keepsRest: false,
    keepsInLast: new Set(pages.map(({ key }) => key)),
    arguments: [size, argument('after', names.cursor)],
    added: new Map([[list.keys.length - depth, marks]]),
  };
  const selections = (parent ?? operation).selections.flatMap(({ type, set }) => {
    const below = rewritten(set, operation, chain);
    return below.selections.length > 0 ? [`... on ${type.name} ${print(below)}`] : [];
  });
  const later = parent ? `{ node(id: $${names.id}) { ${selections.join(' ')} } }` : `{ ${selections.join(' ')} }`;
  const declared = { [names.size]: typeOf('first'), [names.cursor]: typeOf('after') };
  return {
    first: printOperation(operation, whole, { [names.size]: typeOf('first') }),
    later: printOperation(operation, selectionOf(later), { ...declared, ...(parent && { [names.id]: 'ID!' }) }),
    names,
  };
}

function unusedNames({ definition, fragments }: Operation): PageQueries['names'] {
  const text = [definition, ...fragments.values()].map((one) => print(one)).join();
  let marks = '_following';
  while (text.includes(marks)) marks += '_';
  return { marks, id: `${marks}Id`, size: `${marks}Size`, cursor: `${marks}Cursor` };
}

function selectionOf(text: string): SelectionSetNode {
  const [query] = parse(text, { noLocation: true }).definitions;
  if (query?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`${text} is no selection.`);
  return query.selectionSet;
}

/** How the selection along one chain of response keys is rewritten. */
interface Chain {
  keys: readonly string[];
  /** Whether what stands beside the chain stays. */
  keepsRest: boolean;
  /** Which of the last field's own keys stay, where not all do. */
  keepsInLast?: ReadonlySet<string>;
  /** Arguments that the last field gets, in place of those of the same name. */
  arguments: readonly ArgumentNode[];
  /** What is asked besides, of the object beneath so many keys of the chain. */
  added: ReadonlyMap<number, SelectionSetNode>;
}

/** Fragments on the way are written out, and twice in each other may be without end. */
const MOST_FRAGMENTS = 1_000;

/** Rewrites a selection along a chain of response keys, wherever in fragments they are. */
function rewritten(set: SelectionSetNode, operation: Operation, chain: Chain): SelectionSetNode {
  let written = 0;
  const at = (below: SelectionSetNode, depth: number): SelectionSetNode => {
    const isLast = depth === chain.keys.length;
    const rewriteField = (node: FieldNode): SelectionNode[] => {
      const key = keyOf(node);
      if (isLast) return !chain.keepsInLast || chain.keepsInLast.has(key) ? [node] : [];
      if (key !== chain.keys[depth]) return chain.keepsRest ? [node] : [];
      const more = depth + 1 === chain.keys.length ? chain.arguments : [];
      const names = new Set(more.map(({ name }) => name.value));
      const kept = (node.arguments ?? []).filter(({ name }) => !names.has(name.value));
      return [
        {
          ...node,
          arguments: [...kept, ...more],
          selectionSet: node.selectionSet && withAdded(at(node.selectionSet, depth + 1), depth + 1),
        },
      ];
    };
    const rewriteFragment = (
      node: InlineFragmentNode | undefined,
      directives: InlineFragmentNode['directives'],
    ): SelectionNode[] => {
      if (!node) return [];
      if (++written > MOST_FRAGMENTS)
        throw new AnswerError('The operation has too many fragments to be followed page by page.', {
          code: 'OPERATION_TOO_LARGE',
        });
      const inner = at(node.selectionSet, depth);
      return inner.selections.length > 0 ? [{ ...node, directives, selectionSet: inner }] : [];
    };
    const selections = below.selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return rewriteField(node);
      if (node.kind === Kind.INLINE_FRAGMENT) return rewriteFragment(node, node.directives);
      const fragment = operation.fragments.get(node.name.value);
      return rewriteFragment(fragment && { ...fragment, kind: Kind.INLINE_FRAGMENT }, node.directives);
    });
    return { kind: Kind.SELECTION_SET, selections };
  };
  const withAdded = (below: SelectionSetNode, depth: number): SelectionSetNode => {
    const added = chain.added.get(depth);
    return added ? { ...below, selections: [...below.selections, ...added.selections] } : below;
  };
  return withAdded(at(set, 0), 0);
}

/**
 * Writes an operation with another selection, and with what it still needs of variables and fragments.
 * @param declared variables that it has besides, by name, each with its type: "String!"
 */
function printOperation(
  { definition, fragments }: Operation,
  selectionSet: SelectionSetNode,
  declared: Readonly<Record<string, string>>,
): string {
  const needed = new Set<string>();
  const used = new Set<string>();
  const look = (node: DefinitionNode): void => {
    visit(node, {
      Variable: ({ name }) => void used.add(name.value),
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || needed.has(name.value)) return;
        needed.add(name.value);
        look(fragment);
      },
    });
  };
  const bare: OperationDefinitionNode = { ...definition, selectionSet, variableDefinitions: [] };
  look(bare);
  const own = (definition.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  const more = Object.entries(declared).map(
    ([name, type]): VariableDefinitionNode => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      type: parseType(type),
    }),
  );
  const definitions = [
    { ...bare, variableDefinitions: [...own, ...more] },
    ...[...needed].flatMap((name) => fragments.get(name) ?? []),
  ];
  return definitions.map((one) => print(one)).join('\n');
}

/** @returns `name: $variable` */
function argument(name: string, variable: string): ArgumentNode {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
  };
}
