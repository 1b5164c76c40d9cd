import './style.css';

/*
 * What the list of editions does better with a script: it narrows as one types, and turns pages without loading the
 * whole of them. Everything works without it, and where something fails the browser simply goes to the address.
 */

/** How long a pause in typing is its end, in milliseconds. */
const PAUSE = 250;

const form = document.querySelector<HTMLFormElement>('#filter');
if (form) enhance(form);

function enhance(filter: HTMLFormElement): void {
  let asked: AbortController | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** Whether the address that is shown was written while the same field is still being changed: the next one replaces it. */
  let isChanging = false;

  filter.addEventListener('submit', (event) => {
    event.preventDefault();
    go(addressOf(filter), 'push');
  });
  filter.addEventListener('change', (event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    // Whoever goes through the choices by arrow keys leaves one entry behind, not one for each.
    go(addressOf(filter), isChanging ? 'replace' : 'push');
    isChanging = true;
  });
  filter.addEventListener('input', (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    clearTimeout(pause);
    pause = setTimeout(() => {
      go(addressOf(filter), isChanging ? 'replace' : 'push');
      isChanging = true;
    }, PAUSE);
  });
  filter.addEventListener('focusout', () => {
    isChanging = false;
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    if (!link.closest('#results, #filter') || link.origin !== location.origin || link.pathname !== '/') return;
    event.preventDefault();
    isChanging = false;
    go(new URL(link.href), 'push', link);
  });
  addEventListener('popstate', () => go(new URL(location.href), 'stay'));

  /** @param link what was followed, if anything: its address decides what stands in the form */
  async function go(address: URL, entry: 'push' | 'replace' | 'stay', link?: Element): Promise<void> {
    clearTimeout(pause);
    asked?.abort();
    asked = new AbortController();
    const results = document.querySelector('#results');
    results?.setAttribute('aria-busy', 'true');
    try {
      const { signal } = asked;
      const response = await fetch(address, { headers: { accept: 'text/html' }, signal });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (signal.aborted) return;
      if (!page.querySelector('#results')) throw new Error(`There is no list at ${address}.`);
      if (entry === 'push' && address.href !== location.href) history.pushState(null, '', address);
      if (entry === 'replace') history.replaceState(null, '', address);
      show(page, entry === 'stay' || link !== undefined);
      if (link?.closest('.paging')) startAtTop();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      location.assign(address);
    }
  }
}

/** The address that the form would go to, without what is left empty. */
function addressOf(filter: HTMLFormElement): URL {
  const address = new URL(filter.action);
  for (const [name, value] of new FormData(filter))
    if (typeof value === 'string' && value.trim() !== '') address.searchParams.set(name, value.trim());
  return address;
}

/** Puts what a page says of the list into this one. What is being typed stays. */
function show(page: Document, withForm: boolean): void {
  document.title = page.title;
  for (const selector of withForm ? ['#results', '#filter'] : ['#results']) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (selector === '#filter' && old && fresh) takeOver(old, fresh);
    else if (fresh) old?.replaceWith(document.adoptNode(fresh));
  }
  const found = document.querySelector('#found');
  if (found) found.textContent = page.querySelector('#found')?.textContent ?? '';
  for (const name of ['canonical', 'alternate']) {
    const links = (of: Document) => [...of.head.querySelectorAll<HTMLLinkElement>(`link[rel="${name}"]`)];
    for (const [place, link] of links(document).entries()) {
      const fresh = links(page)[place]?.getAttribute('href');
      if (fresh) link.setAttribute('href', fresh);
    }
  }
  for (const [place, link] of [...document.querySelectorAll('.languages a')].entries()) {
    const fresh = page.querySelectorAll('.languages a')[place]?.getAttribute('href');
    if (fresh) link.setAttribute('href', fresh);
  }
  hold(page);
}

/** The section that is shown is kept in the form, so that a new text is looked for in it. */
function hold(page: Document): void {
  const form = document.querySelector('#filter');
  const hidden = (of: ParentNode | null) => [...(of?.querySelectorAll('input[type="hidden"]') ?? [])];
  for (const input of hidden(form)) input.remove();
  form?.prepend(...hidden(page.querySelector('#filter')).map((input) => document.adoptNode(input)));
}

/** Fields get the values of another page; they stay, and with them the focus. */
function takeOver(old: Element, fresh: Element): void {
  for (const field of old.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input[type="search"], select')) {
    const other = fresh.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${field.name}"]`);
    if (other) field.value = other.value;
  }
}

/** After a page was turned, reading goes on at its top. */
function startAtTop(): void {
  const heading = document.querySelector<HTMLElement>('#results h2');
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'start' });
}
