import { isFirstHand } from './claims.ts';
import type { DataFile } from './format.ts';
import type { Known } from './references.ts';
import { type Facts, sortName } from './rows.ts';

/** Gathers what conventions need to know of sources, places and speakers, from the data or else from the database. */
export class FactFinder {
  readonly #sources = new Map<string, boolean>();
  readonly #timeZones = new Map<string, string | undefined>();
  readonly #sortNames = new Map<string, string>();
  readonly #cited = new Set<string>();
  readonly #cities = new Set<string>();

  add({ sources, places, speakers, conventions }: DataFile): void {
    for (const source of sources) this.#sources.set(source.slug, isFirstHand(source));
    for (const { slug, timeZone } of places) this.#timeZones.set(slug, timeZone);
    for (const { slug, name } of speakers) this.#sortNames.set(slug, sortName(name));
    for (const { editions } of conventions)
      for (const { city, figures, signedProjectStatistics, dateClaims } of editions) {
        if (city !== undefined) this.#cities.add(city);
        for (const claim of [...figures, ...signedProjectStatistics, ...dateClaims])
          for (const { source } of claim.citations) this.#cited.add(source);
      }
  }

  /** @param known tells of what was not given */
  finish(known: Known): Facts {
    const [sources, timeZones] = [this.#sources, this.#timeZones];
    for (const [slug, source] of known.sources([...this.#cited].filter((slug) => !sources.has(slug))))
      if (!sources.has(slug)) sources.set(slug, isFirstHand(source));
    for (const [slug, { timeZone }] of known.places([...this.#cities].filter((slug) => !timeZones.has(slug))))
      if (!timeZones.has(slug)) timeZones.set(slug, timeZone);
    const firstHand = new Set([...sources].flatMap(([slug, isFirst]) => (isFirst ? [slug] : [])));
    return { firstHand, timeZones, sortNames: this.#sortNames };
  }
}
