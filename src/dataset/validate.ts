import { SourceKind, words } from '../store/vocabulary.ts';
import { isFirstHand } from './claims.ts';
import { type Problem, quote, sortProblems } from './problems.ts';
import type { Dataset, ReadFile } from './read.ts';
import { type Known, type Noun, nothingKnown, References, Spot, slugAt } from './references.ts';
import { checkConvention, checkDateOrder } from './validate-convention.ts';
import { problemWithCountry, problemWithTimeZone } from './values.ts';

const nouns = ['sources', 'places', 'venues', 'organizations', 'speakers', 'conventions'] as const;

/**
 * Checks what no single record can tell: references, duplicates, and values that contradict each other.
 * It looks at everything that could be read, however wrong its shape is elsewhere, so that one run finds all.
 */
export class Validation {
  readonly #known: Known;
  readonly #problems: Problem[] = [];
  readonly #references = new References(this.#problems);

  /** @param known what the database holds already */
  constructor(known: Known = nothingKnown) {
    this.#known = known;
  }

  /** @param files the next of them: what they refer to may also come later */
  add(files: readonly ReadFile[]): void {
    const [problems, references] = [this.#problems, this.#references];
    const roots = files.map((file) => ({ file, root: new Spot(file, file.value) }));
    const records = (noun: Noun): Spot[] => roots.flatMap(({ root }) => root.at(noun).items);
    for (const noun of nouns) for (const record of records(noun)) references.give(noun, record);
    for (const convention of records('conventions'))
      for (const edition of convention.at('editions').items) references.give('editions', edition);

    for (const { root, file } of roots) {
      // What is left of a text that could not be made out would only raise false alarms.
      if (!file.isWhole) continue;
      for (const source of root.at('sources').items) checkSource(source, references, problems);
      for (const place of root.at('places').items) checkPlace(place, references, problems);
      for (const venue of root.at('venues').items) references.name('places', venue.at('city'));
      for (const convention of root.at('conventions').items) checkConvention(convention, references, problems);
    }
  }

  /**
   * @param isWhole false when a part of some file could not be read
   * @returns the problems beyond those of the files one by one, sorted; nothing can be added behind it
   */
  finish(isWhole: boolean): Problem[] {
    const [known, problems, references] = [this.#known, this.#problems, this.#references];
    checkCycles('sources', 'derivedFrom', 'derives from itself', known, references, problems);
    checkCycles('places', 'parent', 'lies in itself', known, references, problems);
    checkOwners(known, references, problems);
    if (isWhole) {
      checkRanks(known, references, problems);
      references.reportDangling(known);
    }
    references.forget();
    return sortProblems(problems);
  }
}

/**
 * Checks a dataset that was read as a whole.
 * @see Validation
 */
export function validateDataset(dataset: Dataset, known: Known = nothingKnown): Problem[] {
  const validation = new Validation(known);
  validation.add(dataset.files);
  return validation.finish(dataset.isWhole);
}

function checkSource(source: Spot, references: References, problems: Problem[]): void {
  references.name('sources', source.at('derivedFrom'));
  checkDateOrder(source, 'publishedOn', 'retrievedOn', problems);
  if (source.at('linkable').value === false && source.at('url').isGiven)
    problems.push({
      ...source
        .at('url')
        .problem('CONTRADICTION', 'must be left out, because linkable is false: the address is not to be published'),
      check: 'NOT_LINKABLE',
    });
}

function checkPlace(place: Spot, references: References, problems: Problem[]): void {
  references.name('places', place.at('parent'));
  for (const [key, problemWith] of [
    ['country', problemWithCountry],
    ['timeZone', problemWithTimeZone],
  ] as const) {
    const spot = place.at(key);
    const problem = spot.text && problemWith(spot.text);
    if (problem) problems.push(spot.problem('INVALID', problem));
  }
}

function checkCycles(
  noun: 'sources' | 'places',
  key: string,
  saying: string,
  known: Known,
  references: References,
  problems: Problem[],
): void {
  const given = references.given(noun);
  const links = new Map<string, string | undefined>();
  for (const [slug, record] of given) links.set(slug, slugAt(record.at(key)));
  const beyond = [...links.values()].flatMap((slug) => (slug === undefined || links.has(slug) ? [] : [slug]));
  const stored =
    noun === 'places'
      ? [...known.places(beyond)].map(([slug, { parent }]) => [slug, parent] as const)
      : [...known.sources(beyond)].map(([slug, { derivedFrom }]) => [slug, derivedFrom] as const);
  for (const [slug, link] of stored) if (!links.has(slug)) links.set(slug, link);

  const settled = new Set<string>();
  for (const start of given.keys()) {
    const trail = new Set<string>();
    let slug: string | undefined = start;
    while (slug !== undefined && !settled.has(slug) && !trail.has(slug)) {
      trail.add(slug);
      slug = links.get(slug);
    }
    if (slug !== undefined && trail.has(slug)) {
      const steps = [...trail];
      const cycle = steps.slice(steps.indexOf(slug));
      const reported = cycle.map((member) => given.get(member)).find((record) => record !== undefined);
      const way = [...cycle, slug].join(' → ');
      if (reported) problems.push(reported.at(key).problem('CONTRADICTION', `${saying}: ${way}`));
    }
    for (const member of trail) settled.add(member);
  }
}

/** An edition that is stored with another convention, of which no file is imported, would be torn from it. */
function checkOwners(known: Known, references: References, problems: Problem[]): void {
  const editions = references.given('editions');
  const conventions = references.given('conventions');
  for (const [slug, owner] of known.editions([...editions.keys()])) {
    const spot = editions.get(slug)?.at('slug');
    if (!spot || conventions.has(owner)) continue;
    problems.push(
      spot.problem(
        'DUPLICATE',
        `is taken: ${quote(slug)} is an edition of ${quote(owner)} in the database; choose another slug`,
      ),
    );
  }
}

/** Which claims are preferred is settled with their convention, so what decides it cannot change without them. */
function checkRanks(known: Known, references: References, problems: Problem[]): void {
  const given = references.given('sources');
  const imported = references.given('conventions');
  const stored = known.sources([...given.keys()]);
  const turned = [...given].flatMap(([slug, source]) => {
    const before = stored.get(slug);
    const kind = words(SourceKind).find((word) => word === source.at('kind').text);
    const isRelay = source.at('isRelay').value === true;
    return before && kind && isFirstHand({ kind, isRelay }) !== isFirstHand(before) ? [slug] : [];
  });
  const torn = new Map<string, string[]>();
  for (const { source, convention } of known.claimants(turned))
    if (!imported.has(convention)) torn.set(source, [...(torn.get(source) ?? []), quote(convention)]);
  for (const [slug, conventions] of torn) {
    const source = given.get(slug);
    const key = source?.at('kind').text === stored.get(slug)?.kind ? 'isRelay' : 'kind';
    const names = conventions.join(', ');
    const message = `changes how claims of ${names} rank that cite ${quote(slug)}; import the file of ${names} as well, or the whole folder`;
    if (source) problems.push(source.at(key).problem('CONTRADICTION', message));
  }
}
