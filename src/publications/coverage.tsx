/** @jsxImportSource preact */
import type { VNode } from 'preact';
import type { CoverageOfEditionsQuery } from '../client/index.ts';
import { linkTo, type Page, type PageContext, Paging, Said, Scroll } from './layout.tsx';
import { type Words, words } from './words.ts';

type List = CoverageOfEditionsQuery['conventions'];
type Convention = List['nodes'][number];
type Edition = Convention['editions']['nodes'][number];

/** What is known of each edition, convention by convention, or of one convention alone. */
export function coveragePage(
  { list, convention, isPaged }: { list: List; convention: string | null; isPaged: boolean },
  context: PageContext,
): Omit<Page, 'jsonLd' | 'path'> {
  const say = words[context.language];
  const { title, lede, legend, ofSeries, table } = say.coverage;
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = list.pageInfo;
  const [only] = convention === null ? [] : list.nodes;
  const turned = (end: string, cursor: string | null) =>
    linkTo(`/coverage?${new URLSearchParams({ [end]: cursor ?? '' })}`, context);
  return {
    title: only ? `${title}${say.colon}${only.name}` : title,
    description: lede,
    openGraphType: 'website',
    isUnlisted: only !== undefined || isPaged,
    main: (
      <>
        <h1>{title}</h1>
        <p class="lede">{lede}</p>
        <p>
          {legend} {ofSeries}
        </p>
        {list.nodes.length > 0 && (
          <Scroll name={table} isTall>
            <table class="coverage">
              <Head convention={list.nodes[0]} say={say} />
              {list.nodes.map((one) => (
                <Series convention={one} context={context} />
              ))}
            </table>
          </Scroll>
        )}
        <Paging
          previous={hasPreviousPage ? turned('before', startCursor) : null}
          next={hasNextPage ? turned('after', endCursor) : null}
          say={say}
        />
        <p class="take">
          {only && (
            <>
              <a href={linkTo('/coverage', context)}>{say.coverage.allOf}</a>
              {' · '}
            </>
          )}
          {say.files}
          {say.colon}
          <a href="/operations/coverage-of-editions.graphql">GraphQL</a>
        </p>
      </>
    ),
  };
}

function Head({ convention, say }: { convention: Convention | undefined; say: Words }): VNode {
  const { known, sources, checked, field: names } = say.coverage;
  const fields = convention?.coverage.fields ?? [];
  return (
    <thead>
      <tr>
        <th scope="col">{say.columns.edition}</th>
        {[known, sources, checked, ...fields.map(({ field }) => names[field])].map((name) => (
          <th scope="col">
            <span>{name}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A convention: a row of its own, then one for each of its editions, the newest first. */
function Series({ convention, context }: { convention: Convention; context: PageContext }): VNode {
  const { slug, name, coverage, editions } = convention;
  const say = words[context.language];
  return (
    <tbody>
      <tr class="series-of">
        <th scope="rowgroup">
          <a href={linkTo(`/conventions/${slug}`, context)}>
            <Said text={name} language={context.language} />
          </a>
          {editions.totalCount > editions.nodes.length && (
            <p class="more">
              <a href={linkTo(`/coverage?convention=${slug}`, context)}>{say.showAll(editions.totalCount)}</a>
            </p>
          )}
        </th>
        <Sums {...coverage} />
        {coverage.fields.map(({ editions: count }) => (
          <td>
            {count}/{coverage.editions}
          </td>
        ))}
      </tr>
      {editions.nodes.map((edition) => (
        <Row edition={edition} context={context} />
      ))}
    </tbody>
  );
}

function Row({ edition, context }: { edition: Edition; context: PageContext }): VNode {
  const { slug, name, coverage } = edition;
  const say = words[context.language];
  return (
    <tr>
      <th scope="row">
        <a href={linkTo(`/editions/${slug}#coverage`, context)}>
          <Said text={name} language={context.language} />
        </a>
      </th>
      <Sums {...coverage} />
      {coverage.fields.map(({ isKnown, independentSources }) =>
        isKnown ? (
          <td class={`told by-${Math.min(independentSources, 3)}`}>{independentSources}</td>
        ) : (
          <td class="lacking">
            <span aria-hidden="true">·</span>
            <span class="unseen">{say.unknown}</span>
          </td>
        ),
      )}
    </tr>
  );
}

function Sums(
  coverage: Pick<Edition['coverage'], 'known' | 'total' | 'independentSources' | 'sources' | 'lastCheckedOn'>,
) {
  const { known, total, independentSources, sources, lastCheckedOn } = coverage;
  return (
    <>
      <td>
        {known}/{total}
      </td>
      <td>
        {independentSources}/{sources}
      </td>
      <td class="day">{lastCheckedOn && <time dateTime={lastCheckedOn}>{lastCheckedOn}</time>}</td>
    </>
  );
}
