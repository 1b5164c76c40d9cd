/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import type { CitationBasis, ClaimScope, ClaimStatus, Standing } from '../client/index.ts';
import { Day, Said } from './layout.tsx';
import { dayInWords, type Language, words } from './words.ts';

/** A text that facts were taken from, as pages cite it. */
interface CitedSource {
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

/** A source with its number on the page. */
interface NumberedSource {
  place: number;
  source: CitedSource;
  /** How often it was cited so far, as the page is written from its top to its end. */
  cited: number;
}

export type Sources = ReadonlyMap<string, NumberedSource>;

/** Numbers the sources of all citations in an answer of the graph, in the order in which they are cited. */
export function sourcesIn(answer: unknown, sources = new Map<string, NumberedSource>()): Sources {
  if (Array.isArray(answer)) for (const item of answer) sourcesIn(item, sources);
  else if (typeof answer === 'object' && answer !== null) {
    if (!isCitation(answer)) for (const value of Object.values(answer)) sourcesIn(value, sources);
    else if (!sources.has(answer.source.slug))
      sources.set(answer.source.slug, { place: sources.size + 1, source: answer.source, cited: 0 });
  }
  return sources;
}

function isCitation(value: object): value is Citation {
  return 'source' in value && 'basis' in value;
}

interface Cited {
  citations: readonly Citation[];
  sources: Sources;
  language: Language;
}

/** The numbers of the sources behind something, each a link to the list of sources, and what the editors note of them. */
export function References({ citations, sources, language }: Cited): VNode | null {
  if (citations.length === 0) return null;
  const say = words[language];
  const bases = new Map<string, CitationBasis>();
  for (const { source, basis } of citations)
    if (basis === 'STATED' || !bases.has(source.slug)) bases.set(source.slug, basis);
  const inOrder = [...bases].toSorted(
    ([one], [other]) => (sources.get(one)?.place ?? 0) - (sources.get(other)?.place ?? 0),
  );
  const notes = new Set(citations.flatMap(({ note }) => note ?? []));
  return (
    <>
      <span class="references">
        {inOrder.map(([slug, basis], index) => {
          const place = sources.get(slug)?.place ?? 0;
          return (
            <>
              {index > 0 && ' '}
              <a href={`#source-${slug}`} id={anchor(sources, slug)} aria-label={say.source(place)}>
                {place}
                {basis !== 'STATED' && ` (${say.basis[basis]})`}
              </a>
            </>
          );
        })}
      </span>
      {[...notes].map((text) => (
        <span class="note">
          {' '}
          <Said text={text} language={language} />
        </span>
      ))}
    </>
  );
}

/** @returns the id of a place where a source is cited, so that its entry in the list leads back to it */
function anchor(sources: Sources, slug: string): string | undefined {
  const known = sources.get(slug);
  if (!known) return undefined;
  known.cited += 1;
  return `cited-${slug}-${known.cited}`;
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

/** Claims about one subject: those about the whole edition side by side, then those about parts; those about several editions folded. */
export function Claims({ claims, ...rest }: { claims: readonly Claim[]; sources: Sources; language: Language }): VNode {
  const of = (...scopes: ClaimScope[]) => claims.filter(({ scope }) => scopes.includes(scope));
  const together = of('CUMULATIVE');
  return (
    <>
      <ClaimList claims={of('EDITION')} {...rest} />
      <ClaimList claims={of('SUBSET')} {...rest} />
      {together.length > 0 && (
        <details>
          <summary>{words[rest.language].foldedClaims(together.length)}</summary>
          <ClaimList claims={together} {...rest} />
        </details>
      )}
    </>
  );
}

function ClaimList({ claims, ...rest }: { claims: readonly Claim[]; sources: Sources; language: Language }) {
  if (claims.length === 0) return null;
  return (
    <ul class="claims">
      {claims.map((claim) => (
        <ClaimCard claim={claim} hasChoice={claims.length > 1 && claim.scope === 'EDITION'} {...rest} />
      ))}
    </ul>
  );
}

function ClaimCard(props: { claim: Claim; hasChoice: boolean; sources: Sources; language: Language }): VNode {
  const { claim, hasChoice, sources, language } = props;
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
        <span class={`mark ${status.toLowerCase()}`}>{say.claimStatus[status]}</span>
        {(hasChoice || standing !== 'PREFERRED') && (
          <>
            {' '}
            <span class={`mark ${standing.toLowerCase()}`}>{say.standing[standing]}</span>
          </>
        )}
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
        {claim.citations.map(({ source, basis, note }) => (
          <li>
            <a href={`#source-${source.slug}`} id={anchor(sources, source.slug)}>
              <Said text={source.publisher ?? source.title} language={language} />
            </a>
            {source.publishedOn && (
              <>
                {say.comma}
                <Day day={source.publishedOn} language={language} />
              </>
            )}
            {basis !== 'STATED' && ` (${say.basis[basis]})`}
            {note && (
              <p class="note">
                <Said text={note} language={language} />
              </p>
            )}
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
      {[...sources.values()].map(({ source, cited }) => (
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
              {say.comma}
              <Said text={source.publisher} language={language} />
            </>
          )}
          {source.publishedOn && (
            <>
              {say.comma}
              <Day day={source.publishedOn} language={language} />
            </>
          )}
          {source.isRelay && ` (${say.relay})`}
          <BackLinks slug={source.slug} cited={cited} language={language} />
        </li>
      ))}
    </ol>
  );
}

/** So many places where a source is cited are linked from its entry. */
const MOST_BACK_LINKS = 9;

function BackLinks({ slug, cited, language }: { slug: string; cited: number; language: Language }): VNode {
  const places = Array.from({ length: Math.min(cited, MOST_BACK_LINKS) }, (_, index) => index + 1);
  return (
    <span class="references">
      {places.map((place) => (
        <>
          {' '}
          <a href={`#cited-${slug}-${place}`} aria-label={`${words[language].cited} ${place}`}>
            ↑{cited > 1 && place}
          </a>
        </>
      ))}
    </span>
  );
}
