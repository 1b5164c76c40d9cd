import { html, nothing, type TemplateResult } from 'lit';
import { EditionCardDocument, type EditionCardQuery } from '../../client/index.ts';
import { editionStatus } from '../status.ts';
import { signedText } from './editions.ts';
import { type Asking, AttributeError, ExpographElement } from './element.ts';
import { words } from './words.ts';

type Card = NonNullable<EditionCardQuery['edition']>;

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
    const { name, dates, startDate, status, city, venue, themes, exhibitionSpace, signedProjects, links } = card;
    const places = [city?.name, venue?.name].flatMap((one) => one ?? []);
    const signed = signedText(card, language);
    const sources = signedProjects?.citations.map(({ source }) => source) ?? [];
    const fact = (term: string, part: string, text: TemplateResult | string) =>
      html`<div><dt>${term}</dt><dd part=${part}>${text}</dd></div>`;
    const body = html`<div class="card stack" part="card">
      <p class="name" part="name">${links.page ? html`<a part="link" href=${links.page}>${name}</a>` : name}</p>
      ${status === 'HELD' ? nothing : html`<p class="status" part="status">${editionStatus[language][status]}</p>`}
      <dl class="stack">
        ${fact(say.dates, 'dates', html`<time datetime=${startDate ?? nothing}>${dates ?? say.datesNotKnown}</time>`)}
        ${fact(say.place, 'place', places.length > 0 ? say.joined(places) : say.notKnown)}
        ${
          themes.length > 0
            ? fact(
                say.themes,
                'themes',
                html`<ul class="plain" role="list">${themes.map(({ text }) => html`<li>${text}</li>`)}</ul>`,
              )
            : nothing
        }
        ${exhibitionSpace ? fact(say.space, 'space', exhibitionSpace.text) : nothing}
        ${signed ? fact(say.signed, 'signed', signed) : nothing}
        ${sources.length > 0 ? fact(say.sources, 'sources', html`<ul class="plain" role="list">${sources.map(sourceItem)}</ul>`) : nothing}
      </dl>
      <p class="links">
        ${links.calendar ? html`<a part="calendar" href=${links.calendar}>${say.calendar}<span class="spoken"> ${name}</span></a>` : nothing}
        ${links.website ? html`<a part="website" href=${links.website}>${say.website}<span class="spoken"> ${name}</span></a>` : nothing}
      </p>
    </div>`;
    return { body };
  }
}

type Source = NonNullable<Card['signedProjects']>['citations'][number]['source'];

function sourceItem({ title, publisher, publishedOn, url }: Source): TemplateResult {
  return html`<li>
    ${url ? html`<a part="source" href=${url}>${title}</a>` : title}
    ${publisher ? html`<span>${publisher}</span>` : nothing}
    ${publishedOn ? html`<time datetime=${publishedOn}>${publishedOn}</time>` : nothing}
  </li>`;
}
