import { figureSubject, groupBySubject, statisticSubject } from './claims.ts';
import { didYouMean, type Problem, quote } from './problems.ts';
import { type References, type Spot, slugAt } from './references.ts';
import { isCalendarDate, originalLocale, problemWithCurrency, problemWithTimeZone } from './values.ts';

/** A claim, and what it is about. */
interface Claim {
  spot: Spot;
  subject: string;
}

interface Surroundings {
  convention: Spot;
  edition: Spot;
  /** The slugs of the convention's editions. */
  editions: ReadonlySet<string>;
  references: References;
  problems: Problem[];
}

const keyedLists = [
  'themes',
  'exhibitionAreas',
  'sessions',
  'figures',
  'signedProjectStatistics',
  'indicators',
  'dateClaims',
  'notes',
] as const;

/** Checks a convention, its editions, and everything beneath them. */
export function checkConvention(convention: Spot, references: References, problems: Problem[]): void {
  checkCitations(convention, references, problems);
  const merged = convention.at('mergedInto');
  references.name('conventions', merged);
  if (merged.text !== undefined && merged.text === convention.at('slug').text)
    problems.push(merged.problem('CONTRADICTION', 'must be another convention; a convention is no part of itself'));
  const claims: Claim[] = [];
  const ordinals = new Map<string, Spot>();
  for (const edition of convention.at('editions').items) {
    const ordinal = edition.at('ordinal');
    const value = typeof ordinal.value === 'number' ? String(ordinal.value) : undefined;
    checkOnce(ordinals, value, ordinal, problems, (place) => `is also the ordinal of the edition at ${place}`);
  }
  const editions = new Set(convention.at('editions').items.map((edition) => edition.at('slug').text ?? ''));
  for (const edition of convention.at('editions').items) {
    const around = { convention, edition, editions, references, problems };
    checkEdition(around);
    checkKeys(around);
    checkParticipants(around);
    checkAppearances(around);
    for (const indicator of edition.at('indicators').items) references.name('places', indicator.at('place'));
    claims.push(...checkClaims(around));
  }
  checkStandings(claims, problems);
}

function checkEdition({ edition, references, problems }: Surroundings): void {
  checkCitations(edition, references, problems);
  references.name('places', edition.at('city'));
  references.name('venues', edition.at('venue'));
  checkEach(edition.at('subVenues'), problems, (spot) => references.name('venues', spot));
  checkEach(edition.at('furtherPlaces'), problems, (spot) => references.name('places', spot));
  for (const session of edition.at('sessions').items) checkDateOrder(session, 'date', 'endDate', problems);
  const zone = edition.at('timeZone');
  const wrongZone = zone.text && problemWithTimeZone(zone.text);
  if (wrongZone) problems.push(zone.problem('INVALID', wrongZone));
  checkDateOrder(edition, 'startDate', 'endDate', problems);
  const start = edition.at('startDate');
  const year = edition.at('year').value;
  if (isDate(start.text) && typeof year === 'number' && Number(start.text.slice(0, 4)) !== year)
    problems.push({
      ...start.problem('CONTRADICTION', `must lie in the edition’s year, ${year}; got "${start.text}"`),
      check: 'YEAR',
    });
  const end = edition.at('endDate');
  const isLate = (date: string, of: number) => ![of, of + 1].includes(Number(date.slice(0, 4)));
  if (isDate(end.text) && typeof year === 'number' && isLate(end.text, year))
    problems.push({
      ...end.problem('CONTRADICTION', `must lie in the edition’s year, ${year}, or in the next; got "${end.text}"`),
      check: 'YEAR',
    });
}

/** Checks that a date is not before another of the same record. */
export function checkDateOrder(record: Spot, earlier: string, later: string, problems: Problem[]): void {
  const [from, to] = [record.at(earlier).text, record.at(later).text];
  if (isDate(from) && isDate(to) && to < from)
    problems.push({
      ...record.at(later).problem('CONTRADICTION', `must not be before ${earlier}, ${from}; got "${to}"`),
      check: 'DATE_ORDER',
    });
}

function checkKeys({ edition, references, problems }: Surroundings): void {
  for (const list of keyedLists) {
    const seen = new Map<string, Spot>();
    for (const record of edition.at(list).items) {
      checkCitations(record, references, problems);
      checkOnce(seen, slugAt(record.at('key')), record.at('key'), problems, (place) => `is also the key of ${place}`);
    }
  }
}

function checkAppearances({ edition, references, problems }: Surroundings): void {
  const sessions = new Set(edition.at('sessions').items.map((session) => session.at('key').text ?? ''));
  const seen = new Map<string, Spot>();
  for (const appearance of edition.at('speakers').items) {
    checkCitations(appearance, references, problems);
    references.name('speakers', appearance.at('speaker'));
    references.name('organizations', appearance.at('affiliation'));
    const named = appearance.at('key').isGiven ? appearance.at('key') : appearance.at('speaker');
    checkOnce(
      seen,
      slugAt(named),
      named,
      problems,
      (place) => `is also at ${place}; give each appearance of one person a key of its own`,
    );
    const session = appearance.at('session');
    const key = slugAt(session);
    if (key !== undefined && !sessions.has(key))
      problems.push(
        session.problem(
          'DANGLING_REFERENCE',
          `no session of this edition has the key ${quote(key)}${didYouMean(key, sessions) || '; correct it, or add it to sessions'}`,
        ),
      );
  }
}

function checkParticipants({ edition, references, problems }: Surroundings): void {
  const seen = new Map<string, Spot>();
  for (const [list, usual] of [
    ['organizers', 'ORGANIZER'],
    ['guestsOfHonour', 'GUEST_OF_HONOUR'],
  ] as const)
    for (const participation of edition.at(list).items) {
      checkCitations(participation, references, problems);
      references.name('organizations', participation.at('organization'));
      references.name('places', participation.at('place'));
      const named = participation.at(participation.at('place').isGiven ? 'place' : 'organization');
      const role = participation.at('role').text ?? usual;
      const slug = slugAt(named);
      checkOnce(
        seen,
        slug && `${role}/${slug}`,
        named,
        problems,
        (place) => `is already ${role} of this edition at ${place}`,
      );
    }
}

function checkClaims(around: Surroundings): Claim[] {
  const { convention, edition, problems } = around;
  const own = edition.at('slug').text ?? '';
  const usual = convention.at('language').text ?? 'en';
  const claims: Claim[] = [];
  for (const spot of edition.at('figures').items) {
    const { scope, editions } = checkCoverage(spot, around);
    const label = originalText(spot.at('label'), usual);
    const [metric = '', basis] = [spot.at('metric').text, spot.at('spaceBasis').text];
    if (basis !== undefined && !metric.endsWith('_SPACE'))
      problems.push(
        spot
          .at('spaceBasis')
          .problem('CONTRADICTION', `is for exhibition space only; leave it out (metric is ${metric})`),
      );
    const subject = figureSubject({ metric, basis, scope, editions, label });
    claims.push({ spot, subject: `figure: ${subject}` });
  }
  for (const spot of edition.at('signedProjectStatistics').items) {
    const { scope, editions } = checkCoverage(spot, around);
    checkStatistic(spot, scope, around);
    const value = originalText(spot.at('slice').at('value'), usual);
    const subject = statisticSubject({
      convention: convention.at('slug').text ?? '',
      stage: spot.at('stage').text ?? '',
      scope,
      editions,
      slice: value === undefined ? undefined : { dimension: spot.at('slice').at('dimension').text ?? '', value },
    });
    claims.push({ spot, subject: `statistic: ${subject}` });
  }
  for (const spot of edition.at('dateClaims').items) {
    checkDateOrder(spot, 'startDate', 'endDate', problems);
    claims.push({ spot, subject: `date: ${own}` });
  }
  return claims;
}

function checkCoverage(claim: Spot, around: Surroundings): { scope: string; editions: string[] } {
  const { edition, problems } = around;
  const scope = claim.at('scope').text ?? 'EDITION';
  const list = claim.at('editions');
  const own = slugAt(edition.at('slug'));
  const editions = list.isGiven ? list.items.map((item) => item.text ?? '') : [own ?? ''];
  const count = editions.length;
  const at = list.isGiven ? list : claim.at('scope');
  const contradict = (message: string) => problems.push(at.problem('CONTRADICTION', message));
  if (scope === 'CUMULATIVE' && count < 2)
    contradict(`CUMULATIVE is about two or more editions; got ${count}: list all of them in editions`);
  if (scope === 'EDITION' && count !== 1)
    contradict(`EDITION is about exactly one edition; got ${count}: name one, or write scope: CUMULATIVE`);
  if (scope === 'SUBSET' && count === 0)
    contradict('SUBSET is about a part of at least one edition; name it, or leave editions out for this one');
  checkEach(list, problems, (spot) => checkOwnEdition(spot, around));
  return { scope, editions };
}

/** A claim stays within its convention, so that a convention’s file can be replaced as a whole. */
function checkOwnEdition(spot: Spot, { editions, references, problems }: Surroundings): void {
  const slug = slugAt(spot);
  if (slug === undefined || editions.has(slug)) return;
  const stranger = references.given('editions').get(slug);
  const message = stranger
    ? `must be an edition of the same convention; ${quote(slug)} is one of another, at ${stranger.at('slug').place}`
    : `no edition of this convention has the slug ${quote(slug)}${didYouMean(slug, editions) || '; correct it, or add the edition'}`;
  problems.push(spot.problem(stranger ? 'CONTRADICTION' : 'DANGLING_REFERENCE', message));
}

function checkStatistic(claim: Spot, scope: string, around: Surroundings): void {
  const { problems } = around;
  checkOwnEdition(claim.at('reportedAt'), around);
  const slice = claim.at('slice');
  if (scope === 'SUBSET' && !slice.isGiven)
    problems.push(slice.problem('MISSING', 'is missing; a SUBSET claim says which part it is about'));
  if (scope !== 'SUBSET' && slice.isGiven)
    problems.push(
      slice.problem(
        'CONTRADICTION',
        `is for SUBSET only; write scope: SUBSET, or leave it out (scope is ${scope})`,
        true,
      ),
    );
  if (!['projects', 'investment', 'share'].some((key) => claim.at(key).isGiven))
    problems.push(claim.problem('MISSING', 'must say projects, investment or share'));
  for (const money of [claim.at('investment'), ...claim.at('conversions').items]) {
    const currency = money.at('currency');
    const wrong = currency.text && problemWithCurrency(currency.text);
    if (wrong) problems.push(currency.problem('INVALID', wrong));
  }
}

function checkStandings(claims: readonly Claim[], problems: Problem[]): void {
  for (const rivals of groupBySubject(claims)) {
    const [preferred, ...others] = rivals.filter(({ spot }) => spot.at('standing').text === 'PREFERRED');
    for (const { spot } of others)
      problems.push({
        ...spot
          .at('standing')
          .problem(
            'CONTRADICTION',
            `is PREFERRED, but so is the claim about the same thing at ${preferred?.spot.at('standing').place}`,
          ),
        check: 'ONE_PREFERRED',
      });
    const canBePreferred = rivals.some(({ spot }) => !spot.at('standing').isGiven);
    for (const { spot } of rivals) {
      const standing = spot.at('standing');
      if (standing.text === 'ALTERNATIVE' && !preferred && !canBePreferred)
        problems.push(
          standing.problem('CONTRADICTION', 'is ALTERNATIVE to nothing that could be preferred; leave it out'),
        );
      if (['PREFERRED', 'DISPUTED', 'SUPERSEDED'].includes(standing.text ?? '') && !spot.at('note').isGiven)
        problems.push(standing.problem('MISSING', `${standing.text} overrules the rule; add a note that says why`));
    }
  }
}

function checkCitations(record: Spot, references: References, problems: Problem[]): void {
  const seen = new Map<string, Spot>();
  for (const citation of record.at('citations').items) {
    const source = citation.text === undefined ? citation.at('source') : citation;
    references.name('sources', source);
    const slug = slugAt(source);
    const field = citation.at('field').text ?? '';
    checkOnce(
      seen,
      slug && `${slug} ${field}`,
      source,
      problems,
      (place) => `is cited twice for the same, also at ${place}`,
    );
  }
}

/** Visits a list of slugs, and says which of them it has twice. */
function checkEach(list: Spot, problems: Problem[], visit: (spot: Spot) => void): void {
  const seen = new Map<string, Spot>();
  for (const spot of list.items) {
    visit(spot);
    checkOnce(seen, slugAt(spot), spot, problems, (place) => `is listed twice, also at ${place}`);
  }
}

function checkOnce(
  seen: Map<string, Spot>,
  identity: string | undefined,
  spot: Spot,
  problems: Problem[],
  saying: (place: string) => string,
): void {
  if (identity === undefined) return;
  const first = seen.get(identity);
  if (first)
    problems.push(spot.problem('DUPLICATE', `${quote(spot.text ?? String(spot.value))} ${saying(first.place)}`));
  else seen.set(identity, spot);
}

function originalText(spot: Spot, usual: string): string | undefined {
  if (spot.text !== undefined) return spot.text;
  const { value } = spot;
  if (typeof value !== 'object' || value === null) return undefined;
  const locales = Object.keys(value).filter((key) => key !== 'original');
  return spot.at(originalLocale(spot.at('original').text, locales, usual)).text;
}

function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && isCalendarDate(text);
}
