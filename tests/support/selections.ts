import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** What a question may name: records that exist, and cursors by the field that gives them, as in "Query.editions". */
export interface Pool {
  ids: readonly string[];
  slugs: Readonly<Record<'convention' | 'edition' | 'speaker', readonly string[]>>;
  cursors: Readonly<Record<string, readonly string[]>>;
}

export interface RandomQuestion {
  query: string;
  variables: Record<string, unknown>;
  acceptLanguage: string;
}

/** What stands under a response key, so that whatever is written under it again merges with it. */
interface Taken {
  shape: string;
  children: Scope;
}
type Scope = Map<string, Taken>;

interface Place {
  scope: Scope;
  /** How many levels of objects may still come. */
  depth: number;
  /** How many lists are around. */
  lists: number;
  /** How many fragments are open since the last field. */
  open: number;
  /** Put before every response key of a fragment that may be spread anywhere. */
  prefix: string;
}

interface Fragment {
  name: string;
  type: GraphQLCompositeType;
  /** Where it may be spread again; anywhere when it has none. */
  scope: Scope | undefined;
}

/**
 * Writes a valid operation: random fields, aliases, arguments, fragments, directives and variables.
 * @param depth of objects; a connection takes two levels, for itself and for its nodes
 * @param tape decides everything; where it ends the simplest is chosen, so a shorter tape is a smaller operation
 */
export function writeQuestion(schema: GraphQLSchema, pool: Pool, tape: readonly number[], depth = 7): RandomQuestion {
  let position = 0;
  let fresh = 0;
  const fragments: Fragment[] = [];
  const definitions: string[] = [];
  const declared = new Map<string, string>();
  const variables: Record<string, unknown> = {};

  const below = (limit: number): number => (tape[position++] ?? 0) % limit;
  const oneIn = (chances: number): boolean => below(chances) === chances - 1;
  const pick = <One>(list: readonly One[]): One => {
    const one = list[below(list.length)];
    if (one === undefined) throw new RangeError('Nothing to pick from.');
    return one;
  };

  /** A literal, or a variable of that value; null and nothing are values, too. */
  const given = (
    type: string,
    values: readonly unknown[],
    literal = (value: unknown) => JSON.stringify(value),
  ): string => {
    const value = pick(values);
    if (!oneIn(3)) return literal(value);
    const name = `v${declared.size}`;
    const isNullable = !type.endsWith('!');
    const byDefault = isNullable && oneIn(3);
    declared.set(name, byDefault ? `${type} = ${literal(value)}` : type);
    if (byDefault) return `$${name}`;
    if (!isNullable || !oneIn(4)) variables[name] = value;
    return `$${name}`;
  };
  const word = (value: unknown): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));

  const directive = (): string => {
    if (!oneIn(6)) return '';
    return ` @${pick(['include', 'skip'])}(if: ${given('Boolean!', [true, false])})`;
  };

  const paging = (key: string, lists: number): string[] => {
    const sizes = lists > 0 ? [1, 2, 3] : [2, 1, 3, 5, 8, 100];
    const size = pick(['first', 'last', 'first', lists > 0 ? 'first' : 'neither']);
    const args = size === 'neither' ? [] : [`${size}: ${given(lists > 0 ? 'Int!' : 'Int', sizes)}`];
    if (size !== 'neither' && oneIn(6)) args.push(`${size === 'first' ? 'last' : 'first'}: null`);
    for (const end of ['after', 'before'] as const)
      if (oneIn(4)) args.push(`${end}: ${given('String', [...(pool.cursors[key] ?? []), null])}`);
    return args;
  };

  const argument = ({ name, type }: GraphQLArgument, field: string): string | undefined => {
    switch (name) {
      case 'id':
        return `id: ${given('ID!', [...pool.ids, 'edition_unknown'])}`;
      case 'ids': {
        const [step, from] = [pick([9, 17, 40]), below(9)];
        const ids = pool.ids.filter((_, index) => index % step === from);
        return `ids: ${given('[ID!]!', [[...ids, 'unknown', ...ids.slice(0, 1)], [...ids].reverse(), []])}`;
      }
      case 'locale':
        return `locale: ${given('Locale', ['en', 'zh-Hans', 'zh', 'de', 'fr-CA', null])}`;
      case 'on':
        return `on: ${given('Date', ['2021-09-20', '2021-12-31', '2026-07-01', null])}`;
      case 'style':
        return `style: ${given('CitationStyle!', ['BIBTEX', 'CSL_JSON', 'PLAIN'], word)}`;
      case 'notation':
        return `notation: ${given('Notation!', ['STANDARD', 'COMPACT'], word)}`;
      case 'metric':
        return `metric: ${given('[Metric!]', [['EXHIBITORS'], ['VISITORS', 'OTHER'], [], null], word)}`;
      default:
        throw new TypeError(`No value is known for the argument ${field}(${name}: ${type}).`);
    }
  };

  const argumentsOf = (parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, lists: number): string => {
    const names = new Set(field.args.map(({ name }) => name));
    const record =
      field.name === 'convention' || field.name === 'edition' || field.name === 'speaker' ? field.name : undefined;
    if (names.has('slug') && record)
      return oneIn(4)
        ? `(slug: null, id: ${given('ID!', pool.ids)})`
        : `(slug: ${JSON.stringify(pick([...pool.slugs[record], 'unknown']))})`;
    const written = names.has('first')
      ? paging(`${parent.name}.${field.name}`, lists)
      : field.args.flatMap((one) =>
          one.type.toString().endsWith('!') && one.defaultValue === undefined
            ? (argument(one, field.name) ?? [])
            : oneIn(2)
              ? (argument(one, `${parent.name}.${field.name}`) ?? [])
              : [],
        );
    return written.length > 0 ? `(${written.join(', ')})` : '';
  };

  const field = (parent: GraphQLCompositeType, place: Place): string => {
    const all = isUnionType(parent) ? [] : Object.values(parent.getFields());
    const leaves = all.filter(({ type }) => isLeafType(getNamedType(type)));
    const objects = place.depth > 0 ? all.filter(({ type }) => isCompositeType(getNamedType(type))) : [];
    const kind = objects.length > 0 && (leaves.length === 0 || below(2) === 1) ? objects : leaves;
    if (kind.length === 0 || oneIn(9)) return named('__typename', 'String!', place).text;
    const chosen = pick(kind);
    const key = oneIn(3) ? pick(['a', 'b', ...all.map(({ name }) => name)]) : chosen.name;
    const args = argumentsOf(parent, chosen, place.lists);
    const { text, children } = named(chosen.name, String(chosen.type), place, key, args);
    const type = getNamedType(chosen.type);
    if (!isCompositeType(type)) return `${text}${directive()}`;
    const isList = isListType('ofType' in chosen.type ? chosen.type.ofType : chosen.type) || args.includes('first');
    const lists = place.lists + (isList || type.name.endsWith('Connection') ? 1 : 0);
    const selection = selectionSet(type, { scope: children, depth: place.depth - 1, lists, open: 0, prefix: '' });
    return `${text}${directive()} ${selection}`;
  };

  /** The field under a response key that is free, or that holds the very same already. */
  const named = (name: string, type: string, { scope, prefix }: Place, wanted = name, args = '') => {
    const shape = `${name}${args}: ${type}`;
    let key = `${prefix}${wanted}`;
    if ((scope.get(key)?.shape ?? shape) !== shape) key = `${prefix}z${fresh++}`;
    const taken = scope.get(key) ?? { shape, children: new Map() };
    scope.set(key, taken);
    return { text: `${key === name ? '' : `${key}: `}${name}${args}`, children: taken.children };
  };

  const conditions = (parent: GraphQLCompositeType): GraphQLCompositeType[] => {
    const possible = (type: GraphQLCompositeType) =>
      new Set(isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);
    const own = possible(parent);
    return Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLCompositeType => isCompositeType(type) && [...possible(type)].some((one) => own.has(one)),
    );
  };

  const inlineFragment = (parent: GraphQLCompositeType, place: Place): string => {
    const type = oneIn(4) ? undefined : pick(conditions(parent));
    const selection = selectionSet(type ?? parent, { ...place, open: place.open + 1 });
    return `...${type ? ` on ${type.name}` : ''}${directive()} ${selection}`;
  };

  const spread = (parent: GraphQLCompositeType, place: Place): string => {
    const fitting = conditions(parent);
    const known = fragments.filter(
      ({ type, scope }) => fitting.includes(type) && (scope === undefined || scope === place.scope),
    );
    if (known.length > 0 && below(2) === 1) return `...${pick(known).name}${directive()}`;
    const type = pick([parent, ...fitting]);
    const name = `F${definitions.length}`;
    const index = definitions.push('') - 1;
    const isPrivate = below(2) === 1;
    const inside = isPrivate ? { ...place, scope: new Map(), prefix: `f${index}_` } : place;
    definitions[index] = `fragment ${name} on ${type.name} ${selectionSet(type, { ...inside, open: place.open + 1 })}`;
    // What a private fragment holds was written for its own depth in lists: deeper it would be too much.
    if (!isPrivate || place.lists < 2) fragments.push({ name, type, scope: isPrivate ? undefined : place.scope });
    return `...${name}${directive()}`;
  };

  const selectionSet = (type: GraphQLCompositeType, place: Place): string => {
    const items = Array.from({ length: 1 + below(place.open > 0 ? 4 : 6) }, () => {
      const kind = place.open < 3 ? below(8) : 0;
      if (kind === 6) return inlineFragment(type, place);
      if (kind === 7) return spread(type, place);
      return isUnionType(type) && place.open < 3 && below(4) > 0 ? inlineFragment(type, place) : field(type, place);
    });
    return `{ ${items.join(' ')} }`;
  };

  const root = schema.getQueryType();
  if (!isObjectType(root)) throw new TypeError('The schema has no queries.');
  const scope: Scope = new Map();
  const selection = selectionSet(root, { scope, depth, lists: 0, open: 0, prefix: '' });
  const acceptLanguage = pick(['', 'en', 'zh-CN, zh;q=0.9, en;q=0.8', 'fr', 'de-DE, en', '*']);
  const header = [...declared].map(([name, type]) => `$${name}: ${type}`).join(', ');
  const query = [`query Random${header ? `(${header})` : ''} ${selection}`, ...definitions].join('\n');
  return { query, variables, acceptLanguage };
}
