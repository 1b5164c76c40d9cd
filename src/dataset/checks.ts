import type { Writer } from '../store/open.ts';
import type { DataCheck, Word } from '../store/vocabulary.ts';
import { checkClaims } from './checks-claims.ts';
import { problemWithLinks, problemWithScript } from './checks-texts.ts';
import { DuplicateFinder } from './duplicates.ts';
import type { Convention, Edition } from './format.ts';
import { formatPath, type Path, type ProblemCode, quote, sortProblems, type Warning } from './problems.ts';
import type { ReadFile } from './read.ts';

type Check = Word<typeof DataCheck>;
/** A file, without what it says. */
type Place = Pick<ReadFile, 'file' | 'locate'>;

/** What a check found. */
export interface Finding {
  check: Check;
  code: ProblemCode;
  file: Place;
  path: Path;
  /** Of a CONTRADICTION without the way out, which is the same for all. */
  message: string;
}

/** A known conflict, as a file gives it. */
interface Explained {
  path: Path;
  text: string;
  isNeeded: boolean;
}

/** Lists whose items are parts of the record that they stand in. */
const parts: readonly unknown[] = ['citations', 'conversions', 'knownConflicts', 'industries', 'sameAs'];

/**
 * Looks for what may be a mistake, in data whose files are right one by one; people decide. What it finds can be
 * explained where it stands, in knownConflicts. Of what it has seen it holds only slugs and names.
 */
export class Checks {
  readonly #findings: Finding[] = [];
  readonly #duplicates = new DuplicateFinder();
  readonly #sources = new Map<string, { file: Place; path: Path }>();
  readonly #used = new Set<string>();
  readonly #conventions: string[] = [];
  /** By their file, then by the record and the check. */
  readonly #explained = new Map<Place, Map<string, Explained>>();

  add(read: ReadFile): void {
    const { data } = read;
    if (!data) return;
    const file = read.stub ?? read;
    this.#duplicates.add(read);
    this.#walk(data, [], file);
    for (const [index, { slug, derivedFrom, title, publisher, language }] of data.sources.entries()) {
      const path = ['sources', index];
      this.#sources.set(slug, { file, path: [...path, 'slug'] });
      if (derivedFrom !== undefined && derivedFrom !== slug) this.#used.add(derivedFrom);
      this.#checkText(title, language, [...path, 'title'], file);
      if (publisher !== undefined) this.#checkText(publisher, undefined, [...path, 'publisher'], file);
    }
    for (const [index, convention] of data.conventions.entries()) {
      const path = ['conventions', index];
      this.#conventions.push(`convention:${convention.slug}`);
      const report = (check: Check, at: Path, message: string) =>
        this.#findings.push({ check, code: 'CONTRADICTION', file, path: at, message });
      checkClaims(convention, path, report);
      checkOrdinals(convention, path, report);
      for (const [at, edition] of convention.editions.entries()) {
        checkNearDates(edition, [...path, 'editions', at], report);
        checkFieldsSourced(edition, [...path, 'editions', at], report);
      }
    }
  }

  /**
   * @param stored tells what there is besides the data
   * @returns what was found, by file and line, that with an explanation as well
   */
  finish(stored: Pick<Writer, 'rows'>): Warning[] {
    const findings = [...this.#findings, ...this.#duplicates.finish(stored), ...this.#unused(stored)];
    const warnings = findings.map((finding): Warning => {
      const known = this.#explained.get(finding.file)?.get(keyOf(finding.path, finding.check));
      if (known) known.isNeeded = true;
      const warning = warningOf(finding);
      if (known) return { ...warning, explanation: known.text };
      const way = finding.code === 'CONTRADICTION' ? '; correct it, or explain it in knownConflicts' : '';
      return { ...warning, message: warning.message + way };
    });
    const stale = [...this.#explained].flatMap(([file, explanations]) =>
      [...explanations].flatMap(([key, { path, isNeeded }]) => {
        const message = `explains what ${key.split(' ')[1]} does not find here; leave it out`;
        return isNeeded ? [] : [warningOf({ check: 'STALE_EXPLANATION', code: 'UNUSED', file, path, message })];
      }),
    );
    return sortProblems([...warnings, ...stale]);
  }

  /** Visits texts, citations and known conflicts, wherever they stand. */
  #walk(value: unknown, path: Path, file: Place): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.#walk(item, [...path, index], file);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (isLocalized(value)) {
      const isPlain = value.original === undefined && value.texts.size === 1 && value.texts.has('en');
      for (const [locale, text] of value.texts) this.#checkText(text, locale, isPlain ? path : [...path, locale], file);
      return;
    }
    if ('source' in value && typeof value.source === 'string') this.#used.add(value.source);
    if ('check' in value && 'explanation' in value && isLocalized(value.explanation)) {
      const { original = '', texts } = value.explanation;
      const text = texts.get('en') ?? texts.get(original) ?? [...texts.values()][0] ?? '';
      const explanations = this.#explained.get(file) ?? new Map<string, Explained>();
      this.#explained.set(file, explanations);
      const record = path.slice(0, -2);
      explanations.set(`${formatPath(record)} ${String(value.check)}`, { path, text, isNeeded: false });
    }
    for (const [key, item] of Object.entries(value)) this.#walk(item, [...path, key], file);
  }

  #checkText(text: string, locale: string | undefined, path: Path, file: Place): void {
    const link = problemWithLinks(text);
    if (link) this.#findings.push({ check: 'LINK_IN_TEXT', code: 'INVALID', file, path, message: link });
    const script = locale && problemWithScript(text, locale);
    if (script) this.#findings.push({ check: 'SCRIPT', code: 'INVALID', file, path, message: script });
  }

  #unused(stored: Pick<Writer, 'rows'>): Finding[] {
    const unused = new Map([...this.#sources].filter(([slug]) => !this.#used.has(slug)));
    if (unused.size > 0)
      // What a convention cited that is given here counts as it is given here.
      for (const { slug } of stored.rows(STORED_USES, [
        JSON.stringify([...unused.keys()]),
        JSON.stringify(this.#conventions),
        JSON.stringify([...this.#sources.keys()]),
      ]))
        unused.delete(String(slug));
    return [...unused].map(([slug, { file, path }]) => ({
      ...{ check: 'UNUSED_SOURCE', code: 'UNUSED', file, path },
      message: `nothing cites ${quote(slug)}; cite it, or leave it out`,
    }));
  }
}

const STORED_USES = `SELECT sources.slug FROM json_each(?) AS wanted JOIN sources ON sources.slug = wanted.value
  WHERE EXISTS (SELECT 1 FROM citations JOIN nodes ON nodes.id = citations.node_id
      WHERE source_id = sources.id AND nodes.document NOT IN (SELECT value FROM json_each(?)))
    OR EXISTS (SELECT 1 FROM sources AS other
      WHERE other.derived_from_id = sources.id AND other.slug NOT IN (SELECT value FROM json_each(?)))`;

function warningOf({ check, code, file, path, message }: Finding): Warning {
  return { file: file.file, ...file.locate(path), path: formatPath(path), code, message, check };
}

/** The record that something stands in, and the check. */
function keyOf(path: Path, check: Check): string {
  const end = path.findLastIndex((step, at) => typeof step === 'number' && !parts.includes(path[at - 1])) + 1;
  return `${formatPath(path.slice(0, end))} ${check}`;
}

function isLocalized(value: unknown): value is { original: string | undefined; texts: Map<string, string> } {
  return typeof value === 'object' && value !== null && 'texts' in value && value.texts instanceof Map;
}

type Report<Check extends string> = (check: Check, path: Path, message: string) => void;

function checkOrdinals(convention: Convention, at: Path, report: Report<'ORDINAL_ORDER'>): void {
  const numbered = convention.editions.flatMap(({ ordinal, slug, year, startDate }, index) =>
    ordinal === undefined ? [] : [{ ordinal, slug, year, startDate, path: [...at, 'editions', index, 'ordinal'] }],
  );
  numbered.sort((a, b) => a.ordinal - b.ordinal);
  for (const [index, later] of numbered.entries()) {
    const earlier = numbered[index - 1];
    if (!earlier) continue;
    // Of two in one year, only their days tell which came first.
    const days = earlier.startDate && later.startDate ? [earlier.startDate, later.startDate] : [];
    const isTurned = later.year < earlier.year || (days[1] ?? '') < (days[0] ?? '');
    if (isTurned)
      report(
        'ORDINAL_ORDER',
        later.path,
        `is ${later.ordinal}, and ${quote(earlier.slug)}, which is later, has ${earlier.ordinal}`,
      );
  }
}

/** What an edition tells of itself, each with what a citation of it may name. */
const sourced = [
  ['ordinal', ['ordinal']],
  ['startDate', ['startDate', 'dates']],
  ['endDate', ['endDate', 'dates']],
  ['eventStatus', ['eventStatus']],
  ['attendanceMode', ['attendanceMode']],
  ['city', ['city']],
  ['venue', ['venue']],
] as const;

function checkFieldsSourced(edition: Edition, at: Path, report: Report<'UNSOURCED_FIELD'>): void {
  const named = new Set(edition.citations.map(({ field }) => field));
  // One without field is a source of the whole edition.
  if (named.has(undefined)) return;
  for (const [field, names] of sourced) {
    if (edition[field] === undefined || names.some((name) => named.has(name))) continue;
    const isClaimed =
      (field === 'startDate' || field === 'endDate') &&
      edition.dateClaims.some((claim) => claim[field] === edition[field]);
    if (!isClaimed)
      report(
        'UNSOURCED_FIELD',
        [...at, field],
        `has no source: add a citation with "field: ${field}", or one without field`,
      );
  }
}

/** So far from its edition a session may be: a press conference a year ahead, an exhibition that goes on. */
const DAYS_OF_SESSION = 366;

function checkNearDates(edition: Edition, at: Path, report: Report<'DATE_NEAR_EDITION'>): void {
  const { year, startDate = `${year}-01-01`, endDate = edition.startDate ?? `${year}-12-31` } = edition;
  for (const [index, session] of edition.sessions.entries())
    for (const key of ['date', 'endDate'] as const) {
      const date = session[key];
      if (
        date === undefined ||
        (daysFrom(date, startDate) <= DAYS_OF_SESSION && daysFrom(endDate, date) <= DAYS_OF_SESSION)
      )
        continue;
      report(
        'DATE_NEAR_EDITION',
        [...at, 'sessions', index, key],
        `is more than a year away from the edition of ${year}; got "${date}"`,
      );
    }
  for (const [index, claim] of edition.dateClaims.entries()) {
    // Plans may be put off, and what is superseded or disputed is said to be wrong already.
    const isPlan = claim.status === 'TARGET' || claim.status === 'EXPECTED';
    if (isPlan || claim.standing === 'SUPERSEDED' || claim.standing === 'DISPUTED') continue;
    for (const [key, years] of [
      ['startDate', [year]],
      ['endDate', [year, year + 1]],
    ] as const) {
      const date = claim[key];
      if (date !== undefined && !years.some((one) => one === Number(date.slice(0, 4))))
        report(
          'DATE_NEAR_EDITION',
          [...at, 'dateClaims', index, key],
          `is not in the year of the edition, ${year}, although it was reported afterwards; got "${date}"`,
        );
    }
  }
}

/** @returns how many days the first day is before the second; less than nothing when it is behind */
function daysFrom(one: string, other: string): number {
  return (Date.parse(other) - Date.parse(one)) / 86_400_000;
}
