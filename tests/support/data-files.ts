import fc from 'fast-check';
import * as vocabulary from '../../src/store/vocabulary.ts';

type Draft = Record<string, unknown>;

const strange = [
  '2021',
  '1e3',
  'null',
  'true',
  '- dash',
  'a: b',
  "it's",
  '"quoted"',
  '#hash',
  ' space before and after ',
  'two\nlines',
  '\n\tafter a break\n\n',
  'trailing break\n',
  '{ a: 1 }',
  '[a, b]',
  '*alias &anchor !tag',
  '合肥世界制造业大会',
  '--- ',
  '%',
  '=1+1',
  'one two  three   four',
  '\u2028 line separator, \ufeff mark',
  `${'A long text that has to be folded somewhere, as it does not fit into a line. '.repeat(4)}End`,
  `${'ends in a space: '.repeat(12)}`,
  `first line\n  ${'indented more, '.repeat(15)}\nlast line`,
];

const locales = ['en', 'zh-Hans', 'de', 'fr'];
const zones = ['Asia/Shanghai', 'Europe/Paris', 'UTC'];
/** None that a place may have, now or later. */
const otherZones = ['America/New_York', 'Asia/Tokyo'];

/** Makes valid data files of every key that there is, from what fast-check gives. */
export class DataFiles {
  readonly #g: fc.GeneratorValue;

  constructor(g: fc.GeneratorValue) {
    this.#g = g;
  }

  /** A whole dataset: up to two conventions and what they refer to. */
  dataset(): Draft {
    const conventions = this.#some(2, 0, (slug) => this.#convention(slug), 'convention');
    const [first, second] = conventions;
    return this.#explained({
      sources: this.#some(6, 1, (slug, index) => this.#source(slug, index), 'source'),
      ...this.shared(),
      conventions: first && second ? [first, { ...second, mergedInto: this.#maybe(() => first.slug) }] : conventions,
    });
  }

  /** What conventions share besides sources, anew: of the same slugs, so that it can be imported once more. */
  shared(): Draft {
    return {
      places: this.#some(4, 4, (slug, index) => ({
        slug,
        kind: this.#word(vocabulary.PlaceKind),
        name: this.#localized(),
        parent: index > 0 ? this.#maybe(() => `place-${index - 1}`) : undefined,
        country: this.#pick('CN', 'DE'),
        timeZone: this.#maybe(() => this.#pick(...zones)),
      })),
      venues: this.#some(3, 3, (slug) => ({ slug, name: this.#localized(), city: this.#slug('place', 4) }), 'venue'),
      organizations: this.#some(
        3,
        3,
        (slug) => ({ slug, name: this.#localized(), websiteUrl: this.#maybe(() => this.#url()) }),
        'organization',
      ),
      speakers: this.#some(4, 4, (slug) => ({ slug, name: this.#localized() }), 'speaker'),
    };
  }

  /** Conventions with some of their records changed: they rest on other sources. */
  revised(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.revised(item));
    if (typeof value !== 'object' || value === null) return value;
    if ('year' in value && this.#pick(true, false)) return value;
    const copy = Object.entries(value).map(([key, item]) =>
      key === 'citations' && this.#pick(true, false, false)
        ? [key, [this.#slug('source', 6)]]
        : [key, key === 'citations' ? item : this.revised(item)],
    );
    return Object.fromEntries(copy);
  }

  /** The lists of a record with records that explain what checks find there. */
  #explained(record: Draft): Draft {
    const lists = Object.entries(record).flatMap(([key, value]) =>
      Array.isArray(value) && !['citations', 'conversions'].includes(key) ? [[key, value] as const] : [],
    );
    const explained = lists.map(([key, items]) => [
      key,
      items.map((item: unknown) => {
        if (typeof item !== 'object' || item === null) return item;
        const checks = this.#shuffled(['BOUND', 'SCRIPT', 'MAGNITUDE']).slice(0, this.#pick(1, 1, 2));
        const conflicts = () => checks.map((check) => ({ check, explanation: this.#localized() }));
        return { ...this.#explained({ ...item }), knownConflicts: this.#pick(1, 2, 3) === 1 ? conflicts() : undefined };
      }),
    ]);
    return { ...record, ...Object.fromEntries(explained) };
  }

  #source(slug: string, index: number): Draft {
    const linkable = this.#maybe(() => this.#pick(true, false));
    return {
      slug,
      kind: this.#word(vocabulary.SourceKind),
      title: this.#text(),
      publisher: this.#maybe(() => this.#text()),
      url: linkable === false ? undefined : this.#maybe(() => this.#url()),
      linkable,
      publishedOn: this.#maybe(() => '2021-11-24'),
      retrievedOn: this.#maybe(() => '2025-01-31'),
      language: this.#maybe(() => this.#pick(...locales)),
      isRelay: this.#maybe(() => this.#pick(true, false)),
      access: this.#maybe(() => this.#word(vocabulary.SourceAccess)),
      derivedFrom: index > 0 ? this.#maybe(() => `source-${index - 1}`) : undefined,
      origin: this.#maybe(() => this.#text()),
      note: this.#maybe(() => this.#localized()),
    };
  }

  #convention(slug: string): Draft {
    const count = this.#pick(1, 2, 3);
    const editions = Array.from({ length: count }, (_, index) => `${slug}-edition-${index}`);
    const claims = this.#claims(editions);
    return {
      slug,
      name: this.#localized(),
      alternateName: this.#maybe(() => this.#localized()),
      acronym: this.#maybe(() => this.#text()),
      description: this.#maybe(() => this.#localized()),
      cadence: this.#maybe(() => this.#word(vocabulary.Cadence)),
      schedule: this.#maybe(() => this.#localized()),
      note: this.#maybe(() => this.#localized()),
      websiteUrl: this.#maybe(() => this.#url()),
      sameAs: this.#maybe(() => [this.#url(), this.#url()]),
      industries: this.#maybe(() => [this.#text(), this.#text()]),
      language: this.#maybe(() => this.#pick(...locales)),
      citations: this.#maybe(() => this.#citations()),
      editions: this.#shuffled(editions).map((edition) => ({
        ...this.#edition(edition, editions),
        figures: claims.figures.filter((claim) => claim.at === edition).map(({ at, ...claim }) => claim),
        signedProjectStatistics: claims.statistics
          .filter((claim) => claim.at === edition)
          .map(({ at, ...claim }) => claim),
      })),
    };
  }

  #edition(slug: string, editions: readonly string[]): Draft {
    const year = 2018 + editions.indexOf(slug);
    const sessions = this.#keyed((key) => ({
      key,
      title: this.#localized(),
      kind: this.#word(vocabulary.SessionKind),
      date: this.#maybe(() => `${year}-11-20`),
      endDate: this.#maybe(() => `${year}-11-22`),
      citations: this.#citations(),
    }));
    return {
      slug,
      ordinal: this.#maybe(() => editions.indexOf(slug) + 1),
      ordinalIsStated: this.#maybe(() => this.#pick(true, false)),
      year,
      name: this.#localized(),
      startDate: this.#maybe(() => `${year}-11-19`),
      endDate: this.#maybe(() => `${year}-11-22`),
      timeZone: this.#maybe(() => this.#pick(...otherZones)),
      eventStatus: this.#maybe(() => this.#word(vocabulary.EventStatus)),
      attendanceMode: this.#maybe(() => this.#word(vocabulary.AttendanceMode)),
      city: this.#maybe(() => this.#slug('place', 4)),
      venue: this.#maybe(() => this.#slug('venue', 3)),
      subVenues: this.#maybe(() => this.#shuffled(['venue-0', 'venue-2'])),
      furtherPlaces: this.#maybe(() => this.#shuffled(['place-1', 'place-2'])),
      websiteUrl: this.#maybe(() => this.#url()),
      themes: this.#keyed((key) => ({
        key,
        kind: this.#maybe(() => this.#word(vocabulary.ThemeKind)),
        text: this.#localized(),
        citations: this.#citations(),
      })),
      exhibitionAreas: this.#keyed((key) => ({
        key,
        name: this.#localized(),
        kind: this.#word(vocabulary.ExhibitionAreaKind),
        focus: this.#maybe(() => this.#localized()),
        size: this.#maybe(() => ({ value: this.#decimal(), unit: 'SQUARE_METRE', bound: this.#bound() })),
        citations: this.#citations(),
      })),
      sessions,
      speakers: this.#appearances(sessions.map(({ key }) => key)),
      organizers: this.#shuffled([
        ...this.#participations('organization', ['ORGANIZER', 'HOST', 'GUEST_OF_HONOUR'], 'ORGANIZER'),
        ...this.#participations('place', ['HOST'], 'ORGANIZER'),
      ]),
      guestsOfHonour: this.#shuffled([
        ...this.#participations('place', ['GUEST_OF_HONOUR', 'SUPPORTER'], 'GUEST_OF_HONOUR'),
        ...this.#participations('organization', ['CO_ORGANIZER'], 'GUEST_OF_HONOUR'),
      ]),
      indicators: this.#keyed((key) => ({
        key,
        name: this.#localized(),
        place: this.#slug('place', 4),
        period: this.#pick('2021-10', 2021, '2021'),
        change: { value: this.#pick(6.9, -3, '0.1234', -0.5), bound: this.#bound() },
        basis: this.#word(vocabulary.IndicatorBasis),
        differenceFromPrevious: this.#maybe(() => ({ value: this.#pick(-2, 0.3), bound: this.#bound() })),
        citations: this.#citations(),
      })),
      dateClaims: this.#rivals().map((rival, index) => ({
        ...rival,
        key: `dates-${index}`,
        startDate: this.#pick(`${year}-11-19`, `${year}-11-20`),
        endDate: this.#maybe(() => `${year}-11-23`),
        dayCount: this.#maybe(() => this.#pick(1, 4)),
      })),
      notes: this.#keyed((key) => ({
        key,
        kind: this.#word(vocabulary.EditionNoteKind),
        text: this.#localized(),
        standing: this.#maybe(() => this.#word(vocabulary.Standing)),
        citations: this.#citations(),
      })),
      citations: this.#citations(),
    };
  }

  #appearances(sessions: readonly unknown[]): Draft[] {
    const keys = this.#shuffled(['speaker-0', 'speaker-1', 'again', 'speaker-3']);
    return keys.slice(0, this.#pick(0, 2, 4)).map((key) => ({
      key: key === 'again' ? key : this.#maybe(() => key),
      speaker: key === 'again' ? 'speaker-0' : key,
      kind: this.#word(vocabulary.AppearanceKind),
      session: sessions.length > 0 ? this.#maybe(() => this.#pick(...sessions)) : undefined,
      title: this.#maybe(() => this.#localized()),
      affiliation: this.#maybe(() => this.#slug('organization', 3)),
      remarks: this.#maybe(() => this.#localized()),
      citations: this.#citations(),
    }));
  }

  #participations(noun: string, roles: readonly string[], usual: string): Draft[] {
    const all = roles.flatMap((role) =>
      [0, 1, 2].map((index) => ({
        [noun]: `${noun}-${index}`,
        role: role === usual ? this.#maybe(() => role) : role,
        citations: this.#citations(),
      })),
    );
    return this.#shuffled(all).slice(0, this.#pick(0, 1, 3, 6));
  }

  /** Claims about a few things each, at editions of any order. */
  #claims(editions: readonly string[]) {
    const things = (kind: string) => (this.#pick(0, 1, 3) === 0 ? [] : [`${kind}-0`, `${kind}-1`]);
    const coverage = () => {
      const scope = this.#pick('EDITION', 'SUBSET', ...(editions.length > 1 ? ['CUMULATIVE'] : []));
      const about = this.#shuffled(editions).slice(0, scope === 'CUMULATIVE' ? 2 : 1);
      return { scope, editions: about };
    };
    /** Says nothing that goes without saying, every other time. */
    const covering = (at: string, { scope, editions }: ReturnType<typeof coverage>): Draft => ({
      scope: scope === 'EDITION' ? this.#maybe(() => scope) : scope,
      editions: editions.length === 1 && editions[0] === at ? this.#maybe(() => editions) : editions,
    });
    const figures = things('figure').flatMap((thing) => {
      const about = coverage();
      const label = this.#localized(thing);
      const metric = this.#pick('EXHIBITION_SPACE', this.#word(vocabulary.Metric), this.#word(vocabulary.Metric));
      const spaceBasis = metric.endsWith('_SPACE') ? this.#maybe(() => this.#word(vocabulary.SpaceBasis)) : undefined;
      return this.#rivals().map((rival, index) => {
        const at = this.#pick(...editions);
        const measured = { key: `${thing}-${index}`, metric, label, value: this.#decimal(), unit: 'SQUARE_METRE' };
        return { at, ...measured, spaceBasis, bound: this.#bound(), ...covering(at, about), ...rival };
      });
    });
    const statistics = things('statistic').flatMap((thing) => {
      const about = coverage();
      const slice = { dimension: this.#word(vocabulary.SliceDimension), value: this.#localized(thing) };
      const stage = thing.endsWith('0') ? 'SIGNED' : this.#pick('STARTED', 'COMPLETED');
      return this.#rivals().map((rival, index) => {
        const at = this.#pick(...editions);
        return {
          at,
          key: `${thing}-${index}`,
          stage,
          ...covering(at, about),
          reportedAt: this.#maybe(() => this.#pick(null, ...editions)),
          projects: { value: this.#pick(703, '1752'), unit: this.#maybe(() => 'PRODUCTS'), bound: this.#bound() },
          investment: this.#maybe(() => this.#money()),
          conversions: this.#maybe(() => [this.#money(), this.#money()]),
          share: this.#maybe(() => ({ value: this.#pick(91.1, 100, '68.4'), bound: this.#bound() })),
          slice: about.scope === 'SUBSET' ? slice : undefined,
          ...rival,
        };
      });
    });
    return { figures: this.#shuffled(figures), statistics: this.#shuffled(statistics) };
  }

  /** What claims about one thing say each of themselves; one at least leaves its standing to the rule. */
  #rivals(): Draft[] {
    const count = this.#pick(1, 2, 3);
    const preferred = this.#pick(-1, 0, 1);
    return Array.from({ length: count }, (_, index) => {
      const other = this.#pick(undefined, 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED');
      const standing = index === preferred && count > 1 ? 'PREFERRED' : index === 2 || count === 1 ? undefined : other;
      const isLast = index === count - 1;
      const given = isLast && standing !== 'PREFERRED' ? undefined : standing;
      const needsNote = given !== undefined && given !== 'ALTERNATIVE';
      return {
        status: this.#word(vocabulary.ClaimStatus),
        asOf: this.#maybe(() => this.#pick('2021-10-31', '2021-10-31T14:00', '2021-10', 2021, '2019')),
        standing: given,
        note: needsNote ? this.#localized() : this.#maybe(() => this.#localized()),
        citations: this.#citations(),
      };
    });
  }

  #citations(): unknown[] {
    const sources = this.#shuffled(['source-0', 'source-1', 'source-2', 'source-3', 'source-4', 'source-5']);
    return sources.slice(0, this.#pick(1, 1, 3)).map((source) =>
      this.#pick(true, false)
        ? source
        : {
            source,
            field: this.#maybe(() => this.#pick('startDate', 'venue', '')),
            note: this.#maybe(() => this.#localized()),
            basis: this.#maybe(() => this.#word(vocabulary.CitationBasis)),
          },
    );
  }

  #localized(start = ''): unknown {
    const text = () => start + this.#text();
    if (this.#pick(true, false)) return text();
    const given = this.#shuffled(locales).slice(0, this.#pick(1, 2, 3));
    const original = this.#maybe(() => this.#pick(...given));
    return { ...(original && { original }), ...Object.fromEntries(given.map((locale) => [locale, text()])) };
  }

  #text(): string {
    return this.#g(() => texts);
  }

  #decimal(): unknown {
    return this.#pick(0, 43000, 91.1, '582.18 billion', '1.5 trillion', '123456789012345.6789', '0.0001', 0.07, '7.50');
  }

  #money(): Draft {
    return { amount: this.#decimal(), currency: this.#pick('CNY', 'USD'), bound: this.#bound() };
  }

  #bound(): unknown {
    return this.#maybe(() => this.#word(vocabulary.Bound));
  }

  #url(): string {
    return this.#pick('https://example.org/', 'http://example.com/a?b=%E5%90%88#c: d', 'https://例え.jp/文');
  }

  #word(of: Record<string, string>): string {
    return this.#pick(...Object.keys(of));
  }

  #slug(noun: string, count: number): string {
    return `${noun}-${this.#g(fc.nat, count - 1)}`;
  }

  #some<Made>(most: number, least: number, make: (slug: string, index: number) => Made, noun = 'place'): Made[] {
    const count = noun === 'source' ? most : Math.max(least, this.#g(fc.nat, most));
    return Array.from({ length: count }, (_, index) => make(`${noun}-${index}`, index));
  }

  #keyed<Made>(make: (key: string) => Made): Made[] {
    return this.#shuffled(['opening', '2021', 'null', '1e3'])
      .slice(0, this.#pick(0, 1, 2))
      .map(make);
  }

  #pick<const Values extends readonly unknown[]>(...values: Values): Values[number] {
    return this.#g(() => fc.constantFrom<Values[number][]>(...values));
  }

  #maybe<Value>(make: () => Value): Value | undefined {
    return this.#pick(true, false) ? make() : undefined;
  }

  #shuffled<Value>(values: readonly Value[]): Value[] {
    return this.#g(() => fc.shuffledSubarray([...values], { minLength: values.length }));
  }
}

const texts = fc.oneof(
  fc.constantFrom(...strange),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((text) => /\S/.test(text) && !/(?![\n\t])\p{Cc}|\p{Cs}/u.test(text)),
);
