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
}

const QUARTER_HOUR = 15 * 60 * 1000;

/** @returns tells how fresh the data is; cheap, but for once after each change of it */
export function freshnessOf(reader: Pick<Reader, 'rows'>): (now: Date) => Freshness {
  let known: { key: string; zones: (string | null)[] } | undefined;
  return (now) => {
    const [row] = reader.rows('SELECT version, updated_at FROM dataset', []);
    if (!row) return { version: '0', changedAt: null, statusChangedAt: null };
    const key = `${row.version} ${row.updated_at}`;
    if (known?.key !== key) {
      const zones = reader.rows('SELECT DISTINCT time_zone FROM editions', []);
      known = { key, zones: zones.map(({ time_zone }) => (time_zone === null ? null : String(time_zone))) };
    }
    const changedAt = new Date(String(row.updated_at));
    const midnights = known.zones.map((zone) => dayBeganAt(zone, now).valueOf());
    return {
      version: String(row.version),
      changedAt,
      statusChangedAt: new Date(Math.max(changedAt.valueOf(), ...midnights)),
    };
  };
}

/** @returns when the day at an instant began in a time zone; days begin at whole quarters of an hour everywhere */
function dayBeganAt(timeZone: string | null, instant: Date): Date {
  const today = dateIn(timeZone, instant);
  let began = Math.floor(instant.valueOf() / QUARTER_HOUR) * QUARTER_HOUR;
  while (dateIn(timeZone, new Date(began - QUARTER_HOUR)) === today) began -= QUARTER_HOUR;
  return new Date(began);
}
