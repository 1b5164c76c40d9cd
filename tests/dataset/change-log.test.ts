import { expect, test } from 'vitest';
import { importWorld, shared } from './world.ts';

const figures = {
  guests: '{ key: guests, metric: GUESTS, value: 800, unit: PEOPLE, status: FINAL, citations: [paper] }',
  visitors: '{ key: visitors, metric: VISITORS, value: 9000, unit: PEOPLE, status: FINAL, citations: [paper] }',
  more: '{ key: guests, metric: GUESTS, value: 820, unit: PEOPLE, status: FINAL, citations: [paper] }',
};
const fair = (...list: string[]) => `${shared}conventions:
  - slug: fair
    name: { en: Fair, zh-Hans: 展会 }
    editions:
      - slug: fair-2021
        year: 2021
        name: { en: Fair 2021, zh-Hans: 2021展会 }
        citations: [paper]
        themes: [{ key: main, text: Steel, citations: [paper] }]
        figures: [${list.join(', ')}]
`;
const second = '      - { slug: fair-2022, year: 2022, startDate: 2022-05-01, name: Fair 2022, citations: [paper] }\n';
const before = fair(figures.guests) + second;
const after = fair(figures.more, figures.visitors);

const ROWS = 'SELECT at, kind, slug, edition_id IS NULL AS own, names, fields, parts, parts_left_out FROM changes';

test('the first import adds everything, and says nothing of what is beneath', () => {
  const world = importWorld({ 'a.yaml': before });
  world.import();
  const at = '2026-01-01T00:00:00.000Z';
  const common = { at, kind: 'ADDED', fields: '[]', parts: '[]', parts_left_out: 0 };
  expect(world.rows(`${ROWS} ORDER BY chronology DESC`)).toEqual([
    { ...common, slug: 'fair', own: 1, names: '[["en","Fair",1],["zh-Hans","展会",0]]' },
    { ...common, slug: 'fair-2022', own: 0, names: '[["en","Fair 2022",1]]' },
    { ...common, slug: 'fair-2021', own: 0, names: '[["en","Fair 2021",1],["zh-Hans","2021展会",0]]' },
  ]);
  expect(world.rows('SELECT DISTINCT data_version FROM changes')).toEqual(
    world.rows('SELECT version AS data_version FROM dataset'),
  );
});

test('a figure changed, one added, an edition removed: a row for each edition', () => {
  const world = importWorld({ 'a.yaml': before });
  world.import();
  world.write('a.yaml', after);
  world.import();
  const at = '2026-01-02T00:00:00.000Z';
  expect(world.rows(`${ROWS} WHERE at = ? ORDER BY chronology DESC`, at)).toEqual([
    {
      at,
      kind: 'REMOVED',
      slug: 'fair-2022',
      own: 0,
      names: '[["en","Fair 2022",1]]',
      fields: '[]',
      parts: '[]',
      parts_left_out: 0,
    },
    {
      ...{ at, kind: 'CHANGED', slug: 'fair-2021', own: 0, names: '[["en","Fair 2021",1],["zh-Hans","2021展会",0]]' },
      ...{ fields: '[]', parts_left_out: 0 },
      parts: '[["Figure","guests","CHANGED",["value"]],["Figure","visitors","ADDED",[]]]',
    },
  ]);
});

test('an import that changes nothing, one that is tried out and one that is refused leave no trace', () => {
  const world = importWorld({ 'a.yaml': before });
  world.import();
  const rows = world.rows('SELECT * FROM changes ORDER BY id');
  world.import();
  world.write('a.yaml', before.replace('year: 2022', 'year: 2023'));
  expect(() => world.import()).toThrow(/must lie in the edition’s year/);
  expect(world.rows('SELECT * FROM changes ORDER BY id')).toEqual(rows);
});

test('what is changed back is told twice, and a renamed convention once', () => {
  const world = importWorld({ 'a.yaml': before });
  world.import();
  world.write('a.yaml', before.replace('value: 800', 'value: 900').replace('en: Fair, ', 'en: Trade Fair, '));
  world.import();
  world.write('a.yaml', before.replace('en: Fair, ', 'en: Trade Fair, '));
  world.import();
  expect(
    world.rows("SELECT slug, fields, parts FROM changes WHERE kind = 'CHANGED' ORDER BY at, chronology DESC"),
  ).toEqual([
    { slug: 'fair', fields: '["name"]', parts: '[]' },
    { slug: 'fair-2021', fields: '[]', parts: '[["Figure","guests","CHANGED",["value"]]]' },
    { slug: 'fair-2021', fields: '[]', parts: '[["Figure","guests","CHANGED",["value"]]]' },
  ]);
});
