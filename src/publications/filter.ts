import { z } from 'zod';
import type { EditionOrder, EditionStatus, EditionWhere, OverviewOfEditionsQuery } from '../client/index.ts';

/** The sections of the list, in the order in which they stand. */
export const SHOWS = ['running', 'upcoming', 'past', 'other'] as const;
export type Show = (typeof SHOWS)[number];

const STATUSES: Record<Show, EditionStatus[]> = {
  running: ['RUNNING'],
  upcoming: ['UPCOMING'],
  past: ['HELD'],
  other: ['UNKNOWN', 'POSTPONED', 'CANCELLED'],
};

/** What a reader narrowed the list of editions by; null where by nothing. */
export interface Filter {
  q: string | null;
  year: number | null;
  country: string | null;
  convention: string | null;
  show: Show | null;
  /** Cursors of the section that is shown. */
  after: string | null;
  before: string | null;
}

/** An address that cannot be used; the message names the value and the way out. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/** More is asked than can be answered now. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
}

const LONGEST_TEXT = 200;
const given = (rule: z.ZodType<string>) => rule.nullable().default(null);
const parameters = z.object({
  q: given(z.string().max(LONGEST_TEXT, `must have ${LONGEST_TEXT} characters at most`)),
  year: given(z.string().regex(/^\d{4}$/, 'must be a year of four digits, such as 2021')),
  country: given(z.string().regex(/^[A-Za-z]{2}$/, 'must be a code of ISO 3166-1 of two letters, such as CN')),
  convention: given(z.string().regex(/^[a-z0-9-]{1,200}$/, 'must be the slug of a convention')),
  show: z
    .enum(SHOWS, `must be one of ${SHOWS.join(', ')}`)
    .nullable()
    .default(null),
  after: given(z.string()),
  before: given(z.string()),
});

/** @throws AddressError for the first parameter that cannot be used, or that is given twice */
function readParameters<Shape extends z.ZodRawShape>(
  rules: z.ZodObject<Shape>,
  query: Record<string, unknown>,
): z.output<z.ZodObject<Shape>> {
  const named: Record<string, unknown> = {};
  for (const name of Object.keys(rules.shape)) {
    const value = query[name];
    if (Array.isArray(value)) throw new AddressError(`${name} may be given once; got ${JSON.stringify(value)}.`);
    const text = typeof value === 'string' ? value.trim() : '';
    if (text !== '') named[name] = text;
  }
  const read = rules.safeParse(named);
  if (read.success) {
    if (named.after !== undefined && named.before !== undefined)
      throw new AddressError('after and before cannot be given together; leave one out.');
    return read.data;
  }
  const [issue] = read.error.issues;
  const name = String(issue?.path[0]);
  throw new AddressError(`${name} ${issue?.message}; got ${JSON.stringify(named[name])}.`);
}

const seriesParameters = parameters.pick({ convention: true, after: true, before: true });

/**
 * Reads which conventions are asked for: one, or a page of all. What is empty counts as not given, others are left alone.
 * @throws AddressError for the first parameter that cannot be used
 */
export function readSeriesFilter(query: Record<string, unknown>): Pick<Filter, 'convention' | 'after' | 'before'> {
  const filter = readParameters(seriesParameters, query);
  if (filter.convention !== null && (filter.after !== null || filter.before !== null))
    throw new AddressError('One convention has no pages; leave after and before out.');
  return filter;
}

/**
 * Reads the filter from the parameters of an address; one that is empty counts as not given, others are left alone.
 * @throws AddressError for the first that cannot be used
 */
export function readFilter(query: Record<string, unknown>): Filter {
  const { q, year, country, convention, show, after, before } = readParameters(parameters, query);
  if (show === null && (after !== null || before !== null))
    throw new AddressError(`after and before need show, one of ${SHOWS.join(', ')}.`);
  return {
    ...{ q, year: year === null ? null : Number(year), country: country?.toUpperCase() ?? null },
    ...{ convention, show, after, before },
  };
}

/** Says in the graph's terms which editions a filter leaves. */
export function whereOf({ q, year, country, convention }: Filter): EditionWhere {
  const and: EditionWhere[] = [];
  if (q !== null) and.push({ search: q });
  if (year !== null) and.push({ year: { eq: year } });
  if (country !== null) and.push({ country: { eq: country } });
  if (convention !== null) and.push({ convention: { slug: { eq: convention } } });
  return { and };
}

/** @returns what narrows a list to a section, and its order: the soonest first of what is on or to come, else the newest */
export function sectionOf(where: EditionWhere, show: Show): { where: EditionWhere; orderBy: EditionOrder[] | null } {
  return {
    where: { and: [where, { status: { in: STATUSES[show] } }] },
    orderBy: show === 'running' || show === 'upcoming' ? [{ field: 'START_DATE', direction: 'ASC' }] : null,
  };
}

/**
 * Writes an address of the list.
 * @param path "/" or "/calendar.ics"
 * @param change what differs from the filter; cursors are kept only where they are named
 */
export function addressOf(
  path: string,
  filter: Filter,
  change: Partial<Filter> & { lang?: string | null } = {},
): string {
  const { after = null, before = null, lang = null, ...rest } = change;
  // In the order of the filter, so that equal lists have equal addresses.
  const all = { ...filter, ...rest, after, before, lang };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== null) parameters.set(name, String(value));
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** @returns how many editions of a filtered list each section holds */
export function countsOf({ found }: OverviewOfEditionsQuery): Record<Show, number> {
  const counts = { running: 0, upcoming: 0, past: 0, other: 0 };
  for (const { by, buckets } of found.facets)
    for (const { value, count } of by === 'STATUS' ? buckets : []) {
      const show = SHOWS.find((one) => STATUSES[one].some((status) => status === value));
      if (show) counts[show] += count;
    }
  return counts;
}
