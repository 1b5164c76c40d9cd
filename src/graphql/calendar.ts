import { type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { FieldInput } from '../select/origin.ts';
import type { editions } from '../store/tables.ts';
import type { EditionStatus, Word } from './enums.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** @returns the calendar date at an instant in a time zone (UTC when null), in ISO 8601 */
export function dateIn(timeZone: string | null, instant: Date): string {
  const zone = timeZone ?? 'UTC';
  let format = formats.get(zone);
  if (!format) {
    // Sweden writes dates in ISO 8601.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(instant);
}

/** Intl reads these names, but lists the zones by their former ones only. */
const RENAMED_ZONES = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
];

const QUARTER_HOUR = 15 * 60 * 1000;
let latest = { quarter: Number.NaN, dates: '' };

/**
 * Today's date in every time zone, as a JSON object for the statement to look up.
 * Offsets are whole quarters of an hour, so it is made anew only every fifteen minutes.
 */
export function datesByTimeZone(instant: Date): string {
  const quarter = Math.floor(instant.valueOf() / QUARTER_HOUR);
  if (latest.quarter !== quarter) {
    const zones = [...Intl.supportedValuesOf('timeZone'), ...RENAMED_ZONES];
    const dates = Object.fromEntries(zones.map((zone) => [zone, dateIn(zone, instant)]));
    latest = { quarter, dates: JSON.stringify(dates) };
  }
  return latest.dates;
}

/**
 * @param today the date on the calendar of the edition's own time zone
 * @returns UNKNOWN when the dates known do not decide it; with an unknown last day, HELD only once its year is over
 */
export function statusOn(
  today: string,
  edition: {
    startDate: string | null;
    endDate: string | null;
    year: number;
    eventStatus: 'POSTPONED' | 'CANCELLED' | null;
  },
): Word<typeof EditionStatus> {
  const { startDate, endDate, year, eventStatus } = edition;
  if (eventStatus !== null) return eventStatus;
  const thisYear = Number(today.slice(0, 4));
  if (endDate !== null && today > endDate) return 'HELD';
  if (year < thisYear && endDate === null) return 'HELD';
  if (startDate === null) return year > thisYear ? 'UPCOMING' : 'UNKNOWN';
  if (today < startDate) return 'UPCOMING';
  if (today === startDate || endDate !== null) return 'RUNNING';
  return 'UNKNOWN';
}

/** Today's date where an edition is, as SQL. */
export function today(edition: Pick<typeof editions, 'timeZone'>, input: FieldInput): SQL {
  const dates = input.value((_args, { now }) => datesByTimeZone(now()));
  const elsewhere = input.value((_args, { now }) => dateIn(null, now()));
  return sql`coalesce(json_extract(${dates}, '$."' || ${edition.timeZone} || '"'), ${elsewhere})`;
}

/** The status of today as SQL: the rule of `statusOn`, case by case. */
export function statusToday(edition: typeof editions, input: FieldInput): SQL {
  const { startDate, endDate, year, eventStatus } = edition;
  const thisDay = () => today(edition, input);
  const thisYear = () => sql`CAST(substr(${thisDay()}, 1, 4) AS INTEGER)`;
  return sql`CASE WHEN ${eventStatus} IS NOT NULL THEN ${eventStatus}
    WHEN ${thisDay()} > ${endDate} OR ${endDate} IS NULL AND ${year} < ${thisYear()} THEN 'HELD'
    WHEN ${startDate} IS NULL THEN iif(${year} > ${thisYear()}, 'UPCOMING', 'UNKNOWN')
    WHEN ${thisDay()} < ${startDate} THEN 'UPCOMING'
    WHEN ${thisDay()} = ${startDate} OR ${endDate} IS NOT NULL THEN 'RUNNING'
    ELSE 'UNKNOWN' END`;
}

/** @returns how many days from the first to the last, both included; null when either is unknown */
export function dayCount(startDate: string | null, endDate: string | null): number | null {
  if (startDate === null || endDate === null) return null;
  return (Date.parse(endDate) - Date.parse(startDate)) / 86_400_000 + 1;
}

/**
 * @param asOf a year, a month, a day, or a day with the time: "2023-09-23T14:00"
 * @returns the day; null where the source is no closer than a month, or tells nothing
 */
export function dayOf(asOf: AnySQLiteColumn): SQL {
  return sql`CASE WHEN length(${asOf}) >= 10 THEN substr(${asOf}, 1, 10) END`;
}
