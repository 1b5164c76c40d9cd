/** @jsxImportSource preact */
import type { VNode } from 'preact';
import type { AppearanceKind } from '../client/index.ts';
import { References, SourceList, sourcesIn } from './claims.tsx';
import { Fact, Unknown } from './convention.tsx';
import { DateClaims, type Edition, Figures, Part, type Parts, Statistics } from './edition-claims.tsx';
import { CalendarLinks, Day, linkTo, OtherNames, type Page, type PageContext, Said } from './layout.tsx';
import { placeInWords } from './sentences.ts';
import { dayInWords, type Language, type Words, words } from './words.ts';

/** One edition: all that is known of it, each fact with its sources, competing claims side by side. */
export function editionPage(edition: Edition, context: PageContext): Omit<Page, 'jsonLd'> {
  const { language } = context;
  const say = words[language];
  const sources = sourcesIn(edition);
  const parts = { edition, sources, language, say, context };
  const path = `/editions/${edition.slug}`;
  return {
    title: edition.name,
    description: summaryOf(edition, say),
    path,
    openGraphType: 'article',
    alternates: [
      { type: 'text/calendar', path: `${path}.ics`, title: say.calendarOfEdition },
      { type: 'application/atom+xml', path: `${path}/feed.atom`, title: say.feedOfThis },
      { type: 'application/ld+json', path: `${path}.jsonld`, title: 'JSON-LD' },
      { type: 'application/json', path: `${path}.json`, title: 'JSON' },
    ],
    main: (
      <article>
        <p class="breadcrumb">
          <a href={linkTo(`/conventions/${edition.convention.slug}`, context)}>
            <Said text={edition.convention.name} language={language} />
          </a>
        </p>
        <h1>
          <Said text={edition.name} language={language} />
        </h1>
        <OtherNames {...edition} toldBy={unmarked(parts)} />
        <Facts {...parts} />
        <p class="take">
          {say.calendarOfEdition}
          {say.colon}
          <CalendarLinks path={`${path}.ics`} context={context} />
        </p>
        <Contents {...parts} />
        <DateClaims {...parts} />
        <Themes {...parts} />
        <Statistics {...parts} />
        <Figures {...parts} />
        <Speakers {...parts} />
        <Areas {...parts} />
        <Programme {...parts} />
        <Participants {...parts} />
        <Indicators {...parts} />
        <Notes {...parts} />
        <Coverage {...parts} />
        <Part id="sources" title={say.sources}>
          <p>{say.editorsNotes}</p>
          <SourceList sources={sources} language={language} />
        </Part>
        <Changes {...parts} />
        <nav class="series" aria-label={say.series}>
          {edition.previousEdition && (
            <a rel="prev" href={linkTo(`/editions/${edition.previousEdition.slug}`, context)}>
              {say.previousEdition}
              {say.colon}
              <Said text={edition.previousEdition.name} language={language} />
            </a>
          )}
          {edition.followingEdition && (
            <a rel="next" href={linkTo(`/editions/${edition.followingEdition.slug}`, context)}>
              {say.followingEdition}
              {say.colon}
              <Said text={edition.followingEdition.name} language={language} />
            </a>
          )}
        </nav>
        <p class="take">
          {say.files}
          {say.colon}
          <a href={linkTo(`${path}.json`, context)}>JSON</a>
          {say.comma}
          <a href={linkTo(`${path}.jsonld`, context)}>JSON-LD</a>
          {say.comma}
          <a href={linkTo(`${path}.ics`, context)}>iCalendar</a>
        </p>
      </article>
    ),
  };
}

/** What the page has, for whoever does not want to go through all of it. */
function Contents({ edition, say }: Parts): VNode {
  const parts: [id: string, title: string, items: readonly unknown[]][] = [
    ['date-claims', say.dateClaims, edition.dateClaims.slice(1)],
    ['themes', say.themes, edition.themes],
    ['statistics', say.statistics, edition.signedProjectStatistics.nodes],
    ['figures', say.figures, edition.figures],
    ['speakers', say.speakers, edition.speakers.nodes],
    ['areas', say.areas, edition.exhibitionAreas.nodes],
    ['sessions', say.sessions, edition.sessions],
    ['organizers', say.organizers, edition.organizers],
    ['guests', say.guests, edition.guestsOfHonour],
    ['indicators', say.indicators, edition.indicators],
    ['notes', say.notes, edition.notes],
  ];
  const behind: [id: string, title: string][] = [
    ['sources', say.sources],
    ...(edition.changes.nodes.length > 0 ? [['changes', say.changes] as [string, string]] : []),
  ];
  return (
    <nav class="contents" aria-label={say.contents}>
      <ul class="links">
        {[...parts.filter(([, , items]) => items.length > 0), ['coverage', say.coverage.title] as const, ...behind].map(
          ([id, title]) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

/** A sentence for previews: when, where, and what was signed. */
function summaryOf({ dates, year, venue, city, status, signedProjects }: Edition, say: Words): string {
  const signed = [signedProjects?.projects?.text, signedProjects?.investment?.text].filter(Boolean).join(say.comma);
  return [
    dates ?? say.ofYear(year),
    [venue?.name, city?.name].filter(Boolean).join(say.comma),
    say.status[status],
    signedProjects && signed && `${say.facts.signed}${say.colon}${signed} (${say.claimStatus[signedProjects.status]})`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function Facts({ edition, sources, language, say, context }: Parts): VNode {
  const { city, venue, subVenues, furtherPlaces, signedProjects, ordinal } = edition;
  const cited = (...fields: string[]) => (
    <References
      citations={edition.citations.filter(({ field }) => field !== null && fields.includes(field))}
      sources={sources}
      language={language}
    />
  );
  const space = spaceOf(edition);
  const headline = edition.signedProjectStatistics.nodes.find(({ id }) => id === signedProjects?.id);
  const place = placeInWords({ venue: null, city }, language);
  const signed = [signedProjects?.projects?.text, signedProjects?.investment?.text].filter(Boolean).join(say.comma);
  return (
    <dl class="facts">
      <Fact name={say.facts.dates}>
        {edition.dates ? (
          <time dateTime={edition.startDate ?? edition.endDate ?? undefined}>{edition.dates}</time>
        ) : (
          <>
            {say.ofYear(edition.year)}
            {say.comma}
            <Unknown language={language} />
          </>
        )}
        {edition.dayCount !== null && ` (${say.days(edition.dayCount)})`}
        {edition.startDate && !edition.endDate && ` (${say.lastDayUnknown})`}
        {!edition.startDate && edition.endDate && ` (${say.firstDayUnknown})`}{' '}
        <span class={`mark ${edition.status.toLowerCase()}`}>{say.status[edition.status]}</span>{' '}
        {cited('startDate', 'endDate', 'dates', 'eventStatus')}
      </Fact>
      <Fact name={say.facts.venue}>
        {venue ? <Said text={venue.name} language={language} /> : <Unknown language={language} />} {cited('venue')}
      </Fact>
      <Fact name={say.facts.place}>
        {place ? <Said text={place} language={language} /> : <Unknown language={language} />} {cited('city')}
      </Fact>
      {subVenues.length > 0 && (
        <Fact name={say.facts.furtherVenues}>
          <Said text={say.list(subVenues.map(({ name }) => name))} language={language} /> {cited('subVenues')}
        </Fact>
      )}
      {furtherPlaces.length > 0 && (
        <Fact name={say.facts.furtherPlaces}>
          <Said text={say.list(furtherPlaces.map(({ name }) => name))} language={language} /> {cited('furtherPlaces')}
        </Fact>
      )}
      <Fact name={say.facts.attendance}>
        {edition.attendanceMode ? say.attendance[edition.attendanceMode] : <Unknown language={language} />}{' '}
        {cited('attendanceMode')}
      </Fact>
      {ordinal !== null && (
        <Fact name={say.facts.ordinal}>
          {ordinal}
          {!edition.ordinalIsStated && ` (${say.ordinalCounted})`} {cited('ordinal')}
        </Fact>
      )}
      <Fact name={say.facts.space}>
        {edition.exhibitionSpace?.text ?? <Unknown language={language} />}{' '}
        {space && <span class={`mark ${space.status.toLowerCase()}`}>{say.claimStatus[space.status]}</span>}{' '}
        <References citations={space?.citations ?? []} sources={sources} language={language} />
      </Fact>
      <Fact name={say.facts.signed}>
        {signed === '' || !signedProjects ? (
          <Unknown language={language} />
        ) : (
          <>
            {signed}{' '}
            <span class={`mark ${signedProjects.status.toLowerCase()}`}>{say.claimStatus[signedProjects.status]}</span>{' '}
            <References citations={headline?.citations ?? []} sources={sources} language={language} />
          </>
        )}
      </Fact>
      {edition.links.website && (
        <Fact name={say.facts.website}>
          <a href={edition.links.website} rel="external noopener">
            {new URL(edition.links.website).host}
          </a>
        </Fact>
      )}
      {edition.timeZone && <Fact name={say.facts.timeZone}>{edition.timeZone}</Fact>}
      <Fact name={say.facts.convention}>
        <a href={linkTo(`/conventions/${edition.convention.slug}`, context)}>
          <Said text={edition.convention.name} language={language} />
        </a>
      </Fact>
      <Fact name={say.facts.updated}>
        <Day day={edition.updatedAt} language={language} />
      </Fact>
    </dl>
  );
}

/** The sources of what has no mark of its own among the facts: the names, and the record as a whole. */
function unmarked({ edition, sources, language }: Parts): VNode | null {
  const citations = edition.citations.filter(({ field }) => !isMarked(edition, field ?? null));
  if (citations.length === 0) return null;
  return <References citations={citations} sources={sources} language={language} />;
}

function isMarked({ subVenues, furtherPlaces, ordinal }: Edition, field: string | null): boolean {
  if (field === 'subVenues') return subVenues.length > 0;
  if (field === 'furtherPlaces') return furtherPlaces.length > 0;
  if (field === 'ordinal') return ordinal !== null;
  return field !== null && ALWAYS_MARKED.has(field);
}

const ALWAYS_MARKED = new Set(['startDate', 'endDate', 'dates', 'eventStatus', 'venue', 'city', 'attendanceMode']);

/** @returns the claim that the exhibition space of the edition is taken from */
function spaceOf({ figures }: Edition): Edition['figures'][number] | undefined {
  return figures.find(
    ({ metric, scope, standing, spaceBasis }) =>
      metric === 'EXHIBITION_SPACE' && scope === 'EDITION' && standing === 'PREFERRED' && spaceBasis !== 'NET',
  );
}

function Themes({ edition, sources, language, say }: Parts): VNode | null {
  if (edition.themes.length === 0) return null;
  return (
    <Part id="themes" title={say.themes}>
      <ul class="themes">
        {edition.themes.map(({ kind, texts, citations }) => {
          const [shown = texts[0], ...rest] = texts.toSorted(
            (one, other) => Number(other.locale === language) - Number(one.locale === language),
          );
          return (
            <li>
              {shown && <span lang={shown.locale === language ? undefined : shown.locale}>{shown.text}</span>}
              {kind === 'SUB' && ` (${say.theme.SUB})`}{' '}
              <References citations={citations} sources={sources} language={language} />
              {rest.map(({ text, locale }) => (
                <p class="other" lang={locale}>
                  {text}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Speakers({ edition, sources, language, say, context }: Parts): VNode | null {
  const { nodes, totalCount } = edition.speakers;
  if (nodes.length === 0) return null;
  return (
    <Part id="speakers" title={say.speakers} about={say.speakersAbout}>
      <ul class="people">
        {nodes.map(({ speaker, title, affiliation, kind, session, remarks, citations }) => (
          <li>
            <a href={linkTo(`/speakers/${speaker.slug}`, context)}>
              <Said text={speaker.name} language={language} />
            </a>{' '}
            <References citations={citations} sources={sources} language={language} />
            <TookPart {...{ kind, title, affiliation, session, remarks, language }} />
          </li>
        ))}
      </ul>
      {totalCount > nodes.length && <p>{say.more(nodes.length, totalCount)}</p>}
    </Part>
  );
}

/** How a person took part, and with which title at the time. */
export function TookPart({ kind, title, affiliation, session, remarks, language }: Appearance): VNode {
  const say = words[language];
  return (
    <>
      {title && (
        <p class="held">
          <Said text={title} language={language} />
        </p>
      )}
      {affiliation && (
        <p class="affiliation">
          <Said text={affiliation.name} language={language} />
        </p>
      )}
      <p class="marks">
        <span class={`mark ${kind.toLowerCase()}`}>{say.appearance[kind]}</span>
        {session && (
          <>
            {' '}
            <Said text={session.title} language={language} />
            {session.date && (
              <>
                {say.comma}
                <Day day={session.date} language={language} />
              </>
            )}
          </>
        )}
      </p>
      {remarks && (
        <p class="note">
          <Said text={remarks} language={language} />
        </p>
      )}
    </>
  );
}

interface Appearance {
  kind: AppearanceKind;
  title: string | null;
  affiliation: { name: string } | null;
  session: { title: string; date?: string | null } | null;
  remarks: string | null;
  language: Language;
}

function Areas({ edition, sources, language, say }: Parts): VNode | null {
  const { nodes, totalCount } = edition.exhibitionAreas;
  if (nodes.length === 0) return null;
  return (
    <Part id="areas" title={say.areas}>
      <ul class="areas">
        {nodes.map(({ name, kind, focus, size, citations }) => (
          <li>
            <Said text={name} language={language} /> ({say.area[kind]}){size && `${say.comma}${size.text}`}{' '}
            <References citations={citations} sources={sources} language={language} />
            {focus && (
              <p class="note">
                <Said text={focus} language={language} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {totalCount > nodes.length && <p>{say.more(nodes.length, totalCount)}</p>}
    </Part>
  );
}

function Programme({ edition, sources, language, say }: Parts): VNode | null {
  if (edition.sessions.length === 0) return null;
  return (
    <Part id="sessions" title={say.sessions}>
      <ul>
        {edition.sessions.map(({ title, kind, date, endDate, citations }) => (
          <li>
            {date && <Day day={date} language={language} />}
            {endDate && `${date ? ' ' : ''}${say.to(dayInWords(endDate, language))}`}
            {(date || endDate) && `${say.colon}`}
            <Said text={title} language={language} /> ({say.session[kind]}){' '}
            <References citations={citations} sources={sources} language={language} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Participants({ edition, sources, language, say }: Parts): VNode {
  const groups = [
    {
      id: 'organizers',
      title: say.organizers,
      items: edition.organizers.map(({ participant, role, citations }) => ({
        name: participant.__typename === 'Organization' ? participant.name : participant.placeName,
        role: say.role[role],
        citations,
      })),
    },
    {
      id: 'guests',
      title: say.guests,
      items: edition.guestsOfHonour.map(({ participant, citations }) => ({
        name: participant.__typename === 'Organization' ? participant.name : participant.placeName,
        role: null,
        citations,
      })),
    },
  ];
  return (
    <>
      {groups.map(
        ({ id, title, items }) =>
          items.length > 0 && (
            <Part id={id} title={title}>
              <ul>
                {items.map(({ name, role, citations }) => (
                  <li>
                    <Said text={name} language={language} />
                    {role && ` (${role})`} <References citations={citations} sources={sources} language={language} />
                  </li>
                ))}
              </ul>
            </Part>
          ),
      )}
    </>
  );
}

/** What the last imports did to it. */
function Changes({ edition, language, say, context }: Parts): VNode | null {
  const { nodes } = edition.changes;
  if (nodes.length === 0) return null;
  return (
    <Part id="changes" title={say.changes}>
      <ul class="changes">
        {nodes.map(({ at, summary }) => (
          <li>
            <Day day={at} language={language} />
            {say.colon}
            {summary}
          </li>
        ))}
      </ul>
      <p class="take">
        <a href={linkTo(`/editions/${edition.slug}/feed.atom`, context)}>{say.feedOfThis}</a>{' '}
        <span class="kind">Atom</span>
      </p>
    </Part>
  );
}

function Indicators({ edition, sources, language, say }: Parts): VNode | null {
  if (edition.indicators.length === 0) return null;
  return (
    <Part id="indicators" title={say.indicators}>
      <ul>
        {edition.indicators.map(({ name, period, basis, place, change, differenceFromPrevious, citations }) => (
          <li>
            <Said text={name} language={language} /> (<Said text={place.name} language={language} />
            {say.comma}
            {dayInWords(period, language)}){say.colon}
            {change.text}
            {say.comma}
            {say.indicator[basis]}
            {differenceFromPrevious && ` (${differenceFromPrevious.text}${say.comma}${say.againstBefore})`}{' '}
            <References citations={citations} sources={sources} language={language} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Notes({ edition, sources, language, say }: Parts): VNode | null {
  if (edition.notes.length === 0) return null;
  return (
    <Part id="notes" title={say.notes}>
      <ul>
        {edition.notes.map(({ kind, text, standing, citations }) => (
          <li>
            <span class="mark">{say.note[kind]}</span> <Said text={text} language={language} />
            {standing !== 'PREFERRED' && ` (${say.standing[standing]})`}{' '}
            <References citations={citations} sources={sources} language={language} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Which fields are known, by how many independent sources, and which are still to be looked for. */
function Coverage({ edition, language, say, context }: Parts): VNode {
  const { known, total, sources, independentSources, lastCheckedOn, fields } = edition.coverage;
  const words = say.coverage;
  const unknown = fields.filter(({ isKnown }) => !isKnown).map(({ field }) => words.field[field]);
  return (
    <Part id="coverage" title={words.title}>
      <p>
        {words.sum(known, total)}
        {say.comma}
        {words.sourcesOf(independentSources, sources)}
        {lastCheckedOn && (
          <>
            {say.comma}
            {words.checkedOn} <Day day={lastCheckedOn} language={language} />
          </>
        )}
        {say.stop} <a href={linkTo(`/coverage?convention=${edition.convention.slug}`, context)}>{words.allOf}</a>
      </p>
      <ul class="known">
        {fields
          .filter(({ isKnown }) => isKnown)
          .map(({ field, independentSources: count }) => (
            <li>
              {words.field[field]}
              {say.colon}
              {words.independent(count)}
            </li>
          ))}
      </ul>
      {unknown.length > 0 && (
        <p class="lacking">
          {words.notKnown}
          {say.colon}
          {say.list(unknown)}
        </p>
      )}
    </Part>
  );
}
