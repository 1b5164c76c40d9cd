import type { Reader } from '../store/open.ts';
import { dateIn } from './calendar.ts';

/** The data at a moment. */
export interface Freshness {
  /** Another whenever the data is. */
  version: string;
  /** When an import last changed the data; null while there is none. */
  changedAt: Date | null;
  /** When a status may last have changed, by an import or by the calendar of any place where editions are held. */
  statusChangedAt: Date | null;
  /** When a day last began in any of those places, and when one will end next; null where there are none. */
  day: { beganAt: Date; endsAt: Date } | null;
}

const QUARTER_HOUR = 15 * 60 * 1000;

const NO_DATA: Freshness = { version: '0', changedAt: null, statusChangedAt: null, day: null };

/** @returns tells how fresh the data is; cheap, but for once after each change of it and once in a quarter of an hour */
export function freshnessOf(reader: Pick<Reader, 'rows' | 'generation'>): (now: Date) => Freshness {
  let known: { generation: number; quarter: number; freshness: Freshness } | undefined;
  return (now) => {
    const generation = reader.generation();
    const quarter = Math.floor(now.valueOf() / QUARTER_HOUR);
    if (known?.generation !== generation || known.quarter !== quarter)
      known = { generation, quarter, freshness: readFreshness(reader, quarter * QUARTER_HOUR) };
    return known.freshness;
  };
}

/** @param instant the beginning of a quarter of an hour: days begin at those, everywhere */
function readFreshness(reader: Pick<Reader, 'rows'>, instant: number): Freshness {
  const [row] = reader.rows('SELECT version, updated_at FROM dataset', []);
  if (!row) return NO_DATA;
  const zones = reader
    .rows('SELECT DISTINCT time_zone FROM editions', [])
    .map(({ time_zone }) => (time_zone === null ? null : String(time_zone)));
  const changedAt = new Date(String(row.updated_at));
  const days = zones.map((zone) => dayAround(zone, instant));
  const beganAt = new Date(Math.max(...days.map(({ began }) => began)));
  const endsAt = new Date(Math.min(...days.map(({ ends }) => ends)));
  return {
    version: String(row.version),
    changedAt,
    statusChangedAt: beganAt > changedAt ? beganAt : changedAt,
    day: days.length > 0 ? { beganAt, endsAt } : null,
  };
}

/** When the day at an instant began in a time zone, and when it ends. */
function dayAround(timeZone: string | null, instant: number): { began: number; ends: number } {
  const today = dateIn(timeZone, new Date(instant));
  let [began, ends] = [instant, instant + QUARTER_HOUR];
  while (dateIn(timeZone, new Date(began - QUARTER_HOUR)) === today) began -= QUARTER_HOUR;
  while (dateIn(timeZone, new Date(ends)) === today) ends += QUARTER_HOUR;
  return { began, ends };
}
