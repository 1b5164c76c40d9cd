/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import type { CitationBasis, ClaimScope, ClaimStatus, Standing } from '../client/index.ts';
import { Day, Said } from './layout.tsx';
import { dayInWords, type Language, words } from './words.ts';

/** A text that facts were taken from, as pages cite it. */
export interface CitedSource {
  slug: string;
  title: string;
  publisher: string | null;
  publishedOn: string | null;
  language: string | null;
  url: string | null;
  isRelay?: boolean;
}

export interface Citation {
  basis: CitationBasis;
  field?: string | null;
  note?: string | null;
  source: CitedSource;
}

/** A source with its number on the page and what the editors note about it there. */
export interface NumberedSource {
  place: number;
  source: CitedSource;
  notes: Set<string>;
}

export type Sources = ReadonlyMap<string, NumberedSource>;

/** Numbers the sources of all citations in an answer of the graph, in the order in which they are cited. */
export function sourcesIn(answer: unknown, sources = new Map<string, NumberedSource>()): Sources {
  if (Array.isArray(answer)) for (const item of answer) sourcesIn(item, sources);
  else if (typeof answer === 'object' && answer !== null) {
    if (isCitation(answer)) note(answer, sources);
    else for (const value of Object.values(answer)) sourcesIn(value, sources);
  }
  return sources;
}

function isCitation(value: object): value is Citation {
  return 'source' in value && 'basis' in value;
}

function note({ source, note: text }: Citation, sources: Map<string, NumberedSource>): void {
  const known = sources.get(source.slug) ?? { place: sources.size + 1, source, notes: new Set<string>() };
  sources.set(source.slug, known);
  if (text) known.notes.add(text);
}

interface Cited {
  citations: readonly Citation[];
  sources: Sources;
  language: Language;
}

/** The numbers of the sources behind something, each a link to the list of sources. */
export function References({ citations, sources, language }: Cited): VNode | null {
  if (citations.length === 0) return null;
  const say = words[language];
  const bases = new Map<string, CitationBasis>();
  for (const { source, basis } of citations)
    if (basis === 'STATED' || !bases.has(source.slug)) bases.set(source.slug, basis);
  return (
    <span class="references">
      {[...bases].map(([slug, basis]) => {
        const { place = 0 } = sources.get(slug) ?? {};
        const name = basis === 'STATED' ? say.source(place) : `${say.source(place)}, ${say.basis[basis]}`;
        return (
          <a href={`#source-${slug}`} aria-label={name} title={name}>
            {basis === 'STATED' ? place : `${place}*`}
          </a>
        );
      })}
    </span>
  );
}

/** One published number with all that makes it one. */
export interface Claim {
  id: string;
  /** Which part it is about, where it is about one. */
  part: string | null;
  /** As the graph writes them, with unit and bound. */
  values: readonly ComponentChildren[];
  scope: ClaimScope;
  status: ClaimStatus;
  standing: Standing;
  asOf: string | null;
  note: string | null;
  /** Of the editions that it is about, unless it is that of the page alone. */
  years: readonly string[];
  /** The year of the edition that carried it, where that is another. */
  reportedAt: number | null;
  citations: readonly Citation[];
}

/** Claims about one subject: those about the whole edition side by side, then those about parts and several editions. */
export function Claims({ claims, language }: { claims: readonly Claim[]; language: Language }): VNode {
  const whole = claims.filter(({ scope }) => scope === 'EDITION');
  const others = claims.filter(({ scope }) => scope !== 'EDITION');
  return (
    <>
      {[whole, others].map(
        (group) =>
          group.length > 0 && (
            <ul class="claims">
              {group.map((claim) => (
                <ClaimCard claim={claim} language={language} />
              ))}
            </ul>
          ),
      )}
    </>
  );
}

function ClaimCard({ claim, language }: { claim: Claim; language: Language }): VNode {
  const say = words[language];
  const { scope, status, standing, part } = claim;
  const about = [
    part ?? (scope === 'SUBSET' && say.scope.SUBSET),
    claim.years.length > 1 ? say.together(say.list(claim.years)) : claim.years[0],
    claim.reportedAt !== null && say.reportedAt(claim.reportedAt),
  ].filter((text) => typeof text === 'string');
  return (
    <li class={`claim ${standing.toLowerCase()} ${status.toLowerCase()}`} id={claim.id.replaceAll(/[^\w-]/g, '-')}>
      {about.length > 0 && (
        <p class="about">
          {about.map((text, place) => (
            <>
              {place > 0 && ' · '}
              <Said text={text} language={language} />
            </>
          ))}
        </p>
      )}
      {claim.values.map((value) => (
        <p class="value">{value}</p>
      ))}
      <p class="marks">
        <span class={`mark ${status.toLowerCase()}`}>{say.claimStatus[status]}</span>{' '}
        <span class={`mark ${standing.toLowerCase()}`}>{say.standing[standing]}</span>
        {claim.asOf !== null && (
          <>
            {' '}
            <span class="mark">
              <time dateTime={claim.asOf}>{say.asOf(dayInWords(claim.asOf, language))}</time>
            </span>
          </>
        )}
      </p>
      {claim.note !== null && (
        <p class="note">
          <Said text={claim.note} language={language} />
        </p>
      )}
      <ul class="told-by">
        {claim.citations.map(({ source, basis }) => (
          <li>
            <a href={`#source-${source.slug}`}>
              <Said text={source.publisher ?? source.title} language={language} />
            </a>
            {source.publishedOn && (
              <>
                , <Day day={source.publishedOn} language={language} />
              </>
            )}
            {basis !== 'STATED' && ` (${say.basis[basis]})`}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** All sources of a page, with links where they may be linked to. */
export function SourceList({ sources, language }: { sources: Sources; language: Language }): VNode {
  const say = words[language];
  if (sources.size === 0) return <p>{say.noSources}</p>;
  return (
    <ol class="sources">
      {[...sources.values()].map(({ source, notes }) => (
        <li id={`source-${source.slug}`}>
          {source.url ? (
            <a href={source.url} lang={source.language ?? undefined} rel="external noopener">
              {source.title}
            </a>
          ) : (
            <span lang={source.language ?? undefined}>{source.title}</span>
          )}
          {source.publisher && (
            <>
              {', '}
              <Said text={source.publisher} language={language} />
            </>
          )}
          {source.publishedOn && (
            <>
              , <Day day={source.publishedOn} language={language} />
            </>
          )}
          {source.isRelay && ` (${say.relay})`}
          {[...notes].map((text) => (
            <p class="note">
              <Said text={text} language={language} />
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
