import { parseHTML } from 'linkedom';
import { type ChartEdition, signingsChart } from '../web/chart.ts';
import type { Language } from './words.ts';

/** @returns what was signed at each edition, as the text of one SVG for each measure */
export function chartsOf(
  editions: readonly ChartEdition[],
  options: { language: Language; currency: string },
): { projects: string; investment: string } {
  const { document } = parseHTML('<!doctype html><html></html>');
  const drawn = (measure: 'projects' | 'investment') =>
    signingsChart(editions, { ...options, document, measure }).outerHTML;
  return { projects: drawn('projects'), investment: drawn('investment') };
}
