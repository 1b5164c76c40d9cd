import {
  type CSSResultGroup,
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type Client, createClient, ExpographError } from '../../client/index.ts';
import { languageOf } from '../language.ts';
import type { Language } from '../status.ts';
import style from './style.css?inline';
import { words } from './words.ts';

const SECONDS = 15;

/** Of this module, not of the page that it is in. */
const self = import.meta.url;

/** A sentence about an attribute that cannot be used. */
export class AttributeError extends Error {}

/** What is needed to ask: the client, and where it asks. */
export interface Asking {
  client: Client;
  /** Where the service is, as a reader knows it: "127.0.0.1:4000". */
  host: string;
  language: Language;
  signal: AbortSignal;
}

type State<Answer> =
  | { kind: 'loading' }
  | { kind: 'shown'; answer: Answer; isWaiting: boolean }
  | { kind: 'wrong' | 'failed'; sentence: string };

/**
 * What the elements have in common: they ask when an attribute changes, show that they wait, what came or why nothing
 * did, and tell the page by the events expograph-load and expograph-error. Their size is the same at all times.
 */
export abstract class ExpographElement<Answer> extends LitElement {
  // HTML has a property `lang`; only its attribute is watched.
  static override properties: Record<string, object> = { endpoint: {}, ownLanguage: { attribute: 'lang' } };
  static override styles: CSSResultGroup = unsafeCSS(style);

  declare endpoint: string | null | undefined;
  declare ownLanguage: string | null | undefined;

  #state: State<Answer> = { kind: 'loading' };
  #request: AbortController | undefined;
  #answers = 0;
  #focused: Element | null = null;
  #resized: ResizeObserver | undefined;

  /**
   * Asks what the attributes say.
   * @throws AttributeError for an attribute that cannot be used, ExpographError as the client does
   */
  protected abstract ask(asking: Asking): Promise<Answer>;
  /** What came, and below it what does not scroll. */
  protected abstract answered(answer: Answer, isWaiting: boolean): { body: TemplateResult; foot?: TemplateResult };
  /** What came, in a sentence for those who do not see it. */
  protected abstract summary(answer: Answer): string;
  /** What the element is. */
  protected abstract label(answer?: Answer): string;
  /** As many rows as will come, about. */
  protected get rows(): number {
    return 5;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#online);
    if (this.hasUpdated && this.#state.kind === 'loading') this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#online);
    this.#resized?.disconnect();
    this.#resized = undefined;
    if (this.#request) this.#state = { kind: 'loading' };
    this.#stop();
  }

  /** Where the graph is. */
  protected get url(): URL {
    const given = this.endpoint?.trim();
    if (!given) return new URL('graphql', self);
    const url = URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw new AttributeError(words[this.language].wrongEndpoint(given));
    if (!/\/graphql\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, '')}/graphql`;
    return url;
  }

  /** The language of the closest element that tells one: Chinese, or English for any other. */
  protected get language(): Language {
    let told: Element | null | undefined = this.closest('[lang]');
    for (let root = this.getRootNode(); !told && root instanceof ShadowRoot; root = root.host.getRootNode())
      told = root.host.closest('[lang]');
    const tag = told?.getAttribute('lang') ?? document.documentElement.lang;
    return /^zh(-|$)/i.test(tag) ? 'zh-Hans' : 'en';
  }

  /** @returns a text of the data, marked where it is in another language than the element */
  protected said(text: string): TemplateResult | string {
    const own = languageOf(text);
    return own === this.language ? text : html`<span lang=${own}>${text}</span>`;
  }

  /** @returns the address of something on the service, so that it speaks as the element does; with `id` a part of it */
  protected inLanguage(address: string, id = ''): string {
    const url = new URL(address);
    url.searchParams.set('lang', this.language);
    url.hash = id;
    return url.href;
  }

  /** @returns what a claim says, as a link to where an edition's page has its sources; without one where either is not known */
  protected sourced(said: unknown, page: string | null | undefined, claim: string | null | undefined): unknown {
    if (!page || !claim) return said;
    const name = html`${said}<span class="spoken">${words[this.language].toSources}</span>`;
    return html`<a part="claim" href=${this.inLanguage(page, claim)}>${name}</a>`;
  }

  /** Asks anew; whatever was asked before is not waited for. */
  protected load({ keepsShown = false } = {}): void {
    this.#stop();
    if (keepsShown && this.#state.kind === 'shown') this.#state = { ...this.#state, isWaiting: true };
    else this.#state = { kind: 'loading' };
    this.requestUpdate();
    if (this.isConnected) void this.#answer();
  }

  /** The attributes have changed. */
  protected changed(): void {}

  async #answer(): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    const { language } = this;
    const say = words[language];
    const late = setTimeout(() => request.abort(new DOMException('', 'TimeoutError')), SECONDS * 1_000);
    let host = '';
    let event: CustomEvent;
    try {
      const { url } = this;
      ({ host } = url);
      const client = createClient({ url, language });
      const answer = await this.ask({ client, host, language, signal: request.signal });
      if (this.#request !== request) return;
      this.#answers += 1;
      this.#state = { kind: 'shown', answer, isWaiting: false };
      event = new CustomEvent('expograph-load', { detail: { answer }, bubbles: true, composed: true });
    } catch (error) {
      if (this.#request !== request) return;
      const sentence = error instanceof AttributeError ? error.message : whyFailed(error, host, say);
      this.#state = { kind: error instanceof AttributeError ? 'wrong' : 'failed', sentence };
      event = new CustomEvent('expograph-error', { detail: { error, sentence }, bubbles: true, composed: true });
    } finally {
      clearTimeout(late);
    }
    this.#request = undefined;
    this.requestUpdate();
    await this.updateComplete;
    this.dispatchEvent(event);
  }

  #stop(): void {
    this.#request?.abort();
    this.#request = undefined;
  }

  #online = (): void => {
    if (this.#state.kind === 'failed') this.load();
  };

  #retry = (): void => this.load();

  override willUpdate(changed: PropertyValues): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    if (this.hasUpdated && changed.size === 0) return;
    this.changed();
    this.load();
  }

  override updated(): void {
    const content = this.#content;
    if (!content) return;
    const retry = this.renderRoot.querySelector<HTMLElement>('.retry');
    const focused = this.#focused;
    // Whoever stood on what is gone stays within the element, and on the way on where there is one.
    if (focused && (!focused.isConnected || (focused === content && retry)))
      (retry ?? content).focus({ preventScroll: true });
    this.measure();
    if (this.#resized || !this.isConnected) return;
    this.#resized = new ResizeObserver(() => this.measure());
    this.#resized.observe(content);
  }

  /** What scrolls can be reached by the keyboard, and nothing else is a stop on the way. */
  protected measure(): void {
    const content = this.#content;
    if (content) content.tabIndex = content.scrollHeight > content.clientHeight ? 0 : -1;
  }

  get #content(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.content');
  }

  override render(): TemplateResult {
    const state = this.#state;
    const say = words[this.language];
    const isBusy = state.kind === 'loading' || (state.kind === 'shown' && state.isWaiting);
    const answer = state.kind === 'shown' ? state.answer : undefined;
    const { body, foot = nothing } = answer ? this.answered(answer, isBusy) : { body: this.#unanswered(state) };
    // New elements for each answer: rows that are used again would move.
    return html`<div class="frame" part="frame" lang=${this.language}>
      <div class="content" part="content" role="group" aria-label=${this.label(answer)} aria-busy=${String(isBusy)}>
        ${keyed(`${state.kind} ${this.#answers}`, body)}
      </div>
      ${foot}
      <p class="spoken" role="status">${isBusy ? say.loading : answer ? this.summary(answer) : nothing}</p>
    </div>`;
  }

  #unanswered(state: State<Answer>): TemplateResult {
    const say = words[this.language];
    if ('sentence' in state)
      return html`<div class="trouble" part="error" role="alert">
        <p>${state.sentence}</p>
        ${
          state.kind === 'failed'
            ? html`<button class="retry" part="button" type="button" aria-label=${say.retryOf(this.label())}
                @click=${this.#retry}>${say.retry}</button>`
            : nothing
        }
      </div>`;
    const row = html`<li><i></i><i></i><i></i></li>`;
    return html`<ul class="skeleton plain" part="skeleton" aria-hidden="true">${Array.from({ length: this.rows }, () => row)}</ul>`;
  }
}

function whyFailed(error: unknown, host: string, say: (typeof words)['en']): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return say.late(host, SECONDS);
  if (!(error instanceof ExpographError)) return say.broken(error instanceof Error ? error.message : String(error));
  const [first] = error.errors;
  if (first) return say.refused(host, first.message);
  if (error.status === undefined) return navigator.onLine ? say.away(host) : say.offline;
  return error.status >= 400 ? say.failed(host, error.status) : say.noAnswer(host);
}
