import type { Writer } from '../store/open.ts';
import { Batch, type ImportResult } from './batch.ts';
import { isFirstHand } from './claims.ts';
import type { DataFile } from './format.ts';
import { DatasetError, sortProblems } from './problems.ts';
import { readDataset } from './read.ts';
import { type Known, knownTo } from './references.ts';
import { addConvention, addShared, type Facts } from './rows.ts';
import { validateDataset } from './validate.ts';

export type { ImportResult };

/**
 * Imports a data file or a folder of them: all of it, or nothing.
 * A convention replaces what is stored of it, with its editions and everything beneath; sources, places, venues,
 * organizations and speakers are added or updated, and stay when they are not given. What has not changed is not written.
 * A source that turns first hand, or ceases to be, ranks claims anew, so the conventions that cite it come along.
 * @param path a .yaml, .yml or .json file, or a folder
 * @param writer where it goes; everything is written in one batch
 * @param options `now` tells the time that changed records are stamped with
 * @throws DatasetError with every problem, when there is any; nothing is written then
 * @throws StoreError when the database cannot be written
 */
export function importDataset(path: string, writer: Writer, options: { now: () => Date }): ImportResult {
  const dataset = readDataset(path);
  const known = knownTo(writer);
  const problems = [...dataset.problems, ...validateDataset(dataset, known)];
  if (problems.length > 0) throw new DatasetError(sortProblems(problems));

  const files = dataset.files.flatMap(({ data }) => data ?? []);
  const batch = new Batch();
  for (const file of files) addShared(batch, file);
  const facts = gatherFacts(files, known);
  const documents = files
    .flatMap(({ conventions }) => conventions)
    .map((convention) => addConvention(batch, convention, facts));
  const { statements, count } = batch.finish(documents, options.now().toISOString());
  return count(writer.run(statements));
}

/** What conventions need to know of sources and places, from the files or else from the database. */
function gatherFacts(files: readonly DataFile[], known: Known): Facts {
  const sources = new Map<string, { kind: string; isRelay: boolean }>();
  const timeZones = new Map<string, string | undefined>();
  for (const file of files) {
    for (const source of file.sources) sources.set(source.slug, source);
    for (const { slug, timeZone } of file.places) timeZones.set(slug, timeZone);
  }
  const editions = files.flatMap(({ conventions }) => conventions).flatMap((convention) => convention.editions);
  const cited = new Set<string>();
  for (const { figures, signedProjectStatistics, dateClaims } of editions)
    for (const claim of [...figures, ...signedProjectStatistics, ...dateClaims])
      for (const { source } of claim.citations) if (!sources.has(source)) cited.add(source);
  for (const [slug, source] of known.sources([...cited])) if (!sources.has(slug)) sources.set(slug, source);

  const cities = new Set(editions.flatMap(({ city }) => (city === undefined || timeZones.has(city) ? [] : [city])));
  for (const [slug, { timeZone }] of known.places([...cities])) if (!timeZones.has(slug)) timeZones.set(slug, timeZone);

  const firstHand = new Set([...sources].filter(([, source]) => isFirstHand(source)).map(([slug]) => slug));
  return { firstHand, timeZones };
}
