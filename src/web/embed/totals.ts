import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { join } from 'lit/directives/join.js';
import { ConventionSigningsDocument, type ConventionSigningsQuery } from '../../client/index.ts';
import { decimalInWords, moneyInWords } from '../amounts.ts';
import chartStyle from '../chart.css?inline';
import type { ChartOptions } from '../chart.ts';
import { claimStanding, claimStatus } from '../status.ts';
import { type Asking, AttributeError, ExpographElement } from './element.ts';
import { exclusions, stages, words } from './words.ts';

type Convention = NonNullable<ConventionSigningsQuery['convention']>;
type Total = ConventionSigningsQuery['signedProjectTotals']['total'];
type Edition = Convention['editions']['nodes'][number];
type Excluded = Total['excluded'][number];

interface Answer {
  convention: Convention;
  total: Total;
  currency: string;
  /** Nothing where the chart cannot be loaded. */
  charts: readonly SVGSVGElement[];
}

const measures: readonly ChartOptions['measure'][] = ['projects', 'investment'];

/** <expograph-totals>: what was signed at the editions of a convention, as a chart, as a table and summed up. */
export class ExpographTotals extends ExpographElement<Answer> {
  static override properties = { ...ExpographElement.properties, convention: {}, currency: {} };
  static override styles = [unsafeCSS(chartStyle), ExpographElement.styles];

  declare convention: string | null | undefined;
  declare currency: string | null | undefined;

  protected override async ask({ client, host, language, signal }: Asking): Promise<Answer> {
    const say = words[language];
    const { convention: slug } = this;
    const given = this.currency || 'CNY';
    if (!slug) throw new AttributeError(say.missing('convention', this.localName));
    if (!/^[a-z]{3}$/i.test(given)) throw new AttributeError(say.wrongCurrency(given));
    const currency = given.toUpperCase();
    // The numbers do not wait for it longer than for their own answer.
    const late = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    const loading = Promise.race([import('../chart.ts').catch(() => undefined), late]);
    const variables = { convention: slug, currency, locale: language };
    const { convention, signedProjectTotals } = await client.query(ConventionSigningsDocument, variables, { signal });
    if (!convention) throw new AttributeError(say.noConvention(slug, host));
    const chart = await loading;
    const draw = (measure: ChartOptions['measure']) =>
      chart ? [chart.signingsChart(convention.editions.nodes, { document, language, measure, currency })] : [];
    return { convention, total: signedProjectTotals.total, currency, charts: measures.flatMap(draw) };
  }

  protected override label(answer?: Answer): string {
    const say = words[this.language];
    return answer ? say.totals(answer.convention.name).join('') : say.signed;
  }

  protected override summary({ convention }: Answer): string {
    return words[this.language].totalsShown(convention.editions.nodes.length);
  }

  protected override answered(answer: Answer): { body: TemplateResult } {
    const say = words[this.language];
    const { convention, total, charts } = answer;
    const { nodes, totalCount } = convention.editions;
    if (nodes.length === 0) return { body: html`<p class="empty" part="empty">${say.empty}</p>` };
    const body = html`<div class="totals stack">
      <p class="name" part="name">${say.totals(this.said(convention.name))}</p>
      ${totalCount > nodes.length ? html`<p class="muted">${say.cut(nodes.length, totalCount)}</p>` : nothing}
      ${this.#sums(answer)}
      ${charts.length === 0 ? html`<p class="muted" part="error">${say.noChart}</p>` : nothing}
      ${charts.map(
        (chart, place) =>
          html`<p class="measure">${say[measures[place] ?? 'projects']}</p><div part="chart">${chart}</div>`,
      )}
      <details part="details" ?open=${charts.length === 0} @toggle=${this.measure}>
        <summary>${say.table}</summary>
        ${this.#table(answer)}
      </details>
      ${
        total.excluded.length > 0
          ? html`<details part="details" @toggle=${this.measure}>
              <summary>${say.left(total.excluded.length)}</summary>
              ${this.#excluded(total.excluded)}
            </details>`
          : html`<p>${say.nothingLeft}</p>`
      }
    </div>`;
    return { body };
  }

  #sums({ total, currency }: Answer): TemplateResult {
    const say = words[this.language];
    const { projects, investment, editions, editionsWithProjects, editionsWithInvestment, isExact } = total;
    const sum = (term: string, text: string | null, counted: number) => html`<div>
      <dt>${term}</dt>
      <dd part="sum">
        ${text === null ? say.noSum : html`<strong>${text}</strong>${say.aside(say.countedOf(counted, editions))}`}
      </dd>
    </div>`;
    return html`<p class="measure">${say.sums}</p>
      <dl class="stack" part="sums">
        ${sum(say.projects, projects && say.projectsOf(decimalInWords(projects, this.language)), editionsWithProjects)}
        ${sum(say.investment, investment && moneyInWords(investment, currency, this.language), editionsWithInvestment)}
      </dl>
      ${isExact ? nothing : html`<p class="muted">${say.notExact}</p>`}`;
  }

  #table({ convention, currency }: Answer): TemplateResult {
    const { language } = this;
    const say = words[language];
    const cell = ({ signedProjects, links }: Edition, measure: ChartOptions['measure']) => {
      const quantity = signedProjects?.[measure];
      if (!signedProjects || !quantity) return say.notKnown;
      const stage = signedProjects.status === 'FINAL' ? '' : say.aside(claimStatus[language][signedProjects.status]);
      const isOther = 'currency' in quantity && quantity.currency !== currency;
      const text = quantity.text + stage + (isOther ? say.aside(say.otherCurrency) : '');
      return this.sourced(text, links.page, signedProjects.id);
    };
    return html`<table part="table">
      <caption class="spoken">${say.totals(this.said(convention.name))}</caption>
      <thead>
        <tr><th scope="col">${say.edition}</th><th scope="col">${say.projects}</th><th scope="col">${say.investment}</th></tr>
      </thead>
      <tbody>
        ${convention.editions.nodes.map(
          (edition) => html`<tr>
            <th scope="row">${this.#name(edition)}</th>
            <td>${cell(edition, 'projects')}</td>
            <td>${cell(edition, 'investment')}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #name({ name, links }: Edition): unknown {
    const said = this.said(name);
    return links.page ? html`<a part="link" href=${this.inLanguage(links.page)}>${said}</a>` : said;
  }

  #excluded(excluded: readonly Excluded[]): TemplateResult[] {
    const reasons = [...new Set(excluded.map(({ reason }) => reason))].sort();
    return reasons.map(
      (reason) => html`<p class="measure">${exclusions[this.language][reason]}</p>
        <ul class="excluded" part="excluded">
          ${excluded.filter((one) => one.reason === reason).map((one) => html`<li>${this.#claim(one)}</li>`)}
        </ul>`,
    );
  }

  /** The claim in a line: which editions, which part of them, what it counts and how much, and what to know of that. */
  #claim({ claim }: Excluded): TemplateResult {
    const { language } = this;
    const say = words[language];
    const { id, editions, reportedAt, slice, stage, status, standing, projects, investment, share, note } = claim;
    const years = editions.map(({ year }) => say.ofYear(year)).join(say.comma);
    const isElsewhere = reportedAt && !editions.some(({ slug }) => slug === reportedAt.slug);
    const about = [
      ...(slice ? [this.said(slice.value)] : []),
      ...(stage === 'SIGNED' ? [] : [stages[language][stage]]),
      ...[projects, investment, share].flatMap((one) => (one ? [one.text] : [])),
    ];
    const remarks = [
      ...(status === 'FINAL' ? [] : [claimStatus[language][status]]),
      ...(standing === 'PREFERRED' ? [] : [claimStanding[language][standing]]),
      ...(isElsewhere ? [say.reportedAt(reportedAt.year)] : []),
    ];
    const { page } = (reportedAt ?? editions[0])?.links ?? {};
    return html`${say.named(years)}${this.sourced(join(about, say.comma), page, id)}${remarks.map(say.aside)}
      ${note ? html`<p class="muted" part="note">${this.said(note)}</p>` : nothing}`;
  }
}
