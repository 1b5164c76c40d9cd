/**
 * Is told how far work on a dataset is: what is counted ("records checked", "records stored"), how many so far, and how
 * many there are where that is known.
 */
export type OnProgress = (noun: string, records: number, total?: number) => void;

type List = readonly unknown[];

interface Lists {
  sources?: List;
  places?: List;
  venues?: List;
  organizations?: List;
  speakers?: List;
  conventions?: readonly { editions?: List }[];
}

/** Counts conventions with their editions, so that progress is steady, and nothing beneath these. */
export function countOf({ conventions = [], ...shared }: Lists): number {
  const { sources = [], places = [], venues = [], organizations = [], speakers = [] } = shared;
  const lists = [sources, places, venues, organizations, speakers, ...conventions.map(({ editions = [] }) => editions)];
  return lists.reduce((sum, { length }) => sum + length, conventions.length);
}

/** The types of the records that `countOf` counts. */
export const COUNTED = ['Source', 'Place', 'Venue', 'Organization', 'Speaker', 'Convention', 'Edition'];
