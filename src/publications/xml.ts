import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * @param root the outermost element, whose texts are `readable`
 * @returns a whole XML document
 */
export function xmlDocument<Properties>(root: VNode<Properties>): string {
  // HTML, for which it escapes, may have this mark in a text; XML may not.
  const written = renderToString(root).replaceAll(']]>', ']]&gt;');
  return `<?xml version="1.0" encoding="utf-8"?>\n${written}\n`;
}
