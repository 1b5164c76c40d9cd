/** @jsxImportSource preact */
import type { VNode } from 'preact';
import type { ListedEditionsQuery, OverviewOfEditionsQuery } from '../client/index.ts';
import { addressOf, countsOf, type Filter, SHOWS, type Show } from './filter.ts';
import { CalendarLinks, Day, linkTo, type Page, type PageContext, Paging, Said } from './layout.tsx';
import { type Words, words } from './words.ts';

type List = ListedEditionsQuery['editions'];
type Edition = List['nodes'][number];

/** What the list of editions is made of. */
export interface Listing {
  filter: Filter;
  overview: OverviewOfEditionsQuery;
  /** The sections that are asked for, each with as many editions as fit. */
  sections: readonly { show: Show; list: List }[];
}

/** What is on, to come and over, as far as the filter leaves it. */
export function homePage({ filter, overview, sections }: Listing, context: PageContext): Omit<Page, 'jsonLd'> {
  const say = words[context.language];
  const { after, before } = filter;
  const isFiltered = filter.q !== null || after !== null || before !== null;
  const calendar = addressOf('/calendar.ics', filter);
  const [chosen] = filter.show === null ? [] : sections;
  const total = chosen?.list.totalCount ?? overview.found.totalCount;
  return {
    title: titleOf(filter, overview, say),
    description: say.lede,
    path: addressOf('/', filter, { after, before }),
    openGraphType: 'website',
    isUnlisted: isFiltered,
    alternates: [{ type: 'text/calendar', path: calendar, title: say.calendarOfFilter }],
    main: (
      <>
        <h1>{say.tagline}</h1>
        <p class="lede">{say.lede}</p>
        <FilterForm filter={filter} overview={overview} context={context} />
        <p id="found" role="status">
          {total === 0 ? say.nothing : say.found(total)}
        </p>
        <div id="results">
          <Shows filter={filter} overview={overview} context={context} />
          <Nothing sections={sections} filter={filter} context={context} />
          {sections.map((section) => (
            <Section {...section} filter={filter} context={context} />
          ))}
          <p class="take">
            {say.calendarOfFilter}
            {say.colon}
            <CalendarLinks path={calendar} context={context} />
          </p>
        </div>
        <Conventions overview={overview} context={context} />
      </>
    ),
  };
}

/** What the list is narrowed by, in words. */
export function titleOf(filter: Filter, { all, conventions }: OverviewOfEditionsQuery, say: Words): string {
  const { q, year, country, convention, show } = filter;
  const labels = all.facets.flatMap(({ by, buckets }) => (by === 'COUNTRY' ? buckets : []));
  const parts = [
    show && say.show[show],
    q,
    year === null ? null : say.ofYear(year),
    country && (labels.find(({ value }) => value === country)?.label ?? country),
    convention && (conventions.nodes.find(({ slug }) => slug === convention)?.name ?? convention),
  ].filter((part) => part !== null);
  return parts.length === 0 ? say.site : parts.join(say.comma);
}

interface Parts {
  filter: Filter;
  overview: OverviewOfEditionsQuery;
  context: PageContext;
}

function FilterForm({ filter, overview, context }: Parts): VNode {
  const say = words[context.language];
  const options = (by: string) => overview.all.facets.find((facet) => facet.by === by)?.buckets ?? [];
  const years = options('YEAR').toSorted((one, other) => Number(other.value) - Number(one.value));
  const countries = options('COUNTRY').filter(({ value }) => value !== '');
  return (
    <search>
      <form id="filter" action="/" method="get" aria-label={say.filter}>
        {context.isLanguageGiven && <input type="hidden" name="lang" value={context.language} />}
        {filter.show && <input type="hidden" name="show" value={filter.show} />}
        <label class="wide">
          {say.text}
          <input type="search" name="q" value={filter.q ?? ''} maxLength={200} placeholder={say.textHint} />
        </label>
        <label for="filter-year">
          {say.year}
          <Select name="year" any={say.any} chosen={filter.year === null ? '' : String(filter.year)} options={years} />
        </label>
        <label for="filter-country">
          {say.country}
          <Select name="country" any={say.any} chosen={filter.country ?? ''} options={countries} />
        </label>
        <label for="filter-convention">
          {say.convention}
          <Select
            name="convention"
            any={say.any}
            chosen={filter.convention ?? ''}
            options={overview.conventions.nodes.map(({ slug, name, acronym }) => ({
              value: slug,
              label: acronym ? `${acronym} – ${name}` : name,
            }))}
          />
        </label>
        <div class="actions">
          <button type="submit">{say.apply}</button>
          <a href={linkTo('/', context)}>{say.clear}</a>
        </div>
      </form>
    </search>
  );
}

interface Choice {
  value: string;
  label: string;
}

function Select(props: { name: string; any: string; chosen: string; options: readonly Choice[] }): VNode {
  const { name, any, chosen, options } = props;
  const isListed = chosen === '' || options.some(({ value }) => value === chosen);
  return (
    <select id={`filter-${name}`} name={name}>
      <option value="">{any}</option>
      {!isListed && (
        <option value={chosen} selected>
          {chosen}
        </option>
      )}
      {options.map(({ value, label }) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** The choice of a section, each with how many editions it holds. */
function Shows({ filter, overview, context }: Parts): VNode {
  const say = words[context.language];
  const counts = countsOf(overview);
  const choices = [null, ...SHOWS.filter((show) => counts[show] > 0 || show === filter.show)];
  return (
    <nav class="shows" aria-label={say.columns.status}>
      <ul class="choices">
        {choices.map((show) => (
          <li>
            <a
              href={linkTo(addressOf('/', filter, { show }), context)}
              aria-current={filter.show === show ? 'true' : undefined}
            >
              {show === null ? say.all : say.show[show]}{' '}
              <span class="count">{show === null ? overview.found.totalCount : counts[show]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Says in which sections there is nothing; of what is uncertain only where that was asked for. */
function Nothing({ sections, filter, context }: Pick<Listing, 'sections' | 'filter'> & { context: PageContext }) {
  const { show, q, year, country, convention } = filter;
  const { none } = words[context.language];
  // Under a filter it would only mean that nothing of it matches, which is said above.
  if ([q, year, country, convention].some((value) => value !== null)) return null;
  const empty = sections.filter(({ show: one, list }) => list.nodes.length === 0 && (one !== 'other' || show === one));
  return empty.map(({ show: one }) => <p class="none">{none[one]}</p>);
}

function Section({
  show,
  list,
  filter,
  context,
}: {
  show: Show;
  list: List;
  filter: Filter;
  context: PageContext;
}): VNode | null {
  const say = words[context.language];
  const isChosen = filter.show === show;
  if (list.nodes.length === 0) return null;
  return (
    <section aria-labelledby={`show-${show}`}>
      <h2 id={`show-${show}`} tabIndex={-1}>
        {say.show[show]}
      </h2>
      <ul class="cards">
        {list.nodes.map((edition) => (
          <Card edition={edition} context={context} />
        ))}
      </ul>
      {isChosen ? (
        <Paging {...turned(list, filter, context)} say={say} />
      ) : (
        list.totalCount > list.nodes.length && (
          <p>
            <a class="more" href={linkTo(addressOf('/', filter, { show }), context)}>
              {say.showAll(list.totalCount)}
            </a>
          </p>
        )
      )}
    </section>
  );
}

function turned({ pageInfo }: List, filter: Filter, context: PageContext) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  return {
    previous: hasPreviousPage ? linkTo(addressOf('/', filter, { before: startCursor }), context) : null,
    next: hasNextPage ? linkTo(addressOf('/', filter, { after: endCursor }), context) : null,
  };
}

function Card({ edition, context }: { edition: Edition; context: PageContext }): VNode {
  const { language } = context;
  const say = words[language];
  const { signedProjects, city, venue } = edition;
  const place = [venue?.name, city?.name].filter((name) => name !== undefined);
  return (
    <li class={`card ${edition.status.toLowerCase()}`}>
      <h3>
        <a href={linkTo(`/editions/${edition.slug}`, context)}>
          <Said text={edition.name} language={language} />
        </a>
      </h3>
      <p class="when">
        {edition.dates === null || edition.startDate === null ? (
          say.ofYear(edition.year)
        ) : (
          <time dateTime={edition.startDate}>{edition.dates}</time>
        )}
        {edition.status !== 'HELD' && (
          <span class={`mark ${edition.status.toLowerCase()}`}>{say.status[edition.status]}</span>
        )}
      </p>
      <p class="where">
        {place.length > 0
          ? place.map((name, index) => (
              <>
                {index > 0 && say.comma}
                <Said text={name} language={language} />
              </>
            ))
          : say.unknown}
      </p>
      {signedProjects && (
        <p class="signed">
          {say.facts.signed}
          {say.colon}
          {[signedProjects.projects?.text, signedProjects.investment?.text].filter(Boolean).join(say.comma)}
          {signedProjects.status !== 'FINAL' && (
            <span class={`mark ${signedProjects.status.toLowerCase()}`}>{say.claimStatus[signedProjects.status]}</span>
          )}
        </p>
      )}
    </li>
  );
}

function Conventions({ overview, context }: { overview: OverviewOfEditionsQuery; context: PageContext }): VNode {
  const { language } = context;
  const say = words[language];
  const { nodes, totalCount } = overview.conventions;
  return (
    <section aria-labelledby="conventions">
      <h2 id="conventions">{say.conventions}</h2>
      <ul class="conventions">
        {nodes.map(({ slug, name, acronym, editions }) => (
          <li>
            <a href={linkTo(`/conventions/${slug}`, context)}>
              <Said text={name} language={language} />
            </a>
            {acronym && <abbr>{acronym}</abbr>}
            <span class="count">{say.editionCount(editions.totalCount)}</span>
          </li>
        ))}
      </ul>
      {totalCount > nodes.length && <p>{say.more(nodes.length, totalCount)}</p>}
      <Holds overview={overview} say={say} context={context} />
    </section>
  );
}

function Holds({
  overview,
  say,
  context,
}: {
  overview: OverviewOfEditionsQuery;
  say: Words;
  context: PageContext;
}): VNode {
  const { counts, dataUpdatedAt } = overview.service;
  return (
    <p class="holds">
      {say.holds(counts)}
      {dataUpdatedAt !== null && (
        <>
          {' · '}
          {say.facts.updated}
          {say.colon}
          <Day day={dataUpdatedAt} language={context.language} />
        </>
      )}
    </p>
  );
}
