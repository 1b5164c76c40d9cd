import { html, nothing, type TemplateResult } from 'lit';
import {
  ConventionSigningsDocument,
  type EditionWhere,
  ListedEditionsDocument,
  type ListedEditionsQuery,
  type ListedEditionsQueryVariables,
} from '../../client/index.ts';
import { claimStatus, editionStatus, type Language } from '../status.ts';
import { type Asking, AttributeError, ExpographElement } from './element.ts';
import { words } from './words.ts';

type Page = Pick<ListedEditionsQueryVariables, 'after' | 'before'>;
type Listed = ListedEditionsQuery['editions'];
type ListedEdition = Listed['nodes'][number];

interface Answer {
  editions: Listed;
  /** The place of the first of the page in the list, from 1. */
  from: number;
}

const MOST = 50;
const USUAL = 5;

/** <expograph-editions>: a list of editions, page by page. */
export class ExpographEditions extends ExpographElement<Answer> {
  static override properties = {
    ...ExpographElement.properties,
    convention: {},
    country: {},
    year: {},
    upcoming: { type: Boolean },
    first: {},
  };

  declare convention: string | null | undefined;
  declare country: string | null | undefined;
  declare year: string | null | undefined;
  declare upcoming: boolean;
  declare first: string | null | undefined;

  #page: Page = {};
  #shown: Answer | undefined;

  protected override changed(): void {
    this.#page = {};
    this.#shown = undefined;
  }

  protected override async ask({ client, host, language, signal }: Asking): Promise<Answer> {
    const say = words[language];
    const { convention, country, year } = this;
    const first = this.first || String(USUAL);
    if (!isWholeNumber(first)) throw new AttributeError(say.wrongFirst(first, MOST));
    if (country && !/^[a-z]{2}$/i.test(country)) throw new AttributeError(say.wrongCountry(country));
    if (year && !/^\d{4}$/.test(year)) throw new AttributeError(say.wrongYear(year));
    const where: EditionWhere = {
      ...(convention && { convention: { slug: { eq: convention } } }),
      ...(country && { country: { eq: country.toUpperCase() } }),
      ...(year && { year: { eq: Number(year) } }),
      ...(this.upcoming && { status: { in: ['RUNNING', 'UPCOMING'] } }),
    };
    const page = this.#page;
    const before = this.#shown;
    const { editions } = await client.query(
      ListedEditionsDocument,
      {
        where,
        orderBy: [{ field: 'START_DATE', direction: this.upcoming ? 'ASC' : 'DESC' }],
        ...(page.before ? { last: Number(first) } : { first: Number(first) }),
        ...page,
        locale: language,
      },
      { signal },
    );
    // The list does not tell whether there is such a convention.
    if (convention && editions.totalCount === 0) {
      const told = await client.query(ConventionSigningsDocument, { convention, locale: language }, { signal });
      if (!told.convention) throw new AttributeError(say.noConvention(convention, host));
    }
    signal.throwIfAborted();
    const passed = page.after ? (before?.editions.nodes.length ?? 0) : page.before ? -editions.nodes.length : 0;
    const shown = { editions, from: Math.max(1, (before?.from ?? 1) + passed) };
    this.#shown = shown;
    return shown;
  }

  protected override get rows(): number {
    return this.first && isWholeNumber(this.first) ? Number(this.first) : USUAL;
  }

  protected override label(): string {
    return words[this.language].editions;
  }

  protected override summary({ editions, from }: Answer): string {
    const say = words[this.language];
    if (editions.nodes.length === 0) return this.upcoming ? say.emptyUpcoming : say.empty;
    return say.shown(from, from + editions.nodes.length - 1, editions.totalCount);
  }

  protected override answered(answer: Answer, isWaiting: boolean): { body: TemplateResult; foot?: TemplateResult } {
    const { nodes, pageInfo } = answer.editions;
    if (nodes.length === 0) return { body: html`<p class="empty" part="empty">${this.summary(answer)}</p>` };
    const body = html`<ol class="list plain" part="list" role="list">${nodes.map((edition) => this.#row(edition))}</ol>`;
    if (!pageInfo.hasNextPage && !pageInfo.hasPreviousPage) return { body };
    const say = words[this.language];
    const button = (text: string, isThere: boolean, page: Page) => {
      const isOff = isWaiting || !isThere;
      // A button that is disabled would lose the focus of whoever pressed it.
      return html`<button part="button" type="button" aria-disabled=${String(isOff)}
        @click=${() => !isOff && this.#turn(page)}>${text}</button>`;
    };
    const foot = html`<div class="pager" part="pager" role="group" aria-label=${say.pages}>
      ${button(this.upcoming ? say.sooner : say.newer, pageInfo.hasPreviousPage, { before: pageInfo.startCursor })}
      <span class="muted">${say.range(answer.from, answer.from + nodes.length - 1, answer.editions.totalCount)}</span>
      ${button(this.upcoming ? say.later : say.older, pageInfo.hasNextPage, { after: pageInfo.endCursor })}
    </div>`;
    return { body, foot };
  }

  #turn(page: Page): void {
    this.#page = page;
    this.load({ keepsShown: true });
  }

  #row(edition: ListedEdition): TemplateResult {
    const { language } = this;
    const say = words[language];
    const { dates, startDate, city, status, links } = edition;
    const name = this.said(edition.name);
    const signed = signedOf(edition, language);
    return html`<li part="item">
      <p class="name" part="name">${links.page ? html`<a part="link" href=${this.inLanguage(links.page)}>${name}</a>` : name}</p>
      <p class="facts" part="facts">
        <time part="dates" datetime=${startDate ?? nothing}>${dates ?? say.datesNotKnown}</time>
        ${city ? html`<span part="city">${this.said(city.name)}</span>` : nothing}
        ${status === 'HELD' ? nothing : html`<span class="status" part="status">${editionStatus[language][status]}</span>`}
        ${
          links.calendar
            ? html`<span><a part="calendar" href=${this.inLanguage(links.calendar)}>${say.calendar}<span class="spoken"> ${name}</span></a></span>`
            : nothing
        }
      </p>
      ${
        signed
          ? html`<p class="signed" part="signed">${say.named(say.signed)}${this.sourced(signed.text, links.page, signed.claim)}</p>`
          : nothing
      }
    </li>`;
  }
}

/** What was signed, as the graph words it, and whether that is a result. */
export interface Signed {
  text: string;
  /** The id of the claim that says so; undefined where the text says that nothing is known. */
  claim: string | undefined;
}

/** @returns undefined where nothing can be signed yet */
export function signedOf(
  { status, signedProjects }: Pick<ListedEdition, 'status' | 'signedProjects'>,
  language: Language,
): Signed | undefined {
  const say = words[language];
  const numbers = [signedProjects?.projects, signedProjects?.investment].flatMap((one) => (one ? [one.text] : []));
  if (!signedProjects || numbers.length === 0)
    return status === 'UPCOMING' ? undefined : { text: say.notKnown, claim: undefined };
  const stage = signedProjects.status === 'FINAL' ? '' : say.aside(claimStatus[language][signedProjects.status]);
  return { text: numbers.join(say.comma) + stage, claim: signedProjects.id };
}

function isWholeNumber(first: string): boolean {
  return /^\d+$/.test(first) && Number(first) >= 1 && Number(first) <= MOST;
}
