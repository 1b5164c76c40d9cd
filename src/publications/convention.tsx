/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import type { ClaimStatus, ConventionPageQuery, ConventionSigningsQuery } from '../client/index.ts';
import { decimalInWords, moneyInWords } from '../web/amounts.ts';
import { References, SourceList, sourcesIn } from './claims.tsx';
import { CalendarLinks, linkTo, OtherNames, type Page, type PageContext, Said, Scroll } from './layout.tsx';
import { dayInWords, type Language, words } from './words.ts';

type Convention = NonNullable<ConventionPageQuery['convention']>;
type Edition = Convention['editions']['nodes'][number];
type Total = ConventionSigningsQuery['signedProjectTotals']['total'];
type Excluded = Total['excluded'][number];

/** What the page of a series is made of. */
interface Series {
  convention: Convention;
  signings: ConventionSigningsQuery;
  currency: string;
  /** Of each measure, as SVG. */
  charts: { projects: string; investment: string };
}

/** A series: its editions over time, what was signed at each, and what could not be added. */
export function conventionPage(series: Series, context: PageContext): Omit<Page, 'jsonLd'> {
  const { convention, signings, charts, currency } = series;
  const { language } = context;
  const say = words[language];
  const sources = sourcesIn(convention.citations);
  const { slug, name, acronym, description, editions } = convention;
  const citedWhere = (isMeant: (field: string | null) => boolean) => {
    const citations = convention.citations.filter(({ field }) => isMeant(field));
    return citations.length > 0 ? <References citations={citations} sources={sources} language={language} /> : null;
  };
  const cited = (...fields: string[]) => citedWhere((field) => field !== null && fields.includes(field));
  const shown = shownFieldsOf(convention);
  return {
    title: name,
    description: description ?? name,
    path: `/conventions/${slug}`,
    openGraphType: 'website',
    alternates: [
      { type: 'text/calendar', path: `/conventions/${slug}.ics`, title: say.calendarOfConvention },
      { type: 'application/atom+xml', path: `/conventions/${slug}/feed.atom`, title: say.feedOfThis },
    ],
    main: (
      <article>
        <h1>
          <Said text={name} language={language} />
          {acronym && <abbr class="acronym">{acronym}</abbr>}
        </h1>
        <OtherNames {...convention} toldBy={citedWhere((field) => field === null || !shown.has(field))} />
        {description && (
          <p class="lede">
            <Said text={description} language={language} /> {cited('description')}
          </p>
        )}
        <dl class="facts">
          {convention.nextEdition && (
            <Fact name={say.facts.nextEdition}>
              <EditionLink edition={convention.nextEdition} context={context} />
            </Fact>
          )}
          {convention.latestEdition && (
            <Fact name={say.facts.latestEdition}>
              <EditionLink edition={convention.latestEdition} context={context} />
            </Fact>
          )}
          {convention.cadence && (
            <Fact name={say.facts.cadence}>
              {say.cadence[convention.cadence]} {cited('cadence')}
            </Fact>
          )}
          {convention.schedule && (
            <Fact name={say.facts.schedule}>
              <Said text={convention.schedule} language={language} /> {cited('schedule')}
            </Fact>
          )}
          {convention.cities.length > 1 && (
            <Fact name={say.facts.cities}>
              <Said text={say.list(convention.cities.map((city) => city.name))} language={language} />
            </Fact>
          )}
          {convention.alternateNames.length > 0 && (
            <Fact name={say.facts.alternateName}>
              {convention.alternateNames.map(({ text, locale }, place) => (
                <>
                  {place > 0 && say.comma}
                  <span lang={locale === language ? undefined : locale}>{text}</span>
                </>
              ))}{' '}
              {cited('alternateName')}
            </Fact>
          )}
          {acronym && (
            <Fact name={say.facts.acronym}>
              {acronym} {cited('acronym')}
            </Fact>
          )}
          {convention.mergedInto && (
            <Fact name={say.facts.mergedInto}>
              <ConventionLink convention={convention.mergedInto} context={context} /> {cited('mergedInto')}
            </Fact>
          )}
          {convention.predecessors.length > 0 && (
            <Fact name={say.facts.predecessors}>
              {convention.predecessors.map((predecessor, place) => (
                <>
                  {place > 0 && say.comma}
                  <ConventionLink convention={predecessor} context={context} />
                </>
              ))}{' '}
              {cited('predecessors')}
            </Fact>
          )}
          {convention.industries.length > 0 && (
            <Fact name={say.facts.industries}>
              <Said text={say.list(convention.industries)} language={language} />
            </Fact>
          )}
          {convention.websiteUrl && (
            <Fact name={say.facts.website}>
              <a href={convention.websiteUrl} rel="external noopener">
                {new URL(convention.websiteUrl).host}
              </a>
            </Fact>
          )}
          {convention.sameAs.length > 0 && (
            <Fact name={say.facts.elsewhere}>
              {convention.sameAs.map((address, place) => (
                <>
                  {place > 0 && say.comma}
                  <a href={address} rel="external noopener">
                    {new URL(address).host}
                  </a>
                </>
              ))}
            </Fact>
          )}
        </dl>
        {convention.note && (
          <p class="note">
            <Said text={convention.note} language={language} /> {cited('note')}
          </p>
        )}
        <p class="take">
          {say.calendarOfConvention}
          {say.colon}
          <CalendarLinks path={`/conventions/${slug}.ics`} context={context} />
        </p>
        <p class="take">
          {say.changes}
          {say.colon}
          <a href={linkTo(`/conventions/${slug}/feed.atom`, context)}>{say.subscribe}</a> <span class="kind">Atom</span>
        </p>
        {hasSignings(series) && (
          <section aria-labelledby="signings">
            <h2 id="signings">{say.signings}</h2>
            <p>{say.signingsAbout}</p>
            <Chart title={say.columns.projects} svg={charts.projects} />
            <Sum
              total={signings.signedProjectTotals.total}
              measure="projects"
              currency={currency}
              language={language}
            />
            <Chart title={`${say.columns.investment} (${currency})`} svg={charts.investment} />
            <Sum
              total={signings.signedProjectTotals.total}
              measure="investment"
              currency={currency}
              language={language}
            />
            <LeftOut excluded={signings.signedProjectTotals.total.excluded} context={context} />
          </section>
        )}
        <Deals deals={convention.deals} context={context} />
        <section aria-labelledby="editions">
          <h2 id="editions">{say.editions}</h2>
          <EditionTable editions={editions.nodes} context={context} />
          {editions.totalCount > editions.nodes.length && (
            <p>
              <a href={linkTo(`/?convention=${slug}&show=past`, context)}>{say.showAll(editions.totalCount)}</a>
            </p>
          )}
        </section>
        <section aria-labelledby="sources">
          <h2 id="sources">{say.sources}</h2>
          <SourceList sources={sources} language={language} />
        </section>
      </article>
    ),
  };
}

/** The fields that stand on the page with their own marks; what is told of others is marked beside the names. */
function shownFieldsOf({ acronym, alternateNames, ...convention }: Convention): Set<string> {
  const values = {
    ...{ description: convention.description, cadence: convention.cadence, schedule: convention.schedule },
    ...{ alternateName: alternateNames[0], acronym, mergedInto: convention.mergedInto },
    ...{ predecessors: convention.predecessors[0], note: convention.note },
  };
  return new Set(Object.entries(values).flatMap(([field, value]) => (value ? [field] : [])));
}

/** A term and what there is to say of it. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Whether anything is told of what was signed at its editions: of many series, sources tell other deals only. */
function hasSignings({ signings }: Series): boolean {
  const { editions } = signings.convention ?? {};
  const isAnySigned = editions?.nodes.some(({ signedProjects }) => signedProjects !== null) ?? false;
  const { excluded } = signings.signedProjectTotals.total;
  return isAnySigned || excluded.some(({ claim }) => claim.stage === 'SIGNED');
}

/** The preferred claims about each edition that are no signed projects, kind by kind. */
function Deals({ deals, context }: { deals: Convention['deals']; context: PageContext }): VNode | null {
  const { language } = context;
  const say = words[language];
  if (deals.nodes.length === 0) return null;
  const stages = [...new Set(deals.nodes.map(({ stage }) => stage))];
  return (
    <section aria-labelledby="deals">
      <h2 id="deals">{say.deals}</h2>
      <p>{say.dealsAbout}</p>
      {stages.map((stage) => (
        <>
          <h3>{say.stage[stage]}</h3>
          <Scroll name={say.stage[stage]}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say.columns.edition}</th>
                  <th scope="col">{say.deal}</th>
                </tr>
              </thead>
              <tbody>
                {deals.nodes
                  .filter((deal) => deal.stage === stage)
                  .map((deal) => (
                    <DealRow deal={deal} context={context} />
                  ))}
              </tbody>
            </table>
          </Scroll>
        </>
      ))}
      {deals.totalCount > deals.nodes.length && <p>{say.more(deals.nodes.length, deals.totalCount)}</p>}
    </section>
  );
}

function DealRow({ deal, context }: { deal: Convention['deals']['nodes'][number]; context: PageContext }): VNode {
  const { language } = context;
  const say = words[language];
  const { id, status, projects, investment, share, editions, reportedAt } = deal;
  const [edition] = editions;
  const values = [projects?.text, investment?.text, share && `${say.share}${say.colon}${share.text}`].filter(Boolean);
  const at = reportedAt ?? edition;
  return (
    <tr>
      <th scope="row">
        {edition && (
          <a href={linkTo(`/editions/${edition.slug}`, context)}>
            <Said text={edition.name} language={language} />
          </a>
        )}
      </th>
      <td>
        {at ? <a href={linkTo(claimOn(at, id), context)}>{values.join(say.comma)}</a> : values.join(say.comma)}
        {status !== 'FINAL' && (
          <>
            {' '}
            <span class={`mark ${status.toLowerCase()}`}>{say.claimStatus[status]}</span>
          </>
        )}
      </td>
    </tr>
  );
}

function ConventionLink({
  convention,
  context,
}: {
  convention: { slug: string; name: string };
  context: PageContext;
}): VNode {
  return (
    <a href={linkTo(`/conventions/${convention.slug}`, context)}>
      <Said text={convention.name} language={context.language} />
    </a>
  );
}

function EditionLink({
  edition,
  context,
}: {
  edition: { slug: string; name: string; dates: string | null };
  context: PageContext;
}): VNode {
  return (
    <>
      <a href={linkTo(`/editions/${edition.slug}`, context)}>
        <Said text={edition.name} language={context.language} />
      </a>
      {edition.dates && `, ${edition.dates}`}
    </>
  );
}

function Chart({ title, svg }: { title: string; svg: string }): VNode {
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: it is made by the library, which escapes the texts in it. */}
      <div dangerouslySetInnerHTML={{ __html: svg }} />
    </figure>
  );
}

function Sum(props: { total: Total; measure: 'projects' | 'investment'; currency: string; language: Language }): VNode {
  const { total, measure, currency, language } = props;
  const say = words[language];
  const sum = total[measure];
  if (sum === null) return <p class="sum">{say.noSum}</p>;
  return (
    <p class="sum">
      {say.sum}
      {say.colon}
      {measure === 'projects'
        ? say.sumOfProjects(decimalInWords(sum, language), total.editionsWithProjects, total.editions)
        : say.sumOfInvestment(moneyInWords(sum, currency, language), total.editionsWithInvestment, total.editions)}
      {!total.isExact && ` ${say.inexact}`}
      {total.excluded.some(({ reason }) => reason === 'OTHER_CURRENCY') && ` ${say.oneCurrency(currency)}`}
    </p>
  );
}

function LeftOut({ excluded, context }: { excluded: readonly Excluded[]; context: PageContext }): VNode {
  const say = words[context.language];
  return (
    <section aria-labelledby="left-out">
      <h3 id="left-out">{say.leftOut}</h3>
      <p>{excluded.length === 0 ? say.nothingLeftOut : say.leftOutAbout}</p>
      {excluded.length > 0 && (
        <details>
          <summary>{say.showClaims(excluded.length)}</summary>
          <Scroll name={say.leftOut}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say.claim}</th>
                  <th scope="col">{say.about}</th>
                  <th scope="col">{say.why}</th>
                </tr>
              </thead>
              <tbody>
                {excluded.map((one) => (
                  <LeftOutRow excluded={one} context={context} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      )}
    </section>
  );
}

function LeftOutRow({ excluded: { claim, reason }, context }: { excluded: Excluded; context: PageContext }): VNode {
  const { language } = context;
  const say = words[language];
  const { projects, investment, share, stage, status, standing, slice, editions, reportedAt, note } = claim;
  const asOf = claim.asOfPeriod ?? claim.asOf;
  const values = [projects?.text, investment?.text, share && `${say.share}${say.colon}${share.text}`].filter(Boolean);
  const at = reportedAt ?? editions[0];
  const text = `${say.stage[stage]}${say.colon}${values.join(say.comma)}`;
  return (
    <tr>
      <td>
        {at ? <a href={linkTo(claimOn(at, claim.id), context)}>{text}</a> : text}{' '}
        <span class={`mark ${status.toLowerCase()}`}>{say.claimStatus[status]}</span>
        {standing !== 'PREFERRED' && <span class={`mark ${standing.toLowerCase()}`}>{say.standing[standing]}</span>}
        {asOf !== null && ` ${say.asOf(dayInWords(asOf, language))}`}
        {note && (
          <p class="note">
            <Said text={note} language={language} />
          </p>
        )}
      </td>
      <td>
        {slice && (
          <>
            <Said text={slice.value} language={language} />
            {say.comma}
          </>
        )}
        {say.list(editions.map(({ year }) => say.ofYear(year)))}
      </td>
      <td>{say.reason[reason]}</td>
    </tr>
  );
}

/** @returns the address of a claim on the page of an edition */
function claimOn({ slug }: { slug: string }, id: string): string {
  return `/editions/${slug}#${id}`;
}

function EditionTable({ editions, context }: { editions: readonly Edition[]; context: PageContext }): VNode {
  const { language } = context;
  const { columns, ...say } = words[language];
  const isAnySigned = editions.some(({ signedProjects }) => signedProjects !== null);
  return (
    <Scroll name={say.editions}>
      <table>
        <thead>
          <tr>
            {[
              columns.edition,
              columns.dates,
              columns.place,
              columns.space,
              ...(isAnySigned ? [columns.projects, columns.investment] : []),
              columns.status,
            ].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {editions.map((edition) => (
            <tr>
              <th scope="row">
                <a href={linkTo(`/editions/${edition.slug}`, context)}>
                  <Said text={edition.name} language={language} />
                </a>
              </th>
              <td>{edition.dates ?? say.ofYear(edition.year)}</td>
              <td>
                {edition.city ? <Said text={edition.city.name} language={language} /> : <Unknown language={language} />}
              </td>
              {numbersOf(edition, isAnySigned).map((number) => (
                <td>
                  {number ? (
                    <a href={linkTo(claimOn(edition, number.id), context)}>{number.text}</a>
                  ) : (
                    <Unknown language={language} />
                  )}
                  {number && number.status !== 'FINAL' && (
                    <>
                      {' '}
                      <span class={`mark ${number.status.toLowerCase()}`}>{say.claimStatus[number.status]}</span>
                    </>
                  )}
                </td>
              ))}
              <td>{say.status[edition.status]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The exhibition space and, where wanted, the projects and the investment of an edition, each with the claim that it is taken from. */
function numbersOf(
  { figures, signedProjects }: Edition,
  withSigned: boolean,
): ({ id: string; status: ClaimStatus; text: string } | null)[] {
  const space = figures.find(
    ({ scope, standing, spaceBasis }) => scope === 'EDITION' && standing === 'PREFERRED' && spaceBasis !== 'NET',
  );
  const signed = [signedProjects?.projects, signedProjects?.investment].map(
    (number) => signedProjects && number && { ...signedProjects, text: number.text },
  );
  return [
    space ? { ...space, text: space.quantity.text } : null,
    ...(withSigned ? signed.map((number) => number ?? null) : []),
  ];
}

/** What no source tells, said so. */
export function Unknown({ language }: { language: Language }): VNode {
  return <span class="unknown">{words[language].unknown}</span>;
}
