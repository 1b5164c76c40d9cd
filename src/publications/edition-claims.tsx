/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import type { EditionPageQuery } from '../client/index.ts';
import { type Claim, Claims, type Sources } from './claims.tsx';
import { Day, type PageContext } from './layout.tsx';
import { dayInWords, type Language, type Words } from './words.ts';

export type Edition = NonNullable<EditionPageQuery['edition']>;

/** What every part of the page is made with. */
export interface Parts {
  edition: Edition;
  sources: Sources;
  language: Language;
  say: Words;
  context: PageContext;
}

/** A section of the page, which its list of contents leads to. */
export function Part({
  id,
  title,
  about,
  children,
}: {
  id: string;
  title: string;
  about?: string;
  children: ComponentChildren;
}): VNode {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {about && <p>{about}</p>}
      {children}
    </section>
  );
}

/** What sources say of the days, where there is more than one claim. */
export function DateClaims({ edition, sources, language, say }: Parts): VNode | null {
  if (edition.dateClaims.length < 2) return null;
  const claims = edition.dateClaims.map(
    ({ id, startDate, endDate, dayCount, status, standing, note, citations }): Claim => ({
      ...{ id, status, standing, note, citations, scope: 'EDITION', part: null, asOf: null, years: [] },
      reportedAt: null,
      values: [<DaysOfClaim {...{ startDate, endDate, dayCount, language, say }} />],
    }),
  );
  return (
    <Part id="date-claims" title={say.dateClaims}>
      <Claims claims={claims} sources={sources} language={language} />
    </Part>
  );
}

/** The days that a claim tells, in the words in which the edition's own dates are told. */
function DaysOfClaim(
  props: Pick<Edition['dateClaims'][number], 'startDate' | 'endDate' | 'dayCount'> & Pick<Parts, 'language' | 'say'>,
): VNode {
  const { startDate, endDate, dayCount, language, say } = props;
  if (startDate === null && endDate === null) return <>{dayCount === null ? say.unknown : say.days(dayCount)}</>;
  if (endDate === null || startDate === endDate) {
    const day = startDate ?? '';
    const text = dayInWords(day, language);
    return <time dateTime={day}>{endDate === null ? say.from(text) : text}</time>;
  }
  if (startDate === null) return <time dateTime={endDate}>{say.until(dayInWords(endDate, language))}</time>;
  return (
    <>
      <Day day={startDate} language={language} />
      {say.through}
      <Day day={endDate} language={language} />
    </>
  );
}

/** Every claim about what was signed, by stage. */
export function Statistics({ edition, sources, language, say }: Parts): VNode | null {
  const { nodes, totalCount } = edition.signedProjectStatistics;
  if (nodes.length === 0) return null;
  const stages = groupedBy(nodes, ({ stage }) => stage);
  return (
    <Part id="statistics" title={say.statistics} about={say.statisticsAbout}>
      {[...stages].map(([stage, statistics]) => (
        <>
          <h3>{say.stage[stage]}</h3>
          <Claims
            claims={statistics.map((statistic) => claimOf(statistic, edition, say))}
            sources={sources}
            language={language}
          />
        </>
      ))}
      {totalCount > nodes.length && <p>{say.more(nodes.length, totalCount)}</p>}
    </Part>
  );
}

function claimOf(statistic: Edition['signedProjectStatistics']['nodes'][number], edition: Edition, say: Words): Claim {
  const { projects, investment, share, conversions, slice, reportedAt, ...rest } = statistic;
  const converted = conversions.map(({ text }) => text);
  return {
    ...rest,
    asOf: rest.asOfPeriod ?? rest.asOf,
    part: slice && `${say.slice[slice.dimension]}${say.colon}${slice.value}`,
    years: otherYears(rest.editions, edition, say),
    reportedAt: reportedAt && reportedAt.slug !== edition.slug ? reportedAt.year : null,
    values: [
      projects?.text,
      investment && (
        <>
          {investment.text}
          {converted.length > 0 && (
            <span class="converted">
              {' '}
              ({say.list(converted)}
              {say.comma}
              {say.converted})
            </span>
          )}
        </>
      ),
      share && `${say.share}${say.colon}${share.text}`,
    ].filter((value) => value !== undefined && value !== null),
  };
}

/** @returns the years of the editions that a claim is about, unless it is about this one alone */
function otherYears(editions: readonly { slug: string; year: number }[], { slug }: Edition, say: Words): string[] {
  const isThisAlone = editions.length === 1 && editions[0]?.slug === slug;
  return isThisAlone ? [] : [...new Set(editions.map(({ year }) => say.ofYear(year)))];
}

/** Every claim about size and visitors, by metric. */
export function Figures({ edition, sources, language, say }: Parts): VNode | null {
  if (edition.figures.length === 0) return null;
  const metrics = groupedBy(edition.figures, ({ metric }) => metric);
  return (
    <Part id="figures" title={say.figures} about={say.figuresAbout}>
      {[...metrics].map(([metric, figures]) => (
        <>
          <h3>{say.metric[metric]}</h3>
          <Claims
            claims={figures.map(({ label, quantity, spaceBasis, asOf, asOfPeriod, ...rest }) => ({
              ...{ ...rest, part: label, asOf: asOfPeriod ?? asOf, reportedAt: null },
              values: [spaceBasis ? `${quantity.text} (${say.spaceBasis[spaceBasis]})` : quantity.text],
              years: otherYears(rest.editions, edition, say),
            }))}
            sources={sources}
            language={language}
          />
        </>
      ))}
    </Part>
  );
}

/** Puts what has the same key together, in the order in which the keys come first. */
function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
