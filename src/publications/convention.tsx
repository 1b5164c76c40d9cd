/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import type { ClaimStatus, ConventionPageQuery, ConventionSigningsQuery } from '../client/index.ts';
import { decimalInWords, moneyInWords } from '../web/amounts.ts';
import { References, SourceList, sourcesIn } from './claims.tsx';
import { CalendarLinks, linkTo, OtherNames, type Page, type PageContext, Said } from './layout.tsx';
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
  const cited = (...fields: (string | null)[]) => (
    <References
      citations={convention.citations.filter(({ field }) => fields.includes(field))}
      sources={sources}
      language={language}
    />
  );
  const shown = ['cadence', 'acronym'];
  const others = convention.citations
    .map(({ field }) => field)
    .filter((field) => field === null || !shown.includes(field));
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
        <OtherNames {...convention} />
        {description && (
          <p class="lede">
            <Said text={description} language={language} /> {cited(...others)}
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
          {acronym && (
            <Fact name={say.facts.acronym}>
              {acronym} {cited('acronym')}
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
        <section aria-labelledby="signings">
          <h2 id="signings">{say.signings}</h2>
          <p>{say.signingsAbout}</p>
          <Chart title={say.columns.projects} svg={charts.projects} />
          <Sum total={signings.signedProjectTotals.total} measure="projects" currency={currency} language={language} />
          <Chart title={`${say.columns.investment} (${currency})`} svg={charts.investment} />
          <Sum
            total={signings.signedProjectTotals.total}
            measure="investment"
            currency={currency}
            language={language}
          />
          <LeftOut excluded={signings.signedProjectTotals.total.excluded} context={context} />
        </section>
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

/** A term and what there is to say of it. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
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
      {say.sum}:{' '}
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
  const asOf = claim.asOf ?? claim.asOfPeriod;
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
        {say.list(editions.map(({ year }) => String(year)))}
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
              columns.projects,
              columns.investment,
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
              <td>{edition.dates ?? edition.year}</td>
              <td>
                {edition.city ? <Said text={edition.city.name} language={language} /> : <Unknown language={language} />}
              </td>
              {numbersOf(edition).map((number) => (
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

/** The exhibition space, the projects and the investment of an edition, each with the claim that it is taken from. */
function numbersOf({ figures, signedProjects }: Edition): ({ id: string; status: ClaimStatus; text: string } | null)[] {
  const space = figures.find(({ scope, standing }) => scope === 'EDITION' && standing === 'PREFERRED');
  const signed = [signedProjects?.projects, signedProjects?.investment].map(
    (number) => signedProjects && number && { ...signedProjects, text: number.text },
  );
  return [space ? { ...space, text: space.quantity.text } : null, ...signed.map((number) => number ?? null)];
}

/** What is wider than a phone scrolls by itself. */
function Scroll({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, what is out of sight cannot be reached by keyboard.
    <div class="scroll" tabIndex={0} role="group" aria-label={name}>
      {children}
    </div>
  );
}

/** What no source tells, said so. */
export function Unknown({ language }: { language: Language }): VNode {
  return <span class="unknown">{words[language].unknown}</span>;
}
