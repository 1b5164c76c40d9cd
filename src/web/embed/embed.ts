import { ExpographEdition } from './edition.ts';
import { ExpographEditions } from './editions.ts';
import { ExpographTotals } from './totals.ts';

declare global {
  interface HTMLElementTagNameMap {
    'expograph-editions': ExpographEditions;
    'expograph-edition': ExpographEdition;
    'expograph-totals': ExpographTotals;
  }
}

const elements = {
  'expograph-editions': ExpographEditions,
  'expograph-edition': ExpographEdition,
  'expograph-totals': ExpographTotals,
};

// A page may have it twice, from two addresses: the first one stays.
for (const [name, element] of Object.entries(elements))
  if (!customElements.get(name)) customElements.define(name, element);
