import { html, nothing, type TemplateResult } from 'lit';
import { join } from 'lit/directives/join.js';
import { EditionCardDocument, type EditionCardQuery } from '../../client/index.ts';
import { editionStatus } from '../status.ts';
import { signedOf } from './editions.ts';
import { type Asking, AttributeError, ExpographElement } from './element.ts';
import { words } from './words.ts';

type Card = NonNullable<EditionCardQuery['edition']>;
type Source = NonNullable<Card['signedProjects']>['citations'][number]['source'];

/** <expograph-edition>: one edition in the few lines of a card. */
export class ExpographEdition extends ExpographElement<Card> {
  static override properties = { ...ExpographElement.properties, slug: {} };

  declare slug: string | null | undefined;

  protected override async ask({ client, host, language, signal }: Asking): Promise<Card> {
    const say = words[language];
    const { slug } = this;
    if (!slug) throw new AttributeError(say.missing('slug', this.localName));
    const { edition } = await client.query(EditionCardDocument, { slug, locale: language }, { signal });
    if (!edition) throw new AttributeError(say.noEdition(slug, host));
    return edition;
  }

  protected override label(card?: Card): string {
    return card?.name ?? words[this.language].edition;
  }

  protected override summary(card: Card): string {
    return words[this.language].cardShown(card.name);
  }

  protected override answered(card: Card): { body: TemplateResult } {
    const { language } = this;
    const say = words[language];
    const { dates, startDate, status, city, venue, themes, exhibitionSpace, signedProjects, links } = card;
    const name = this.said(card.name);
    const places = [city?.name, venue?.name].flatMap((one) => (one ? [this.said(one)] : []));
    const space = card.figures.find(({ scope, standing }) => scope === 'EDITION' && standing === 'PREFERRED');
    const signed = signedOf(card, language);
    const sources = signedProjects?.citations.map(({ source }) => source) ?? [];
    const fact = (term: string, part: string, text: unknown) =>
      html`<div><dt>${term}</dt><dd part=${part}>${text}</dd></div>`;
    const body = html`<div class="card stack" part="card">
      <p class="name" part="name">${links.page ? html`<a part="link" href=${this.inLanguage(links.page)}>${name}</a>` : name}</p>
      ${status === 'HELD' ? nothing : html`<p class="status" part="status">${editionStatus[language][status]}</p>`}
      <dl class="stack">
        ${fact(say.dates, 'dates', html`<time datetime=${startDate ?? nothing}>${dates ?? say.datesNotKnown}</time>`)}
        ${fact(say.place, 'place', places.length > 0 ? join(places, say.comma) : say.notKnown)}
        ${
          themes.length > 0
            ? fact(
                say.themes,
                'themes',
                html`<ul class="plain" role="list">${themes.map(({ text }) => html`<li>${this.said(text)}</li>`)}</ul>`,
              )
            : nothing
        }
        ${exhibitionSpace ? fact(say.space, 'space', this.sourced(exhibitionSpace.text, links.page, space?.id)) : nothing}
        ${signed ? fact(say.signed, 'signed', this.sourced(signed.text, links.page, signed.claim)) : nothing}
        ${sources.length > 0 ? fact(say.sources, 'sources', html`<ul class="plain" role="list">${sources.map((source) => this.#source(source))}</ul>`) : nothing}
      </dl>
      <p class="links">
        ${links.calendar ? html`<a part="calendar" href=${this.inLanguage(links.calendar)}>${say.calendar}<span class="spoken"> ${name}</span></a>` : nothing}
        ${links.website ? html`<a part="website" href=${links.website}>${say.website}<span class="spoken"> ${name}</span></a>` : nothing}
      </p>
    </div>`;
    return { body };
  }

  #source({ title, publisher, publishedOn, url }: Source): TemplateResult {
    return html`<li>
      ${url ? html`<a part="source" href=${url}>${this.said(title)}</a>` : this.said(title)}
      ${publisher ? html`<span>${this.said(publisher)}</span>` : nothing}
      ${publishedOn ? html`<time datetime=${publishedOn}>${publishedOn}</time>` : nothing}
    </li>`;
  }
}
