import { expect, test } from 'vitest';
import { dateIn, datesByTimeZone, dayCount, statusOn } from '../../src/graphql/calendar.ts';

const dated = { startDate: '2021-11-19', endDate: '2021-11-22', year: 2021, eventStatus: null };
const open = { ...dated, endDate: null };
const undated = { ...dated, startDate: null, endDate: null };

test.each([
  ['2021-11-18', dated, 'UPCOMING'],
  ['2021-11-19', dated, 'RUNNING'],
  ['2021-11-22', dated, 'RUNNING'],
  ['2021-11-23', dated, 'HELD'],
  ['2021-11-18', open, 'UPCOMING'],
  ['2021-11-19', open, 'RUNNING'],
  ['2021-11-20', open, 'UNKNOWN'],
  ['2022-01-01', open, 'HELD'],
  ['2020-12-31', undated, 'UPCOMING'],
  ['2021-06-01', undated, 'UNKNOWN'],
  ['2022-01-01', undated, 'HELD'],
  ['2022-01-01', { ...dated, eventStatus: 'CANCELLED' as const }, 'CANCELLED'],
  ['2022-01-01', { ...undated, eventStatus: 'POSTPONED' as const }, 'POSTPONED'],
])('on %s an edition %j is %s', (today, edition, status) => {
  expect(statusOn(today, edition)).toBe(status);
});

test('the day changes by the calendar of the place', () => {
  const instant = new Date('2021-11-19T17:00:00Z');
  expect(dateIn('Asia/Shanghai', instant)).toBe('2021-11-20');
  expect(dateIn('America/Chicago', instant)).toBe('2021-11-19');
  expect(dateIn(null, instant)).toBe('2021-11-19');
  const dates: unknown = JSON.parse(datesByTimeZone(instant));
  expect(dates).toMatchObject({ 'Asia/Shanghai': '2021-11-20', 'America/Chicago': '2021-11-19' });
  expect(JSON.parse(datesByTimeZone(new Date('2021-11-20T17:00:00Z')))).toMatchObject({
    'Asia/Shanghai': '2021-11-21',
  });
});

test('days are counted with both ends', () => {
  expect(dayCount('2021-11-19', '2021-11-22')).toBe(4);
  expect(dayCount('2020-02-28', '2020-03-01')).toBe(3);
  expect(dayCount('2021-11-19', '2021-11-19')).toBe(1);
  expect(dayCount('2020-09-12', null)).toBeNull();
});
