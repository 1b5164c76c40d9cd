import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, shippedWorld, type World } from '../support/world.ts';

let shipped: World;
beforeAll(() => {
  shipped = shippedWorld();
});
afterAll(() => shipped.close());

const CLAIM = 'stage projects { text(locale: "en") } investment { text(locale: "en") } share { text(locale: "en") }';
const ROW = `keys { value } projects investment changeInProjects changeInInvestment editions editionsCounted editionsWithProjects editionsWithInvestment isExact counted { ${CLAIM} } excluded { reason claim { ${CLAIM} } }`;
const QUERY = `{ signedProjectTotals(input: { groupBy: [YEAR], where: { convention: { slug: { eq: "world-manufacturing-convention" } } } }) { groups { ${ROW} } total { ${ROW} } } }`;

interface Claim {
  stage: string;
  projects: { text: string } | null;
  investment: { text: string } | null;
  share: { text: string } | null;
}
const line = ({ stage, projects, investment, share }: Claim) =>
  [stage, ...[projects, investment, share].flatMap((one) => one?.text ?? [])].join(', ');

/** The answer with each claim as one line. */
async function told(): Promise<unknown> {
  const { data, errors, statements } = await ask(shipped, QUERY);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return JSON.parse(JSON.stringify(data), (key, value) => {
    if (key === 'keys') return value.map((one: { value: string }) => one.value).join();
    if (key === 'counted') return value.map(line);
    if (key !== 'excluded') return value;
    return value.map(({ reason, claim }: { reason: string; claim: Claim }) => `${reason}: ${line(claim)}`);
  });
}

/** What must be left out, each with the first and the last year of the groups that list it, in the order of the lists. */
const excluded: [first: number, last: number, claim: string][] = [
  [2025, 2025, 'NOT_FINAL: SIGNED, 735 projects'],
  [2025, 2025, 'SUBSET: SIGNED, 28 projects, more than 11.2 billion yuan'],
  [2025, 2025, 'SUBSET: SIGNED, 42 projects, 27.5 billion yuan'],
  [2025, 2025, 'OTHER_STAGE: ONSITE_SALES, more than 1,780 deals, about 1.27 billion yuan'],
  [2018, 2025, 'CUMULATIVE: SIGNED, 4,326 projects, 1.2 trillion yuan'],
  [2025, 2025, 'OTHER_STAGE: INTENDED, more than 5,380 declared intents'],
  [2024, 2024, 'NOT_FINAL: SIGNED, 718 projects'],
  [2024, 2024, 'NOT_FINAL: SIGNED, more than 700 projects, more than 350 billion yuan'],
  [2023, 2023, 'SUBSET: SIGNED, 534 projects, 306 billion yuan'],
  [2024, 2024, 'SUBSET: SIGNED, 679 projects, 327.3 billion yuan'],
  [2018, 2024, 'CUMULATIVE: SIGNED, more than 3,600 projects'],
  [2018, 2024, 'OTHER_STAGE: INVESTED, more than 1.5 trillion yuan'],
  [2018, 2024, 'OTHER_STAGE: INVESTED, more than 1.5 trillion yuan'],
  [2018, 2024, 'OTHER_STAGE: INVESTED, more than 1.5 trillion yuan'],
  [2023, 2023, 'NOT_FINAL: SIGNED, 587 projects, nearly 350 billion yuan'],
  [2023, 2023, 'SUBSET: SIGNED, 19 projects, 7.125 billion yuan'],
  [2023, 2023, 'SUBSET: SIGNED, 20 projects'],
  [2018, 2023, 'CUMULATIVE: SIGNED, 3,021 projects'],
  [2018, 2022, 'SUBSET: SIGNED, 1,153 projects'],
  [2018, 2023, 'OTHER_STAGE: INVESTED, more than 1 trillion yuan'],
  [2023, 2023, 'OTHER_STAGE: INTENDED, 1,646 declared intents'],
  [2022, 2022, 'NOT_FINAL: SIGNED, 568 projects, 367.7 billion yuan'],
  [2018, 2022, 'CUMULATIVE: SIGNED, 2,454 projects'],
  [2018, 2022, 'OTHER_STAGE: CONTRACTED, 1.9682 trillion yuan'],
  [2018, 2021, 'SUBSET: SIGNED, 999 projects'],
  [2018, 2021, 'OTHER_STAGE: CONTRACTED, more than 520 billion yuan'],
  [2021, 2021, 'NOT_FINAL: SIGNED, at least 600 projects, more than 600 billion yuan'],
  [2021, 2021, 'SUBSET: SIGNED, 656 projects, 533.49 billion yuan'],
  [2021, 2021, 'SUBSET: SIGNED, 66 projects, 146.37 billion yuan'],
  [2021, 2021, 'SUBSET: SIGNED, 87 projects, 91.73 billion yuan'],
  [2021, 2021, 'SUBSET: SIGNED, 99 projects, 52.56 billion yuan'],
  // About 2018, 2019 and 2020, reported in 2021.
  [2018, 2021, 'CUMULATIVE: SIGNED, 1,752 projects, 1.8 trillion yuan'],
  [2018, 2021, 'OTHER_STAGE: STARTED, more than 80%'],
  [2018, 2021, 'OTHER_STAGE: STARTED, 1,515 projects'],
  [2018, 2021, 'OTHER_STAGE: REGISTERED, 1,640 projects'],
  [2018, 2021, 'OTHER_STAGE: FUNDED, 644.31 billion yuan'],
  [2020, 2020, 'NOT_FINAL: SIGNED, more than 600 projects, more than 600 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 288 projects, 284.8 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 564 projects, 482.3 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 114 projects, 135.5 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 607 projects'],
  [2020, 2020, 'SUBSET: SIGNED, 26 projects'],
  [2020, 2020, 'SUBSET: SIGNED, 12 projects'],
  [2020, 2020, 'SUBSET: SIGNED, 60 projects'],
  [2020, 2020, 'SUBSET: SIGNED, 111 projects, 150.9 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 7 projects, 17.1 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 28 projects, 15.2 billion yuan'],
  [2020, 2020, 'SUBSET: SIGNED, 41 projects, 45.7 billion yuan'],
  [2018, 2020, 'CUMULATIVE: SIGNED, 1,073 projects, 962.2 billion yuan'],
  [2018, 2020, 'OTHER_STAGE: REGISTERED, nearly 94%'],
  [2018, 2020, 'OTHER_STAGE: STARTED, more than 80%'],
  [2019, 2019, 'SUBSET: SIGNED, 220 billion yuan'],
  [2019, 2019, 'SUBSET: SIGNED, 48 projects, 17.52 billion yuan'],
  [2018, 2018, 'NOT_PREFERRED: SIGNED, more than 430 projects, 447 billion yuan'],
  [2018, 2018, 'SUBSET: SIGNED, 61 projects, 88 billion yuan'],
  [2018, 2018, 'OTHER_STAGE: REGISTERED, 397 projects, 91.1%'],
  [2018, 2018, 'OTHER_STAGE: STARTED, 298 projects, 68.4%'],
];

const row = (
  year: number,
  projects: string | null,
  investment: string | null,
  changeInProjects: string | null,
  changeInInvestment: string | null,
  ...counted: string[]
) => ({
  ...{ keys: String(year), projects, investment, changeInProjects, changeInInvestment, counted },
  ...{ editions: 1, editionsCounted: counted.length, isExact: true },
  ...{ editionsWithProjects: counted.length, editionsWithInvestment: counted.length },
  excluded: excluded.flatMap(([first, last, claim]) => (first <= year && year <= last ? [claim] : [])),
});

test('the World Manufacturing Convention year by year: sums of what may be summed, and every other claim in each year that it is about or was reported in', async () => {
  expect(await told()).toEqual({
    signedProjectTotals: {
      groups: [
        row(2018, '436', '447100000000', null, null, 'SIGNED, 436 projects, 447.1 billion yuan'),
        // 638 / 436 = 1.46330, 735.1 / 447.1 = 1.64415
        row(2019, '638', '735100000000', '46.33', '64.42', 'SIGNED, 638 projects, 735.1 billion yuan'),
        // 678 / 638 = 1.06270, 617.8 / 735.1 = 0.84043
        row(2020, '678', '617800000000', '6.27', '-15.96', 'SIGNED, 678 projects, 617.8 billion yuan'),
        // 703 / 678 = 1.03687, 582.18 / 617.8 = 0.94234
        row(2021, '703', '582180000000', '3.69', '-5.77', 'SIGNED, 703 projects, 582.18 billion yuan'),
        row(2022, null, null, null, null),
        row(2023, '587', '342500000000', null, null, 'SIGNED, 587 projects, 342.5 billion yuan'),
        // 718 / 587 = 1.22317, 369.2 / 342.5 = 1.07796
        row(2024, '718', '369200000000', '22.32', '7.8', 'SIGNED, 718 projects, 369.2 billion yuan'),
        // 735 / 718 = 1.02368, 380.2 / 369.2 = 1.02979
        row(2025, '735', '380200000000', '2.37', '2.98', 'SIGNED, 735 projects, 380.2 billion yuan'),
        row(2026, null, null, null, null),
      ],
      total: {
        ...{ keys: '', projects: '4495', investment: '3474080000000' },
        ...{ changeInProjects: null, changeInInvestment: null, editions: 9, editionsCounted: 7, isExact: true },
        ...{ editionsWithProjects: 7, editionsWithInvestment: 7 },
        counted: [
          'SIGNED, 735 projects, 380.2 billion yuan',
          'SIGNED, 587 projects, 342.5 billion yuan',
          'SIGNED, 718 projects, 369.2 billion yuan',
          'SIGNED, 703 projects, 582.18 billion yuan',
          'SIGNED, 678 projects, 617.8 billion yuan',
          'SIGNED, 638 projects, 735.1 billion yuan',
          'SIGNED, 436 projects, 447.1 billion yuan',
        ],
        excluded: excluded.map(([, , claim]) => claim),
      },
    },
  });
});
