import { expect, test } from 'vitest';
import { linesOf, problemsOf } from './world.ts';

test('the shared records are checked, too', () => {
  expect(
    linesOf({
      'a.yaml': `sources:
  - { slug: copy, kind: OTHER, title: T, isRelay: true, derivedFrom: origin }
  - { slug: spam, kind: OTHER, title: T, linkable: false, url: https://example.org/ }
places:
  - { slug: a, kind: CITY, name: A, country: UK, timeZone: Asia/Shanghia }
  - { slug: b, kind: CITY, name: B, country: EU, timeZone: "+08:00" }
  - { slug: c, kind: CITY, name: C, country: TW, timeZone: Asia/Kolkata, parent: d }
  - { slug: e, kind: CITY, name: C, country: CN, timeZone: asia/shanghai }
venues:
  - { slug: v, name: V, city: f }
`,
    }),
  ).toEqual([
    'a.yaml:2: sources[0].derivedFrom: no source has the slug "origin"; correct it, or add it to sources',
    'a.yaml:3: sources[1].url: must be left out, because linkable is false: the address is not to be published [NOT_LINKABLE]',
    'a.yaml:5: places[0].country: must be an ISO 3166-1 code like CN; no country has "UK"',
    'a.yaml:5: places[0].timeZone: must be an IANA time zone like Asia/Shanghai; got "Asia/Shanghia"; did you mean Asia/Shanghai?',
    'a.yaml:6: places[1].country: must be an ISO 3166-1 code like CN; no country has "EU"',
    'a.yaml:6: places[1].timeZone: must be an IANA time zone like Asia/Shanghai; got "+08:00"',
    'a.yaml:7: places[2].parent: no place has the slug "d"; did you mean a? If not, add it to places',
    'a.yaml:8: places[3].timeZone: must be an IANA time zone like Asia/Shanghai; got "asia/shanghai"; did you mean Asia/Shanghai?',
    'a.yaml:10: venues[0].city: no place has the slug "f"; did you mean a? If not, add it to places',
  ]);
});

test('a source that is not given is one to add: that of another day is not taken for it', () => {
  expect(
    linesOf({
      'a.yaml': `sources:
  - { slug: mm-aut22, kind: OTHER, title: T }
  - { slug: my-fair, kind: OTHER, title: T, derivedFrom: my-aut27 }
  - { slug: my-copy, kind: OTHER, title: T, derivedFrom: my-aut22 }
`,
    }),
  ).toEqual([
    'a.yaml:3: sources[1].derivedFrom: no source has the slug "my-aut27"; correct it, or add it to sources',
    'a.yaml:4: sources[2].derivedFrom: no source has the slug "my-aut22"; did you mean mm-aut22? If not, add it to sources',
  ]);
});

test('a slug that is given twice names both places, across files and conventions', () => {
  expect(
    linesOf({
      'a.yaml': 'speakers:\n  - { slug: ma, name: Ma }\nconventions:\n  - { slug: x, name: X, editions: [] }\n',
      'b.yaml': `speakers:
  - { slug: ma, name: Another Ma }
sources:
  - { slug: ma, kind: OTHER, title: A source may have the slug of a speaker }
conventions:
  - slug: x
    name: X
    editions: [{ slug: e, year: 2021, name: E, citations: [ma] }]
  - slug: y
    name: Y
    editions: [{ slug: e, year: 2021, name: E, citations: [ma] }]
`,
    }),
  ).toEqual([
    'b.yaml:2: speakers[0].slug: is given twice: "ma" is already the speaker at a.yaml:2',
    'b.yaml:6: conventions[0].slug: is given twice: "x" is already the convention at a.yaml:4',
    'b.yaml:11: conventions[1].editions[0].slug: is given twice: "e" is already the edition at b.yaml:8',
  ]);
});

test('places that lie in each other, and sources derived from each other, are reported once', () => {
  expect(
    linesOf({
      'a.yaml': `places:
  - { slug: a, kind: CITY, name: A, country: CN, parent: b }
  - { slug: b, kind: PROVINCE, name: B, country: CN, parent: c }
  - { slug: c, kind: COUNTRY, name: C, country: CN, parent: b }
  - { slug: d, kind: CITY, name: D, country: CN, parent: d }
sources:
  - { slug: s, kind: OTHER, title: S, derivedFrom: t }
  - { slug: t, kind: OTHER, title: T, derivedFrom: s }
`,
    }),
  ).toEqual([
    'a.yaml:3: places[1].parent: lies in itself: b → c → b',
    'a.yaml:5: places[3].parent: lies in itself: d → d',
    'a.yaml:7: sources[0].derivedFrom: derives from itself: s → t → s',
  ]);
});

test('every problem has its column, its path and its code', () => {
  expect(problemsOf({ 'a.yaml': 'venues:\n  - { slug: v, name: V, city: atlantis }\n' })).toEqual([
    {
      file: 'a.yaml',
      line: 2,
      column: 31,
      path: 'venues[0].city',
      code: 'DANGLING_REFERENCE',
      message: 'no place has the slug "atlantis"; correct it, or add it to places',
    },
  ]);
});
