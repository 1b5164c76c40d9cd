import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from './support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

/** Asks about the 2021 edition in English. */
async function edition(selection: string): Promise<unknown> {
  const query = `{ edition(slug: "world-manufacturing-convention-2021") { ${selection} } }`;
  const { data, errors } = await app.query({ query, acceptLanguage: 'en' });
  expect(errors).toBeUndefined();
  return data?.edition;
}

describe('every fact of the article that the project began from is reached by a query', () => {
  test('the fourth, four days from 19 November 2021, in Hefei, Anhui, China', async () => {
    expect(
      await edition(`ordinal ordinalIsStated startDate endDate dayCount dates timeZone status
        city { name kind country parent { name kind parent { name kind } } } convention { name acronym }`),
    ).toEqual({
      ordinal: 4,
      ordinalIsStated: true,
      startDate: '2021-11-19',
      endDate: '2021-11-22',
      dayCount: 4,
      dates: '19–22 November 2021',
      timeZone: 'Asia/Shanghai',
      status: 'HELD',
      city: {
        name: 'Hefei',
        kind: 'CITY',
        country: 'CN',
        parent: { name: 'Anhui', kind: 'PROVINCE', parent: { name: 'China', kind: 'COUNTRY' } },
      },
      convention: { name: 'World Manufacturing Convention', acronym: 'WMC' },
    });
  });

  test('its theme', async () => {
    expect(await edition('themes { kind text citations { source { slug } } }')).toMatchObject({
      themes: [
        {
          kind: 'MAIN',
          text: 'Innovation-Driven, Digitally Empowered: Global Manufacturing Industry Aligned for High-quality Growth',
          citations: expect.arrayContaining([{ source: { slug: 'seed-xinhua-20211121' } }]),
        },
      ],
    });
  });

  test('over 43,000 square metres', async () => {
    expect(await edition('exhibitionSpace { value unit bound text zh: text(locale: "zh-Hans") }')).toEqual({
      exhibitionSpace: {
        value: '43000',
        unit: 'SQUARE_METRE',
        bound: 'MORE_THAN',
        text: 'more than 43,000 m²',
        zh: '超过4.3万平方米',
      },
    });
  });

  test('800 guests by the organising committee, beside the other counts', async () => {
    const answer = await edition(
      'figures(metric: [GUESTS]) { scope status standing quantity { text } citations { source { slug } } }',
    );
    expect(answer).toEqual({
      figures: [
        {
          scope: 'EDITION',
          status: 'FINAL',
          standing: 'PREFERRED',
          quantity: { text: 'nearly 1,400 people' },
          citations: [{ source: { slug: 'xinhua-zh-20211124' } }],
        },
        {
          scope: 'EDITION',
          status: 'INTERIM',
          standing: 'ALTERNATIVE',
          quantity: { text: '800 people' },
          citations: [{ source: { slug: 'seed-xinhua-20211121' } }],
        },
        {
          scope: 'EDITION',
          status: 'EXPECTED',
          standing: 'ALTERNATIVE',
          quantity: { text: 'about 800 people' },
          citations: [{ source: { slug: 'xinhua-20211116' } }],
        },
      ],
    });
  });

  test('the three speakers, with title, body, session and what each said', async () => {
    const { speakers } = Object(
      await edition(`speakers(first: 100) { nodes {
        speaker { name } title affiliation { name } session { kind date } kind remarks citations { source { slug } } } }`),
    );
    const seed = { citations: [{ source: { slug: 'seed-xinhua-20211121' } }], kind: 'SPEECH' };
    const opening = { session: { kind: 'OPENING_CEREMONY', date: '2021-11-19' } };
    const quoted = speakers.nodes.filter(
      ({ remarks, citations }: { remarks: string | null; citations: unknown[] }) =>
        remarks !== null && JSON.stringify(citations).includes('seed-xinhua-20211121'),
    );
    expect(quoted).toEqual([
      {
        ...seed,
        speaker: { name: 'Christian Wulff' },
        title: 'Global Chairman',
        affiliation: { name: expect.stringMatching(/Global Alliance of (SMEs|Small and Medium Enterprises)/) },
        session: null,
        remarks: expect.stringMatching(/sustainable development.*pandemic.*supply chains/s),
      },
      {
        ...seed,
        ...opening,
        speaker: { name: 'Ma Jiantang' },
        title: expect.stringMatching(/senior official/i),
        affiliation: { name: 'Development Research Center of the State Council' },
        remarks: expect.stringMatching(/digital economy.*software, chips.*5G.*data cent.*industrial internet.*data/s),
      },
      {
        ...seed,
        ...opening,
        speaker: { name: 'Xin Guobin' },
        title: 'Vice Minister',
        affiliation: { name: 'Ministry of Industry and Information Technology' },
        remarks: expect.stringMatching(/difficulties.*recover.*growth.*world\s+economy/s),
      },
    ]);
  });

  test('what was shown, and the seminars and matchmaking', async () => {
    const answer = Object(
      await edition('exhibitionAreas { nodes { name focus } } sessions { kind title citations { source { slug } } }'),
    );
    const areas = JSON.stringify(answer.exhibitionAreas);
    for (const shown of ['New energy vehicles', 'Intelligent manufacturing', 'Imported products'])
      expect(areas).toContain(shown);
    const kinds = answer.sessions.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['OPENING_CEREMONY', 'SEMINAR', 'MATCHMAKING', 'EXHIBITION']));
  });

  test('1,752 projects and 1.8 trillion yuan (around 282 billion dollars) are about the previous three', async () => {
    const answer = Object(
      await edition(`signedProjectStatistics(first: 100) { nodes {
        stage scope status projects { value text } investment { amount currency bound text zh: text(locale: "zh-Hans") }
        conversions { text bound } reportedAt { year } editions { year } citations { basis source { slug } } } }`),
    );
    const about = answer.signedProjectStatistics.nodes.filter(
      ({ projects }: { projects: { value: string } | null }) => projects?.value === '1752',
    );
    expect(about).toEqual([
      {
        stage: 'SIGNED',
        scope: 'CUMULATIVE',
        status: 'FINAL',
        projects: { value: '1752', text: '1,752 projects' },
        investment: {
          amount: '1800000000000',
          currency: 'CNY',
          bound: 'EXACT',
          text: '1.8 trillion yuan',
          zh: '1.8万亿元',
        },
        conversions: [{ text: 'about 282 billion US dollars', bound: 'ABOUT' }],
        reportedAt: { year: 2021 },
        editions: [{ year: 2018 }, { year: 2019 }, { year: 2020 }],
        citations: [
          { basis: 'STATED', source: { slug: 'seed-xinhua-20211121' } },
          ...['anhuinews-20180528', 'ahfao-20190928', 'ahgov-en-20200915'].map((slug) => ({
            basis: 'DERIVED',
            source: { slug },
          })),
        ],
      },
    ]);
  });

  test('more than 80 percent of them had started by the end of October 2021', async () => {
    const answer = Object(
      await edition(
        'signedProjectStatistics(first: 100) { nodes { stage scope share { text bound } asOf editions { year } } }',
      ),
    );
    expect(answer.signedProjectStatistics.nodes).toContainEqual({
      stage: 'STARTED',
      scope: 'CUMULATIVE',
      share: { text: 'more than 80%', bound: 'MORE_THAN' },
      asOf: '2021-10-31',
      editions: [{ year: 2018 }, { year: 2019 }, { year: 2020 }],
    });
  });

  test('the three industrial indicators, one of them 0.4 points above September', async () => {
    const { indicators } = Object(
      await edition(
        'indicators { name place { name } period basis change { text } differenceFromPrevious { value unit text } }',
      ),
    );
    const common = { place: { name: 'China' }, period: '2021-10', basis: 'YEAR_ON_YEAR' };
    expect(indicators).toEqual([
      {
        ...common,
        name: expect.stringMatching(/industrial added value/i),
        change: { text: '3.5%' },
        differenceFromPrevious: { value: '0.4', unit: 'PERCENTAGE_POINT', text: '0.4 percentage points' },
      },
      {
        ...common,
        name: expect.stringMatching(/high-tech manufacturing/i),
        change: { text: '14.7%' },
        differenceFromPrevious: null,
      },
      {
        ...common,
        name: expect.stringMatching(/equipment manufacturing/i),
        change: { text: '4.7%' },
        differenceFromPrevious: null,
      },
    ]);
  });
});

test('what was signed at the 2021 edition itself is 703 projects and 582.18 billion yuan, not 1,752', async () => {
  expect(
    await edition(
      'signedProjects { scope stage status projects { value } investment { amount text } editions { year } }',
    ),
  ).toEqual({
    signedProjects: {
      scope: 'EDITION',
      stage: 'SIGNED',
      status: 'FINAL',
      projects: { value: '703' },
      investment: { amount: '582180000000', text: '582.18 billion yuan' },
      editions: [{ year: 2021 }],
    },
  });
});

test('the headline totals of all editions, each about that edition alone', async () => {
  const { data } = await app.query({
    query: `{ convention(slug: "world-manufacturing-convention") { editions(last: 9) { nodes {
      year signedProjects { status projects { value bound } investment { amount bound } } } } } }`,
  });
  const rows = Object(data).convention.editions.nodes.map(
    ({
      year,
      signedProjects: claim,
    }: Record<string, { status: string; projects: { value: string }; investment: { amount: string } }>) =>
      claim ? [year, claim.projects.value, claim.investment.amount, claim.status] : [year, null],
  );
  expect(rows).toEqual([
    [2026, null],
    [2025, '735', '380200000000', 'FINAL'],
    [2024, '718', '369200000000', 'FINAL'],
    [2023, '587', '342500000000', 'FINAL'],
    [2022, '568', '367700000000', 'EXPECTED'],
    [2021, '703', '582180000000', 'FINAL'],
    [2020, '678', '617800000000', 'FINAL'],
    [2019, '638', '735100000000', 'FINAL'],
    [2018, '436', '447100000000', 'FINAL'],
  ]);
});

test('twenty editions with themes, areas, speakers and statistics are one statement', async () => {
  app.takeStatements();
  const { errors } = await app.query({
    query: `{ editions(first: 20) { totalCount pageInfo { hasNextPage } nodes { name themes { text }
      exhibitionAreas(first: 10) { nodes { name size { text } } }
      speakers(first: 10) { nodes { title speaker { name } affiliation { name } } }
      signedProjectStatistics(first: 10) { nodes { projects { text } editions { slug } citations { source { title } } } } } } }`,
  });
  expect(errors).toBeUndefined();
  expect(app.takeStatements()).toHaveLength(1);
});

test('no link leads to a source that must not be linked', async () => {
  const query = `query ($after: String) {
    sources(first: 100, after: $after) { nodes { slug url citation } pageInfo { endCursor } } }`;
  const sources: { slug: string; url: string | null; citation: string }[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { data } = await app.query({ query, variables: { after } });
    sources.push(...Object(data).sources.nodes);
    after = Object(data).sources.pageInfo.endCursor;
  }
  const unlinked = sources.filter(({ url }) => url === null);
  expect(sources.length).toBeGreaterThan(280);
  expect(unlinked.length).toBeGreaterThan(20);
  expect(unlinked.filter(({ citation }) => /https?:/.test(citation))).toEqual([]);
});
